"""Judge all claims, choose all words, and find the sentences that rest on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from kunnskapsgrunnlag.claims.numbers import Number, Numbers
from kunnskapsgrunnlag.claims.registry import Choice, Claim, all_claims, all_words
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.render.marks import Text
from kunnskapsgrunnlag.values import Store

Held = dict[str, Any]
T = TypeVar("T")


def evaluate(
    store: Store, texts: Sequence[Text], names: Mapping[str, Mapping[str, str]] | None = None
) -> Held:
    """The state of every claim and word, with the places in the text that carry it.

    Args:
        names: Item -> key of a category -> how readers know it.

    Returns:
        `claims` and `words`, by name. A claim has `holds` (true, false, or null where it cannot be
        judged), `because`, `words` (what it says), `numbers` (addresses) and `places`.
    """
    numbers = Numbers(store, names)
    claim_places, word_places = _places(texts, "pastand"), _places(texts, "ord")
    return {
        "claims": {
            name: _judged(claim, numbers) | {"places": claim_places.get(name, [])}
            for name, claim in all_claims().items()
        },
        "words": {
            name: _chosen(choice, numbers) | {"places": word_places.get(name, [])}
            for name, choice in all_words().items()
        },
    }


def _judged(claim: Claim, numbers: Numbers) -> Held:
    held: Held = {"words": claim.words, "module": claim.module}
    try:
        verdict = _asked(claim.judge, numbers, f"{claim.module}: {claim.name}")
    except KgError as problem:
        return held | {"holds": None, "because": str(problem), "numbers": []}
    return held | {
        "holds": bool(verdict.holds),
        "because": verdict.because,
        "numbers": _addresses(verdict.numbers),
    }


def _chosen(choice: Choice, numbers: Numbers) -> Held:
    """A word that cannot be chosen leaves a hole in a sentence: that stops the build.

    Raises:
        KgError: If a number is missing.
    """
    found = _asked(choice.choose, numbers, f"{choice.module}: {choice.name}")
    return {
        "words": choice.words,
        "module": choice.module,
        "text": found.text,
        "numbers": _addresses(found.numbers),
    }


def _asked(ask: Callable[[Numbers], T], numbers: Numbers, where: str) -> T:
    """A mistake inside a claim is told with its name, and does not hide the other claims."""
    try:
        return ask(numbers)
    except (ArithmeticError, LookupError, TypeError, ValueError) as problem:
        raise KgError(f"claims/{where}: {type(problem).__name__}: {problem}.") from problem


def _addresses(numbers: Iterable[Number]) -> list[str]:
    return list(dict.fromkeys(number.address for number in numbers))


def _places(texts: Sequence[Text], kind: str) -> dict[str, list[Held]]:
    """Name -> file, line and words of each mark of a kind."""
    found: dict[str, list[Held]] = {}
    for text in texts:
        for mark in text.marks:
            if mark.kind == kind:
                name = mark.attributes.pairs.get("navn", "") if kind == "pastand" else mark.words
                place = {"file": mark.file, "line": mark.line, "sentence": mark.words}
                found.setdefault(name, []).append(place)
    return found


def read_claims(path: Path) -> Held:
    """What the claims stage wrote.

    Raises:
        KgError: If it has not run yet.
    """
    if not path.is_file():
        raise KgError(f"{path.name} has not been made yet. Run: kg build.")
    held: Held = json.loads(path.read_text(encoding="utf-8"))
    return held


def false_ones(held: Held) -> list[tuple[str, Held]]:
    """The claims that do not hold, or cannot be judged, and stand in the text."""
    return [(n, c) for n, c in held["claims"].items() if not c["holds"] and c["places"]]


def changed(now: Held, before: Held) -> list[str]:
    """Names of claims whose verdict or numbers are not what they were; new ones too."""
    old = before["claims"]
    return [
        name
        for name, claim in now["claims"].items()
        if name not in old
        or (claim["holds"], claim["because"]) != (old[name]["holds"], old[name]["because"])
    ]
