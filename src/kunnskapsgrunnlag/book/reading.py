"""A chapter's words as its readers get them, from the Markdown that its authors write.

Where lines break, what comments say, how footnotes are named and why a number was typed is for
authors; none of that is part of the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kunnskapsgrunnlag.book.lint_words import STAND_INS
from kunnskapsgrunnlag.book.marks import (
    DIV,
    HEADING,
    Mark,
    Text,
    heading_number,
    parse_attributes,
    without_code,
)
from kunnskapsgrunnlag.book.prose import Prose, put

Say = Callable[[Mark], str]
# A comment on lines of its own goes with its line's end: Pandoc reads on across it.
COMMENT = re.compile(r"^[ \t]*<!--(?s:.*?)-->[ \t]*\n|<!--(?s:.*?)-->", re.MULTILINE)
# Two spaces at a line's end break the line for readers, as a backslash does.
HARD_BREAK = re.compile(r"(?<=\S) {2,}\n(?=\S)")
LIST = re.compile(r"(\s*)(?:([-*+])|(\d{1,2}[.)]))\s+(.*)")
DEFINITION = re.compile(r"\[\^([^\]]+)\]:\s*(.*)")
FOOTNOTE = re.compile(r"\[\^([^\]]+)\]")
ALONE = re.compile(r"\s*(?:\||:::|>)")
STRONG = re.compile(r"(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)")
EMPHASIS = re.compile(r"(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])")


def on_one_line(words: str) -> str:
    """Words with one plain space between them; spaces that do not break look the same."""
    return " ".join(words.split())


def filled(text: Text, say: Say) -> list[str]:
    """A chapter character for character (code left out), marks and comments replaced in place."""
    plain = without_code(text.content)
    kept = list(plain)
    comments = [match.span() for match in COMMENT.finditer(plain)]
    for mark in text.marks:
        if not mark.end or any(start <= mark.start < end for start, end in comments):
            continue
        put(kept, plain, mark, say(mark) if mark.kind in STAND_INS else None)
    for start, end in comments:
        kept[start:end] = [""] * (end - start)
    return kept


@dataclass(frozen=True)
class Quote:
    """The sentence that a mark stands in, as readers get it: what is before it, in it and after."""

    before: str
    words: str
    after: str


def quotes(text: Text, kept: list[str], *kinds: str) -> Iterator[tuple[Mark, Quote]]:
    """The marks of these kinds in a chapter, in order, each with its sentence.

    Args:
        kept: What `filled` gives.
    """
    prose = Prose(text)
    for mark in sorted(prose.marks, key=lambda mark: mark.start):
        if mark.kind in kinds:
            own = [s for s in prose.sentences if s.start < mark.end and s.end >= mark.start]
            places = [at for sentence in own for at in sentence.at]
            yield (
                mark,
                Quote(
                    _joined(kept[at] for at in places if at < mark.start),
                    _joined(kept[at] for at in places if mark.start <= at < mark.end),
                    _joined(kept[at] for at in places if at >= mark.end),
                ),
            )


def _joined(characters: Iterable[str]) -> str:
    """Words with one space between them, where no space must stay as it is."""
    return re.sub(r"[ \t\n]+", " ", "".join(characters))


def sentence_of(mark: Mark, kept: list[str]) -> str:
    """The words of a span, as readers get them; footnotes are the chapter's."""
    return on_one_line(FOOTNOTE.sub("", "".join(kept[mark.start : mark.end])))


def code_of(content: str) -> str:
    """The blocks of code of a chapter, which are printed as they are written."""
    pairs = zip(content.splitlines(), without_code(content).splitlines(), strict=False)
    return "\n".join(line for line, plain in pairs if line != plain)


def chapter_words(kept: list[str], labels: Mapping[str, str]) -> str:
    """The words of a chapter: one line for each paragraph, point, heading and row.

    Args:
        kept: What `filled` gives.
        labels: Item -> `Figur 27`. An item is approved by itself and counts by its label.
    """
    blocks = [_inline(block) for block in _blocks("".join(kept), labels)]
    return "\n".join(_numbered([block for block in blocks if block.strip()]))


def _blocks(words: str, labels: Mapping[str, str]) -> list[str]:
    blocks: list[str] = []
    joins, in_list = False, False
    for line in HARD_BREAK.sub(r"\\\n", words).splitlines():
        point = LIST.match(line)
        # As in Pandoc, a sign within a paragraph is no point: a list begins after an empty line.
        new = not joins or (point and in_list) or _is_alone(line)
        if not line.strip():
            joins = False
        elif new:
            in_list = point is not None
            blocks.append(_first(line, labels))
            joins = HEADING.match(line) is None and DIV.match(line) is None
        else:
            blocks[-1] += f" {line}"
    return blocks


def _is_alone(line: str) -> bool:
    return any(pattern.match(line) for pattern in (HEADING, DEFINITION, ALONE))


def _first(line: str, labels: Mapping[str, str]) -> str:
    """The first line of a block in one way of writing."""
    if match := HEADING.match(line):
        return " ".join(filter(None, [match[1], heading_number(match[3] or ""), match[2]]))
    if match := DIV.match(line):
        pairs = parse_attributes(match[1]).pairs
        key = pairs.get("key", "")
        return f"[{labels.get(key, key) or 'laget: ' + pairs.get('navn', '')}]"
    if line.strip().startswith(":::"):
        return ""
    if match := LIST.match(line):
        return f"{match[1]}{match[3] or '-'} {match[4]}"
    return line


def _inline(block: str) -> str:
    indent = block[: len(block) - len(block.lstrip())]
    return indent + EMPHASIS.sub(r"*\1*", STRONG.sub(r"**\1**", on_one_line(block)))


def _numbered(blocks: list[str]) -> list[str]:
    """Footnotes by the number that readers see, at the end; one that nothing leads to is unseen."""
    notes = {note[1]: note[2] for block in blocks if (note := DEFINITION.match(block))}
    body = [block for block in blocks if not DEFINITION.match(block)]
    order: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        return f"[^{order.setdefault(match[1], len(order) + 1)}]"

    lines = [FOOTNOTE.sub(number, block) for block in body]
    for name in order:
        lines.append(f"[^{order[name]}]: {notes.get(name, '')}")
    return lines
