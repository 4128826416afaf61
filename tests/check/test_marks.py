"""Marks against the numbers that they say they draw."""

import pytest

from kunnskapsgrunnlag.check.marks import Drawing, marks
from kunnskapsgrunnlag.check.svg import DrawnMark, Panel, Tick
from tests.conftest import item_of, value_of


@pytest.mark.parametrize(
    ("x", "y", "errors"),
    [
        (10, 80, []),
        (10, 70, ["merket til figur-1/lan/alna viser ikke 20."]),
        (15, 80, ["merket til figur-1/andel/alna viser ikke 10."]),
    ],
)
def test_a_point_must_be_right_both_across_and_upwards(x: int, y: int, errors: list[str]) -> None:
    records = [
        value_of("figur-1/andel/alna", "10", 10.0, region="alna"),
        value_of("figur-1/lan/alna", "20", 20.0, region="alna"),
    ]
    panel = Panel(
        across=[Tick(0, "0"), Tick(100, "100")],
        up=[Tick(100, "0"), Tick(0, "100")],
        points=[(x, y)],
        marks=[DrawnMark([record.address for record in records], (x, x, y, y), 0)],
    )

    drawing = Drawing(item_of(kind="figur", dims=["region"]), records, set())

    assert list(marks(drawing, panel)) == errors
