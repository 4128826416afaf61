"""What a claim rests on: statistics, estimates, or estimates that were made to fulfil it."""

import csv
from collections.abc import Iterator

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.claim_results import (
    ESTIMATES,
    FITTED,
    STATISTICS,
    ClaimPlace,
    ClaimResults,
)
from kunnskapsgrunnlag.book.evaluate import bases, basis, evaluate
from kunnskapsgrunnlag.claims import registry
from kunnskapsgrunnlag.claims.judge import less, more
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import Claim, all_claims
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import ROOT, store_of, value_of
from tests.conftest import claim_of as result_of

ONE, OTHER = "tabell-1/personer/oslo", "tabell-2/personer/oslo"


def claim_of(judge: registry.Predicate, fitted: str = "") -> Claim:
    return Claim("en-pastand", "Det er flere.", "kapittel_5", judge, fitted)


def compares_two(n: Numbers) -> Verdict:
    return more(n(ONE), n(OTHER))


def reads_a_limit(n: Numbers) -> Verdict:
    """The limit is read, and not cited."""
    limit = n(OTHER).value
    return more(n(ONE), n(ONE)) if limit < 0 else less(n(ONE), n(ONE))


def store(one: str = "trykt", other: str = "offisiell", cell: str = "l:B2") -> Store:
    return store_of(
        {
            "tabell-1": [value_of(ONE, value=2.0, origin=one, cells=["k:B2"])],
            "tabell-2": [value_of(OTHER, value=1.0, origin=other, cells=[cell])],
        }
    )


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """No claims and words but the test's own."""
    registry.all_claims()
    monkeypatch.setattr(registry, "_claims", {})
    monkeypatch.setattr(registry, "_words", {})
    yield monkeypatch


@pytest.mark.parametrize(
    ("one", "other", "fitted", "expected"),
    [
        ("trykt", "offisiell", "", STATISTICS),
        ("trykt", "leveranse", "tabell-13-02", STATISTICS),
        ("trykt", "estimat", "", ESTIMATES),
        ("estimat", "offisiell", "tabell-13-02", FITTED),
    ],
)
def test_the_basis_follows_the_numbers_and_what_was_fitted(
    one: str, other: str, fitted: str, expected: str
) -> None:
    assert basis(claim_of(compares_two, fitted), (ONE, OTHER), store(one, other)) == expected


def test_a_number_that_is_read_and_not_cited_counts(only: pytest.MonkeyPatch) -> None:
    only.setattr(registry, "_claims", {"en-pastand": claim_of(reads_a_limit)})

    assert bases(store(other="estimat"))[0] == {"en-pastand": ESTIMATES}


def test_a_claim_that_compares_a_number_with_itself_stops_the_build(
    only: pytest.MonkeyPatch,
) -> None:
    only.setattr(registry, "_claims", {"en-pastand": claim_of(compares_two)})

    with pytest.raises(KgError) as stopped:
        evaluate(store(cell="k:B2"), [])

    assert str(stopped.value) == (
        "claims/kapittel_5.py: «en-pastand» sammenligner et tall med seg selv: "
        "tabell-1/personer/oslo og tabell-2/personer/oslo er begge lest fra k:B2. Ta påstanden "
        "bort, eller sammenlign med et tall fra en annen kilde."
    )


def test_numbers_of_one_measure_may_share_their_cells(only: pytest.MonkeyPatch) -> None:
    """Figur 21 counts a group: each of its members has the whole group's cells."""
    addresses = ("tabell-1/antall/a", "tabell-1/antall/b")
    shared = store_of({"tabell-1": [value_of(a, value=2.0) for a in addresses]})
    only.setattr(
        registry, "_claims", {"en-pastand": claim_of(lambda n: less(*(n(a) for a in addresses)))}
    )

    assert evaluate(shared, []).claims["en-pastand"].holds is False


def test_the_three_kinds_are_counted_apart() -> None:
    places = [ClaimPlace("chapters/kapittel-5.md", 1)]
    kinds = [STATISTICS] * 3 + [ESTIMATES] * 2 + [FITTED]
    claims = {f"p{at}": result_of(basis=kind, places=places) for at, kind in enumerate(kinds)}

    assert ClaimResults(claims | {"borte": result_of()}).counted() == (
        "3 prøvd mot statistikk, 2 mot anslag, 1 lagt inn i anslagene og ikke prøvd"
    )


def test_what_a_claim_is_fitted_to_is_known_of_an_item_that_it_reads(
    real_values: dict[str, list[Value]],
) -> None:
    """Each id stands in the list of what the models were given."""
    path = ROOT / "data" / "raw" / "estimat" / "opplysninger.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        item_of = {row["opplysning"]: row["element"] for row in csv.DictReader(file, delimiter=";")}
    published = store_of(real_values)
    for name, claim in all_claims().items():
        if not claim.fitted:
            continue
        facts = claim.fitted.split("; ")
        assert set(facts) <= set(item_of), name
        numbers = Numbers(published)
        claim.judge(numbers)
        read = {address.partition("/")[0] for address in numbers.read}
        # The households of tabell 15 give the persons of tabell 13 and the shares of 14 and 16.
        bound = {item_of[fact] for fact in facts} | {"tabell-14"}
        assert read & bound, name


def test_two_measures_of_one_place_are_quoted_with_what_they_measure(
    only: pytest.MonkeyPatch,
) -> None:
    only.setattr(registry, "_claims", {"en-pastand": claim_of(compares_two)})
    names = {"tabell-1": {"=personer": "Med barn"}, "tabell-2": {"=personer": "Uten barn"}}

    result = evaluate(store(), [], names).claims["en-pastand"]

    assert result.because == "Med barn, Oslo: 1 personer > Uten barn, Oslo: 1 personer"
