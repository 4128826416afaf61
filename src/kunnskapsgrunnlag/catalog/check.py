"""The names in the catalogue: whatever names something else must find it."""

from __future__ import annotations

import functools
import importlib.util
import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import yaml

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BY_KEY, GROUPS
from kunnskapsgrunnlag.base.yaml_errors import check_known
from kunnskapsgrunnlag.catalog.frame_names import FRAME_NAMES
from kunnskapsgrunnlag.catalog.readers import READERS

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog.query import Live
    from kunnskapsgrunnlag.catalog.schema import Catalog, Item, Source

REGIONS = (*GROUPS, *BY_KEY)


def check_references(catalog: Catalog, at_path: dict[Any, yaml.Node], name: str) -> None:
    """Check all names in the catalogue.

    Raises:
        KgError: If one leads nowhere: file, line, what there is.
    """

    def line(*at: str) -> str:
        node = at_path.get(at) or at_path[at[:2] if at[:2] in at_path else at[:1]]
        return f"{name}, linje {node.start_mark.line + 1}: {'.'.join(at)}"

    if main := catalog.edition.main:
        _check_name(main.item, catalog.items, line("edition", "main"), "ingen tabell eller figur")
    for key, source in catalog.sources.items():
        _check_source(line("sources", key), source)
        _check_checks(catalog, source, line("sources", key))
    for key, item in catalog.items.items():
        _check_item(catalog, key, item, line)
    for old, new in catalog.moved.items():
        _check_name(new, catalog.items, line("moved", old), "ingen tabell eller figur")
        if old in catalog.items:
            raise KgError(
                f"{line('moved', old)}: finnes fortsatt. En adresse leder videre bare når ingen "
                "har den. Ta bort linjen."
            )
    for place in ("live", "available"):
        for key, live in getattr(catalog, place).items():
            _check_live(catalog, key, live, functools.partial(line, place, key))


def _check_name(name: str, known: Collection[str], where: str, what: str) -> None:
    check_known(name, known, f"{where}: det finnes {what}")


def _check_source(where: str, source: Source) -> None:
    _check_name(source.reader, READERS, where, "ingen leser")
    if source.reader == "delivery" and not (source.columns and source.key):
        raise KgError(f"{where}: en leveranse trenger «key» og «columns». Legg dem til.")
    for name in source.expects or ():
        _check_name(name, REGIONS, f"{where}.expects", "ingen region")
    for name in source.unit_of or ():
        _check_column_name(name, f"{where}.unit_of")
    for heading, column in (source.columns or {}).items():
        _check_column_name(column.name, f"{where}.columns.{heading}")
        if column.role == "measure" and not column.unit:
            raise KgError(f"{where}.columns.{heading}: et mål trenger «unit». Legg den til.")
        if column.role in ("category", "text") and not column.values:
            raise KgError(
                f"{where}.columns.{heading}: {column.role} trenger «values». Legg dem til."
            )


def _check_column_name(name: str, where: str) -> None:
    if name in FRAME_NAMES:
        raise KgError(
            f"{where}: «{name}» er pandas' eget navn, så table.{name} gir noe annet enn kolonnen. "
            f"Velg et navn som sier mer, som «{name}_pct» eller «household_{name}»."
        )


def _check_checks(catalog: Catalog, source: Source, where: str) -> None:
    """Each check is of one kind, and what it names is there."""
    for number, check in enumerate(source.checks, 1):
        at = f"{where}.checks, nr. {number}"
        is_sum = bool(check.parts or check.total)
        kinds = [check.between, check.jump, check.at_most, check.product, is_sum]
        compared = check.source is not None and not check.parts
        if sum(map(bool, [*kinds, compared])) != 1:
            raise KgError(
                f"{at}: skal ha nøyaktig én av between, jump, at_most, product, total og source."
            )
        if check.parts and check.total is None:
            raise KgError(f"{at}: parts må ha en total. Skriv hva delene er til sammen.")
        if check.source is not None:
            catalog.source(check.source)
        columns = (source.columns or {}).values()
        categories = {key for c in columns if c.role == "category" for key in c.values or ()}
        for name in {*check.parts, *([check.total] if check.total else ())} - categories:
            _check_name(name, REGIONS, at, "ingen region")
        measures = {*(source.unit_of or ()), *(c.name for c in columns)}
        for name in (*check.of, *check.product, *filter(None, (check.at_most, check.per))):
            _check_name(name, measures, at, "ikke noe mål i kilden som heter")


def _check_live(catalog: Catalog, key: str, live: Live, line: Any) -> None:
    _check_name(live.provider, catalog.providers, line("provider"), "ingen tilbyder")
    provider = catalog.providers[live.provider]
    if live.successor:
        _check_name(
            live.successor, catalog.live | catalog.available, line("successor"), "ingen tabell"
        )
    if live.columns and live.query is not None:
        ours = {*live.query.select}
        for heading, made in live.columns.items():
            for name in [made] if isinstance(made, str) else made:
                _check_name(name, ours, line("columns", heading), "spørringen har ingen variabel")
    if live.query is None and (provider.api != "qlik" or key not in catalog.sources):
        needs = "kilden sin" if provider.api == "qlik" else "«query»"
        raise KgError(f"{line()}: en tabell hos {provider.name} trenger {needs}. Legg det til.")
    if live.regions is not None and "klass" not in {p.api for p in catalog.providers.values()}:
        raise KgError(f"{line('regions')}: ingen tilbyder har «api: klass». Legg til en.")
    source = catalog.sources.get(key)
    if source is not None and source.file != live.file:
        raise KgError(f"{line('file')}: ventet «{source.file}», som under sources.{key}.")


def _check_item(catalog: Catalog, key: str, item: Item, line: Any) -> None:
    where = line("items", key)
    if key != f"{item.kind}-{item.number}":
        named = f"{item.kind}-{item.number}"
        raise KgError(f"{where}: kind og number sier «{named}». Gi nøkkelen det navnet.")
    module = key.replace("-", "_")
    if importlib.util.find_spec(f"kunnskapsgrunnlag.items.{module}") is None:
        raise KgError(
            f"{where}: tabellen eller figuren har ingen modul. Skriv "
            f"src/kunnskapsgrunnlag/items/{module}.py med compute og draw."
        )
    at = line("items", key, "chapter")
    _check_name(item.chapter, catalog.chapters, at, "ikke noe kapittel")
    for name, source in item.inputs.items():
        _check_name(source, catalog.sources, line("items", key, "inputs", name), "ingen kilde")
    for region in item.regions or ():
        _check_name(region, BY_KEY, line("items", key, "regions"), "ingen region")
    for name in item.measures:
        if not re.fullmatch("[a-z0-9_]+", name):
            raise KgError(
                f"{line('items', key, 'measures')}: «{name}» er også navnet på en kolonne i koden: "
                "skriv det med små bokstaver fra a til z, tall og understrek."
            )
        _check_column_name(name, line("items", key, "measures"))
    _check_layout(item, line("items", key, "table"))


def _check_layout(item: Item, where: str) -> None:
    laid_out = [*item.table.rows, *item.table.columns]
    shown = [name for name, measure in item.measures.items() if measure.show]
    wanted = {*item.dims} | ({"measure"} if "measure" in laid_out or len(shown) > 1 else set())
    if sorted(laid_out) != sorted(wanted):
        raise KgError(
            f"{where}: rows og columns skal til sammen nevne {', '.join(item.dims)} én gang hver, "
            f"og «measure» én gang der flere mål vises ({len(shown)} her); fant "
            f"{', '.join(laid_out)}."
        )
