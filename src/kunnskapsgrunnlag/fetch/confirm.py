"""Ask the providers what the catalogue does not know: which tables there are and what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.fetch.pxweb import pxweb1, pxweb2

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog.query import Live, Provider, Question
    from kunnskapsgrunnlag.catalog.schema import Catalog
    from kunnskapsgrunnlag.fetch.dispatch import Connections

MOST = 20


@dataclass(frozen=True)
class Answer:
    """What a question was answered with, as Markdown; `failed` where it could not be asked."""

    text: str
    failed: bool = False


def confirm_all(catalog: Catalog, lines: Connections) -> Iterator[Answer]:
    """Every open question, then every planned table with the questions that hang on it.

    One that fails does not keep the others from being asked.
    """
    for question in catalog.questions.values():
        yield _answered(f"## {question.question}", _ask(question, lines))
    for key, entry in catalog.planned.items():
        if entry.query is not None:
            yield _answered(f"## {key}: {entry.title}", _planned(entry, lines))


def _answered(heading: str, found: Iterable[str]) -> Answer:
    said = [heading]
    try:
        said += found
    except KgError as problem:
        return Answer("\n".join([*said, f"Ikke besvart: {problem}", ""]), failed=True)
    return Answer("\n".join([*said, ""]))


def _ask(question: Question, lines: Connections) -> Iterator[str]:
    provider = lines.providers[question.provider]
    if question.search is not None:
        yield from _search(question.provider, provider, question.search, lines)
    for table in question.tables:
        yield from _described(question.provider, provider, table, lines)


def _search(name: str, provider: Provider, words: str, lines: Connections) -> Iterator[str]:
    found = pxweb2.search_tables(lines.to(name), provider, words)
    yield f"Søk etter «{words}», avsluttede tabeller også: {len(found)} tabeller."
    for each in found[:MOST]:
        ended = ", avsluttet" if each.discontinued else ""
        yield f"- {each.id}: {each.label} ({each.first}–{each.last}{ended})"
    if len(found) > MOST:
        yield f"- … og {len(found) - MOST} til; søk smalere."


def _described(name: str, provider: Provider, table: str, lines: Connections) -> list[str]:
    """A table's variables, and its entry for params.yaml; a table that is gone is an answer too."""
    transport = lines.to(name)
    try:
        if provider.api == "pxweb1":
            variables = pxweb1.describe_table(transport, provider, table, table)
            held = {v.code: (list(v.labels.values()), v.code) for v in variables}
            return [f"- {table}", *_variables(held), *_snippet(table, held)]
        info = pxweb2.describe_table(transport, provider, table)
    except KgError as problem:
        return [f"- {table}: {problem}"]
    ended = ", avsluttet" if info.discontinued else ""
    held = {v.name: (list(v.codes), v.label) for v in info.variables.values()}
    title = (
        f"- {table}: {info.label} ({info.first}–{info.last}{ended}, oppdatert {info.updated[:10]})"
    )
    return [title, *_variables(held), *_snippet(table, held)]


def _variables(held: dict[str, tuple[list[str], str]]) -> Iterator[str]:
    for name, (codes, label) in held.items():
        shown = ", ".join(codes[:6]) + (" …" if len(codes) > 6 else "")
        yield f"  - {name} ({label}): {len(codes)} verdier: {shown}"


def _snippet(table: str, held: dict[str, tuple[list[str], str]]) -> list[str]:
    select = ", ".join(f"{name}: all" for name in held)
    return [f'  - til params.yaml: query: {{table: "{table}", select: {{{select}}}}}']


def _planned(entry: Live, lines: Connections) -> Iterator[str]:
    yield from (f"Spørsmål: {question}" for question in entry.questions)
    provider = lines.providers[entry.provider]
    if entry.query is not None and provider.api in ("pxweb1", "pxweb2"):
        yield from _described(entry.provider, provider, entry.query.table, lines)
