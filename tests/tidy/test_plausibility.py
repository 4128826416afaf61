"""A number that does not fit stops the build, until it is mended or a person accepts the cell."""

import json
from pathlib import Path
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.sources.cells import acceptances
from kunnskapsgrunnlag.sources.locate import open_source
from kunnskapsgrunnlag.tidy.plausibility import accept_cell, breaches_of, check_sources
from kunnskapsgrunnlag.tidy.read_all import read_source
from tests.conftest import write_snapshot

PAID = "område;år;mottakere\nAlna;2020;{}\nBjerke;2020;40\nOslo;2020;90\n"
SOURCE: dict[str, Any] = {
    "file": "oslo/x.csv",
    "reader": "delivery",
    "key": ["region", "year"],
    "columns": {
        "område": {"name": "region", "role": "region", "system": "navn"},
        "år": {"name": "year", "role": "year"},
        "mottakere": {"name": "n", "role": "measure", "unit": "personer", "min": 1},
    },
    "checks": [{"of": ["n"], "parts": ["alna", "bjerke"], "total": "oslo"}],
}
CATALOG = Catalog.model_validate(
    {
        "edition": {
            "key": "1",
            "title": "x",
            "subtitle": "x",
            "owner": "x",
            "printed": "x",
            "date": "2026-01-01",
            "data_year": 2025,
        },
        "sources": {"k": SOURCE},
        "items": {},
        "chapters": {},
    }
)


def project(folder: Path, alna: str) -> Project:
    """A checkout with one source, as it is after the stage that reads it."""
    write_snapshot(folder, "oslo/x.csv", PAID.format(alna), "k")
    return read_again(Project(folder))


def read_again(held: Project) -> Project:
    read_source(held, "k", CATALOG.sources["k"])
    return held


def accept(held: Project, at: str, reason: str) -> str:
    snapshot = open_source(held, "k", CATALOG.sources["k"])
    return accept_cell(snapshot, breaches_of(held, CATALOG, "k"), at, reason)


def error(held: Project) -> str:
    with pytest.raises(KgError) as problem:
        check_sources(held, CATALOG)
    return str(problem.value)


def test_numbers_that_fit_let_the_build_go_on(tmp_path: Path) -> None:
    check_sources(project(tmp_path, "50"), CATALOG)


def test_the_error_says_where_what_why_and_what_to_do(tmp_path: Path) -> None:
    assert error(project(tmp_path, "350")) == (
        "data/raw/oslo/x.csv, rad 4 (Oslo, 2020), kolonne C «mottakere»: 90 er ikke summen av de 2"
        "\N{NO-BREAK SPACE}delene, 390 (holdt mot data/raw/oslo/x.csv, rad 2 (Alna, 2020), kolonne "
        "C «mottakere»; data/raw/oslo/x.csv, rad 3 (Bjerke, 2020), kolonne C «mottakere»). Rett "
        'filen. Er tallet riktig likevel, skriver du kg register k --celle C4 --godta "hvorfor".'
    )


def test_a_cell_is_accepted_with_a_reason_that_reviewers_see(tmp_path: Path) -> None:
    held = project(tmp_path, "350")

    assert "C4 er godtatt, selv om 90 er ikke summen" in accept(held, "C4", "Bekreftet av eieren")

    check_sources(held, CATALOG)
    (told,) = json.loads(read_again(held).receipt("k").read_text("utf-8"))["accepted"]
    assert told.startswith("rad 4 (Oslo, 2020), kolonne C «mottakere»: 90 er ikke summen")
    assert told.endswith(": Bekreftet av eieren")


def test_another_number_in_the_cell_is_not_accepted(tmp_path: Path) -> None:
    held = project(tmp_path, "350")
    accept(held, "C4", "Bekreftet av eieren")
    path = held.raw / "oslo" / "x.csv"
    path.write_text(PAID.format("350").replace(";90", ";91"), encoding="utf-8")

    assert "91 er ikke summen" in error(read_again(held))
    assert acceptances(open_source(held, "k", CATALOG.sources["k"])) == []


def test_the_same_cell_lets_no_other_number_through(tmp_path: Path) -> None:
    held = project(tmp_path, "350")
    accept(held, "C4", "Bekreftet av eieren")
    path = held.raw / "oslo" / "x.csv"
    path.write_text(PAID.format("350").replace("Bjerke;2020;40", "Bjerke;2020;0"), encoding="utf-8")

    assert "rad 3 (Bjerke, 2020), kolonne C «mottakere»: 0 er ikke minst 1" in error(
        read_again(held)
    )


@pytest.mark.parametrize(("at", "reason"), [("C2", "fordi"), ("C4", "  "), ("", "fordi")])
def test_nothing_is_accepted_without_a_reason_or_a_cell(
    tmp_path: Path, at: str, reason: str
) -> None:
    with pytest.raises(KgError, match="Ingenting er godtatt"):
        accept(project(tmp_path, "350"), at, reason)
