"""The published numbers as claims read them, and what a claim answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_text import region_name
from kunnskapsgrunnlag.base.regions import BY_KEY
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import YEAR_WORDS, Store

T = TypeVar("T")


@dataclass(frozen=True)
class Number:
    """A number of the store among its neighbours.

    Attributes:
        of: The number itself; it is not missing.
        label: What sets it apart from its neighbours: a year, a region or a category.
        words: The label as readers know it, where that is another: «Kapabilitet, bare leie».
    """

    of: Value
    label: str
    words: str = ""

    @property
    def address(self) -> str:
        """Where it stands in the store."""
        return self.of.address

    @property
    def value(self) -> float:
        """Before rounding."""
        return math.nan if self.of.value is None else float(self.of.value)

    @property
    def text(self) -> str:
        """As readers see it."""
        return self.of.text

    def derived(self, value: float, text: str, unit: str, label: str = "") -> Number:
        """What a claim computes of this number, in its place."""
        derived = replace(self.of, value=value, text=text, unit=unit)
        return Number(derived, label or self.label)

    @property
    def name(self) -> str:
        """The label as readers know it."""
        return self.words or self.label

    @property
    def said(self) -> str:
        """`2020: 15 230 personer`, as verdicts quote it."""
        unit = "" if self.of.unit == "tekst" else f" {self.of.unit}"
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

    def __init__(
        self,
        store: Store,
        names: Mapping[str, Mapping[str, str]] | None = None,
        *,
        with_measures: bool = False,
    ) -> None:
        """Wrap the store.

        Args:
            names: Item -> key of a category, or `=` and key of a measure -> how readers know it.
            with_measures: Whether numbers are quoted with what they measure: «Med barn, Oslo».
        """
        self._store, self._names, self._with_measures = store, names or {}, with_measures
        self.read: set[str] = set()
        self._asked: dict[str, set[str]] = {}
        self._years: dict[str, int] = {}
        self._limits: dict[str, int] = {}

    def judge(
        self, ask: Callable[[Numbers], T], limits: Mapping[str, int]
    ) -> tuple[T, dict[str, dict[str, int]]]:
        """What a claim or word answers when `siste` is one year for all that it reads.

        Args:
            limits: `siste` -> the last year it may be (`første`: the first), which is that of the
                sentence.

        Returns:
            The answer, and item -> `siste` or `første` -> the year it was judged on.

        Raises:
            KgError: If there is no year that all of the numbers have.
        """
        own = Numbers(self._store, self._names, with_measures=self._with_measures)
        own._limits = dict(limits)
        try:
            answer = ask(own)
            while own._settle():
                own.read.clear()
                answer = ask(own)
        finally:
            self.read |= own.read
        return answer, own._judged_on()

    def _settle(self) -> bool:
        """Find the year that all numbers asked for so far have; whether it is another one."""
        before = dict(self._years)
        for word, addresses in self._asked.items():
            common = set.intersection(*(set(self._store.years_of(each)) for each in addresses))
            if limit := self._limits.get(word):
                common = {year for year in common if YEAR_WORDS[word](year, limit) == limit}
            if not common:
                listed = ", ".join(sorted(addresses))
                raise KgError(f"Det finnes ikke noe år der alle disse har tall: {listed}.")
            self._years[word] = YEAR_WORDS[word](common)
        return self._years != before

    def _judged_on(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for word, addresses in self._asked.items():
            for address in addresses:
                found.setdefault(address.partition("/")[0], {})[word] = self._years[word]
        return found

    def __call__(self, address: str) -> Number:
        """The number at an address, `siste` and `første` allowed.

        Raises:
            KgError: If there is no such address, or no number there.
        """
        word = next((part for part in address.split("/") if part in YEAR_WORDS), None)
        if word:
            self._asked.setdefault(word, set()).add(address)
        record = self._store.values[self._store.resolve(address, self._years.get(word or ""))]
        if record.value is None:
            raise KgError(f"påstanden trenger «{record.address}», som mangler.")
        return self._number(record)

    def series(self, item: str, measure: str, *parts: str) -> list[Number]:
        """A measure's numbers through the years, oldest first, up to `siste`.

        Raises:
            KgError: If there are none, or one between the first and the last is missing.
        """
        self._asked.setdefault("siste", set()).add("/".join([item, measure, *parts, "siste"]))
        found = {r.year: r for r in self._matching(item, measure, parts) if r.year is not None}
        years = [year for year, record in found.items() if record.value is not None]
        last = self._years.get("siste", max(years, default=0))
        kept = range(min(years, default=0), last + 1)
        measured = {r.year for r in self._matching(item, measure, ())}
        if lacking := [str(year) for year in kept if year in measured - set(years)]:
            raise KgError(
                f"påstanden trenger hele rekken «{'/'.join([item, measure, *parts])}», og "
                f"{', '.join(lacking)} mangler."
            )
        return [self._number(found[year], set(parts)) for year in sorted(years) if year in kept]

    def across(
        self,
        item: str,
        measure: str,
        *parts: str,
        regions: Iterable[str] | None = None,
        where_known: bool = False,
    ) -> list[Number]:
        """A measure's numbers over regions or categories, in the order of the store.

        Args:
            parts: The other parts of the address, such as the year.
            regions: Only these regions.
            where_known: Leave those out that have no number; the claim must say so.

        Raises:
            KgError: If there are none, or one is missing: it might be the highest, or the lowest.
        """
        wanted = set(regions) if regions is not None else None
        found = [
            record
            for record in self._matching(item, measure, parts)
            if wanted is None or record.address.split("/")[2] in wanted
        ]
        lacking = [record.address for record in found if record.value is None]
        if lacking and not where_known:
            raise KgError(f"påstanden trenger «{', '.join(lacking)}», som mangler.")
        return [self._number(r, set(parts)) for r in found if r.value is not None]

    def _matching(self, item: str, measure: str, parts: Sequence[str]) -> list[Value]:
        records = [
            record
            for record in self._store.measured.get((item, measure), [])
            if set(parts) <= set(record.address.split("/")[2:])
        ]
        if not records:
            asked = "/".join([item, measure, *parts])
            raise KgError(f"påstanden trenger «{asked}», som ikke finnes.")
        return records

    def _number(self, record: Value, known: Set[str] = frozenset()) -> Number:
        self.read.add(record.address)
        own = [part for part in record.address.split("/")[2:] if part not in known]
        names = self._names.get(record.item, {})
        words = _label(own, names)
        measure = names.get(f"={record.measure}", "") if self._with_measures else ""
        label = _label(own, {}) or record.measure
        return Number(record, label, ", ".join(filter(None, (measure, words))))


def _label(parts: Iterable[str], names: Mapping[str, str]) -> str:
    return " ".join(region_name(p) if p in BY_KEY else names.get(p, p) for p in parts)
