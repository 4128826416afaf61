"""Arithmetic that several items share: changes over time and comparisons between regions.

Each function takes an item's table (one row per key, measures as traced numbers) and gives a column
for it, in the order of its rows. A row for which the question has no answer, such as the change
from the year before the first, gets None and is left out of the value store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.store.traced import Traced, same_words, total

COUNTRY = "hele-landet"


def _lookup(table: pd.DataFrame, measure: str, keys: list[str]) -> dict[tuple[Any, ...], Traced]:
    cells = table[table[measure].notna()]
    return {tuple(row[key] for key in keys): row[measure] for row in cells.to_dict("records")}


def _compare(
    table: pd.DataFrame,
    measure: str,
    other: Callable[[dict[str, Any]], dict[str, Any] | None],
    act: Callable[[Traced, Traced], Traced],
) -> pd.Series[Any]:
    """Act on each row's number and the number of another row, found by the keys `other` gives."""
    keys = [name for name in ("region", "category", "year") if name in table.columns]
    numbers = _lookup(table, measure, keys)
    column: list[Traced | None] = []
    for row in table.to_dict("records"):
        key = {name: row[name] for name in keys}
        compared = other(key)
        reference = None if compared is None else numbers.get(tuple(compared[n] for n in keys))
        own = numbers.get(tuple(key.values()))
        column.append(None if own is None or reference is None else act(own, reference))
    return _column(column, table.index)


def change_from_previous(table: pd.DataFrame, measure: str) -> pd.Series[Any]:
    """The number minus the number of the year before, in the measure's own unit."""
    return _compare(
        table, measure, lambda key: key | {"year": key["year"] - 1}, lambda now, then: now - then
    )


def _first_year(table: pd.DataFrame) -> Callable[[dict[str, Any]], dict[str, Any] | None]:
    first = min(table["year"])
    return lambda key: None if key["year"] == first else key | {"year": first}


def change_from_first(table: pd.DataFrame, measure: str) -> pd.Series[Any]:
    """The number minus that of the first year, in the measure's own unit."""
    return _compare(table, measure, _first_year(table), lambda now, then: now - then)


def growth_from_first(table: pd.DataFrame, measure: str) -> pd.Series[Any]:
    """Growth since the first year, percent."""
    return _compare(table, measure, _first_year(table), lambda now, then: (now / then - 1) * 100)


def _country(key: dict[str, Any]) -> dict[str, Any] | None:
    return None if key["region"] == COUNTRY else key | {"region": COUNTRY}


def share_of_country(table: pd.DataFrame, measure: str) -> pd.Series[Any]:
    """The number as a share of the whole country's, percent."""
    return _compare(table, measure, _country, lambda own, country: own / country * 100)


def ratio_to_country(table: pd.DataFrame, measure: str) -> pd.Series[Any]:
    """How many times the whole country's number, as a ratio."""
    return _compare(table, measure, _country, lambda own, country: own / country)


def above_country(table: pd.DataFrame, measure: str) -> pd.Series[Any]:
    """How much above the whole country's number, percent."""
    return _compare(table, measure, _country, lambda own, country: (own / country - 1) * 100)


def only(table: pd.DataFrame, measure: str, **keys: Any) -> Traced:
    """The one number of a table with these keys."""
    rows = table
    for name, value in keys.items():
        rows = rows[rows[name] == value]
    if len(rows) != 1:
        raise KgError(f"Expected one {measure} with {keys}, found {len(rows)}.")
    number: Traced = rows.iloc[0][measure]
    return number


def year_total(table: pd.DataFrame, measure: str, region: str, year: int) -> Traced:
    """The sum over the twelve months of a year.

    Raises:
        KgError: If the table does not hold all twelve months: a part of a year is not a year.
    """
    rows = table[(table["region"] == region) & (table["year"] == year)]
    if len(rows) != 12:
        raise KgError(f"{measure}, {region} {year}: expected twelve months, found {len(rows)}.")
    return total(rows.sort_values("month")[measure])


def join_population(table: pd.DataFrame, population: pd.DataFrame, *, year: int) -> pd.Series[Any]:
    """Residents on 1 January of `year` for each row's region."""
    residents = _lookup(population, "residents", ["region", "year"])
    lacking = [r for r in table["region"] if (r, year) not in residents]
    if lacking:
        raise KgError(
            f"The population table lacks {len(lacking)} of {len(table)} regions in {year}, first "
            f"«{lacking[0]}». Fetch the table with that region and year."
        )
    return _column([residents[(r, year)] for r in table["region"]], table.index)


def per_1000(counts: pd.Series[Any], base: pd.Series[Any]) -> pd.Series[Any]:
    """How many there are for every 1 000 of the base, such as loans per 1 000 residents."""
    return counts / base * 1000


def count_of_same(words: pd.Series[Any]) -> pd.Series[Any]:
    """For each row the number of rows that say the same."""
    texts = [word.text for word in words]
    return _column([same_words(w, words, texts.count(w.text)) for w in words], words.index)


def share_of_region(table: pd.DataFrame, measure: str, region: str) -> pd.Series[Any]:
    """The number as a share of another region's, percent; None for that region itself."""
    return _compare(
        table,
        measure,
        lambda key: None if key["region"] == region else key | {"region": region},
        lambda own, whole: own / whole * 100,
    )


def _column(numbers: Iterable[Traced | None], index: pd.Index[Any]) -> pd.Series[Any]:
    return pd.Series([*numbers], index=index, dtype=object)


def rate_in_force(rates: pd.DataFrame, name: str, group: str, on: str) -> Traced:
    """The rate that holds on a date (ISO text)."""
    rows = rates[(rates["name"] == name) & (rates["group"] == group) & (rates["valid_from"] <= on)]
    if rows.empty:
        raise KgError(f"No rate «{name}» for «{group}» on {on}. Add it to the table of rates.")
    rate: Traced = rows.sort_values("valid_from").iloc[-1]["value"]
    return rate
