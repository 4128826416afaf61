"""What figur 18 and 19 share: delbydeler as dots, a row for each bydel."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.theme import DARK_BLUE, GRID, INK, WARM_BLUE
from kunnskapsgrunnlag.tidy.regions import BY_KEY
from kunnskapsgrunnlag.words import say


def ordered(areas: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Delbydeler below their bydel, bydeler and delbydeler with the highest value first.

    A bydel that has no value of its own stands where its highest delbydel puts it.
    """
    rows = areas.assign(
        bydel=[BY_KEY[r].parent or r for r in areas["region"]],
        is_bydel=[not BY_KEY[r].parent for r in areas["region"]],
        size=[float(v) if not v.is_missing else -1.0 for v in areas[measure]],
    )
    own = rows[rows["is_bydel"]].set_index("bydel")["size"]
    top = rows.groupby("bydel")["size"].max()
    rows = rows.assign(rank=[own.get(b, top[b]) for b in rows["bydel"]])
    rows = rows.sort_values(
        ["rank", "bydel", "is_bydel", "size"], ascending=[False, True, False, False], kind="stable"
    )
    return rows[["region", measure]].reset_index(drop=True)


def delbydeler(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of delbydeler."""
    return table[[bool(BY_KEY[r].parent) for r in table["region"]]]


def strip(table: pd.DataFrame, measure: str, fig: Figure) -> None:
    """A row per bydel on a common axis: a dot per delbydel, a stroke for the bydel itself."""
    table = table.dropna(subset=measure)
    bydeler = list(dict.fromkeys(BY_KEY[r].parent or r for r in table["region"]))
    fig.set_figheight(0.36 * len(bydeler) + 1.0)
    ax = fig.subplots()
    for place, bydel in enumerate(bydeler):
        ax.axhline(place, color=GRID, linewidth=0.8, zorder=0)
        inside = [BY_KEY[r].parent == bydel for r in table["region"]]
        rows = table[inside].dropna(subset=measure).sort_values(measure)
        ax.scatter(
            rows[measure].astype(float),
            [place] * len(rows),
            s=34,
            color=WARM_BLUE,
            alpha=0.8,
            zorder=2,
        )
        own = table[table["region"] == bydel][measure].dropna().tolist()
        for value in own:
            ax.plot(
                [value, value],
                [place - 0.32, place + 0.32],
                color=DARK_BLUE,
                linewidth=2.4,
                zorder=3,
            )
        if len(rows):
            top = rows.iloc[-1]
            words = f"{BY_KEY[top['region']].name} {say(top[measure], 1)}"
            ax.annotate(
                words,
                (float(top[measure]), place),
                xytext=(7, 0),
                fontsize=9,
                textcoords="offset points",
                va="center",
                color=INK,
            )
    right = max(float(v) for v in table[measure].dropna())
    ax.set(xlim=(0, right * 1.3), ylim=(len(bydeler) - 0.5, -0.5), xlabel="Prosent", ylabel="")
    ax.set_yticks(range(len(bydeler)), [BY_KEY[b].name for b in bydeler])
    ax.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
