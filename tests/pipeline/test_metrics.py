from pathlib import Path

from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.pipeline.metrics import metrics, write_plots
from tests.conftest import claim_of, store_of, value_of


def test_numbers_count_by_origin_and_claims_by_verdict() -> None:
    store = store_of({"a": [value_of(f"a/{name}", origin="estimat") for name in "bc"]})
    claims = ClaimResults({"x": claim_of(), "y": claim_of(holds=None)})
    assert metrics(store, claims, {"lik": 2}) == {
        "tall": {"estimat": 2},
        "påstander": {"holder": 1, "kan ikke prøves": 1},
        "trykte tall": {"lik": 2},
    }


def test_a_measure_is_a_csv_of_rows_and_numbers(tmp_path: Path) -> None:
    values = [
        value_of("tabell-6/leie/oslo/2020", "9,5", 9.5),
        value_of("tabell-6/leie/oslo/2021", "..", None),
    ]

    write_plots(values, tmp_path / "plots")

    (path,) = (tmp_path / "plots").iterdir()
    assert (path.name, path.read_text("utf-8")) == (
        "tabell-6-leie.csv",
        "rad,tall\noslo 2020,9.5\n",
    )
