"""From a provider's words to tidy tables: typed, with every cell's id, nothing added up or filled.

A tidy table has one row per key and three columns per measure: the number (NaN where there is
none), `<measure>__cell` (id of the source cell) and `<measure>__symbol` (the source's own sign for
a missing number). Measures that are rounded at the source also have `<measure>__half`, half of the
rounding unit, and `<measure>__places`, the decimals that the cell really has. Column names are
English and end in their unit.
"""

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from kunnskapsgrunnlag.catalog.readers import READERS

if TYPE_CHECKING:
    import pandas as pd

    from kunnskapsgrunnlag.catalog.schema import Source
    from kunnskapsgrunnlag.sources.snapshot import Snapshot

    Reader = Callable[[Snapshot, Source], pd.DataFrame]


def reader(name: str) -> "Reader":
    """The function that the catalogue names as a source's reader."""
    module, _, function = READERS[name].partition(":")
    loaded = importlib.import_module(f"kunnskapsgrunnlag.tidy.{module}")
    found: Reader = getattr(loaded, function)
    return found
