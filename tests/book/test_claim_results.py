"""What a claim rests on: statistics, estimates, or estimates that were made to fulfil it."""

import csv

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.claim_results import (
    ESTIMATES,
    FITTED,
    STATISTICS,
    ClaimPlace,
    ClaimResult,
    ClaimResults,
)
from kunnskapsgrunnlag.book.evaluate import evaluate
from kunnskapsgrunnlag.book.marks import read_chapters, read_text
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import ROOT, claim_of, store_of, value_of

FILE = "chapters/kapittel-5.md"
ONE, OTHER = "tabell-14/personer/oslo", "tabell-16/med_barn/oslo"
COMPARED = f"{ONE} over {OTHER}"


def store(one: str = "trykt", other: str = "offisiell", cell: str = "l:B2") -> Store:
    return store_of(
        {
            "tabell-14": [value_of(ONE, value=2.0, origin=one, cells=("k:B2",), region="oslo")],
            "tabell-16": [value_of(OTHER, value=1.0, origin=other, cells=(cell,), region="oslo")],
        }
    )


def judged(catalog: Catalog, numbers: Store, braces: str) -> ClaimResult:
    """The claim of a sentence with these braces."""
    text = read_text("kapittel-5", FILE, f"# A {{#a}}\n\n[Det er flere.]{{.pastand {braces}}}\n")
    (result,) = evaluate(numbers, [text], catalog).claims.values()
    return result


@pytest.mark.parametrize(
    ("one", "other", "fitted", "expected"),
    [
        ("trykt", "offisiell", "", STATISTICS),
        ("trykt", "leveranse", ' gitt="tabell-13-02"', STATISTICS),
        ("trykt", "estimat", "", ESTIMATES),
        ("estimat", "offisiell", ' gitt="tabell-13-02"', FITTED),
    ],
)
def test_the_basis_follows_the_numbers_and_what_was_fitted(
    catalog: Catalog, one: str, other: str, fitted: str, expected: str
) -> None:
    assert judged(catalog, store(one, other), f'sjekk="{COMPARED}"{fitted}').basis == expected


def test_a_number_that_is_read_and_not_cited_counts(catalog: Catalog) -> None:
    """The first clause fails, the second one reads the estimate."""
    check = f'sjekk="{ONE} under 1 og {OTHER} over 0"'
    assert judged(catalog, store(other="estimat"), check).basis == ESTIMATES


@pytest.mark.parametrize(
    ("braces", "message"),
    [
        (f'sjekk="{COMPARED}"', "påstanden sammenligner et tall med seg selv: "
         f"{ONE} og {OTHER} er begge lest fra k:B2."),
        ("", 'en .pastand uten sjekk prøver ingenting. Skriv {.pastand sjekk="…"}.'),
        (f"sjekk='{COMPARED}'", "klammene har «sjekk='tabell-14"),
        ('sjekk="høyest(tabell-14/personer/bydeler) = Stovner"', "tegn 38: «Stovner» skrives"),
        ('sjekk="høyest(tabell-14/personer/bydeler) = stovnar"', "navnet «stovnar» finnes ikke."),
        ('kode="finnes-ikke"', "ingen funksjon heter «finnes-ikke»."),
    ],
)  # fmt: skip
def test_a_claim_that_tests_nothing_stops_the_build(
    catalog: Catalog, braces: str, message: str
) -> None:
    with pytest.raises(KgError) as stopped:
        judged(catalog, store(cell="k:B2"), braces)
    assert str(stopped.value).startswith(f"{FILE}:3: {message}")


def test_a_missing_number_leaves_the_claim_open(catalog: Catalog) -> None:
    numbers = store_of({"tabell-14": [value_of(ONE, "..", None, region="oslo")]})
    result = judged(catalog, numbers, f'sjekk="{ONE} over 1"')
    assert (result.holds, result.because) == (None, f"påstanden trenger «{ONE}», som mangler.")


def test_numbers_of_one_measure_may_share_their_cells(catalog: Catalog) -> None:
    """Figur 21 counts a group: each of its members has the whole group's cells."""
    addresses = [f"figur-21/antall/{key}" for key in ("startlan", "ungbo")]
    rows = [value_of(a, value=2.0, category=a.rpartition("/")[2]) for a in addresses]
    check = f'sjekk="{addresses[0]} under {addresses[1]}"'
    assert judged(catalog, store_of({"figur-21": rows}), check).holds is False


def test_the_same_expression_is_one_claim_with_its_places(catalog: Catalog) -> None:
    line = f'[Det er flere.]{{.pastand sjekk="{COMPARED}"}}'
    wrapped = line.replace(" over ", "\n  over ")
    text = read_text("kapittel-5", FILE, f"# A {{#a}}\n\n{line}\n\n{wrapped}\n")
    (result,) = evaluate(store(), [text], catalog).claims.values()
    assert [place.line for place in result.places] == [3, 5]


def test_the_three_kinds_are_counted_apart() -> None:
    places = [ClaimPlace(FILE, 1)]
    kinds = [STATISTICS] * 3 + [ESTIMATES] * 2 + [FITTED]
    claims = {f"p{at}": claim_of(basis=kind, places=places) for at, kind in enumerate(kinds)}

    assert ClaimResults(claims | {"borte": claim_of()}).counted() == (
        "3 prøvd mot statistikk, 2 mot anslag, 1 lagt inn i anslagene og ikke prøvd"
    )


def test_what_a_claim_is_fitted_to_is_known_of_an_item_that_it_reads(
    catalog: Catalog, real_values: dict[str, list[Value]]
) -> None:
    """Each id stands in the list of what the models were given."""
    path = ROOT / "data" / "raw" / "estimat" / "opplysninger.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        item_of = {row["opplysning"]: row["element"] for row in csv.DictReader(file, delimiter=";")}
    texts = read_chapters(ROOT, catalog)
    results = evaluate(store_of(real_values), texts, catalog).claims
    fitted = [m for text in texts for m in text.marks if m.attributes.pairs.get("gitt")]
    assert fitted
    for mark in fitted:
        facts = mark.attributes.pairs["gitt"].split(", ")
        assert set(facts) <= set(item_of), mark
        read = {address.partition("/")[0] for address in results[mark.claim_name].numbers}
        # The households of tabell 15 give the persons of tabell 13 and the shares of 14 and 16.
        assert read & ({item_of[fact] for fact in facts} | {"tabell-14"}), mark
        assert results[mark.claim_name].basis == FITTED, mark
