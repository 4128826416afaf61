"""Which file a source is read from, and what a delivery must say of itself."""

from datetime import datetime
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Column, Source
from kunnskapsgrunnlag.sources.locate import open_source
from tests.conftest import write_snapshot
from tests.sources.formats.books import book_of, saved

ENTRY = Source(
    file="estimat/tabell-1.csv",
    reader="delivery",
    delivery="tabell-1",
    title="Personer i bydelene",
    key=["region"],
    columns={
        "område": Column(name="region", role="region"),
        "personer": Column(name="persons", role="measure", unit="personer"),
    },
)


FACTS = {
    "Periode": "2025",
    "Uttrekksdato": "3. mars 2026",
    "Eier": "Statistisk sentralbyrå",
    "Definisjon": "Personer etter SSBs definisjon",
    "Kontakt": "Seksjon for inntekt",
    "Lisens": "CC BY 4.0",
}


TABLE = "område;personer\nOslo;{}\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    write_snapshot(
        tmp_path,
        ENTRY.file,
        TABLE.format(1),
        title="Personer i bydelene, 2020 (anslag)",
        owner="Modellert",
        origin="estimat",
        period="2020",
    )
    made.deliveries.mkdir(parents=True)
    return made


def deliver(project: Project, facts: dict[str, str], number: int = 3) -> None:
    head = "".join(f"{name}:;{words};Veiledning\n" for name, words in facts.items())
    text = f"Om leveransen\n{head}\n{TABLE.format(number)}"
    (project.deliveries / "tabell-1.csv").write_text(text, encoding="utf-8")


def test_a_delivery_is_what_it_says_and_nothing_of_the_estimate(project: Project) -> None:
    estimate = open_source(project, "k", ENTRY).provenance
    deliver(project, FACTS)

    snapshot = open_source(project, "k", ENTRY)

    found = snapshot.provenance
    assert (estimate.title, estimate.origin) == ("Personer i bydelene, 2020 (anslag)", "estimat")
    assert (found.title, found.origin) == ("Personer i bydelene, 2025", "leveranse")
    assert (found.owner, found.period) == ("Statistisk sentralbyrå", "2025")
    assert (found.vintage, found.licence) == ("uttrekk 3. mars 2026", "CC BY 4.0")
    assert snapshot.table.rows == [["område", "personer"], ["Oslo", "3"]]
    assert snapshot.table.skipped == []
    deliver(project, FACTS | {"Periode": "i fjor"})
    with pytest.raises(KgError, match="perioden er «i fjor», uten årstall"):
        open_source(project, "k", ENTRY)


def test_a_workbook_says_it_in_a_sheet_of_its_own(project: Project) -> None:
    book = book_of([["område", "personer"], ["Oslo", 3]])
    about = book.create_sheet("Om leveransen")
    # Excel makes a number of a year and a date of a date.
    typed = FACTS | {"Periode": 2025, "Uttrekksdato": datetime(2026, 3, 3)}
    for name, words in typed.items():
        about.append([name, words])
    (project.deliveries / "tabell-1.xlsx").write_bytes(saved(book))

    found = open_source(project, "k", ENTRY).provenance

    assert (found.period, found.vintage) == ("2025", "uttrekk 3. mars 2026")
    assert found.contact == "Seksjon for inntekt"


@pytest.mark.parametrize("lacking", [name for name in FACTS if name != "Uttrekksdato"])
def test_a_delivery_that_does_not_say_what_it_is_of_is_refused(
    project: Project, lacking: str
) -> None:
    deliver(project, FACTS | {lacking: ""})

    with pytest.raises(KgError) as problem:
        open_source(project, "levering-tabell-1", ENTRY)

    words = str(problem.value)
    assert words.startswith(
        f"data/raw/leveranser/tabell-1.csv: leveransen mangler {lacking.lower()}. "
    )
    assert words.endswith("kg receive tabell-1.csv.")
