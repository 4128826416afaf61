"""What figur 18 and 19 share: delbydeler as rings, a row for each bydel."""

import pandas as pd
import seaborn as sns

from kunnskapsgrunnlag.items.kit import (
    BY_KEY,
    BYDELER,
    Chart,
    Panel,
    Table,
    band,
    draw_band,
    look,
    row_names,
    value_axis,
)

MEASURE = "andel"


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


def draw(table: Table, chart: Chart) -> None:
    """A row per bydel: a stroke for itself, a ring for each delbydel, the highest of them named."""
    panel = chart.panel(MEASURE)
    panel.note = "Streken er bydelen, ringene er delbydelene; den høyeste står med navn."
    known = table.dropna(subset=MEASURE)
    if known.empty:
        panel.ax.axis("off")
        return
    known = known.assign(bydel=[BY_KEY[r].parent or r for r in known["region"]])
    known = known.assign(row=pd.factorize(known["bydel"])[0])
    own = known[known["region"] == known["bydel"]]
    inside = known.drop(own.index)

    _name_rows(panel, known, inside.drop_duplicates("bydel"))
    rings = {"s": 64, "facecolor": "none", "edgecolor": look.MAIN, "lw": 1.6}
    strokes = {"s": 260, "marker": "|", "color": look.INK, "lw": 3}
    for name, rows, style in (("Delbydelene", inside, rings), ("Bydelene", own, strokes)):
        if not rows.empty:
            sns.scatterplot(rows, x=MEASURE, y="row", ax=panel.ax, **style)
            panel.mark(panel.ax.collections[-1], rows)
            panel.series[-1].name = name
    panel.ax.set(xlabel="", ylabel="", xlim=(0, None))
    value_axis(panel)


def _name_rows(panel: Panel, known: Table, highest: Table) -> None:
    """Each bydel, and its highest delbydel: behind it in the narrow drawing, else to the right."""
    names = [BY_KEY[bydel].name for bydel in known["bydel"].unique()]
    words = [""] * len(names)
    places = zip(highest["row"], highest["region"], panel.values(highest), strict=True)
    for row, region, number in places:
        if number is None:
            continue
        # Sentrum and Marka are no bydeler, and the only delbydel in their row.
        is_named = BY_KEY[region].parent in BYDELER
        words[row] = f"{BY_KEY[region].name} {number.text}" if is_named else number.text
        if bounds := band(number):
            draw_band(panel, row, bounds)
    if panel.chart.narrow:
        row_names(panel, [f"{n} – {w}" if w else n for n, w in zip(names, words, strict=True)])
        panel.fit(left=6, right=12)
        return
    row_names(panel, names)
    panel.fit(right=look.widest(words, panel.chart.size) + 20)
    for row, label in enumerate(words):
        panel.write(label, 1, row, dx=20, where="row")


def describe(table: Table, chart: Chart) -> str:
    """How many areas have no number: the drawing leaves them out."""
    lacking = table[MEASURE].isna().sum()
    return f"{lacking} av {len(table)} områder er uten tall." if lacking else ""
