"""What an edition publishes, small enough for git: numbers, items and claims, and their sources.

A released edition and the one being built are read into the same record, so that any two can be
compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.store.origins import mix_words

if TYPE_CHECKING:
    from kunnskapsgrunnlag.base.paths import Project
    from kunnskapsgrunnlag.catalog.schema import Catalog

Held = dict[str, Any]


@dataclass(frozen=True)
class PublishedValue:
    """A number as readers saw it.

    Attributes:
        value: The number before rounding; None where there was none, or words.
        text: As it was shown.
        sources: The sources of its cells.
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
        """The table or figure that it stands in."""
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
        years: Measures -> first and last year with a number; empty without a year dimension.
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


@dataclass(frozen=True)
class PublishedClaim:
    """A statement of the text: the sentences that make it, whether it held, and why."""

    words: str
    holds: bool | None
    because: str
    sentences: tuple[str, ...]


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


def from_build(project: Project, catalog: Catalog) -> PublishedEdition:
    """What the present build would publish.

    Raises:
        KgError: If something has not been built.
    """
    from kunnskapsgrunnlag.book.claim_results import read_claims
    from kunnskapsgrunnlag.store.item_results import records_of

    missing = [key for key in catalog.items if not (project.item(key) / f"{key}.json").is_file()]
    if missing:
        raise KgError(f"{missing[0]} has not been built. Run: kg build.")
    held = records_of(project, catalog)
    values = [_value(record, held[key]["cells"]) for key in held for record in held[key]["values"]]
    claims = read_claims(project.claims)["claims"]
    edition = catalog.edition
    return PublishedEdition(
        edition.key,
        edition.title,
        edition.date,
        {value.address: value for value in values},
        {key: _item(project, catalog, key, record) for key, record in held.items()},
        {name: _claim(claim) for name, claim in claims.items() if claim["places"]},
    )


def _value(record: Mapping[str, Any], cells: Mapping[str, Mapping[str, str]]) -> PublishedValue:
    raw = [f"{cells[cell]['raw']}{cells[cell].get('symbol', '')}" for cell in record["cells"]]
    digest = sha256("\n".join(raw).encode())[:12]
    return PublishedValue(
        record["address"],
        record["text"],
        record["value"],
        record["unit"],
        record["decimals"],
        record["origin"],
        tuple(sorted({cell.partition(":")[0] for cell in record["cells"]})),
        digest,
    )


def _item(project: Project, catalog: Catalog, key: str, record: Mapping[str, Any]) -> PublishedItem:
    item = catalog.items[key]
    return PublishedItem(
        item.label,
        item.title,
        item.subtitle,
        item.chapter,
        mix_words(item, record["values"]) or record["origin"],
        dict(item.settings),
        tuple(item.dims),
        {name: measure.formula for name, measure in item.measures.items()},
        {name: measure.title for name, measure in item.measures.items()},
        tuple(item.notes),
        item.carried.period if item.carried else "",
        {name: _source(project, catalog, name, told) for name, told in record["sources"].items()},
        tuple(each.model_dump() for each in item.breaks),
    )


def _source(
    project: Project, catalog: Catalog, key: str, held: Mapping[str, Any]
) -> PublishedSource:
    """The receipt's words, and the registrations themselves: a receipt has those as sentences."""
    from kunnskapsgrunnlag.sources.locate import open_source

    names = [each.name for each in fields(PublishedSource) if each.name != "history"]
    history = open_source(project, key, catalog.source(key)).provenance.history
    told = tuple(entry.model_dump() for entry in history)
    return PublishedSource(**{name: held[name] for name in names}, history=told)


def _claim(held: Mapping[str, Any]) -> PublishedClaim:
    sentences = tuple(place["sentence"] for place in held["places"])
    return PublishedClaim(held["words"], held["holds"], held["because"], sentences)
