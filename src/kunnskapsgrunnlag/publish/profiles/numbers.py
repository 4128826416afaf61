"""The numbers of a level's profiles, traced to their cells, from tidy tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.profiles import Amount, ProfileLevel, ProfileMeasure
from kunnskapsgrunnlag.catalog.schema import Item, Measure, TableLayout
from kunnskapsgrunnlag.publish.profiles.areas import Areas, item_key
from kunnskapsgrunnlag.rules.prices import fixed_prices
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.formulas import growth_from_first
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import item_values

MONTHS = 12
NUMBER = "number"
Tables = Mapping[str, pd.DataFrame]
Receipts = Mapping[str, Receipt]


def level_values(
    key: str, level: ProfileLevel, areas: Areas, tables: Tables, receipts: Receipts
) -> list[Value]:
    """Every number of the level's profiles: one per measure, area (and the whole), group and year.

    Args:
        tables: By source: its tidy table with traced numbers.

    Raises:
        KgError: If a hidden number could be worked out from the others.
    """
    values: list[Value] = []
    for name, measure in level.measures.items():
        table = _numbers(measure, areas, tables, receipts)
        own = {source: receipts[source] for source in measure.sources}
        values += item_values(item_key(key), _item(name, measure, table), table.rename(
            columns={NUMBER: name}), own)  # fmt: skip
    return values


def _item(name: str, measure: ProfileMeasure, table: pd.DataFrame) -> Item:
    """The measure as an item, which the store makes values of."""
    entry = Measure(
        title=measure.title, unit=measure.unit, decimals=measure.decimals, formula=measure.formula
    )
    dims: list[Any] = [dim for dim in ("region", "category", "year") if dim in table]
    layout = TableLayout(rows=dims, columns=["measure"])
    return Item(
        number=0, kind="tabell", title=measure.title, subtitle="", chapter="", inputs={},
        dims=dims, measures={name: entry}, table=layout,
    )  # fmt: skip


def _numbers(
    measure: ProfileMeasure, areas: Areas, tables: Tables, receipts: Receipts
) -> pd.DataFrame:
    """`region`, `category` where the measure has groups, `year` where known, and `number`."""
    table = _amounts(measure.of, measure, areas, tables, receipts)
    if measure.whole:
        whole = _amounts(measure.whole, measure, areas, tables, receipts)
        table = pd.concat([table[table["region"] != areas.whole[0]], whole], ignore_index=True)
    _refuse_deducible(measure.of, table, areas)
    if measure.per:
        below = _amounts(measure.per, measure, areas, tables, receipts)
        # What is divided by stands in the arithmetic of every trace.
        _refuse_deducible(measure.per, below, areas)
        keys = [name for name in table if name in below and name != NUMBER]
        table = table.merge(below, on=keys, suffixes=("", "_below"))
        table[NUMBER] = table[NUMBER] / table.pop(f"{NUMBER}_below")
    if measure.times != 1:
        table[NUMBER] = table[NUMBER] * measure.times
    if "year" not in table:
        return table
    table = table[table["year"] >= measure.since].reset_index(drop=True)
    if measure.growth:
        table[NUMBER] = growth_from_first(table, NUMBER)
    if measure.prices:
        base, month = int(table["year"].max()), measure.of.rows.get("month")
        assert not isinstance(month, str)
        table[NUMBER] = fixed_prices(
            table[NUMBER], table["year"], tables[measure.prices], base=base, month=month
        )
    return table


def _amounts(
    amount: Amount, measure: ProfileMeasure, areas: Areas, tables: Tables, receipts: Receipts
) -> pd.DataFrame:
    """The sums of an amount; missing where one of its numbers is, and none of half a year."""
    table, period = tables[amount.source], receipts[amount.source].period
    if "year" not in table and period.isdecimal():
        table = table.assign(year=int(period))
    for column, wanted in amount.rows.items():
        table = table[table[column] == wanted]
    if "region" not in table:
        table = table.assign(region=areas.whole[0])
    elif measure.parts:
        table = table[table["region"].isin(areas.parts)]
    else:
        table = table.assign(region=[_place(region, areas) for region in table["region"]])
        table = table[table["region"].isin([*areas.names, *areas.larger])]
    if measure.by:
        table = table.assign(category=table[measure.by].map(_category))
    elif "month" in table and "month" not in amount.rows:
        months = table.groupby(["region", "year"])["month"].transform("nunique")
        table = table[months == MONTHS]
    keys = [name for name in ("region", "category", "year") if name in table]
    factors = [table[column] for column in amount.columns]
    table = table[keys].assign(**{NUMBER: math.prod(factors[1:], start=factors[0])})
    if table.duplicated(keys).any():
        table = table.groupby(keys, as_index=False, sort=False)[[NUMBER]].sum()
    return table.assign(year=table["year"] - amount.later) if "year" in table else table


def _place(region: str, areas: Areas) -> str:
    """The area that a row counts for; "" for none of the level."""
    if region in areas.larger or region in areas.names:
        return region
    if region in areas.merged:
        return areas.merged[region]
    return areas.parts[region][1] if region in areas.parts else ""


def _category(key: Any) -> str:
    return key if isinstance(key, str) else f"{key:02d}"


def _refuse_deducible(amount: Amount, table: pd.DataFrame, areas: Areas) -> None:
    """A number that is hidden in one area alone is the whole less all the others.

    Raises:
        KgError: If there is one, or if several must be 1 each.
    """
    keys = [name for name in ("category", "year") if name in table]
    missing = table[table[NUMBER].isna()]
    for key in dict.fromkeys(zip(*(missing[name] for name in keys), strict=True)):
        rows = table
        for name, wanted in zip(keys, key, strict=True):
            rows = rows[rows[name] == wanted]
        own = rows[~rows["region"].isin(areas.larger)]
        whole = rows[rows["region"] == areas.whole[0]][NUMBER]
        hidden = own[own[NUMBER].isna()]["region"].tolist()
        if not hidden or whole.empty or whole.isna().any():
            continue
        rest = float(whole.iloc[0]) - float(own[NUMBER].dropna().astype(float).sum())
        # What does not add up, such as percentages, gives nothing away.
        is_alone = len(hidden) == 1 and not amount.rest
        if rest >= 0 and (is_alone or rest <= len(hidden)):
            names = listed(areas.name(region) for region in hidden)
            when = " ".join(map(str, key))
            raise KgError(
                f"{amount.source}: tallet for {names} {when} er skjult, men kan regnes ut av "
                f"de andre områdene og {areas.whole[1]}. Skjul tallet for ett område til i det "
                "samme året."
            )
