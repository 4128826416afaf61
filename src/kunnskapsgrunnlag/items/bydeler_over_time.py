"""What figur 36 and 37 share: Oslo through the years, each bydel in the first and the last.

The table has the years that the catalogue chooses; `over_tid` has every year of the source.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_numbers import rounded
from kunnskapsgrunnlag.base.nb_text import listed, moved, say, with_numbers
from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.figures.charts import line_panel, spanned
from kunnskapsgrunnlag.figures.theme import WARM_BLUE, unlike_panels
from kunnskapsgrunnlag.items.bydeler import bydeler_word, draw_pair, said

REGIONS = (*BYDELER, "oslo")


def ends(table: pd.DataFrame, measure: str) -> tuple[int, int]:
    """The first and the last year of the reader's table."""
    years = table.dropna(subset=measure)["year"]
    return int(min(years)), int(max(years))


def side_by_side(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    """One row per region: the measure in the first year as `then`, in the last as `now`."""
    held = {year: table[table["year"] == year] for year in ends(table, measure)}
    columns = {
        name: dict(zip(rows["region"], rows[measure], strict=True))
        for name, rows in zip(("then", "now"), held.values(), strict=True)
    }
    return pd.DataFrame(
        {
            "region": list(columns["now"]),
            "then": pd.Series([columns["then"][r] for r in columns["now"]], dtype=object),
            "now": pd.Series(list(columns["now"].values()), dtype=object),
        }
    )


def draw(
    table: pd.DataFrame, fig: Figure, measure: str, *, over_time: str, by_bydel: str, decimals: int
) -> None:
    """Oslo as a line; below it a row per bydel with the first year and the last.

    Args:
        measure: What the bydeler are compared by.
        over_time, by_bydel: The titles of the two panels.
    """
    line, rows = unlike_panels(fig, {over_time: 2.2, by_bydel: 5.6})
    oslo = spanned(table[table["region"] == "oslo"], "over_tid")
    line_panel(line, [("Oslo", oslo["year"], oslo["over_tid"], WARM_BLUE, "-")], decimals=decimals)
    years = oslo["year"].tolist()
    line.set_xticks([years[0], *(year for year in years[1:-1] if year % 5 == 0), years[-1]])
    first, last = ends(table, measure)
    pair = {"now": str(last), "then": str(first)}
    draw_pair(side_by_side(table, measure), rows, pair, order="now", decimals=1)


def describe(table: pd.DataFrame, measure: str, *, of: str, unit: str, per: str) -> str:
    """How Oslo has moved, who lies highest and lowest, and in how many bydeler it has risen.

    Args:
        of: What the line shows; `unit` is the word after its numbers.
        per: What the bydeler are compared by.
    """
    rows = table[table["region"] == "oslo"].set_index("year")["over_tid"]
    oslo, lacking = with_numbers(rows)
    first, last = oslo.iloc[0], oslo.iloc[-1]
    then, now = ends(table, measure)
    both = side_by_side(table, measure)
    ranked = said(both, "now", 1)
    known = both.dropna()
    # As they are shown: a rise that no reader can see is none.
    risen = sum(
        rounded(now, 1) > rounded(then, 1)
        for region, then, now in zip(known["region"], known["then"], known["now"], strict=True)
        if region in BYDELER
    )
    return (
        f"Linjediagram over {of} i Oslo, som {moved(first, last)} fra "
        f"{say(first)}{unit} i {oslo.index[0]} til {say(last)}{unit} i {oslo.index[-1]}.{lacking} "
        f"Under er {per} i {then} og {now} vist for hver bydel. I {now} er "
        f"tallet høyest i {listed(ranked[:3])}, og lavest i {listed(ranked[-2:])}. "
        f"{bydeler_word(risen)} ligger høyere enn i {then}."
    )
