"""The profiles of the edition, from the committed snapshots."""

from collections.abc import Mapping

import pandas as pd

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.profiles.areas import areas_of
from kunnskapsgrunnlag.publish.profiles.lookup import LevelNumbers
from kunnskapsgrunnlag.publish.profiles.numbers import level_values
from kunnskapsgrunnlag.sources.receipt import Receipt


def bydeler(
    catalog: Catalog, tables: Mapping[str, pd.DataFrame], receipts: Mapping[str, Receipt]
) -> LevelNumbers:
    """The level of bydeler with all of its numbers."""
    level = catalog.profiles["bydel"]
    areas = areas_of(level)
    return LevelNumbers(
        "bydel", level, areas, level_values("bydel", level, areas, tables, receipts)
    )
