"""An item's drawings, one for each width, and their alternative text."""

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pandas as pd

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures import alt, look, theme
from kunnskapsgrunnlag.figures.chart import Chart, bare
from kunnskapsgrunnlag.figures.drawn import Drawn
from kunnskapsgrunnlag.figures.finish import finish
from kunnskapsgrunnlag.store.value import Value


class Drawing(NamedTuple):
    """The drawings, and the alternative text but for what is said of estimates and breaks."""

    drawn: Drawn
    words: str


def draw_item(
    module: ModuleType, item: Item, table: pd.DataFrame, values: Sequence[Value], fonts: Path
) -> Drawing:
    """The item drawn at both widths.

    Args:
        table: What compute() gave, with traced numbers; `values` are the same in the store.
    """
    theme.use_theme(fonts)
    charts = [draw_chart(module, item, table, values, width) for width in (look.WIDE, look.NARROW)]
    wide, narrow = (chart.svg() for chart in charts)
    return Drawing(Drawn(wide, narrow), words_of(module, charts[0]))


def draw_chart(
    module: ModuleType, item: Item, table: pd.DataFrame, values: Sequence[Value], width: int
) -> Chart:
    numbers = bare(table, item)
    with look.style(width):
        chart = Chart(item, numbers, values, width)
        module.draw(numbers, chart)
        finish(chart)
    return chart


def words_of(module: ModuleType, chart: Chart) -> str:
    """The alternative text: what the kit makes of the drawing, and what the item adds."""
    more = module.describe(chart.table, chart) if hasattr(module, "describe") else ""
    return f"{alt.describe(chart)} {more}".strip()
