"""A level's numbers as its profiles look them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kunnskapsgrunnlag.catalog.profiles import ProfileLevel, ProfileMeasure
from kunnskapsgrunnlag.publish.profiles.areas import Areas, item_key
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store

ByYear = dict[int, Value]


@dataclass(frozen=True)
class LevelNumbers:
    """A level with its areas and all of its numbers.

    Attributes:
        key: The level's name in the catalogue.
    """

    key: str
    level: ProfileLevel
    areas: Areas
    values: Sequence[Value]

    @cached_property
    def store(self) -> Store:
        """The same numbers as claims read them."""
        return Store({value.address: value for value in self.values})

    @cached_property
    def _series(self) -> dict[tuple[str, str, str], ByYear]:
        series: dict[tuple[str, str, str], ByYear] = {}
        for value in self.values:
            key = (value.measure, value.region or "", value.category or "")
            series.setdefault(key, {})[value.year or 0] = value
        return series

    def series(self, measure: str, region: str, category: str = "") -> ByYear:
        """An area's numbers by year, missing ones among them; in the order of the years."""
        return dict(sorted(self._series.get((measure, region, category), {}).items()))

    @cached_property
    def last_years(self) -> dict[str, int]:
        """Measure -> the last year in which the whole has a number: that which is compared."""
        whole = self.areas.whole[0]
        years: dict[str, int] = {}
        for value in self.values:
            is_compared = value.region == whole or self.level.measures[value.measure].parts
            if is_compared and value.value is not None:
                years[value.measure] = max(years.get(value.measure, 0), value.year or 0)
        return years

    def last(self, measure: str, region: str, category: str = "") -> Value | None:
        """An area's number in the last year; None where it is missing."""
        by_year = self._series.get((measure, region, category), {})
        value = by_year.get(self.last_years.get(measure, 0))
        return value if value is not None and value.value is not None else None

    def is_estimate(self, name: str, measure: ProfileMeasure) -> bool:
        """Whether a measure stands apart: its numbers are estimates until a delivery comes."""
        if measure.role != "estimate":
            return False
        last = (self.last(name, region) for region in self.areas.names)
        return any(value is not None and value.is_estimate for value in last)

    @property
    def compared(self) -> dict[str, ProfileMeasure]:
        """The measures of the table, which findings are chosen among."""
        return {
            name: measure
            for name, measure in self.level.measures.items()
            if measure.role in ("table", "estimate") and not self.is_estimate(name, measure)
        }

    def address(self, measure: str, region: str, year: int | str) -> str:
        """How claims name an area's number."""
        return f"{item_key(self.key)}/{measure}/{region}/{year}"
