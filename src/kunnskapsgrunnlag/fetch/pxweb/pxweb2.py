"""PxWebApi 2: a table of SSB's, cell for cell what was asked for.

A selection that the server does not understand is left out unsaid. So the metadata come first, then
explicit codes for every variable, and the answer is compared with them.
"""

from typing import Any
from urllib.parse import quote

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Provider, Query
from kunnskapsgrunnlag.fetch.http import Transport
from kunnskapsgrunnlag.fetch.provider import Fetched, ProviderError, vintage
from kunnskapsgrunnlag.fetch.pxweb.answer import Answer, Codes, canonical, collect
from kunnskapsgrunnlag.fetch.pxweb.choose import Variable, choose
from kunnskapsgrunnlag.sources.formats.jsonstat import read_codes, read_labels, read_notes

# How a finding begins that says that a table has ended.
ENDED = "tabellen er avsluttet hos eieren."
# SSB closes a table while its metadata are renewed, and an answer then says that it is not there.
_CLOSED = "SSB fornyer tabeller klokken 05.00 og 11.30 og publiserer klokken 08.00."


def fetch_table(transport: Transport, provider: Provider, query: Query, where: str) -> Fetched:
    """A table's cells as JSON-stat2, in the query's order of variables."""
    before = transport.calls
    url = _table_url(provider, query.table)
    metadata = _metadata(transport, url, where)

    def ask(codes: Codes) -> Any:
        selection = [{"variableCode": name, "valueCodes": chosen} for name, chosen in codes.items()]
        data = f"{url}/data?lang=no&outputFormat=json-stat2"
        return transport.post_json(data, {"selection": selection})

    answer = collect(ask, choose(_variables(metadata, where), query, where), provider.cells, where)
    updated = str(answer.get("updated") or "")
    return Fetched(
        content=canonical(answer),
        vintage=vintage(provider.name, updated),
        updated=updated,
        url=f"{url}/data",
        query=query.text(),
        notes=read_notes(answer),
        requests=transport.calls - before,
        findings=_ended(metadata),
    )


def updated_at(transport: Transport, provider: Provider, table: str, where: str) -> str:
    return str(_metadata(transport, _table_url(provider, table), where).get("updated") or "")


def _table_url(provider: Provider, table: str) -> str:
    return f"{provider.url}/tables/{quote(table, safe='')}"


def _metadata(transport: Transport, url: str, where: str) -> Answer:
    try:
        metadata: Answer = transport.get_json(f"{url}/metadata?lang=no")
    except ProviderError as problem:
        if problem.status != 404 and "non-existent table" not in problem.title.lower():
            raise
        raise ProviderError(
            f"{where}: tabellen finnes ikke nå (HTTP {problem.status}). Den kan være erstattet av "
            f"en ny, eller stengt en stund. {_CLOSED} Prøv igjen senere, eller finn den nye på "
            "ssb.no/statbank og rett «table» i params.yaml.",
            status=problem.status,
            title=problem.title,
        ) from None
    return metadata


def _variables(metadata: Answer, where: str) -> list[Variable]:
    try:
        codes = read_codes(metadata, where)
        labels = {name: read_labels(metadata, name, codes[name]) for name in codes}
    except KgError as problem:
        raise ProviderError(f"{problem} {_CLOSED}") from None
    if empty := [name for name in codes if not codes[name]]:
        raise ProviderError(f"{where}: {empty[0]} har ingen koder nå. {_CLOSED}")
    time = metadata.get("role", {}).get("time", [])
    return [
        Variable(
            name,
            str(metadata["dimension"][name].get("label") or name),
            labels[name],
            is_time=name in time,
            is_summed=(metadata["dimension"][name].get("extension") or {}).get("elimination")
            is True,
        )
        for name in codes
    ]


def _ended(metadata: Answer) -> tuple[str, ...]:
    """That the table gets no more numbers; some say so in their title alone."""
    label = str(metadata.get("label", ""))
    flag = (metadata.get("extension") or {}).get("discontinued") is True
    if not flag and "avslutt" not in label.lower():
        return ()
    notes = " ".join(read_notes(metadata))
    return (f"{ENDED} {notes[:300]}".strip(),)
