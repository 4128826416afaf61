"""What is approved: an item, a chapter or a claim as its readers meet it.

Nothing that readers cannot see takes part (code, cell ids, days of retrieval), so that an approval
lapses when the content changes, and only then.
"""

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
        drawn: Of an item: its drawings, wide and narrow, as they are hashed.
    """

    kind: Kind
    key: str
    label: str
    parts: Parts
    chapter: str
    holds: bool = True
    drawn: str = ""

    @cached_property
    def content(self) -> str:
        return sha256(self.kept)

    @cached_property
    def kept(self) -> bytes:
        """The content itself, as it is kept beside the ledger under its hash."""
        content = {"kind": self.kind, "key": self.key, "parts": dict(self.parts)}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=0)
        return f"{text}\n".encode()


def item_thing(
    key: str, item: Item, result: ItemResult, notes: Sequence[str], drawn: Drawn
) -> Thing:
    """An item: caption, table, drawings, alt text, sources and every number with its words."""
    drawings = "".join(map(drawing, drawn))
    parts = {
        "nummer": item.label,
        "tittel": item.title,
        "undertittel": item.subtitle,
        "merknader": "\n".join(on_one_line(note) for note in notes),
        "alternativ tekst": result.alt,
        "opphav": result.origin,
        "kilder": "\n".join(sorted(_source(source) for source in result.sources.values())),
        "tabell": _table(grid(item, result.values)),
        "tegning": sha256(drawings.encode("utf-8")),
    }
    for name, measure in item.measures.items():
        fields = [measure.group or "", heading(measure.title, measure.unit), measure.unit]
        parts[f"mål {name}"] = " | ".join([*fields, measure.formula])
    for record in result.values:
        parts[f"{NUMBER}{record.address}"] = _number(record)
    label = f"{item.label} {item.title}"
    return Thing("item", key, label, parts, item.chapter, drawn=drawings)


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
