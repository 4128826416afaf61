"""Judge all claims, choose all words, and find the sentences that rest on them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.marks import Text
from kunnskapsgrunnlag.book.years import SentenceYears
from kunnskapsgrunnlag.claims.numbers import Number, Numbers
from kunnskapsgrunnlag.claims.registry import Choice, Claim, all_claims, all_words
from kunnskapsgrunnlag.store.values import Store

Held = dict[str, Any]
# What a claim rests on: statistics alone, estimates among them, or estimates that were made to
# fulfil just this claim.
STATISTICS, ESTIMATES, FITTED = "statistikk", "anslag", "tilpasset"
T = TypeVar("T")


def evaluate(
    store: Store, texts: Sequence[Text], names: Mapping[str, Mapping[str, str]] | None = None
) -> Held:
    """The state of every claim and word, with the places in the text that carry it.

    What a printed edition said is judged by its own numbers (`findings.py`), and not here.

    Args:
        names: Item -> key of a category, or `=` and key of a measure -> how readers know it.

    Returns:
        `claims` and `words`, by name, and `other_years`: the places where `siste` is not the last
        year of the table (or `første` not its first). A claim has `holds` (true, false, or null
        where it cannot be judged), `because`, `words` (what it says), `numbers` (addresses),
        `basis`, `places`, and `years`: item -> what `siste` and `første` stood for.

    Raises:
        KgError: If a word cannot be chosen, or a claim compares a number with itself.
    """
    limits: dict[str, dict[str, int]] = {}
    while True:
        judged = _judge_all(store, names or {}, limits)
        years = SentenceYears(store, texts, judged)
        if not years.limits:
            break
        # A sentence shows an earlier year than its claim was judged on: the claim follows it.
        limits |= years.limits
    for kind, group in (("pastand", "claims"), ("ord", "words")):
        places = _places(texts, kind)
        for name, found in judged[group].items():
            found["places"] = places.get(name, [])
    return judged | {"other_years": [str(found) for found in years.others]}


def _judge_all(
    store: Store, names: Mapping[str, Mapping[str, str]], limits: Mapping[str, Mapping[str, int]]
) -> Held:
    return {
        "claims": {
            name: _judged(claim, store, names, limits.get(name, {}))
            for name, claim in all_claims().items()
            if not claim.is_printed
        },
        "words": {
            name: _chosen(choice, Numbers(store, names), limits.get(name, {}))
            for name, choice in all_words().items()
        },
    }


def _judged(
    claim: Claim,
    store: Store,
    names: Mapping[str, Mapping[str, str]],
    limits: Mapping[str, int],
) -> Held:
    held: Held = {"words": claim.words, "module": claim.module}
    numbers = Numbers(store, names)
    try:
        verdict, years = _asked(claim.judge, numbers, limits, f"{claim.module}: {claim.name}")
    except KgError as problem:
        return held | {
            "holds": None,
            "because": str(problem),
            "numbers": [],
            "years": {},
            "basis": basis(claim, numbers.read, store),
        }
    if _alike(verdict.numbers):
        verdict, _ = Numbers(store, names, with_measures=True).judge(claim.judge, limits)
    addresses = _addresses(verdict.numbers)
    _refuse_itself(claim, addresses, store)
    return held | {
        "holds": bool(verdict.holds),
        "because": verdict.because,
        "numbers": addresses,
        "years": years,
        "basis": basis(claim, numbers.read, store),
    }


def _alike(numbers: Iterable[Number]) -> bool:
    """Whether two numbers of different measures are quoted by the same name."""
    measures: dict[str, set[str]] = {}
    for number in numbers:
        measure = "/".join(number.address.split("/")[:2])
        measures.setdefault(number.name, set()).add(measure)
    return any(len(found) > 1 for found in measures.values())


def basis(claim: Claim, addresses: Iterable[str], store: Store) -> str:
    """What a claim that reads these numbers rests on."""
    if not any(is_estimate(store.values[address]) for address in addresses):
        return STATISTICS
    return FITTED if claim.fitted else ESTIMATES


def is_estimate(record: Mapping[str, Any]) -> bool:
    """Whether a number is an estimate."""
    return bool(record["origin"] == "estimat")


def bases(store: Store) -> tuple[dict[str, str], set[str]]:
    """The basis of each claim, and the words that estimates choose."""
    claims = {name: _judged(claim, store, {}, {})["basis"] for name, claim in all_claims().items()}
    words = set()
    for name, choice in all_words().items():
        numbers = Numbers(store)
        with suppress(KgError):
            _chosen(choice, numbers, {})
        if any(is_estimate(store.values[address]) for address in numbers.read):
            words.add(name)
    return claims, words


def _refuse_itself(claim: Claim, addresses: Iterable[str], store: Store) -> None:
    """Two measures that rest on just the same cells are one number: comparing them tests nothing.

    Raises:
        KgError: If a claim rests on two such numbers.
    """
    first_with: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for address in addresses:
        record = store.values[address]
        other = first_with.setdefault((record["unit"], *record["cells"]), record)
        same_measure = (other["item"], other["measure"]) == (record["item"], record["measure"])
        if record["cells"] and not same_measure:
            cells = ", ".join(record["cells"])
            raise KgError(
                f"claims/{claim.module}.py: «{claim.name}» sammenligner et tall med seg selv: "
                f"{other['address']} og {address} er begge lest fra {cells}. Ta påstanden bort, "
                "eller sammenlign med et tall fra en annen kilde."
            )


def _chosen(choice: Choice, numbers: Numbers, limits: Mapping[str, int]) -> Held:
    """A word that cannot be chosen leaves a hole in a sentence: that stops the build.

    Raises:
        KgError: If a number is missing.
    """
    found, years = _asked(choice.choose, numbers, limits, f"{choice.module}: {choice.name}")
    return {
        "words": choice.words,
        "module": choice.module,
        "text": found.text,
        "numbers": _addresses(found.numbers),
        "years": years,
    }


def _asked(
    ask: Callable[[Numbers], T], numbers: Numbers, limits: Mapping[str, int], where: str
) -> tuple[T, dict[str, dict[str, int]]]:
    """A mistake inside a claim is told with its name, and does not hide the other claims."""
    try:
        return numbers.judge(ask, limits)
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


def counts(held: Mapping[str, Any]) -> dict[str, int]:
    """How many claims of the text rest on what: basis -> number."""
    placed = Counter(claim["basis"] for claim in held["claims"].values() if claim["places"])
    return {kind: placed[kind] for kind in (STATISTICS, ESTIMATES, FITTED)}


def counted(held: Mapping[str, Any]) -> str:
    """`140 prøvd mot statistikk, 20 mot anslag, 30 laget inn i anslagene og ikke prøvd`."""
    placed = counts(held)
    return (
        f"{placed[STATISTICS]} prøvd mot statistikk, {placed[ESTIMATES]} mot anslag, "
        f"{placed[FITTED]} lagt inn i anslagene og ikke prøvd"
    )


def changed(now: Held, before: Held) -> list[str]:
    """Names of claims whose verdict or numbers are not what they were; new ones too."""
    old = before["claims"]
    return [
        name
        for name, claim in now["claims"].items()
        if name not in old
        or (claim["holds"], claim["because"]) != (old[name]["holds"], old[name]["because"])
    ]
