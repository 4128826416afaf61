"""A cell of a snapshot, in words: where it lies and what stands in it."""

import math
from dataclasses import asdict, dataclass

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.provenance import Acceptance
from kunnskapsgrunnlag.sources.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell of a snapshot: where it lies, in words, and what stands in it.

    Attributes:
        place: Codes per dimension, or row and heading.
        symbol: The provider's sign for a missing number.
        corrected, erratum: What is read in place of a misprint, and the erratum that says so.
    """

    source: str
    file: str
    place: str
    raw: str
    symbol: str = ""
    corrected: str = ""
    erratum: str = ""

    def to_json(self) -> dict[str, str]:
        row = asdict(self)
        if not self.erratum:
            del row["corrected"], row["erratum"]
        return row


def describe_cell(snapshot: Snapshot, cell: str) -> SourceCell:
    at = cell.partition(":")[2]
    if at.startswith("i") and at[1:].isdigit():
        dataset = snapshot.dataset
        data = dataset.cells[int(at[1:])]
        place = ", ".join(f"{d}={c} ({dataset.labels[d][c]})" for d, c in data.codes.items())
        raw = "null" if math.isnan(data.value) else repr(data.value).removesuffix(".0")
        symbol = data.symbol
    else:
        place, raw = _grid_place(snapshot, at)
        symbol = ""
    correction = snapshot.corrections.get(cell)
    erratum = (correction.corrected, correction.erratum) if correction else ()
    return SourceCell(snapshot.source, snapshot.name, place, raw, symbol, *erratum)


def acceptances(snapshot: Snapshot) -> list[str]:
    """The numbers that a person vouches for although they do not fit, as reviewers read them."""
    return [
        f"{describe_cell(snapshot, cell).place}: {accepted.check}. Godtatt "
        f"{norwegian_date(accepted.date)}: {accepted.reason}"
        for cell, accepted in accepted_cells(snapshot).items()
    ]


def accepted_cells(snapshot: Snapshot) -> dict[str, Acceptance]:
    """By cell: what people vouch for; a cell in which something else stands now has lapsed."""
    all_accepted = {
        snapshot.cell(at): accepted for at, accepted in snapshot.provenance.accepted.items()
    }
    return {
        cell: accepted
        for cell, accepted in all_accepted.items()
        if _raw(snapshot, cell) == accepted.value
    }


def _raw(snapshot: Snapshot, cell: str) -> str | None:
    try:
        return describe_cell(snapshot, cell).raw
    except (KgError, IndexError):
        return None  # the file has become shorter


def _grid_place(snapshot: Snapshot, at: str) -> tuple[str, str]:
    letters = at.rstrip("0123456789")
    row, column = int(at[len(letters) :]), column_of(letters) + 1
    texts = snapshot.texts
    if (row, column) not in texts:
        raise KgError(f"{snapshot.name}: cellen {snapshot.cell(at)} ligger utenfor filen.")
    before = [texts.get((row, c), "").strip() for c in range(1, column)]
    heading = next(
        text
        for text, place in zip(snapshot.table.rows[0], snapshot.table.places[0], strict=True)
        if place[1] == column
    )
    known = ", ".join([text for text in before if text][:4])
    place = f"rad {row} ({known}), kolonne {letters} «{heading.strip()}»"
    return place, texts[row, column]


def column_of(letters: str) -> int:
    """The number of a column, counted from 0: C is 2."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
