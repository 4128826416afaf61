"""An item's table as readers meet it: rows in their order, numbers with the text of the store."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.nb_numbers import Shown, Words
from kunnskapsgrunnlag.catalog.schema import Item, Measure
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.values import address_of, printed_text


def plain(table: pd.DataFrame, item: Item) -> pd.DataFrame:
    """The same table with bare numbers that know their text (or words), for drawing."""
    result = table.copy()
    rows = table.to_dict("records")
    for name, measure in item.measures.items():
        addresses = [address_of(item.key, item, name, row) for row in rows]
        bare = [_bare(*pair, measure) for pair in zip(table[name], addresses, strict=True)]
        result[name] = pd.Series(bare, index=table.index, dtype=object)
    return result


def _bare(value: Any, address: str, measure: Measure) -> Any:
    if not isinstance(value, Traced):
        return float("nan")
    if value.text:
        return Words(value.text, address)
    # A missing number stays NaN itself: pandas must recognise it as missing.
    if value.is_missing:
        return float("nan")
    return Shown(value.value, printed_text(value, measure), address)


def ordered(table: pd.DataFrame, item: Item) -> pd.DataFrame:
    """Regions and categories in the catalogue's order, years upwards; the rest keeps its place."""
    orders = {"region": item.regions or [], "category": list(item.categories or {})}
    keys = [d for d in item.dims if d == "year" or orders[d]]
    if "region" in item.dims and not item.regions:
        return table
    return table.sort_values(
        keys, kind="stable", key=lambda c: c.map(lambda v: _rank(orders.get(str(c.name)), v))
    ).reset_index(drop=True)


def _rank(order: list[str] | None, value: Any) -> Any:
    if not order:
        return value
    return order.index(value) if value in order else len(order)
