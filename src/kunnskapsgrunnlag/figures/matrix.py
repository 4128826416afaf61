"""A matrix of dots: which of some columns each row belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.bars import row_names
from kunnskapsgrunnlag.figures.chart import Panel, Rows, Series
from kunnskapsgrunnlag.store.value import Value

# Px: a row, a dot, the sign of an empty place, between the heads of columns.
ROW, DOT, EMPTY, GAP = 28, 12, 1, 6
# Columns that stand further apart are hard to follow.
WIDEST = 190


def matrix(panel: Panel, rows: Rows, columns: Sequence[str] = ()) -> None:
    """A dot where a row has a column's word, or, without `columns`, words in a measure.

    Args:
        columns: The words of the panel's measure, each a column in this order. Without them each
            of the panel's measures is a column, named by the catalogue.
    """
    names = panel.names(rows, "category")
    row_names(panel, names, row=ROW)
    heads = list(columns) or [panel.short(measure) for measure in panel.measures]
    panel.fit(right=max(0.0, panel.inner - WIDEST * len(heads)))
    cells = [_column(panel, rows, at, columns) for at in range(len(heads))]
    for at, numbers in enumerate(cells):
        known = [number for number in numbers if number is not None]
        measure = panel.measure if columns else panel.measures[at]
        panel.series.append(Series("matrix", heads[at], measure, "category", known))
    heads = [f"{head[0].upper()}{head[1:]}" for head in heads]
    words = [word for head in heads for word in head.split()]
    if look.widest(words, panel.chart.size) + GAP > panel.inner / len(heads):
        _write_rows(panel, names, heads, cells)
        return
    _heads(panel, heads)
    for place in range(len(rows) + 1):
        panel.ax.axhline(place - 0.5, color=look.GRID, lw=0.8, zorder=0)
    for at, numbers in enumerate(cells):
        filled = [place for place, number in enumerate(numbers) if number is not None]
        empty = [place for place in range(len(rows)) if place not in filled]
        speck = EMPTY / panel.height * len(rows)
        panel.ax.vlines([at] * len(empty), empty, [y + speck for y in empty], color=look.RULE, lw=2)
        if filled:
            (dots,) = panel.ax.plot(
                [at] * len(filled), filled, ls="none", marker="o", ms=DOT, color=look.MAIN
            )
            panel.mark_numbers(dots, [numbers[place] for place in filled])


def _column(panel: Panel, rows: Rows, at: int, columns: Sequence[str]) -> list[Value | None]:
    """The words that fill a column, row by row; None where its place is empty."""
    if not columns:
        return panel.values(rows, panel.measures[at])
    words = panel.values(rows)
    return [n if n is not None and n.text == columns[at] else None for n in words]


def _write_rows(
    panel: Panel,
    names: Sequence[str],
    heads: Sequence[str],
    cells: Sequence[Sequence[Value | None]],
) -> None:
    """Where columns have no room: each row's name, and below it the columns that it belongs to."""
    ax, size = panel.ax, panel.chart.size
    step, y = size * look.LEADING, 0.0
    panel.fit(left=0)
    ax.axis("off")
    for place, name in enumerate(names):
        own = [head for head, numbers in zip(heads, cells, strict=True) if numbers[place]]
        panel.write(name, 0, y + step / 2, bold=True)
        for line in look.wrapped(", ".join(own), panel.inner, size):
            y += step
            panel.write(line, 0, y + step / 2)
        y += step + 8
    panel.fit(height=y)
    ax.set(xlim=(0, panel.inner), ylim=(y, 0))


def _heads(panel: Panel, heads: Sequence[str]) -> None:
    """The columns' names over them, in as many lines as their width asks for."""
    ax, size = panel.ax, panel.chart.size
    wide = panel.inner / len(heads)
    lines = [look.wrapped(head, wide - 6, size) for head in heads]
    ax.set_xlim(-0.5, len(heads) - 0.5)
    ax.set_xticks(range(len(heads)), ["\n".join(words) for words in lines])
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", pad=4)
    ax.spines["left"].set_visible(False)
    panel.fit(top=max(map(len, lines)) * size * look.LEADING + 10)
