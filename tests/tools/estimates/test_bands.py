"""The bands of the committed estimates follow from the statements and the measured errors."""

import pytest

from kunnskapsgrunnlag.base.nb_numbers import parse_nb
from kunnskapsgrunnlag.sources.snapshot import read_snapshot
from tests.tools.estimates.numbers import ESTIMATES, inputs
from tests.tools.estimates.test_build import HEADINGS
from tools.estimates.bands import BYDEL, DELBYDEL, band
from tools.estimates.common import FREE, OSLO


@pytest.mark.parametrize("name", HEADINGS)
def test_every_number_has_a_band_around_it_or_is_printed(name: str) -> None:
    snapshot = read_snapshot(name, ESTIMATES / f"{name}.csv")
    held = snapshot.provenance
    first = 2 if HEADINGS[name][0] == "kode" else 1

    for line, row in enumerate(snapshot.grid[1:], 2):
        for at, cell in enumerate(row[first:], first):
            place = f"{'ABC'[at]}{line}"
            if cell == "..":
                assert place not in held.bands
                continue
            assert (place in held.bands) != (place in held.printed), place
            if place in held.bands:
                low, high = held.bands[place]
                assert low <= parse_nb(cell) <= high
                assert low < high


def test_a_margin_stops_at_what_is_known() -> None:
    assert band(1000, BYDEL, FREE) == (800, 1200)
    assert band(8.7, DELBYDEL, FREE) == (5.2, 12.2)
    assert band(3800, BYDEL, (3001, 4000)) == (3040, 4000)


def test_a_bound_that_the_model_chose_stops_nothing() -> None:
    facts = inputs().facts
    chosen = facts.limits("tabell-14", "personer (prosent)", "Sagene")

    assert chosen == (3.4, 5.9)
    assert facts.stated.limits("tabell-14", "personer (prosent)", "Sagene")[1] == 11.4


def test_the_known_totals_are_those_of_the_printed_tables() -> None:
    facts, totals = inputs().facts, inputs().totals

    assert facts.value("tabell-13", "personer") == totals["persons"]
    assert facts.value("tabell-14", "personer (prosent)") == totals["persons_pct"]
    assert facts.value("tabell-14", "husholdninger (prosent)") == totals["households_pct"]


def test_households_with_children_in_oslo_lie_where_the_printed_shares_leave_room() -> None:
    """4,7 of all, 3,8 without and 8,1 with children, each within its rounding."""
    low, high = inputs().facts.limits("tabell-15", "med barn", OSLO)
    households = inputs().totals["households"]
    corners = [
        (whole - without) / (families - without) * families / whole * households
        for whole in (4.65, 4.75)
        for without in (3.75, 3.85)
        for families in (8.05, 8.15)
    ]

    assert low <= min(corners) <= max(corners) <= high
    without = inputs().facts.limits("tabell-15", "uten barn", OSLO)
    assert without == (households - high, households - low)
