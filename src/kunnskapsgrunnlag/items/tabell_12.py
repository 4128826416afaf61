"""Tabell 12: the share of disadvantaged persons and households, Oslo and the country."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import moved, say, with_numbers
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import line_panel
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, WARM_BLUE
from kunnskapsgrunnlag.store.formulas import change_from_first, ratio_to_country


def compute(disadvantaged: pd.DataFrame) -> pd.DataFrame:
    """Shares as delivered, their change since the first year, and Oslo against the country.

    Args:
        disadvantaged: One row per region and year, with `persons_pct` and `households_pct`.

    Returns:
        `region`, `year`, `personer`, `husholdninger` (percent), `…_endring` (percentage points)
        and `personer_forhold` (ratio to the country, Oslo only).
    """
    table = disadvantaged.rename(
        columns={"persons_pct": "personer", "households_pct": "husholdninger"}
    )
    table = table.sort_values(["region", "year"], ascending=[False, True]).reset_index(drop=True)
    return table.assign(
        personer_endring=change_from_first(table, "personer"),
        husholdninger_endring=change_from_first(table, "husholdninger"),
        personer_forhold=ratio_to_country(table, "personer"),
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Four lines from zero, named at their ends; households are dashed."""
    fig.set_figheight(3.6)
    ax = fig.subplots()
    lines = []
    for region, name, colour in (("oslo", "Oslo", WARM_BLUE), ("hele-landet", "Landet", DARK_BLUE)):
        rows = table[table["region"] == region]
        for measure, style in (("personer", "-"), ("husholdninger", "--")):
            lines.append((f"{name}, {measure}", rows["year"], rows[measure], colour, style))
    line_panel(ax, lines, decimals=1)
    ax.set_ylabel("Prosent")


def describe(table: pd.DataFrame, item: Item) -> str:
    """First and last share of the four lines."""
    parts = []
    for region, where in (("oslo", "i Oslo"), ("hele-landet", "i hele landet")):
        for measure in ("personer", "husholdninger"):
            s, lacking = with_numbers(table[table["region"] == region].set_index("year")[measure])
            first, last = s.index[0], s.index[-1]
            verb = moved(s[first], s[last])
            parts.append(
                f"Andelen {measure} {where} {verb} fra {say(s[first], 1)} prosent i {first} til "
                f"{say(s[last], 1)} prosent i {last}.{lacking}"
                if verb != "var uendret"
                else f"Andelen {measure} {where} var {say(s[last], 1)} prosent i både {first} og "
                f"{last}.{lacking}"
            )
    return "Linjediagram med fire linjer. " + " ".join(parts)
