"""Which period numbers are of, and the refusal of an item that mixes periods without saying so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kunnskapsgrunnlag.base.dates import MONTHS
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_text import listed

if TYPE_CHECKING:
    import pandas as pd

    from kunnskapsgrunnlag.catalog.schema import Item, Source

_YEAR = r"(?:19|20)\d{2}"
_RANGE = re.compile(rf"\b({_YEAR})(?: ?[–-] ?({_YEAR}))?\b")
# «2016–2020», «utgangen av 2019», «november 2021», «2020» at the end of a subtitle.
LAST_PERIOD = re.compile(rf"(?:utgangen av |(?:{'|'.join(MONTHS)}) )?(?:\d{{4}}–)?\d{{4}}")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """What numbers are of: all of its years, and the month where it is a single one."""

    years: frozenset[int]
    month: int | None = None

    def __str__(self) -> str:
        """`2020`, `2015–2020`, `november 2021`, `2017 og 2023`; for messages."""
        if not self.years:
            return "ingen av årene"
        years = sorted(self.years)
        is_run = len(years) > 2 and years == [*range(years[0], years[-1] + 1)]
        words = f"{years[0]}–{years[-1]}" if is_run else listed(map(str, years))
        return f"{MONTHS[self.month - 1]} {words}" if self.month else words


def agree(periods: Iterable[Period]) -> bool:
    """Whether all are the same period; a month counts where there is one."""
    every = [*periods]
    months = {period.month for period in every} - {None}
    return len({period.years for period in every}) < 2 and len(months) < 2


def last_period(subtitle: str) -> str:
    """The period that a subtitle says last; "" if it says none."""
    return next(reversed(LAST_PERIOD.findall(subtitle)), "")


def named_years(words: str) -> set[int]:
    """The years that stand in words: `2015–2020` names two."""
    return {int(year) for pair in _RANGE.findall(words) for year in pair if year}


def read_period(words: str) -> Period | None:
    """The period that words name, such as «november 2021» or «2015–2020»; None without a year."""
    years: set[int] = set()
    for first, last in _RANGE.findall(words):
        years.update(range(int(first), int(last or first) + 1))
    months = {month.lower() for month in _MONTH.findall(words)}
    month = MONTHS.index(months.pop()) + 1 if len(months) == 1 else None
    return Period(frozenset(years), month) if years else None


def asked_period(settings: Mapping[str, Any]) -> Period | None:
    """The period that an item's settings ask for; None where they name none."""
    if "date" in settings:
        year, month, _ = str(settings["date"]).split("-")
        return Period(frozenset({int(year)}), int(month))
    years = {*settings.get("years", ()), *([settings["year"]] if "year" in settings else ())}
    if "first_year" in settings and "last_year" in settings:
        years.update(range(settings["first_year"], settings["last_year"] + 1))
    return Period(frozenset(years), settings.get("month")) if years else None


def source_period(
    name: str,
    entry: Source,
    file: str,
    registered: str,
    table: pd.DataFrame,
    asked: Period | None,
) -> Period | None:
    """What an item takes of a source: the years asked for, or the one that it is registered with.

    None for rates, which hold from their dates on, and for words without numbers.

    Raises:
        KgError: If the source has no column of years and nobody has said of what time it is.
    """
    columns = (entry.columns or {}).values()
    if entry.reader == "rates" or (columns and all(c.role != "measure" for c in columns)):
        return None
    if "year" in table.columns:
        years = frozenset(int(year) for year in table["year"])
        return Period(years & asked.years, asked.month) if asked else Period(years)
    period = read_period(registered)
    if period is None:
        raise KgError(
            f"{file}: opplysningene sier ikke hvilket tidsrom tallene gjelder. Skriv "
            f'kg register {name} --period 2020 --reason "…", med det tidsrommet som er riktig.'
        )
    return period


def check_periods(
    key: str, item: Item, periods: Mapping[str, Period], asked: Period | None
) -> None:
    """Refuse an item whose sources, or settings, are of different periods, unless it says so.

    Args:
        periods: Parameter of compute() -> what is taken of its source.

    Raises:
        KgError: Naming the sources and their periods, and what to do.
    """
    is_one = agree([*periods.values(), *([asked] if asked else ())])
    if item.periods:
        _check_declared(key, item, periods, is_one=is_one)
    elif not is_one:
        asks = [f"settings ber om {asked}"] if asked else []
        covered = [f"{item.inputs[name]} gjelder {period}" for name, period in periods.items()]
        raise KgError(
            f"{key}: tallene er fra ulike tidsrom: {'; '.join([*asks, *covered])}. Rett «settings» "
            "eller vent til alle kildene har samme tidsrom. Skal de likevel stå sammen, skriver du "
            f"«periods» under {key} i params.yaml, så får leserne vite det (docs/katalog.md)."
        )


def _check_declared(key: str, item: Item, periods: Mapping[str, Period], *, is_one: bool) -> None:
    where = f"params.yaml: items.{key}.periods"
    if is_one:
        raise KgError(
            f"{where}: alle kildene gjelder {next(iter(periods.values()))}. Slett «periods», og "
            "skriv tidsrommet i undertittelen."
        )
    if wrong := item.periods.keys() ^ periods.keys():
        raise KgError(
            f"{where}: skal ha en linje for hver av {', '.join(periods)}; se på «{min(wrong)}»."
        )
    for name, period in periods.items():
        declared = read_period(item.periods[name])
        if declared is None or not agree([declared, period]):
            raise KgError(
                f"{where}.{name}: sier «{item.periods[name]}», men {item.inputs[name]} gjelder "
                f"{period}. Rett ordene."
            )


def check_stated_years(key: str, item: Item, years: Collection[int], last: int) -> None:
    """Refuse an item that tells readers another period than that of its numbers.

    Args:
        years: All years that its numbers are of.
        last: The last year that it is about.

    Raises:
        KgError: If the subtitle or `carried` names a year that no number is of, or the subtitle
            not the last one.
    """
    texts = {"subtitle": item.subtitle, "carried.period": item.carried_period}
    for name, words in texts.items():
        if strange := sorted(named_years(words) - {*years}):
            raise KgError(
                f"params.yaml: items.{key}.{name}: sier «{words}», men ingen av tallene gjelder "
                f"{strange[0]}. Tallene gjelder {Period(frozenset(years))}. Rett ordene."
            )
    named = named_years(item.subtitle)
    if named and last not in named:
        raise KgError(
            f"params.yaml: items.{key}.subtitle: sier «{item.subtitle}», men tallene går til "
            f"{last}. Rett undertittelen."
        )
