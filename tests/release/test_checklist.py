"""Each point of the checklist: what it finds, and that it is quiet where nothing is wrong."""

import datetime
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from kunnskapsgrunnlag.book.claim_results import ClaimPlace, ClaimResults
from kunnskapsgrunnlag.catalog.schema import Edition, Item
from kunnskapsgrunnlag.editions.status import ASKED, ORDERED, RECEIVED, SAME, SourceState
from kunnskapsgrunnlag.release import checklist
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.item_results import ItemResult
from tests.conftest import claim_of, item_of, receipt_of, result_of


def results(**more: Any) -> dict[str, ItemResult]:
    own: dict[str, Any] = {"sources": sources(k="trykt"), "alt": "Stolper: 3 i 2020."}
    return {"tabell-1": result_of("tabell-1", [], **own | more)}


def sources(**origins: str) -> dict[str, Receipt]:
    return {key: receipt_of(key, origin=origin) for key, origin in origins.items()}


ITEMS = {"tabell-1": item_of()}


CARRIED = {"edition": "2022", "period": "2020"}
WAITING = CARRIED | {"waits": "leveransen tabell-1"}


def carrying(**mark: str) -> dict[str, Item]:
    """The item, with numbers from an earlier edition."""
    return {"tabell-1": item_of(carried=mark)}


def test_uncommitted_files_are_an_error() -> None:
    (found,) = checklist.uncommitted([f"{n}.md" for n in range(9)])
    assert checklist.uncommitted([]) == []
    assert found.weight == "feil"
    assert "9 filer" in found.words
    assert found.words.endswith("0.md, 1.md, 2.md, 3.md, 4.md, 5.md og 3 til")


def test_the_list_says_each_point_once_with_what_to_do_and_the_rest_on_demand() -> None:
    found = [
        *checklist.rewrites([f"a.md:{n}: borte" for n in range(8)]),
        *checklist.imprint(
            Edition.model_construct(
                contact="",
                address="",
                isbn="1",
                next_edition="2",
                access_statement="u",
                organisation="3",
            )
        ),
        checklist.Objection("Gammel årgang", "ssb-1: 2020", "kg fetch ssb-1", weight="advarsel"),
    ]
    shown = list(checklist.lines(found, every=False))
    assert shown[:2] == [
        "Før utgaven kan gis ut: 2 punkter må ordnes.",
        "1. Teksten følger tallene (8)",
    ]
    assert shown[8:10] == [
        "   … og 2 til (kg release --alt)",
        "   Gjør: skriv setningen om, eller rett året i den",
    ]
    assert "   adressen der rapporten ligger mangler. Gjør: params.yaml: address" in shown
    assert shown[-4:] == [
        "Dette kan stå, men se på det først:",
        "3. Gammel årgang",
        "   ssb-1: 2020",
        "   Gjør: kg fetch ssb-1",
    ]
    assert "   a.md:7: borte" in checklist.lines(found, every=True)
    assert list(checklist.lines([], every=False)) == [
        "Før utgaven kan gis ut: ingen punkter må ordnes."
    ]


def test_published_estimate_is_an_error() -> None:
    both = sources(k="trykt", satser="estimat")
    state = SourceState("satser", "anslag", "2020", "estimat", "rett satsene")
    (found,) = checklist.estimates(ITEMS, results(origin="estimat", sources=both), [state])
    assert (found.weight, found.words, found.remedy) == ("feil", "satser: Tabell 1", "rett satsene")
    assert checklist.estimates(ITEMS, results()) == []
    assert checklist.estimates(ITEMS, results(sources=both)) == []  # it only checks


def test_what_readers_must_be_told_and_are_not_is_an_error() -> None:
    edition = Edition(
        key="2026", title="T", subtitle="U", owner="E", printed="p", date="2026-01-01",
        data_year=2025, contact="post@eksempel.no", address="https://eksempel.no", isbn="1",
        next_edition="høsten 2027", access_statement="https://uustatus.no/erklaring",
        organisation="123456789",
    )  # fmt: skip

    (lack,) = checklist.imprint(edition.model_copy(update={"contact": ""}))

    assert checklist.imprint(edition) == []
    assert (lack.weight, lack.remedy) == ("feil", "params.yaml: contact")
    assert lack.words == "adressen som lesere kan skrive til mangler"


def judged(**more: Any) -> ClaimResults:
    return ClaimResults({"steg": claim_of(**{"places": [ClaimPlace("chapters/a.md", 7)]} | more)})


def test_false_claim_is_an_error_only_where_a_sentence_makes_it() -> None:
    (found,) = checklist.claims(judged(holds=False))
    assert found.words.startswith("chapters/a.md:7: «")
    assert checklist.claims(judged(holds=False, places=[])) == []
    assert checklist.claims(judged()) == []
    assert checklist.claims(judged(holds=None))  # cannot be judged


def test_sentence_about_another_year_than_the_tables_last_is_a_warning() -> None:
    words = "kapittel-5.md:12: siste er 2023, tabellen går til 2025"
    (found,) = checklist.other_years(ClaimResults(other_years=[words]))
    assert (found.words, found.weight) == (words, "advarsel")
    assert checklist.other_years(ClaimResults()) == []


@pytest.mark.parametrize("alt", ["", "  ", "Tittel", "tittel.", "Undertittel"])
def test_missing_alt_text_and_one_that_repeats_the_title_are_errors(alt: str) -> None:
    assert [f.weight for f in checklist.alt_texts(ITEMS, results(alt=alt))] == ["feil"]
    assert checklist.alt_texts(ITEMS, results()) == []


def test_page_that_does_not_answer_is_an_error_and_pages_nobody_asked_for_a_warning() -> None:
    found = checklist.pages({"https://a.no/": "", "https://b.no/": "svarte 404"}, tried=True)
    assert [(each.weight, each.words) for each in found] == [("feil", "https://b.no/: svarte 404")]
    assert [each.weight for each in checklist.pages({}, tried=False)] == ["advarsel"]


@pytest.mark.parametrize(
    ("state", "due", "is_told"),
    [
        (SAME, datetime.date(2025, 12, 1), True),
        (ASKED, None, True),
        (SAME, datetime.date(2026, 12, 2), False),
        (SAME, None, False),
        (ORDERED, datetime.date(2025, 12, 1), False),
    ],
)
def test_vintage_that_should_have_a_newer_one_is_a_warning(
    state: str, due: datetime.date | None, is_told: bool
) -> None:
    source = SourceState("k", state, "2020", "offisiell", due=due)
    assert bool(checklist.vintages([source], datetime.date(2026, 12, 1))) is is_told


@dataclass(frozen=True)
class Change:
    """A number that changed, as far as the checklist asks."""

    item: str
    address: str


def diff_of(*changes: Change, unexplained: tuple[Change, ...] = ()) -> Any:
    return SimpleNamespace(changed=changes, unexplained=unexplained)


def test_item_that_says_it_is_carried_and_has_new_numbers_is_an_error() -> None:
    items, records = carrying(**CARRIED), results(periods={"k": [2025]})
    changed = diff_of(Change("tabell-1", "tabell-1/belop/2020"))
    (found,) = checklist.renewed_but_carried(items, records, changed)
    assert (found.weight, "Tabell 1" in found.words) == ("feil", True)
    assert checklist.renewed_but_carried(items, records, diff_of()) == []
    assert checklist.renewed_but_carried(items, records, None) == []
    assert checklist.renewed_but_carried(ITEMS, records, changed) == []


def test_item_with_a_source_that_is_still_old_keeps_its_mark() -> None:
    periods = {"k": [2025], "anslag": [2020]}
    records = results(sources=sources(k="leveranse", anslag="estimat"), periods=periods)
    state = SourceState("k", RECEIVED, "2025", "leveranse")
    (found,) = checklist.carried(carrying(**WAITING), records, [state])
    assert found.remedy == ""
    changed = diff_of(Change("tabell-1", "tabell-1/belop"))
    assert checklist.renewed_but_carried(carrying(**WAITING), records, changed) == []


def test_delivery_for_the_time_of_the_mark_is_the_editions_own() -> None:
    periods = {"k": [2020], "folketall": [2020]}
    records = results(sources=sources(k="leveranse", folketall="offisiell"), periods=periods)
    changed = diff_of(Change("tabell-1", "tabell-1/belop"))
    assert len(checklist.renewed_but_carried(carrying(**CARRIED), records, changed)) == 1


def test_an_owners_revision_for_the_time_of_the_mark_leaves_the_mark() -> None:
    records = results(sources=sources(k="offisiell"), periods={"k": [2020]})
    changed = diff_of(Change("tabell-1", "tabell-1/belop"))
    assert checklist.renewed_but_carried(carrying(**CARRIED), records, changed) == []


def test_number_that_changed_without_a_cause_is_an_error() -> None:
    change = Change("tabell-1", "tabell-1/belop/2020")
    (found,) = checklist.unexplained(diff_of(change, unexplained=(change,)))
    assert (found.weight, "tabell-1/belop/2020" in found.words) == ("feil", True)
    assert checklist.unexplained(diff_of(change)) == []
    assert checklist.unexplained(None) == []


def test_carried_item_is_a_warning_with_its_period_and_what_to_mend() -> None:
    items, state = carrying(**WAITING), SourceState("k", RECEIVED, "2020", "leveranse")
    (waiting,) = checklist.carried(items, {})
    (come,) = checklist.carried(items, results(periods={"k": [2025]}), [state])
    assert waiting.words == "Tabell 1: tall fra 2020; venter på leveransen tabell-1"
    assert waiting.remedy == ""
    assert come.remedy.startswith("leveransen er kommet: slett")
    assert "tabell-1" in come.remedy
    assert checklist.carried(ITEMS, {}) == []
