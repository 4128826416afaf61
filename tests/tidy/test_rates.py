import math
from pathlib import Path

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.sources.snapshot import read_snapshot
from kunnskapsgrunnlag.tidy.rates import tidy_rates
from kunnskapsgrunnlag.tidy.table import measures_of
from tests.conftest import ROOT, write_snapshot

HEADING = "gjelder fra;gjelder til;sats;gruppe;verdi;usikkerhet;enhet;status;kilde\n"
ROW = "2021-06-01;;øvre boutgift;1 person;73104,5;6;kr per år;publisert;årsrapport\n"
EARLIER = ROW.replace("2021-06-01;", "2020-06-01;2021-05-31")
SOURCE = Source(file="regler/x.csv", reader="rates")


def tidy(folder: Path, rows: str, heading: str = HEADING) -> pd.DataFrame:
    snapshot = write_snapshot(folder, "regler/x.csv", heading + rows, "regler-x")
    return tidy_rates(snapshot, SOURCE)


def test_a_row_becomes_a_rate_with_its_cell(tmp_path: Path) -> None:
    (row,) = tidy(tmp_path, ROW).to_dict("records")

    assert row == {
        "valid_from": "2021-06-01",
        "valid_to": "",
        "name": "øvre boutgift",
        "group": "1 person",
        "unit": "kr per år",
        "status": "publisert",
        "source_text": "årsrapport",
        "value": 73104.5,
        "value__cell": "regler-x:E2",
        "value__symbol": "",
        "value__half": 6,
    }


def test_rates_are_sorted_by_name_and_date_and_keep_their_symbols(tmp_path: Path) -> None:
    unknown = EARLIER.replace("73104,5", "..")
    table = tidy(tmp_path, ROW + unknown + ROW.replace("øvre", "nedre"))

    assert table["name"].tolist()[0] == "nedre boutgift"
    assert table["valid_from"].tolist()[1:] == ["2020-06-01", "2021-06-01"]
    assert math.isnan(table["value"][1])
    assert table["value__symbol"].tolist() == ["", "..", ""]


def test_a_file_that_is_no_table_of_rates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"regler/x\.csv, rad 1: ventet overskriftene gjelder fra;"):
        tidy(tmp_path, ROW, HEADING.replace("sats", "navn"))
    with pytest.raises(KgError, match="ventet hver rad én gang, fant «øvre boutgift"):
        tidy(tmp_path, ROW + ROW)
    with pytest.raises(KgError, match="overskrifter og ingen rader"):
        tidy(tmp_path, "")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2021-06-01", "1.6.2021", r"rad 2, «gjelder fra»: ventet en dato som 2021-06-01"),
        ("øvre boutgift", "", r"rad 2, «sats»: ventet ord"),
        ("kr per år", "", r"rad 2, «enhet»: ventet ord"),
        ("årsrapport", " ", r"rad 2, «kilde»: ventet ord"),
        ("publisert", "sikkert", r"rad 2, «status»: ventet én av belagt, .*fant «sikkert»"),
        ("73104,5", "mye", r"rad 2, «verdi»: ventet et tall fra 0, fant «mye»"),
        ("73104,5", "", r"rad 2, «verdi»: ventet et tall fra 0, fant «»"),
        ("73104,5", "-1", r"rad 2, «verdi»: ventet et tall fra 0, fant «-1»"),
        ("73104,5", "nan", r"rad 2, «verdi»: ventet et tall fra 0, fant «nan»"),
        (";6;", ";litt;", r"rad 2, «usikkerhet»: ventet et tall fra 0, fant «litt»"),
        ("01;;øvre", "01;snart;øvre", r"rad 2, «gjelder til»: ventet en dato"),
        (";årsrapport", "", r"rad 2: ventet 9 celler, fant 8"),
    ],
)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(KgError, match=r"^data/raw/regler/x\.csv, " + message):
        tidy(tmp_path, ROW.replace(old, new))


THREE = (
    "2019-01-01;2019-12-31;sats;;10;;kr;belagt;lov\n"
    "2020-01-01;2020-12-31;sats;;11;;kr;belagt;lov\n"
    "2021-01-01;;sats;;12;;kr;belagt;lov\n"
)


@pytest.mark.parametrize(
    ("deleted", "found", "expected"), [(1, "2019-12-31", "2020-12-31"), (2, "2020-12-31", "")]
)
def test_a_deleted_row_is_missed(tmp_path: Path, deleted: int, found: str, expected: str) -> None:
    rows = THREE.splitlines(keepends=True)

    with pytest.raises(KgError, match=f"gjelder til «{found}», ventet «{expected}»") as problem:
        tidy(tmp_path, "".join(rows[:deleted] + rows[deleted + 1 :]))
    assert f"rad {deleted + 1}, «gjelder til»: «sats»" in str(problem.value)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data/raw/regler").glob("*.csv")), ids=lambda path: path.stem
)
def test_the_tables_of_the_repository_are_registered_and_read(path: Path) -> None:
    snapshot = read_snapshot(f"regler-{path.stem}", path)

    table = tidy_rates(snapshot, SOURCE)

    assert not snapshot.changed
    assert snapshot.sha256_bytes == snapshot.provenance.sha256_bytes
    assert snapshot.content.startswith(b"\xef\xbb\xbf")
    assert (len(table), measures_of(table)) == (len(snapshot.grid) - 1, ["value"])
