"""A new table or figure: what is asked for, fitted to what its source has."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from kunnskapsgrunnlag.base import regions
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_text import region_name
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.tidy.table import dimensions_of, measures_of

# More lines than these in one panel cannot be told apart, and more places are no table.
MOST_LINES, MOST_REGIONS = 7, 30
DECEMBER = 12
COUNTRY = "hele-landet"
_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ü": "u", "é": "e"})
_UNIT_ENDINGS = re.compile(r"(_nok|_pct|_month|_year)+$")
_ASKED = re.compile(r"(?P<column>\w+): *(?P<title>.+?)(?:, *(?P<unit>[^,]+), *(?P<decimals>\d))?")
# A count has none.
DECIMALS = {"prosent": 1, "prosentpoeng": 1, "ganger": 1, "indeks": 1}


@dataclass(frozen=True)
class NewMeasure:
    """A measure: the column of the tidy table, and what readers are told of it."""

    column: str
    title: str
    unit: str
    decimals: int

    @property
    def name(self) -> str:
        """The title as the name of a column: «Bosatte i alt» is `bosatte_i_alt`."""
        return "_".join(re.findall("[a-z0-9]+", self.title.lower().translate(_ASCII)))


@dataclass(frozen=True)
class Wish:
    """What a person asks for.

    Attributes:
        subtitle: "" for one made of unit, place and period.
        regions: Keys of places or groups, in the order of the table; () for all that there are.
        years: The first and the last; () for all that there are.
    """

    kind: str
    number: int
    title: str
    subtitle: str
    chapter: str
    source: str
    measures: Sequence[NewMeasure]
    regions: Sequence[str]
    years: Sequence[int]


@dataclass(frozen=True)
class NewItem:
    """What is asked for, and what the source has.

    Attributes:
        dims: Dimension of the item -> column of the tidy table.
        regions: In the order of the table; () for that of compute().
        categories: Key -> the reader's words.
        settings: What compute() is asked for: years, a month, the one region.
        group: Which regions or categories a finding compares: `bydeler` or `*`.
        compared: The regions themselves, where only some were asked for.
        leading: Which of them has the highest number of the first measure in the last year; "" if
            there are none.
        change: What the first measure has done since the first year: `øker`, `faller` or "".
    """

    wish: Wish
    subtitle: str
    dims: Mapping[str, str]
    regions: Sequence[str]
    categories: Mapping[str, str]
    settings: Mapping[str, int | str]
    years: Sequence[int]
    group: str = "*"
    compared: Sequence[str] = ()
    leading: str = ""
    change: str = ""

    @property
    def key(self) -> str:
        """`tabell-41`."""
        return f"{self.wish.kind}-{self.wish.number}"

    @property
    def module(self) -> str:
        """`tabell_41`."""
        return f"{self.wish.kind}_{self.wish.number}"

    @property
    def measures(self) -> Sequence[NewMeasure]:
        return self.wish.measures

    @property
    def heading(self) -> str:
        """`Tabell 41: Folkemengde.`, the first line of module and test."""
        return f"{self.wish.kind.capitalize()} {self.wish.number}: {self.wish.title.rstrip('.')}."

    @cached_property
    def input(self) -> str:
        """What compute() calls the tidy table: what its first measure counts."""
        return _UNIT_ENDINGS.sub("", self.wish.measures[0].column)

    @property
    def is_long(self) -> bool:
        """Whether each year has more rows than lines can be told apart."""
        if list(self.dims) == ["year"]:
            return False
        rows = self.regions if "region" in self.dims else self.categories
        return not 0 < len(rows) <= MOST_LINES


def read_measure(words: str, source: Source) -> NewMeasure:
    """`leie: Gjennomsnittlig leie, kr per måned, 0`; without unit and decimals the source's own."""
    asked = _ASKED.fullmatch(words.strip())
    if asked is None:
        raise KgError(
            f"målet «{words}» skrives som «kolonne: tittel» eller «kolonne: tittel, enhet, "
            "desimaler», for eksempel «residents: Innbyggere, personer, 0»."
        )
    unit = asked["unit"] or unit_of(asked["column"], source)
    decimals = asked["decimals"] or DECIMALS.get(unit, 0)
    return NewMeasure(asked["column"], asked["title"], unit, int(decimals))


def unit_of(column: str, source: Source) -> str:
    """The unit that the catalogue declares for a measure of a source; "" if none."""
    units = {c.name: c.unit or "" for c in (source.columns or {}).values()}
    return (source.unit_of or units).get(column, "")


def fit(wish: Wish, source: Source, tidy: pd.DataFrame, period: str) -> NewItem:
    """The new item, as the source's tidy table allows it.

    Args:
        period: What time the source is of, where it has no column of years.

    Raises:
        KgError: If the table lacks what is asked for, or has more dimensions than an item.
    """
    _check_measures(wish, tidy)
    rows = tidy[tidy[[m.column for m in wish.measures]].notna().any(axis=1)]
    dims = _dims(wish.source, dimensions_of(tidy))
    settings: dict[str, int | str] = {}
    if "month" in tidy:
        settings["month"] = DECEMBER
        rows = rows[rows["month"] == DECEMBER]
    years = _years(wish, rows)
    if len(years) == 1:
        settings["year"] = years[0]
        dims.pop("year")
    elif years:
        settings |= {"first_year": years[0], "last_year": years[-1]}
    if years:
        rows = rows[rows["year"].isin(years)]
        period = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
        period = f"desember {period}" if "month" in settings else period
    if rows.empty or not dims:
        raise KgError(f"{wish.source}: tabellen har ingen rader for det du ber om ({period}).")
    places = _regions(wish, rows) if "region" in dims else ()
    if len(places) == 1:
        settings = {"region": places[0], **settings}
        rows = rows[rows["region"] == places[0]]
        dims.pop("region")
    units = ", ".join(dict.fromkeys(m.unit for m in wish.measures))
    place = region_name(str(settings["region"])) if "region" in settings else ""
    parts = [units[:1].upper() + units[1:], place, period]
    item = NewItem(
        wish,
        wish.subtitle or ", ".join(filter(None, parts)),
        dims,
        places if "region" in dims else (),
        _categories(source, dims["category"], rows) if "category" in dims else {},
        settings,
        years,
    )
    return _with_finding(item, rows)


def _check_measures(wish: Wish, tidy: pd.DataFrame) -> None:
    known = measures_of(tidy)
    for measure in wish.measures:
        if measure.column not in known:
            hint = nearest(measure.column, known)
            raise KgError(f"{wish.source} har ikke noe mål «{measure.column}».{hint}")
        if not measure.unit or not measure.name:
            raise KgError(
                f"«{measure.column}» trenger tittel og enhet: «kolonne: tittel, enhet, 0»."
            )
    names = [m.name for m in wish.measures]
    if len({*names}) < len(names):
        raise KgError(f"to mål har samme tittel: {', '.join(names)}. Gi dem ulike titler.")


def _dims(source: str, columns: Sequence[str]) -> dict[str, str]:
    """Dimension of the item -> column; a month is chosen and no dimension."""
    others = [c for c in columns if c not in ("region", "year", "month")]
    if len(others) > 1:
        raise KgError(
            f"{source} er delt inn etter {', '.join(others)}, og en tabell har bare én slik "
            "inndeling. Skriv modulen selv (docs/ny-tabell.md)."
        )
    dims = {"region": "region", "category": others[0] if others else "", "year": "year"}
    return {dim: column for dim, column in dims.items() if column in columns}


def _years(wish: Wish, rows: pd.DataFrame) -> list[int]:
    if "year" not in rows:
        return []
    known = sorted({int(year) for year in rows["year"]})
    first, last = (wish.years[0], wish.years[-1]) if wish.years else (known[0], known[-1])
    if lacking := sorted({first, last} - {*known}):
        raise KgError(
            f"{wish.source} har ingen tall for {lacking[0]}. Tabellen har {known[0]}–{known[-1]}."
        )
    return [year for year in known if first <= year <= last]


def _regions(wish: Wish, rows: pd.DataFrame) -> Sequence[str]:
    known = [key for key in regions.BY_KEY if key in {*rows["region"]}]
    asked = [key for name in wish.regions for key in regions.GROUPS.get(name, (name,))]
    for key in asked:
        if key not in known:
            raise KgError(f"{wish.source} har ingen region «{key}».{nearest(key, known)}")
    return asked or (known if len(known) <= MOST_REGIONS else ())


def _categories(source: Source, column: str, rows: pd.DataFrame) -> dict[str, str]:
    keys = list(dict.fromkeys(rows[column]))
    declared = next((c for c in (source.columns or {}).values() if c.name == column), None)
    words = (declared.values if declared else None) or {}
    return {key: words.get(key, key.replace("-", " ").capitalize()) for key in keys}


def _with_finding(item: NewItem, rows: pd.DataFrame) -> NewItem:
    """What can be said of the first measure in the last year, or from the first year to it."""
    column = item.measures[0].column
    of_last = rows[rows["year"] == item.years[-1]] if item.years else rows
    if list(item.dims) == ["year"]:
        series = rows.sort_values("year")[column]
        moved = series.iloc[-1] - series.iloc[0]
        return replace(item, change="øker" if moved > 0 else "faller" if moved < 0 else "")
    dim = item.dims["region" if "region" in item.dims else "category"]
    if {"region", "category"} <= item.dims.keys():
        of_last = of_last[of_last[item.dims["category"]] == next(iter(item.categories))]
    group, compared = "*", of_last[of_last[dim] != COUNTRY].dropna(subset=column)
    if {*regions.BYDELER} <= {*(item.regions or of_last[dim])}:
        group, compared = "bydeler", compared[compared[dim].isin(regions.BYDELER)]
    elif item.wish.regions and dim == "region":
        own = [key for key in item.regions if key != COUNTRY]
        item, compared = replace(item, compared=own), compared[compared[dim].isin(own)]
    if compared.empty:
        return item
    leading = compared.sort_values(column, ascending=False)[dim].iloc[0]
    return replace(item, group=group, leading=leading)
