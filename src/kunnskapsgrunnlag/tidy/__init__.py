"""From a provider's words to tidy tables: typed, with every cell's id, nothing added up or filled.

A tidy table has one row per key and three columns per measure: the number (NaN where there is
none), `<measure>__cell` (id of the source cell) and `<measure>__symbol` (the source's own sign for
a missing number). Measures that are rounded at the source also have `<measure>__half`, half of the
rounding unit, and `<measure>__places`, the decimals that the cell really has. Column names are
English and end in their unit.
"""

import importlib
from collections.abc import Callable
from functools import cache

import pandas as pd

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.readers import READERS
from kunnskapsgrunnlag.catalog.schema import Catalog, Source
from kunnskapsgrunnlag.sources.locate import open_source
from kunnskapsgrunnlag.sources.snapshot import Snapshot

Reader = Callable[[Snapshot, Source], pd.DataFrame]
# By the key of a source: its snapshot and its tidy table.
Read = Callable[[str], tuple[Snapshot, pd.DataFrame]]


def reader(name: str) -> Reader:
    """The function that the catalogue names as a source's reader."""
    module, _, function = READERS[name].partition(":")
    loaded = importlib.import_module(f"kunnskapsgrunnlag.tidy.{module}")
    chosen: Reader = getattr(loaded, function)
    return chosen


def reading(project: Project, catalog: Catalog) -> Read:
    """A function that opens and tidies a source, once, as its file is now."""

    @cache
    def read(key: str) -> tuple[Snapshot, pd.DataFrame]:
        source = catalog.source(key)
        snapshot = open_source(project, key, source)
        return snapshot, reader(source.reader)(snapshot, source)

    return read
