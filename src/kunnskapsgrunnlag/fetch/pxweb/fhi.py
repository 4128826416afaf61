"""FHI's open API: tables in JSON-stat2, where every variable must be chosen from.

Evidenced by others' live use: the addresses, the body of a query, the mark at the beginning of an
answer, and that a withheld number is the string «k» among the numbers. From the owner's
description alone: the form of the list of variables, whose areas lie within each other.
"""

from collections.abc import Iterator
from typing import Any

from kunnskapsgrunnlag.catalog.query import Provider, Query
from kunnskapsgrunnlag.fetch.http import Transport
from kunnskapsgrunnlag.fetch.provider import Fetched, vintage
from kunnskapsgrunnlag.fetch.pxweb.answer import Answer, Codes, canonical, collect
from kunnskapsgrunnlag.fetch.pxweb.choose import Variable, choose

WITHHELD = "Folkehelseinstituttet skriver «k» der et tall er skjult. Her står «:»."
# What a withheld number is in the answer, and in a snapshot.
_MARK, _SYMBOL = "k", ":"
_YEARS = "AAR"


def fetch_table(transport: Transport, provider: Provider, query: Query, where: str) -> Fetched:
    """A table's cells as JSON-stat2, in the query's order of variables."""
    before = transport.calls
    url = f"{provider.url}/nokkel/table/{query.table}"
    described = transport.get_json(f"{url}/dimension")["dimensions"]

    def ask(codes: Codes) -> Answer:
        chosen = [{"code": n, "filter": "item", "values": codes[n]} for n in codes]
        body = {"dimensions": chosen, "response": {"format": "json-stat2"}}
        return _with_symbols(transport.post_json(f"{url}/data", body))

    codes = choose([_variable(entry) for entry in described], query, where)
    answer = collect(ask, codes, provider.cells, where)
    updated = str(answer.get("updated") or "")
    return Fetched(
        content=canonical(answer),
        vintage=vintage(provider.name, updated),
        updated=updated,
        url=f"{url}/data",
        query=query.text(),
        notes=(WITHHELD,) if _SYMBOL in answer.get("status", {}).values() else (),
        requests=transport.calls - before,
    )


def _variable(entry: dict[str, Any]) -> Variable:
    name, codes = entry["code"], dict(_codes(entry["categories"]))
    return Variable(name, entry.get("label", name), codes, is_time=name == _YEARS)


def _codes(categories: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for category in categories:
        yield str(category["value"]), str(category.get("label", category["value"]))
        yield from _codes(category.get("children") or [])


def _with_symbols(answer: Answer) -> Answer:
    """The answer with the symbol of a withheld number in its place."""
    values = answer["value"]
    # The standard allows a list, or an object of places.
    places = values if isinstance(values, dict) else {str(at): v for at, v in enumerate(values)}
    symbols = dict(answer.get("status") or {})
    symbols |= {at: value for at, value in places.items() if value == _MARK}
    clean = {at: None if symbols.get(at) == _MARK else value for at, value in places.items()}
    status = {at: _SYMBOL if symbol == _MARK else symbol for at, symbol in symbols.items()}
    return answer | {"value": clean, "status": status}
