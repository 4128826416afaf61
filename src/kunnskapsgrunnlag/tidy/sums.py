"""Do the parts of a table add up to its total? What does not is told, and never mended."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.mistakes import nearest
from kunnskapsgrunnlag.numbers import shown
from kunnskapsgrunnlag.tidy.jsonstat import Cell, Dataset

# Nil, or an area that was not kept apart: it adds nothing to a sum, and is still no number.
NIL = "-"
# PxWeb's code for contents that are no variable: it says nothing.
ELIMINATED = "EliminatedValue"
_NOISE = 1e-6


@dataclass(frozen=True)
class SumFinding:
    """A total that its parts do not add up to, or that cannot be compared with them.

    Attributes:
        place: The codes of the other dimensions.
        total: The total as the provider gives it; NaN if it has none.
        parts: The sum of the parts that are numbers.
        unknown: Parts without a number, for another reason than «-»: the sum is then not whole.
    """

    place: tuple[tuple[str, str], ...]
    total: float
    parts: float
    unknown: tuple[str, ...] = ()

    @property
    def difference(self) -> float:
        """Parts less total; NaN if they cannot be compared."""
        return math.nan if self.unknown else self.parts - self.total

    def __str__(self) -> str:
        """In Norwegian, for the summary of a fetch."""
        place = ", ".join(code for _, code in self.place if code != ELIMINATED) or "Alt"
        if self.unknown:
            return f"{place}: kan ikke summeres, mangler {', '.join(self.unknown)}"
        if math.isnan(self.total):
            return f"{place}: delene er til sammen {_shown(self.parts)}, totalen mangler"
        return (
            f"{place}: delene er til sammen {_shown(self.parts)}, totalen er {_shown(self.total)} "
            f"(forskjell {_shown(self.difference)})"
        )


def sum_findings(
    dataset: Dataset, dimension: str, parts: Sequence[str], total: str, *, tolerance: float = 0
) -> list[SumFinding]:
    """Where the parts of a dimension do not add up to the total.

    Args:
        parts: Codes that make up the total, each once; at Oslo's statistikkbank they are labels.
        tolerance: What rounding allows, in the table's unit.

    Raises:
        KgError: If the dimension or a code is not in the dataset, or a part is named twice.
    """
    _check(dataset, dimension, [*parts, total])
    rows: dict[tuple[tuple[str, str], ...], dict[str, Cell]] = {}
    for cell in dataset.cells:
        place = tuple((name, code) for name, code in cell.codes.items() if name != dimension)
        rows.setdefault(place, {})[cell.codes[dimension]] = cell
    found = (
        _compared(place, [row[part] for part in parts], row[total], dimension)
        for place, row in rows.items()
    )
    return [each for each in found if each and not abs(each.difference) <= tolerance + _NOISE]


def _compared(
    place: tuple[tuple[str, str], ...], parts: Iterable[Cell], total: Cell, dimension: str
) -> SumFinding | None:
    """The comparison; None where there is neither a total nor a part."""
    held = list(parts)
    numbers = [cell.value for cell in held if not math.isnan(cell.value)]
    unknown = tuple(
        cell.codes[dimension] for cell in held if math.isnan(cell.value) and cell.symbol != NIL
    )
    whole = 0.0 if total.symbol == NIL else total.value
    if not numbers and (math.isnan(whole) or total.symbol == NIL):
        return None
    return SumFinding(place, whole, math.fsum(numbers), unknown)


def _check(dataset: Dataset, dimension: str, codes: list[str]) -> None:
    if dimension not in dataset.labels:
        raise KgError(
            f"{dataset.label}: expected the dimension {dimension}, found none."
            f"{nearest(dimension, dataset.labels)}"
        )
    known = dataset.labels[dimension]
    for code in codes:
        if code not in known:
            raise KgError(
                f"{dataset.label}: expected {code} in {dimension}, found none."
                f"{nearest(code, known)}"
            )
        if codes.count(code) > 1:
            raise KgError(f"{dataset.label}: {code} of {dimension} would be counted twice.")


def _shown(value: float) -> str:
    return shown(value, 0 if value == round(value) else 1)
