"""PxWebApi 2: what a table is, before anything is asked of it, and which tables there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Provider
from kunnskapsgrunnlag.fetch.http import Transport
from kunnskapsgrunnlag.fetch.provider import ProviderError
from kunnskapsgrunnlag.fetch.pxweb.strip_contacts import without_contacts
from kunnskapsgrunnlag.sources.formats.jsonstat import (
    read_codes,
    read_labels,
    read_notes,
    read_units,
)

# SSB closes a table while its metadata are renewed, and an answer then says that it is not there.
CLOSED = "SSB renews its metadata at 05.00 and 11.30 and publishes at 08.00: try again after that."
_MOST_PAGES = 200


@dataclass(frozen=True)
class Variable:
    """A variable of a table.

    Attributes:
        codes: Code -> label, in the provider's order.
        role: Whether it holds the periods or the measures.
        eliminated: Whether it may be left out, so that the provider sums it away.
        codelists: Id -> label of its other lists of codes.
    """

    name: str
    label: str
    codes: dict[str, str]
    role: Literal["time", "metric", ""] = ""
    eliminated: bool = False
    codelists: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableInfo:
    """A table as the provider describes it.

    Attributes:
        updated: ISO time.
        first, last: Its first and last period.
        units: Contents code -> unit.
        metadata: What the provider said, without contact details.
    """

    id: str
    label: str
    updated: str
    discontinued: bool
    first: str
    last: str
    variables: dict[str, Variable] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    metadata: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def time(self) -> str:
        """The name of the variable that holds the periods, or ""."""
        return next((v.name for v in self.variables.values() if v.role == "time"), "")

    def successors(self) -> tuple[str, ...]:
        """Ids of tables that the notes name as the ones to go on with."""
        sentences = [s for note in self.notes for s in re.split(r"(?<=[.!?])\s+|\n", note)]
        told = [s for s in sentences if not re.search(r"denne tabellen erstatter", s, re.I)]
        found = [table for s in told for table in re.findall(r"(?<!\d)\d{5}(?!\d)", s)]
        return tuple(dict.fromkeys(table for table in found if table != self.id))


def table_url(provider: Provider, table: str) -> str:
    """The address of a table."""
    return f"{provider.url}/tables/{quote(table, safe='')}"


def describe_table(transport: Transport, provider: Provider, table: str) -> TableInfo:
    """What the provider says of a table, without its numbers.

    Raises:
        KgError: If there is no such table.
        ProviderError: If the provider fails, or its answers are no description of that table.
    """
    url = table_url(provider, table)
    where = f"{transport.name}: table {table}"
    try:
        said = transport.get_json(f"{url}?lang=no")
    except ProviderError as problem:
        if problem.status == 404 or "non-existent table" in problem.title.lower():
            raise TableGoneError(
                f"{where}: there is no such table ({problem.title or 'HTTP 404'}). If it was there "
                f"before, it may have been replaced, or be closed for a while. {CLOSED}",
                status=problem.status,
                title=problem.title,
            ) from None
        raise
    info = _listed(said, where)
    if info.id != table:
        raise ProviderError(f"{where}: the answer describes table {info.id!r} instead.")
    metadata = without_contacts(_object(transport.get_json(f"{url}/metadata?lang=no"), where))
    return _described(info, metadata, where)


class TableGoneError(ProviderError):
    """The provider has no table of that id."""


def search_tables(
    transport: Transport, provider: Provider, words: str, include_discontinued: bool = True
) -> list[TableInfo]:
    """The tables that words lead to, best first, without their variables.

    Raises:
        ProviderError: If the provider fails, or its pages do not end.
    """
    return list(_pages(transport, provider, words, include_discontinued))


def _pages(
    transport: Transport, provider: Provider, words: str, discontinued: bool
) -> Iterator[TableInfo]:
    where = f"{transport.name}: search for {words!r}"
    seen: set[str] = set()
    for number in range(1, _MOST_PAGES + 1):
        said = _object(
            transport.get_json(
                f"{provider.url}/tables?lang=no&query={quote(words)}"
                f"&includeDiscontinued={str(discontinued).lower()}"
                f"&pageNumber={number}&pageSize=100"
            ),
            where,
        )
        tables, page = said.get("tables"), said.get("page")
        if not isinstance(tables, list) or not isinstance(page, dict):
            raise ProviderError(f"{where}: expected «tables» and «page», found {list(said)}.")
        found = [_listed(each, where) for each in tables]
        if again := [info.id for info in found if info.id in seen]:
            raise ProviderError(f"{where}: page {number} repeats table {again[0]}.")
        seen |= {info.id for info in found}
        yield from found
        last = page.get("totalPages")
        if type(last) is not int:
            raise ProviderError(f"{where}: expected the number of pages, found {last!r:.40}.")
        if number >= last:
            return
    raise ProviderError(f"{where}: more than {_MOST_PAGES} pages. Search for more words.")


def _listed(said: Any, where: str) -> TableInfo:
    """A table as a list of tables names it."""
    held = _object(said, where)
    label = str(held.get("label") or "")
    return TableInfo(
        id=str(held.get("id") or ""),
        label=label,
        updated=str(held.get("updated") or ""),
        # Some discontinued tables say so in their title alone.
        discontinued=held.get("discontinued") is True or bool(re.search(r"avslutt(a|et) ", label)),
        first=str(held.get("firstPeriod") or ""),
        last=str(held.get("lastPeriod") or ""),
    )


def _described(info: TableInfo, metadata: dict[str, Any], where: str) -> TableInfo:
    try:
        codes = read_codes(metadata | {"value": []}, f"{where}, metadata")
        labels = {n: read_labels(metadata, n, codes[n], where) for n in codes}
        units = read_units(metadata, codes, where)
        notes = read_notes(metadata, where)
    except KgError as problem:
        raise ProviderError(f"{problem} {CLOSED}") from None
    if empty := [name for name, held in codes.items() if not held]:
        raise ProviderError(f"{where}: the variable {empty[0]} has no codes now. {CLOSED}")
    return TableInfo(
        id=info.id,
        label=info.label or str(metadata.get("label", "")),
        updated=info.updated or str(metadata.get("updated", "")),
        discontinued=info.discontinued
        or _object(metadata.get("extension") or {}, where).get("discontinued") is True,
        first=info.first,
        last=info.last,
        variables={n: _variable(n, labels[n], metadata, where) for n in codes},
        units=units,
        notes=notes,
        metadata=metadata,
    )


def _variable(name: str, codes: dict[str, str], metadata: dict[str, Any], where: str) -> Variable:
    held = metadata["dimension"][name]
    extension = _object(held.get("extension") or {}, f"{where}: variable {name}")
    lists = extension.get("codelists") or extension.get("codeLists") or []
    return Variable(
        name=name,
        label=str(held.get("label") or name),
        codes=codes,
        role=_role(name, metadata),
        eliminated=extension.get("elimination") is True,
        codelists={
            str(each["id"]): str(each.get("label", ""))
            for each in _list(lists)
            if isinstance(each, dict) and "id" in each
        },
    )


def _role(name: str, metadata: dict[str, Any]) -> Literal["time", "metric", ""]:
    held = metadata.get("role", {})
    if name in _list(held.get("time")):
        return "time"
    return "metric" if name in _list(held.get("metric")) else ""


def _list(held: Any) -> list[Any]:
    return held if isinstance(held, list) else []


def _object(held: Any, where: str) -> dict[str, Any]:
    if not isinstance(held, dict):
        raise ProviderError(f"{where}: expected an object, found {held!r:.60}.")
    return held
