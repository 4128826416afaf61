"""Files written whole or not at all, same bytes for same content, and text that people write."""

import errno
import json
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import name_in_checkout

# What git writes around the two sides of a conflict, and what to do where both are not a choice.
MERGE = re.compile(r"^(<{7}|>{7})(?: |$)", re.MULTILINE)
REASONS = {
    errno.ENOSPC: ("disken er full", "Frigjør plass"),
    errno.EDQUOT: ("disken er full", "Frigjør plass"),
    errno.EFBIG: ("disken er full", "Frigjør plass"),
    errno.EACCES: ("du har ikke tilgang", "Lukk filen der den er åpen, eller gi deg selv tilgang"),
    errno.EROFS: ("mappen kan bare leses", "Kopier prosjektet til en mappe du kan skrive i"),
    errno.ENOENT: ("filen finnes ikke", "Hent den tilbake med git restore"),
}
MERGED = {
    "dvc.lock": "Ta bort filen, og kjør kg build: den blir laget på nytt.",
    "ledger.jsonl": "Behold linjene fra begge sider, og ta bort linjene med merker.",
}


def json_bytes(content: object) -> bytes:
    """JSON with a line for each value, its keys sorted."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file beside and put it in its place at once; a killed run leaves the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f"{path.name}.ny")
    waiting.write_bytes(content)
    waiting.replace(path)


def write_synced(path: Path, content: bytes) -> None:
    """Write a file on the disk, and not just on its way there: a power cut counts as a kill too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def told_if_unwritable(path: Path) -> Iterator[None]:
    """A file that is open elsewhere, or a full disk, in one sentence."""
    try:
        yield
    except OSError as problem:
        raise unwritable(problem, path) from None


def unwritable(problem: OSError, path: Path | None = None) -> KgError:
    """What to say of a file that could not be read or written.

    Raises:
        OSError: If it is none of those that a person can mend.
    """
    if problem.errno not in REASONS:
        raise problem
    file = path or Path(str(problem.filename or "en fil"))
    why, remedy = REASONS[problem.errno]
    return KgError(
        f"{_name(file)}: kan ikke leses eller skrives: {why}. {remedy}, og kjør igjen. "
        "Det som lå der, er beholdt."
    )


def _name(path: Path) -> str:
    name = name_in_checkout(path)
    return name if name != path.as_posix() else path.name


def read_written(path: Path) -> str:
    """The text of a file that people write: UTF-8, one kind of line end, letters in one piece.

    Raises:
        KgError: If it was saved in another encoding, or a merge left its marks in it.
    """
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise _not_utf8(path, content, problem.start) from None
    if "\0" in text:
        raise _not_utf8(path, content, content.index(b"\0"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if mark := MERGE.search(lines):
        raise KgError(
            f"{_name(path)}, linje {lines.count(chr(10), 0, mark.start()) + 1}: "
            f"«{mark[1]}» er et merke etter en fletting som ikke er fullført. "
            f"{MERGED.get(path.name, 'Behold det som skal stå, ta bort linjene med merker.')}"
        )
    # «å» may be an a with a ring of its own, as file systems and PDF readers have it.
    return unicodedata.normalize("NFC", lines)


def read_made(path: Path) -> Any:
    """The JSON that a stage wrote.

    Raises:
        KgError: If it is not there, or not whole.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KgError(f"{path.name} er ikke laget ennå. Kjør: kg build.") from None
    except ValueError:
        raise KgError(f"{path.name} er skadet. Kjør kg build, som lager den på nytt.") from None


def _not_utf8(path: Path, content: bytes, at: int) -> KgError:
    line = content.count(b"\n", 0, at) + 1
    return KgError(
        f"{_name(path)}, linje {line}: ventet tekst i UTF-8, fant en byte som ikke er "
        "det. Åpne filen i Notisblokk, velg Lagre som, og sett Koding til UTF-8."
    )
