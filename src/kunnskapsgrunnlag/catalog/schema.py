"""The types of what params.yaml declares."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.catalog.entry import Break, CatalogEntry
from kunnskapsgrunnlag.catalog.profiles import ProfileLevel
from kunnskapsgrunnlag.catalog.query import Live, Provider

E = TypeVar("E")
# How the period of a source begins whose numbers an item is checked against and does not show.
CHECK_ONLY = "kontrollert mot "
DayOfYear = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$")]
Dim = Literal["region", "category", "year"]


class MainItem(CatalogEntry):
    """The item that the edition is about, and what that is, in words within a sentence."""

    item: str
    words: str


Engine = Literal["embedded", "quarto"]


class Edition(CatalogEntry):
    """Which edition of the report this is.

    Attributes:
        printed: When the report was printed first, in words.
        date: The date that its files carry, so that the same text gives the same bytes.
        data_year: The year that yearly numbers are asked for when an edition is begun.
        main: The item whose last year every page tells beside the newest one.
        compared: The printed edition that numbers are compared with, if it is not this one.
        contact: The owner's e-mail address for readers.
        next_edition: When the next edition comes, in words (`høsten 2027`).
        isbn: The book's number.
        address: Where the site is published.
        repository: Where its source is published.
        access_statement: Address of the accessibility statement in uustatus.no.
        organisation: The owner's number in Enhetsregisteret, for data catalogues.
    """

    key: str
    title: str
    subtitle: str
    owner: str
    printed: str
    date: str
    data_year: int
    main: MainItem | None = None
    compared: str | None = None
    contact: str = ""
    next_edition: str = ""
    isbn: str = ""
    address: str = ""
    repository: str = ""
    access_statement: str = ""
    organisation: Annotated[str, Field(pattern=r"^(\d{9})?$")] = ""

    def url(self, path: str) -> str:
        """Where a file of the site is published; its path while the site has no address."""
        return f"{self.address.rstrip('/')}/{path}" if self.address else path

    @property
    def in_print(self) -> str:
        """The key of the printed edition that numbers are compared with."""
        return self.compared or self.key


class Column(CatalogEntry):
    """A column of a delivery: what its heading means in the tidy table.

    Attributes:
        name: Column of the tidy table.
        role: What it is: a dimension (region, year, category), a measure, text from a list of
            allowed words, words that are free, or a name that only people read.
        system: Code system of a region column, or `navn` for names.
        values: For category and text columns: key -> the words in the file.
        unit: Unit of a measure in the tidy table.
        scale: Raw number x scale = tidy number (1000000 for a column in millions).
        rounded_to: Rounding unit of the raw numbers; None if they are exact.
        min, max: Bounds outside which a raw number is refused.
        symbols: The signs that may stand for a missing number; "" is an empty cell. Left out: the
            signs that Norwegian statistics use.
    """

    name: str
    role: Literal["region", "year", "category", "measure", "text", "words", "name"]
    system: str | None = None
    values: dict[str, str] | None = None
    unit: str | None = None
    scale: int = 1
    rounded_to: float | int | None = None
    min: float | int | None = None
    max: float | int | None = None
    symbols: list[str] | None = None


class Check(CatalogEntry):
    """What measures of a source must fit; docs/katalog.md explains each kind.

    Attributes:
        of: The measures.
        rows: The rows that it is about, by dimension; `since` is the first year.
        spared: Rows that are right though they do not fit, such as those of a real break.
        between: The lowest and the highest number; with `per` of how many it is for each of that
            measure.
        jump: The largest factor, up or down, from the year before.
        at_most: Another measure of the row that is no smaller.
        product: The measures of the row whose product it is.
        parts, total: The regions or categories that add up to one, in the table itself or in
            `source`; a total alone is one that no other is larger than.
        source: Another source that says the same, in its column `measure` and its rows `other`; the
            word `period` there stands for the year that the table is of.
        within, within_pct: How far the two may lie apart, in the unit and in percent.
    """

    of: list[str]
    rows: dict[str, str | int] = Field(default_factory=dict)
    since: int | None = None
    spared: list[dict[str, str | int]] = Field(default_factory=list)
    between: list[float | int] | None = Field(default=None, min_length=2, max_length=2)
    per: str | None = None
    jump: float | int | None = None
    at_most: str | None = None
    product: list[str] = Field(default_factory=list)
    parts: list[str] = Field(default_factory=list)
    total: str | None = None
    source: str | None = None
    measure: str | None = None
    other: dict[str, str | int] = Field(default_factory=dict)
    within: float | int = 0
    within_pct: float | int = 0


class Source(CatalogEntry):
    """A snapshot and how it is read.

    Attributes:
        delivery: Name, without ending, of the delivery that replaces the snapshot when it comes.
        title: What readers are told that a delivery is; its own period is added.
        sheet: Of a delivery in a workbook with several sheets: the one that holds the table.
        expects: The regions of which none may be missing, by key; `bydeler` and `delbydeler` stand
            for all of them.
        checks: What its numbers must fit, beside what holds for every source.
        gaps: What may lack: `years` between the first and the last, or `rows`, where areas or
            categories have not the same years.
        awaits: Who alone can give newer numbers, as readers are told; said until they have come.
        published: Where newer numbers are published that have not been fetched.
        due: Each day of the year («06-15») on which new numbers are expected -> what comes then.
    """

    file: str
    reader: str
    delivery: str | None = None
    title: str = ""
    sheet: str | None = None
    unit_of: dict[str, str] | None = None
    key: list[str] | None = None
    columns: dict[str, Column] | None = None
    expects: list[str] | None = None
    checks: list[Check] = Field(default_factory=list)
    gaps: Literal["", "years", "rows"] = ""
    awaits: str = ""
    published: str = ""
    due: dict[DayOfYear, str] = Field(default_factory=dict)


class Measure(CatalogEntry):
    """What an item measures: heading, unit, decimals, and how the number is made, in words.

    Attributes:
        headline: Of a measure that «Hva er nytt» may open with: what is measured, as the subject of
            a sentence, with {region} and {category} where the number is of one of them.
        short: What a drawing calls it beside its mark, where the title or group is long.
        words: What a sentence may call what is counted, beside the words of the titles.
    """

    title: str
    unit: str
    decimals: int
    formula: str
    group: str | None = None
    round_to: int = 1
    show: bool = True
    headline: str = ""
    short: str = ""
    words: list[str] = Field(default_factory=list, alias="ord")


class TableLayout(CatalogEntry):
    """Which dimensions go down and which go across in the reader's table."""

    rows: list[Literal["measure", "region", "category", "year"]]
    columns: list[Literal["measure", "region", "category", "year"]]


class Carried(CatalogEntry):
    """Numbers that an item has from an earlier edition because there are no newer ones.

    Attributes:
        edition: The edition that published them; "" if none has.
        period: What they are of, as readers are told: «2020», «utgangen av 2019».
        waits: What a renewal waits for, in words; "" if nothing newer is expected.
    """

    edition: str
    period: str
    waits: str = ""


class Item(CatalogEntry):
    """A numbered table or figure of the report.

    Attributes:
        own_subtitle: What stands as `subtitle` in params.yaml.
        periods: Where the sources are of different periods: parameter of compute() -> what is of
            which period, as readers are told («folkemengden 1. januar 2020»).
        awaited: What is said below the item until its delivery comes, instead of the usual words.
    """

    number: int
    kind: Literal["tabell", "figur"]
    title: str
    own_subtitle: str = Field(alias="subtitle")
    chapter: str
    inputs: dict[str, str]
    dims: list[Dim]
    measures: dict[str, Measure]
    table: TableLayout
    settings: dict[str, Any] = Field(default_factory=dict)
    regions: list[str] | None = None
    categories: dict[str, str] | None = None
    category_title: str = "Gruppe"
    notes: list[str] = Field(default_factory=list)
    periods: dict[str, str] = Field(default_factory=dict)
    awaited: str = ""
    carried: Carried | None = None
    breaks: list[Break] = Field(default_factory=list)

    @property
    def subtitle(self) -> str:
        """The subtitle as readers see it: with the periods, where there are several."""
        if not self.periods:
            return self.own_subtitle
        return f"{self.own_subtitle}: {self.period_words}"

    @property
    def period_words(self) -> str:
        """What readers see is of which period, each once."""
        seen = (words for words in self.periods.values() if not words.startswith(CHECK_ONLY))
        return "; ".join(dict.fromkeys(seen))

    @property
    def carried_period(self) -> str:
        return self.carried.period if self.carried else ""

    @property
    def key(self) -> str:
        """`figur-27`, as it stands in addresses."""
        return f"{self.kind}-{self.number}"

    @property
    def label(self) -> str:
        """`Figur 27`, as it stands in captions."""
        return f"{self.kind.capitalize()} {self.number}"


class OutsideNumber(CatalogEntry):
    """A number that claims compare with and that no table of ours has.

    Attributes:
        words: What it is.
        source: Who says so, and where.
        period: What time it is of.
    """

    value: float
    unit: str = ""
    words: str
    source: str
    period: str

    @property
    def decimals(self) -> int:
        return 0 if self.value.is_integer() else len(f"{self.value}".partition(".")[2])


class Chapter(CatalogEntry):
    """A page of the book.

    Attributes:
        part: The part of the book that it stands in; "" before the first of them.
        language: `en` for a translation, whose paragraphs name those that they translate.
    """

    file: str
    title: str
    number: int | None = None
    part: str = ""
    language: Literal["nb", "en"] = "nb"

    @property
    def html(self) -> str:
        return Path(self.file).with_suffix(".html").as_posix()


class Catalog(CatalogEntry):
    """All that params.yaml declares.

    Attributes:
        engine: What renders where no command says otherwise.
        live: What `kg fetch` gets.
        available: Tables that can be fetched by name, and that nothing is made of yet.
        moved: An item's key in earlier editions -> its key now: old addresses lead on.
    """

    engine: Engine = "embedded"
    edition: Edition
    sources: dict[str, Source]
    items: dict[str, Item]
    chapters: dict[str, Chapter]
    providers: dict[str, Provider] = Field(default_factory=dict)
    live: dict[str, Live] = Field(default_factory=dict)
    available: dict[str, Live] = Field(default_factory=dict)
    constants: dict[str, OutsideNumber] = Field(default_factory=dict)
    profiles: dict[str, ProfileLevel] = Field(default_factory=dict)
    moved: dict[str, str] = Field(default_factory=dict)

    @property
    def parts(self) -> dict[str, list[str]]:
        """The parts of the book in their order, each with the keys of its chapters."""
        parts: dict[str, list[str]] = {}
        for key, chapter in self.chapters.items():
            parts.setdefault(chapter.part, []).append(key)
        return parts

    def item(self, key: str) -> Item:
        """The item with this key; a KgError that names the nearest if there is none."""
        return _entry(self.items, key, f"Det finnes ingen tabell eller figur «{key}» i params.yaml")

    def source(self, key: str) -> Source:
        """The source with this key; a KgError that names the nearest if there is none."""
        return _entry(self.sources, key, f"Det finnes ingen kilde «{key}» i params.yaml")

    def live_source(self, key: str) -> Live:
        """What `kg fetch` asks for under this key; a KgError that names the nearest if nothing."""
        lacking = f"«{key}» kan ikke hentes: den står ikke under «live» i params.yaml"
        return _entry(self.live | self.available, key, lacking)

    def title_of(self, key: str) -> str:
        """What a source is, in words: its title here, or what `kg fetch` gets."""
        source, live = self.sources.get(key), self.live.get(key)
        return (source.title if source else "") or (live.title if live else "")

    @cached_property
    def numbered(self) -> dict[str, Item]:
        """The items in the order of their numbers."""
        return dict(sorted(self.items.items(), key=lambda pair: pair[1].number))


def _entry(entries: dict[str, E], key: str, lacking: str) -> E:
    if key not in entries:
        raise KgError(f"{lacking}.{nearest(key, entries)}")
    return entries[key]
