"""A level of 357 made-up areas, some merged, missing or hidden; on one machine and on a cluster."""

import csv
import io

import pytest
from pypdf import PdfReader

from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.publish.profiles.cluster import on_cluster
from kunnskapsgrunnlag.publish.profiles.make import ProfileKit, make_area
from kunnskapsgrunnlag.publish.profiles.stage import on_this_machine
from tests.publish.profiles.levels import ROOT, kit_of, made_up, numbers_of

COUNT = 357
# Merged in 2020; hidden in 2016; without a row for 2018.
MERGED, HIDDEN, LACKING = "krets-0", "krets-5", "krets-7"


@pytest.fixture(scope="module")
def kit() -> ProfileKit:
    return kit_of(numbers_of(*made_up(COUNT)), read_catalog(ROOT / "params.yaml"))


def _years(kit: ProfileKit, area: str) -> dict[str, tuple[str, str]]:
    """Year -> number and sign of the area's rate, as its CSV has them."""
    text = make_area(kit, area)[f"kretser/{area}.csv"].decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    own = [row for row in rows if row["Adresse"].startswith(f"profil-krets/mottak/{area}/")]
    return {row["År"]: (row["Tall"], row["Tegn"]) for row in own}


def test_every_area_has_its_page_print_and_numbers(kit: ProfileKit) -> None:
    for area in (MERGED, HIDDEN, LACKING, f"krets-{COUNT - 1}"):
        made = make_area(kit, area)
        assert len(PdfReader(io.BytesIO(made[f"kretser/{area}.pdf"])).pages) == 2
        assert f"Kretsprofil 2026: Krets {area.partition('-')[2]}" in made[
            f"kretser/{area}.html"
        ].decode("utf-8")
        # With so many areas no profile lists them all.
        assert 'id="alle"' not in made[f"kretser/{area}.html"].decode("utf-8")


def test_a_merged_area_has_the_years_before(kit: ProfileKit) -> None:
    assert all(number for number, _ in _years(kit, MERGED).values())
    assert set(_years(kit, MERGED)) == {str(year) for year in range(2015, 2026)}


def test_a_hidden_number_stays_hidden_everywhere(kit: ProfileKit) -> None:
    assert _years(kit, HIDDEN)["2016"] == ("", ":")
    value = kit.numbers.series("mottak", HIDDEN)[2016]
    assert (value.value, value.text, value.low, value.high) == (None, ":", None, None)
    trace = make_area(kit, HIDDEN)["sporing/profil-krets-krets-5.html"].decode("utf-8")
    section = trace.partition('id="mottak.krets-5.2016"')[2].partition("</section>")[0]
    assert "<strong>:</strong>" in section


def test_a_year_that_lacks_is_no_zero(kit: ProfileKit) -> None:
    assert "2018" not in _years(kit, LACKING)


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes(kit: ProfileKit) -> None:
    from distributed import LocalCluster

    areas = list(kit.numbers.areas.names)[:6]
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        made = list(on_cluster(cluster.scheduler_address)(kit, areas))
    assert made == list(on_this_machine(kit, areas))
