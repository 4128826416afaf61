"""A number that does not fit stops the build, until it is mended or a person accepts the cell."""

import json
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog, Check, Column, Source
from kunnskapsgrunnlag.sources.cells import acceptances
from kunnskapsgrunnlag.sources.locate import open_source
from kunnskapsgrunnlag.tidy import reading
from kunnskapsgrunnlag.tidy.plausibility import accept_cell
from kunnskapsgrunnlag.tidy.read_all import read_sources
from tests.conftest import write_snapshot

PAID = "område;år;mottakere\nAlna;2020;{}\nBjerke;2020;40\nOslo;2020;90\n"
COLUMNS = {
    "område": Column(name="region", role="region", system="navn"),
    "år": Column(name="year", role="year"),
    "mottakere": Column(name="n", role="measure", unit="personer", min=1),
}
SUM = Check(of=["n"], parts=["alna", "bjerke"], total="oslo")
SOURCE = Source(
    file="oslo/x.csv", reader="delivery", key=["region", "year"], columns=COLUMNS, checks=[SUM]
)
WORDS = dict.fromkeys(("key", "title", "subtitle", "owner", "printed"), "x")
EDITION = WORDS | {"date": "2026-01-01", "data_year": 2025}
CATALOG = Catalog.model_validate(
    {"edition": EDITION, "sources": {"k": SOURCE}, "items": {}, "chapters": {}}
)


def project(folder: Path, alna: str) -> Project:
    """A checkout with one source."""
    write_snapshot(folder, "oslo/x.csv", PAID.format(alna), "k")
    return Project(folder)


def write(checkout: Project, table: str) -> None:
    (checkout.raw / "oslo" / "x.csv").write_text(table, encoding="utf-8")


def accept(checkout: Project, at: str, reason: str) -> str:
    return accept_cell(CATALOG, reading(checkout, CATALOG), "k", at, reason)


def refused(checkout: Project) -> str:
    with pytest.raises(KgError) as problem:
        read_sources(checkout, CATALOG)
    return str(problem.value)


def test_no_other_number_is_accepted(tmp_path: Path) -> None:
    checkout = project(tmp_path, "350")
    accept(checkout, "C4", "Bekreftet av eieren")

    write(checkout, PAID.format("350").replace("Bjerke;2020;40", "Bjerke;2020;0"))
    assert "rad 3 (Bjerke, 2020), kolonne C «mottakere»: 0 er ikke minst 1" in refused(checkout)

    write(checkout, PAID.format("350").replace(";90", ";91"))
    assert "91 er ikke summen" in refused(checkout)
    assert acceptances(open_source(checkout, "k", CATALOG.sources["k"])) == []


def test_the_error_says_where_what_why_and_what_to_do(tmp_path: Path) -> None:
    assert refused(project(tmp_path, "350")) == (
        "data/raw/oslo/x.csv, rad 4 (Oslo, 2020), kolonne C «mottakere»: 90 er ikke summen av de 2"
        "\N{NO-BREAK SPACE}delene, 390 (holdt mot data/raw/oslo/x.csv, rad 2 (Alna, 2020), kolonne "
        "C «mottakere»; data/raw/oslo/x.csv, rad 3 (Bjerke, 2020), kolonne C «mottakere»). Rett "
        'filen. Er tallet riktig likevel, skriver du kg register k --celle C4 --godta "hvorfor".'
    )


def test_a_cell_is_accepted_with_a_reason_that_reviewers_see(tmp_path: Path) -> None:
    checkout = project(tmp_path, "350")

    assert "C4 er godtatt, selv om 90 er ikke summen" in accept(
        checkout, "C4", "Bekreftet av eieren"
    )

    read_sources(checkout, CATALOG)
    (shown,) = json.loads(checkout.receipt("k").read_text("utf-8"))["accepted"]
    assert shown.startswith("rad 4 (Oslo, 2020), kolonne C «mottakere»: 90 er ikke summen")
    assert shown.endswith(": Bekreftet av eieren")


@pytest.mark.parametrize(("at", "reason"), [("C2", "fordi"), ("C4", "  "), ("", "fordi")])
def test_nothing_is_accepted_without_a_reason_or_a_cell(
    tmp_path: Path, at: str, reason: str
) -> None:
    with pytest.raises(KgError, match="Ingenting er godtatt"):
        accept(project(tmp_path, "350"), at, reason)
