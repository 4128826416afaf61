"""Figur 23: the incomes at which a single person can get each housing instrument."""

import datetime
import math
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.items.kit import (
    Canvas,
    Chart,
    Panel,
    Table,
    Traced,
    bar_height,
    listed,
    look,
    nb,
    row_names,
    value_axis,
)
from kunnskapsgrunnlag.rules import (
    bostotte,
    kommunal_bolig,
    kommunal_bostotte,
    sosialhjelp,
    startlan,
)
from kunnskapsgrunnlag.rules.rates import (
    Outcome,
    RateTable,
    Working,
    read_rates,
    weakest,
    with_bounds,
)

MONTHS = 12
STATE, HOME, LOAN = "statlig-bostotte", "kommunal-bolig", "startlan"
INSTRUMENTS = ("sosialhjelp", "kommunal-bostotte", STATE, HOME, LOAN)
ASSUMED = "antatt"


def compute(
    state_rates: pd.DataFrame,
    municipal_rates: pd.DataFrame,
    social_rates: pd.DataFrame,
    home_rates: pd.DataFrame,
    base_amounts: pd.DataFrame,
    loan_rates: pd.DataFrame,
    taxes: pd.DataFrame,
    *,
    date: str,
    rent_month: float,
    home_price: float,
    term_years: float,
    interest_pct: float,
    norm: sosialhjelp.Norm,
    temporary: bool,
) -> pd.DataFrame:
    """The lowest and the highest gross income for each instrument, single in Oslo, NOK per year.

    Args:
        state_rates: Rates of statlig bostøtte; the other tables are the rates of kommunal bostøtte,
            sosialhjelp, kommunal bolig, the base amount, startlån and income tax.
        date: The day whose rates are used.
        rent_month: Rent, NOK per month.
        home_price: Price of the home that startlån pays in full, NOK.
        term_years: Term of the loan.
        interest_pct: Interest on the loan, percent per year. What is chosen here and not looked up
            is an assumption, and makes startlån one.
        norm: Whose norm for living costs: `statlig` or `oslo`.
        temporary: Whether statlig bostøtte has its temporary progressive rate.

    Returns:
        `category` (instrument), `fra`, `til` (NOK per year), `til_maned` (NOK per month), `status`
        (the weakest of the rates behind, words) and for startlån `avstand`: from the highest
        income with statlig bostøtte up to the lowest with startlån, NOK per year.
    """
    on = datetime.date.fromisoformat(date)
    tables = (
        read_rates(state_rates, "statlig bostøtte"),
        read_rates(municipal_rates, "kommunal bostøtte"),
        read_rates(social_rates, "sosialhjelp"),
        read_rates(home_rates, "kommunal bolig"),
        read_rates(base_amounts, "grunnbeløpet"),
        read_rates(loan_rates, "startlån"),
        read_rates(taxes, "skatt"),
    )

    def limits(tables: tuple[RateTable, ...]) -> list[Outcome]:
        """The lowest and the highest income of each instrument, in the order of the rows."""
        state, municipal, social, home, base, loan, tax = tables
        single = bostotte.Household()
        return [
            _lowest(social, on),
            sosialhjelp.gross_limit(social, tax, on, rent_month, norm=norm),
            _lowest(municipal, on),
            kommunal_bostotte.income_limit(municipal, on, rent_month),
            _lowest(state, on),
            bostotte.income_limit(state, on, rent_month, single, temporary=temporary),
            _lowest(home, on),
            kommunal_bolig.income_limit(home, base, on),
            startlan.minimum_income(
                loan, tax, on, home_price, term_years=term_years, interest_pct=interest_pct
            ),
            startlan.maximum_income(loan, on, home_price),
        ]

    amounts = with_bounds(limits, tables)
    rows = [
        _row(name, low, high, least=ASSUMED if name == LOAN else "belagt")
        for name, low, high in zip(INSTRUMENTS, amounts[::2], amounts[1::2], strict=True)
    ]
    numbers = dict.fromkeys(("fra", "til", "til_maned", "status"), "traced")
    return _with_distance(pd.DataFrame(rows).astype(numbers))


def _lowest(rates: RateTable, on: datetime.date) -> Outcome:
    working = Working(rates, on)
    return working.done(working.rate("nedre inntektsgrense"), "ingen nedre grense")


def _row(category: str, low: Outcome, high: Outcome, *, least: str = "belagt") -> dict[str, Any]:
    """An instrument's row; `least` is the status of what is behind it beside the rates."""
    cells = tuple(sorted({*low.cells, *high.cells}))
    status = weakest((low.status, high.status, least))
    return {
        "category": category,
        "fra": _amount(low),
        "til": _amount(high),
        "til_maned": _amount(high, MONTHS),
        "status": Traced.noted(math.nan, status, cells=cells, text=status),
    }


def _amount(outcome: Outcome, parts: int = 1) -> Traced:
    """The amount, or one of so many equal parts of it, with what the uncertain rates allow."""
    low, high = outcome.value - outcome.below, outcome.value + outcome.above
    steps = "; ".join(outcome.steps)
    band = low / parts, high / parts
    return Traced.noted(outcome.value / parts, steps, cells=outcome.cells, band=band)


def _with_distance(table: pd.DataFrame) -> pd.DataFrame:
    """Add the distance from statlig bostøtte up to startlån, on the row of startlån."""
    rows = {row["category"]: row for row in table.to_dict("records")}
    top, start = rows[STATE]["til"], rows[LOAN]["fra"]
    value = start.value - top.value
    words = f"{nb(start.value)} − {nb(top.value)}"
    band = start.low - top.high, start.high - top.low
    distance = Traced.noted(value, words, (start, top), band=band)
    column = [distance if c == LOAN else None for c in table["category"]]
    return table.assign(avstand=pd.Series(column, index=table.index, dtype="traced"))


def draw(table: Table, chart: Chart) -> None:
    """Incomes up to each limit, those from which startlån is given, and the gap between them."""
    panel = chart.panel("fra", "til", title="Inntekt før skatt, kroner per år")
    is_home = table["category"] == HOME
    rows = pd.concat([table[~is_home].sort_values("til"), table[is_home]])
    row_names(panel, panel.names(rows, "category"))
    panel.ax.set_xlim(0, rows["til"].max())
    panel.fit(right=26)
    value_axis(panel)
    colours = rows["category"].map({LOAN: look.SECOND, HOME: look.PAPER}).fillna(look.MAIN)
    drawn = panel.ax.barh(
        range(len(rows)), rows["til"] - rows["fra"], bar_height(panel), rows["fra"], color=colours
    )
    panel.mark(drawn, rows, "fra", "til")
    # Need decided more often than this limit.
    drawn[-1].set(edgecolor=look.RULE, linestyle=look.DASHED)
    for place, row in enumerate(rows.to_dict("records")):
        _write_limits(panel, place, row)
    _draw_gap(panel, table)
    Canvas(chart).text((0, 0), _notes(table, chart), chart.width)


def _write_limits(panel: Panel, place: int, row: dict[Any, Any]) -> None:
    """The limits of a row in its bar."""
    low, high = panel.chart.value(row, "fra"), panel.chart.value(row, "til")
    ink = look.INK if row["category"] == HOME else look.PAPER
    if low and low.value:
        panel.write(f"fra {low.text}", low.value, place, dx=6, colour=ink)
    if high and high.value and (not panel.chart.narrow or row["category"] != LOAN):
        words = high.text if panel.chart.narrow else f"til {high.text}"
        panel.write(words, high.value, place, dx=-6, ha="right", colour=ink)


def _draw_gap(panel: Panel, table: Table) -> None:
    """A column over the incomes above statlig bostøtte and below startlån, where there are such."""
    rows = {row["category"]: row for row in table.to_dict("records")}
    top, start = rows[STATE]["til"], rows[LOAN]["fra"]
    gap = panel.chart.value(rows[LOAN], "avstand")
    if not (gap and start > top):
        return
    panel.ax.axvspan(top, start, color=look.SPAN, zorder=0.5)
    line, middle = panel.chart.size * look.LEADING, (top + start) / 2
    words = f"Gap: {gap.text} kr", "verken bostøtte eller startlån"
    panel.write(words[0], middle, 1, dy=1.6 * line, ha="center", where="column", bold=True)
    panel.write(words[1], middle, 1, dy=0.6 * line, ha="center", where="column")
    panel.fit(top=2.2 * line)


def _notes(table: Table, chart: Chart) -> str:
    """What the limits rest on: the settings of the entry, and assumed rates."""
    has = chart.item.settings
    assumed = [chart.name("category", c) for c in table.loc[table["status"] == ASSUMED, "category"]]
    return (
        f"Forutsatt: husleie {nb(has['rent_month'])} kr per måned, bolig til "
        f"{nb(has['home_price'])} kr, lån over {nb(has['term_years'])} år med "
        f"{nb(has['interest_pct'], 3)} prosent rente. Stiplet: for kommunal bolig "
        f"var grensen ofte lavere i praksis. "
        f"Bygger på antatte satser: {listed(assumed)}."
    )


def describe(table: Table, chart: Chart) -> str:
    """The distance between statlig bostøtte and startlån, and what is assumed."""
    loan = table[table["category"] == LOAN].to_dict("records")[0]
    gap = chart.value(loan, "avstand")
    is_over = gap is not None and gap.value is not None and gap.value > 0
    where = f"{gap.text} kroner over" if gap and is_over else "ikke over"
    return (
        f"Laveste inntekt for startlån ligger {where} øvre grense for statlig bostøtte. "
        f"{_notes(table, chart)}"
    )
