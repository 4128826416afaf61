"""What figur 18 and 19 share: delbydeler as dots, a row for each bydel."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from kunnskapsgrunnlag.base.nb_text import region_name, say
from kunnskapsgrunnlag.base.regions import BY_KEY
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.svg_ids import mark
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, GRID, INK, WARM_BLUE

MEASURE = "andel"
SEEN_THROUGH = f"{WARM_BLUE}80"  # dots on top of each other stay apart by their edges
ROW_HEIGHT, AXIS_HEIGHT = 0.45, 1.0  # inches
STROKE = 0.17  # half the bydel's stroke, in rows: it ends above the name of the lowest delbydel


def ordered(areas: pd.DataFrame) -> pd.DataFrame:
    """Delbydeler below their bydel, bydeler and delbydeler with the highest share first.

    A bydel that has no value of its own stands where its highest delbydel puts it.
    """
    parent = pd.Series([BY_KEY[r].parent for r in areas["region"]], index=areas.index)
    rows = areas.assign(
        bydel=parent.where(parent != "", areas["region"]),
        is_bydel=parent == "",
        size=areas[MEASURE].astype(float),
    )
    own = rows[rows["is_bydel"]].set_index("bydel")["size"]
    top = rows.groupby("bydel")["size"].max()
    rows = rows.assign(rank=rows["bydel"].map(own.combine_first(top)))
    rows = rows.sort_values(
        ["rank", "bydel", "is_bydel", "size"], ascending=[False, True, False, False], kind="stable"
    )
    return rows[["region", MEASURE]].reset_index(drop=True)


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A row per bydel on a common axis: a stroke for the bydel, a dot for each delbydel.

    The highest delbydel of a row is named beside its dot, the lowest below it.
    """
    shares = table.dropna(subset=MEASURE)
    bydeler = list(dict.fromkeys(BY_KEY[r].parent or r for r in shares["region"]))
    fig.set_figheight(ROW_HEIGHT * len(bydeler) + AXIS_HEIGHT)
    ax = fig.subplots()
    for place, bydel in enumerate(bydeler):
        _row(ax, place, bydel, shares)
    right = max(shares[MEASURE].astype(float), default=1.0)
    ax.set(xlim=(0, right * 1.44), ylim=(len(bydeler) - 0.4, -0.5), xlabel="Prosent", ylabel="")
    ax.set_yticks(range(len(bydeler)), [BY_KEY[b].name for b in bydeler])
    ax.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    _legend(ax)


def _legend(ax: Axes) -> None:
    """What a stroke and a dot are, above the rows."""
    stroke = Line2D([], [], color=DARK_BLUE, linewidth=2.6, marker="|", linestyle="none")
    stroke.set(markersize=13, markeredgewidth=2.6)
    dot = Line2D([], [], marker="o", linestyle="none", markersize=6)
    dot.set(markerfacecolor=SEEN_THROUGH, markeredgecolor=WARM_BLUE)
    ax.legend(
        [stroke, dot],
        ["Bydelen", "Delbydel"],
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=2,
        frameon=False,
        handletextpad=0.4,
        columnspacing=1.4,
    )


def _row(ax: Axes, place: int, bydel: str, shares: pd.DataFrame) -> None:
    inside = shares[[BY_KEY[r].parent == bydel for r in shares["region"]]].sort_values(MEASURE)
    values = inside[MEASURE].astype(float)
    # The line ends at the highest dot, so that it does not run through the name.
    ax.plot([0, max(values, default=0)], [place, place], color=GRID, linewidth=0.8, zorder=0)
    rows = [place] * len(values)
    look: dict[str, Any] = {"s": 36, "facecolors": SEEN_THROUGH, "edgecolors": WARM_BLUE}
    mark(ax.scatter(values, rows, zorder=2, **look), inside[MEASURE].tolist())
    for own in shares[shares["region"] == bydel][MEASURE]:
        ends = [place - STROKE, place + STROKE]
        (stroke,) = ax.plot([own, own], ends, color=DARK_BLUE, linewidth=2.6, zorder=3)
        mark(stroke, [own])
    names = [f"{BY_KEY[r].name} {say(v, 1)}" for r, v in zip(*_columns(inside), strict=True)]
    if names:
        _name(ax, names[-1], (values.iloc[-1], place), (7, 0))
    if len(names) > 1:
        _name(ax, names[0], (values.iloc[0], place), (-3, -13))


def _columns(rows: pd.DataFrame) -> tuple[list[str], list[float]]:
    return rows["region"].tolist(), rows[MEASURE].tolist()


def _name(ax: Axes, words: str, at: tuple[float, int], shift: tuple[int, int]) -> None:
    ax.annotate(
        words,
        at,
        xytext=shift,
        textcoords="offset points",
        fontsize=10,
        va="center",
        color=INK,
        annotation_clip=False,
    )


def describe(table: pd.DataFrame, item: Item) -> str:
    """The highest and the lowest bydel and delbydel, and how many have no number."""
    shares = table.dropna(subset=MEASURE)
    is_area = [bool(BY_KEY[r].parent) for r in shares["region"]]
    areas, bydeler = shares[is_area], shares[[not area for area in is_area]]
    lacking = len(table) - len(shares)
    return (
        f"Prikkdiagram over {item.title[0].lower()}{item.title[1:]}: {len(bydeler)} bydeler, "
        f"ordnet etter bydelens andel, med {len(areas)} delbydeler."
        f"{_extremes('bydelene', bydeler)}{_extremes('delbydelene', areas)}"
        + (f" {lacking} av {len(table)} områder er uten tall." if lacking else "")
    )


def _extremes(of: str, rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    ranked = rows.sort_values(MEASURE)
    (low, high), (least, most) = _columns(ranked.iloc[[0, -1]])
    return (
        f" Høyest av {of} er {region_name(high)} med {say(most, 1)} prosent, lavest er "
        f"{region_name(low)} med {say(least, 1)} prosent."
    )
