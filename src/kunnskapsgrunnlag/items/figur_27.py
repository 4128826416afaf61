"""Figur 27: statlig and kommunal bostøtte in Oslo: recipients, amount and mean."""

import pandas as pd
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_text import say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import Line, line_panel, spanned
from kunnskapsgrunnlag.figures.theme import DARK_GREEN, WARM_BLUE, panels
from kunnskapsgrunnlag.store.formulas import (
    change_from_previous,
    growth_from_first,
    only,
    year_total,
)
from kunnskapsgrunnlag.store.traced import Traced

MILLION = 1_000_000
PARTS = ("mottakere", "utbetalt", "snitt")
# More years than this do not have room for their names: every third from the last has one.
NAMED_YEARS = 6


def compute(
    housing_allowance: pd.DataFrame, municipal: pd.DataFrame, *, first_year: int, last_year: int
) -> pd.DataFrame:
    """The state's columns from the monthly register, the municipality's as delivered.

    Args:
        housing_allowance: The register, one row per region and month.
        municipal: One row per year, the same three measures for kommunal bostøtte. A year that it
            does not hold is missing, and said to be.

    Returns:
        `year` and for each scheme `…_mottakere` (households in December), `…_utbetalt` (NOK
        million in the year), `…_snitt` (NOK in December), with changes from the year before and
        growth since the first year.
    """
    years = range(first_year, last_year + 1)
    december = housing_allowance[housing_allowance["month"] == 12]
    rows = [
        {
            "year": year,
            "statlig_mottakere": only(december, "recipients", region="oslo", year=year),
            "statlig_utbetalt": year_total(housing_allowance, "paid_nok", "oslo", year) / MILLION,
            "statlig_snitt": only(december, "mean_paid_nok_month", region="oslo", year=year),
            "kommunal_mottakere": _known(municipal, "recipients", year),
            "kommunal_utbetalt": _known(municipal, "paid_nok", year) / MILLION,
            "kommunal_snitt": _known(municipal, "mean_paid_nok_month", year),
        }
        for year in years
    ]
    table = pd.DataFrame(rows)
    return table.assign(
        statlig_mottakere_endring=change_from_previous(table, "statlig_mottakere"),
        statlig_utbetalt_endring=change_from_previous(table, "statlig_utbetalt"),
        statlig_mottakere_vekst=growth_from_first(table, "statlig_mottakere"),
        statlig_snitt_vekst=growth_from_first(table, "statlig_snitt"),
        kommunal_mottakere_vekst=growth_from_first(table, "kommunal_mottakere"),
        kommunal_utbetalt_endring=change_from_previous(table, "kommunal_utbetalt"),
    )


def _known(municipal: pd.DataFrame, measure: str, year: int) -> Traced:
    """The year's number, or a missing one: the series ends before the state's does."""
    if year in set(municipal["year"]):
        return only(municipal, measure, year=year)
    return Traced.missing("..")


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """Three panels, in each a line for the state's and one for the municipality's scheme."""
    titles = [
        "Mottakere i desember",
        "Utbetalt i året (millioner kroner)",
        "Gjennomsnitt i desember (kroner)",
    ]
    for ax, part in zip(panels(fig, titles, 2.0), PARTS, strict=True):
        lines = [
            _line(table, f"{scheme}_{part}", name, colour, style)
            for name, scheme, colour, style in (
                ("Statlig", "statlig", WARM_BLUE, "-"),
                ("Kommunal", "kommunal", DARK_GREEN, "--"),
            )
        ]
        line_panel(ax, lines, decimals=0)
        named = _named_years(table["year"].tolist())
        ax.set_xticks(named, [str(year) for year in named])


def _line(table: pd.DataFrame, measure: str, name: str, colour: str, style: str) -> Line:
    """A line from the first to the last year that has a number."""
    known = spanned(table, measure)
    return name, known["year"], known[measure], colour, style


def _named_years(years: list[int]) -> list[int]:
    return years if len(years) <= NAMED_YEARS else years[::-1][::3][::-1]


def describe(table: pd.DataFrame, item: Item) -> str:
    """First and last year that each scheme has."""
    parts = [
        _told(table.dropna(subset=f"{scheme}_mottakere"), scheme, name)
        for name, scheme in (("Statlig bostøtte", "statlig"), ("Kommunal bostøtte", "kommunal"))
    ]
    return "Linjediagram i tre deler. " + " ".join(parts)


def _told(table: pd.DataFrame, s: str, name: str) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    return (
        f"{name}: {say(first[f'{s}_mottakere'])} mottakere i desember {int(first['year'])} og "
        f"{say(last[f'{s}_mottakere'])} i desember {int(last['year'])}; utbetalt "
        f"{say(first[f'{s}_utbetalt'])} og {say(last[f'{s}_utbetalt'])} millioner kroner; "
        f"gjennomsnitt {say(first[f'{s}_snitt'])} og {say(last[f'{s}_snitt'])} kroner."
    )
