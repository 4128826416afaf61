"""What stands round the rows of a delivery's table: totals among them, notes and sources below.

A total that is the sum of its rows says nothing new, and a note is no row: both are left out and
listed. A total that is not the sum, and a line that could be a row, are refused.
"""

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS, nb, parse_nb
from kunnskapsgrunnlag.base.regions import region_of
from kunnskapsgrunnlag.catalog.schema import Column
from kunnskapsgrunnlag.sources.formats.cell_text import (
    RAISED,
    allowed_words,
    is_number,
    mark_key,
    spelled,
    symbols_of,
)
from kunnskapsgrunnlag.sources.formats.grid import FileCell, letters, plain, words

Rows = list[tuple[int, list[FileCell]]]
TOTALS = frozenset({"sum", "total", "totalt", "i alt", "alle", "sum i alt", "totalsum"})
# The symbol of a number that is zero; behind the others there may be one.
_ZERO = "-"
_NOTE = re.compile(
    r"(kilder?|merk|merknad(er)?|noter?|fotnoter?|anm|anmerkning(er)?|(tegn)?forklaring(er)?|"
    r"(sist )?oppdatert|uttrekk\w*|produsert|utarbeidet|obs)\b.*",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    rf"(?P<mark>\*+|{RAISED}+[)⁾]?|\d+\)|\.{{1,3}}|:|-)\s*([=:–-]\s*)?(?P<words>[^\W\d_].*)"
)


class BodyRow(NamedTuple):
    """A row of the table in the words of the schema, with the place of each cell in the file.

    Attributes:
        unshown: What the file holds more than it shows, of all rounded numbers of the row together.
    """

    texts: list[str]
    places: list[tuple[int, int]]
    unshown: float = 0


def below(body: Rows, columns: Mapping[str, Column]) -> tuple[Rows, Rows]:
    """The rows of the table, and the notes below the last of them.

    A note is alone in its row and looks like one; lines after the first note may continue it.
    """
    at = len(body)
    while at and _alone(body[at - 1][1], columns):
        at -= 1
    first = next((n for n in range(at, len(body)) if _starts_note(body[n][1])), len(body))
    return body[:first], body[first:]


def explained(notes: Rows) -> set[str]:
    notes_read = (_EXPLAINED.fullmatch(words(row)) for _, row in notes)
    return {mark_key(note["mark"]) for note in notes_read if note}


def _alone(row: list[FileCell], columns: Mapping[str, Column]) -> bool:
    """Whether a row has one cell with words that are no key of the table."""
    if sum(cell.filled for cell in row) != 1 or any(cell.trouble for cell in row):
        return False
    text = words(row)
    if is_number(text) or is_total(text):
        return False
    return not any(text in allowed_words(c) or _is_region(text, c) for c in columns.values())


def _is_region(text: str, column: Column) -> bool:
    try:
        word = spelled(FileCell(text), column).text
        return column.role == "region" and bool(region_of(word, column.system))
    except KgError:
        return False


def _starts_note(row: list[FileCell]) -> bool:
    text = words(row)
    return bool(_NOTE.fullmatch(text) or _EXPLAINED.fullmatch(text))


def is_total(text: str) -> bool:
    return plain(text).rstrip(":").casefold() in TOTALS


def total_of(cells: list[FileCell], names: list[str], columns: Mapping[str, Column]) -> int | None:
    """Place (from 0) of the word that makes a row a total, unless the schema has the word."""
    for at, (cell, name) in enumerate(zip(cells, names, strict=True)):
        column = columns.get(name)
        if column is not None and column.role == "measure":
            continue
        if is_total(cell.text) and plain(cell.text) not in allowed_words(column):
            return at
    return None


def check_total(
    where: str, total: BodyRow, rows: list[BodyRow], names: list[str], columns: Mapping[str, Column]
) -> None:
    """Refuse a total that is not the sum of the rows that it stands for."""
    parts = [row for row in rows if _stands_for(total, row, names, columns)]
    for at, name in enumerate(names):
        column, text = columns.get(name), total.texts[at].strip()
        if column is None or column.role != "measure" or text in ("", *SYMBOLS):
            continue
        if problem := _disagreement(text, [row.texts[at] for row in parts], column):
            number, place = total.places[at]
            raise KgError(
                f"{where}, rad {number}, kolonne {letters(place)} «{name}»: {problem}. Rett "
                "tallene. Ta bort raden, eller skriv ordet i params.yaml hvis det ikke er en sum."
            )


def check_sum(
    where: str, stated: str, rows: list[BodyRow], names: list[str], columns: Mapping[str, Column]
) -> None:
    """Refuse a table whose numbers do not add up to the sum that the file states, if it does."""
    if not stated.strip():
        return
    at_measures = [at for at, name in enumerate(names) if _is_measure(columns.get(name))]
    texts = [row.texts[at].strip() for row in rows for at in at_measures]
    numbers = [parse_nb(text) for text in texts if is_number(text) and text not in SYMBOLS]
    decimals = len(stated.strip().partition(",")[2])
    # A sum that a spreadsheet has worked out is of the numbers as they are stored.
    sums = (math.fsum(numbers), math.fsum([*numbers, *(row.unshown for row in rows)]))
    try:
        slack = 0.5 * 10**-decimals + 1e-6
        is_right = any(abs(parse_nb(stated) - total) <= slack for total in sums)
    except ValueError:
        is_right = False
    if not is_right:
        total = nb(math.fsum(numbers), max(decimals, *(len(t.partition(",")[2]) for t in texts), 0))
        raise KgError(
            f"{where}: kontrollsummen under «Om leveransen» er «{stated}», men de {len(numbers)} "
            f"tallene i tabellen er til sammen {total}. Se etter at alle tallene er med, eller "
            "rett summen."
        )


def _is_measure(column: Column | None) -> bool:
    return column is not None and column.role == "measure"


def _stands_for(
    total: BodyRow, row: BodyRow, names: list[str], columns: Mapping[str, Column]
) -> bool:
    for name, total_text, text in zip(names, total.texts, row.texts, strict=True):
        column = columns.get(name)
        keyed = column is not None and column.role not in ("measure", "name")
        if keyed and total_text.strip() and total_text != text and not is_total(total_text):
            return False
    return True


def _disagreement(text: str, parts: list[str], column: Column) -> str:
    """Why a total cannot be the sum; rows without a number make the sum a lower bound."""
    try:
        total = parse_nb(text)
        known = [parse_nb(part) for part in parts if part.strip() not in symbols_of(column)]
    except ValueError:
        return f"ventet en sum av tall, fant «{text}»"
    hidden = any(part.strip() in symbols_of(column) - {_ZERO} for part in parts)
    least, slack = math.fsum(known), (column.rounded_to or 0) / 2 * (len(parts) + 1) + 1e-6
    if hidden and column.min is not None and column.min >= 0:
        agrees, bound = total >= least - slack, "minst "
    else:
        agrees, bound = bool(known) and not hidden and abs(total - least) <= slack, ""
    decimals = max(len(part.partition(",")[2]) for part in (text, *parts))
    problem = f"fant summen «{text}»"
    return "" if agrees else f"ventet {bound}summen av radene, {nb(least, decimals)}, {problem}"
