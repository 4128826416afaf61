"""What params.yaml declares of profiles: a page and a print for each area of a level."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kunnskapsgrunnlag.base.strict import Text
from kunnskapsgrunnlag.catalog.entry import Break, CatalogEntry


class Amount(CatalogEntry):
    """What is counted, or what is divided by: numbers of a source, summed for an area and a year.

    Attributes:
        columns: Measures of the source; several are multiplied, row by row, before the sum.
        rows: The rows that count, by column. Of a source by month without it: whole years alone.
        later: How many years after the measure's own year the rows are of.
        rest: Whether the whole has more than its areas, such as those who live in none of them.
    """

    source: str
    columns: list[str] = Field(min_length=1)
    rows: dict[str, str | int] = Field(default_factory=dict)
    later: int = 0
    rest: bool = False


class MeasureWords(CatalogEntry):
    """How sentences say a measure.

    Attributes:
        kind: `andel` («den høyeste andelen …»), `antall` («flest …») or `belop` («den høyeste …»).
        of: What is counted: «husholdninger med lavinntekt»; of an amount its name.
        definite: Of an amount: its name in definite form, «boutgiften».
        short: What a table of contents or a heading calls it.
    """

    kind: Literal["andel", "antall", "belop"]
    of: Text
    definite: Text = ""
    short: Text


class ProfileMeasure(CatalogEntry):
    """A number that each area has, of each year or of the last one.

    Attributes:
        unit: As it is said after the number: «per 1 000 innbyggere».
        whole: Where the whole's number is of another source.
        per: What the amount is divided by; left out, it stands as it is.
        prices: The source of the price index that amounts of earlier years are raised by.
        since: The first year that is shown.
        when: What time of its year a number is of, as readers are told: «desember {year}».
        breaks: Years from which the numbers cannot be compared with those before.
        by: A column of the source that parts the numbers, and its keys with readers' names.
        parts: Whether it is of the parts of each area and not of the areas.
        growth: Whether it is the growth since its first year, in percent.
        role: `table` (compared, and searched for findings), `estimate` (apart, while its numbers
            are estimates), `residents` and `growth` (the lead), `series` (drawn and looked up).
        topic: Measures of one topic give one finding.
        cited: Whether the numbers are somebody's own, which no file of ours holds.
    """

    title: Text
    unit: Text
    decimals: int
    formula: Text
    of: Amount
    whole: Amount | None = None
    per: Amount | None = None
    times: int = 1
    prices: str = ""
    since: int = 0
    when: str = "{year}"
    breaks: list[Break] = Field(default_factory=list)
    by: str = ""
    categories: dict[str, str] = Field(default_factory=dict)
    parts: bool = False
    growth: bool = False
    role: Literal["table", "estimate", "residents", "growth", "series"] = "table"
    topic: str = ""
    cited: bool = False
    words: MeasureWords | None = None

    @property
    def sources(self) -> list[str]:
        """All sources that its numbers are made of."""
        amounts = [self.of, self.whole, self.per]
        used = [amount.source for amount in amounts if amount]
        return list(dict.fromkeys([*used, *([self.prices] if self.prices else [])]))


class FindingRules(CatalogEntry):
    """By what rules findings are chosen; docs/profiler.md explains them.

    Attributes:
        most: How many an area has at the most; none is added to fill up.
        rank_points: What the first, second … place from either end counts.
        largest: The most that a distance or a change counts.
        change_weight: What a change counts against a distance.
        distance, change: What takes a measure in without a rank, in standard deviations.
        change_years: The fewest years between the numbers of a change.
    """

    most: int
    rank_points: list[float]
    largest: float
    change_weight: float
    distance: float
    change: float
    change_years: int


class ProfileDrawing(CatalogEntry):
    """A drawing of a profile: months of a year after year, a map, or an area's groups.

    Attributes:
        title: Its finding, with {placeholders}; what they stand for depends on the kind.
        all_title, none_title: The finding of groups, where it is so in all of them, or in none; of
            months, `none_title` where the year before cannot be compared with.
    """

    kind: Literal["months", "map", "groups"]
    measure: str
    parts: str = ""
    title: Text
    all_title: Text = ""
    none_title: Text = ""
    subtitle: Text
    note: Text = ""


class LevelWords(CatalogEntry):
    """What the level's areas are called: «bydel», «bydelen», «bydeler», «bydelene»."""

    one: str
    the_one: str
    many: str
    the_many: str
    profile: str


class ProfileLevel(CatalogEntry):
    """Areas that have a profile each.

    Attributes:
        areas: The group of regions (`bydeler`).
        whole: What each of them is compared with.
        beyond: Larger regions that the explorer shows too, where a measure's source has them.
        parts: The group of regions that lie in them.
        folder: Where their pages lie in the site.
        tiles: The areas as tiles of a map, row by row from the upper left; "" is no tile.
    """

    title: Text
    areas: str
    whole: str
    beyond: list[str] = Field(default_factory=list)
    parts: str = ""
    folder: str
    words: LevelWords
    tiles: list[list[str]] = Field(default_factory=list)
    measures: dict[str, ProfileMeasure]
    findings: FindingRules
    drawings: list[ProfileDrawing] = Field(default_factory=list)
    notes: list[Text] = Field(default_factory=list)

    @property
    def sources(self) -> list[str]:
        """All sources that the numbers of its profiles are made of."""
        return list(dict.fromkeys(s for m in self.measures.values() for s in m.sources))
