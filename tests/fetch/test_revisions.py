"""What a provider changed in history, cell by cell."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.fetch import revisions
from kunnskapsgrunnlag.fetch.revisions import Key, Point, compare
from tests.conftest import write_snapshot


def point(value: float, *, code: str = "0301", year: str = "2020", symbol: str = "") -> Point:
    return Point((("Region", code), ("Tid", year)), year, value, symbol, f"s:{code}{year}")


def by_key(*points: Point) -> dict[Key, Point]:
    return {point.key: point for point in points}


HIDDEN = point(math.nan, symbol="..")


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ([point(1), point(2, year="2021")], [point(1), point(2, year="2021")], []),
        ([HIDDEN], [HIDDEN], []),
        ([point(1)], [point(1), point(2, year="2021")], ["ny periode"]),
        ([point(1)], [point(1), point(2, code="1103")], ["ny celle"]),
        ([point(1), point(2, code="3005")], [point(1)], ["borte"]),
        # A symbol is never compared as a number.
        ([point(5)], [HIDDEN], ["nytt symbol"]),
        ([HIDDEN], [point(5)], ["nytt symbol"]),
        ([HIDDEN], [point(math.nan, symbol=":")], ["nytt symbol"]),
        ([point(0)], [point(math.nan, symbol="-")], ["nytt symbol"]),
    ],
)
def test_a_change_is_told_by_its_kind(old: list[Point], new: list[Point], kinds: list[str]) -> None:
    changes = compare(by_key(*old), by_key(*new))
    assert [change.kind for change in changes] == kinds


@pytest.mark.parametrize(
    ("old", "new", "size"),
    [
        (1000, 1004, "under 0,5 prosent"),
        (1000, 996, "under 0,5 prosent"),
        (1000, 1005, "0,5–5 prosent"),
        (1000, 1049, "0,5–5 prosent"),
        (1000, 950, "5 prosent og mer"),
        (1000, 10_000, "annen størrelsesorden"),
        (1000, 100, "annen størrelsesorden"),
        (0, 5, "annen størrelsesorden"),
    ],
)
def test_revised_number_has_a_class_of_size(old: float, new: float, size: str) -> None:
    (change,) = compare(by_key(point(old)), by_key(point(new)))
    assert (change.kind, change.size) == ("revidert", size)


def test_largest_revision_comes_first() -> None:
    changes = compare(
        by_key(point(100), point(100, year="2021"), point(7, year="2022")),
        by_key(point(101), point(200, year="2021"), point(7, year="2022")),
    )

    assert [change.key[1][1] for change in changes] == ["2021", "2020"]
    assert revisions.counts(changes) == {"revidert": 2}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(["2019", "2020", "2021"])),
        st.tuples(st.integers(0, 9), st.integers(0, 9)),
    )
)
def test_each_cell_that_differs_is_named_once(cells: dict[tuple[str, str], Any]) -> None:
    old = by_key(*(point(a, code=code, year=year) for (code, year), (a, _) in cells.items()))
    new = by_key(*(point(b, code=code, year=year) for (code, year), (_, b) in cells.items()))

    named = [change.key for change in compare(old, new)]

    differing = {(("Region", c), ("Tid", y)) for (c, y), (a, b) in cells.items() if a != b}
    assert len(named) == len(differing)
    assert set(named) == differing


def test_answers_are_compared_by_codes_and_not_by_place(tmp_path: Path) -> None:
    def answer(name: str, values: list[int], years: list[str]) -> dict[Key, Point]:
        codes = {"Region": ["0301"], "ContentsCode": ["Personer1"], "Tid": years}
        dims = {name: {"category": {"index": index}} for name, index in codes.items()}
        about = {"class": "dataset", "id": [*codes], "size": [1, 1, len(years)], "value": values}
        content = json.dumps(about | {"role": {"time": ["Tid"]}, "dimension": dims})
        return revisions.points_of(write_snapshot(tmp_path / name, "1.json", content), None)

    old = answer("old", [7, 8], ["2020", "2021"])
    changes = compare(old, answer("new", [6, 7, 9], ["2019", "2020", "2021"]))

    assert [(c.kind, c.key[2][1]) for c in changes] == [("revidert", "2021"), ("ny celle", "2019")]
    assert changes[0].old is not None
    assert changes[0].old.cell == "kilde:i1"


def test_table_of_changes_for_people() -> None:
    changes = compare(by_key(point(1234.5), point(1, year="2021")), by_key(point(1235.5)))

    text = revisions.as_csv(changes).decode("utf-8-sig")

    assert text.splitlines()[1] == (
        "revidert;under 0,5 prosent;Region=0301, Tid=2020;1234,5;1235,5;;"
    )
    assert text.splitlines()[2].startswith("borte;;Region=0301, Tid=2021;1;;")
