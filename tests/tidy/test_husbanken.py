import math
from pathlib import Path

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.tidy.husbanken import tidy_housing_allowance
from tests.conftest import Tables, write_snapshot

SOURCE = Source(file="husbanken/x.csv", reader="husbanken_bostotte")
HEADING = (
    "nivaa,kode,navn,aar,manedsnr,ant_husstander_utbetaling,utbetalt_belop,gjsnitt_bostotte,"
    "gjsnitt_boutgift_mnd,ant_over_tak\n"
)
OSLO = "fylke,Oslo,Oslo,2020,2,16000,50000000,3125.5,9000.25,12000\n"
COUNTRY = "landet,Norge,Norge,2020,1,0,115197,,,0\n"


def tidy(folder: Path, rows: str, heading: str = HEADING) -> pd.DataFrame:
    snapshot = write_snapshot(folder, "husbanken/x.csv", heading + rows, "husbanken")
    return tidy_housing_allowance(snapshot, SOURCE)


def test_a_row_becomes_a_region_and_a_month(tmp_path: Path) -> None:
    (row,) = tidy(tmp_path, OSLO).to_dict("records")

    assert (row["region"], row["year"], row["month"]) == ("oslo", 2020, 2)
    assert (row["recipients"], row["paid_nok"]) == (16000, 50000000)
    assert (row["mean_paid_nok_month"], row["mean_rent_nok_month"]) == (3125.5, 9000.25)
    assert row["over_cap"] == 12000
    assert (row["recipients__cell"], row["over_cap__cell"]) == ("husbanken:F2", "husbanken:J2")


def test_what_is_hidden_is_missing_with_its_sign(tmp_path: Path) -> None:
    (row,) = tidy(tmp_path, OSLO.replace("16000", ":")).to_dict("records")
    (nobody,) = tidy(tmp_path, COUNTRY).to_dict("records")

    assert math.isnan(row["recipients"])
    assert row["recipients__symbol"] == ":"
    # A mean of nobody is missing, and not zero.
    assert math.isnan(nobody["mean_paid_nok_month"])
    assert nobody["recipients"] == 0


def test_rows_are_sorted_by_region_and_month_and_columns_found_by_their_names(
    tmp_path: Path,
) -> None:
    bydel = OSLO.replace(",Oslo,Oslo", ",0311,x")
    rows = COUNTRY + OSLO + bydel + OSLO.replace("2020,2", "2020,1")
    turned = [",".join(reversed(line.split(","))) for line in (HEADING + rows).splitlines()]

    table = tidy(tmp_path, "\n".join(turned[1:]), turned[0] + "\n")

    keys = [["gamle-oslo", 2], ["hele-landet", 1], ["oslo", 1], ["oslo", 2]]
    assert table[["region", "month"]].to_numpy().tolist() == keys


def test_no_month_of_the_register_is_lost(tables: Tables) -> None:
    table = tables["husbanken-bostotte"]

    counts = table.groupby("region").size()
    assert len(table) == 17 * 199
    assert counts["oslo"] == counts["hele-landet"] == 199


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (OSLO + OSLO, r"husbanken/x\.csv: ventet hver rad én gang, fant «oslo"),
        (OSLO.replace(",Oslo,", ",Olso,"), r"«Olso» er ingen region i kodesystemet husbanken\."),
    ],
)
def test_what_is_no_row_of_the_register_is_refused(tmp_path: Path, rows: str, problem: str) -> None:
    with pytest.raises(KgError, match=problem):
        tidy(tmp_path, rows)
