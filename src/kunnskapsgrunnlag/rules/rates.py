"""The rate in force on a date, and what a computation keeps of the rates that it used."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import nearest

if TYPE_CHECKING:
    import pandas as pd

# From strongest to weakest: evidenced, published table value, derived by arithmetic, assumption.
STATUSES = ("belagt", "publisert", "utledet", "antatt")
# Halvings of an interval of incomes: 2^60 parts of a million kroner is below any rounding.
HALVINGS, START_NOK = 60, 1_000_000.0


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate from the date it came into force; the value is NaN where none is known.

    Attributes:
        valid_to: The last day on which it holds; None if no later rate is known.
        half: How far the value may be wrong, up or down, where its source says so.
    """

    valid_from: date
    name: str
    group: str
    value: float
    unit: str
    status: str
    source: str
    cell: str
    valid_to: date | None = None
    half: float = 0.0

    @property
    def title(self) -> str:
        """The rate as errors name it: `øvre boutgift (1 person)`."""
        return f"{self.name} ({self.group})" if self.group else self.name


@dataclass(frozen=True)
class RateTable:
    """All rates of one field of law; `title` is how errors name the table."""

    title: str
    rates: tuple[Rate, ...]

    @cached_property
    def _series(self) -> dict[tuple[str, str], list[Rate]]:
        by_name: dict[tuple[str, str], list[Rate]] = {}
        for rate in sorted(self.rates, key=lambda rate: rate.valid_from):
            by_name.setdefault((rate.name, rate.group), []).append(rate)
        return by_name

    def at(self, on: date, name: str, group: str = "") -> Rate:
        """The rate in force on a date.

        Raises:
            KgError: If the table has no such rate, begins later, or knows no value for that date:
                an older rate never stands in for one that is not there.
        """
        series = self._series.get((name, group), [])
        if not series:
            raise KgError(self._unknown(name, group))
        in_force = [rate for rate in series if rate.valid_from <= on]
        last = in_force[-1] if in_force else None
        if last is None or math.isnan(last.value) or (last.valid_to and last.valid_to < on):
            raise KgError(self._outside(on, series, last))
        return last

    def moved(self, rate: Rate, by: float) -> RateTable:
        """The table with one rate higher or lower; the same table if the rate is not in it."""
        if rate not in self.rates:
            return self
        other = replace(rate, value=rate.value + by)
        return RateTable(self.title, tuple(other if r == rate else r for r in self.rates))

    def knows(self, on: date, name: str, group: str = "") -> bool:
        try:
            self.at(on, name, group)
        except KgError:
            return False
        return True

    def _unknown(self, name: str, group: str) -> str:
        groups = [g for n, g in self._series if n == name]
        if groups:
            return (
                f"{self.title}: satsen «{name}» har ingen gruppe «{group}». "
                f"Det finnes {', '.join(g or '(ingen)' for g in groups)}."
            )
        names = {n for n, _ in self._series}
        return f"{self.title}: det finnes ingen sats «{name}».{nearest(name, names)}"

    def _outside(self, on: date, series: list[Rate], last: Rate | None) -> str:
        known = [r.valid_from.isoformat() for r in series if not math.isnan(r.value)]
        why = ""
        if last and last.valid_to and last.valid_to < on:
            why = f": den siste før gjelder til {last.valid_to.isoformat()}"
        elif last:
            why = f": fra {last.valid_from.isoformat()} «{last.source}»"
        return (
            f"{self.title}: «{series[0].title}» har ingen verdi {on.isoformat()}{why}. Det er "
            f"verdier fra {', '.join(known) or 'ingen dato'}. Legg inn satsen."
        )


@dataclass(frozen=True)
class Outcome:
    """What a rule gives: the amount in kroner, how it came about, and the rates that decided it.

    Attributes:
        below, above: How far the amount may lie down or up, by what the sources say of the rates.
    """

    value: float
    steps: tuple[str, ...]
    rates: tuple[Rate, ...]
    below: float = 0.0
    above: float = 0.0

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(sorted({rate.cell for rate in self.rates}))

    @property
    def status(self) -> str:
        return weakest(rate.status for rate in self.rates)


def weakest(statuses: Iterable[str]) -> str:
    """The status of something made of several; of nothing it is the strongest."""
    return max(statuses, key=STATUSES.index, default=STATUSES[0])


@dataclass
class Working:
    """A computation under way: it looks up rates on one date and keeps those that it uses.

    A rate that was looked at without moving the amount, such as a threshold above the income, is
    not kept: the amount's lineage is what decides it.
    """

    table: RateTable
    on: date
    steps: list[str] = field(default_factory=list)
    used: dict[Rate, None] = field(default_factory=dict)

    def look(self, name: str, group: str = "") -> Rate:
        """A rate, without keeping it."""
        return self.table.at(self.on, name, group)

    def require(self, *names: str) -> None:
        """Refuse a date on which one of these rates is not known, naming all that lack."""
        lacking = [name for name in names if not self.table.knows(self.on, name)]
        if len(lacking) == 1:
            self.look(lacking[0])
        if lacking:
            raise KgError(
                f"{self.table.title}: {len(lacking)} satser har ingen verdi "
                f"{self.on.isoformat()}: «{'», «'.join(lacking)}». Finn dem, og legg dem inn."
            )

    def use(self, rate: Rate) -> float:
        """The value of a rate that decides the amount; percentages as shares of one."""
        self.used[rate] = None
        return rate.value / 100 if rate.unit == "prosent" else rate.value

    def rate(self, name: str, group: str = "") -> float:
        return self.use(self.look(name, group))

    def take(self, outcome: Outcome) -> float:
        """Build on another rule's outcome: its steps and rates become part of this one."""
        self.steps += outcome.steps
        self.used |= dict.fromkeys(outcome.rates)
        return outcome.value

    def done(self, value: float, *steps: str) -> Outcome:
        """The outcome, with the last steps."""
        return Outcome(value, (*self.steps, *steps), tuple(self.used))


def with_bounds(
    compute: Callable[[tuple[RateTable, ...]], list[Outcome]], tables: tuple[RateTable, ...]
) -> list[Outcome]:
    """What rules give, with how far it may be wrong: each uncertain rate is moved by itself.

    The distances add up, so the interval holds whichever way the rates are wrong together.
    """
    outcomes = compute(tables)
    uncertain = dict.fromkeys(rate for outcome in outcomes for rate in outcome.rates if rate.half)
    for rate in uncertain:
        for by in (-rate.half, rate.half):
            moved = compute(tuple(table.moved(rate, by) for table in tables))
            steps = [
                other.value - outcome.value for other, outcome in zip(moved, outcomes, strict=True)
            ]
            outcomes = [
                replace(
                    outcome, below=outcome.below + max(-step, 0), above=outcome.above + max(step, 0)
                )
                for outcome, step in zip(outcomes, steps, strict=True)
            ]
    return outcomes


def read_rates(table: pd.DataFrame, title: str) -> RateTable:
    return RateTable(title, tuple(_rate(row) for row in table.to_dict("records")))


def _rate(row: dict[Any, Any]) -> Rate:
    return Rate(
        date.fromisoformat(row["valid_from"]),
        row["name"],
        row["group"],
        float(row["value"]),
        row["unit"],
        row["status"],
        row["source_text"],
        row["value"].cells[0],
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        # A rate that is not known has no interval.
        0.0 if row["value"].is_missing else float(row["value"].high - row["value"].value),
    )


def last_below(holds: Callable[[float], bool]) -> float:
    """The largest number from 0 up to which `holds`, found by halving; 0 if it never does."""
    low, high = 0.0, START_NOK
    while holds(high):
        low, high = high, high * 2
        if high > START_NOK * 2**HALVINGS:
            raise KgError(
                "Regelen har ingen øvre grense med disse satsene. Se over tabellen over satser."
            )
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
