"""The prose of a chapter: its sentences as readers meet them, each character with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from kunnskapsgrunnlag.book.lint_words import STAND_INS
from kunnskapsgrunnlag.book.marks import DIV, HEADING, Mark, Text, without_code

# The marks with a reason, and the one with a test, for the words inside them.
FIXED, NO_DATA, CLAIM = "fast", "ikke-data", "pastand"
# What is no prose: comments, code between graves, addresses, what braces and links hold beside
# their words, footnote marks, and the signs of headings, points and emphasis.
NO_PROSE = re.compile(
    r"<!--(?s:.*?)-->|`[^`\n]*`|<https?://[^>]*>|https?://[^\s)>]+|(?<=\])\([^)\n]*\)|\[\^[^\]\n]+\]:?"
    r"|^#{1,6}\s|\s*\{#[^}\n]*\}\s*$|^\s*:::[^\n]*$|^\s*(?:[-*+]|\d{1,2}[.)])\s+|[*\[\]|]",
    re.MULTILINE,
)
NEW_BLOCK = re.compile(r"^\s*(?:[-*+]\s|\d{1,2}[.)]\s|\[\^[^\]]+\]:|\||#{1,6}\s|:::)")
FOOTNOTE = re.compile(r"^\s*\[\^[^\]]+\]:")
SENTENCE_END = re.compile(r"(?<=[.!?])[»\")]*\s+(?=[A-ZÆØÅ«\d\ue000-\ue003–])")
SHORTENED = re.compile(
    r"(?:\b(?:m\.fl|Meld|St|kap|nr|jf|ca|dvs|f\.eks|bl\.a|mill|mrd|Prop|Innst|prp|Dok|red|pst|kl"
    r"|[A-ZÆØÅ]))\.$"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence without the signs of Markdown; marks of ours stand as one sign each.

    Attributes:
        text: The sentence; numbers, years, references and words of the data are stand-ins.
        at: Where each character of `text` stands in the chapter.
        block: Which paragraph, point or heading it belongs to.
    """

    text: str
    at: tuple[int, ...]
    block: int
    is_footnote: bool
    is_heading: bool

    @property
    def start(self) -> int:
        return self.at[0]

    @property
    def end(self) -> int:
        return self.at[-1]


class Prose:
    """A chapter's sentences, and the marks that lie over a place in them."""

    def __init__(self, text: Text) -> None:
        self.file = text.file
        self._plain = without_code(text.content)
        self.marks = [mark for mark in text.marks if mark.end]
        self._by_start = sorted(self.marks, key=lambda mark: mark.start)
        self._mark_starts = [mark.start for mark in self._by_start]
        self.shows_items = any(mark.kind == "item" for mark in text.marks)
        self._starts = [0, *(f.end() for f in re.finditer("\n", self._plain))]

    @cached_property
    def sentences(self) -> list[Sentence]:
        kept = _kept(self._plain, self.marks)
        sentences = []
        for number, (first, last) in enumerate(blocks_of(self._plain)):
            line = self._plain[first:last]
            footnote, heading = FOOTNOTE.match(line), HEADING.match(line)
            at = tuple(at for at in range(first, last) if kept[at])
            whole = "".join(kept[at] for at in at).replace("\n", " ")
            sentences += [
                Sentence(whole[a:b], at[a:b], number, footnote is not None, heading is not None)
                for a, b in sentence_bounds(whole)
            ]
        return sentences

    def line(self, at: int) -> int:
        """The line of a place, counted from 1."""
        return bisect_right(self._starts, at)

    def column(self, at: int) -> int:
        """Where a place stands in its line, counted from 1."""
        return at - self._starts[self.line(at) - 1] + 1

    def over(self, at: int, *kinds: str) -> list[Mark]:
        """The marks of these kinds that a place lies in."""
        return [m for m in self.marks if m.start <= at < m.end and m.kind in kinds]

    def within(self, sentence: Sentence, *kinds: str) -> list[Mark]:
        """The marks of these kinds that a sentence holds or lies in, in order."""
        start, until = sentence.start, bisect_right(self._mark_starts, sentence.end)
        return [m for m in self._by_start[:until] if m.end > start and m.kind in kinds]


def _kept(plain: str, marks: list[Mark]) -> list[str]:
    """Character for character what stays: the same, a stand-in, or nothing."""
    kept = list(plain)
    for match in NO_PROSE.finditer(plain):
        # A newline parts words, whatever sign stood before it.
        kept[match.start() : match.end()] = ["\n" if c == "\n" else "" for c in match[0]]
    for mark in marks:
        put(kept, plain, mark, STAND_INS.get(mark.kind))
    return kept


def put(kept: list[str], plain: str, mark: Mark, words: str | None) -> None:
    """Put words in the place of a mark; with None its own stay, without brackets and braces."""
    first = plain.rfind("]{", mark.start, mark.end) if words is None else mark.start
    kept[first : mark.end] = [""] * (mark.end - first)
    kept[mark.start] = words or ""


def blocks_of(plain: str) -> list[tuple[int, int]]:
    """Where each paragraph, point, footnote, heading and row begins and ends."""
    blocks: list[tuple[int, int]] = []
    at, joined = 0, False
    for line in plain.splitlines(keepends=True):
        alone = HEADING.match(line) is not None or DIV.match(line) is not None
        if line.strip():
            if joined and not NEW_BLOCK.match(line):
                blocks[-1] = (blocks[-1][0], at + len(line))
            else:
                blocks.append((at, at + len(line)))
        joined = bool(line.strip()) and not alone
        at += len(line)
    return blocks


def sentence_bounds(whole: str) -> list[tuple[int, int]]:
    """Where each sentence of a block begins and ends, without the space around it."""
    cuts = [f for f in SENTENCE_END.finditer(whole) if not SHORTENED.search(whole[: f.start()])]
    ends = [*(f.start() for f in cuts), len(whole)]
    starts = [0, *(f.end() for f in cuts)]
    bounds = []
    for start, end in zip(starts, ends, strict=True):
        words = whole[start:end]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            bounds.append((start + lead, start + len(words.rstrip())))
    return bounds
