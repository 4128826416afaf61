"""What the models of the stand-ins need, read from the committed snapshots."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from kunnskapsgrunnlag.base.nb_numbers import parse_nb
from kunnskapsgrunnlag.base.regions import region_of
from kunnskapsgrunnlag.sources.snapshot import read_snapshot
from tools.estimates.common import NAMES, UNKNOWN, Area, Counts, Fact, Facts, Inputs, Numbers

YEAR = "2020"


def read_inputs(root: Path) -> Inputs:
    """What the models need, from the committed snapshots under `root`."""
    raw = root / "data" / "raw"
    ages = _table(raw / "oslo" / "folkemengde-bydel-alder-2020.csv")
    return Inputs(
        areas=tuple(_area(row) for row in _table(raw / "oslo" / "lavinntekt-delbydel-2020.csv")),
        population=_population(raw / "ssb" / "2026" / "10826.json"),
        children={row["område"]: int(row["0-19 år"]) for row in ages if row["område"] in NAMES},
        allowance=_allowance(raw / "husbanken" / "2026" / "bostotte-maned.csv"),
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
    persons = dict.fromkeys((*NAMES, UNKNOWN), 0)
    for cell in read_snapshot(path.stem, path).dataset.cells:
        if cell.codes["Tid"] == YEAR:
            name = region_of(cell.codes["Region"], "ssb-10826").name
            persons[name if name in NAMES else UNKNOWN] += int(cell.value)
    return persons


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
        of_oslo = [r for r in rows if r["år"] == YEAR and r.get("område", "Oslo") == "Oslo"]
        return parse_nb(of_oslo[0][heading])

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
        # The file's own convention: a statement or source that is the model's says «valgt».
        "valgt" in row["utsagn"] or "valgt" in row["kilde"],
    )
