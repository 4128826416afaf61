"""What a delivery's file is read into, CSV and workbook alike: cells, and their heading row."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kunnskapsgrunnlag.base.errors import KgError

HEADING_ROWS = 15
# The sheets of a template: that of the table, and those round it, which hold no numbers of it.
SHEET, EXPLANATION, ABOUT = "Leveranse", "Forklaring", "Om leveransen"
MOST_CELLS = 500_000
# Of no width, and of no meaning in a table: soft hyphen, zero-width space and joiners, a lost BOM.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


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
        stored: That number, in Norwegian, if the file shows it rounded.
    """

    text: str = ""
    trouble: str = ""
    percent: bool = False
    number: bool = False
    stored: str = ""

    @property
    def filled(self) -> bool:
        return bool(self.text.strip() or self.trouble)


@dataclass(frozen=True)
class Sheet:
    """All cells of a file's table, from A1 on.

    Attributes:
        rows: The cells by row; rows may differ in length.
        merged: Merged ranges: first row, first column, last row, last column, from 1.
        about: The cells of the workbook's sheet «Om leveransen», if it has one that people see.
        comments: Comments on cells, which are told and not read.
        others: The workbook's other sheets with content, hidden ones too, which are told only.
    """

    name: str
    rows: list[list[FileCell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    about: list[list[FileCell]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def letters(column: int) -> str:
    """A column's letters in a spreadsheet: C for 3."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def refused(problem: str, remedy: str) -> FileCell:
    return FileCell(trouble=f"fant {problem}. {remedy}")


def visible_text(text: str) -> str:
    """A text without what nobody sees in it, its letters composed («å» may be two signs)."""
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE))


def text_cell(text: str) -> FileCell:
    """A cell with words; signs that turn a text round or have no form are refused."""
    text = visible_text(text)
    odd = next((s for s in text if unicodedata.category(s) in ("Cc", "Cf", "Co") and s > "\r"), "")
    if odd:
        return FileCell(
            text, f"fant «{text}» med et usynlig tegn (U+{ord(odd):04X}). Skriv det på nytt."
        )
    return FileCell(text)


def comment_on(row: int, column: int, comment: str) -> str:
    return f"rad {row}, kolonne {letters(column)}: kommentaren «{plain(comment)[:80]}»"


def choose_sheet(name: str, filled: Mapping[str, bool], wanted: str | None) -> str:
    """The sheet that was named, or the only visible one with content.

    Args:
        filled: Title -> whether it is shown, of the sheets with content.
    """
    visible = [title for title, is_shown in filled.items() if is_shown]
    hidden = [title for title in filled if title not in visible]
    if wanted is not None:
        chosen = [title for title in visible if title == wanted]
    else:
        chosen = [title for title in visible if title not in (EXPLANATION, ABOUT)]
        chosen = [title for title in chosen if title == SHEET] or chosen
    if len(chosen) == 1:
        return chosen[0]
    what = f"arket «{wanted}»" if wanted else "ett synlig ark med innhold"
    listed = ", ".join(f"«{title}»" for title in visible) or "ingen"
    hint = f" Skjult, med innhold: {', '.join(f'«{title}»' for title in hidden)}." if hidden else ""
    raise KgError(
        f"{name}: ventet {what}, fant {listed}.{hint} Vis arket med tabellen, eller gi det nytt "
        "navn, og slett de andre, eller skriv arket i params.yaml."
    )


def other_sheets(titles: Iterable[str], chosen: str) -> list[str]:
    """The sheets with content that are not read, without those of the template."""
    return [title for title in titles if title not in (chosen, EXPLANATION, ABOUT)]


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
