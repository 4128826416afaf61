"""Files written whole or not at all, same bytes for same content, and text that people write."""

import json
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import name_in_checkout


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
        raise KgError(
            f"{name_in_checkout(path)}: kan ikke skrives ({problem.strerror}). Lukk filen der den "
            "er åpen, eller frigjør plass. Det som lå der, er beholdt."
        ) from None


def read_written(path: Path) -> str:
    """The text of a file that people write: UTF-8, one kind of line end, letters in one piece.

    Raises:
        KgError: If it was saved in another encoding.
    """
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise _not_utf8(path, content, problem.start) from None
    if "\0" in text:
        raise _not_utf8(path, content, content.index(b"\0"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    # «å» may be an a with a ring of its own, as file systems and PDF readers have it.
    return unicodedata.normalize("NFC", lines)


def _not_utf8(path: Path, content: bytes, at: int) -> KgError:
    line = content.count(b"\n", 0, at) + 1
    return KgError(
        f"{path.name}, linje {line}: ventet tekst i UTF-8, fant en byte som ikke er det. Åpne "
        "filen i Notisblokk, velg Lagre som, og sett Koding til UTF-8."
    )
