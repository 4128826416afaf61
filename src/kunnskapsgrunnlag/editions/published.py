"""What an edition publishes, small enough for git: numbers, items and claims, and their sources.

A released edition and the one being built are read into the same record, so that any two can be
compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.book.reading import filled, on_one_line, quotes
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.sources.locate import open_source
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.origins import mix_words
from kunnskapsgrunnlag.store.value import Value

Held = dict[str, Any]


@dataclass(frozen=True)
class PublishedValue:
    """A number as readers saw it.

    Attributes:
        value: The number before rounding; None where there was none, or words.
        cells: A hash over what stood in its source cells, in their order: the same hash means that
            the number rests on the same data.
    """

    address: str
    text: str
    value: float | None
    unit: str
    decimals: int
    origin: str
    sources: tuple[str, ...]
    cells: str

    @property
    def item(self) -> str:
        return self.address.partition("/")[0]


@dataclass(frozen=True)
class PublishedSource:
    """A source as an item used it: what content, of which vintage, and what was told of changes.

    Attributes:
        history: The registrations: date, reason, sha256_cells, cause.
    """

    title: str
    owner: str
    vintage: str
    origin: str
    sha256_cells: str
    history: tuple[Held, ...] = ()


@dataclass(frozen=True)
class PublishedItem:
    """A table or figure: what it was called, which period it was asked for, and its sources.

    Attributes:
        settings: What `compute` was asked for: years, dates, assumptions.
        formulas: Measure -> how the number is made, in words.
        carried: The period of numbers that are carried over from an earlier edition, or "".
        breaks: Where its series break: the first year after it, and what changed.
    """

    label: str
    title: str
    subtitle: str
    chapter: str
    origin: str
    settings: Held
    dims: tuple[str, ...]
    formulas: dict[str, str]
    measures: dict[str, str]
    notes: tuple[str, ...]
    carried: str
    sources: dict[str, PublishedSource] = field(default_factory=dict)
    breaks: tuple[Held, ...] = ()

    def place(self, address: str, dim: str) -> str:
        return address.split("/")[2 + self.dims.index(dim)]

    def year_of(self, address: str) -> int | None:
        """The year that an address names; None if the item has no years."""
        return int(self.place(address, "year")) if "year" in self.dims else None

    def series_of(self, address: str) -> str:
        parts = address.split("/")
        if "year" in self.dims:
            del parts[2 + self.dims.index("year")]
        return "/".join(parts)


@dataclass(frozen=True)
class PublishedClaim:
    """A statement of the text, whether it held, and why.

    Attributes:
        sentences, as_read: The sentences that make it, as authors wrote and as readers met them.
    """

    words: str
    holds: bool | None
    because: str
    sentences: tuple[str, ...]
    as_read: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishedEdition:
    """All that an edition said in numbers and tested sentences.

    Attributes:
        is_print: Whether only what was printed is known of it: no sources and no sentences.
    """

    key: str
    title: str
    date: str
    values: dict[str, PublishedValue]
    items: dict[str, PublishedItem]
    claims: dict[str, PublishedClaim]
    is_print: bool = False

    @cached_property
    def years(self) -> dict[str, tuple[int, int]]:
        ends: dict[str, tuple[int, int]] = {}
        for value in self.values.values():
            year = self.items[value.item].year_of(value.address)
            if year is not None:
                first, last = ends.get(value.item, (year, year))
                ends[value.item] = min(first, year), max(last, year)
        return ends


def from_build(report: Report, *, with_claims: bool = True) -> PublishedEdition:
    missing = [
        key
        for key in report.catalog.items
        if not (report.project.item(key) / f"{key}.json").is_file()
    ]
    if missing:
        raise KgError(f"{missing[0]} er ikke bygd. Kjør: kg build.")
    results = report.results
    values = [_value(value, result.cells) for result in results.values() for value in result.values]
    edition = report.catalog.edition
    return PublishedEdition(
        edition.key,
        edition.title,
        edition.date,
        {value.address: value for value in values},
        {key: _item(report, key, result) for key, result in results.items()},
        _claims(report) if with_claims else {},
    )


def _value(value: Value, cells: Mapping[str, SourceCell]) -> PublishedValue:
    raw = [f"{cells[cell].raw}{cells[cell].symbol}" for cell in value.cells]
    return PublishedValue(
        value.address,
        value.text,
        value.value,
        value.unit,
        value.decimals,
        value.origin,
        tuple(sorted(value.sources)),
        sha256("\n".join(raw).encode())[:12],
    )


def _item(report: Report, key: str, result: ItemResult) -> PublishedItem:
    item = report.catalog.items[key]
    return PublishedItem(
        item.label,
        item.title,
        item.subtitle,
        item.chapter,
        mix_words(item, result.values) or result.origin,
        dict(item.settings),
        tuple(item.dims),
        {name: measure.formula for name, measure in item.measures.items()},
        {name: measure.title for name, measure in item.measures.items()},
        tuple(item.notes),
        item.carried_period,
        {name: _source(report, name, receipt) for name, receipt in result.sources.items()},
        tuple(series_break.model_dump() for series_break in item.breaks),
    )


def _source(report: Report, key: str, receipt: Receipt) -> PublishedSource:
    """The receipt's words, and the registrations themselves: a receipt has those as sentences."""
    names = [column.name for column in fields(PublishedSource) if column.name != "history"]
    history = open_source(report.project, key, report.catalog.source(key)).provenance.history
    registrations = tuple(entry.model_dump() for entry in history)
    return PublishedSource(
        **{name: getattr(receipt, name) for name in names}, history=registrations
    )


def _claims(report: Report) -> dict[str, PublishedClaim]:
    as_read: dict[str, list[str]] = {}
    for text in (text for text in report.texts if text.language == "nb"):
        for mark, quote in quotes(text, filled(text, report.book.says), "pastand"):
            sentence = on_one_line(f"{quote.before}{quote.words}{quote.after}")
            as_read.setdefault(mark.claim_name, []).append(sentence)
    return {
        name: PublishedClaim(
            claim.words,
            claim.holds,
            claim.because,
            tuple(place.sentence for place in claim.places),
            tuple(as_read.get(name, ())),
        )
        for name, claim in report.claims.placed.items()
    }
