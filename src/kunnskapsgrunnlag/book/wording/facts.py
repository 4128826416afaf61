"""What an expression says, as the words of its sentence are held against it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from kunnskapsgrunnlag.base.regions import BY_KEY, GROUPS
from kunnskapsgrunnlag.book.wording.word_tables import COUNTED, GROUP_NAMES, Tables
from kunnskapsgrunnlag.catalog.schema import Catalog, Item, Measure, OutsideNumber
from kunnskapsgrunnlag.claims import tree
from kunnskapsgrunnlag.claims.numbers import ALL, CONSTANT, DELBYDELER_OF, KNOWN, Years
from kunnskapsgrunnlag.claims.tree import Address, Claim, Node, addresses, walk
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import YEAR

N = TypeVar("N", bound=Node)
TYPED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DIGITS = re.compile(r"\d+(?:[ \u00a0]\d{3})*")
CHANGE = re.compile(r"vekst|endring", re.IGNORECASE)
LEVELS = {"bydel": "nivå-bydel", "delbydel": "nivå-delbydel", "kommune": "nivå-by"}
# What is left of a hundred percent when the one is taken away.
COMPLEMENT = {"eie": "leie", "leie": "eie"}
SIGN_OF = {"over": 1, "minst": 1, "under": -1, "høyst": -1}
QUANTIFIED = {
    "alle": {"alle", "hver", "begge", "unntatt", "hvert-år"},
    "ingen": {"ingen"},
    "noen": {"noen"},
    "de fleste": {"de-fleste"},
}


@dataclass
class Scope:
    """What an expression, or one side of a comparison, is of.

    Attributes:
        named: The places that it names one by one, and the groups that have a name.
        around: Where these lie, what kind of places they are, and the places of its titles.
        groups: The keys of categories.
        counted: Kind of thing -> what is counted.
    """

    named: set[str] = field(default_factory=set)
    around: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    measures: set[tuple[str, str]] = field(default_factory=set)
    counted: dict[str, set[str]] = field(default_factory=dict)


@dataclass
class Facts:
    """What an expression says.

    Attributes:
        read: The numbers that it was judged by.
        years_of: Item -> `siste` or `første` -> the year that it stood for.
    """

    claim: Claim
    catalog: Catalog
    tables: Tables
    read: list[Value]
    years_of: Years

    def of(self, kind: type[N]) -> list[N]:
        return [node for node in walk(self.claim) if isinstance(node, kind)]

    @cached_property
    def named_sets(self) -> list[tuple[str, ...]]:
        """The names that `høyest(…) =` and `bare(…) =` give."""
        return [n.names for n in self.of(tree.Rank)] + [n.names for n in self.of(tree.Only)]

    @cached_property
    def answers(self) -> set[str]:
        return {name for names in self.named_sets for name in names}

    @cached_property
    def own(self) -> list[Address]:
        return _own(self.claim)

    @cached_property
    def whole(self) -> Scope:
        """What all of it is of."""
        whole = self.scope(self.claim, self.answers)
        whole.named.update(name for address in self.own for name in address.without)
        return whole

    @cached_property
    def sides(self) -> list[tuple[Scope, Scope]]:
        """Left and right of each comparison; of a course, its last year and its first."""
        pairs = [(n.left, n.right) for n in self.of(tree.Compare)]
        pairs += [(n.left, n.right) for n in self.of(tree.About)]
        pairs += [(n.left, n.right) for n in self.of(tree.Nearly)]
        pairs += [(n.left, n.high) for n in self.of(tree.Between)]
        sides = [(self.scope(left), self.scope(right)) for left, right in pairs]
        for first, last in (ends for n in self.of(tree.Course) for ends in self.ranges(n)):
            sides.append((Scope(years={last}), Scope(years={first})))
        return sides

    def scope(self, node: Node, answers: Iterable[str] = ()) -> Scope:
        """What a part of the expression is of."""
        found, keys = Scope(groups=set(answers)), set(answers)
        for address in addresses(node):
            if address.item == CONSTANT:
                outside = self.catalog.constants[address.constant]
                found.years.update(_years_in(f"{outside.words} {outside.period}"))
                self._add_words(found, outside.words)
                continue
            item, places = self.catalog.items[address.item], self.keys(address, "region")
            keys.update(places)
            found.around.update(address.without)
            if {ALL, KNOWN} & {*places}:
                found.around.update(v.region or "" for v in self.read if v.item == item.key)
            words = "" if places else f"{item.title} {item.subtitle}"
            for name, measure in self.measures(address).items():
                found.measures.add((item.key, name))
                _merge(found.counted, self.counted(item, measure))
                words += f" {measure.title} {measure.formula}"
            found.around.update(self.places_in(words))
            found.years.update(self._years(address, item))
            found.groups.update(self.keys(address, "category"))
            for title in self.titles(item, found.groups):
                self._add_words(found, title)
        if any(isinstance(n, tree.Binary) and _is_rest(n) for n in walk(node)):
            found.counted["tema"] = {COMPLEMENT.get(m, m) for m in found.counted.get("tema", ())}
        for quotient in (n for n in walk(node) if isinstance(n, tree.Binary) and n.sign == "/"):
            divisor = self.scope(quotient.right).counted
            per = {m for group, means in divisor.items() if group != "mål" for m in means}
            _merge(found.counted, {"per": per})
        for key in keys | {key.removeprefix(DELBYDELER_OF) for key in keys}:
            found.named.update({key} & {*BY_KEY, *GROUP_NAMES})
            found.around.update(_surroundings(key))
        found.around.update(place for key in {*found.around} for place in _surroundings(key))
        return found

    def _add_words(self, found: Scope, words: str) -> None:
        found.named.update(self.places_in(words))
        _merge(found.counted, self._counted(words))

    def titles(self, item: Item, groups: Iterable[str]) -> list[str]:
        return [title for key, title in (item.categories or {}).items() if key in groups]

    def measures(self, address: Address) -> dict[str, Measure]:
        names = address.parts[0]
        measures = self.catalog.items[address.item].measures
        return {name: measures[name] for name in ((names,) if isinstance(names, str) else names)}

    def keys(self, address: Address, dim: str) -> list[str]:
        """What an address names in a dimension: keys and sets as they are written."""
        dims: list[str] = [*self.catalog.items[address.item].dims]
        part = address.parts[1 + dims.index(dim)] if dim in dims else ()
        return [k for one in ((part,) if isinstance(part, str) else part) for k in one.split("&")]

    def places_in(self, words: str) -> set[str]:
        return {place for token in self.tables.read(words) for place in token.means("sted")}

    # ------------------------------------------------------------------- years

    def year(self, word: str, item: str) -> int | None:
        return int(word) if YEAR.fullmatch(word) else self.years_of.get(item, {}).get(word)

    def ranges(self, node: Node) -> list[tuple[int, int]]:
        """First and last of each span of years; a change goes from its item's first year."""
        spans = []
        for address in _own(node):
            ends = [part.split("..") for part in self.keys(address, "year")]
            if any(map(is_change, self.measures(address).values())):
                base = _years_in(self.catalog.items[address.item].subtitle)[:1]
                ends = [[str(first), end[-1]] for end in ends for first in base]
            for years in ([self.year(end, address.item) for end in own] for own in ends):
                if len(years) == 2 and years[0] and years[1]:
                    spans.append((years[0], years[1]))
        return list(dict.fromkeys(spans))

    def typed_years(self, node: Node) -> set[int]:
        """The years that its addresses write, without those that `siste` stands for."""
        return {y for a in _own(node) for part in self.keys(a, "year") for y in _years_in(part)}

    def _years(self, address: Address, item: Item) -> set[int]:
        measures = self.measures(address).values()
        parts = [end for part in self.keys(address, "year") for end in part.split("..")]
        parts += self.answers if "year" in item.dims else ()
        years = {self.year(part, item.key) for part in parts}
        years |= {year for measure in measures for year in _years_in(measure.formula)}
        titled = _years_in(f"{item.subtitle} {item.carried_period}")
        if "year" not in item.dims or any(map(is_change, measures)):
            years.update(titled[:1] if "year" in item.dims else titled)
        return {year for year in years if year}

    # ----------------------------------------------------------------- numbers

    @cached_property
    def constants(self) -> list[tuple[float, str]]:
        typed = [(constant.value, constant.unit) for constant in self.of(tree.Constant)]
        return typed + [(constant.value, constant.unit) for constant in self.outside]

    @cached_property
    def outside(self) -> list[OutsideNumber]:
        own = (a.constant for a in addresses(self.claim) if a.item == CONSTANT)
        return [self.catalog.constants[name] for name in own]

    @cached_property
    def percentages(self) -> set[float]:
        """«20 prosent mer» for 1,2 times as much."""
        return {round((value - 1) * 100, 6) for value, _ in self.constants if 1 < value < 2}

    @cached_property
    def factors(self) -> set[float]:
        """How many times as much it asks for: `2 * A`, or `A / B over 2`."""
        found = [part for n in self.of(tree.Binary) if n.sign == "*" for part in (n.left, n.right)]
        for compare in self.of(tree.Compare):
            if isinstance(compare.left, tree.Binary) and compare.left.sign == "/":
                found.append(compare.right)
        return {n.value for n in found if isinstance(n, tree.Constant)} - {100.0, 1000.0}

    @cached_property
    def numbers(self) -> set[float]:
        """The numbers that its words may have: constants, and those of titles and units."""
        numbers = {value for value, _ in self.constants} | self.percentages
        numbers |= {100.0} if "prosent" in self.units else set()
        numbers |= {2.0} if "dobbelt" in self.degrees else set()
        for address in self.own:
            words = [f"{m.title} {m.unit}" for m in self.measures(address).values()]
            words += self.titles(self.catalog.items[address.item], self.whole.groups)
            found = (digits for text in words for digits in DIGITS.findall(text))
            numbers |= {float(re.sub(r"\s", "", digits)) for digits in found}
        return numbers

    @cached_property
    def counts(self) -> set[float]:
        """How many there are of what it names, which is told in words: «de to årene»."""
        years = self.whole.years
        sizes: list[Iterable[object]] = [*self.named_sets, self.whole.measures, years]
        sizes += [part for a in self.own for part in a.parts if not isinstance(part, str)]
        keys = (key for address in self.own for key in self.keys(address, "region"))
        sizes += [GROUPS[key] for key in keys if key in GROUPS]
        counts = {abs(one - other) for one in years for other in years}
        counts |= {rank.count for rank in self.of(tree.Rank)} - {1}
        return {float(count) for count in (*counts, *(len([*size]) for size in sizes))}

    @cached_property
    def period_words(self) -> str:
        """When its items are of, in words."""
        items = (self.catalog.items[address.item] for address in self.own)
        return " ".join(f"{i.subtitle} {i.carried_period}" for i in items).lower()

    @cached_property
    def all_words(self) -> str:
        """What the catalogue says of all that it reads: titles, periods, how numbers are made."""
        words = [self.period_words]
        for address in self.own:
            item = self.catalog.items[address.item]
            words += [item.title, *self.titles(item, self.whole.groups)]
            words += [f"{m.title} {m.formula}" for m in self.measures(address).values()]
        words += [f"{outside.words} {outside.period}" for outside in self.outside]
        return " ".join(words).lower()

    @cached_property
    def units(self) -> set[str]:
        units = [m.unit for a in self.own for m in self.measures(a).values()]
        words = {
            u for unit in (*units, *(own for _, own in self.constants)) for u in self.unit(unit)
        }
        words |= {"prosent"} if self.percentages else set()
        return words | ({"ganger"} if self.of(tree.Binary) else set())

    def unit(self, unit: str) -> set[str]:
        """What the table of units calls a unit: `mill. kr` is «mill» and «kr»."""
        return {word for token in self.tables.read(unit) for word in token.means("enhet")}

    def units_of(self, number: float) -> set[str]:
        """The units that a typed number may have."""
        own = [unit for value, unit in self.constants if value == number]
        if any(own):
            return {word for unit in own for word in self.unit(unit)}
        if number in self.factors:
            return {"ganger"}
        return self.units if own or number not in self.percentages else {"prosent"}

    # --------------------------------------------------------------- predicate

    @cached_property
    def signs(self) -> dict[str, set[int]]:
        """What is compared and which way: rang, retning and sammenligning -> +1, -1."""
        rank = {1 if node.end == tree.HIGHEST else -1 for node in self.of(tree.Rank)}
        names = [function.name for function in self.of(tree.Function)]
        course = {1 if node.direction == tree.RISES else -1 for node in self.of(tree.Course)}
        # The lowest of the years: it has come down.
        over_years = any(len(self.scope(n.of).years) > 1 for n in self.of(tree.Rank))
        course |= rank if over_years else set()
        rank |= {1 for name in names if name.startswith("høyeste")}
        rank |= {-1 for name in names if name.startswith("laveste")}
        compared = set[int]()
        for compare in (n for n in self.of(tree.Compare) if n.relation in SIGN_OF):
            compared.add(SIGN_OF[compare.relation])
            years = [self.scope(side).years for side in (compare.left, compare.right)]
            if self.is_change or (all(years) and years[0] != years[1]):
                course.add(SIGN_OF[compare.relation])
        return {"rang": rank, "retning": course, "sammenligning": compared}

    @cached_property
    def compares_changes(self) -> bool:
        return any(is_change(m) for a in self.own for m in self.measures(a).values())

    @cached_property
    def is_change(self) -> bool:
        return (
            self.compares_changes
            or any(function.name == "veksten i" for function in self.of(tree.Function))
            or any(n.sign == "−" and addresses(n.left) for n in self.of(tree.Binary))
        )

    @cached_property
    def degrees(self) -> set[str]:
        """Its degrees and shapes; `grense` and `faktor` where a typed number is the limit."""
        degrees = {shape.shape for shape in self.of(tree.Shape)}
        about = [*self.of(tree.About), *self.of(tree.Between)]
        degrees |= {"omtrent"} if about else set()
        degrees |= {"nesten"} if self.of(tree.Nearly) else set()
        degrees |= {"faktor"} if self.factors else set()
        for compare in self.of(tree.Compare):
            degrees.add((compare.degree or "").replace(" ", "-"))
            if any(isinstance(part, tree.Constant) for part in walk(compare.right)):
                degrees.add("omtrent" if compare.relation == "=" else "grense")
        spreads = (function.name.startswith("spredningen") for function in self.of(tree.Function))
        return degrees | ({"ujevn"} if any(spreads) else set())

    @cached_property
    def quantifiers(self) -> set[str]:
        """The quantifiers that its words may have."""
        found = {word for n in self.of(tree.Quantified) for word in QUANTIFIED[n.quantifier]}
        has_one = any(value == 1 for value, _ in self.constants)
        has_choice = any(not isinstance(p, str) for a in self.own for p in a.parts)
        for words, holds in (
            ("bare unntatt", self.of(tree.Only)),
            ("noen de-fleste mange", self.of(tree.Count)),
            ("bare", has_one),
            ("alle", self.of(tree.Rank)),
            ("alle", any(n.name in ("høyeste i", "laveste i") for n in self.of(tree.Function))),
            ("minst-én", any("per bydel" in n.name for n in self.of(tree.Function))),
            ("hvert-år hver alle", any(course.step for course in self.of(tree.Course))),
            ("begge alle hver", has_choice),
            ("unntatt", any(address.without for address in self.own)),
            ("begge", len(self.answers) == 2 or len(self.own) > 1),
        ):
            found.update(words.split() if holds else ())
        return found

    # ----------------------------------------------------------- what is counted

    def counted(self, item: Item, measure: Measure) -> dict[str, set[str]]:
        """What a measure counts: of each kind of thing what the nearest words say."""
        found: dict[str, set[str]] = {}
        near = [", ".join(measure.words), measure.title, measure.group or "", measure.unit]
        for words in (
            *near[: 3 if is_change(measure) else 4],
            measure.formula,
            item.title,
            item.subtitle,
        ):
            for group, means in self._counted(words).items():
                found.setdefault(group, means)
            if words == measure.unit and words != "ganger":
                kind = "andel" if words.startswith("prosent") else "beløp"
                found.setdefault("mål", {kind if self.unit(words) - {"per-1000"} else "antall"})
                # A mean of kroner is an amount too.
                found["mål"] |= {kind} if "kr" in self.unit(words) else set()
        return found

    def _counted(self, words: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for entry in (e for token in self.tables.read(words) for e in token.of(COUNTED)):
            found.setdefault(entry.group, set()).update(entry.means)
        return found


def is_change(measure: Measure) -> bool:
    return CHANGE.search(measure.title) is not None


def _is_rest(node: tree.Binary) -> bool:
    """`100 - andelen`: those that the share leaves out."""
    return node.sign == "−" and isinstance(node.left, tree.Constant) and node.left.value == 100


def _own(node: Node) -> list[Address]:
    return [address for address in addresses(node) if address.item != CONSTANT]


def _years_in(words: str) -> list[int]:
    return [int(year) for year in TYPED_YEAR.findall(words)]


def _merge(found: dict[str, set[str]], more: dict[str, set[str]]) -> None:
    for group, means in more.items():
        found.setdefault(group, set()).update(means)


def _surroundings(key: str) -> set[str]:
    """What a place lies in, and what kind of place it is."""
    if key.startswith("delbydeler"):
        return {"nivå-delbydel", "nivå-bydel", "oslo"}
    if key not in BY_KEY:
        return {place for member in GROUPS.get(key, ()) for place in _surroundings(member)}
    region = BY_KEY[key]
    city = "oslo" if region.level in ("bydel", "delbydel") else ""
    return {place for place in (LEVELS.get(region.level, ""), region.parent, city) if place}
