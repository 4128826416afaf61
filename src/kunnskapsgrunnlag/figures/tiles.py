"""A tile map of Oslo's bydeler: a tile each, about where the bydel lies in the city."""

from __future__ import annotations

from matplotlib.patches import Rectangle

from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.chart import Number, Panel, Rows, Series
from kunnskapsgrunnlag.figures.steps import Step, step_of, steps

# Row from the north, column from the west: neighbours in the city are neighbours here wherever
# four by four tiles allow it.
PLACES = (
    ("vestre-aker", "nordre-aker", "grorud", "stovner"),
    ("ullern", "sagene", "bjerke", "alna"),
    ("frogner", "st-hanshaugen", "grunerlokka", "ostensjo"),
    ("", "gamle-oslo", "nordstrand", "sondre-nordstrand"),
)
# Px: a tile's height and largest width, between tiles, around its words, a square of the key.
HIGH, WIDE, BETWEEN, PAD, SQUARE = 70, 118, 3, 7, 16
NO_NUMBER = "ingen tall"


def tile_map(panel: Panel, rows: Rows) -> None:
    """Name and number in every tile, its tint by the step that the number lies in, and a key."""
    rows = rows[rows["region"].isin(BYDELER)]
    numbers = dict(zip(rows["region"], panel.values(rows), strict=True))
    decimals = panel.entry.decimals
    values = {key: n.value for key, n in numbers.items() if n is not None and n.value is not None}
    scale = steps(values, decimals)
    wide = min((panel.width + BETWEEN) / 4, WIDE)
    panel.fit(right=panel.width - 4 * wide + BETWEEN, height=4 * HIGH - BETWEEN, top=6)
    panel.ax.set(xlim=(0, panel.inner), ylim=(panel.height, 0))
    panel.ax.axis("off")
    for down, line in enumerate(PLACES):
        for across, region in enumerate(line):
            if region:
                value = values.get(region)
                step = None if value is None else step_of(value, scale, decimals)
                corner = (across * wide, down * HIGH)
                _tile(panel, region, numbers.get(region), step, corner, wide - BETWEEN)
    _key(panel, scale, lacking=len(values) < len(BYDELER))
    known = [n for n in numbers.values() if n is not None]
    panel.series.append(Series("map", "", panel.measure, "region", known))


def _tile(
    panel: Panel, region: str, number: Number, step: Step | None, corner: tuple[float, float],
    wide: float,
) -> None:  # fmt: skip
    """A tile: the name in its upper corner, the number in its lower."""
    (x, y), size, ax = corner, panel.chart.size, panel.ax
    fill, ink = (step.fill, step.ink) if step else (look.PAPER, look.INK)
    tile = Rectangle(corner, wide, HIGH - BETWEEN, facecolor=fill, edgecolor=look.RULE, lw=0.8)
    ax.add_patch(tile)
    panel.mark_numbers(tile, [number])
    words = look.wrapped(panel.chart.name("region", region), wide - PAD, size)
    ax.text(x + PAD, y + PAD - 2, "\n".join(words), color=ink, va="top", size=size, zorder=6)
    text = number.text if number else ""
    panel.write(text, x + PAD, y + HIGH - BETWEEN - PAD - size / 2, bold=True, colour=ink)


def _key(panel: Panel, scale: list[Step], *, lacking: bool) -> None:
    """Which tint means which interval, in lines below the map."""
    entries = [(step.fill, step.words) for step in scale]
    entries += [(look.PAPER, NO_NUMBER)] if lacking else []
    size, line = panel.chart.size, SQUARE + 8
    x, y = 0.0, panel.height + 14
    for fill, words in entries:
        wide = SQUARE + 6 + look.text_width(words, size) + 16
        if x and x + wide - 16 > panel.width:
            x, y = 0.0, y + line
        square = Rectangle(
            (x, y), SQUARE, SQUARE, facecolor=fill, edgecolor=look.RULE, lw=0.8, clip_on=False
        )
        panel.ax.add_patch(square)
        panel.write(words, x + SQUARE + 6, y + SQUARE / 2)
        x += wide
    panel.fit(bottom=y + SQUARE - panel.height)
