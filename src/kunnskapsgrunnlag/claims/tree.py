"""An expression as plain data: what a claim compares, and how.

`language` reads it, `judge` judges it, `say` says it, and the lint on wording holds the sentence's
own words against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import product
from typing import Any

from kunnskapsgrunnlag.base.nb_numbers import nb

# A part of an address: a key, a set, a span of years, or a choice: one test for each.
Part = str | tuple[str, ...]
Names = tuple[str, ...]
HIGHEST, LOWEST = "høyest", "lavest"
RISES, FALLS = "øker", "faller"
EVERY_YEAR, EVERY_STEP = "hvert år", "for hvert trinn"
DIRECTION = ("økte", "falt")
SIGNS = {"+": "+", "-": "−", "−": "−", "*": "*", "/": "/", "delt på": "/"}
ORDINALS = {"nest": 2, "tredje": 3}


@dataclass(frozen=True)
class Node:
    """A part of an expression."""


@dataclass(frozen=True)
class Constant(Node):
    """A typed number, with as many decimals as it is meant with."""

    value: float
    decimals: int = 0
    unit: str = ""

    @property
    def text(self) -> str:
        return f"{nb(self.value, self.decimals)} {self.unit}".strip()


@dataclass(frozen=True)
class Address(Node):
    """Numbers of the store: item, then measure, place, category and year, as the item has them.

    Attributes:
        without: Keys that a set leaves out.
    """

    item: str
    parts: tuple[Part, ...]
    without: tuple[str, ...] = ()

    @property
    def constant(self) -> str:
        """The name that a number from outside has in the catalogue."""
        return "/".join(map(str, self.parts))

    @property
    def text(self) -> str:
        written = (p if isinstance(p, str) else f"({', '.join(p)})" for p in self.parts)
        without = f" uten {', '.join(self.without)}" if self.without else ""
        return "/".join([self.item, *written]) + without


@dataclass(frozen=True)
class Function(Node):
    """`summen av(…)`, `veksten i(…)`, `høyeste per bydel i(…)`."""

    name: str
    of: Node


@dataclass(frozen=True)
class Count(Node):
    """How many fit a condition."""

    condition: Node


@dataclass(frozen=True)
class Binary(Node):
    """A sum, difference, product or quotient: element by element where both are sets."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Compare(Node):
    """`A over B`, `A klart under B`, `A = 23`."""

    left: Node
    degree: str | None
    relation: str
    right: Node


@dataclass(frozen=True)
class Between(Node):
    """`A mellom B og C`, the ends counted in."""

    left: Node
    low: Node
    high: Node


@dataclass(frozen=True)
class About(Node):
    """`A omtrent B`, within what is said or five percent."""

    left: Node
    right: Node
    within: Constant | None


@dataclass(frozen=True)
class Nearly(Node):
    """`A nesten B`: below, by no more than a tenth."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Rank(Node):
    """Who is highest or lowest.

    Attributes:
        place: 1 for the highest, 2 for the one after it.
        count: How many are named together: «de tre høyeste»; 1 for one.
        how: `er` (they are just those), `blant` (the named are among them), `innen` (all of them
            are among the named).
    """

    end: str
    of: Node
    names: tuple[str, ...]
    place: int = 1
    count: int = 1
    how: str = "er"


@dataclass(frozen=True)
class Quantified(Node):
    """`alle(…)`, `ingen(…)`, `noen(…)`, `de fleste(…)`."""

    quantifier: str
    condition: Node


@dataclass(frozen=True)
class Only(Node):
    """`bare(…) = a, b`: those fit, and no others."""

    condition: Node
    names: tuple[str, ...]


@dataclass(frozen=True)
class Course(Node):
    """`øker(…)`: last against first; with `hvert år` or `for hvert trinn`: every step."""

    direction: str
    step: str | None
    of: Node


@dataclass(frozen=True)
class Shape(Node):
    """`jevn(…)`, `ujevn(…)`, `stabil(…) innen 2 prosent`."""

    shape: str
    of: Node
    within: Constant | None


@dataclass(frozen=True)
class Negation(Node):
    """`ikke …`."""

    of: Node


@dataclass(frozen=True)
class Claim(Node):
    """What one sentence claims: clauses that must all hold."""

    clauses: tuple[Node, ...]


@dataclass(frozen=True)
class ChosenWord(Node):
    """A word that the numbers choose: `retning(…)`, `navn(…)`, `antall(…)`.

    Attributes:
        kind: retning, navn, antall or antall av alle.
        words: For a direction: the word for more and the word for less.
    """

    kind: str
    of: Node
    words: tuple[str, ...] = ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all that lies in it, from the left."""
    yield node
    for part in fields(node):
        value = getattr(node, part.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Node):
                yield from walk(inner)


def addresses(node: Node) -> list[Address]:
    return [part for part in walk(node) if isinstance(part, Address)]


def constants(node: Node) -> list[Constant]:
    return [part for part in walk(node) if isinstance(part, Constant)]


def alternatives(node: Node) -> list[Node]:
    """The tests that an expression with choices stands for; the same list, the same choice."""
    choices = list(
        dict.fromkeys(p for a in addresses(node) for p in a.parts if isinstance(p, tuple))
    )
    return [
        _with_choices(node, dict(zip(choices, chosen, strict=True))) for chosen in product(*choices)
    ]


def _with_choices(node: Any, chosen: dict[tuple[str, ...], str]) -> Any:
    if isinstance(node, tuple):
        return tuple(_with_choices(inner, chosen) for inner in node)
    if isinstance(node, Address):
        parts = (chosen[part] if isinstance(part, tuple) else part for part in node.parts)
        return replace(node, parts=tuple(parts))
    if not isinstance(node, Node):
        return node
    changed = {f.name: _with_choices(getattr(node, f.name), chosen) for f in fields(node)}
    return replace(node, **changed)
