"""How much a number changed, as readers would work it out from what was shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from kunnskapsgrunnlag.base.nb_numbers import MINUS, nb, parse_nb
from kunnskapsgrunnlag.base.nb_text import unit_words
from kunnskapsgrunnlag.editions.published import PublishedValue

# Units whose difference is in percentage points; a share of a share would only mislead.
PERCENT = ("prosent", "prosentpoeng")


def is_money(unit: str) -> bool:
    """Whether it is an amount, which between two years is one of running kroner."""
    return "kr" in unit.split()


@dataclass(frozen=True)
class Size:
    """The difference between two shown numbers.

    Attributes:
        relative: The difference as a part of the old number; None where that says nothing.
    """

    absolute: float
    relative: float | None
    unit: str
    decimals: int

    @property
    def is_large(self) -> float:
        """What sizes are sorted by: the relative one, or percentage points as if they were it."""
        if self.relative is None:
            return abs(self.absolute) / 100 if self.unit == "prosentpoeng" else 0.0
        return abs(self.relative)

    @property
    def amount(self) -> str:
        """`−1 736`, `+0,3 prosentpoeng`."""
        points = " prosentpoeng" if self.unit == "prosentpoeng" else ""
        return signed(self.absolute, self.decimals) + points

    @property
    def share(self) -> str:
        """`−10,8 prosent`; "" where there is none."""
        return "" if self.relative is None else f"{signed(self.relative * 100, 1)} prosent"

    @property
    def short(self) -> str:
        return self.share or self.amount

    @property
    def words(self) -> str:
        """`−1 736 (−10,8 prosent)`."""
        return f"{self.amount} ({self.share})" if self.share else self.amount


def signed(value: float, decimals: int) -> str:
    """A number with its sign; what rounds to nothing has none."""
    text = nb(value, decimals)
    is_zero = not any(digit in text for digit in "123456789")
    return text.removeprefix(MINUS) if is_zero else text if value < 0 else f"+{text}"


def shown_number(value: PublishedValue) -> float | None:
    """The number as it was shown; None for words and for signs of a missing number."""
    if value.value is None:
        return None
    try:
        return parse_nb(value.text)
    except ValueError:
        return None


def size_of(old: PublishedValue, new: PublishedValue) -> Size | None:
    """The size of a change; None where there are not two numbers in the same unit."""
    before, now = shown_number(old), shown_number(new)
    if before is None or now is None or old.unit != new.unit:
        return None
    decimals = max(len(value.text.partition(",")[2]) for value in (old, new))
    absolute = round(now - before, 6)
    if old.unit in PERCENT:
        return Size(absolute, None, "prosentpoeng", decimals)
    # A part of nothing, or of a change that has turned round, says nothing.
    relative = absolute / before if before > 0 and now >= 0 else None
    return Size(absolute, relative, old.unit, decimals)


@dataclass(frozen=True)
class Revisions:
    """How much numbers of one item in one unit were revised, for the same place and period.

    Attributes:
        of: How many numbers could have been: all that both editions have.
        mean, largest: Of the absolute sizes, in the unit.
        mean_relative, largest_relative: Of the relative ones; None in percentage points.
    """

    item: str
    unit: str
    decimals: int
    count: int
    of: int
    mean: float
    largest: float
    mean_relative: float | None
    largest_relative: float | None

    @property
    def words(self) -> str:
        largest = nb(self.largest, self.decimals)
        sentence = (
            f"{self.count} av {self.of} tall er revidert. Gjennomsnittlig endring er "
            f"{nb(self.mean, self.decimals)} {unit_words(self.unit)}, den største {largest}"
        )
        if self.mean_relative is None or self.largest_relative is None:
            return f"{sentence}."
        return (
            f"{sentence} ({nb(self.mean_relative * 100, 1)} og "
            f"{nb(self.largest_relative * 100, 1)} prosent)."
        )


def revisions_of(item: str, sizes: Sequence[Size], of: int) -> Revisions:
    amounts = [abs(size.absolute) for size in sizes]
    parts = [abs(size.relative) for size in sizes if size.relative is not None]
    return Revisions(
        item,
        sizes[0].unit,
        max(size.decimals for size in sizes),
        len(sizes),
        of,
        sum(amounts) / len(amounts),
        max(amounts),
        sum(parts) / len(parts) if parts else None,
        max(parts) if parts else None,
    )
