"""Judge all claims, choose all words, and find the sentences that rest on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.claim_results import (
    ESTIMATES,
    FITTED,
    STATISTICS,
    ClaimPlace,
    ClaimResult,
    ClaimResults,
    WordResult,
)
from kunnskapsgrunnlag.book.marks import Text
from kunnskapsgrunnlag.book.years import SentenceYears
from kunnskapsgrunnlag.claims.numbers import Number, Numbers
from kunnskapsgrunnlag.claims.registry import Choice, Claim, all_claims, all_words
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store

T = TypeVar("T")


def evaluate(
    store: Store, texts: Sequence[Text], names: Mapping[str, Mapping[str, str]] | None = None
) -> ClaimResults:
    """The state of every claim and word, with the places in the text that carry it.

    What a printed edition said is judged by its own numbers (`claims/errata_checks.py`).

    Args:
        names: Item -> key of a category, or `=` and key of a measure -> how readers know it.

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
    claims, words = _places(texts, "pastand"), _places(texts, "ord")
    return ClaimResults(
        {n: replace(claim, places=claims.get(n, [])) for n, claim in judged.claims.items()},
        {n: replace(word, places=words.get(n, [])) for n, word in judged.words.items()},
        [str(other) for other in years.others],
    )


def _judge_all(
    store: Store, names: Mapping[str, Mapping[str, str]], limits: Mapping[str, Mapping[str, int]]
) -> ClaimResults:
    return ClaimResults(
        {
            name: _judged(claim, store, names, limits.get(name, {}))
            for name, claim in all_claims().items()
            if not claim.is_printed
        },
        {
            name: _chosen(choice, Numbers(store, names), limits.get(name, {}))
            for name, choice in all_words().items()
        },
    )


def _judged(
    claim: Claim,
    store: Store,
    names: Mapping[str, Mapping[str, str]],
    limits: Mapping[str, int],
) -> ClaimResult:
    numbers = Numbers(store, names)

    def result(holds: bool | None, because: str, **more: Any) -> ClaimResult:
        rests_on = basis(claim, numbers.read, store)
        own: dict[str, Any] = {"words": claim.words, "module": claim.module, "basis": rests_on}
        return ClaimResult(holds=holds, because=because, **own, **more)

    try:
        verdict, years = _asked(claim.judge, numbers, limits, f"{claim.module}: {claim.name}")
    except KgError as problem:
        return result(None, str(problem))
    if _alike(verdict.numbers):
        verdict, _ = Numbers(store, names, with_measures=True).judge(claim.judge, limits)
    addresses = _addresses(verdict.numbers)
    _refuse_itself(claim, addresses, store)
    return result(bool(verdict.holds), verdict.because, numbers=addresses, years=years)


def _alike(numbers: Iterable[Number]) -> bool:
    """Whether two numbers of different measures are quoted by the same name."""
    measures: dict[str, set[str]] = {}
    for number in numbers:
        measure = "/".join(number.address.split("/")[:2])
        measures.setdefault(number.name, set()).add(measure)
    return any(len(same) > 1 for same in measures.values())


def basis(claim: Claim, addresses: Iterable[str], store: Store) -> str:
    """What a claim that reads these numbers rests on."""
    if not any(store.values[address].is_estimate for address in addresses):
        return STATISTICS
    return FITTED if claim.fitted else ESTIMATES


def bases(store: Store) -> tuple[dict[str, str], set[str]]:
    """The basis of each claim, and the words that estimates choose."""
    claims = {name: _judged(claim, store, {}, {}).basis for name, claim in all_claims().items()}
    words = set()
    for name, choice in all_words().items():
        numbers = Numbers(store)
        with suppress(KgError):
            _chosen(choice, numbers, {})
        if any(store.values[address].is_estimate for address in numbers.read):
            words.add(name)
    return claims, words


def _refuse_itself(claim: Claim, addresses: Iterable[str], store: Store) -> None:
    """Two measures that rest on just the same cells are one number: comparing them tests nothing.

    Raises:
        KgError: If a claim rests on two such numbers.
    """
    first_with: dict[tuple[str, ...], Value] = {}
    for address in addresses:
        record = store.values[address]
        other = first_with.setdefault((record.unit, *record.cells), record)
        same_measure = (other.item, other.measure) == (record.item, record.measure)
        if record.cells and not same_measure:
            cells = ", ".join(record.cells)
            raise KgError(
                f"claims/{claim.module}.py: «{claim.name}» sammenligner et tall med seg selv: "
                f"{other.address} og {address} er begge lest fra {cells}. Ta påstanden bort, "
                "eller sammenlign med et tall fra en annen kilde."
            )


def _chosen(choice: Choice, numbers: Numbers, limits: Mapping[str, int]) -> WordResult:
    """A word that cannot be chosen leaves a hole in a sentence: that stops the build.

    Raises:
        KgError: If a number is missing.
    """
    word, years = _asked(choice.choose, numbers, limits, f"{choice.module}: {choice.name}")
    return WordResult(
        words=choice.words,
        module=choice.module,
        text=word.text,
        numbers=_addresses(word.numbers),
        years=years,
    )


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


def _places(texts: Sequence[Text], kind: str) -> dict[str, list[ClaimPlace]]:
    """Name -> the marks of a kind."""
    places: dict[str, list[ClaimPlace]] = {}
    for mark in (mark for text in texts for mark in text.marks if mark.kind == kind):
        name = mark.attributes.pairs.get("navn", "") if kind == "pastand" else mark.words
        places.setdefault(name, []).append(ClaimPlace(mark.file, mark.line, mark.words))
    return places
