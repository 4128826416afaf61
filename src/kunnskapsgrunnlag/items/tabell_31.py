"""Tabell 31: gross social assistance in selected cities, and the caseload behind it."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, bars, share_of


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
    return table.assign(andel=share_of(table, "brutto"))


def draw(table: Table, chart: Chart) -> None:
    """What a resident and what a case costs in each city."""
    for panel in chart.panels("per_innbygger", "per_tilfelle"):
        bars(panel, table)
