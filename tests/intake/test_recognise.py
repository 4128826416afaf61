"""Which table a file is, and the one error of a file that is none."""

from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.intake.recognise import AmbiguityError, Arrival, recognise
from tests.conftest import ROOT

HEADING = "område;personer (prosent);husholdninger (prosent)"


def shares() -> str:
    """A made-up delivery of tabell 14: the estimate's own numbers."""
    return (ROOT / "data/raw/estimat/tabell-14.csv").read_text(encoding="utf-8-sig")


def sent(catalog: Catalog, text: str, name: str = "Fra SSB.csv", wanted: str = "") -> Arrival:
    return recognise(catalog, Path("/post") / name, text.encode(), wanted)


def refused(catalog: Catalog, text: str, name: str = "Fra SSB.csv", wanted: str = "") -> str:
    with pytest.raises(KgError) as problem:
        sent(catalog, text, name, wanted)
    return str(problem.value)


def test_a_file_is_known_by_its_headings_whatever_its_name(catalog: Catalog) -> None:
    arrival = sent(catalog, f"Tabell 99 (endelig)\n\n{shares()}\nKilde: SSB\n", "x.csv")
    assert arrival.source == "levering-tabell-14"
    assert len(arrival.rows) == 16
    assert arrival.table.skipped == ["rad 1: Tabell 99 (endelig)", "rad 21: Kilde: SSB"]


@pytest.mark.parametrize("name", ["tabell-11", "tabell-12", "tabell-17", "tabell-24", "tabell-30"])
def test_what_is_printed_until_it_is_delivered_is_known_too(catalog: Catalog, name: str) -> None:
    text = (ROOT / f"data/raw/trykt/{name}.csv").read_text(encoding="utf-8-sig")
    assert sent(catalog, text).source == f"trykt-{name}"


def test_a_file_that_may_be_two_tables_is_known_by_its_key_or_name_or_asked_for(
    catalog: Catalog,
) -> None:
    twin = catalog.sources["levering-tabell-14"].model_copy(update={"delivery": "tabell-44"})
    two = catalog.model_copy(update={"sources": catalog.sources | {"b": twin}})

    with pytest.raises(AmbiguityError, match="kan være tabell-14 eller tabell-44") as doubt:
        sent(two, shares())

    assert doubt.value.choices == ["tabell-14", "tabell-44"]
    assert sent(two, shares(), "Tabell 44 endelig.csv").source == "b"
    assert sent(two, f"Tabell;tabell-44\n{shares()}", "tabell 14.csv").source == "b"
    assert sent(two, shares(), wanted="tabell-44").source == "b"


def test_a_file_with_another_tables_key_is_refused(catalog: Catalog) -> None:
    words = refused(catalog, f"Tabell;tabell-16\n{shares()}")
    assert "filen sier at den er tabell-16, men overskriftene er de i tabell-14" in words


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Bjerke;8,1;6,0\n", "", "ventet en rad for hver av 16, fant ingen for «Bjerke»"),
        ("Bjerke;8,1", "Bjerke;8,1;", "Fra SSB.csv, rad 10"),
        (
            "Bjerke;",
            "Grorud;1;1\nBjerke;",
            "rad 12, kolonne A: ventet hver rad én gang, fant «Grorud»",
        ),
        ("Bjerke;8,1", "Bjerke;ca. 8", "rad 10, kolonne B «personer (prosent)»: ventet et tall"),
        ("Bjerke;", "Bergen sentrum;", "rad 10, kolonne A «område»"),
        (";personer (prosent)", ";personer (andel)", "Nærmest er tabell-14. Fra SSB.csv, rad 1"),
        (HEADING, "navn;antall;sum", "Ingen av leveransene har disse overskriftene."),
    ],
)
def test_a_faulty_file_is_one_error_of_the_table_that_it_is_nearest_to(
    catalog: Catalog, old: str, new: str, expected: str
) -> None:
    assert old in shares()
    assert expected in refused(catalog, shares().replace(old, new))


def test_what_is_wrong_with_the_file_itself_is_told_once(catalog: Catalog) -> None:
    assert "ventet en fil som heter .csv, .xlsx eller .ods, fant .pdf" in refused(
        catalog, "x", "x.pdf"
    )
    assert "ingen leveranse heter «tabell-99»" in refused(catalog, "x", wanted="tabell-99")


def test_a_count_of_one_to_three_is_never_taken_in(catalog: Catalog) -> None:
    text = (ROOT / "data/raw/estimat/tabell-13.csv").read_text(encoding="utf-8-sig")
    row = next(line for line in text.splitlines() if line.startswith("Bjerke;"))
    words = refused(catalog, text.replace(row, "Bjerke;2"))
    assert "Fra SSB.csv, celle B10: tallet er fra 1 til 3" in words
    assert sent(catalog, text.replace(row, "Bjerke;:")).source == "levering-tabell-13"


def test_a_sum_that_the_file_states_must_be_that_of_its_numbers(catalog: Catalog) -> None:
    total = "176,9"
    assert sent(catalog, f"Kontrollsum;{total}\n{shares()}").source == "levering-tabell-14"
    words = refused(catalog, f"Kontrollsum;{total}\n{shares().replace('8,1', '8,2')}")
    assert "kontrollsummen under «Om leveransen» er «176,9», men de 32 tallene" in words
    assert "til sammen 177,0" in words
