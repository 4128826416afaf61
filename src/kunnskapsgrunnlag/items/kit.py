"""All that an item needs to compute and draw: `from kunnskapsgrunnlag.items.kit import …`.

For compute, columns in the order of the table's rows; absent where the question has no answer
    beside(t, "a", year=2020)    Each row's counterpart: same keys but for those that are given.
    lookup(other, "a", t["region"], year=2020)   Another table's number for each of these keys.
    only(t, "a", region="oslo")  The one number with these keys.
    change_from_previous(t, "a") The number minus that of the year before.
    change_from_first(t, "a")    The number minus that of the first year.
    growth_from_first(t, "a")    Growth since the first year, percent.
    share_of(t, "a")             Share of the country's (or another region's) number, percent.
    ratio_to(t, "a")             How many times the country's number.
    above(t, "a")                How much above the country's number, percent.
    count_of_same(t["word"])     How many rows say the same.
    rate_in_force(rates, name, group, date)   The rate that holds on a date.
and tables
    year_sum(monthly, ["a"])     The sums over whole years.
    with_oslo(population, year)  The bydeler and the sum of all parts of Oslo.
    bydeler(t)                   The rows of the 15 bydeler, in the official order.
    ranked(t, "a")               The same, the highest first and missing ones last.

An item draws with one function:

    def draw(table: Table, chart: Chart) -> None:
        \"\"\"A bar for each city; Oslo and the country stand out.\"\"\"
        for panel in chart.panels("per_1000", "per_innbygger"):
            bars(panel, table)

`table` is the whole result of `compute` with bare numbers (NaN where one is missing) and words. The
function is called twice, with a `chart` of 340 and of 760 px (`chart.narrow`), and computes nothing
that is drawn: each number's text, unit, origin and error band are found in the value store by the
keys of its row. Filter and sort rows as you like, but keep the columns `region`, `category` and
`year`. Titles, units, names of regions and categories come from params.yaml.

Panels
    chart.panel(*measures)       One over the whole width. Several measures share its axes.
    chart.panels(a, b, (c, d))   One for each; side by side in the wide drawing, else stacked.
                                 `columns=1` stacks them there too (lines need 360 px).

Kinds, in any panel
    bars(panel, rows)            A bar per row in the order of the rows, with its number.
    pairs(panel, rows)           Its two measures in a row; `years=(2005, 2020)`: one in two years.
    lines(panel, rows)           A line for each region (or category) and measure of the panel.
    tile_map(panel, rows)        The bydeler as tiles, about where they lie in the city.
    matrix(panel, rows, words)   A dot where a row has a column's word.
`bars` and `pairs` take `reference=oslo`, rows that the others are compared with; `bars` takes
`scale=table`, rows that its axis has room for, where panels are compared.

Estimates are drawn as rings on their bands, missing numbers as their sign, breaks as a dashed line,
Oslo and the country in their own colours: an item does nothing for it.

Words: `Canvas(chart)` has boxes, arrows and wrapped text in px from the upper left corner;
`canvas.parts("del", "ord")` are the names and words of the rows, part by part.

What no kind draws: `row_names(panel, names)` gives a row to each name, `bar_height(panel)` is how
high bars are in such rows, `value_axis(panel)` writes round numbers below, `panel.values(rows,
measure)` are the store's numbers with text and band, `look` has colours and line styles.

Seaborn and matplotlib: `panel.frame()` has the rows with readers' names, `panel.ax` is the axes.
Say which numbers an artist draws, so that pages and checks know; set margins in px.

        panel = chart.panel("belop")
        sns.barplot(panel.frame(), x="year", y="belop", saturation=1, ax=panel.ax)
        label_bars(panel, table)

`label_bars` writes names and numbers at bars and marks them; for all other artists there are
`panel.mark(artist, rows)`, `panel.fit(left=…, height=…)` and `panel.write(words, x, y)`.

`compute` has from here `KgError`, `BYDELER`, `BY_KEY` (each region's name and parent) and, for
messages, `nb`, `listed` and `region_name`. `Traced` is the type of one number.

The alternative text is made from what was drawn. An item may have `describe(table, chart) -> str`
for a sentence more.
"""

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.nb_text import listed, region_name
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.bars import (
    bar_height,
    bars,
    draw_band,
    label_bars,
    row_names,
    value_axis,
)
from kunnskapsgrunnlag.figures.canvas import Align, Box, Canvas, Parts
from kunnskapsgrunnlag.figures.chart import Chart, Panel
from kunnskapsgrunnlag.figures.lines import lines
from kunnskapsgrunnlag.figures.matrix import matrix
from kunnskapsgrunnlag.figures.pairs import pairs
from kunnskapsgrunnlag.figures.tiles import tile_map
from kunnskapsgrunnlag.store.bands import band
from kunnskapsgrunnlag.store.formulas import (
    above,
    beside,
    bydeler,
    change_from_first,
    change_from_previous,
    count_of_same,
    growth_from_first,
    lookup,
    only,
    ranked,
    rate_in_force,
    ratio_to,
    share_of,
    with_oslo,
    year_sum,
)
from kunnskapsgrunnlag.store.traced import Traced

Table = pd.DataFrame

__all__ = [
    "BYDELER",
    "BY_KEY",
    "Align",
    "Box",
    "Canvas",
    "Chart",
    "KgError",
    "Panel",
    "Parts",
    "Table",
    "Traced",
    "above",
    "band",
    "bar_height",
    "bars",
    "beside",
    "bydeler",
    "change_from_first",
    "change_from_previous",
    "count_of_same",
    "draw_band",
    "growth_from_first",
    "label_bars",
    "lines",
    "listed",
    "look",
    "lookup",
    "matrix",
    "nb",
    "only",
    "pairs",
    "ranked",
    "rate_in_force",
    "ratio_to",
    "region_name",
    "row_names",
    "share_of",
    "tile_map",
    "value_axis",
    "with_oslo",
    "year_sum",
]
