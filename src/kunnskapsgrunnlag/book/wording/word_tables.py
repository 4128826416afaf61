"""The words that sentences about numbers are made of: the tables of data/ord, and reading by them.

A word that says something of a number stands in the table of its kind with every form that it has
(`steg`, `steget`), as no stemmer knows strong verbs; one that says nothing stands in `noytrale`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.base.regions import GROUPS, REGIONS
from kunnskapsgrunnlag.store.value import Value

NEUTRAL = "noytrale"
COUNTED = "hva-som-telles"
KINDS = (
    *("retning", "rang", "sammenligning", "grad", "kvantor", "nekting", "tallord", "enhet"),
    *("sted", COUNTED, "kategori", NEUTRAL),
)
# Words, numbers with what clings to them, and the signs between clauses.
TOKEN = re.compile(
    r"\d+(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:,\d+)?(?:-?[^\W\d_]+)*"
    r"|[^\W\d_]+(?:[-.][^\W\d_]+)*\d*|[,;:()–−]|[\ue000-\ue003]"
)
NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?")


@dataclass(frozen=True)
class Entry:
    """A row of a table: what a form means.

    Attributes:
        means: What the table says, word by word: `("opp",)`, or the keys of places.
        group: Of what is counted: what kind of thing it is, «hvem» or «ordning».
    """

    kind: str
    form: str
    means: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Mark:
    """A mark inside the words of a claim.

    Attributes:
        kind: tall, aar, ord or ref.
        words: What is written in its brackets.
        value: The number that a `.tall` shows.
        year: The year that an `.aar` shows.
        scaled: Whether the number is shown in thousands or millions.
    """

    kind: str
    words: str
    value: Value | None = None
    year: int | None = None
    scaled: bool = False


@dataclass(frozen=True)
class Token:
    """A word or phrase of a span: what stands there, where, and what the tables say of it."""

    text: str
    at: int
    entries: tuple[Entry, ...] = ()
    mark: Mark | None = None

    @property
    def number(self) -> float | None:
        """A number in digits, with the letters that cling to it: `4G` is 4."""
        match = NUMBER.match(self.text)
        return float(re.sub(r"\s", "", match[0]).replace(",", ".")) if match else None

    @property
    def year(self) -> int | None:
        if self.mark:
            return self.mark.year
        return int(self.text) if re.fullmatch(r"(?:1[89]|20)\d\d", self.text) else None

    @property
    def value(self) -> Value | None:
        return self.mark.value if self.mark else None

    def of(self, *kinds: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind in kinds)

    def means(self, kind: str) -> tuple[str, ...]:
        """All meanings that the table of a kind gives it."""
        return tuple(meaning for entry in self.of(kind) for meaning in entry.means)


@dataclass(frozen=True)
class Tables:
    """All forms, by their words; a form may stand in several tables."""

    entries: dict[tuple[str, ...], tuple[Entry, ...]]
    longest: int

    def read(self, words: str, marks: Iterable[Mark] = ()) -> list[Token]:
        """The words of a span with what they mean, the longest phrase first.

        Args:
            words: The span as `book/prose.py` has it: each mark is one sign.
            marks: The marks, in order.
        """
        tokens = list(TOKEN.finditer(words))
        forms = [_plain(token[0]) for token in tokens]
        own, at = iter(marks), 0
        read: list[Token] = []
        while at < len(tokens):
            token = tokens[at]
            if token[0] >= "\ue000":
                read.append(Token(token[0], token.start(), mark=next(own, None)))
                at += 1
                continue
            length = self._longest(forms[at : at + self.longest])
            last = tokens[at + max(length, 1) - 1]
            text = " ".join(words[token.start() : last.end()].split())
            entries = self.entries.get(tuple(forms[at : at + length]), ()) if length else ()
            read.append(Token(text, token.start(), entries))
            at += max(length, 1)
        return read

    def _longest(self, forms: list[str]) -> int:
        for length in range(len(forms), 0, -1):
            if tuple(forms[:length]) in self.entries:
                return length
        return 0


@cache
def read_tables(folder: Path) -> Tables:
    """The tables of data/ord, and the names of places.

    Raises:
        KgError: If a table is missing or a row is not as its heading says.
    """
    return _tables([*(e for kind in KINDS for e in _read(folder, kind)), *_places()])


def table_path(folder: Path, kind: str) -> Path:
    return folder / f"{kind}.csv"


def _read(folder: Path, kind: str) -> Iterator[Entry]:
    path = table_path(folder, kind)
    if not path.is_file():
        raise KgError(f"tabellen {path.name} mangler i {folder}.")
    rows = csv.DictReader(read_written(path).splitlines(), delimiter=";")
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values() or not row["form"]:
            raise KgError(f"{path.name}:{number}: raden har ikke kolonnene {', '.join(row)}.")
        means = tuple((row.get("betyr") or "").split())
        yield Entry(kind, row["form"], means, row.get("gruppe") or "")


def _tables(entries: list[Entry]) -> Tables:
    by_words: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        words = tuple(_plain(token) for token in TOKEN.findall(entry.form))
        own = by_words.setdefault(words, [])
        if entry not in own:
            own.append(entry)
    return Tables({words: tuple(own) for words, own in by_words.items()}, max(map(len, by_words)))


def _plain(token: str) -> str:
    return re.sub(r"\s", "", token.lower()).replace(".", "")


def _places() -> Iterator[Entry]:
    """The names of regions and groups as they are written, also with a genitive's s."""
    named: dict[str, list[str]] = {}
    for region in REGIONS:
        for name in (region.name, *region.aliases):
            named.setdefault(name.lower(), []).append(region.key)
    for key, name in GROUP_NAMES.items():
        named[name] = [key, *GROUPS[key]]
    for name, keys in named.items():
        for form in (name, name if name.endswith("s") else f"{name}s"):
            yield Entry("sted", form, tuple(keys))


# The groups that have a name; `bydeler` and `byer` are words of the table.
GROUP_NAMES = {"groruddalen": "groruddalen", "sentrum-ost": "sentrum øst"}
