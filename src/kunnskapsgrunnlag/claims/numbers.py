"""The published numbers as claims read them, and what a claim answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.tidy.regions import BY_KEY
from kunnskapsgrunnlag.values import Record, Store
from kunnskapsgrunnlag.words import region_name


@dataclass(frozen=True)
class Number:
    """A published number: what readers see of it, and its value before rounding.

    Attributes:
        address: Where it stands in the store.
        label: What sets it apart from its neighbours: a year, a region or a category.
        text: As readers see it.
        words: The label as readers know it, where that is another: «Kapabilitet, bare leie».
    """

    address: str
    label: str
    value: float
    text: str
    unit: str
    words: str = ""

    @property
    def name(self) -> str:
        """The label as readers know it."""
        return self.words or self.label

    @property
    def said(self) -> str:
        """`2020: 15 230 personer`, as verdicts quote it."""
        unit = "" if self.unit == "tekst" else f" {self.unit}"
        return f"{self.name}: {self.text}{unit}"


@dataclass(frozen=True)
class Verdict:
    """Whether a claim holds, why, and which numbers it was judged by.

    Attributes:
        because: The numbers side by side; for a claim that does not hold, the counter-example.
        numbers: Every number that was looked at.
    """

    holds: bool
    because: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Word:
    """A word that follows the data, and the numbers that chose it."""

    text: str
    numbers: tuple[Number, ...]


class Numbers:
    """The value store as claims read it.

    Attributes:
        read: The addresses that have been asked for.
    """

    def __init__(self, store: Store, names: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """Wrap the store.

        Args:
            names: Item -> key of a category -> how readers know it.
        """
        self._store, self._names = store, names or {}
        self.read: set[str] = set()

    def __call__(self, address: str) -> Number:
        """The number at an address, `siste` and `første` allowed.

        Raises:
            KgError: If there is no such address, or no number there.
        """
        record = self._store.get(address)
        if record["value"] is None:
            raise KgError(f"the claim needs «{record['address']}», which has no number.")
        return self._number(record)

    def series(self, item: str, measure: str, *parts: str) -> list[Number]:
        """A measure's numbers through the years, oldest first.

        Raises:
            KgError: If there are none.
        """
        found = self._matching(item, measure, parts, "year")
        return sorted(found, key=lambda number: int(number.label))

    def across(
        self, item: str, measure: str, *parts: str, regions: Iterable[str] | None = None
    ) -> list[Number]:
        """A measure's numbers over regions or categories, in the order of the store.

        Args:
            parts: The other parts of the address, such as the year.
            regions: Only these regions.

        Raises:
            KgError: If there are none.
        """
        found = self._matching(item, measure, parts, "")
        wanted = set(regions) if regions is not None else None
        return [n for n in found if wanted is None or n.address.split("/")[2] in wanted]

    def _matching(self, item: str, measure: str, parts: Sequence[str], free: str) -> list[Number]:
        records = [
            record
            for record in self._store.values.values()
            if record["item"] == item
            and record["measure"] == measure
            and set(parts) <= set(record["address"].split("/")[2:])
            and record["value"] is not None
            and (not free or free in record)
        ]
        if not records:
            said = "/".join([item, measure, *parts])
            raise KgError(f"the claim asks for «{said}», and there is no such number.")
        return [self._number(record, set(parts)) for record in records]

    def _number(self, record: Record, known: Set[str] = frozenset()) -> Number:
        self.read.add(record["address"])
        own = [part for part in record["address"].split("/")[2:] if part not in known]
        names = self._names.get(record["item"], {})
        return Number(
            record["address"],
            _label(own, {}) or record["measure"],
            float(record["value"]),
            record["text"],
            record["unit"],
            _label(own, names),
        )


def _label(parts: Iterable[str], names: Mapping[str, str]) -> str:
    return " ".join(region_name(p) if p in BY_KEY else names.get(p, p) for p in parts)
