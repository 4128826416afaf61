import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.tidy.jsonstat import Dataset, read_dataset
from kunnskapsgrunnlag.tidy.sums import sum_findings
from tests.conftest import NBSP

PARTS = ["Bydel A", "Bydel B", "Sentrum"]


def dataset(years: dict[str, list[float | str]]) -> Dataset:
    """Per year the three parts and the total; a text is a symbol."""
    areas = [*PARTS, "Oslo i alt"]
    cells = [held[at] for at in range(4) for held in years.values()]
    answer: dict[str, Any] = {
        "class": "dataset",
        "label": "Tabell",
        "id": ["bydel", "år"],
        "size": [4, len(years)],
        "dimension": {
            "bydel": {"category": {"index": areas}},
            "år": {"category": {"index": list(years)}},
        },
        "value": [None if isinstance(cell, str) else cell for cell in cells],
        "status": {str(i): cell for i, cell in enumerate(cells) if isinstance(cell, str)},
    }
    return read_dataset(answer, "tabell")


def test_parts_that_add_up_are_no_finding() -> None:
    held = dataset({"2012": [1, 2, 3, 6], "2013": [0.1, 0.2, 0, 0.3]})

    assert sum_findings(held, "bydel", PARTS, "Oslo i alt") == []


def test_nil_adds_nothing_and_zero_is_a_number() -> None:
    held = dataset({"2012": [1, 2, "-", 3], "2013": [1, 2, 0, 3], "2014": ["-", "-", "-", "-"]})

    assert sum_findings(held, "bydel", PARTS, "Oslo i alt") == []


def test_a_difference_is_told_with_its_size_and_place() -> None:
    held = dataset({"2013": [5000, 4797, "-", 10000], "2014": [1, 0, "-", 0]})

    first, second = sum_findings(held, "bydel", PARTS, "Oslo i alt")

    assert (first.place, first.difference, second.difference) == ((("år", "2013"),), -203, 1)
    assert str(first) == (
        f"2013: delene er til sammen 9{NBSP}797, totalen er 10{NBSP}000 (forskjell −203)"
    )


def test_what_rounding_explains_is_no_finding() -> None:
    held = dataset({"2013": [1, 2, 3, 7]})

    assert sum_findings(held, "bydel", PARTS, "Oslo i alt", tolerance=1) == []
    assert len(sum_findings(held, "bydel", PARTS, "Oslo i alt", tolerance=0.5)) == 1


@pytest.mark.parametrize("symbol", ["..", ":", "."])
def test_a_hidden_part_cannot_be_summed(symbol: str) -> None:
    (finding,) = sum_findings(dataset({"2013": [1, symbol, 3, 6]}), "bydel", PARTS, "Oslo i alt")

    assert (finding.unknown, math.isnan(finding.difference)) == (("Bydel B",), True)
    assert str(finding) == "2013: kan ikke summeres, mangler Bydel B"


def test_parts_without_a_total_are_told() -> None:
    (finding,) = sum_findings(dataset({"2013": [1, 2, 3, ".."]}), "bydel", PARTS, "Oslo i alt")

    assert str(finding) == "2013: delene er til sammen 6, totalen mangler"


def test_a_total_of_nil_with_parts_is_told() -> None:
    (finding,) = sum_findings(dataset({"2013": [1, "-", "-", "-"]}), "bydel", PARTS, "Oslo i alt")

    assert finding.difference == 1


def test_a_year_in_which_there_is_nothing_is_no_finding() -> None:
    held = dataset({"2013": ["..", "..", "..", ".."]})

    assert sum_findings(held, "bydel", PARTS, "Oslo i alt") == []


@pytest.mark.parametrize(
    ("dimension", "parts", "message"),
    [
        ("bosted", PARTS, "expected the dimension bosted"),
        ("bydel", ["Bydel C"], "expected Bydel C in bydel.*«Bydel "),
        ("bydel", ["Bydel A", "Bydel A"], "would be counted twice"),
        ("bydel", ["Oslo i alt"], "would be counted twice"),
    ],
)
def test_a_sum_of_what_is_not_there(dimension: str, parts: list[str], message: str) -> None:
    with pytest.raises(KgError, match=message):
        sum_findings(dataset({"2013": [1, 2, 3, 6]}), dimension, parts, "Oslo i alt")


@given(st.lists(st.integers(0, 10**6), min_size=3, max_size=3), st.integers(-500, 500))
def test_every_difference_is_found_and_no_other(parts: list[int], off: int) -> None:
    held = dataset({"2013": [*parts, sum(parts) - off]})

    assert [f.difference for f in sum_findings(held, "bydel", PARTS, "Oslo i alt")] == [off] * (
        off != 0
    )
