"""The catalogue: params.yaml read into types, every mistake named with its line and a way out."""

from __future__ import annotations

import importlib.util
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.mistakes import LOADER, composed, explain, nearest, places
from kunnskapsgrunnlag.tidy import regions

Dim = Literal["region", "category", "year"]


class _Entry(BaseModel):
    """Base of all entries: no unknown keys, no silent conversion of types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Edition(_Entry):
    """Which edition of the report this is."""

    key: str
    title: str
    subtitle: str
    owner: str
    printed: str
    date: str
    data_year: int


class Column(_Entry):
    """A column of a delivery: what its heading means in the tidy table.

    Attributes:
        name: Column of the tidy table.
        role: What it is: a dimension (region, year, category), a measure, words, or a name that
            only people read.
        system: Code system of a region column, or `navn` for names.
        values: For category and text columns: key -> the words in the file.
        unit: Unit of a measure in the tidy table.
        scale: Raw number x scale = tidy number (1000000 for a column in millions).
        rounded_to: Rounding unit of the raw numbers; None if they are exact.
        min, max: Bounds outside which a raw number is refused.
    """

    name: str
    role: Literal["region", "year", "category", "measure", "text", "name"]
    system: str | None = None
    values: dict[str, str] | None = None
    unit: str | None = None
    scale: int = 1
    rounded_to: float | int | None = None
    min: float | int | None = None
    max: float | int | None = None


class Source(_Entry):
    """A snapshot and how it is read.

    Attributes:
        delivery: Name, without ending, of the delivery that replaces the snapshot when it comes.
        expects: The regions of which none may be missing.
    """

    file: str
    reader: str
    delivery: str | None = None
    unit_of: dict[str, str] | None = None
    key: list[str] | None = None
    columns: dict[str, Column] | None = None
    expects: Literal["bydeler", "delbydeler"] | None = None


class Measure(_Entry):
    """What an item measures: heading, unit, decimals, and how the number is made, in words."""

    title: str
    unit: str
    decimals: int
    formula: str
    group: str | None = None
    round_to: int = 1
    show: bool = True


class TableLayout(_Entry):
    """Which dimensions go down and which go across in the reader's table."""

    rows: list[Literal["measure", "region", "category", "year"]]
    columns: list[Literal["measure", "region", "category", "year"]]


class Item(_Entry):
    """A numbered table or figure of the report."""

    number: int
    kind: Literal["tabell", "figur"]
    title: str
    subtitle: str
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

    @property
    def label(self) -> str:
        """`Figur 27`, as it stands in captions."""
        return f"{self.kind.capitalize()} {self.number}"


class Coming(_Entry):
    """An item that has its place in a chapter but is not made yet."""

    number: int
    kind: Literal["tabell", "figur"]
    title: str
    chapter: str

    @property
    def label(self) -> str:
        """`Figur 18`, as it stands in the place-holder."""
        return f"{self.kind.capitalize()} {self.number}"


class Chapter(_Entry):
    """A page of the book."""

    file: str
    title: str
    number: int | None = None

    @property
    def html(self) -> str:
        """Path of the page in the site."""
        return str(Path(self.file).with_suffix(".html").as_posix())


class Catalog(_Entry):
    """All that params.yaml declares."""

    edition: Edition
    sources: dict[str, Source]
    items: dict[str, Item]
    coming: dict[str, Coming]
    chapters: dict[str, Chapter]

    def item(self, key: str) -> Item:
        """The item with this key.

        Raises:
            KgError: If there is none; names the nearest.
        """
        if key not in self.items:
            raise KgError(f"There is no item «{key}» in params.yaml.{nearest(key, self.items)}")
        return self.items[key]

    def source(self, key: str) -> Source:
        """The source with this key.

        Raises:
            KgError: If there is none; names the nearest.
        """
        if key not in self.sources:
            raise KgError(f"There is no source «{key}» in params.yaml.{nearest(key, self.sources)}")
        return self.sources[key]

    @cached_property
    def numbered(self) -> dict[str, Item | Coming]:
        """Everything with a number, in the order of the numbers."""
        both: dict[str, Item | Coming] = {**self.items, **self.coming}
        return dict(sorted(both.items(), key=lambda pair: pair[1].number))


def read_catalog(path: Path) -> Catalog:
    """Read and check the catalogue.

    Raises:
        KgError: One error that says file, line, what was expected, what was found, what to write.
    """
    text = path.read_text(encoding="utf-8")
    root = composed(text, path.name)
    at_path = dict(places(root, ()))
    try:
        catalog = Catalog.model_validate(yaml.load(text, Loader=LOADER))
    except ValidationError as problem:
        raise KgError(explain(problem, at_path, path.name, Catalog)) from None
    _check_references(catalog, at_path, path)
    return catalog


def _check_references(catalog: Catalog, at_path: dict[Any, yaml.Node], path: Path) -> None:
    """Everything that names something else must find it."""

    def line(*at: str) -> str:
        node = at_path.get(at) or at_path[at[:2]]
        return f"{path.name}, line {node.start_mark.line + 1}: {'.'.join(at)}"

    for key, source in catalog.sources.items():
        _check_source(line("sources", key), source)
    for key, item in catalog.items.items():
        _check_item(catalog, key, item, line)
    for key, coming in catalog.coming.items():
        if key in catalog.items:
            raise KgError(f"{line('coming', key)}: the item exists now. Remove it from «coming».")
        if coming.chapter not in catalog.chapters:
            raise KgError(
                f"{line('coming', key)}: there is no chapter «{coming.chapter}»."
                f"{nearest(coming.chapter, catalog.chapters)}"
            )


def _check_source(where: str, source: Source) -> None:
    from kunnskapsgrunnlag.tidy import READERS

    if source.reader not in READERS:
        raise KgError(f"{where}: no reader «{source.reader}».{nearest(source.reader, READERS)}")
    if source.reader == "delivery" and not (source.columns and source.key):
        raise KgError(f"{where}: a delivery needs «key» and «columns». Add them.")
    for heading, column in (source.columns or {}).items():
        if column.role == "measure" and not column.unit:
            raise KgError(f"{where}.columns.{heading}: a measure needs its «unit». Add it.")
        if column.role in ("category", "text") and not column.values:
            raise KgError(f"{where}.columns.{heading}: {column.role} needs «values». Add them.")


def _check_item(catalog: Catalog, key: str, item: Item, line: Any) -> None:
    where = line("items", key)
    if key != f"{item.kind}-{item.number}":
        raise KgError(f"{where}: kind and number say «{item.kind}-{item.number}». Rename the key.")
    module = key.replace("-", "_")
    if importlib.util.find_spec(f"kunnskapsgrunnlag.items.{module}") is None:
        raise KgError(
            f"{where}: the item has no module. Write src/kunnskapsgrunnlag/items/{module}.py "
            "with compute, draw and describe, or move the entry to «coming»."
        )
    if item.chapter not in catalog.chapters:
        raise KgError(
            f"{line('items', key, 'chapter')}: there is no chapter «{item.chapter}»."
            f"{nearest(item.chapter, catalog.chapters)}"
        )
    for name, source in item.inputs.items():
        if source not in catalog.sources:
            raise KgError(
                f"{line('items', key, 'inputs', name)}: there is no source «{source}»."
                f"{nearest(source, catalog.sources)}"
            )
    for region in item.regions or ():
        if region not in regions.BY_KEY:
            raise KgError(
                f"{line('items', key, 'regions')}: there is no region «{region}»."
                f"{nearest(region, regions.BY_KEY)}"
            )
    _check_layout(item, line("items", key, "table"))


def _check_layout(item: Item, where: str) -> None:
    laid_out = [*item.table.rows, *item.table.columns]
    shown = [name for name, measure in item.measures.items() if measure.show]
    complete = set(laid_out) - {"measure"} == set(item.dims)
    if (
        complete
        and len(laid_out) == len({*laid_out})
        and ("measure" in laid_out or len(shown) == 1)
    ):
        return
    raise KgError(
        f"{where}: rows and columns together must name each of {', '.join(item.dims)} once, and "
        f"«measure» once where several are shown ({len(shown)} here); found {', '.join(laid_out)}."
    )
