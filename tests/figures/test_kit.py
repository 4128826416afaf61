"""The drawing kit on small tables: what is drawn, where it stands, and what is told of it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.colors import to_hex

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.check.drawings import check_alt, check_drawing
from kunnskapsgrunnlag.check.texts import check_texts
from kunnskapsgrunnlag.figures import alt, look
from kunnskapsgrunnlag.figures.canvas import Canvas
from kunnskapsgrunnlag.figures.chart import Chart
from kunnskapsgrunnlag.figures.finish import finish
from kunnskapsgrunnlag.figures.lines import apart
from kunnskapsgrunnlag.items import kit
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import item_of, measure_of, value_of

WIDTHS = [look.NARROW, look.WIDE]
CITIES = {"oslo": 4.0, "drammen": 2.0, "kristiansand": 3.0, "hele-landet": 1.0}
Draw = Callable[[pd.DataFrame, Chart], None]

pytestmark = pytest.mark.usefixtures("look")


def item(**more: Any) -> Item:
    measures = {
        "andel": measure_of(title="Andel", unit="prosent", decimals=1),
        "antall": measure_of(title="Antall", unit="lån"),
    }
    return item_of(dims=["region"], measures=measures, **more)


def numbers(table: pd.DataFrame, entry: Item, **more: Any) -> list[Value]:
    """The store's numbers of a table; `more` is what they have in common."""
    found = []
    for row in table.to_dict("records"):
        for measure, about in entry.measures.items():
            if measure in row:
                keys = {dim: row[dim] for dim in entry.dims}
                address = "/".join(["tabell-1", measure, *map(str, keys.values())])
                value = None if pd.isna(row[measure]) else float(row[measure])
                text = ".." if value is None else f"{value:.{about.decimals}f}".replace(".", ",")
                own = dict[str, Any](low=value, high=value, unit=about.unit, **keys)
                own |= {"decimals": about.decimals} | more
                found.append(value_of(address, text, value, **own))
    return found


def drawn(draw: Draw, table: pd.DataFrame, entry: Item, width: int, **more: Any) -> Chart:
    """The chart, once it is known that nothing in it is wrong."""
    values = numbers(table, entry, **more)
    with look.style(width):
        chart = Chart(entry, table, values, width)
        draw(table, chart)
        finish(chart)
    svg = chart.svg()
    assert [*check_drawing("a.svg", entry, values, svg), *check_texts("a.svg", svg)] == []
    assert check_alt("a", entry, values, alt.describe(chart)) == []
    return chart


def cities(**more: float) -> pd.DataFrame:
    held = CITIES | more
    return pd.DataFrame({"region": list(held), "andel": list(held.values())})


def words(chart: Chart, panel: int = 0) -> list[str]:
    return [text.get_text() for text in chart.fig.axes[panel].texts]


def years_of(regions: dict[str, list[float]], first: int = 2019) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"region": region, "year": first + at, "andel": value}
            for region, values in regions.items()
            for at, value in enumerate(values)
        ]
    )


def series(**more: Any) -> Item:
    return item(**more).model_copy(update={"dims": ["region", "year"], **more})


@pytest.mark.parametrize("width", WIDTHS)
def test_bars_have_the_colour_of_their_region_wherever_it_stands(width: int) -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        kit.bars(chart.panel("andel"), table.sort_values("andel"))

    ax = drawn(draw, cities(), item(), width).fig.axes[0]

    names = [label.get_text() for label in ax.get_yticklabels()]
    colours = dict(zip(names, [to_hex(bar.get_facecolor()) for bar in ax.patches], strict=True))
    assert names == ["Hele landet", "Drammen", "Kristiansand", "Oslo"]
    assert colours == {
        "Hele landet": look.SECOND,
        "Drammen": look.CONTEXT,
        "Kristiansand": look.CONTEXT,
        "Oslo": look.MAIN,
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_an_estimate_is_a_ring_on_its_band_and_never_a_bar(width: int) -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        kit.bars(chart.panel("andel"), table)

    chart = drawn(draw, cities(), item(), width, origin="estimat", low=1.0, high=5.0)

    ax = chart.fig.axes[0]
    assert not ax.patches
    rings = [line for line in ax.lines if line.get_marker() == "o"]
    assert {line.get_markerfacecolor() for line in rings} == {look.PAPER}
    assert [text.get_text() for text in chart.fig.texts][-1] == "Anslag"


def test_a_missing_number_has_its_sign_and_no_bar() -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        kit.bars(chart.panel("andel"), table)

    chart = drawn(draw, cities(drammen=float("nan")), item(), look.WIDE)

    assert ".." in words(chart)
    assert len(chart.fig.axes[0].patches) == 3
    assert "Tall mangler for Drammen." in alt.describe(chart)


@pytest.mark.parametrize("width", WIDTHS)
def test_rows_are_compared_with_a_line_that_is_named(width: int) -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        oslo = table["region"] == "oslo"
        kit.bars(chart.panel("andel"), table[~oslo], reference=table[oslo])

    chart = drawn(draw, cities(oslo=9.0), item(), width)

    assert "Oslo 9,0" in words(chart)
    assert chart.fig.axes[0].get_xlim()[1] == 9.0
    assert "og Oslo 9,0." in alt.describe(chart)


@pytest.mark.parametrize("width", WIDTHS)
def test_two_numbers_of_a_row_stand_in_columns_under_their_marks(width: int) -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        kit.pairs(chart.panel("andel", "antall"), table)

    table = cities().assign(antall=[8.0, 1.0, 2.0, 3.0])
    chart = drawn(draw, table, item(), width)

    assert words(chart)[:4] == ["8", "1", "2", "3"]
    assert {"Andel", "Antall", "4,0"} <= set(words(chart))


@pytest.mark.parametrize("width", WIDTHS)
def test_one_measure_in_two_years_is_a_pair(width: int) -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        kit.pairs(chart.panel("andel"), table, years=(2019, 2020))

    table = years_of({"drammen": [1.0, 3.0], "oslo": [5.0, 4.0]})
    chart = drawn(draw, table, series(), width)

    assert {"2019", "2020", "1,0", "3,0"} <= set(words(chart))


@pytest.mark.parametrize("width", WIDTHS)
def test_two_regions_are_a_pair_in_their_own_colours(width: int) -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        kit.pairs(chart.panel("andel"), table, regions=("oslo", "hele-landet"), by="category")

    entry = item(categories={"ung": "Unge", "eldre": "Eldre"})
    entry = entry.model_copy(update={"dims": ["region", "category"]})
    table = pd.DataFrame(
        {
            "region": ["oslo", "oslo", "hele-landet", "hele-landet"],
            "category": ["ung", "eldre"] * 2,
            "andel": [5.0, 4.0, 1.0, 3.0],
        }
    )
    chart = drawn(draw, table, entry, width)

    assert {"Oslo", "Hele landet", "5,0", "3,0"} <= set(words(chart))
    assert "Oslo: Unge 5,0 og Eldre 4,0." in alt.describe(chart)


@pytest.mark.parametrize("width", WIDTHS)
def test_lines_are_named_at_their_ends_and_pushed_apart(width: int) -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        kit.lines(chart.panel("andel"), table)

    table = years_of({"oslo": [3.0, 4.0], "hele-landet": [4.1, 4.0], "drammen": [4.0, 3.9]})
    chart = drawn(draw, table, series(), width)

    assert words(chart)[:4] == ["Oslo", "4,0", "Hele landet", "4,0"]
    assert "Oslo: økte fra 3,0 prosent i 2019 til 4,0 prosent i 2020." in alt.describe(chart)


def test_an_index_says_its_year_and_where_its_axis_begins() -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        kit.lines(chart.panel("andel"), table, index=True)

    table = years_of({"oslo": [50.0, 60.0], "hele-landet": [10.0, 11.0]})
    chart = drawn(draw, table, series(), look.WIDE)

    assert chart.drawn[0].note == "Indeks (2019 = 100). Aksen begynner på 100."
    assert np.asarray(chart.fig.axes[0].lines[0].get_ydata()) == pytest.approx([100, 120])
    assert "60,0" in words(chart)


def test_an_index_begins_in_the_first_year_that_all_lines_have() -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        kit.lines(chart.panel("andel"), table, index=True)

    table = years_of({"oslo": [50.0, 60.0, 63.0], "hele-landet": [float("nan"), 10.0, 11.0]})
    chart = drawn(draw, table, series(), look.WIDE)

    assert chart.drawn[0].note.startswith("Indeks (2020 = 100).")
    ends = [np.asarray(line.get_ydata())[-1] for line in chart.fig.axes[0].lines[:2]]
    assert ends == pytest.approx([105, 110])


@pytest.mark.parametrize("width", WIDTHS)
def test_breaks_are_named_over_their_lines_without_touching(width: int) -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        kit.lines(chart.panel("andel"), table)

    breaks = [{"year": 2022, "words": "nytt"}, {"year": 2024, "words": "nytt"}]
    entry = Item.model_validate(series().model_dump(by_alias=True) | {"breaks": breaks})
    table = years_of({"oslo": [float(n) for n in range(10)]}, first=2016)
    chart = drawn(draw, table, entry, width)

    assert [w for w in words(chart) if w.startswith("brudd")] == ["brudd 2022", "brudd 2024"]


@pytest.mark.parametrize(("x", "y"), [("andel", "region"), ("region", "andel")])
@pytest.mark.parametrize("width", WIDTHS)
def test_bars_of_seaborn_are_named_marked_told_and_checked_too(width: int, x: str, y: str) -> None:
    def draw(table: pd.DataFrame, chart: Chart) -> None:
        panel = chart.panel("andel")
        sns.barplot(panel.frame(table), x=x, y=y, saturation=1, ax=panel.ax)
        kit.label_bars(panel, table)

    chart = drawn(draw, cities().head(2), item(), width)

    assert words(chart)[:2] == ["4,0", "2,0"]
    assert "Oslo 4,0 og Drammen 2,0" in alt.describe(chart)


def test_a_row_without_its_keys_is_refused() -> None:
    with look.style(look.WIDE):
        chart = Chart(item(), cities(), [], look.WIDE)
        with pytest.raises(KgError, match="rader uten «region»"):
            kit.bars(chart.panel("andel"), cities().drop(columns="region"))


def test_a_canvas_is_as_high_as_what_is_put_into_it() -> None:
    with look.style(look.NARROW):
        canvas = Canvas(Chart(item(), cities(), [], look.NARROW))
        box = canvas.box((0, 10), 100, "Tittel", "Mange ord som trenger flere linjer")
        after = canvas.column((0, box.bottom), 100, [("En", "to"), ("Tre", "")])

    assert canvas.panel.height == after[-1].bottom + 1
    assert after[1].top - after[0].bottom == 12


def test_labels_move_no_more_than_they_must() -> None:
    assert apart([10, 50], [20, 20], 100) == [10, 50]
    assert apart([40, 50], [20, 20], 100) == pytest.approx([35, 55])
    assert max(apart([95, 96], [20, 20], 100)) <= 90


def test_text_is_measured_by_the_typeface() -> None:
    assert look.text_width("Oslo", 10) == pytest.approx(20.3, abs=0.1)
    assert look.text_width("Oslo", 20) == pytest.approx(2 * look.text_width("Oslo", 10))
    assert look.text_width("Oslo", 10, bold=True) > look.text_width("Oslo", 10)
    assert look.wrapped("Søndre Nordstrand", 70, 13) == ["Søndre", "Nordstrand"]


def test_lines_are_about_equally_long() -> None:
    words = "Over 6 000 personer er uten bolig, og mange er i Oslo."

    assert look.wrapped(words, 330, 14)[-1] == "Oslo."
    assert look.balanced(words, 330, 14) == [
        "Over 6 000 personer er uten",
        "bolig, og mange er i Oslo.",
    ]
    assert look.balanced("Oslo", 330, 14) == ["Oslo"]


def test_no_line_ends_within_a_number() -> None:
    assert look.wrapped("nær 100 000 i 2025", 60, 14) == ["nær", "100 000", "i 2025"]
