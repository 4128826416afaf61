"""PxWebApi 2: a table of SSB's, cell for cell what was asked for.

The metadata come first, then explicit codes for every variable, in as many calls as the limit of
cells demands. Each part is compared with what was asked, since a filter that the provider does not
understand is left out unsaid.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Provider, Query
from kunnskapsgrunnlag.fetch.http import Transport
from kunnskapsgrunnlag.fetch.pace import Rate
from kunnskapsgrunnlag.fetch.provider import Fetched, ProviderError, vintage
from kunnskapsgrunnlag.fetch.pxweb.jsonstat_parts import canonical
from kunnskapsgrunnlag.fetch.pxweb.pxweb2_plan import resolve
from kunnskapsgrunnlag.fetch.pxweb.pxweb2_table import (
    TableGoneError,
    TableInfo,
    Variable,
    describe_table,
    search_tables,
    table_url,
)
from kunnskapsgrunnlag.fetch.pxweb.requests import Asking
from kunnskapsgrunnlag.sources.formats.jsonstat import read_notes

__all__ = ["TableInfo", "Variable", "describe_table", "fetch_table", "search_tables"]


def fetch_table(
    transport: Transport,
    provider: Provider,
    query: Query,
    where: str,
    *,
    allow_discontinued: bool = False,
    title: str = "",
) -> Fetched:
    """A table's cells as JSON-stat2, in the query's order of variables.

    Args:
        where: The source's entry in the catalogue, as errors name it.
        allow_discontinued: Whether a table that gets no more numbers is wanted all the same.
        title: What the table was called, to look for it if it is gone.

    Raises:
        KgError: If the query does not fit the table, or the table is discontinued.
        ProviderError: If the provider fails, or its answer is not what was asked for.
    """
    before = transport.calls
    limit = _obey_config(transport, provider)
    try:
        info = describe_table(transport, provider, query.table)
    except TableGoneError as problem:
        hint = _found_instead(transport, provider, query.table, title)
        raise ProviderError(f"{where}: {problem}{hint}", status=problem.status) from None
    if info.discontinued and not allow_discontinued:
        raise KgError(_discontinued(info, where))
    plan = resolve(info, query, where, lambda key: _codelist(transport, provider, key))
    answer = Asking(transport, provider, info, plan, limit, where).whole()
    updated = str(answer.get("updated", ""))
    return Fetched(
        content=canonical(_with_links(answer, info), where),
        vintage=vintage(provider.name, updated),
        updated=updated,
        url=f"{table_url(provider, info.id)}/data",
        query=query.text(),
        notes=read_notes(answer, where),
        requests=transport.calls - before,
    )


def _obey_config(transport: Transport, provider: Provider) -> int:
    """The most cells of one call, and the rate, where the provider allows less than we take.

    A 0 in its configuration means that it does not say.
    """
    try:
        held = transport.get_json_once(f"{provider.url}/config")
    except ProviderError:
        return provider.cells  # it is not needed for an answer
    said = held if isinstance(held, dict) else {}
    calls, seconds = _number(said, "maxCallsPerTimeWindow"), _number(said, "timeWindow")
    ours = transport.budget.rate
    if calls and seconds and calls / seconds < ours.calls / ours.seconds:
        transport.budget = replace(transport.budget, rate=Rate(calls, seconds))
    return min(provider.cells, _number(said, "maxDataCells") or provider.cells)


def _number(said: dict[str, Any], name: str) -> int:
    held = said.get(name)
    return held if type(held) is int and held > 0 else 0


def _codelist(transport: Transport, provider: Provider, key: str) -> list[str]:
    where = f"{transport.name}: code list {key}"
    held = transport.get_json_once(f"{provider.url}/codelists/{quote(key, safe='')}?lang=no")
    values = held.get("values") if isinstance(held, dict) else None
    if not isinstance(values, list) or not values:
        raise ProviderError(f"{where}: expected a list of values, found {values!r:.60}.")
    codes = [each.get("code") if isinstance(each, dict) else None for each in values]
    if not all(isinstance(code, str) for code in codes) or len(set(codes)) != len(codes):
        raise ProviderError(f"{where}: expected each value to have a code of its own.")
    return [str(code) for code in codes]


def _discontinued(info: TableInfo, where: str) -> str:
    named = info.successors()
    go_on = (
        f"Its notes name {', '.join(named)}: see whether that goes on with it"
        if named
        else "Look for one that goes on with it"
    )
    return (
        f"{where}: table {info.id} ({info.label}) is discontinued; its last period is {info.last}. "
        f"{go_on}, and change «table» and «select» in the query; or, if the old numbers are what "
        "is wanted, allow a discontinued table there («ended: true»)."
    )


def _found_instead(transport: Transport, provider: Provider, table: str, title: str) -> str:
    """Tables that are called nearly what the lost one was."""
    words = [w for w in re.findall(r"[^\W\d_]{4,}", title) if w.lower() != "etter"][:2]
    if not words:
        return f" Search with words of its title: {provider.url}/tables?query=…"
    try:
        found = search_tables(transport, provider, " ".join(words))
    except ProviderError:
        return ""
    near = [f"{info.label}{' (discontinued)' if info.discontinued else ''}" for info in found]
    said = "; ".join(each for each in near if not each.startswith(table)) or "nothing"
    return f" A search for {' '.join(words)!r} finds: {said[:400]}."


def _with_links(answer: dict[str, Any], info: TableInfo) -> dict[str, Any]:
    """The answer with the links to definitions that only the metadata may have."""
    told = {name: _describedby(held) for name, held in info.metadata["dimension"].items()}
    dimension = {
        name: ({"link": {"describedby": told[name]}} if told.get(name) else {}) | held
        for name, held in answer["dimension"].items()
    }
    return answer | {"dimension": dimension}


def _describedby(dimension: dict[str, Any]) -> Any:
    link = dimension.get("link")
    return link.get("describedby") if isinstance(link, dict) else None
