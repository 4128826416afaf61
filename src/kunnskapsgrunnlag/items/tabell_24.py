"""Tabell 24: startlån and establishment grants in Oslo: number, amount and mean."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_up
from kunnskapsgrunnlag.figures.theme import DARK_GREEN, WARM_BLUE, panels
from kunnskapsgrunnlag.store.formulas import change_from_previous, growth_from_first

MILLION = 1_000_000


def compute(granted: pd.DataFrame) -> pd.DataFrame:
    """Numbers and amounts as delivered; means from them.

    Args:
        granted: One row per year: `loans`, `grants` (counts), `loans_nok`, `grants_nok` (NOK).

    Returns:
        `year`, `…_antall` (counts), `…_belop` (NOK million), `…_snitt` (NOK), the growth of the
        mean loan since the first year (percent) and the change in the amount of grants from the
        year before (NOK million).
    """
    table = pd.DataFrame(
        {
            "year": granted["year"],
            "startlan_antall": granted["loans"],
            "startlan_belop": granted["loans_nok"] / MILLION,
            "startlan_snitt": granted["loans_nok"] / granted["loans"],
            "tilskudd_antall": granted["grants"],
            "tilskudd_belop": granted["grants_nok"] / MILLION,
            "tilskudd_snitt": granted["grants_nok"] / granted["grants"],
        }
    )
    return table.assign(
        startlan_snitt_vekst=growth_from_first(table, "startlan_snitt"),
        tilskudd_belop_endring=change_from_previous(table, "tilskudd_belop"),
    )


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Number and mean of loans, then number and mean of grants, year by year."""
    wanted = {
        "Startlån, antall": ("startlan_antall", 1, WARM_BLUE),
        "Startlån, gjennomsnitt (tusen kroner)": ("startlan_snitt", 1000, WARM_BLUE),
        "Tilskudd, antall": ("tilskudd_antall", 1, DARK_GREEN),
        "Tilskudd, gjennomsnitt (tusen kroner)": ("tilskudd_snitt", 1000, DARK_GREEN),
    }
    for ax, (measure, unit, colour) in zip(
        panels(fig, list(wanted), 1.45), wanted.values(), strict=True
    ):
        bars_up(
            ax,
            table["year"].tolist(),
            (table[measure] / unit).tolist(),
            decimals=0,
            colour=colour,
            drawn=table[measure].tolist(),
        )


def describe(table: pd.DataFrame, item: Item) -> str:
    """First and last year of loans and of grants."""
    first, last = table.iloc[0], table.iloc[-1]
    parts = [
        f"{name}: {say(first[f'{m}_antall'])} i {int(first['year'])} og "
        f"{say(last[f'{m}_antall'])} i {int(last['year'])}, med et gjennomsnitt på "
        f"{say(first[f'{m}_snitt'])} kroner og {say(last[f'{m}_snitt'])} kroner."
        for name, m in (("Startlån", "startlan"), ("Tilskudd til etablering", "tilskudd"))
    ]
    return "Søylediagram i fire deler. " + " ".join(parts)
