"""What can be renewed in an edition and what waits: per source, per item, with what to order."""

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.periods import LAST_PERIOD
from kunnskapsgrunnlag.catalog.schema import Catalog, Item, Source

RENEWED, PARTLY, CARRIED, TIMELESS = "fornyes", "delvis", "videreføres", "uten periode"
# The settings of an item that say which period it is of.
YEARS, DATE = ("year", "first_year", "last_year"), "date"
# Computes an item with other settings: how many numbers, and how many of them are missing.
Trial = Callable[[str, Mapping[str, Any]], tuple[int, int]]


@dataclass(frozen=True)
class ItemPlan:
    """What becomes of an item in the next edition.

    Attributes:
        settings: What it is asked for then.
        period: What its numbers are of now, as readers are told.
        waits: What a renewal waits for; "" if for nothing.
    """

    key: str
    state: str
    settings: dict[str, Any]
    words: str
    waits: str = ""
    period: str = ""


@dataclass(frozen=True)
class Basis:
    """What a plan is made from.

    Attributes:
        catalog: The catalogue of the edition that ends.
        data_year: The year that yearly numbers should be of.
        last_years: Source -> the last year that its rows name; sources without years are left out.
        years: Item -> first and last year of its numbers; items without years are left out.
        trial: Computes an item with given settings from the data that there are.
    """

    catalog: Catalog
    data_year: int
    last_years: Mapping[str, int]
    years: Mapping[str, Sequence[int]]
    trial: Trial

    def period(self, key: str) -> str:
        own = self.years.get(key, ())
        return period_of(self.catalog.items[key], self.catalog.edition.data_year, own)


def item_plans(basis: Basis) -> list[ItemPlan]:
    return [_planned(basis, key) for key in basis.catalog.items]


def _planned(basis: Basis, key: str) -> ItemPlan:
    item = basis.catalog.items[key]
    used = {source: basis.catalog.sources[source] for source in item.inputs.values()}
    if is_words(item, used.values()):
        return ItemPlan(key, TIMELESS, dict(item.settings), "tegning eller liste uten tall")
    waits = waits_for(basis.catalog, item)
    fixed = [source for source in used if source not in basis.last_years]
    if not fixed and has_period(item.settings):
        plan = _tried(basis, key, waits)
        if plan is not None:
            return plan
    newer = [source for source in used if basis.last_years.get(source, 0) >= basis.data_year]
    newer = [source for source in newer if not used[source].file.startswith("regler/")]
    words = f"tallene er fra {basis.period(key)}"
    if newer:
        words += f"; nyere finnes i {listed(newer)}, men ikke i de andre kildene"
    state = PARTLY if newer else CARRIED
    return ItemPlan(key, state, dict(item.settings), words, waits, basis.period(key))


def _tried(basis: Basis, key: str, waits: str) -> ItemPlan | None:
    """The item asked for the new period; None if there is nothing newer in it."""
    item = basis.catalog.items[key]
    settings = moved(item.settings, basis.data_year - basis.catalog.edition.data_year)
    try:
        count, missing = basis.trial(key, settings)
    except KgError:
        return None
    if missing == count:
        return None
    if missing:
        words = f"{missing} av {count} tall mangler for den nye perioden"
        return ItemPlan(key, PARTLY, dict(item.settings), words, waits, basis.period(key))
    return ItemPlan(key, RENEWED, settings, f"alle {count} tall finnes for den nye perioden")


def waits_for(catalog: Catalog, item: Item, come: Collection[str] = ()) -> str:
    """What would renew an item: deliveries to order, printed tables to ask the owners for.

    Args:
        come: The sources that nothing is waited for any more.
    """
    sources = {key: catalog.sources[key] for key in item.inputs.values() if key not in come}
    ordered = [f"leveransen {s.delivery}" for s in sources.values() if s.delivery]
    is_printed = {key for key, s in sources.items() if s.file.startswith("trykt/")}
    printed = [
        f"nye tall for {key}" for key in sources if key in is_printed and not sources[key].delivery
    ]
    rates = any(s.file.startswith("regler/") for s in sources.values())
    wanted = list(dict.fromkeys([*ordered, *printed, *(["nye satser"] if rates else [])]))
    return listed(wanted) if wanted else ""


def last_years(tables: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """The last year that the rows of each source name; a source without years is left out."""
    years = {}
    for key, table in tables.items():
        if "year" in table.columns:
            years[key] = int(table["year"].max())
        elif "valid_from" in table.columns:
            years[key] = int(str(table["valid_from"].max())[:4])
    return years


def has_period(settings: Mapping[str, Any]) -> bool:
    return DATE in settings or any(name in settings for name in YEARS)


def moved(settings: Mapping[str, Any], years: int) -> dict[str, Any]:
    """The same settings so many years later; what is no period stays."""
    later = {name: settings[name] + years for name in YEARS if name in settings}
    if DATE in settings:
        day = datetime.date.fromisoformat(settings[DATE])
        later[DATE] = day.replace(year=day.year + years).isoformat()
    return {**settings, **later}


def period_of(item: Item, data_year: int, years: Sequence[int] = ()) -> str:
    """The period of an item as readers are told: what its subtitle says last, else its years."""
    periods: list[str] = LAST_PERIOD.findall(item.subtitle)
    if periods and not years:
        return periods[-1]
    if years:
        return f"{years[0]}–{years[-1]}" if years[0] != years[-1] else str(years[0])
    return str(data_year)


def renamed(words: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """A subtitle with the years of the settings moved along; other years stay as they are."""
    years = {str(before[name]): str(after[name]) for name in YEARS if name in before}
    if DATE in before:
        years[before[DATE][:4]] = after[DATE][:4]
    return re.sub(r"\d{4}", lambda match: years.get(match[0], match[0]), words)


def is_words(item: Item, sources: Iterable[Source]) -> bool:
    """Whether the item is a drawing, or a list of words and their count: no year makes it old."""
    return all(measure.unit == "tekst" for measure in item.measures.values()) or all(
        source.columns and all(c.role != "measure" for c in source.columns.values())
        for source in sources
    )
