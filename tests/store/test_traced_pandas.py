"""pandas' own tests of an extension dtype, run on `traced`; what is refused says why."""

# ruff: noqa: F401, F811
from typing import Any

import pandas as pd
import pytest
from pandas.tests.extension import base  # type: ignore[import-not-found]
from pandas.tests.extension.conftest import (  # type: ignore[import-not-found]
    all_arithmetic_operators,
    all_boolean_reductions,
    all_data,
    all_numeric_accumulations,
    all_numeric_reductions,
    all_reductions,
    as_array,
    as_frame,
    as_series,
    box_in_series,
    comparison_op,
    data_repeated,
    fillna_method,
    groupby_apply_op,
    invalid_scalar,
    na_cmp,
    na_value,
    use_numpy,
    using_nan_is_na,
)

from kunnskapsgrunnlag.store.traced_array import (
    REDUCTIONS,
    LineageError,
    TracedArray,
    TracedDtype,
)
from tests.conftest import cell

pytestmark = pytest.mark.filterwarnings("default")


def column(values: list[float | None]) -> TracedArray:
    return TracedArray.of(
        None if value is None else cell(value, f"v{at}") for at, value in enumerate(values)
    )


@pytest.fixture
def dtype() -> TracedDtype:
    return TracedDtype()


@pytest.fixture
def data() -> TracedArray:
    return column([1.5, 2.5, *range(3, 11)])


@pytest.fixture
def data_for_twos() -> TracedArray:
    return column([2.0] * 10)


@pytest.fixture
def data_missing() -> TracedArray:
    return column([None, 1.0])


@pytest.fixture
def data_for_sorting() -> TracedArray:
    return column([2.0, 3.0, 1.0])


@pytest.fixture
def data_missing_for_sorting() -> TracedArray:
    return column([2.0, None, 1.0])


@pytest.fixture
def data_for_grouping() -> TracedArray:
    return column([2.0, 2.0, None, None, 1.0, 1.0, 2.0, 3.0])


ARITHMETIC = {
    f"__{side}{sign}__" for side in ("", "r") for sign in ("add", "sub", "mul", "truediv")
}
# Tests of pandas that `traced` does not pass, and why.
SKIPPED = {
    "test_rank": "a rank has no cells: refused",
    "test_rank_method": "a rank has no cells: refused",
    "test_rank_missing": "a rank has no cells: refused",
    "test_round": "the store rounds what is published: refused",
    "test_json_roundtrip": "JSON has no place for a trail; tables are kept as Parquet",
    "test_value_counts_with_normalize": "the shares of rows are float64 and not Float64",
    "test_plot_on_x_axis": "pandas' plot asks for a unit converter; items draw with plain axes",
    "test_plot_on_y_axis": "pandas' plot asks for a unit converter; items draw with plain axes",
}


class TestTraced(base.ExtensionTests):  # type: ignore[misc]
    def _get_expected_exception(
        self, op_name: str, obj: object, other: object
    ) -> type[Exception] | None:
        return None if op_name in ARITHMETIC else LineageError

    def _supports_reduction(self, ser: "pd.Series[Any]", op_name: str) -> bool:
        return op_name == "count" or op_name in REDUCTIONS

    def check_reduce(self, ser: "pd.Series[Any]", op_name: str, skipna: bool) -> None:
        if op_name == "count":
            super().check_reduce(ser, op_name, skipna)
        else:
            expected = getattr(ser.astype(float), op_name)(skipna=skipna)
            assert getattr(ser, op_name)(skipna=skipna).value == pytest.approx(expected)

    @pytest.mark.parametrize("skipna", [True, False])
    def test_reduce_series_boolean(
        self, data: TracedArray, all_boolean_reductions: str, skipna: bool
    ) -> None:
        with pytest.raises(LineageError):
            getattr(pd.Series(data), all_boolean_reductions)(skipna=skipna)

    @pytest.mark.parametrize("skipna", [True, False])
    def test_reduce_series_numeric(
        self, data: TracedArray, all_numeric_reductions: str, skipna: bool
    ) -> None:
        if self._supports_reduction(pd.Series(data), all_numeric_reductions):
            super().test_reduce_series_numeric(data, all_numeric_reductions, skipna)
        else:
            with pytest.raises(LineageError):
                getattr(pd.Series(data), all_numeric_reductions)(skipna=skipna)


for name, reason in SKIPPED.items():
    setattr(TestTraced, name, pytest.mark.skip(reason)(getattr(base.ExtensionTests, name)))
