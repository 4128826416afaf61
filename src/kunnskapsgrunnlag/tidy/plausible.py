"""Can the numbers of a tidy table be right? What each must fit is declared with its source.

Of every source this holds without a declaration: no number is negative or outside the bounds of
its column, none is more than `JUMP` times the one of the year before or less than one in `JUMP` of
it, and every combination of the table's areas, categories and periods has its row. A cell without
a number is missing, not wrong; in a sum a hidden part can be anything from 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.nb_numbers import NBSP, nb
from kunnskapsgrunnlag.base.regions import members
from kunnskapsgrunnlag.catalog.schema import Check, Column, Source
from kunnskapsgrunnlag.tidy.table import CELL, SYMBOL, dimensions_of, measures_of

# From one year to the next; a source that has moved more declares it.
JUMP = 3.0
# The sign of a part that adds nothing, as against one that is hidden.
NIL = "-"
# No total or product is compared more exactly than this: numbers are binary.
_NOISE = 1e-6
Record = Mapping[Any, Any]


@dataclass(frozen=True)
class Breach:
    """A number that does not fit.

    Attributes:
        words: What it is and what it was compared with, in Norwegian: «0 er ikke fra 1 til 9».
    """

    cell: str
    words: str
    against: tuple[str, ...] = ()


def find_breaches(
    table: pd.DataFrame, source: Source, others: Mapping[str, pd.DataFrame], year: int | None = None
) -> list[Breach]:
    """All that does not fit in a tidy table, in the order of the checks.

    Args:
        others: The tables of the sources that the checks name.
        year: The year that the table is of, if it has no years itself.
    """
    measures = [m for m in measures_of(table) if not table[m].isna().all()]
    jumping = {name for check in source.checks if check.jump for name in check.of}
    breaches = list(_incomplete(table, source, measures))
    columns = (source.columns or {}).values()
    bounds = {column.name: _bounds(column) for column in columns}
    for measure in measures:
        breaches += _outside(table, measure, *bounds.get(measure, (0, math.inf)))
        if measure not in jumping:
            breaches += _jumps(table, measure, JUMP)
    for check in source.checks:
        rows = _chosen(table, check)
        for measure in check.of:
            breaches += _by_check(rows, measure, check, others, year)
    return list({(breach.cell, breach.words): breach for breach in breaches}.values())


def _by_check(
    rows: pd.DataFrame,
    measure: str,
    check: Check,
    others: Mapping[str, pd.DataFrame],
    year: int | None,
) -> Iterator[Breach]:
    if check.between:
        low, high = check.between
        if check.per:
            yield from _off_rate(rows, measure, check.per, low, high)
        else:
            yield from _outside(rows, measure, low, high)
    if check.jump:
        yield from _jumps(rows, measure, check.jump)
    if check.at_most:
        yield from _above(rows, measure, check.at_most)
    if check.product:
        yield from _off_product(rows, measure, check.product, check)
    if check.parts:
        totals = rows if check.source is None else others[check.source]
        yield from _off_sum(rows, totals, measure, check)
    elif check.total:
        yield from _above_total(rows, measure, check.total)
    elif check.source:
        yield from _off_other(rows, others[check.source], measure, check, year)


def _bounds(column: Column) -> tuple[float, float]:
    low = 0 if column.min is None else column.min
    high = math.inf if column.max is None else column.max
    return low * column.scale, high * column.scale


def _chosen(table: pd.DataFrame, check: Check) -> pd.DataFrame:
    rows = table[_equal(table, check.rows)]
    if check.since is not None:
        rows = rows[rows["year"] >= check.since]
    for spared in check.spared:
        rows = rows[~_equal(rows, spared)]
    return rows


def _equal(rows: pd.DataFrame, values: Mapping[str, Any]) -> pd.Series[bool]:
    same = pd.Series(data=True, index=rows.index)
    for name, value in values.items():
        same &= rows[name] == value
    return same


def _incomplete(table: pd.DataFrame, source: Source, measures: list[str]) -> Iterator[Breach]:
    """Rows that are not there: a year within the series, an area without a year of the others.

    The cell that is named is the one before the gap, where the row belongs.
    """
    keys = source.key or dimensions_of(table)
    times = [key for key in ("year", "month") if key in keys]
    others = [key for key in keys if key not in times]
    if source.gaps == "rows" or not measures or "year" not in times:
        return
    known = {*table["year"]}
    gaps = sorted({*range(min(known), max(known))} - known)
    cell = f"{measures[0]}{CELL}"
    if gaps and source.gaps != "years":
        before = table[table["year"] < gaps[0]].sort_values(times)
        yield Breach(str(before[cell].iloc[-1]), f"{gaps[0]} mangler: året står ikke i filen")
    periods = sorted(table[times].drop_duplicates().itertuples(index=False, name=None))
    units = table.groupby(others, sort=False) if others else ()
    if len(table) == len(units) * len(periods):
        return
    for place, rows in units:
        cells = dict(zip(rows[times].itertuples(index=False, name=None), rows[cell], strict=True))
        near = str(rows[cell].iloc[0])
        for period in periods:
            if period not in cells:
                words = " ".join(map(str, (*place, *period)))
                yield Breach(near, f"{words} mangler: raden står ikke i filen")
            near = cells.get(period, near)


def _outside(rows: pd.DataFrame, measure: str, low: float, high: float) -> Iterator[Breach]:
    for record in _records(rows[(rows[measure] < low) | (rows[measure] > high)]):
        bounds = f"fra {_text(low)} til {_text(high)}" if high < math.inf else f"minst {_text(low)}"
        share = measure.endswith("_pct") and low <= 100 * record[measure] <= high
        hint = ". Det ventes prosent; er dette en andel av 1?" if share else ""
        yield Breach(_cell(record, measure), f"{_text(record[measure])} er ikke {bounds}{hint}")


def _jumps(rows: pd.DataFrame, measure: str, factor: float) -> Iterator[Breach]:
    """Numbers too far from the year before, in the same month; rates: from the one before."""
    if "valid_from" in rows:
        yield from _rate_jumps(rows, measure, factor)
    if "year" not in rows:
        return
    keys = dimensions_of(rows)
    columns = [*keys, measure, f"{measure}{CELL}"]
    before = rows[columns].assign(year=rows["year"] + 1)
    both = rows[columns].merge(before, on=keys, suffixes=("", "_before"))
    yield from _too_far(both, measure, factor, "året før")


def _rate_jumps(rows: pd.DataFrame, measure: str, factor: float) -> Iterator[Breach]:
    known = rows.dropna(subset=[measure]).sort_values("valid_from")
    before = known.groupby(["name", "group"])[[measure, f"{measure}{CELL}"]].shift()
    both = known.join(before.add_suffix("_before"))
    yield from _too_far(both, measure, factor, "satsen før")


def _too_far(both: pd.DataFrame, measure: str, factor: float, before: str) -> Iterator[Breach]:
    """Numbers more than a factor from the one before them, which stands in the same row."""
    for record in _records(both.dropna(subset=[measure, f"{measure}_before"])):
        now, then = record[measure], record[f"{measure}_before"]
        if not then / factor <= now <= then * factor:
            words = (
                f"{_text(now)} er mer enn {_text(factor)} ganger så mye eller så lite som {before} "
                f"({_text(then)})"
            )
            yield Breach(_cell(record, measure), words, (record[f"{measure}{CELL}_before"],))


def _above(rows: pd.DataFrame, measure: str, whole: str) -> Iterator[Breach]:
    for record in _records(rows[rows[measure] > rows[whole]]):
        words = f"{_text(record[measure])} er mer enn {_text(record[whole])} i samme rad"
        yield Breach(_cell(record, measure), words, (_cell(record, whole),))


def _above_total(rows: pd.DataFrame, measure: str, total: str) -> Iterator[Breach]:
    """A part that is larger than the whole, in the same period."""
    place = _place(rows, total)
    keys = [key for key in dimensions_of(rows) if key != place]
    own = rows[rows[place] == total][[*keys, measure, f"{measure}{CELL}"]].assign(_all=True)
    on = keys or "_all"
    both = rows.assign(_all=True).merge(own, on=on, suffixes=("", "_total"))
    for record in _records(both[both[measure] > both[f"{measure}_total"]]):
        words = f"{_text(record[measure])} er mer enn totalen, {_text(record[f'{measure}_total'])}"
        yield Breach(_cell(record, measure), words, (record[f"{measure}{CELL}_total"],))


def _off_rate(
    rows: pd.DataFrame, measure: str, per: str, low: float, high: float
) -> Iterator[Breach]:
    """An amount that is too much or too little for its number of payments."""
    rates = rows[measure] / rows[per].mask(rows[per] == 0)
    for record in _records(rows.assign(_rate=rates)[(rates < low) | (rates > high)]):
        words = (
            f"{_text(record[measure])} er {_text(record['_rate'])} for hver av de "
            f"{_text(record[per])} i samme rad, ikke fra {_text(low)} til {_text(high)}"
        )
        yield Breach(_cell(record, measure), words, (_cell(record, per),))


def _place(rows: pd.DataFrame, key: str) -> str:
    """The dimension that a region or category is one of."""
    return next((d for d in dimensions_of(rows) if (rows[d] == key).any()), "region")


def _off_product(
    rows: pd.DataFrame, measure: str, factors: list[str], check: Check
) -> Iterator[Breach]:
    expected = rows[factors].prod(axis=1, skipna=False)
    for record in _records(rows[_differ(rows[measure], expected, check)]):
        product = " · ".join(_text(record[factor]) for factor in factors)
        whole = _text(math.prod(record[factor] for factor in factors))
        words = f"{_text(record[measure])} er ikke {product} = {whole} i samme rad"
        yield Breach(
            _cell(record, measure), words, tuple(_cell(record, factor) for factor in factors)
        )


def _off_sum(
    rows: pd.DataFrame, totals: pd.DataFrame, measure: str, check: Check
) -> Iterator[Breach]:
    """Totals that their parts do not add up to; where a part has no row, that is told of it."""
    place = _place(totals, str(check.total))
    keys = [key for key in dimensions_of(rows) if key != place]
    wanted = {*check.parts}
    if place == "region":
        wanted = {region.key for region in members(check.parts)}
    whole = check.measure or measure
    parts = rows[rows[place].isin(wanted)]
    hidden = parts[measure].isna() & (parts[f"{measure}{SYMBOL}"] != NIL)
    grouped = parts.assign(_hidden=hidden, _all=True).groupby(keys or "_all")
    sums = grouped.agg(_sum=(measure, "sum"), _size=(measure, "size"), _hidden=("_hidden", "any"))
    own = totals[totals[place] == check.total].assign(_all=True)
    both = own.merge(sums.reset_index(), on=keys or "_all")
    off = _differ(both[whole], both["_sum"], check)
    # A hidden part can make up for what lacks, but not for what is too much.
    off &= ~both["_hidden"] | (both["_sum"] > both[whole])
    for record in _records(both[off & (both["_size"] == len(wanted))]):
        same = _equal(parts, {key: record[key] for key in keys})
        terms = tuple(parts[same][f"{measure}{CELL}"])
        total, summed = _text(record[whole]), _text(record["_sum"])
        if check.source is None:
            words = f"{total} er ikke summen av de {len(wanted)}{NBSP}delene, {summed}"
            yield Breach(_cell(record, whole), words, terms)
        else:
            words = f"de {len(wanted)}{NBSP}delene er til sammen {summed}, og totalen er {total}"
            yield Breach(terms[0], words, (_cell(record, whole), *terms[1:]))


def _off_other(
    rows: pd.DataFrame, other: pd.DataFrame, measure: str, check: Check, year: int | None
) -> Iterator[Breach]:
    """Numbers that another table gives differently; where it has no such row, nothing is said."""
    wanted = {name: year if value == "period" else value for name, value in check.other.items()}
    other = other[_equal(other, wanted)]
    theirs = check.measure or measure
    keys = [key for key in dimensions_of(rows) if key not in check.rows and key in other]
    given = other[keys].assign(_given=other[theirs], _cell=other[f"{theirs}{CELL}"], _all=True)
    both = rows.assign(_all=True).merge(given, on=[*keys, "_all"])
    for record in _records(both[_differ(both[measure], both["_given"], check)]):
        words = f"{_text(record[measure])} er ikke det samme som {_text(record['_given'])}"
        yield Breach(_cell(record, measure), words, (record["_cell"],))


def _differ(numbers: pd.Series[Any], expected: pd.Series[Any], check: Check) -> pd.Series[Any]:
    """Where two columns lie further apart than the check allows; not where one has no number."""
    most = (expected.abs() * check.within_pct / 100).clip(lower=max(check.within, _NOISE))
    return (numbers - expected).abs() > most


def _records(rows: pd.DataFrame) -> Sequence[Record]:
    return rows.to_dict("records")


def _cell(record: Record, measure: str) -> str:
    return str(record[f"{measure}{CELL}"])


def _text(value: float) -> str:
    """All the decimals that it has, at most two."""
    number = round(float(value), 2)
    return nb(number, 0 if number.is_integer() else len(repr(number).partition(".")[2]))


def unaccepted(breaches: Iterable[Breach], accepted: Iterable[str]) -> list[Breach]:
    """The breaches in which no cell is one that people have accepted."""
    known = set(accepted)
    return [breach for breach in breaches if known.isdisjoint((breach.cell, *breach.against))]
