"""The catalogue: params.yaml read into types, every mistake named with its line and a way out."""

from __future__ import annotations

import difflib
import importlib.util
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.tidy import regions

Dim = Literal["region", "category", "year"]
# libyaml where the wheel has it: ten times faster than the same in Python.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
        role: What it is: a dimension (region, year, category), a measure or words.
        system: Code system of a region column, or `navn` for names.
        values: For category and text columns: key -> the words in the file.
        unit: Unit of a measure in the tidy table.
        scale: Raw number x scale = tidy number (1000000 for a column in millions).
        rounded_to: Rounding unit of the raw numbers; None if they are exact.
        min, max: Bounds outside which a raw number is refused.
    """

    name: str
    role: Literal["region", "year", "category", "measure", "text"]
    system: str | None = None
    values: dict[str, str] | None = None
    unit: str | None = None
    scale: int = 1
    rounded_to: float | int | None = None
    min: float | int | None = None
    max: float | int | None = None


class Source(_Entry):
    """A snapshot and how it is read."""

    file: str
    reader: str
    unit_of: dict[str, str] | None = None
    key: list[str] | None = None
    columns: dict[str, Column] | None = None


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


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that names what was probably meant, or what there is."""
    known = list(known)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f" Write «{close[0]}»?"
    return f" There is: {', '.join(sorted(known))}." if len(known) <= 40 else ""


def read_catalog(path: Path) -> Catalog:
    """Read and check the catalogue.

    Raises:
        KgError: One error that says file, line, what was expected, what was found, what to write.
    """
    text = path.read_text(encoding="utf-8")
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        line = mark.line + 1 if mark else 1
        raise KgError(f"{path.name}, line {line}: not valid YAML: {problem.problem}.") from None
    if root is None:
        raise KgError(f"{path.name}: the file is empty. Restore it with git.")
    places = dict(_places(root, ()))
    _refuse_duplicate_keys(root, path.name)
    _refuse_unquoted_codes(root, path.name)
    try:
        catalog = Catalog.model_validate(yaml.load(text, Loader=_LOADER))
    except ValidationError as problem:
        raise KgError(_explain(problem, places, path.name)) from None
    _check_references(catalog, places, path)
    return catalog


def _places(node: yaml.Node, at: tuple[str | int, ...]) -> Iterator[tuple[Any, yaml.Node]]:
    yield at, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _places(value, (*at, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _places(value, (*at, index))


def _walk(node: yaml.Node) -> Iterator[yaml.Node]:
    for _, each in _places(node, ()):
        yield each


def _refuse_duplicate_keys(root: yaml.Node, name: str) -> None:
    for node in _walk(root):
        if not isinstance(node, yaml.MappingNode):
            continue
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise KgError(f"{name}, line {line}: «{key.value}» is declared twice. Remove one.")
            seen.add(key.value)


def _refuse_unquoted_codes(root: yaml.Node, name: str) -> None:
    """YAML reads 0301 as the number 193, and 1-12 as text: a code is text and says so."""
    for node in _walk(root):
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        scalars = [part for pair in pairs for part in pair]
        scalars += node.value if isinstance(node, yaml.SequenceNode) else []
        for scalar in scalars:
            plain = isinstance(scalar, yaml.ScalarNode) and not scalar.style
            if (
                plain
                and len(scalar.value) > 1
                and scalar.value.isdigit()
                and scalar.value[0] == "0"
            ):
                line = scalar.start_mark.line + 1
                raise KgError(
                    f"{name}, line {line}: the code {scalar.value} is not quoted, so YAML reads it "
                    f'as another number. Write "{scalar.value}".'
                )


def _explain(problem: ValidationError, places: dict[Any, yaml.Node], name: str) -> str:
    # A misspelt key is both unknown and missing: to say what is unknown helps more.
    error = min(problem.errors(), key=lambda e: e["type"] != "extra_forbidden")
    at = tuple(part for part in error["loc"] if part != "[key]")
    node = places.get(at) or places.get(at[:-1]) or places[()]
    line = node.start_mark.line + 1
    where = f"{name}, line {line}: {'.'.join(map(str, at))}"
    if error["type"] == "extra_forbidden":
        known = _known_keys(at[:-1])
        return f"{where}: unknown key «{at[-1]}».{nearest(str(at[-1]), known)}"
    if error["type"] == "missing":
        return f"{where}: the key «{at[-1]}» is missing. Add it."
    found = error.get("input")
    advice = ""
    if error["type"] == "string_type":
        raw = node.value if isinstance(node, yaml.ScalarNode) else found
        advice = f' Write "{raw}" in quotation marks.'
    if error["type"] == "literal_error":
        advice = f" Allowed: {error['ctx']['expected']}."
    return f"{where}: {error['msg']}; found {found!r}.{advice}"


def _known_keys(at: tuple[Any, ...]) -> list[str]:
    """The keys that the entry at this place may have, read from the types themselves."""
    model: type[BaseModel] = Catalog
    for part in at:
        field = model.model_fields.get(str(part))
        annotation = field.annotation if field else None
        if annotation is None:
            continue
        inner = _model_in(annotation)
        model = inner or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found:
            return found
    return None


def _check_references(catalog: Catalog, places: dict[Any, yaml.Node], path: Path) -> None:
    """Everything that names something else must find it."""

    def line(*at: str) -> str:
        node = places.get(at) or places[at[:2]]
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
    laid_out = {*item.table.rows, *item.table.columns}
    if laid_out != {"measure", *item.dims} and laid_out != set(item.dims):
        raise KgError(
            f"{line('items', key, 'table')}: rows and columns together must name each of "
            f"{', '.join(item.dims)} once, and «measure» if several are shown; "
            f"found {', '.join(sorted(laid_out))}."
        )
