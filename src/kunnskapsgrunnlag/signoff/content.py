"""What is approved: an item, a chapter or a claim as its readers meet it, and how two differ.

Nothing that readers cannot see takes part (code, cell ids, days of retrieval), so that an approval
lapses when the content changes, and only then.
"""

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.book.claim_results import ClaimResult
from kunnskapsgrunnlag.book.reading import on_one_line
from kunnskapsgrunnlag.catalog.schema import Chapter, Item
from kunnskapsgrunnlag.figures.drawn import Drawn
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.bands import cell_words
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.tables import Grid, grid, heading
from kunnskapsgrunnlag.store.value import Value

Kind = Literal["item", "chapter", "claim", "release"]
Parts = Mapping[str, str]
# The name of a part that holds a number begins with this; the number's address follows.
NUMBER = "tall "
# The words of a part that says nothing by itself when it is printed.
OPAQUE = ("tegning", "bilde ")
# What a claim that holds rests on, where it is not statistics alone.
BASED_ON = {
    "anslag": "sann etter anslagene",
    "tilpasset": "ikke prøvd: lagt inn i anslagene",
}
UNSEEN = re.compile(r"<metadata>.*?</metadata>|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>]*>", re.S)
ID = re.compile(r'\bid="([^"]+)"|url\(#([^)]+)\)|href="#([^"]+)"')
PLACE = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")


@dataclass(frozen=True)
class Thing:
    """Something that is approved as a whole.

    Attributes:
        key: `figur-27`, `kapittel-6`, the name of a claim, or `utgave` for the whole edition.
        parts: Name of a part -> what readers get of it.
        holds: Of a claim: whether it holds. True for all else.
    """

    kind: Kind
    key: str
    label: str
    parts: Parts
    chapter: str
    holds: bool = True

    @cached_property
    def content(self) -> str:
        return sha256(self.kept)

    @cached_property
    def kept(self) -> bytes:
        """The content itself, as it is kept beside the ledger under its hash."""
        content = {"kind": self.kind, "key": self.key, "parts": dict(self.parts)}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=0)
        return f"{text}\n".encode()

    @property
    def count(self) -> int:
        return sum(name.startswith(NUMBER) for name in self.parts)


def item_thing(
    key: str, item: Item, result: ItemResult, notes: Sequence[str], drawn: Drawn
) -> Thing:
    """An item: caption, table, drawings, alt text, sources and every number with its words."""
    parts = {
        "nummer": item.label,
        "tittel": item.title,
        "undertittel": item.subtitle,
        "merknader": "\n".join(on_one_line(note) for note in notes),
        "alternativ tekst": result.alt,
        "opphav": result.origin,
        "kilder": "\n".join(sorted(_source(source) for source in result.sources.values())),
        "tabell": _table(grid(item, result.values)),
        "tegning": sha256("".join(map(drawing, drawn)).encode("utf-8")),
    }
    for name, measure in item.measures.items():
        fields = [measure.group or "", heading(measure.title, measure.unit), measure.unit]
        parts[f"mål {name}"] = " | ".join([*fields, measure.formula])
    for record in result.values:
        parts[f"{NUMBER}{record.address}"] = _number(record)
    return Thing("item", key, f"{item.label} {item.title}", parts, item.chapter)


def _source(source: Receipt) -> str:
    return f"{source.owner}: {source.title} ({source.vintage}), {source.licence}"


def _number(record: Value) -> str:
    shown = [] if record.shown else ["ikke i tabellen"]
    fields = [cell_words(record), record.unit, record.origin, record.formula]
    return " | ".join(on_one_line(str(words)) for words in [*fields, *shown])


def _table(table: Grid) -> str:
    """The table as lines: headings from the top, then rows; the numbers in place."""
    lines = [" | ".join([*table.corner, *(f"{h.text} ×{h.span}" for h in heads)])
             for heads in table.levels]  # fmt: skip
    for row in table.rows:
        heads = [head.text if head else "″" for head in row.heads]
        lines.append(
            " | ".join([*heads, *(cell_words(cell) if cell else "" for cell in row.cells)])
        )
    return "\n".join(on_one_line(line) for line in lines)


def drawing(svg: str) -> str:
    """A drawing without what nobody sees: metadata, names of ids, less than a tenth of a point.

    Two machines may differ in the last digits of a place; an approval must not fall on that.
    """
    names: dict[str, str] = {}

    def renamed(match: re.Match[str]) -> str:
        name = next(group for group in match.groups() if group)
        return match[0].replace(name, names.setdefault(name, f"id{len(names)}"))

    body = ID.sub(renamed, UNSEEN.sub("", svg))
    return " ".join(PLACE.sub(lambda match: _tenth(match[0]), body).split())


def _tenth(place: str) -> str:
    return f"{round(float(place), 1) + 0.0:.1f}"


def chapter_thing(
    key: str, chapter: Chapter, words: str, code: str = "", images: Parts | None = None
) -> Thing:
    """A chapter: its title and its words, numbers and references filled in.

    Args:
        code: Blocks of code, as they are written.
        images: Path -> hash of the image there.
    """
    number = "" if chapter.number is None else f"{chapter.number} "
    parts = {"tittel": f"{number}{chapter.title}", "tekst": words}
    if code:
        parts["kode"] = code
    parts |= {f"bilde {path}": digest for path, digest in (images or {}).items()}
    label = f"Kapittel {number}{chapter.title}" if number else chapter.title
    return Thing("chapter", key, label, parts, key)


def claim_thing(name: str, claim: ClaimResult, sentences: Sequence[str], chapter: str) -> Thing:
    """A claim: the sentences that carry it, what it says, the verdict and the reason for it."""
    verdict = {True: "sann", False: "usann", None: "kan ikke avgjøres"}[claim.holds]
    if claim.holds:
        verdict = BASED_ON.get(claim.basis, verdict)
    parts = {
        "setninger": "\n".join(sorted(set(sentences))),
        "påstand": claim.words,
        "dom": verdict,
        "grunn": on_one_line(claim.because),
    }
    return Thing("claim", name, claim.words, parts, chapter, holds=bool(claim.holds))


def changes(old: Parts, new: Parts) -> list[str]:
    """Every change, one line each, for somebody who is to look at it again."""
    return [
        line
        for name in _changed(old, new)
        for line in _describe(name, old.get(name), new.get(name))
    ]


def _changed(old: Parts, new: Parts) -> list[str]:
    return [name for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name)]


def _describe(name: str, before: str | None, after: str | None) -> list[str]:
    if name.startswith(OPAQUE):
        return [f"{name} er endret"]
    if name.startswith(NUMBER):
        return [f"{name.removeprefix(NUMBER)}: {_shown(before, after)}"]
    old, new = (before or "").splitlines(), (after or "").splitlines()
    lines = [line for line in difflib.ndiff(old, new) if line[:2] in ("- ", "+ ")]
    return [f"{name}: {line}" for line in lines]


def _shown(before: str | None, after: str | None) -> str:
    """`846 → 851`; unit, origin and formula only where they are what differs."""
    if before is None or after is None:
        return f"nytt, {_text(after)}" if before is None else f"borte, var {_text(before)}"
    same = _text(before) == _text(after)
    return f"{before} → {after}" if same else f"{_text(before)} → {_text(after)}"


def _text(number: str | None) -> str:
    return (number or "").partition(" | ")[0]


def summary(old: Parts, new: Parts) -> str:
    """The changes in a few words: how many numbers, the first of them, and what else."""
    names = _changed(old, new)
    numbers = [name for name in names if name.startswith(NUMBER)]
    phrases = []
    if numbers:
        (words,) = _describe(numbers[0], old.get(numbers[0]), new.get(numbers[0]))
        more = ", …" if len(numbers) > 1 else ""
        phrases.append(f"{len(numbers)} tall endret: {words}{more}")
    for name in names:
        if name == "tekst":
            lines = _describe(name, old.get(name), new.get(name))
            count = max(sum(line.startswith(f"tekst: {sign}") for line in lines) for sign in "+-")
            phrases.append(f"{count} avsnitt endret")
        # The table repeats the numbers: it tells nothing new beside them.
        elif name not in numbers and not (numbers and name == "tabell"):
            phrases.append(f"{name} endret")
    return "; ".join(phrases)
