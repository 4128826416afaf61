"""What is known of a delivery, what is asked, and what follows in its provenance."""

from datetime import date
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.intake.facts import cause_of, facts_of, message_of, provenance_of, questions
from kunnskapsgrunnlag.intake.recognise import Arrival, recognise
from kunnskapsgrunnlag.report import Report
from tests.conftest import ROOT

ANSWERS = {"period": "2025", "owner": "SSB", "definition": "Personer", "contact": "Seksjon"}
ANSWERS |= {"licence": "CC BY 4.0"}


@pytest.fixture
def report(catalog: Catalog, tmp_path: Path) -> Report:
    return Report(Project(tmp_path), catalog)


def arrival(report: Report, name: str, above: str = "") -> Arrival:
    text = (ROOT / "data/raw" / name).read_text(encoding="utf-8-sig")
    return recognise(report.catalog, Path("fil.csv"), f"{above}{text}".encode())


def test_file_and_options_together_say_what_a_delivery_is(report: Report) -> None:
    sent = arrival(report, "estimat/tabell-14.csv", "Periode;2025\nEier;SSB\n")
    assert facts_of(sent, {"owner": "SSB", "contact": "Seksjon", "licence": ""}) == {
        "period": "2025",
        "owner": "SSB",
        "contact": "Seksjon",
    }
    with pytest.raises(KgError, match="filen sier «SSB» om eier, og --eier «NAV»"):
        facts_of(sent, {"owner": "NAV"})


def test_rows_with_years_say_the_period_and_are_not_contradicted(report: Report) -> None:
    sent = arrival(report, "trykt/tabell-30.csv")
    assert facts_of(sent, {})["period"] == "2016–2020"
    assert facts_of(sent, {"period": "2020"})["period"] == "2016–2020"
    with pytest.raises(KgError, match="perioden er «2025», men radene gjelder 2016–2020"):
        facts_of(sent, {"period": "2025"})


def test_what_remains_is_asked_with_the_likeliest_answer(report: Report) -> None:
    sent = arrival(report, "estimat/tabell-14.csv")
    asked = {question.name: question.likely for question in questions(report, sent, {})}
    assert asked == {
        "period": "2025",
        "owner": "Statistisk sentralbyrå",
        "definition": "",
        "contact": "",
        "licence": "CC BY 4.0",
    }
    assert [q.option for q in questions(report, sent, ANSWERS | {"contact": " "})] == ["--kontakt"]


def test_provenance_has_the_answers_words_and_none_of_the_estimates(report: Report) -> None:
    sent = arrival(report, "estimat/tabell-14.csv")
    made = provenance_of(report, sent, ANSWERS, date(2026, 12, 1))
    assert made.title == "Andel vanskeligstilte personer og husholdninger i bydelene, 2025"
    assert (made.owner, made.origin, made.vintage) == (
        "SSB",
        "leveranse",
        "mottatt 1. desember 2026",
    )
    assert (made.bands, made.notes, len(made.history)) == ({}, [], 1)
    said = ANSWERS | {"extracted": "3. mars 2026"}
    assert provenance_of(report, sent, said, date(2026, 12, 1)).vintage == "uttrekk 3. mars 2026"


def test_the_same_numbers_once_more_are_no_revision_of_their_owner(report: Report) -> None:
    before = provenance_of(
        report, arrival(report, "estimat/tabell-14.csv"), ANSWERS, date(2026, 12, 1)
    )

    assert cause_of(ANSWERS, before, before.sha256_cells) is None
    assert cause_of(ANSWERS, before, "0" * 64) == "revidert-av-eier"
    assert cause_of(ANSWERS | {"period": "2026"}, before, "0" * 64) == "ny-periode"


def test_a_commit_names_tables_and_periods(report: Report) -> None:
    taken = {"levering-tabell-13": "2025", "levering-tabell-14": "2025", "trykt-tabell-30": "2024"}
    assert message_of(report, taken) == (
        "Tabell 13 og tabell 14 for 2025 og tabell 30 for 2024 mottatt"
    )
