"""Figur 23: the incomes at which a single person can get each housing instrument."""

import datetime
import math
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kunnskapsgrunnlag.base.nb_numbers import MINUS, nb
from kunnskapsgrunnlag.base.nb_text import rows_of, say
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.charts import kroner_axis
from kunnskapsgrunnlag.figures.svg_ids import mark
from kunnskapsgrunnlag.figures.theme import INK, WARM_BLUE
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
from kunnskapsgrunnlag.store.traced import Traced

MONTHS = 12
STATE, LOAN = "statlig-bostotte", "startlan"
INSTRUMENTS = ("sosialhjelp", "kommunal-bostotte", STATE, "kommunal-bolig", LOAN)
ASSUMED, WHITE, GAP = "antatt", "#ffffff", "#f4e3c1"
BREAK = ",\n"
DASHED = "Stiplet ramme: bygger på en antatt sats"


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
    return working.done(working.rate("nedre inntektsgrense"), "kr per år", "ingen nedre grense")


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
    top, start = _row_of(table, STATE)["til"], _row_of(table, LOAN)["fra"]
    value = start.value - top.value
    words = f"{nb(start.value)} {MINUS} {nb(top.value)}"
    band = start.low - top.high, start.high - top.low
    distance = Traced.noted(value, words, (start, top), band=band)
    column = [distance if c == LOAN else None for c in table["category"]]
    return table.assign(avstand=pd.Series(column, index=table.index, dtype="traced"))


def draw(table: pd.DataFrame, fig: Figure, item: Item) -> None:
    """A bar from the lowest to the highest income of each instrument, and the gap between two."""
    fig.set_figheight(4.0)
    ax = fig.subplots()
    for place, row in enumerate(rows_of(table)):
        _bar(ax, place, row)
    ax.set_yticks(range(len(table)), [(item.categories or {})[c] for c in table["category"]])
    top = max(table["til"])
    ax.set(xlim=(0, top * 1.2), ylim=(len(table) - 0.5, -0.9))
    kroner_axis(ax, "x")
    notes = [f"Inntekt før skatt, kroner per år\nForutsatt {_assumed(item, BREAK)}"]
    notes += [DASHED] if ASSUMED in set(table["status"]) else []
    ax.set_xlabel("\n".join(notes))
    ax.tick_params(axis="y", length=0)
    _gap(ax, table)
    sns.despine(ax=ax, left=True)


def _assumed(item: Item, between: str) -> str:
    """What the settings assume, in words, in two parts."""
    held = item.settings
    return between.join(
        (
            f"husleie {nb(held['rent_month'])} kr per måned, bolig til {nb(held['home_price'])} kr",
            f"lån over {nb(held['term_years'])} år med {nb(held['interest_pct'], 3)} prosent rente",
        )
    )


def _bar(ax: Axes, place: int, row: dict[Any, Any]) -> None:
    """The bar with its numbers; one that rests on an assumption is hollow and dashed."""
    assumed = row["status"] == ASSUMED
    bar = ax.barh(
        place,
        row["til"] - row["fra"],
        left=row["fra"],
        height=0.5,
        color=WHITE if assumed else WARM_BLUE,
        edgecolor=WARM_BLUE,
        linestyle="--" if assumed else "-",
        linewidth=1.5,
        zorder=2,
    )
    mark(bar[0], [row["fra"]], [row["til"]])
    for value, shift, side in ((row["til"], 4, "left"), (row["fra"], -4, "right")):
        if value > 0:
            ax.annotate(
                say(value),
                (value, place),
                xytext=(shift, 0),
                textcoords="offset points",
                va="center",
                ha=side,
                zorder=3,
            )


def _row_of(table: pd.DataFrame, category: str) -> dict[Any, Any]:
    found = rows_of(table[table["category"] == category])
    return found[0]


def _gap(ax: Axes, table: pd.DataFrame) -> None:
    """Shade the incomes above statlig bostøtte and below startlån, where there are such."""
    loan = _row_of(table, LOAN)
    top, start = _row_of(table, STATE)["til"], loan["fra"]
    if start <= top:
        return
    ax.axvspan(top, start, color=GAP, zorder=0)
    ax.annotate(
        f"avstand {say(loan['avstand'])} kr",
        ((top + start) / 2, -0.62),
        ha="center",
        va="center",
        color=INK,
    )


def describe(table: pd.DataFrame, item: Item) -> str:
    """The range of every instrument and the distance between two of them."""
    parts = [
        f"{(item.categories or {})[row['category']]} "
        + (f"fra {say(row['fra'])} " if row["fra"] > 0 else "")
        + f"til {say(row['til'])} kroner ({row['status']})"
        for row in rows_of(table)
    ]
    distance = _row_of(table, LOAN)["avstand"]
    where = f"{say(distance)} kroner over" if distance > 0 else "ikke over"
    return (
        "Søylediagram over inntekt før skatt per år, enslig i Oslo: "
        f"{'; '.join(parts)}. Laveste inntekt for startlån ligger {where} øvre grense for statlig "
        f"bostøtte. Forutsatt er {_assumed(item, ' og ')}."
    )
