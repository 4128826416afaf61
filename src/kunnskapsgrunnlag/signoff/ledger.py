"""The ledger: one line for each verdict, never rewritten, and the contents that were approved.

A content lies under its own hash, so that what was approved can be read, and compared with what
there is now, as long as the ledger lives. The order of the lines is of no account: two branches may
both have added some.
"""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from filelock import FileLock
from pydantic import Field, ValidationError, field_validator

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.io import read_written, told_if_unwritable, write_synced
from kunnskapsgrunnlag.base.strict import StrictModel
from kunnskapsgrunnlag.base.yaml_errors import expectation
from kunnskapsgrunnlag.figures.drawn import Drawn
from kunnskapsgrunnlag.signoff.content import Kind, Parts, Thing

LEDGER = "data/signoff/ledger.jsonl"
Verdict = Literal["approved", "returned", "withdrawn", "resolved"]
VERDICTS: dict[Verdict, str] = {
    "approved": "godkjent",
    "returned": "returnert",
    "withdrawn": "trukket tilbake",
    "resolved": "retur avklart",
}


class Seen(StrictModel):
    """What lay before the one who judged.

    Attributes:
        authors: `Name <email>` of all who had changed the content since somebody else approved it.
    """

    authors: list[str] = Field(default_factory=list)
    commit: str = ""


class Entry(StrictModel):
    """A line of the ledger."""

    edition: str = Field(min_length=1)
    kind: Kind
    key: str = Field(min_length=1)
    verdict: Verdict
    by: str = Field(min_length=1)
    email: str = Field(min_length=3, pattern="@")
    at: str
    content: str = Field(pattern="^[0-9a-f]{64}$")
    comment: str = ""
    seen: Seen = Field(default_factory=Seen)

    @field_validator("at")
    @classmethod
    def _has_zone(cls, at: str) -> str:
        if datetime.fromisoformat(at).tzinfo is None:
            raise ValueError("et klokkeslett trenger sonen sin, som +01:00")
        return at

    @property
    def when(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def thing(self) -> tuple[str, str]:
        return self.kind, self.key

    @property
    def line(self) -> str:
        line = json.dumps(self.model_dump(), ensure_ascii=False, sort_keys=True)
        return unicodedata.normalize("NFC", line)


def parse(text: str) -> tuple[Entry, ...]:
    """All verdicts, oldest first; the same line twice, as a merge may leave it, counts once.

    Raises:
        KgError: If a line is none of ours; names it.
    """
    lines = enumerate(text.split("\n"), 1)
    entries = [_entry(number, line) for number, line in lines if line.strip()]
    once = {entry.line: entry for entry in entries}.values()
    return tuple(sorted(once, key=lambda entry: (entry.when, entry.line)))


def _entry(number: int, line: str) -> Entry:
    where = f"{LEDGER}, linje {number}"
    fix = (
        f"Kjør git restore {LEDGER}; var den slik i git også, finner git log -p -- {LEDGER} linjen."
    )
    try:
        return Entry.model_validate(json.loads(line))
    except json.JSONDecodeError:
        raise KgError(f"{where}: ventet ett JSON-objekt. {fix}") from None
    except ValidationError as problem:
        error = problem.errors()[0]
        at = ".".join(map(str, error["loc"])) or "linjen"
        raise KgError(
            f"{where}: {at}: {expectation(error)}, fant {error['input']!r}. {fix}"
        ) from None


def moment(now: datetime, entries: Sequence[Entry]) -> str:
    """A time for the next entry: now, or just after the last one if another clock ran ahead."""
    last = max((entry.when for entry in entries), default=now - timedelta(hours=1))
    return max(now, last + timedelta(milliseconds=1)).isoformat(timespec="milliseconds")


def lost_lines(before: Iterable[str], now: str) -> list[str]:
    """The lines that stood in the ledger and no longer do: a ledger only grows."""
    kept = set(now.split("\n"))
    return [line for line in before if line.strip() and line not in kept]


class LedgerFolder:
    """The ledger and the approved contents on disk."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ledger.jsonl"
        self.contents = folder / "content"

    def text(self) -> str:
        return read_written(self.path) if self.path.is_file() else ""

    def read(self) -> tuple[Entry, ...]:
        return parse(self.text())

    def append(self, entries: Sequence[Entry], things: Iterable[Thing], lock: Path) -> None:
        """Add lines and keep the contents that they name; after a kill all counts, or none."""
        lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock, timeout=30):
            for thing in things:
                self.keep(thing)
            lines = [self.text().rstrip("\n"), *(entry.line for entry in entries)]
            _replace(self.path, "\n".join(filter(None, lines)).encode() + b"\n")

    def keep(self, thing: Thing) -> None:
        """Keep what is approved, each file under its own hash."""
        _replace(self._file(thing.content), thing.kept)
        if thing.drawn:
            _replace(self._file(thing.parts["tegning"], "txt"), thing.drawn.encode("utf-8"))

    def recall(self, content: str) -> Parts | None:
        """The parts of a content that was approved; None if they are not here, or not whole."""
        text = self._whole(self._file(content))
        if text is None:
            return None
        parts: Parts = json.loads(text)["parts"]
        return parts

    def drawn(self, parts: Parts) -> Drawn | None:
        """The drawings of an item that was approved; None as above."""
        text = self._whole(self._file(parts.get("tegning", ""), "txt"))
        wide, mark, narrow = (text or "").rpartition("<svg")
        return Drawn(wide, mark + narrow) if wide else None

    def _file(self, content: str, ending: str = "json") -> Path:
        return self.contents / f"{content}.{ending}"

    def _whole(self, path: Path) -> str | None:
        content = path.read_bytes() if path.is_file() else b""
        return content.decode("utf-8") if sha256(content) == path.stem else None


def _replace(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    beside = path.with_name(f"{path.name}.ny")
    with told_if_unwritable(path):
        write_synced(beside, content)
        beside.replace(path)
