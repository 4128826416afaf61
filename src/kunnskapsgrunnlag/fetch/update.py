"""Fetch a live source: ask, check, compare with the last snapshot, and save if all is well.

Whatever goes wrong, the last good snapshot stays as it is.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.io import write_bytes
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.query import Live, Provider
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.fetch import revisions
from kunnskapsgrunnlag.fetch.provider import KEPT, Fetched
from kunnskapsgrunnlag.sources import save
from kunnskapsgrunnlag.sources.provenance import Cause, Provenance, Registration, read_provenance
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from kunnskapsgrunnlag.tidy import reader

State = Literal["ny", "endret", "uendret", "venter på årsak", "ikke endret siden", "feilet"]
Retrieve = Callable[[str, Live], Fetched]


@dataclass(frozen=True)
class Reason:
    """Why history changed: the kind of cause, and the words of whoever looked into it."""

    cause: Cause
    words: str


# Asked when history changed without a cause; None means that nobody is there to answer.
Ask = Callable[[str, list[revisions.Change]], Reason | None]


@dataclass(frozen=True)
class Result:
    """How fetching one source went.

    Attributes:
        words: For people: the error, or the provider's vintage and what to know of the answer.
    """

    source: str
    state: State
    words: str
    changes: list[revisions.Change] = field(default_factory=list)
    seconds: float = 0.0
    requests: int = 0

    @property
    def cells(self) -> list[str]:
        """The cells of the former snapshot whose numbers are no longer the same."""
        return [change.old.cell for change in self.changes if change.old is not None]


@dataclass(frozen=True)
class Updater:
    """One run of `kg fetch`: the checkout, the day, and what may be done without asking.

    Attributes:
        dry: Compare, but save nothing.
        empty: Why a new period may be saved though its numbers are all 0 or missing, or "".
    """

    project: Project
    catalog: Catalog
    today: str
    retrieve: Retrieve
    ask: Ask
    dry: bool = False
    empty: str = ""

    def run(self, keys: Iterable[str], progress: Callable[[str], None]) -> list[Result]:
        """Fetch sources one after another; one that fails does not stop the others."""
        lock = FileLock(self.project.build / "fetch" / "lock", timeout=0)
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        try:
            with lock:
                for path in save.settle_all(self.project.raw):
                    progress(f"{path.name}: en avbrutt henting er fullført")
                return [self._one(key, progress) for key in keys]
        except Timeout:
            raise KgError("En annen kg fetch er i gang her. Vent til den er ferdig.") from None

    def _one(self, key: str, progress: Callable[[str], None]) -> Result:
        progress(key)
        begun = time.perf_counter()
        try:
            result = self.fetch(key)
        except KgError as problem:
            result = Result(key, "feilet", str(problem))
        return replace(result, seconds=time.perf_counter() - begun)

    def fetch(self, key: str) -> Result:
        entry = self.catalog.live_source(key)
        fetched = self.retrieve(key, entry)
        path = self.project.raw / entry.file
        old = None
        if path.is_file():
            old = self._snapshot(key, path, path.read_bytes(), read_provenance(path, key))
        new = self._candidate(key, entry, path, fetched, old)
        source = self.catalog.sources.get(key)
        points = revisions.points_of(new, source)
        before = revisions.points_of(old, source) if old else {}
        changes = revisions.compare(before, points) if old else []
        if old and changes:
            _refuse_older(key, new.provenance.updated, old.provenance.updated)
        new = self._with_accepted(new, revisions.empty_periods(before, points))
        doubt = self._doubt(new)
        result = self._judge(new, old, changes, is_doubtful=bool(doubt and not self.empty.strip()))
        added = [f"ny merknad fra eieren: «{note}»" for note in _new_notes(fetched, old)]
        words = "; ".join(filter(None, [result.words, doubt, *added, *fetched.findings]))
        result = replace(result, words=words, requests=fetched.requests)
        if changes:
            write_bytes(
                self.project.build / "fetch" / f"{key}-endringer.csv", revisions.as_csv(changes)
            )
        return result

    def _snapshot(self, key: str, path: Path, content: bytes, provenance: Provenance) -> Snapshot:
        """A content as the build reads it, with the columns that the catalogue declares."""
        source = self.catalog.sources.get(key)
        columns, sheet = (source.columns, source.sheet) if source else (None, None)
        return Snapshot(key, path, provenance, content, columns, sheet)

    def _candidate(
        self, key: str, entry: Live, path: Path, fetched: Fetched, old: Snapshot | None
    ) -> Snapshot:
        """The answer as a snapshot, read once as the build will read it."""
        provider = self.catalog.providers[entry.provider]
        before = old.provenance if old else _first(entry, provider, fetched)
        source = self.catalog.sources.get(key)
        new = self._snapshot(key, path, fetched.content, before)
        try:
            if source is not None:
                reader(source.reader)(new, source)
            hashes = {"sha256_cells": new.sha256_cells, "sha256_bytes": new.sha256_bytes}
        except KgError as problem:
            raise KgError(f"{key}: svaret kan ikke brukes. {problem} {KEPT}") from None
        known = {"vintage": fetched.vintage, "updated": fetched.updated, "query": fetched.query}
        known |= {"retrieved": self.today, "confirmed": "", "url": before.url or fetched.url}
        notes = {"notes": [*before.notes, *_new_notes(fetched, old)]}
        return replace(new, provenance=before.model_copy(update=known | hashes | notes))

    def _with_accepted(self, new: Snapshot, periods: list[str]) -> Snapshot:
        """The answer, with a note of the new periods without numbers that somebody vouches for."""
        if not periods:
            return new
        words = f"alle tall i den nye perioden er 0 eller mangler: {'; '.join(periods)}"
        if not self.empty.strip():
            raise KgError(
                f"{new.source}: {words}. Eieren kan vise 0 til tallene er publisert. Det som er "
                "lagret, er beholdt. Prøv igjen senere. Er tallene riktige, skriv "
                f'kg fetch {new.source} --godta-tomme "grunn".'
            )
        note = f"{self.today}: {words}. Godtatt: {self.empty.strip()}"
        notes = [*new.provenance.notes, note]
        return replace(new, provenance=new.provenance.model_copy(update={"notes": notes}))

    def _doubt(self, new: Snapshot) -> str:
        """Why the build would stop at the answer, or at a source that is held against it."""
        if new.source not in self.catalog.sources:
            return ""
        # pandas is slow to load
        from kunnskapsgrunnlag.tidy import reader, reading
        from kunnskapsgrunnlag.tidy.plausibility import check_sources, resting_on

        committed = reading(self.project, self.catalog)
        source = self.catalog.sources[new.source]
        own = new, reader(source.reader)(new, source)
        try:
            check_sources(
                self.catalog,
                lambda key: own if key == new.source else committed(key),
                resting_on(self.catalog, new.source),
            )
        except KgError as problem:
            return f"Svaret vil stanse bygget. {problem}"
        return ""

    def _judge(
        self,
        new: Snapshot,
        old: Snapshot | None,
        changes: list[revisions.Change],
        *,
        is_doubtful: bool,
    ) -> Result:
        """Save, confirm or wait for a cause: numbers that the build would stop at need one too."""
        if old is None:
            self._save(new, [])
            return Result(new.source, "ny", new.provenance.vintage)
        if old.sha256_cells == new.sha256_cells or (not changes and _alike(old, new)):
            notes = new.provenance.notes
            if notes != old.provenance.notes and new.path.suffix == ".json":
                # The answer itself has the owner's words.
                self._save(new, old.provenance.history)
                return Result(new.source, "uendret", new.provenance.vintage)
            # The snapshot stays, and its provenance notes the day.
            day = {"confirmed": self.today, "notes": notes}
            confirmed = old.provenance.model_copy(update=day)
            if not self.dry:
                save.save_provenance(old.path, confirmed)
            return Result(new.source, "uendret", old.provenance.vintage)
        plain = None if is_doubtful else _plain_reason(changes)
        reason = plain or self.ask(new.source, changes)
        if reason is None:
            write_bytes(self.project.build / "fetch" / new.path.name, new.content)
            why = "Et tall kan ikke være riktig" if is_doubtful else "Historien er endret"
            words = (
                f"{why}. Svaret ligger i build/fetch/{new.path.name}; det som var, er beholdt. "
                "Kjør igjen med --cause og --reason."
            )
            return Result(new.source, "venter på årsak", words, changes)
        entry = Registration(
            date=self.today,
            reason=reason.words,
            sha256_cells=new.sha256_cells,
            cause=reason.cause,
            changes=dict(revisions.counts(changes)),
        )
        self._save(new, [*old.provenance.history, entry])
        return Result(new.source, "endret", new.provenance.vintage, changes)

    def _save(self, new: Snapshot, history: list[Registration]) -> None:
        if not self.dry:
            provenance = new.provenance.model_copy(update={"history": history})
            save.save(new.path, new.content, provenance)


def _new_notes(fetched: Fetched, old: Snapshot | None) -> list[str]:
    """What the owner says of the table now, and did not when it was last saved."""
    if old is None:
        return []
    known = {*old.provenance.notes}
    if old.path.suffix == ".json":
        known |= {*old.dataset.notes}
    return [note for note in fetched.notes if note not in known]


def _refuse_older(key: str, updated: str, before: str) -> None:
    """Other numbers from before those that lie here are no revision: a copy lags behind."""
    try:
        is_older = datetime.fromisoformat(updated) < datetime.fromisoformat(before)
    except (ValueError, TypeError):
        return  # one of them has no time, or no zone
    if is_older:
        raise KgError(
            f"{key}: eieren svarte med tall som ble oppdatert {updated}, før dem som er lagret "
            f"({before}). {KEPT}"
        )


def _alike(old: Snapshot, new: Snapshot) -> bool:
    """Whether two snapshots with the same cells also name and measure them alike.

    Links and the like around the cells may change without a change of the table.
    """
    if old.path.suffix != ".json":
        return True
    return (old.dataset.labels, old.dataset.units) == (new.dataset.labels, new.dataset.units)


def _first(entry: Live, provider: Provider, fetched: Fetched) -> Provenance:
    table = entry.query.table if entry.query else ""
    return Provenance(
        title=entry.title,
        owner=provider.name,
        origin="offisiell",
        vintage=fetched.vintage,
        licence=provider.licence or "ikke oppgitt",
        url=provider.page.replace("{table}", table) or fetched.url,
        sha256_bytes=sha256(fetched.content),
        sha256_cells="",
        notes=list(fetched.notes),
    )


def _plain_reason(changes: list[revisions.Change]) -> Reason | None:
    """The cause where nobody need be asked."""
    if not changes:
        return Reason("kodeendring", "Bare merkelapper, enheter eller rekkefølge er endret.")
    if all(change.kind == "ny periode" for change in changes):
        return Reason("ny-periode", "Eieren har lagt til en ny periode; eldre tall er de samme.")
    return None
