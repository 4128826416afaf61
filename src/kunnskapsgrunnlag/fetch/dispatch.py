"""From an entry of the catalogue to the provider's module that answers it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_cache_path

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Live, Provider, Query, Regions, Span
from kunnskapsgrunnlag.fetch.areas import klass
from kunnskapsgrunnlag.fetch.areas.area_findings import day_of
from kunnskapsgrunnlag.fetch.http import Limits, Transport
from kunnskapsgrunnlag.fetch.husbanken.allowance import NOTES, fetch_housing_allowance
from kunnskapsgrunnlag.fetch.husbanken.export import read_export
from kunnskapsgrunnlag.fetch.husbanken.session import QlikApp
from kunnskapsgrunnlag.fetch.pace import Budget, Clock, Rate
from kunnskapsgrunnlag.fetch.provider import Fetched, refuse_early
from kunnskapsgrunnlag.fetch.pxweb import pxweb1, pxweb2
from kunnskapsgrunnlag.sources.formats.jsonstat import read_dataset

# The variable that holds the periods, as SSB and Oslo name it.
TIME = ("Tid", "tid", "år", "År")


@dataclass
class Connections:
    """One line to each provider, opened when it is first needed.

    Attributes:
        providers: As the catalogue declares them.
        limits: How long we wait and how much we accept.
        folder: Where the shared budgets of calls are kept; None for the user's cache.
        clock: The time, which tests need not wait for.
    """

    providers: Mapping[str, Provider]
    limits: Limits = field(default_factory=Limits)
    folder: Path | None = None
    clock: Clock = field(default_factory=Clock)
    _open: dict[str, Transport] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Connections:
        """Nothing is opened yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all that was opened."""
        self._stack.close()

    def to(self, name: str) -> Transport:
        """The line to a provider."""
        if name not in self._open:
            provider = self.providers[name]
            rate = Rate(provider.calls, provider.seconds)
            # SSB counts both of its interfaces together, by our address: one budget per host.
            host = provider.url.partition("://")[2].partition("/")[0].replace(":", "-")
            folder = self.folder or user_cache_path("kunnskapsgrunnlag")
            budget = Budget(host, rate, folder, self.clock)
            transport = Transport(provider.name, budget, self.limits)
            self._open[name] = self._stack.enter_context(transport)
        return self._open[name]

    def retrieve(self, key: str, entry: Live) -> Fetched:
        """Get a source, and what should be told of its answer.

        Raises:
            Refusal: If it may not be asked for now.
            KgError: If the answer is not what was asked for.
        """
        fetched = self._from(entry.provider, key, entry)
        findings: list[str] = []
        if entry.regions is not None:
            findings += self._areas(key, entry.regions, fetched)
        return replace(fetched, findings=tuple(findings))

    def _areas(self, key: str, regions: Regions, fetched: Fetched) -> tuple[str, ...]:
        """What happened to the areas between the first and the last period of the answer."""
        name = next(n for n, provider in self.providers.items() if provider.api == "klass")
        dataset = read_dataset(json.loads(fetched.content), key)
        time = next((name for name in dataset.labels if name in TIME), "")
        for needed in (time, regions.variable):
            if needed not in dataset.labels:
                raise KgError(
                    f"params.yaml, {key}.regions: expected a variable of periods and "
                    f"«{regions.variable}» in the answer, found {', '.join(dataset.labels)}."
                )
        try:
            found = klass.check_regions(
                self.to(name),
                self.providers[name],
                dataset.labels[regions.variable],
                regions.classification,
                [day_of(period) for period in dataset.labels[time]],
                regions.policy,
            )
        except KgError as problem:
            # The numbers do not come from there, so they are kept whatever is wrong with it.
            return (f"områdekodene er ikke kontrollert mot KLASS: {problem}",)
        return tuple(finding.message for finding in found)

    def _from(self, name: str, key: str, entry: Live) -> Fetched:
        provider, transport = self.providers[name], self.to(name)
        where = f"params.yaml, {key}"
        if provider.api in ("pxweb1", "pxweb2"):
            refuse_early(provider.name, self.clock.now(), where)
        if provider.api == "pxweb2":
            return pxweb2.fetch_table(
                transport,
                provider,
                _query(entry),
                where,
                allow_discontinued=entry.ended,
                title=entry.title,
            )
        if provider.api == "pxweb1":
            return pxweb1.fetch_table(transport, provider, _query(entry), where)
        if provider.api == "klass":
            return _classification(transport, provider, _query(entry))
        return _from_app(provider, transport)

    def updated(self, entry: Live) -> str:
        """When the provider says that it updated the table (ISO), or "" where it does not say."""
        provider = self.providers[entry.provider]
        if provider.api == "pxweb2":
            transport = self.to(entry.provider)
            return pxweb2.describe_table(transport, provider, _query(entry).table).updated
        if provider.api == "qlik":
            return _reloaded(provider, self.to(entry.provider))
        return ""


def _query(entry: Live) -> Query:
    if entry.query is None:
        raise KgError(f"{entry.title}: expected a «query» in params.yaml, found none. Add it.")
    return entry.query


def from_file(file: Path, keys: Sequence[str]) -> Callable[[str, Live], Fetched]:
    """Read one source from an export that someone has saved, instead of from its provider.

    Raises:
        KgError: If the file is not there, or is not for one source of the Qlik app.
    """
    if len(keys) != 1:
        raise KgError("--fil: expected one source for the file. Write: kg fetch SOURCE --fil FILE.")
    if not file.is_file():
        raise KgError(f"--fil: there is no file {file}.")

    def read(key: str, entry: Live) -> Fetched:
        if entry.query is not None:
            raise KgError(f"{key}: only the app's sources are read from a file; fetch it.")
        saved = datetime.fromtimestamp(file.stat().st_mtime, tz=UTC).date().isoformat()
        content, notes = read_export(file.name, file.read_bytes())
        return Fetched(
            content=content,
            vintage=f"uttrekk fra fil, lagret {norwegian_date(saved)}",
            updated="",
            url="",
            query=f"fil {file.name}",
            notes=(*NOTES, *notes),
        )

    return read


def _app(provider: Provider) -> QlikApp:
    if not (provider.app and provider.origin):
        raise KgError(
            f"params.yaml, providers: {provider.name} needs «app» and «origin». Add them."
        )
    return QlikApp(f"{provider.url.replace('http', 'ws', 1)}/public", provider.app, provider.origin)


def _from_app(provider: Provider, transport: Transport) -> Fetched:
    """One session with the app counts as one call of the budget; its own calls are few."""
    transport.budget.take()
    return fetch_housing_allowance(
        _app(provider), reloaded_at=lambda: _reloaded(provider, transport)
    )


def _reloaded(provider: Provider, transport: Transport) -> str:
    """When the app's data were last reloaded, as its page says."""
    answer = transport.get_json(f"{provider.url}/api/v1/apps/{provider.app}")
    try:
        return str(answer["attributes"]["lastReloadTime"])
    except (KeyError, TypeError):
        return ""  # one source for it is the engine; this page is the other


def _classification(transport: Transport, provider: Provider, query: Query) -> Fetched:
    span = query.select.get("gyldig")
    if not (isinstance(span, Span) and span.last):
        raise KgError(
            f"params.yaml: classification {query.table}: expected «select: {{gyldig: "
            "{first: …, last: …}}» with two dates."
        )
    return klass.fetch_codes(transport, provider, query.table, span.first, span.last)
