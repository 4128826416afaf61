"""PxWebApi 1: Oslo's statistikkbank.

Its codes are mere positions that shift when a value is added. So a query names labels, their
positions are looked up at each fetch, and the snapshot is keyed on labels. The symbol «-» means
both nil and «this area was not kept apart that year»; it is kept, and is never a 0.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Provider, Query
from kunnskapsgrunnlag.fetch.http import Transport
from kunnskapsgrunnlag.fetch.provider import Fetched, ProviderError, vintage
from kunnskapsgrunnlag.fetch.pxweb.jsonstat_parts import arranged, canonical, check_answer, merge
from kunnskapsgrunnlag.fetch.pxweb.pxweb1_choice import (
    ELIMINATED,
    Chosen,
    Variable,
    choose,
    read_variables,
)
from kunnskapsgrunnlag.sources.formats.grid import plain
from kunnskapsgrunnlag.sources.formats.jsonstat import read_codes, read_labels, read_notes

Answer = dict[str, Any]
# What PxWeb calls the contents of a table that has no variable for them.
CONTENTS = "ContentsCode"


def fetch_table(transport: Transport, provider: Provider, query: Query, where: str) -> Fetched:
    """A table's cells as JSON-stat2, in the query's order of variables.

    Args:
        where: The source, as errors name it.

    Raises:
        KgError: If the table or a code or label of the query is not there, the provider refuses or
            fails, or the answer is not what was asked for.
    """
    before = transport.calls
    url = table_url(provider, query.table)
    try:
        answer = _whole(transport, provider, query, where)
    except _ChangedError:
        # A table is updated once a day at most: what changed under us is still now.
        answer = _whole(transport, provider, query, where)
    updated = str(answer.get("updated", ""))
    return Fetched(
        content=canonical(answer, where),
        vintage=vintage(provider.name, updated),
        updated=updated,
        url=url,
        query=query.text(),
        notes=read_notes(answer, where),
        requests=transport.calls - before,
    )


def describe_table(
    transport: Transport, provider: Provider, table: str, where: str
) -> list[Variable]:
    """A table's variables with their codes and labels, as the provider has them now.

    Raises:
        ProviderError: If there is no such table, or its metadata are not whole.
    """
    try:
        held = transport.get_json(table_url(provider, table))
    except ProviderError as problem:
        raise _explained(problem, provider, 0) from None
    return read_variables(held, where)


def table_url(provider: Provider, table: str) -> str:
    """The address of a table whose path may hold spaces, commas and Norwegian letters."""
    # A path typed on a Mac may hold å as two characters, which the server does not know.
    path = unicodedata.normalize("NFC", unquote(table.strip("/")))
    return f"{provider.url}/{quote(path, safe='/')}"


class _ChangedError(ProviderError):
    """The table was changed while we read it."""


def _whole(transport: Transport, provider: Provider, query: Query, where: str) -> Answer:
    variables = describe_table(transport, provider, query.table, where)
    chosen = choose(variables, query, where)
    url = table_url(provider, query.table)
    asked = {name: [*each.keys] for name, each in chosen.items() if each.keys}
    return _Asking(transport, provider, url, chosen, where).answer(asked)


@dataclass(frozen=True)
class _Asking:
    """A table and what is asked of it, in as many queries as its limit demands."""

    transport: Transport
    provider: Provider
    url: str
    chosen: dict[str, Chosen]
    where: str

    def answer(self, codes: dict[str, list[str]]) -> Answer:
        """The answer for these codes, checked, arranged, and keyed as the query is."""
        along, size = self._cut(codes)
        if not along:
            return self._asked(codes)
        pieces = [codes[along][at : at + size] for at in range(0, len(codes[along]), size)]
        parts = [self.answer(codes | {along: piece}) for piece in pieces]
        if len({part.get("updated") for part in parts}) > 1:
            raise _ChangedError(
                f"{self.where}: the table was updated between two of our {len(parts)} queries. "
                "Nothing is used; fetch it again."
            )
        return merge(parts, along, self.where)

    def _cut(self, codes: dict[str, list[str]]) -> tuple[str, int]:
        """The variable to cut along and how many codes fit; "" if all fit."""
        limit = self.provider.cells
        # «Values» is said of cells as well as of the codes in a query; so both keep the limit.
        cells, named = math.prod(map(len, codes.values())), sum(map(len, codes.values()))
        if max(cells, named) <= limit:
            return "", 0
        long = [name for name, held in codes.items() if len(held) > 1]
        if not long:
            raise KgError(
                f"{self.where}: {len(codes)} variables do not fit into a query of {limit} values. "
                "Raise «cells» of the provider in params.yaml."
            )
        along = max(long, key=lambda name: (self.chosen[name].is_time, len(codes[name])))
        others = [len(held) for name, held in codes.items() if name != along]
        return along, max(1, min(limit // math.prod(others), limit - sum(others)))

    def _asked(self, codes: dict[str, list[str]]) -> Answer:
        selection = [
            {"code": name, "selection": {"filter": "item", "values": held}}
            for name, held in codes.items()
        ]
        body = {"query": selection, "response": {"format": "json-stat2"}}
        try:
            held = self.transport.post_json(self.url, body)
        except ProviderError as problem:
            cells = math.prod(map(len, codes.values()))
            raise _explained(problem, self.provider, cells) from None
        answer = _dataset(held, self.where)
        added = CONTENTS not in codes and CONTENTS in read_codes(answer, self.where)
        expected = ({CONTENTS: [ELIMINATED]} if added else {}) | codes
        check_answer(answer, expected, self.where)
        answer = arranged(answer, expected, self.where)
        self._refuse_shifted(answer, codes)
        return keyed_on_labels(answer, [*codes], self.where)

    def _refuse_shifted(self, answer: Answer, codes: dict[str, list[str]]) -> None:
        """A position must stand for the label that it had in the metadata."""
        for name, held in codes.items():
            labels = read_labels(answer, name, held, self.where)
            for code in held:
                expected, found = self.chosen[name].keys[code], plain(labels[code])
                if expected != found:
                    raise _ChangedError(
                        f"{self.where}: position {code} of {name} was «{expected}» in the metadata "
                        f"and is «{found}» in the answer: the table changed while we read it. "
                        "Nothing is used; fetch it again."
                    )


def with_contents(answer: Answer) -> Answer:
    """The answer with its only contents among the dimensions.

    Older PxWeb servers describe the contents of a table without a contents variable under
    `dimension`, with their unit, and leave them out of `id`, `size` and `role`; newer ones do not.
    """
    match answer:
        case {"id": [*ids], "size": [*sizes], "dimension": {"ContentsCode": _}}:
            role = answer.get("role", {})
            if CONTENTS not in ids and isinstance(role, dict):
                role = role | {"metric": [CONTENTS]}
                return answer | {"id": [CONTENTS, *ids], "size": [1, *sizes], "role": role}
    return answer


def keyed_on_labels(answer: Answer, names: list[str], where: str) -> Answer:
    """The answer with labels for codes in these dimensions.

    Raises:
        KgError: If two codes of a dimension have the same label.
    """
    codes = read_codes(answer, where)
    dimensions = dict(answer["dimension"])
    for name in names:
        labels = {c: plain(t) for c, t in read_labels(answer, name, codes[name], where).items()}
        if len({*labels.values()}) < len(labels):
            raise KgError(f"{where}: two codes of {name} have the same label; expected different.")
        dimensions[name] = _relabelled(dimensions[name], labels)
    return answer | {"dimension": dimensions}


def _relabelled(dimension: Answer, labels: dict[str, str]) -> Answer:
    category = {
        part: {labels.get(code, code): said for code, said in held.items()}
        if isinstance(held, dict)
        else held
        for part, held in dimension["category"].items()
    }
    category["index"] = {label: at for at, label in enumerate(labels.values())}
    category["label"] = {label: label for label in labels.values()}
    return dimension | {"category": category}


def _dataset(held: Any, where: str) -> Answer:
    if isinstance(held, dict) and held.get("class") == "dataset":
        return with_contents(held)
    kind = "JSON-stat 1" if isinstance(held, dict) and "dataset" in held else f"{str(held)[:60]!r}"
    raise ProviderError(
        f"{where}: asked for json-stat2, found {kind}. The provider does not offer the format, or "
        "has changed its interface."
    )


def _explained(problem: ProviderError, provider: Provider, cells: int) -> ProviderError:
    """The provider's error with what it probably means: version 1 says next to nothing."""
    advice = {
        400: (
            "It does not say why. The names were in its metadata, so it is probably the format "
            f"json-stat2, or the {cells} values."
            if cells
            else "Vi spurte bare hva tabellen inneholder, så spørringen er ikke grunnen. Oftest "
            "er tjenesten nede: prøv igjen senere. Er tabellen flyttet, står det hos eieren."
        ),
        403: (
            f"Probably too many values: we asked for {cells} and expect at most {provider.cells}. "
            "Set «cells» of the provider lower in params.yaml."
        ),
        404: "There is no such table. It may have moved: look for it on the provider's pages, and "
        "change «table» in params.yaml.",
    }.get(problem.status)
    said = f"{problem} {advice}" if advice else str(problem)
    return ProviderError(said, status=problem.status, title=problem.title)
