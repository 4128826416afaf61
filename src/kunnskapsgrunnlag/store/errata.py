"""The errors of a printed edition: what it said, what its numbers say, and how each is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import LOADER

# The page that holds the list.
PAGE = "chapters/rettelser.html"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Check(_Entry):
    """How an erratum is found: by one of these.

    Attributes:
        claim: Name of a claim that says what the edition said.
        arithmetic: The edition's statement as a comparison of the erratum's numbers.
        printed: Addresses whose printed number is not the computed one.
        reason: Why it cannot be tested here.
    """

    claim: str = ""
    arithmetic: str = ""
    printed: list[str] = []
    reason: str = ""

    @model_validator(mode="after")
    def _one(self) -> Check:
        if sum(map(bool, (self.claim, self.arithmetic, self.printed, self.reason))) != 1:
            raise ValueError("write one of claim, arithmetic, printed and reason")
        return self


class Erratum(_Entry):
    """An error: where it stands, what was said, what is right, and the arithmetic behind.

    Attributes:
        grade: sterk: two statements cannot both be right; svak: imprecise or badly placed.
        sections: Where, in the edition's own chapter numbers.
        items: The tables and figures it is about.
        numbers: Name -> address, or a number that only the edition's text holds.
        right_if: Name or address -> what would have made the edition right; the check is then
            silent.
        note: Said at the item as well; only of misprints.
    """

    id: str
    title: str
    kind: Literal["tekst", "tabell", "sammenheng", "henvisning", "grunnlag"]
    grade: Literal["sterk", "svak"]
    sections: list[str]
    items: list[str] = []
    said: str
    right: str
    numbers: dict[str, str] = {}
    arithmetic: str = ""
    check: Check
    right_if: dict[str, str] = {}
    note: str = ""


def read_errata(folder: Path) -> list[Erratum]:
    """All errata of an edition.

    Raises:
        KgError: If one is not written as it should be; names it and the key.
    """
    held = yaml.load((folder / "errata.yaml").read_text(encoding="utf-8"), Loader=LOADER)
    return [_read(each) for each in held]


def _read(held: dict[str, Any]) -> Erratum:
    try:
        return Erratum.model_validate(held)
    except ValidationError as problem:
        first = problem.errors()[0]
        at = ".".join(str(part) for part in first["loc"])
        raise KgError(f"errata.yaml: {held.get('id', '?')}: {at}: {first['msg']}.") from None


def card_id(erratum: str) -> str:
    """What a link to an erratum leads to."""
    return f"rettelse-{erratum.lower()}"
