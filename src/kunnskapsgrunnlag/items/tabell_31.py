"""Tabell 31: gross social assistance in selected cities, and the caseload behind it."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import listed, region_name, rows_of, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import bars_across
from kunnskapsgrunnlag.figures.theme import panels
from kunnskapsgrunnlag.store.formulas import share_of_country


def compute(paid: pd.DataFrame) -> pd.DataFrame:
    """Amounts as delivered; the number of cases follows from gross and per case.

    Args:
        paid: One row per region: `paid_nok`, `paid_nok_per_adult`, `paid_nok_per_case` (NOK).

    Returns:
        `region`, `brutto` (NOK thousand), `per_innbygger`, `per_tilfelle` (NOK), `tilfeller`
        (cases), `andel` (percent of the country).
    """
    table = pd.DataFrame(
        {
            "region": paid["region"],
            "brutto": paid["paid_nok"] / 1000,
            "per_innbygger": paid["paid_nok_per_adult"],
            "per_tilfelle": paid["paid_nok_per_case"],
            "tilfeller": paid["paid_nok"] / paid["paid_nok_per_case"],
        }
    )
    return table.assign(andel=share_of_country(table, "brutto"))


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """NOK per resident aged 16 and over, then NOK per case."""
    names = [region_name(r) for r in table["region"]]
    wanted = {
        "Per innbygger 16 år og over (kroner)": "per_innbygger",
        "Per tilfelle (kroner)": "per_tilfelle",
    }
    for ax, measure in zip(panels(fig, list(wanted), 2.35), wanted.values(), strict=True):
        bars_across(ax, names, table[measure].tolist(), decimals=0, strong=["Oslo"])


def describe(table: pd.DataFrame, item: Item) -> str:
    """Both rates of every region."""
    parts = [
        f"{region_name(row['region'])} {say(row['per_innbygger'])} og {say(row['per_tilfelle'])}"
        for row in rows_of(table)
    ]
    return (
        "Søylediagram i to deler, kroner per innbygger 16 år og over og kroner per tilfelle: "
        f"{listed(parts)}."
    )
