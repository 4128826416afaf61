"""Spelling of the chapters: `python tools/spell.py [FILE …]`.

Reads the words that readers see (no code, links, addresses, or titles in footnotes) and looks each
up in a Norwegian dictionary in Hunspell's format and in docs/ord.txt, the project's own words. A
word of two or three known words put together is known, as Norwegian makes them every day.

Needs the package spylls, and the files nb_NO.aff and nb_NO.dic: from Debian's hunspell-no, from
LibreOffice, or from a folder that --dictionary or KG_ORDBOK names. Ends with 1 if a word is not
known, and with 2 if there is nothing to look words up in.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.lint_words import QUOTED
from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.book.prose import Prose
from kunnskapsgrunnlag.catalog.read import read_catalog

ROOT = Path(__file__).resolve().parents[1]
OWN_WORDS = ROOT / "docs" / "ord.txt"
CACHE = ROOT / "build" / "stavekontroll.json"
LANGUAGE = "nb_NO"
EXTENSION = "share/extensions/dict-no"
FOLDERS = (
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    f"/usr/lib/libreoffice/{EXTENSION}",
    "/Applications/LibreOffice.app/Contents/Resources/extensions/dict-no",
    f"C:/Program Files/LibreOffice/{EXTENSION}",
)

# Small letters right behind a full stop are the rest of «m.fl.» or «Finn.no».
WORD = re.compile(r"(?<!\w)(?!(?<=\.)[a-zæøå])[^\W\d_]+(?:[-‑][^\W\d_]+)*")
# «SSB», «SSBs», and single letters, as in «m.fl.»: abbreviations are not in a dictionary.
CAPITALS = re.compile(r"[A-ZÆØÅ]{2,}s?|\w")
# Shorter parts would let «kunskap» pass as «kun» and «skap».
SHORTEST_PART = 4
# Looking for nearby words takes a second or two each.
MOST_SUGGESTED = 25


@dataclass
class Speller:
    """Which words are known.

    Attributes:
        own: The project's own words; one in small letters stands for all ways to write it.
        load: Gives the dictionary, which has `lookup` and `suggest`; slow, so only when needed.
        seen: Words that the dictionary is known to have.
    """

    own: frozenset[str]
    load: Callable[[], Any]
    seen: set[str] = field(default_factory=set)

    @cached_property
    def dictionary(self) -> Any:
        """The dictionary."""
        return self.load()

    def knows(self, word: str) -> bool:
        """Whether a word is right, alone, as a genitive, with hyphens or as a compound."""
        if CAPITALS.fullmatch(word) or self._is_own(word) or self._is_in_dictionary(word):
            return True
        parts = re.split("[-‑]", word)
        if len(parts) > 1:
            return all(self.knows(part) for part in parts)
        return any(self._is_compound(word.lower(), most) for most in (2, 3))

    def suggestions(self, word: str) -> list[str]:
        """The nearest words, the project's own first."""
        near = difflib.get_close_matches(word, self.own, n=1, cutoff=0.85)
        return list(dict.fromkeys([*near, *self.dictionary.suggest(word)]))[:3]

    def _is_own(self, word: str) -> bool:
        forms = {word, word.lower(), word.removesuffix("s"), word.lower().removesuffix("s")}
        return not forms.isdisjoint(self.own)

    def _is_in_dictionary(self, word: str) -> bool:
        if word not in self.seen and self.dictionary.lookup(word):
            self.seen.add(word)
        return word in self.seen

    def _is_compound(self, word: str, most: int) -> bool:
        """Whether a word is so many known words or fewer, with or without an «s» between."""
        if most == 1:
            return self._is_own(word) or self._is_in_dictionary(word)
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            first, rest = word[:cut], word[cut:]
            if (self._is_own(first) or self._is_in_dictionary(first)) and any(
                self._is_compound(last, most - 1)
                for last in {rest, rest.removeprefix("s")}
                if len(last) >= SHORTEST_PART
            ):
                return True
        return False


def words_of(file: str, content: str) -> Iterator[tuple[int, str]]:
    """Line and word of each word that readers see, except titles that footnotes quote."""
    prose = Prose(read_text(file, file, content))
    for sentence in prose.sentences:
        titles = [m.span() for m in QUOTED.finditer(sentence.text)] if sentence.is_footnote else []
        for match in WORD.finditer(sentence.text):
            if not any(first < match.start() < last for first, last in titles):
                yield prose.line(sentence.at[match.start()]), match[0]


def check(files: Iterable[tuple[str, str]], speller: Speller) -> list[tuple[str, int, str]]:
    """File, line and word of each word that is not known, in the order of the text."""
    return [
        (file, line, word)
        for file, content in files
        for line, word in words_of(file, content)
        if not speller.knows(word)
    ]


def describe_unknown(unknown: Sequence[tuple[str, int, str]], speller: Speller) -> Iterator[str]:
    """The messages; the first words that are unknown come with suggestions."""
    kinds = list(dict.fromkeys(word for _, _, word in unknown))
    near = {word: speller.suggestions(word) for word in kinds[:MOST_SUGGESTED]}
    for file, line, word in unknown:
        likely = ", ".join(f"«{one}»" for one in near.get(word, []))
        meant = f" Did you mean {likely}?" if likely else ""
        yield f"{file}:{line}: «{word}» is in neither the dictionary nor docs/ord.txt.{meant}"


def read_own(text: str) -> frozenset[str]:
    """The words of docs/ord.txt: one a line, «#» begins a comment."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(filter(None, lines))


def find_dictionary(folders: Iterable[str]) -> Path:
    """The dictionary's files without their ending, from the first folder that has both.

    Raises:
        KgError: If none has.
    """
    tried = list(folders)
    for folder in tried:
        stem = Path(folder) / LANGUAGE
        if all(stem.with_suffix(end).is_file() for end in (".aff", ".dic")):
            return stem
    raise KgError(
        f"no Norwegian dictionary: {LANGUAGE}.aff and {LANGUAGE}.dic are in none of "
        f"{', '.join(tried)}. Install hunspell-no (Debian, Ubuntu) or LibreOffice with Norwegian, "
        "or name their folder: --dictionary FOLDER, or KG_ORDBOK."
    )


def load_dictionary(stem: Path) -> Any:
    """The dictionary as spylls reads it.

    Raises:
        KgError: If spylls is not installed.
    """
    try:
        hunspell = importlib.import_module("spylls.hunspell")
    except ModuleNotFoundError as missing:
        raise KgError(
            "the package spylls is not installed. Run: make check, or pip install spylls."
        ) from missing
    return hunspell.Dictionary.from_files(str(stem))


def recall(cache: Path, stem: Path) -> set[str]:
    """The words that this very dictionary was found to have before."""
    try:
        record = json.loads(cache.read_text(encoding="utf-8"))
        return set(record["words"]) if record["dictionary"] == _identity(stem) else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def remember(cache: Path, stem: Path, seen: set[str]) -> None:
    """Keep them for the next run, which then need not read the dictionary."""
    cache.parent.mkdir(parents=True, exist_ok=True)
    record = {"dictionary": _identity(stem), "words": sorted(seen)}
    cache.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def _identity(stem: Path) -> list[int]:
    return [stem.with_suffix(end).stat().st_size for end in (".aff", ".dic")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files that are named, or the front page and all chapters."""
    parser = argparse.ArgumentParser(description="Spelling of the chapters.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--dictionary", default=os.environ.get("KG_ORDBOK"))
    chosen = parser.parse_args(arguments)
    chapters = read_catalog(ROOT / "params.yaml").chapters.values()
    paths = chosen.files or [ROOT / c.file for c in chapters if c.language == "nb"]
    try:
        stem = find_dictionary([chosen.dictionary] if chosen.dictionary else FOLDERS)
        own = read_own(OWN_WORDS.read_text(encoding="utf-8"))
        speller = Speller(own, lambda: load_dictionary(stem), recall(CACHE, stem))
        texts = [(_shown(path), path.read_text(encoding="utf-8")) for path in paths]
        unknown = check(texts, speller)
        remember(CACHE, stem, speller.seen)
        for line in describe_unknown(unknown, speller):
            print(line)  # noqa: T201
    except (KgError, OSError) as problem:
        print(f"tools/spell.py: {problem}", file=sys.stderr)  # noqa: T201
        return 2
    return 1 if unknown else 0


def _shown(path: Path) -> str:
    absolute = path.resolve()
    return absolute.relative_to(ROOT).as_posix() if absolute.is_relative_to(ROOT) else str(path)


if __name__ == "__main__":
    sys.exit(main())
