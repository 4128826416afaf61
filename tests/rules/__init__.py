"""The rate tables of the repository, read once, for the tests of the rules."""

from functools import cache
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.rules.rates import Rate, RateTable, read_rates
from kunnskapsgrunnlag.sources.snapshot import read_snapshot
from kunnskapsgrunnlag.tidy.rates import tidy_rates
from kunnskapsgrunnlag.tidy.table import traced
from tests.checkout import ROOT


@cache
def tidy_law(name: str) -> pd.DataFrame:
    """A rate table of the repository with traced values."""
    file = f"regler/{name}.csv"
    snapshot = read_snapshot(f"regler-{name.replace('_', '-')}", ROOT / "data" / "raw" / file)
    return traced(tidy_rates(snapshot, Source(file=file, reader="rates")))


@cache
def law(name: str) -> RateTable:
    """The same as a rate table."""
    return read_rates(tidy_law(name), name)


def changed(table: RateTable, name: str, **more: Any) -> RateTable:
    """The table with the rates of one name changed."""
    rates = [
        Rate(**{f: getattr(rate, f) for f in Rate.__slots__} | more) if rate.name == name else rate
        for rate in table.rates
    ]
    return RateTable(table.title, tuple(rates))
