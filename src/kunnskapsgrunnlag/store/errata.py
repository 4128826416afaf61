"""The errors of a printed edition: what it said, what its numbers say, and how each is proven.

Print cannot change, so what was found out once is data; tests/store/test_errata.py finds it again.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.base.paths import name_in_checkout
from kunnskapsgrunnlag.base.strict import StrictModel, Text
from kunnskapsgrunnlag.base.yaml_errors import expectation, read_yaml

# The page that holds the list.
PAGE = "chapters/rettelser.html"

# `[15 230](tabell-11/husholdninger/oslo/2020)`
NUMBER = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


class Proof(StrictModel):
    """How an erratum is proven: by one of these.

    Attributes:
        claim: What the edition said as an expression (docs/pastander.md), in its own years; `words`
            say the same to readers.
        arithmetic: The edition's statement as a comparison of numbers, which is false.
        printed: Addresses whose printed number is a misprint.
        because: The numbers that the claim fails on, or the printed and the right number.
        reason: Why it cannot be worked out.
    """

    claim: str = ""
    words: str = ""
    arithmetic: str = ""
    printed: list[str] = Field(default_factory=list)
    because: Text = ""
    reason: str = ""

    @model_validator(mode="after")
    def _one(self) -> Proof:
        if sum(map(bool, (self.claim, self.arithmetic, self.printed, self.reason))) != 1:
            raise ValueError("skriv én av claim, arithmetic, printed og reason")
        return self


class Erratum(StrictModel):
    """An error: where it stands, what was said, what is right, and the arithmetic behind.

    Attributes:
        grade: sterk: two statements cannot both be right; svak: imprecise or badly placed.
        sections: Where, in the edition's own chapter numbers.
        said, right, arithmetic: Words in which `[number](address)` is a number of the edition.
        sums: Number of the arithmetic -> how it is worked out.
        note: Said at the item as well; only of misprints.
    """

    id: str
    title: str
    kind: Literal["tekst", "tabell", "sammenheng", "henvisning", "grunnlag"]
    grade: Literal["sterk", "svak"]
    sections: list[str]
    items: list[str] = Field(default_factory=list)
    said: Text
    right: Text
    arithmetic: Text = ""
    sums: dict[str, str] = Field(default_factory=dict)
    check: Proof
    note: Text = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the edition's number is a misprint."""
        return tuple(self.check.printed)

    @property
    def card_id(self) -> str:
        """What a link to it leads to, on the page of corrections."""
        return f"rettelse-{self.id.lower()}"


def pieces_of(text: str) -> list[tuple[str, str]]:
    """A text of an erratum, its numbers apart: words, and of a number the address it stands at."""
    words, *numbers = NUMBER.split(text)
    pieces = [(words, "")]
    for number, address, rest in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        pieces += [(number, address), (rest, "")]
    return [piece for piece in pieces if piece[0]]


def read_errata(folder: Path) -> list[Erratum]:
    path = folder / "errata.yaml"
    return [_read(entry) for entry in read_yaml(read_written(path), name_in_checkout(path))]


def _read(entry: dict[str, Any]) -> Erratum:
    try:
        return Erratum.model_validate(entry)
    except ValidationError as problem:
        first = problem.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise KgError(
            f"errata.yaml: {entry.get('id', '?')}: {at}: {expectation(first)}. Rett det."
        ) from None
