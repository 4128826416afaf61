"""The published numbers as claims read them: by address, in sets, and in one year per sentence."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TypeVar

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.nb_text import region_name
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER, GROUPS
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.quantity import Key, Quantity, Term, unit_behind
from kunnskapsgrunnlag.claims.tree import Address
from kunnskapsgrunnlag.store.value import DIMS, Value
from kunnskapsgrunnlag.store.values import YEAR, YEAR_WORDS, Store

T = TypeVar("T")
# Item -> `siste` or `første` -> the year it stands for.
Years = dict[str, dict[str, int]]
ALL, KNOWN, CONSTANT = "*", "kjente", "konstant"
DELBYDELER_OF = "delbydeler-i-"
# A dimension as an address is explained.
DIM_WORDS = {"region": "sted", "category": "gruppe", "year": "år"}


class Numbers:
    """The value store as expressions read it.

    Attributes:
        catalog: What knows the names, the order of categories and the constants from outside.
        read: The addresses that have been asked for.
    """

    def __init__(self, store: Store, catalog: Catalog) -> None:
        self.store, self.catalog = store, catalog
        self.read: dict[str, None] = {}
        self._asked: dict[str, set[str]] = {}
        self._years: dict[str, int] = {}

    def settle(self, ask: Callable[[], T], limits: Mapping[str, int]) -> tuple[T, Years]:
        """What is answered when `siste` is one year for all that the question reads.

        Args:
            limits: `siste` -> the last year it may be (`første`: the first), which is that of the
                sentence.

        Raises:
            KgError: If there is no year that all of the numbers have.
        """
        answer = ask()
        while self._settle(limits):
            self.read.clear()
            answer = ask()
        years: Years = {}
        for word, addresses in self._asked.items():
            for address in addresses:
                years.setdefault(address.partition("/")[0], {})[word] = self._years[word]
        return answer, years

    def _settle(self, limits: Mapping[str, int]) -> bool:
        """Find the year that all numbers asked for so far have; whether it is another one."""
        before = dict(self._years)
        for word, addresses in self._asked.items():
            common = set.intersection(*(set(self.store.years_of(one)) for one in addresses))
            if limit := limits.get(word):
                common = {year for year in common if YEAR_WORDS[word](year, limit) == limit}
            if not common:
                listed = ", ".join(sorted(addresses))
                raise KgError(f"Det finnes ikke noe år der alle disse har tall: {listed}.")
            self._years[word] = YEAR_WORDS[word](common)
        return self._years != before

    def at(
        self, address: Address, *, with_measure: bool = False, only_ends: bool = False
    ) -> Quantity:
        """The numbers at an address.

        Args:
            with_measure: Whether they are named with what they measure: «Med barn, Oslo».
            only_ends: Whether the first and last year of a span are all that is asked for.

        Raises:
            KgError: If the address is unknown, or a number of it is missing: it might be the
                highest, or the lowest.
        """
        if address.item == CONSTANT:
            return self._constant(address)
        measure, *parts = (str(part) for part in address.parts)
        dims = self._dims(address.item, measure)
        keys = [self._keys(address, measure, dims, parts, at) for at in range(len(parts))]
        if only_ends:
            ends = zip(dims, keys, strict=True)
            keys = [[k[0], *k[1:][-1:]] if dim == "year" else k for dim, k in ends]
        terms: dict[Key, Term] = {}
        varying = [dims[at] for at in range(len(parts)) if _is_set(parts[at], dims[at])]
        for chosen in product(*keys):
            value = self._value("/".join((address.item, measure, *chosen)), parts)
            if value is not None:
                own = tuple(k for k, d in zip(chosen, dims, strict=True) if d in varying)
                if not set(own) & set(address.without):
                    terms[own] = self._term(value, own or chosen, with_measure=with_measure)
        if not terms:
            raise KgError(f"«{address.text}» har ingen tall.")
        return Quantity(tuple(varying), terms)

    def _constant(self, address: Address) -> Quantity:
        constant = self.catalog.constants[address.constant]
        text = f"{nb(constant.value, constant.decimals)}{unit_behind(constant.unit)}"
        return Quantity((), {(): Term(constant.value, "", text, constant.unit)})

    def _dims(self, item: str, measure: str) -> list[str]:
        rows = self.store.measured.get((item, measure))
        if not rows:
            raise KgError(f"{item} har ingen tall for «{measure}».")
        own = [dim for dim in DIMS if rows[0].key(dim) is not None]
        return sorted(own, key=lambda dim: rows[0].address.split("/").index(str(rows[0].key(dim))))

    def _keys(
        self, address: Address, measure: str, dims: list[str], parts: list[str], at: int
    ) -> list[str]:
        """The keys that a part of an address stands for, in their order."""
        part, dim = parts[at], dims[at]
        if dim == "year":
            return self._year_keys(address, measure, parts, at)
        rows = self.store.measured[address.item, measure]
        known = list(dict.fromkeys(str(row.key(dim)) for row in rows))
        if dim == "category":
            # In the order of the catalogue; what it does not name comes last.
            order = {key: at for at, key in enumerate(self._categories(address.item))}
            known.sort(key=lambda key: order.get(key, len(order)))
        if part in (ALL, KNOWN):
            return known
        if not _is_set(part, dim):
            return [part]
        keys = [key for name in part.split("&") for key in members(name)]
        if part.startswith("delbydeler"):
            return [key for key in keys if key in known]
        if lacking := [region_name(key) for key in keys if key not in known]:
            raise KgError(f"«{address.text}»: {', '.join(lacking)} står ikke i {address.item}.")
        return keys

    def _year_keys(self, address: Address, measure: str, parts: list[str], at: int) -> list[str]:
        part = parts[at]
        if part in (ALL, KNOWN):
            raise KgError(
                f"«{address.text}»: skriv årene, «2016..2020» eller «første..siste», så følger "
                "ikke påstanden med når et nytt år kommer."
            )
        ends = [self._year(address, measure, parts, at, end) for end in part.split("..")]
        if ".." not in part:
            return [str(ends[0])]
        # A table may have every other year; a year that it has for others is missing here.
        years = sorted({row.year or 0 for row in self.store.measured[address.item, measure]})
        if ends[0] > ends[-1]:
            raise KgError(f"«{address.text}» går baklengs. Skriv {ends[-1]}..{ends[0]}.")
        if strange := [year for year in ends if year not in years]:
            raise KgError(
                f"«{address.text}»: {address.item} har ikke tall for {strange[0]}, men fra "
                f"{years[0]} til {years[-1]}."
            )
        return [str(year) for year in years if ends[0] <= year <= ends[-1]]

    def _year(self, address: Address, measure: str, parts: list[str], at: int, end: str) -> int:
        if YEAR.fullmatch(end):
            return int(end)
        others = [
            [end]
            if n == at
            else self._keys(address, measure, self._dims(address.item, measure), parts, n)
            for n in range(len(parts))
        ]
        asked = {"/".join((address.item, measure, *keys)) for keys in product(*others)}
        asked = {one for one in asked if not set(one.split("/")) & set(address.without)}
        self._asked.setdefault(end, set()).update(asked)
        for one in asked:
            self.store.resolve(one)
        return self._years.get(end) or YEAR_WORDS[end](
            set.intersection(*(set(self.store.years_of(one)) for one in asked)) or {0}
        )

    def _value(self, address: str, parts: list[str]) -> Value | None:
        value = self.store.values[self.store.resolve(address)]
        if value.value is None:
            if KNOWN in parts:
                return None
            raise KgError(f"påstanden trenger «{value.address}», som mangler.")
        self.read[value.address] = None
        return value

    def _categories(self, item: str) -> dict[str, str]:
        return (item in self.catalog.items and self.catalog.items[item].categories) or {}

    def _term(self, value: Value, keys: Key, *, with_measure: bool) -> Term:
        categories = self._categories(value.item)
        name = " ".join(
            region_name(key) if key in BY_KEY else categories.get(key, key) for key in keys
        )
        if with_measure and value.item in self.catalog.items:
            measure = self.catalog.items[value.item].measures[value.measure]
            name = ", ".join(filter(None, (measure.title, name)))
        number = math.nan if value.value is None else float(value.value)
        return Term(number, name, f"{value.text}{unit_behind(value.unit)}", value.unit, (value,))


def _is_set(part: str, dim: str) -> bool:
    if dim == "year":
        return ".." in part
    is_group = (name in GROUPS or name.startswith(DELBYDELER_OF) for name in part.split("&"))
    return part in (ALL, KNOWN) or all(is_group)


def members(name: str) -> tuple[str, ...]:
    """The keys that a name stands for: those of a group, or itself."""
    if name.startswith("delbydeler"):
        of = name.removeprefix(DELBYDELER_OF)
        # Sentrum and Marka are no bydeler, and hardly anybody lives there.
        parents = BYDELER if of == name else (of,)
        return tuple(key for key in GROUPS["delbydeler"] if BY_KEY[key].parent in parents)
    return GROUPS.get(name, (name,))


@dataclass(frozen=True)
class Verdict:
    """Whether a claim holds, why, and which numbers it was judged by.

    Attributes:
        holds: None where it cannot be judged.
        because: The numbers side by side; for a claim that does not hold, the counter-example.
        numbers: Every published number that was looked at.
        turns: What would make it false: «når Oslo er 3,4 prosent eller lavere».
    """

    holds: bool | None
    because: str
    numbers: tuple[Value, ...] = field(default=())
    turns: str = ""


@dataclass(frozen=True)
class Word:
    """A word that follows the data, and the numbers that chose it."""

    text: str
    numbers: tuple[Value, ...]
