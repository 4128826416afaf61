"""Tabell 11: the number of disadvantaged persons and households, Oslo and the country."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import moved, region_name, say, with_numbers
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_up
from kunnskapsgrunnlag.figures.theme import DARK_BLUE, WARM_BLUE, panels
from kunnskapsgrunnlag.store.formulas import change_from_previous, share_of_country


def compute(disadvantaged: pd.DataFrame) -> pd.DataFrame:
    """Counts as delivered, the change from the year before and Oslo's share of the country.

    Args:
        disadvantaged: One row per region and year, with `persons` and `households`.

    Returns:
        `region`, `year`, `personer`, `husholdninger` (counts), `…_endring` (counts) and `…_andel`
        (percent of the country, Oslo only).
    """
    table = disadvantaged.rename(columns={"persons": "personer", "households": "husholdninger"})
    table = table.sort_values(["region", "year"], ascending=[False, True]).reset_index(drop=True)
    extra = {
        f"{measure}_{name}": formula(table, measure)
        for measure in ("personer", "husholdninger")
        for name, formula in (("endring", change_from_previous), ("andel", share_of_country))
    }
    return table.assign(**extra)


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Persons and households in Oslo, then in the country; each panel has its own scale."""
    wanted = [(r, m) for r in ("oslo", "hele-landet") for m in ("personer", "husholdninger")]
    titles = [
        f"{m.capitalize()}, {region_name(r) if r == 'oslo' else 'hele landet'}" for r, m in wanted
    ]
    for ax, (region, measure) in zip(panels(fig, titles, 1.5), wanted, strict=True):
        rows = table[table["region"] == region]
        bars_up(
            ax,
            rows["year"].tolist(),
            rows[measure].tolist(),
            decimals=0,
            colour=WARM_BLUE if region == "oslo" else DARK_BLUE,
        )


def describe(table: pd.DataFrame, item: Item) -> str:
    """First and last year of the four series, and the last year's movement."""
    parts = []
    for region, where in (("oslo", "i Oslo"), ("hele-landet", "i hele landet")):
        for measure in ("personer", "husholdninger"):
            series = table[table["region"] == region].set_index("year")[measure]
            s, lacking = with_numbers(series)
            first, before, last = s.index[0], s.index[-2], s.index[-1]
            step = "." if lacking else f"; det {moved(s[before], s[last])} det siste året."
            parts.append(
                f"Antall {measure} {where} var {say(s[first])} i {first} og "
                f"{say(s[last])} i {last}{step}{lacking}"
            )
    return "Søylediagram i fire deler. " + " ".join(parts)
