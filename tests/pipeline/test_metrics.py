from pathlib import Path
from typing import Any

from kunnskapsgrunnlag.pipeline.metrics import metrics, write_plots


def test_numbers_count_by_origin_and_claims_by_verdict() -> None:
    store = {"values": {"a/b": {"origin": "estimat"}, "a/c": {"origin": "estimat"}}}
    claims = {"claims": {"x": {"holds": True}, "y": {"holds": None}}}

    assert metrics(store, claims, {"lik": 2}) == {
        "tall": {"estimat": 2},
        "påstander": {"holder": 1, "kan ikke prøves": 1},
        "trykte tall": {"lik": 2},
    }


def test_a_measure_is_a_csv_of_rows_and_numbers(tmp_path: Path) -> None:
    values: dict[str, dict[str, Any]] = {
        "tabell-6/leie/oslo/2020": {"value": 9.5},
        "tabell-6/leie/oslo/2021": {"value": None},
    }

    write_plots(values, tmp_path / "plots")

    (path,) = (tmp_path / "plots").iterdir()
    assert (path.name, path.read_text("utf-8")) == (
        "tabell-6-leie.csv",
        "rad,tall\noslo 2020,9.5\n",
    )
