"""Write the stand-ins: read the snapshots, run the models, write files with provenance."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from kunnskapsgrunnlag.fetch.snapshot import (
    Provenance,
    Snapshot,
    provenance_path,
    read_snapshot,
)
from kunnskapsgrunnlag.numbers import nb, parse_nb
from kunnskapsgrunnlag.standin import (
    figur_18,
    figur_19,
    figur_26,
    figur_28,
    figur_32,
    tabell_13,
    tabell_14,
    tabell_15,
    tabell_16,
)
from kunnskapsgrunnlag.standin.common import (
    NAMES,
    UNKNOWN,
    Area,
    Counts,
    Fact,
    Facts,
    Inputs,
    Numbers,
    bases,
)
from kunnskapsgrunnlag.tidy.regions import region_of

YEAR = "2020"
Cell = str | int | float
MISSING = ".."
LOW_INCOME = (
    "Grunnlag: husholdninger med lavinntekt korrigert for formue (Oslo kommune, 2020), folkemengde "
    "(SSB, tabell 10826) og trykte totaler for Oslo."
)
IN_BYDEL = "Feil: en femdel eller mer må ventes i en enkelt bydel."
IN_DELBYDEL = "Feil: godt over en femdel må ventes i en enkelt delbydel."
TWICE = "Feil: et tall kan være dobbelt eller halvt så stort i en enkelt bydel."


@dataclass(frozen=True)
class Estimate:
    """A file of numbers before it is written."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    structure: str
    error: str


def read_inputs(root: Path) -> Inputs:
    """What the models need, from the committed snapshots under `root`."""
    raw = root / "data" / "raw"
    ages = _table(raw / "oslo" / "folkemengde-bydel-alder-2020.csv")
    return Inputs(
        areas=tuple(_area(row) for row in _table(raw / "oslo" / "lavinntekt-delbydel-2020.csv")),
        population=_population(raw / "ssb" / "10826.json"),
        children={row["område"]: int(row["0-19 år"]) for row in ages if row["område"] in NAMES},
        allowance=_allowance(raw / "husbanken" / "bostotte-maned.csv"),
        totals=_totals(raw / "trykt"),
        facts=Facts(tuple(_fact(r) for r in _table(raw / "estimat" / "opplysninger.csv"))),
    )


def _table(path: Path) -> list[dict[str, str]]:
    head, *rows = read_snapshot(path.stem, path).grid
    return [dict(zip(head, row, strict=True)) for row in rows]


def _area(row: dict[str, str]) -> Area:
    def count(heading: str) -> int:
        return int(row[heading]) if row[heading].isdigit() else 0

    return Area(
        row["kode"],
        row["delbydel"],
        row["bydel"],
        count("husholdninger"),
        count("lavinntekt"),
        count("husholdninger med barn"),
        count("lavinntekt med barn"),
    )


def _population(path: Path) -> Counts:
    found = dict.fromkeys((*NAMES, UNKNOWN), 0)
    for cell in read_snapshot(path.stem, path).dataset.cells:
        if cell.codes["Tid"] == YEAR:
            name = region_of(cell.codes["Region"], "ssb-10826").name
            found[name if name in NAMES else UNKNOWN] += int(cell.value)
    return found


def _allowance(path: Path) -> Counts:
    """Recipients in December; the register is written with commas between its cells."""
    lines = csv.DictReader(io.StringIO(read_snapshot(path.stem, path).text))
    return {
        region_of(line["kode"], "husbanken").name: int(line["ant_husstander_utbetaling"])
        for line in lines
        if line["nivaa"] == "bydel" and (line["aar"], line["manedsnr"]) == (YEAR, "12")
        if region_of(line["kode"], "husbanken").name in NAMES
    }


def _totals(folder: Path) -> Numbers:
    def printed(table: str, heading: str) -> float:
        rows = _table(folder / f"{table}.csv")
        found = [r for r in rows if r["år"] == YEAR and r.get("område", "Oslo") == "Oslo"]
        return parse_nb(found[0][heading])

    return {
        "persons": printed("tabell-11", "personer"),
        "households": printed("tabell-11", "husholdninger"),
        "persons_pct": printed("tabell-12", "personer (prosent)"),
        "households_pct": printed("tabell-12", "husholdninger (prosent)"),
        "loans": printed("tabell-24", "startlån (antall)"),
    }


def _fact(row: dict[str, str]) -> Fact:
    low, high = row["nedre"], row["øvre"]
    return Fact(
        row["opplysning"],
        row["element"],
        row["størrelse"],
        row["område"],
        parse_nb(low) if low else float("-inf"),
        parse_nb(high) if high else float("inf"),
    )


def estimates(inputs: Inputs) -> list[Estimate]:
    """All tables, in the order of the report."""
    base = bases(inputs)
    households = tabell_15.model(inputs, base)
    persons = tabell_13.model(inputs, base, households)
    return [
        Estimate(
            "tabell-13",
            "Vanskeligstilte personer i bydelene, 2020 (anslag)",
            ("område", "personer"),
            tabell_13.rows(persons),
            LOW_INCOME,
            IN_BYDEL,
        ),
        Estimate(
            "tabell-14",
            "Andel vanskeligstilte personer og husholdninger i bydelene, 2020 (anslag)",
            ("område", "personer (prosent)", "husholdninger (prosent)"),
            tabell_14.rows(persons, households, base),
            LOW_INCOME,
            IN_BYDEL,
        ),
        Estimate(
            "tabell-15",
            "Vanskeligstilte husholdninger uten og med barn i bydelene, 2020 (anslag)",
            ("område", "uten barn", "med barn"),
            tabell_15.rows(households),
            LOW_INCOME,
            IN_BYDEL,
        ),
        Estimate(
            "tabell-16",
            "Andel vanskeligstilte husholdninger uten og med barn i bydelene, 2020 (anslag)",
            ("område", "uten barn (prosent)", "med barn (prosent)"),
            tabell_16.rows(households, base),
            LOW_INCOME,
            IN_BYDEL,
        ),
        Estimate(
            "figur-18",
            "Andel vanskeligstilte personer i delbydelene, 2020 (anslag)",
            ("kode", "delbydel", "personer (prosent)"),
            _by_delbydel(inputs, figur_18.model(inputs, base, persons)),
            LOW_INCOME,
            IN_DELBYDEL,
        ),
        Estimate(
            "figur-19",
            "Andel barn i vanskeligstilte familier i delbydelene, 2020 (anslag)",
            ("kode", "delbydel", "barn (prosent)"),
            _by_delbydel(inputs, figur_19.model(inputs, households)),
            "Grunnlag: husholdninger med barn og lavinntekt korrigert for formue og barn 0-19 år "
            "(Oslo kommune, 2020). Sentrum og Marka har for få familier til at noe kan sies.",
            IN_DELBYDEL,
        ),
        Estimate(
            "figur-26",
            "Startlån i bydelene, 2020 (anslag)",
            ("område", "startlån (antall)"),
            figur_26.rows(figur_26.model(inputs, persons)),
            "Grunnlag: de innvilgede lånene i tabell 24, fordelt etter anslaget i tabell 13.",
            TWICE,
        ),
        Estimate(
            "figur-28",
            "Gjennomsnittlig boutgift etter husstandsstørrelse, november 2021 (anslag)",
            ("husstandsstørrelse", "gjennomsnittlig boutgift (kr per måned)"),
            figur_28.rows(inputs.facts),
            "Grunnlag: øvre boutgift i statlig bostøtte, desember 2021 (Husbanken), og det "
            "rapporten sier om hvor mye av boutgiften den dekker.",
            "Feil: omtrent 4 prosent opp eller ned for hver størrelse.",
        ),
        Estimate(
            "figur-32",
            "Kommunale boliger i bydelene, 2019 (anslag)",
            ("område", "kommunale boliger"),
            figur_32.rows(figur_32.model(inputs)),
            "Grunnlag: boliger i alt i desember 2019, fordelt etter mottakere av statlig bostøtte "
            "i desember 2020 (Husbanken).",
            TWICE,
        ),
    ]


def _by_delbydel(inputs: Inputs, shares: Numbers) -> list[tuple[Cell, ...]]:
    return [
        (area.code, area.name, shares.get(area.code, MISSING))
        for area in inputs.areas
        if area.code != figur_18.UNREGISTERED
    ]


BASED_ON = (
    "Anslag, ikke statistikk: en modell på åpne tall, tilpasset det 2022-utgaven sier. Erstattes "
    "når leveransen kommer. Modellen og feilen er beskrevet i kapitlet Metode."
)


def content(estimate: Estimate) -> bytes:
    """The file: semicolons, decimal comma, byte order mark."""
    lines = [estimate.head, *(tuple(_text(cell) for cell in row) for row in estimate.rows)]
    return ("\ufeff" + "\n".join(";".join(line) for line in lines) + "\n").encode("utf-8")


def _text(cell: Cell) -> str:
    return nb(cell, 1) if isinstance(cell, float) else str(cell)


def provenance(estimate: Estimate, path: Path) -> bytes:
    """The provenance file of an estimate."""
    held = {
        "title": estimate.title,
        "owner": "Modellert i prosjektet på data fra Oslo kommune og SSB",
        "origin": "estimat",
        "vintage": "modell, 2020-struktur",
        "licence": "NLOD 2.0 og CC BY 4.0, som kildene",
        "notes": [BASED_ON, estimate.structure, estimate.error],
        "sha256_bytes": "",
        "sha256_cells": "",
    }
    snapshot = Snapshot(path.stem, path, Provenance.model_validate(held), content(estimate))
    held |= {"sha256_bytes": snapshot.sha256_bytes, "sha256_cells": snapshot.sha256_cells}
    return yaml.safe_dump(held, allow_unicode=True, sort_keys=False, width=100).encode("utf-8")


def files(root: Path) -> Iterable[tuple[Path, bytes]]:
    """Every file that belongs to the stand-ins, with its bytes."""
    for estimate in estimates(read_inputs(root)):
        path = root / "data" / "raw" / "estimat" / f"{estimate.name}.csv"
        yield path, content(estimate)
        yield provenance_path(path), provenance(estimate, path)


def write_all(root: Path) -> list[Path]:
    """Write all estimates; the same inputs give the same bytes."""
    written = []
    for path, held in files(root):
        path.write_bytes(held)
        written.append(path)
    return written
