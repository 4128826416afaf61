"""An item's table with its rows in the order in which readers meet them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kunnskapsgrunnlag.catalog.schema import Item


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
