"""Deliveries: one table per file, Norwegian headings, checked against the catalogue's schema."""

import contextlib
import difflib
import math
import re
from collections.abc import Container
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS, parse_nb
from kunnskapsgrunnlag.base.regions import members, region_of
from kunnskapsgrunnlag.catalog.schema import Column, Source
from kunnskapsgrunnlag.sources.cells import describe_cell
from kunnskapsgrunnlag.sources.formats.cell_text import symbols_of
from kunnskapsgrunnlag.sources.formats.delivery import BOOKS
from kunnskapsgrunnlag.sources.formats.grid import letters
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from kunnskapsgrunnlag.tidy.table import CELL, HALF, HIGH, LOW, PLACES, SYMBOL, TEXT

# Years that a delivery may be about; other numbers of four digits are something else.
_YEAR = re.compile(r"(19|20)[0-9]{2}|2100")
# A number with more digits is rounded before anybody sees it.
_MOST = 1e15
_SIGNS = SYMBOLS | {"*"}


def tidy(snapshot: Snapshot, source: Source) -> pd.DataFrame:
    """A delivery as a tidy table: one row per key of the catalogue's entry.

    Columns are those of the entry, dimensions first; measures are in the entry's unit. A declared
    correction replaces a number, and marks it, only while the file still holds what it corrects.

    Raises:
        KgError: At the first cell that is not what the schema says, naming file, row and column.
    """
    columns, key = source.columns or {}, source.key or []
    table = snapshot.table
    file = f"{snapshot.name}, ark «{table.sheet}»" if table.sheet else snapshot.name
    positions = _positions(table.rows[0], columns, f"{file}, rad {table.places[0][0][0]}")
    rows: list[dict[str, Any]] = []
    known: dict[tuple[Any, ...], int] = {}
    for cells, places in zip(table.rows[1:], table.places[1:], strict=True):
        row: dict[str, Any] = {}
        for heading, column in columns.items():
            at = positions[heading]
            number, place = places[at]
            cell = snapshot.cell_at(number, place - 1)
            where = f"{file}, rad {number}, kolonne {letters(place)} «{heading}»"
            row |= _read(column, cells[at].strip(), cell, snapshot, where)
        rows.append(row)
        at_keys = [positions[heading] for heading, column in columns.items() if column.name in key]
        number, place = places[at_keys[0]]
        before = known.setdefault(tuple(row[name] for name in key), number)
        if before != number:
            words = " ".join(cells[at].strip() for at in at_keys)
            raise KgError(
                f"{file}, rad {number}, kolonne {letters(place)}: ventet hver rad én gang, fant "
                f"«{words}» også i rad {before}. Ta bort den som er gjentatt."
            )
    _refuse_stale_corrections(snapshot)
    if not rows:
        raise KgError(f"{snapshot.name}: filen har overskrifter og ingen rader. Legg inn tallene.")
    _refuse_gaps(rows, source, snapshot.name)
    return pd.DataFrame(rows).sort_values(key, kind="stable").reset_index(drop=True)


def _refuse_gaps(rows: list[dict[str, Any]], source: Source, name: str) -> None:
    """A table that should have a row for each bydel, or each declared word, must have them all."""
    key = (source.key or [""])[0]
    column = next((c for c in (source.columns or {}).values() if c.name == key), None)
    wanted: dict[str, str] = {}
    if source.expects:
        system = (column.system if column else "") or ""
        # Some delbydeler are called as their bydel: only the code tells which of them is missing.
        wanted = {
            region.key: f"{region.codes.get(system, '')} {region.name}".strip()
            for region in members(source.expects)
        }
    elif column and source.key == [key]:
        wanted = column.values or {}
    present = {row[key] for row in rows} if wanted else set()
    if lacking := [words for word, words in wanted.items() if word not in present]:
        raise KgError(
            f"{name}: ventet en rad for hver av {len(wanted)}, fant ingen for "
            f"{', '.join(f'«{words}»' for words in lacking[:5])}. Legg den til; skriv «..» om "
            "tallet mangler."
        )


def _positions(headings: list[str], columns: Container[str], where: str) -> dict[str, int]:
    for heading in headings:
        if heading not in columns or headings.count(heading) > 1:
            problem = "står to ganger" if heading in columns else "står ikke i params.yaml"
            raise KgError(f"{where}: overskriften «{heading}» {problem}. Ta bort kolonnen.")
    return {heading: at for at, heading in enumerate(headings)}


def _read(column: Column, text: str, cell: str, snapshot: Snapshot, where: str) -> dict[str, Any]:
    match column.role:
        case "region":
            return {column.name: _region(column, text, where)}
        case "year":
            if not _YEAR.fullmatch(text):
                raise KgError(
                    f"{where}: ventet et årstall som 2020, fant «{text}». Skriv fire sifre."
                )
            return {column.name: int(text)}
        case "category":
            return {column.name: _key_of(column, text, where)}
        case "name":
            return {}
        case "text" | "words" if text in symbols_of(column) - {""}:
            return _cells(column.name, math.nan, cell, text) | {f"{column.name}{TEXT}": None}
        case "text":
            _key_of(column, text, where)
            return _cells(column.name, math.nan, cell, "") | {f"{column.name}{TEXT}": text}
        case "words" if not text:
            raise KgError(f"{where}: ventet ord, fant en tom celle. Skriv dem, eller «.».")
        case "words":
            return _cells(column.name, math.nan, cell, "") | {f"{column.name}{TEXT}": text}
        case _:
            return _measure(column, text, cell, snapshot, where)


def _region(column: Column, text: str, where: str) -> str:
    """The key of a region, by its code or name, or by a word that the schema has for it."""
    for key, word in (column.values or {}).items():
        if text == word:
            return key
    try:
        return region_of(text, column.system).key
    except KgError as problem:
        hint = _lost_zero(text, column.system)
        raise KgError(f"{where}: {problem}{hint}") from None


def _lost_zero(text: str, system: str | None) -> str:
    """What to do if a code is one that Excel has turned into a number."""
    if text.isascii() and text.isdigit():
        for code in (f"0{text}", f"00{text}"):
            with contextlib.suppress(KgError):
                name = region_of(code, system).name
                return (
                    f" Har Excel tatt nullen fra «{code}» ({name})? Gjør kolonnen om til tekst, "
                    "og skriv kodene på nytt."
                )
    return ""


def _key_of(column: Column, text: str, where: str) -> str:
    words = {word: key for key, word in (column.values or {}).items()}
    if text not in words:
        close = difflib.get_close_matches(text, words, n=1)
        hint = f" Skriv «{close[0]}»?" if close else f" Lovlige er: {', '.join(words)}."
        raise KgError(f"{where}: «{text}» er ikke blant de tillatte ordene.{hint}")
    return words[text]


def _measure(
    column: Column, text: str, cell: str, snapshot: Snapshot, where: str
) -> dict[str, Any]:
    symbols = symbols_of(column)
    if text in symbols:
        # An empty cell that the schema allows is a number that is missing, and shown as one.
        return _cells(column.name, math.nan, cell, text or "..")
    try:
        value = parse_nb(text)
    except ValueError:
        shown = f"tegnet «{text}»" if text in _SIGNS else f"«{text}»" if text else "en tom celle"
        signs = " eller ".join(f"«{sign}»" for sign in sorted(symbols & {".."} or symbols))
        missing = f", eller {signs} om det mangler" if signs else ""
        raise KgError(
            f"{where}: ventet et tall ({column.unit}), fant {shown}. Skriv tallet{missing}."
        ) from None
    if not abs(value) < _MOST:
        raise KgError(
            f"{where}: ventet et tall ({column.unit}) på høyst 15 sifre, fant «{text}». "
            "Skriv tallet på nytt."
        )
    _refuse_parts(column, text, where)
    correction = snapshot.corrections.get(cell)
    if correction is not None and parse_nb(correction.printed) == value:
        value = parse_nb(correction.corrected)
    number = _cells(column.name, value * column.scale, cell, "")
    if cell in snapshot.bands:
        # The interval of an estimate, in the unit of the tidy table.
        low, high = (bound * column.scale for bound in snapshot.bands[cell])
        number |= {f"{column.name}{LOW}": low, f"{column.name}{HIGH}": high}
    # A workbook does not keep trailing zeros: its cells are as exact as their column.
    return number | _precision(column, text, exact=snapshot.path.suffix in BOOKS)


def _refuse_parts(column: Column, text: str, where: str) -> None:
    """What is counted one by one has no decimals, and kroner have two."""
    most = {"kr": 2, "prosent": None}.get(column.unit or "", 0)
    places = len(text.partition(",")[2].rstrip("0"))
    if column.rounded_to is None and most is not None and places > most:
        kind = "et helt tall" if most == 0 else "høyst to desimaler"
        raise KgError(
            f"{where}: ventet {kind} ({column.unit}), fant «{text}». Skriv tallet med "
            "mellomrom mellom tusener, eller skriv rounded_to i params.yaml."
        )


def _precision(column: Column, text: str, *, exact: bool) -> dict[str, Any]:
    """Half the rounding unit and the cell's decimals: «11» in a column of «6,1» is rounder."""
    if not column.rounded_to:
        return {f"{column.name}{HALF}": 0.0}
    places = 1 if exact else len(text.partition(",")[2])
    unit = max(column.rounded_to, 10.0**-places) if column.rounded_to < 1 else column.rounded_to
    half = {f"{column.name}{HALF}": unit / 2 * column.scale}
    return half | ({f"{column.name}{PLACES}": places} if column.rounded_to < 1 else {})


def _cells(name: str, value: float, cell: str, symbol: str) -> dict[str, Any]:
    return {name: value, f"{name}{CELL}": cell, f"{name}{SYMBOL}": symbol}


def _refuse_stale_corrections(snapshot: Snapshot) -> None:
    """A correction whose number is no longer there has done its work, or hits another cell."""
    if snapshot.changed:
        return
    for cell, correction in snapshot.corrections.items():
        raw = describe_cell(snapshot, cell).raw
        if raw.strip() != correction.printed:
            raise KgError(
                f"{snapshot.name}: rettingen av {cell} venter «{correction.printed}», fant "
                f"«{raw}». Ta bort rettingen fra {snapshot.provenance_name}."
            )
