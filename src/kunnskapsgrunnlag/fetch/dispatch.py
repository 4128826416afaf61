"""From an entry of the catalogue to the provider's module that answers it."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Live, Provider, Query, Regions
from kunnskapsgrunnlag.fetch.http import Clock, Limits, Pace, Transport
from kunnskapsgrunnlag.fetch.husbanken.allowance import (
    AREA,
    NOTES,
    fetch_housing_allowance,
    fetch_municipalities,
)
from kunnskapsgrunnlag.fetch.husbanken.export import read_export
from kunnskapsgrunnlag.fetch.husbanken.session import QlikApp
from kunnskapsgrunnlag.fetch.klass import area_findings
from kunnskapsgrunnlag.fetch.provider import KEPT, Fetched, ProviderError, refuse_early
from kunnskapsgrunnlag.fetch.pxweb import fhi, pxweb1, pxweb2
from kunnskapsgrunnlag.fetch.pxweb.as_table import as_csv
from kunnskapsgrunnlag.fetch.pxweb.pxweb2 import ENDED
from kunnskapsgrunnlag.fetch.record import Recorder
from kunnskapsgrunnlag.sources.formats.jsonstat import read_dataset

_TABLES = {"pxweb1": pxweb1.fetch_table, "pxweb2": pxweb2.fetch_table, "fhi": fhi.fetch_table}
# What an answer of another form than expected makes of our code.
_OTHER_FORM = (AttributeError, LookupError, TypeError, ValueError)


@dataclass
class Connections:
    """One connection to each provider, opened when it is first needed."""

    providers: Mapping[str, Provider]
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=Clock)
    recorder: Recorder | None = None
    _open: dict[str, Transport] = field(default_factory=dict)
    _paces: dict[str, Pace] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def to(self, name: str) -> Transport:
        if name not in self._open:
            provider = self.providers[name]
            # SSB counts both of its interfaces together: one pace per host.
            host = urlsplit(provider.url).netloc
            pace = self._paces.setdefault(host, Pace(provider.calls, provider.seconds, self.clock))
            transport = Transport(provider.name, pace, self.limits, recorder=self.recorder)
            self._open[name] = self._stack.enter_context(transport)
        return self._open[name]

    def retrieve(self, key: str, entry: Live) -> Fetched:
        try:
            fetched = self._fetch(key, entry)
            if entry.columns:
                table = as_csv(json.loads(fetched.content), entry.columns, f"params.yaml, {key}")
                fetched = replace(fetched, content=table)
        except ProviderError as problem:
            if problem.status != HTTPStatus.NOT_FOUND or not entry.successor:
                raise
            raise KgError(f"{problem}{_succeeded(entry)}") from None
        except _OTHER_FORM as problem:
            raise ProviderError(
                f"{key}: svaret har en annen form enn ventet ({problem!r}). Har eieren endret "
                f"grensesnittet sitt? {KEPT}"
            ) from problem
        told = [f + _succeeded(entry) if f.startswith(ENDED) else f for f in fetched.findings]
        return replace(fetched, findings=(*told, *filter(None, [entry.breaks])))

    def _fetch(self, key: str, entry: Live) -> Fetched:
        provider, transport = self.providers[entry.provider], self.to(entry.provider)
        if provider.api == "qlik":
            transport.pace.wait()
            if entry.query is not None:
                codes = entry.query.select.get(AREA)
                if not isinstance(codes, list):
                    raise KgError(f"params.yaml, {key}: velg koder for {AREA} under «select».")
                return fetch_municipalities(_app(provider), codes, recorder=self.recorder)
            return fetch_housing_allowance(_app(provider), recorder=self.recorder)
        refuse_early(provider.name, self.clock.now(), f"params.yaml, {key}")
        fetched = _TABLES[provider.api](transport, provider, _query(entry), f"params.yaml, {key}")
        if entry.regions is None:
            return fetched
        areas = self._areas(key, entry.regions, fetched)
        return replace(fetched, findings=(*fetched.findings, *areas))

    def _areas(self, key: str, regions: Regions, fetched: Fetched) -> tuple[str, ...]:
        """What happened to the areas between the first and the last period of the answer."""
        name = next(n for n, provider in self.providers.items() if provider.api == "klass")
        answer = json.loads(fetched.content)
        labels = read_dataset(answer, key).labels
        times = answer.get("role", {}).get("time", [])
        if not times or regions.variable not in labels:
            raise KgError(
                f"params.yaml, {key}.regions: ventet en variabel med perioder og "
                f"«{regions.variable}» i svaret, fant {', '.join(labels)}."
            )
        try:
            return area_findings(
                self.to(name),
                self.providers[name],
                labels[regions.variable],
                regions.classification,
                labels[times[0]],
            )
        except (KgError, *_OTHER_FORM) as problem:
            # The numbers do not come from there, so they are kept whatever is wrong with it.
            return (f"områdekodene er ikke kontrollert mot KLASS: {problem}",)

    def updated(self, key: str, entry: Live) -> str:
        """When the provider updated the table (ISO), or "" where it does not say."""
        provider = self.providers[entry.provider]
        if provider.api == "pxweb2":
            table = _query(entry).table
            return pxweb2.updated_at(self.to(entry.provider), provider, table, key)
        if provider.api == "qlik":
            page = self.to(entry.provider).get_json(f"{provider.url}/api/v1/apps/{provider.app}")
            return str(page.get("attributes", {}).get("lastReloadTime") or "")
        return ""


def _succeeded(entry: Live) -> str:
    """Which table takes over, where the catalogue knows it."""
    if not entry.successor:
        return ""
    return f" Den følges av {entry.successor}: kg fetch {entry.successor}."


def _query(entry: Live) -> Query:
    assert entry.query is not None  # the catalogue has checked it
    return entry.query


def _app(provider: Provider) -> QlikApp:
    if not (provider.app and provider.origin):
        raise KgError(f"params.yaml, providers: {provider.name} trenger «app» og «origin».")
    return QlikApp(f"{provider.url.replace('http', 'ws', 1)}/public", provider.app, provider.origin)


def from_file(file: Path, keys: Sequence[str]) -> Callable[[str, Live], Fetched]:
    """Read one source from an export that someone has saved, instead of from its provider."""
    if len(keys) != 1:
        raise KgError("--fil gjelder én kilde. Skriv: kg fetch KILDE --fil FIL.")
    if not file.is_file():
        raise KgError(f"--fil: det er ingen fil {file}.")

    def read(key: str, entry: Live) -> Fetched:
        if entry.query is not None:
            raise KgError(f"{key}: bare kilder fra appen leses fra en fil; hent den.")
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
