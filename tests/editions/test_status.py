"""When each source is expected next, and what is late."""

import datetime

import pytest

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.editions.letter import letter_of
from kunnskapsgrunnlag.editions.status import (
    ASKED,
    ORDERED,
    SAME,
    SourceState,
    due_words,
    source_states,
)
from kunnskapsgrunnlag.report import open_report
from tests.conftest import ROOT

TODAY = datetime.date(2026, 12, 1)


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> dict[str, SourceState]:
    monkeypatch.chdir(ROOT)
    return {state.key: state for state in source_states(open_report())}


def test_a_source_is_due_by_its_months_or_its_declared_days(states: dict[str, SourceState]) -> None:
    # Seen on 15 June, when the revised numbers came: the next are those of March.
    assert states["ssb-12008"].due == datetime.date(2027, 3, 15)
    assert states["ssb-12008"].comes.startswith("foreløpige KOSTRA-tall")
    # Seen on 22 December 2025, in the month in which they come.
    assert states["ssb-09895"].due == datetime.date(2026, 12, 1)
    assert states["husbanken-bostotte"].due == datetime.date(2026, 9, 1)
    assert states["trykt-figur-9"].due is None


def test_a_delivery_waits_for_its_giver_and_has_its_letter(states: dict[str, SourceState]) -> None:
    state = states["levering-tabell-14"]
    assert (state.state, state.giver) == (ORDERED, "SSB, på bestilling fra kommunen")
    assert state.next == "kg due --brev tabell-14"


@pytest.mark.parametrize(
    ("state", "due", "comes", "words"),
    [
        (SAME, datetime.date(2027, 2, 1), "", "februar 2027"),
        (SAME, datetime.date(2027, 6, 15), "rettede tall", "15. juni 2027"),
        (SAME, TODAY, "", "for sent: desember 2026"),
        (ASKED, None, "", "nå"),
        (ORDERED, None, "", "ikke avtalt"),
        (ORDERED, datetime.date(2026, 3, 1), "", "for sent: 1. mars 2026"),
        (SAME, None, "", ""),
    ],
)
def test_when_is_told_in_words(
    state: str, due: datetime.date | None, comes: str, words: str
) -> None:
    source = SourceState("k", state, "2020", "offisiell", due=due, comes=comes)
    assert due_words(source, TODAY) == words


def test_a_letter_asks_for_one_table_of_one_time(catalog: Catalog) -> None:
    words = letter_of(catalog, "levering-tabell-14")
    assert words.startswith("Til: SSB, på bestilling fra kommunen\nEmne: Tall til ")
    assert "andel vanskeligstilte personer og husholdninger i bydelene, for 2025." in words
    assert "Tallene brukes i tabell 14 og figur 18." in words
    assert "«område», «personer (prosent)» og «husholdninger (prosent)»" in words
    source = catalog.sources["trykt-tabell-30"].model_copy(update={"due": {"03-01": "regnskapet"}})
    dated = catalog.model_copy(update={"sources": {"k": source}})
    assert "til og med 2025." in letter_of(dated, "k")
    assert "innen 1. mars 2026." in letter_of(dated, "k")
