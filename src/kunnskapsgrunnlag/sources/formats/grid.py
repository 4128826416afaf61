"""What a delivery's file is read into, CSV and workbook alike: cells, and their heading row."""

import difflib
from dataclasses import dataclass, field
from typing import NamedTuple

from kunnskapsgrunnlag.base.errors import KgError

HEADING_ROWS = 15


class HeadingError(KgError):
    """A file does not have the headings of a table.

    Attributes:
        matched: The part of them that it has.
    """

    def __init__(self, words: str, matched: float) -> None:
        super().__init__(words)
        self.matched = matched


class FileCell(NamedTuple):
    """A cell of a file as it was read.

    Attributes:
        text: What stands in it, numbers in Norwegian.
        trouble: Why the text cannot be used, and what to do; empty if it can.
        percent: Whether the text is a share that the file shows in percent.
        number: Whether the file itself holds a number, so that its text can mean nothing else.
    """

    text: str = ""
    trouble: str = ""
    percent: bool = False
    number: bool = False

    @property
    def filled(self) -> bool:
        return bool(self.text.strip() or self.trouble)


@dataclass(frozen=True)
class Sheet:
    """All cells of a file's table, from A1 on.

    Attributes:
        rows: The cells by row; rows may differ in length.
        merged: Merged ranges: first row, first column, last row, last column, from 1.
        about: The cells of the workbook's sheet «Om leveransen», if it has one.
    """

    name: str
    rows: list[list[FileCell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    about: list[list[FileCell]] = field(default_factory=list)


def letters(column: int) -> str:
    """A column's letters in a spreadsheet: C for 3."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def plain(text: str) -> str:
    """A text without line ends and double spaces, as headings and words are compared."""
    return " ".join(text.split())


def words(row: list[FileCell]) -> str:
    return " ".join(plain(cell.text) for cell in row if cell.text.strip())


def heading_row(rows: list[list[str]], headings: list[str]) -> int | None:
    """Place (from 0) of the first row that holds all headings, among the first rows of a file."""
    for at, row in enumerate(rows[:HEADING_ROWS]):
        if {*headings} <= {plain(cell) for cell in row}:
            return at
    return None


def headings_of(where: str, sheet: Sheet, headings: list[str]) -> tuple[list[str], int, int]:
    """The headings by column, and the first and last of their one or two rows (from 1)."""
    texts = [[plain(cell.text) for cell in row] for row in sheet.rows[: HEADING_ROWS + 1]]
    at = heading_row(texts, headings)
    if at is not None:
        return texts[at], at + 1, at + 1
    pairs = [
        [_joined(a, b, headings) for a, b in zip(upper, lower, strict=False)]
        for upper, lower in zip(_spread(texts, sheet), texts[1:], strict=False)
    ]
    at = heading_row(pairs, headings)
    if at is None:
        raise no_headings(where, texts, headings)
    return pairs[at], at + 1, at + 2


def _spread(texts: list[list[str]], sheet: Sheet) -> list[list[str]]:
    """The heading rows with the text of a cell that spans columns in each of them."""
    rows = [[*row] for row in texts]
    for top, left, _, right in sheet.merged:
        if top <= len(rows):
            rows[top - 1][left - 1 : right] = [rows[top - 1][left - 1]] * (right - left + 1)
    return rows


def _joined(upper: str, lower: str, headings: list[str]) -> str:
    """Two headings over each other as one: «lån antall», or «lån (antall)» if that is asked for."""
    bracketed = f"{upper} ({lower})"
    return bracketed if bracketed in headings else plain(f"{upper} {lower}")


def best_row(rows: list[list[str]], headings: list[str]) -> tuple[int, int]:
    """How many headings the best row holds, and which row that is (from 0)."""
    counts = [
        (len({*headings} & {plain(cell) for cell in row}), -at)
        for at, row in enumerate(rows[:HEADING_ROWS])
    ]
    most, at = max(counts, default=(0, 0))
    return most, -at


def no_headings(where: str, rows: list[list[str]], headings: list[str]) -> HeadingError:
    """The error for a file without its heading row: which heading the best row lacks."""
    count, at = best_row(rows, headings)
    matched = count / len(headings)
    filled = [plain(cell) for cell in rows[at] if cell.strip()] if rows else []
    if not filled:
        return HeadingError(
            f"{where}, rad {at + 1}, kolonne A: ventet overskriftene {'; '.join(headings)}, fant "
            "ingenting. Er det rett fil?",
            matched,
        )
    missing = next(heading for heading in headings if heading not in filled)
    close = difflib.get_close_matches(
        missing, [text for text in filled if text not in headings], n=1
    )
    hint = f"Skal «{close[0]}» hete det?" if close else "Er det rett fil?"
    return HeadingError(
        f"{where}, rad {at + 1}: ventet overskriften «{missing}» i en av de første "
        f"{HEADING_ROWS} radene, sammen med alle andre, fant {'; '.join(filled)[:200]}. {hint}",
        matched,
    )
