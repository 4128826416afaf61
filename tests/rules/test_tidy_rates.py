import math
from pathlib import Path

import pandas as pd
import pytest

from kunnskapsgrunnlag.catalog import Source
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.fetch.snapshot import read_snapshot
from kunnskapsgrunnlag.tidy.rates import tidy_rates
from kunnskapsgrunnlag.tidy.table import measures_of
from tests.conftest import ROOT, write_snapshot

HEADING = "gjelder fra;sats;gruppe;verdi;enhet;status;kilde\n"
ROW = "2021-06-01;øvre boutgift;1 person;73104,5;kr per år;publisert;årsrapport\n"
SOURCE = Source(file="regler/x.csv", reader="rates")


def tidy(folder: Path, rows: str, heading: str = HEADING) -> pd.DataFrame:
    snapshot = write_snapshot(folder, "regler/x.csv", heading + rows, "regler-x")
    return tidy_rates(snapshot, SOURCE)


def test_a_row_becomes_a_rate_with_its_cell(tmp_path: Path) -> None:
    (row,) = tidy(tmp_path, ROW).to_dict("records")

    assert row == {
        "valid_from": "2021-06-01",
        "name": "øvre boutgift",
        "group": "1 person",
        "unit": "kr per år",
        "status": "publisert",
        "source_text": "årsrapport",
        "value": 73104.5,
        "value__cell": "regler-x:D2",
        "value__symbol": "",
    }


def test_a_rate_that_is_not_known_keeps_its_symbol(tmp_path: Path) -> None:
    (row,) = tidy(tmp_path, ROW.replace("73104,5", "..")).to_dict("records")

    assert math.isnan(row["value"])
    assert row["value__symbol"] == ".."


def test_rates_are_sorted_by_name_and_date(tmp_path: Path) -> None:
    table = tidy(tmp_path, ROW + ROW.replace("2021", "2020") + ROW.replace("øvre", "nedre"))

    assert table["name"].tolist()[0] == "nedre boutgift"
    assert table["valid_from"].tolist()[1:] == ["2020-06-01", "2021-06-01"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2021-06-01", "1.6.2021", r"row 2, «gjelder fra»: expected a date such as 2021-06-01"),
        ("øvre boutgift", "", r"row 2, «sats»: expected words"),
        ("kr per år", "", r"row 2, «enhet»: expected words"),
        ("årsrapport", " ", r"row 2, «kilde»: expected words"),
        ("publisert", "sikkert", r"row 2, «status»: expected one of belagt, .*found «sikkert»"),
        ("73104,5", "mye", r"row 2, «verdi»: expected a number from 0, found «mye»"),
        ("73104,5", "", r"row 2, «verdi»: expected a number from 0, found «»"),
        ("73104,5", "-1", r"row 2, «verdi»: expected a number from 0, found «-1»"),
        ("73104,5", "nan", r"row 2, «verdi»: expected a number from 0, found «nan»"),
        (";årsrapport", "", r"row 2: expected 7 cells, found 6"),
    ],
)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(KgError, match=r"^data/raw/regler/x\.csv, " + message):
        tidy(tmp_path, ROW.replace(old, new))


def test_other_headings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"regler/x\.csv, row 1: expected the headings gjelder fra;"):
        tidy(tmp_path, ROW, HEADING.replace("sats", "navn"))


def test_a_rate_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="expected one row per name, group, valid_from"):
        tidy(tmp_path, ROW + ROW)


def test_a_heading_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="a heading but no rows"):
        tidy(tmp_path, "")


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
