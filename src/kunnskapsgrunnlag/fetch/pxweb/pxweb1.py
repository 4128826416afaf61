"""PxWebApi 1: Oslo's statistikkbank.

Its codes are mere positions that shift when a value is added. So a query names labels, their
positions are looked up at each fetch, and the snapshot is keyed on labels. The symbol «-» means
both nil and «this area was not kept apart that year»; it is kept, and is never a 0.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Provider, Query
from kunnskapsgrunnlag.fetch.http import Transport
from kunnskapsgrunnlag.fetch.provider import KEPT, Fetched, ProviderError, vintage
from kunnskapsgrunnlag.fetch.pxweb.answer import Answer, Codes, canonical, collect
from kunnskapsgrunnlag.fetch.pxweb.choose import Variable, choose
from kunnskapsgrunnlag.sources.formats.grid import plain
from kunnskapsgrunnlag.sources.formats.jsonstat import read_codes, read_labels, read_notes

# PxWeb's name in answers for contents that are no variable, and its code for them.
CONTENTS, ELIMINATED = "ContentsCode", "EliminatedValue"


def fetch_table(transport: Transport, provider: Provider, query: Query, where: str) -> Fetched:
    """A table's cells as JSON-stat2, in the query's order of variables."""
    before = transport.calls
    url = table_url(provider, query.table)
    described = _describe(transport, url, where)
    labels = choose([entry.variable for entry in described.values()], query, where)
    _refuse_ambiguous(labels, described, where)

    def ask(part: Codes) -> Answer:
        asked = [_selected(described[name], part[name]) for name in part if name in described]
        body = {"query": asked, "response": {"format": "json-stat2"}}
        return keyed_on_labels(_with_contents(transport.post_json(url, body)), described, where)

    expected = labels if CONTENTS in described else {CONTENTS: [ELIMINATED]} | labels
    answer = collect(ask, expected, provider.cells, where)
    updated = str(answer.get("updated") or "")
    return Fetched(
        content=canonical(answer),
        vintage=vintage(provider.name, updated),
        updated=updated,
        url=url,
        query=query.text(),
        notes=read_notes(answer),
        requests=transport.calls - before,
    )


def table_url(provider: Provider, table: str) -> str:
    """The address of a table whose path may hold spaces, commas and Norwegian letters."""
    # A path typed on a Mac may hold å as two characters, which the server does not know.
    return f"{provider.url}/{quote(unicodedata.normalize('NFC', table.strip('/')), safe='/')}"


@dataclass(frozen=True)
class _Described:
    """A variable whose codes are its labels, and the positions that a label stands for."""

    variable: Variable
    positions: dict[str, list[str]]


def _describe(transport: Transport, url: str, where: str) -> dict[str, _Described]:
    try:
        metadata = transport.get_json(url)
    except ProviderError as problem:
        raise ProviderError(
            f"{where}: {problem} Vi spurte bare hva tabellen inneholder. Oftest er tjenesten nede; "
            "er tabellen flyttet, finn den hos eieren og rett «table» i params.yaml.",
            status=problem.status,
        ) from None
    variables = metadata.get("variables") if isinstance(metadata, dict) else None
    if not isinstance(variables, list) or not variables:
        if not isinstance(metadata, list):
            raise ProviderError(f"{where}: ventet en tabell, fant {str(metadata)[:80]}.")
        inside = "\n".join(f"  {entry.get('id')}: {entry.get('text', '')}" for entry in metadata)
        raise ProviderError(
            f"{where}: ventet en tabell, fant en mappe. Skriv veien videre under «table» i "
            f"params.yaml, med / mellom leddene. I mappen ligger:\n{inside}"
        )
    return {entry["code"]: _described(entry, where) for entry in variables}


def _described(entry: Any, where: str) -> _Described:
    match entry:
        case {"code": str(name), "values": [_, *_] as codes, "valueTexts": [*texts]}:
            positions: dict[str, list[str]] = {}
            for code, text in zip(codes, texts, strict=True):
                positions.setdefault(plain(text), []).append(code)
            labels = {label: label for label in positions}
            is_time, is_summed = entry.get("time") is True, entry.get("elimination") is True
            return _Described(Variable(name, name, labels, is_time, is_summed), positions)
    raise ProviderError(
        f"{where}: ventet en variabel med koder, fant {str(entry)[:80]}. Tabellen kan være under "
        f"vedlikehold. {KEPT}"
    )


def _selected(entry: _Described, labels: list[str]) -> dict[str, Any]:
    codes = [code for label in labels for code in entry.positions[label]]
    return {"code": entry.variable.name, "selection": {"filter": "item", "values": codes}}


def _refuse_ambiguous(chosen: Codes, described: dict[str, _Described], where: str) -> None:
    for name, labels in chosen.items():
        for label in labels:
            if len(described[name].positions[label]) > 1:
                raise KgError(f"{where}: {name} har «{label}» to ganger. Ta den ut av spørringen.")


def _with_contents(answer: Answer) -> Answer:
    """The answer with its only contents among the dimensions.

    Older PxWeb servers describe the contents of a table without a contents variable under
    `dimension`, with their unit, and leave them out of `id`, `size` and `role`; newer ones do not.
    """
    match answer:
        case {"id": [*ids], "size": [*sizes], "dimension": {"ContentsCode": _}}:
            if CONTENTS not in ids:
                role = answer.get("role", {}) | {"metric": [CONTENTS]}
                return answer | {"id": [CONTENTS, *ids], "size": [1, *sizes], "role": role}
    return answer


def keyed_on_labels(answer: Answer, names: Iterable[str], where: str) -> Answer:
    """The answer with labels for codes in these dimensions."""
    codes = read_codes(answer, where)
    dimensions = dict(answer["dimension"])
    for name in set(names) & set(codes):
        labels = {c: plain(t) for c, t in read_labels(answer, name, codes[name]).items()}
        if len({*labels.values()}) < len(labels):
            raise KgError(f"{where}: to koder i {name} har samme navn i svaret.")
        dimensions[name] = _relabelled(dimensions[name], labels)
    return answer | {"dimension": dimensions}


def _relabelled(dimension: Answer, labels: dict[str, str]) -> Answer:
    category = {
        part: {labels.get(code, code): words for code, words in entries.items()}
        if isinstance(entries, dict)
        else entries
        for part, entries in dimension["category"].items()
    }
    category["index"] = {label: at for at, label in enumerate(labels.values())}
    category["label"] = {label: label for label in labels.values()}
    return dimension | {"category": category}
