"""Write the stand-ins: run the models on what they need, write files with provenance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.catalog.periods import LAST_PERIOD
from kunnskapsgrunnlag.sources.formats.grid import letters
from kunnskapsgrunnlag.sources.provenance import Provenance, provenance_path
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from tools.estimates import (
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
from tools.estimates.bands import BYDEL, DELBYDEL, FREE, TWICE, Margin, band, known_limits
from tools.estimates.common import UNKNOWN, Inputs, Limits, Numbers, bases
from tools.estimates.inputs import read_inputs

Cell = str | int | float
MISSING = ".."
LOW_INCOME = (
    "Grunnlag: husholdninger med lavinntekt korrigert for formue (Oslo kommune, 2020), folkemengde "
    "(SSB, tabell 10826) og trykte totaler for Oslo."
)
JUDGED = (
    "Båndet er en vurdering og ikke et konfidensintervall, og det stanser ved det rapporten sier."
)
IN_BYDEL = (
    "Feil: en femdel eller mer må ventes i en enkelt bydel; båndet er en femdel til hver side. "
    + JUDGED
)
IN_DELBYDEL = (
    "Feil: godt over en femdel må ventes i en enkelt delbydel; båndet er to femdeler til hver "
    "side, som er valgt og ikke målt. " + JUDGED
)
IS_TWICE = (
    "Feil: et tall kan være dobbelt eller halvt så stort i en enkelt bydel, og det er båndet. "
    + JUDGED
)


@dataclass(frozen=True)
class Estimate:
    """A file of numbers before it is written.

    Attributes:
        margin: How far a number may be off where the report says nothing nearer.
    """

    name: str
    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    structure: str
    error: str
    margin: Margin


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
            BYDEL,
        ),
        Estimate(
            "tabell-14",
            "Andel vanskeligstilte personer og husholdninger i bydelene, 2020 (anslag)",
            ("område", "personer (prosent)", "husholdninger (prosent)"),
            tabell_14.rows(persons, households, base),
            LOW_INCOME,
            IN_BYDEL,
            BYDEL,
        ),
        Estimate(
            "tabell-15",
            "Vanskeligstilte husholdninger uten og med barn i bydelene, 2020 (anslag)",
            ("område", "uten barn", "med barn"),
            tabell_15.rows(households),
            LOW_INCOME,
            IN_BYDEL,
            BYDEL,
        ),
        Estimate(
            "tabell-16",
            "Andel vanskeligstilte husholdninger uten og med barn i bydelene, 2020 (anslag)",
            ("område", "uten barn (prosent)", "med barn (prosent)"),
            tabell_16.rows(households, base),
            LOW_INCOME,
            IN_BYDEL,
            BYDEL,
        ),
        Estimate(
            "figur-18",
            "Andel vanskeligstilte personer i delbydelene, 2020 (anslag)",
            ("kode", "delbydel", "personer (prosent)"),
            _by_delbydel(inputs, figur_18.model(inputs, base, persons)),
            LOW_INCOME,
            IN_DELBYDEL,
            DELBYDEL,
        ),
        Estimate(
            "figur-19",
            "Andel barn i vanskeligstilte familier i bydelene og delbydelene, 2020 (anslag)",
            ("kode", "område", "barn (prosent)"),
            _with_bydeler(
                figur_19.shares_of_bydeler(inputs, households),
                _by_delbydel(inputs, figur_19.model(inputs, households)),
            ),
            "Grunnlag: husholdninger med barn og lavinntekt korrigert for formue og barn 0-19 år "
            "(Oslo kommune, 2020). Sentrum og Marka har for få familier til at noe kan sies.",
            IN_DELBYDEL,
            DELBYDEL,
        ),
        Estimate(
            "figur-26",
            "Startlån i bydelene, 2020 (anslag)",
            ("område", "startlån (antall)"),
            figur_26.rows(inputs),
            "Grunnlag: 0,2 lån per 1 000 innbyggere i Ullern og 2,2 i Grorud, som i 2022-utgaven, "
            "og folkemengden (SSB, tabell 10826). De andre bydelene har ingen tall.",
            "Feil: båndet er det avrundingen av 0,2 og 2,2 gir plass til.",
            FREE,
        ),
        Estimate(
            "figur-28",
            "Gjennomsnittlig boutgift etter husholdningens størrelse, november 2021 (anslag)",
            ("husstandsstørrelse", "gjennomsnittlig boutgift (kr per måned)"),
            figur_28.rows(inputs.facts),
            "Grunnlag: øvre boutgift i statlig bostøtte, desember 2021 (Husbanken), og det "
            "rapporten sier om hvor mye av boutgiften den dekker.",
            "Feil: båndet rommer alle boutgifter som øvre boutgift er 22 til 28 prosent under.",
            FREE,
        ),
        Estimate(
            "figur-32",
            "Kommunale boliger i bydelene, 2019 (anslag)",
            ("område", "kommunale boliger"),
            figur_32.rows(figur_32.model(inputs)),
            "Grunnlag: boliger i alt i desember 2019, fordelt etter mottakere av statlig bostøtte "
            "i desember 2020 (Husbanken).",
            IS_TWICE,
            TWICE,
        ),
    ]


def _by_delbydel(inputs: Inputs, shares: Numbers) -> list[tuple[Cell, ...]]:
    return [
        (area.code, area.name, shares.get(area.code, MISSING))
        for area in inputs.areas
        if area.code != figur_18.UNREGISTERED
    ]


def _with_bydeler(shares: Numbers, areas: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """Each bydel above its delbydeler: its code is what theirs begin with."""
    own: list[tuple[Cell, ...]] = [
        (BY_KEY[key].codes["oslo-delbydel"], BY_KEY[key].name, shares[BY_KEY[key].name])
        for key in BYDELER
    ]
    return sorted([*own, *areas], key=lambda row: str(row[0]))


def bands(estimate: Estimate, inputs: Inputs) -> tuple[dict[str, list[float]], list[str]]:
    """The interval of each number by its cell, and the cells that the report itself prints."""
    intervals: dict[str, list[float]] = {}
    printed: list[str] = []
    for line, row in enumerate(estimate.rows, 2):
        for at, value in enumerate(row):
            if isinstance(value, str):
                continue
            cell = f"{letters(at + 1)}{line}"
            known, margin = _known(estimate, inputs, row, estimate.head[at])
            if known[0] == known[1]:
                printed.append(cell)
            else:
                intervals[cell] = list(band(value, margin, known))
    return intervals, printed


def _known(
    estimate: Estimate, inputs: Inputs, row: tuple[Cell, ...], heading: str
) -> tuple[Limits, Margin]:
    area, facts = str(row[0]), inputs.facts
    if estimate.name == figur_26.ITEM:
        return figur_26.known(inputs, area), estimate.margin
    if estimate.name == figur_28.ITEM:
        return figur_28.known(facts, area), estimate.margin
    if estimate.name == figur_19.ITEM and len(area) == len("01"):
        return known_limits(facts, figur_19.ITEM, figur_19.BYDEL, str(row[1])), BYDEL
    if area == UNKNOWN:
        # The report speaks of bydeler; who lives outside them is as uncertain as a small area.
        return (0.0, math.inf), DELBYDEL
    return known_limits(facts, estimate.name, heading, area), estimate.margin


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


def provenance(estimate: Estimate, path: Path, inputs: Inputs) -> bytes:
    """The provenance file of an estimate."""
    intervals, printed = bands(estimate, inputs)
    entries: dict[str, Any] = {
        "title": estimate.title,
        "owner": "Modellert i prosjektet på data fra Oslo kommune og SSB",
        "origin": "estimat",
        "vintage": "modell, 2020-struktur",
        "period": LAST_PERIOD.findall(estimate.title)[-1],
        "licence": "NLOD 2.0 og CC BY 4.0, som kildene",
        "notes": [BASED_ON, estimate.structure, estimate.error],
        "sha256_bytes": "",
        "sha256_cells": "",
    }
    snapshot = Snapshot(path.stem, path, Provenance.model_validate(entries), content(estimate))
    entries |= {"sha256_bytes": snapshot.sha256_bytes, "sha256_cells": snapshot.sha256_cells}
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=100)
    cells = {"bands": intervals, "printed": printed}
    # An interval to a line.
    text += yaml.safe_dump(cells, sort_keys=False, width=100, default_flow_style=None)
    return text.encode("utf-8")


def files(root: Path) -> Iterable[tuple[Path, bytes]]:
    """Every file that belongs to the stand-ins, with its bytes."""
    inputs = read_inputs(root)
    for estimate in estimates(inputs):
        path = root / "data" / "raw" / "estimat" / f"{estimate.name}.csv"
        yield path, content(estimate)
        yield provenance_path(path), provenance(estimate, path, inputs)


def write_all(root: Path) -> list[Path]:
    """Write all estimates; the same inputs give the same bytes."""
    written = []
    for path, data in files(root):
        path.write_bytes(data)
        written.append(path)
    return written
