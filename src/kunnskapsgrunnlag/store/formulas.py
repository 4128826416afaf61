"""What several items do with a table: find another row's number, compare, sum a year, rank.

A table has one row per key. Its keys are the columns that are not `traced`, such as `region`,
`category`, `year`; the others are numbers. A column that is made here stands in the order of the
table's rows. A row for which the question has no answer, such as the change from the year before
the first, is absent and is left out of the value store.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.store.traced import Traced, same_words
from kunnskapsgrunnlag.store.traced_array import TracedArray, TracedDtype

COUNTRY = "hele-landet"
MONTHS = 12
# Oslo is the sum of these.
PARTS = (*BYDELER, "sentrum", "marka", "uoppgitt")

Column = pd.Series
Table = pd.DataFrame


class LackingError(KgError):
    """A table lacks a row that another one needs.

    Attributes:
        measure: The number that is needed.
        row: The keys of the first row that is lacking.
    """

    def __init__(self, words: str, measure: str, row: dict[str, Any]) -> None:
        super().__init__(words)
        self.measure, self.row = measure, row


def keys_of(table: Table) -> list[str]:
    """The columns that say what a row is about."""
    return [str(name) for name in table if not isinstance(table[name].dtype, TracedDtype)]


def beside(table: Table, measure: str, **other: Any) -> Column[Any]:
    """Each row's counterpart: the number with the same keys but for `other`; absent if none.

    `beside(t, "loans", year=lambda y: y - 1)` is the year before, and
    `beside(t, "loans", region="hele-landet")` the whole country.
    """
    keys = table[keys_of(table)]
    changed = {n: key(table[n]) if callable(key) else key for n, key in other.items()}
    return _numbers(table, measure, keys.assign(**changed))


def lookup(
    table: Table,
    measure: str,
    keys: Column[Any] | Table,
    *,
    lacking: str | None = None,
    **fixed: Any,
) -> Column[Any]:
    """`measure` for each of `keys`: a column, or a table of key columns, named as in `table`.

    `lookup(population, "residents", loans["region"], year=2020)`.

    Args:
        lacking: The sign of a missing number, for keys that the table lacks: a series that ends.

    Raises:
        KgError: If the table lacks one of them, and no sign is given.
    """
    wanted = (keys.to_frame() if isinstance(keys, pd.Series) else keys).assign(**fixed)
    numbers = _numbers(table, measure, wanted)
    absent = numbers.array.is_absent()
    if absent.any() and lacking is not None:
        return numbers.mask(absent, Traced.missing(lacking))
    if absent.any():
        first = ", ".join(f"{n} «{key}»" for n, key in wanted[absent].iloc[0].items())
        raise LackingError(
            f"Tabellen mangler «{measure}» i {absent.sum()} av {len(wanted)} rader som trengs, "
            f"først for {first}. Hent tabellen med den raden.",
            measure,
            wanted[absent].iloc[0].to_dict(),
        )
    return numbers


def _numbers(table: Table, measure: str, wanted: Table) -> Column[Any]:
    """The number with each of the wanted keys; absent where there is none."""
    names = list(wanted.columns)
    places: dict[tuple[Any, ...], int] = {}
    for at, key in enumerate(_keys(table, names)):
        if places.setdefault(key, at) != at:
            found = ", ".join(f"{n} «{k}»" for n, k in zip(names, key, strict=True))
            raise KgError(f"Ventet én rad med {found} for «{measure}», fant flere.")
    at_rows = [places.get(key, -1) for key in _keys(wanted, names)]
    column = table[measure].array.take(at_rows, allow_fill=True)
    return pd.Series(column, index=wanted.index, name=measure)


def _keys(table: Table, names: Sequence[str]) -> list[tuple[Any, ...]]:
    return list(zip(*(table[name].tolist() for name in names), strict=True))


def change_from_previous(table: Table, measure: str) -> Column[Any]:
    """The number minus the number of the year before, in the measure's own unit."""
    return table[measure] - beside(table, measure, year=lambda year: year - 1)


def change_from_first(table: Table, measure: str) -> Column[Any]:
    """The number minus that of the first year, in the measure's own unit."""
    first = table["year"].min()
    return (table[measure] - beside(table, measure, year=first)).where(table["year"] != first)


def growth_from_first(table: Table, measure: str) -> Column[Any]:
    """Growth since the first year, percent."""
    first = table["year"].min()
    growth = (table[measure] / beside(table, measure, year=first) - 1) * 100
    return growth.where(table["year"] != first)


def ratio_to(table: Table, measure: str, region: str = COUNTRY) -> Column[Any]:
    """How many times another region's number, as a ratio; absent for that region itself."""
    ratio = table[measure] / beside(table, measure, region=region)
    return ratio.where(table["region"] != region)


def share_of(table: Table, measure: str, region: str = COUNTRY) -> Column[Any]:
    """The number as a share of another region's, percent; absent for that region itself."""
    return ratio_to(table, measure, region) * 100


def above(table: Table, measure: str, region: str = COUNTRY) -> Column[Any]:
    """How much above another region's number, percent; absent for that region itself."""
    return (ratio_to(table, measure, region) - 1) * 100


def only(table: Table, measure: str, **keys: Any) -> Any:
    """The one number of a table with these keys, as a `Traced`."""
    rows = table
    for name, value in keys.items():
        rows = rows[rows[name] == value]
    if len(rows) != 1:
        asked = ", ".join(f"{name} «{value}»" for name, value in keys.items())
        raise KgError(f"Ventet ett tall i «{measure}» med {asked or 'alle'}, fant {len(rows)}.")
    return rows[measure].iloc[0]


def year_sum(monthly: Table, measures: Sequence[str], year: int | None = None) -> Table:
    """The sums over whole years, one row per key and year; a part of a year is left out.

    Args:
        year: Take this year alone, and refuse a part of it.

    Raises:
        KgError: If a month of that year is lacking.
    """
    rows = monthly if year is None else monthly[monthly["year"] == year]
    keys = [name for name in keys_of(rows) if name != "month"]
    groups = rows.sort_values("month", kind="stable").groupby(keys, sort=False)
    months = groups.size()
    parts = months[months != MONTHS]
    if year is not None and len(parts):
        raise KgError(
            f"{', '.join(measures)} for {parts.index[0]}: ventet tolv måneder, fant "
            f"{parts.iloc[0]}. Hent hele året."
        )
    sums: Table = groups[list(measures)].sum()
    whole: Table = sums[months == MONTHS].reset_index()
    return whole


def with_oslo(population: Table, year: int) -> Table:
    """The population by bydel with a row for Oslo that year, the sum of all parts of the city.

    Args:
        population: One row per part of Oslo and year, with `residents`.

    Raises:
        KgError: If a part is lacking or stands twice, so that the sum would not be Oslo's.
    """
    rows = population.loc[population["year"] == year, ["region", "year", "residents"]]
    if sorted(rows["region"]) != sorted(PARTS):
        raise KgError(
            f"Folketallet skal ha hver av de {len(PARTS)} delene av Oslo i {year}, fant "
            f"{len(rows)} rader. Hent tabellen med alle."
        )
    oslo: Table = rows.groupby("year", as_index=False)["residents"].sum().assign(region="oslo")
    return pd.concat([rows, oslo], ignore_index=True)


def bydeler(table: Table) -> Table:
    """The rows of the 15 bydeler, in the official order."""
    rows = table[table["region"].isin(BYDELER)]
    return rows.sort_values("region", key=lambda keys: keys.map(BYDELER.index), kind="stable")


def ranked(table: Table, measure: str) -> Table:
    """The rows of the bydeler, the highest value first and missing values last."""
    rows = table[table["region"].isin(BYDELER)]
    return rows.sort_values(measure, ascending=False, kind="stable", na_position="last")


def count_of_same(words: Column[Any]) -> Column[Any]:
    """For each row the number of rows that say the same; every row was looked at."""
    texts = [word.text for word in words]
    counts = [same_words(word, words, texts.count(word.text)) for word in words]
    return pd.Series(TracedArray.of(counts), index=words.index)


def rate_in_force(rates: Table, name: str, group: str, on: str) -> Traced:
    """The rate that holds on a date (ISO text)."""
    rows = rates[(rates["name"] == name) & (rates["group"] == group) & (rates["valid_from"] <= on)]
    if rows.empty:
        raise KgError(
            f"Ingen sats «{name}» for «{group}» {on}. Legg den inn i tabellen over satser."
        )
    rate: Traced = rows.sort_values("valid_from")["value"].iloc[-1]
    return rate
