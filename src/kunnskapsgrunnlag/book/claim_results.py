"""How the claims and words of the text were judged, as the claims stage writes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_made
from kunnskapsgrunnlag.claims.numbers import Years

# What a claim rests on: statistics alone, estimates among them, or estimates that were made to
# fulfil just this claim.
STATISTICS, ESTIMATES, FITTED = "statistikk", "anslag", "tilpasset"


@dataclass(frozen=True)
class ClaimPlace:
    """Where a claim or word stands in the text."""

    file: str
    line: int
    sentence: str = ""


@dataclass(frozen=True, kw_only=True)
class ClaimResult:
    """A claim as it was judged.

    Attributes:
        expression: What is tested, as it is written; empty where a function tests it.
        words: The same in words.
        holds: None where it cannot be judged.
        because: The numbers side by side, or why it cannot be judged.
        turns: What would make it false.
        numbers: The addresses that it was judged by.
        places: Where the text makes it.
    """

    expression: str
    words: str
    holds: bool | None
    because: str
    basis: str
    turns: str = ""
    numbers: list[str] = field(default_factory=list)
    years: Years = field(default_factory=dict)
    places: list[ClaimPlace] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class WordResult:
    """A word that the numbers chose; `expression` and `words` say how.

    Attributes:
        lacks: Why it cannot be chosen now; "" if it can.
    """

    expression: str
    words: str
    text: str
    numbers: list[str] = field(default_factory=list)
    years: Years = field(default_factory=dict)
    lacks: str = ""
    places: list[ClaimPlace] = field(default_factory=list)


@dataclass(frozen=True)
class ClaimResults:
    """All claims and words, by name.

    Attributes:
        other_years: The places where `siste` is not the last year of the table (or `første` not
            its first), in sentences.
    """

    claims: dict[str, ClaimResult] = field(default_factory=dict)
    words: dict[str, WordResult] = field(default_factory=dict)
    other_years: list[str] = field(default_factory=list)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> ClaimResults:
        return cls(
            {name: ClaimResult(**_placed(claim)) for name, claim in row["claims"].items()},
            {name: WordResult(**_placed(word)) for name, word in row["words"].items()},
            row["other_years"],
        )

    def to_json(self) -> dict[str, object]:
        return asdict(self)

    @property
    def placed(self) -> dict[str, ClaimResult]:
        return {name: claim for name, claim in self.claims.items() if claim.places}

    @property
    def false(self) -> dict[str, ClaimResult]:
        """Those of them that do not hold, or cannot be judged."""
        return {name: claim for name, claim in self.placed.items() if not claim.holds}

    def counts(self) -> dict[str, int]:
        """How many claims of the text rest on what: basis -> number."""
        counts = Counter(claim.basis for claim in self.placed.values())
        return {kind: counts[kind] for kind in (STATISTICS, ESTIMATES, FITTED)}

    def counted(self) -> str:
        """`140 prøvd mot statistikk, 20 mot anslag, 30 laget inn i anslagene og ikke prøvd`."""
        counts = self.counts()
        return (
            f"{counts[STATISTICS]} prøvd mot statistikk, {counts[ESTIMATES]} mot anslag, "
            f"{counts[FITTED]} lagt inn i anslagene og ikke prøvd"
        )


def _placed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "places": [ClaimPlace(**place) for place in row["places"]]}


def read_claims(path: Path) -> ClaimResults:
    """What the claims stage wrote.

    Raises:
        KgError: If it has not run yet.
    """
    try:
        return ClaimResults.from_json(read_made(path))
    except (TypeError, KeyError, ValueError):
        raise KgError(f"{path.name} er laget med en annen versjon. Kjør: kg build.") from None
