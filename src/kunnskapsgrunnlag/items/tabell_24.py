"""Tabell 24: startlån and establishment grants in Oslo: number, amount and mean."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Chart, Table, change_from_previous, growth_from_first, lines

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


def draw(table: Table, chart: Chart) -> None:
    """How number and mean have changed since the first year: of loans, and of grants."""
    pairs = [(f"{kind}_antall", f"{kind}_snitt") for kind in ("startlan", "tilskudd")]
    for panel in chart.panels(*pairs, share=True):
        panel.title = panel.entry.group
        lines(panel, table, index=True)
