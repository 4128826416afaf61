"""Judge an expression by the published numbers: whether it holds, and by what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sized
from dataclasses import dataclass, replace
from itertools import pairwise

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.nb_text import listed, moved, unit_words
from kunnskapsgrunnlag.claims import tree
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict, Word, Years, members
from kunnskapsgrunnlag.claims.quantity import (
    Key,
    Quantity,
    Term,
    applied,
    by_value,
    combined,
    common_keys,
    key_name,
)
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import YEAR_WORDS

# What vague words mean, decided once. «Klart», «langt»: by at least 15 percent.
CLEAR = 1.15
# «Litt»: by no more than 2 percent.
SLIGHT = 1.02
# «Så vidt»: by no more than 0,1 percentage points; of other numbers 1 percent.
HAIR_POINTS, HAIR = 0.1, 1.01
# «Nesten»: below, by no more than a tenth.
NEAR = 0.10
# «Omtrent»: no more than 5 percent apart.
ABOUT_PCT = 5.0
# «Jevn»: the largest is no more than a quarter above the smallest; «ujevn»: at least twice it.
EVEN, UNEVEN = 1.25, 2.0
# «Stabil»: highest and lowest are within 0,2 percentage points; of other numbers 2 percent.
STEADY_POINTS, STEADY_PCT = 0.2, 2.0
PERCENT = ("prosent", "prosentpoeng")
# To a computer 4,9 − 4,7 is a little more than 0,2.
_DIGITS = 6
COUNTS = (
    *("ingen", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti"),
    *("elleve", "tolv", "tretten", "fjorten", "femten"),
)


def judge(claim: tree.Claim, numbers: Numbers, limits: Mapping[str, int]) -> tuple[Verdict, Years]:
    """Whether all clauses of a claim hold, and the years that `siste` stood for.

    Raises:
        KgError: If a number is missing, or the expression does not fit the numbers.
    """
    judge = _Judge(numbers, claim)
    return numbers.settle(lambda: judge.claim(claim), limits)


def choose(
    word: tree.ChosenWord, numbers: Numbers, limits: Mapping[str, int]
) -> tuple[Word, Years]:
    """The word that the numbers choose, and the years that `siste` stood for.

    Raises:
        KgError: If a number is missing, or the expression does not fit the numbers.
    """
    judge = _Judge(numbers, word)
    return numbers.settle(lambda: judge.word(word), limits)


def spelled(count: int) -> str:
    """A count in letters up to fifteen, which is the number of bydeler; in digits above."""
    return COUNTS[count] if count < len(COUNTS) else nb(count, 0)


@dataclass(frozen=True)
class _Tested:
    """A condition element by element: whether it fits, the numbers side by side, all of them."""

    fits: dict[Key, bool]
    quoted: dict[Key, str]
    behind: tuple[Value, ...]
    turns: str

    @property
    def fitting(self) -> list[Key]:
        return [key for key, fits in self.fits.items() if fits]

    @property
    def others(self) -> list[Key]:
        return [key for key, fits in self.fits.items() if not fits]


class _Judge:
    """One expression over the numbers."""

    def __init__(self, numbers: Numbers, node: tree.Node) -> None:
        self._numbers = numbers
        # Numbers of different measures that may be of the same place are told apart.
        self._with_measure = len({(a.item, a.parts[0]) for a in tree.addresses(node)}) > 1

    def claim(self, claim: tree.Claim) -> Verdict:
        return _all_of(
            self._clause(one) for clause in claim.clauses for one in tree.alternatives(clause)
        )

    def _clause(self, node: tree.Node) -> Verdict:
        match node:
            case tree.Negation():
                inner = self._clause(node.of)
                return replace(inner, holds=not inner.holds)
            case tree.Rank():
                return self._rank(node)
            case tree.Course():
                return self._course(node)
            case tree.Shape():
                return self._shape(node)
            case tree.Quantified() | tree.Only():
                return self._quantified(node)
        return self._comparison(node)

    # --- one number against another

    def _comparison(self, node: tree.Node) -> Verdict:
        tested = self._tested(node)
        if set(tested.fits) != {()}:
            raise KgError("her står flere tall på en gang. Skriv alle(…), bare(…) eller antall(…).")
        return Verdict(tested.fits[()], tested.quoted[()], tested.behind, tested.turns)

    def _tested(self, node: tree.Node) -> _Tested:
        """Element by element: whether it fits, and the numbers side by side."""
        match node:
            case (
                tree.Compare(left, _, _, right)
                | tree.About(left, right, _)
                | tree.Nearly(left, right)
            ):
                sides = self._sides(left, right)
            case tree.Between(left, low, high):
                sides = self._sides(left, low, high)
            case _:
                raise KgError("her trengs en sammenligning: over, under, minst, høyst eller =.")
        test = _test_of(node)
        behind = dict.fromkeys(v for terms in sides.values() for t in terms for v in t.behind)
        return _Tested(
            {key: test(*terms) for key, terms in sides.items()},
            {key: _side_by_side(node, terms) for key, terms in sides.items()},
            tuple(behind),
            _turning_point(node, list(sides.values())),
        )

    def _sides(self, *nodes: tree.Node) -> dict[Key, tuple[Term, ...]]:
        """The terms of each side, matched by what they are of; one number goes with all."""
        sides = [self._quantity(node) for node in nodes]
        keys = common_keys(sides)
        if not any(isinstance(part, tree.Function) for node in nodes for part in tree.walk(node)):
            _refuse_itself(sides)
        _refuse_units(sides)
        return {key: tuple(side.terms[key if side.dims else ()] for side in sides) for key in keys}

    # --- many numbers

    def _quantified(self, node: tree.Quantified | tree.Only) -> Verdict:
        tested = self._tested(node.condition)
        _refuse_one(tested.fits)
        fitting, others = tested.fitting, tested.others
        if isinstance(node, tree.Only):
            _refuse_strangers(node.names, tested.fits)
            named = {key for key in tested.fits if set(key) & _named(node.names)}
            because = "; ".join(tested.quoted[key] for key in fitting) or "ingen passer"
            return Verdict(set(fitting) == named, because, tested.behind, tested.turns)
        holds = {
            "alle": not others,
            "ingen": not fitting,
            "noen": len(fitting) > 1,
            "de fleste": len(fitting) > len(others),
        }[node.quantifier]
        against = {"alle": others, "ingen": fitting}.get(node.quantifier, [])
        because = f"{len(fitting)} av {len(tested.fits)}"
        because = tested.quoted[against[0]] if against else because
        return Verdict(holds, because, tested.behind, tested.turns)

    def _rank(self, node: tree.Rank) -> Verdict:
        quantity = self._quantity(node.of)
        _refuse_one(quantity.terms)
        sign = 1 if node.end == tree.HIGHEST else -1
        ranked = sorted(quantity.terms, key=lambda key: -sign * quantity.terms[key].value)
        written = tuple(_year_named(name, quantity) for name in node.names)
        names = _named(written)
        if node.how != "innen":
            _refuse_strangers(written, ranked)
        own = [key for key in ranked if set(key) & names]
        values = [sign * quantity.terms[key].value for key in ranked]
        if node.how == "er" and node.count > 1:
            # All of the named lie above every other.
            first = ranked[: node.count]
            is_apart = len(ranked) == node.count or values[node.count - 1] > values[node.count]
            holds = set(first) == set(own) and is_apart
            shown = [*first, *ranked[node.count : node.count + 1]]
        elif node.how == "innen":
            holds = {*ranked[: node.count]} <= set(own)
            shown = ranked[: node.count]
        else:
            # A shared place counts: whoever is as high as the last of the highest is one of them.
            place = node.count if node.how == "blant" else node.place
            limits = values[min(place, len(values)) - 1], values[max(node.place - 2, 0)]
            holds = all(sign * quantity.terms[key].value >= limits[0] for key in own)
            if node.place > 1:
                holds = holds and all(sign * quantity.terms[k].value < limits[1] for k in own)
            # The one behind them shows by how much.
            first = ranked[: place + 1]
            shown = [*first, *(key for key in own if key not in first)]
        said = "; ".join(quantity.terms[key].quoted for key in shown)
        turns = ""
        if own and (rivals := [key for key in ranked if key not in own]):
            last, rival = quantity.terms[own[-1]], quantity.terms[rivals[0]]
            turns = f"når {rival.quoted} går forbi {last.quoted}"
        return Verdict(holds and bool(own), said, quantity.behind, turns)

    def _course(self, node: tree.Course) -> Verdict:
        quantity = self._quantity(node.of, only_ends=not node.step)
        dim, needs = "year", "tall for flere år"
        if node.step == tree.EVERY_STEP:
            dim, needs = "category", "tall for grupper i rekkefølge"
        if quantity.dims != (dim,):
            raise KgError(f"«{node.direction}» trenger {needs}.")
        terms = list(quantity.terms.values())
        pairs = (list(pairwise(terms)) if node.step else []) or [(terms[0], terms[-1])]
        rises = node.direction == tree.RISES
        for before, after in pairs:
            if before.value == after.value or (after.value > before.value) != rises:
                return Verdict(False, _against(after, before), quantity.behind)
        shown = terms if node.step else (terms[0], terms[-1])
        before, after = min(pairs, key=lambda pair: abs(pair[1].value - pair[0].value))
        turns = f"når {after.name} ikke er {'over' if rises else 'under'} {before.quoted}"
        because = "; ".join(term.quoted for term in shown)
        return Verdict(True, because, quantity.behind, turns)

    def _shape(self, node: tree.Shape) -> Verdict:
        quantity = self._quantity(node.of)
        _refuse_one(quantity.terms)
        low = min(quantity.terms.values(), key=by_value)
        high = max(quantity.terms.values(), key=by_value)
        if node.shape == "stabil":
            usual = tree.Constant(STEADY_PCT, 0, "prosent")
            if low.unit in PERCENT:
                usual = tree.Constant(STEADY_POINTS, 1, "prosentpoeng")
            holds = _within(high.value, low.value, node.within or usual)
        elif node.shape == "jevn":
            holds = high.value <= EVEN * low.value
        else:
            holds = high.value >= UNEVEN * low.value
        because = f"lavest {low.quoted}, høyest {high.quoted}"
        turns = f"når høyeste og laveste ikke lenger er {node.shape}e"
        return Verdict(holds, because, quantity.behind, turns)

    # --- numbers

    def _quantity(self, node: tree.Node, *, only_ends: bool = False) -> Quantity:
        match node:
            case tree.Constant(value, _, unit):
                return Quantity((), {(): Term(value, "", node.text, unit)})
            case tree.Address():
                return self._numbers.at(node, with_measure=self._with_measure, only_ends=only_ends)
            case tree.Count(condition):
                tested = self._tested(condition)
                count = len(tested.fitting)
                words = f"{count} av {len(tested.fits)}"
                return Quantity((), {(): Term(count, "", words, "", tested.behind)})
            case tree.Function(name, of):
                return applied(name, self._quantity(of, only_ends=name == "veksten i"))
            case tree.Binary(sign, left, right):
                sides = (self._quantity(side, only_ends=only_ends) for side in (left, right))
                return combined(sign, *sides)
        raise KgError("her trengs et tall eller en adresse.")

    # --- words

    def word(self, node: tree.ChosenWord) -> Word:
        if node.kind == "retning":
            quantity = self._quantity(node.of, only_ends=True)
            first, *_, last = quantity.terms.values()
            more, less = node.words
            text = more if last.value > first.value else less
            if node.words == tree.DIRECTION:
                text = moved(first.value, last.value)
            return Word(text, (*first.behind, *last.behind))
        if isinstance(node.of, tree.Rank):
            quantity = self._quantity(node.of.of)
            sign = -1 if node.of.end == tree.HIGHEST else 1
            ranked = sorted(quantity.terms, key=lambda key: sign * quantity.terms[key].value)
            return Word(listed(key_name(key) for key in ranked[: node.of.count]), quantity.behind)
        tested = self._tested(node.of)
        fitting = tested.fitting
        if node.kind == "navn":
            return Word(listed(map(key_name, fitting)) if fitting else "ingen", tested.behind)
        count = spelled(len(fitting))
        if node.kind == "antall av alle":
            few = f"{count} av" if tested.others else "alle"
            count = f"{few} de {spelled(len(tested.fits))}"
        return Word(count, tested.behind)


def _refuse_one(terms: Sized) -> None:
    """What is said of many numbers is true of any one.

    Raises:
        KgError: If there is just one.
    """
    if len(terms) < 2:
        raise KgError("uttrykket trenger flere tall, og her er bare ett.")


def _refuse_itself(sides: list[Quantity]) -> None:
    """A number against itself, or against a part of itself, tests nothing.

    Raises:
        KgError: If all sides rest on just the same numbers, or on none.
    """
    behind = [{value.address for value in side.behind} for side in sides]
    if not any(behind):
        raise KgError("her er ingen tall fra rapporten. Skriv en adresse.")
    if all(own == behind[0] for own in behind) and all(
        side.dims == sides[0].dims for side in sides
    ):
        raise KgError(f"uttrykket sammenligner {min(behind[0])} med seg selv.")


def _refuse_units(sides: list[Quantity]) -> None:
    """Percent are no persons, and kroner no millions of them.

    Raises:
        KgError: If two sides have units, and not the same.
    """
    words = (unit_words(t.unit) for side in sides for t in side.terms.values() if t.unit)
    units = {unit if re.search("prosent|kroner", unit) else "antall" for unit in words}
    if len(units) > 1:
        raise KgError(f"sidene er i ulike enheter: {listed(sorted(units))}.")


def _all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """All of several hold; the first that does not is the counter-example."""
    judged = list(verdicts)
    behind = tuple(dict.fromkeys(value for verdict in judged for value in verdict.numbers))
    for verdict in judged:
        if not verdict.holds:
            return Verdict(False, verdict.because, behind)
    turns = " eller ".join(dict.fromkeys(verdict.turns for verdict in judged if verdict.turns))
    return Verdict(True, "; ".join(verdict.because for verdict in judged), behind, turns)


def _is_by(degree: str | None, larger: float, smaller: float, unit: str) -> bool:
    """Whether two numbers are as far apart as the degree says."""
    if degree in ("klart", "langt"):
        return larger >= CLEAR * smaller
    if degree == "dobbelt":
        return larger >= 2 * smaller
    if degree == "litt":
        return larger <= round(SLIGHT * smaller, _DIGITS)
    if degree == "så vidt":
        if unit in PERCENT:
            return round(larger - smaller, _DIGITS) <= HAIR_POINTS
        return larger <= round(HAIR * smaller, _DIGITS)
    return True


def _test_of(node: tree.Node) -> Callable[..., bool]:
    """What the terms of a comparison must fulfil."""
    match node:
        case tree.Compare(left, degree, relation, right):
            typed = next((side for side in (right, left) if isinstance(side, tree.Constant)), None)
            return _relation(degree, relation, typed)
        case tree.Between():
            return lambda a, low, high: low.value <= a.value <= high.value
        case tree.About(_, _, within):
            bound = within or tree.Constant(ABOUT_PCT, 0, "prosent")
            return lambda a, b: _within(a.value, b.value, bound)
    return lambda a, b: b.value * (1 - NEAR) <= a.value < b.value


def _relation(
    degree: str | None, relation: str, typed: tree.Constant | None
) -> Callable[[Term, Term], bool]:
    if relation == "=":
        # A typed number is meant with the decimals that it is written with.
        digits = typed.decimals if typed else _DIGITS
        return lambda a, b: nb(a.value, digits) == nb(b.value, digits)
    above, strict = relation in ("over", "minst"), relation in ("over", "under")

    def compared(left: Term, right: Term) -> bool:
        a, b = round(left.value, _DIGITS), round(right.value, _DIGITS)
        if a == b:
            return not strict and not degree
        return (a > b) == above and _is_by(degree, max(a, b), min(a, b), left.unit)

    return compared


def _within(one: float, other: float, bound: tree.Constant) -> bool:
    """Whether two numbers are within a bound: percent of the other, or as such."""
    limit = abs(other) * bound.value / 100 if bound.unit == "prosent" else bound.value
    return round(abs(one - other), _DIGITS) <= round(limit, _DIGITS)


def _named(names: Iterable[str]) -> set[str]:
    return {key for name in names for key in members(name)}


def _year_named(name: str, quantity: Quantity) -> str:
    """`siste` and `første` among years are the last and the first of them."""
    if quantity.dims == ("year",) and name in YEAR_WORDS:
        return YEAR_WORDS[name](key[0] for key in quantity.terms)
    return name


def _refuse_strangers(names: Iterable[str], keys: Iterable[Key]) -> None:
    """A name that is not among what is compared would be false of any numbers.

    Raises:
        KgError: If there is one.
    """
    known = {part for key in keys for part in key}
    if strange := sorted(_named(names) - known):
        raise KgError(f"«{strange[0]}» er ikke med blant tallene: {', '.join(sorted(known))}.")


def _side_by_side(node: tree.Node, terms: tuple[Term, ...]) -> str:
    left, *right = terms
    if isinstance(node, tree.Between):
        return f"{left.quoted} mellom {right[0].text} og {right[1].text}"
    return _against(left, right[0])


def _turning_point(node: tree.Node, sides: list[tuple[Term, ...]]) -> str:
    """What would turn the comparison, said of the pair that lies nearest to it."""
    left, *right = min(sides, key=lambda terms: abs(terms[0].value - terms[1].value))
    limit, name = right[0].text, left.name or "tallet"
    match node:
        case tree.Compare(_, None, relation, _):
            opposite = {
                "over": f"{limit} eller lavere",
                "under": f"{limit} eller høyere",
                "minst": f"under {limit}",
                "høyst": f"over {limit}",
            }.get(relation, f"noe annet enn {limit}")
            return f"når {name} er {opposite}"
        case tree.Compare(_, degree, relation, _):
            return f"når {name} ikke er {degree} {relation} {limit}"
        case tree.Between():
            return f"når {name} ikke er mellom {limit} og {right[1].text}"
    return f"når {name} ligger lenger fra {limit}"


def _against(one: Term, other: Term) -> str:
    sign = ">" if one.value > other.value else "<" if one.value < other.value else "="
    return f"{one.quoted} {sign} {other.quoted}"
