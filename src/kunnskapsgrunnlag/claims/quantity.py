"""Numbers that are compared together, and the arithmetic over them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.nb_text import region_name, unit_words
from kunnskapsgrunnlag.base.regions import BY_KEY
from kunnskapsgrunnlag.store.value import Value

Key = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """One number of a comparison.

    Attributes:
        value: Before rounding.
        name: What sets it apart from its neighbours, as readers know it: «Stovner», «2020».
        formula: How it came about: «11,0 prosent», «12 980 boliger / 38 723 personer».
        unit: As the store spells it; "" for a bare number.
        behind: The published numbers that it rests on.
        is_derived: Whether it was computed here.
    """

    value: float
    name: str
    formula: str
    unit: str = ""
    behind: tuple[Value, ...] = ()
    is_derived: bool = False

    @property
    def text(self) -> str:
        """Its formula, and what that comes to."""
        if not self.is_derived:
            return self.formula
        return f"{self.formula} = {plain(self.value)}{unit_behind(self.unit)}"

    @property
    def quoted(self) -> str:
        """`2020: 15 230 personer`, as verdicts quote it."""
        return f"{self.name}: {self.text}" if self.name else self.text


@dataclass(frozen=True)
class Quantity:
    """Numbers that are compared together.

    Attributes:
        dims: The dimensions that they vary over: region, category, year or measure.
        terms: By their keys in those dimensions; one with the key () for a single number.
    """

    dims: tuple[str, ...]
    terms: dict[Key, Term]

    @property
    def behind(self) -> tuple[Value, ...]:
        """The published numbers that they rest on, each once."""
        return tuple(dict.fromkeys(value for term in self.terms.values() for value in term.behind))


def unit_behind(unit: str) -> str:
    """The unit as it stands behind a number, with its space."""
    return "" if unit in ("", "tekst") else f" {unit_words(unit)}"


def plain(value: float) -> str:
    """A computed number with as many decimals as it needs to be told apart."""
    if math.isclose(value, round(value), abs_tol=1e-9):
        return nb(value, 0)
    return nb(value, 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2)


def common_keys(sides: list[Quantity]) -> list[Key]:
    """The keys of the sides that vary; they must be of the same things.

    Raises:
        KgError: If they are not.
    """
    varying = [side for side in sides if side.dims]
    if not varying:
        return [()]
    keys = list(varying[0].terms)
    for side in varying[1:]:
        if set(side.terms) != set(keys):
            odd = sorted(set(side.terms) ^ set(keys))[0]
            raise KgError(
                f"de to sidene er ikke av det samme: «{key_name(odd)}» står bare på den ene."
            )
    return keys


def combined(sign: str, left: Quantity, right: Quantity) -> Quantity:
    """A sum, difference, product or quotient, element by element."""
    operate: Callable[[float, float], float] = {
        "+": lambda a, b: a + b,
        "−": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
    }[sign]
    terms = {}
    for key in common_keys([left, right]):
        a, b = (side.terms[key if side.dims else ()] for side in (left, right))
        formula = f"{_bracketed(a)} {sign} {_bracketed(b)}"
        name = a.name if left.dims else b.name if right.dims else ""
        value = operate(a.value, b.value)
        terms[key] = Term(value, name, formula, _unit(sign, a, b), (*a.behind, *b.behind), True)
    return Quantity(left.dims or right.dims, terms)


def _bracketed(term: Term) -> str:
    return f"({term.formula})" if term.is_derived else term.formula


def _unit(sign: str, one: Term, other: Term) -> str:
    if sign in "+−" and one.unit == "prosent" and other.unit in ("", "prosent"):
        return "prosent" if not other.unit else "prosentpoeng"
    if sign in "+−" and one.unit == other.unit:
        return one.unit
    return ""


def applied(name: str, of: Quantity) -> Quantity:
    """What a function of the language makes of numbers."""
    if name.endswith("per bydel i"):
        return _per_bydel(of, high=name.startswith("høyeste"))
    terms = list(of.terms.values())
    low, high, first, last = min(terms, key=by_value), max(terms, key=by_value), terms[0], terms[-1]
    if name in ("høyeste i", "laveste i"):
        end = high if name == "høyeste i" else low
        return Quantity((), {(): replace(end, behind=of.behind)})
    value, unit, shown = {
        "summen av": (sum(t.value for t in terms), first.unit, f"sum av {len(terms)}"),
        "spredningen i": (high.value / low.value, "", f"{high.formula} / {low.formula}"),
        "avstanden i": (high.value - low.value, first.unit, f"{high.formula} − {low.formula}"),
        "veksten i": (
            (last.value / first.value - 1) * 100,
            "prosent",
            f"{last.formula} mot {first.formula}",
        ),
        "antallet i": (float(len(terms)), "", "antall"),
    }[name]
    return Quantity((), {(): Term(value, "", shown, unit, of.behind, True)})


def _per_bydel(of: Quantity, *, high: bool) -> Quantity:
    """The highest or lowest delbydel of each bydel."""
    groups: dict[Key, list[Term]] = {}
    for key, term in of.terms.items():
        groups.setdefault((BY_KEY[key[0]].parent,), []).append(term)
    pick = max if high else min
    # Each of them might have been the highest.
    return Quantity(
        of.dims,
        {
            key: replace(
                pick(group, key=by_value), behind=tuple(v for t in group for v in t.behind)
            )
            for key, group in groups.items()
        },
    )


def key_name(key: Key) -> str:
    return " ".join(region_name(part) if part in BY_KEY else part for part in key)


def by_value(term: Term) -> float:
    return term.value
