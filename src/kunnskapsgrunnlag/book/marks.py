"""The chapters as text: headings, marks, links and images, each with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.language import normalised

DIV = re.compile(r"^\s*:::+\s*\{([^{}]*)\}\s*$")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)(?:\s*\{#([^\s}]+)[^}]*\})?\s*$")
LINK = re.compile(r"\]\(#([^)\s]+)\)")
IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)[^)]*\)")
FENCE = re.compile(r"^\s*(```|~~~)")
# A definition, with its paragraph.
FOOTNOTE = re.compile(r"^\[\^([^\]\n]+)\]:(?:.|\n(?!\s*\n|\[\^))*", re.M)
# A bracket that is written as itself, an opening and a closing one, and braces right behind it.
BRACKET = re.compile(r"\\.|\[|\](?:\{([^{}]*)\})?", re.DOTALL)


@dataclass(frozen=True)
class Attributes:
    """What stands in the braces after a span or a div: class, id and key="value" pairs."""

    classes: tuple[str, ...]
    id: str
    pairs: dict[str, str]
    # What is none of these, such as a value between other quotation marks.
    unread: str = ""


@dataclass(frozen=True)
class Mark:
    """A span or div of ours: where it stands and what it says.

    Attributes:
        words: What a span holds, other marks in it as they are written.
        start, end: Where a span stands in the chapter without code; both 0 for a div.
    """

    file: str
    line: int
    words: str
    attributes: Attributes
    start: int = 0
    end: int = 0

    @property
    def kind(self) -> str:
        """Its class: tall, aar, ord, ref, fast, ikke-data, pastand, item or generert."""
        return self.attributes.classes[0] if self.attributes.classes else ""

    @property
    def expression(self) -> str:
        """What a claim tests, or what chooses a word, as it is written."""
        pairs = self.attributes.pairs
        return normalised(pairs.get("sjekk", "") or pairs.get("velg", ""))

    @property
    def claim_name(self) -> str:
        """What a claim or word is known by: the same expression is the same claim everywhere."""
        return self.attributes.pairs.get("kode") or claim_name(self.expression)


@dataclass(frozen=True)
class Heading:
    """A heading: level, words, id and where it stands."""

    level: int
    words: str
    id: str
    file: str
    line: int

    @property
    def number(self) -> str:
        """`5.1.1` from the id `kap-5-1-1`; empty for headings without a number."""
        return heading_number(self.id)


@dataclass
class Text:
    """One chapter: its lines, headings and marks."""

    key: str
    file: str
    content: str
    language: str = "nb"
    headings: list[Heading] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    images: list[tuple[int, str]] = field(default_factory=list)

    def outline(self) -> Iterator[tuple[int, Heading | Mark]]:
        """Headings, items and lists in the order of the page, each with its level.

        What an item and a list have as headings is one level below the heading above them.
        """
        marks = [mark for mark in self.marks if mark.kind in ("item", "generert")]
        level = 1
        entries: list[Heading | Mark] = [*self.headings, *marks]
        for entry in sorted(entries, key=lambda entry: entry.line):
            if isinstance(entry, Heading):
                level = entry.level
                yield level, entry
            else:
                yield level + 1, entry

    def items(self) -> dict[str, int]:
        """The keys of its items in the order of the page, each with the level of its heading."""
        return {
            entry.attributes.pairs["key"]: level
            for level, entry in self.outline()
            if isinstance(entry, Mark) and entry.kind == "item"
        }


def claim_name(expression: str) -> str:
    """A short name for an expression, which changes when the expression does."""
    return sha256(normalised(expression).encode())[:8]


def heading_number(identifier: str) -> str:
    """The number that an id carries: `kap-5-1-1` -> `5.1.1`, `kapittel-5` -> `5`."""
    match = re.fullmatch(r"kap(?:ittel)?((?:-\d+)+)", identifier)
    return match[1].strip("-").replace("-", ".") if match else ""


def parse_attributes(text: str) -> Attributes:
    """Read `.tall vis="mill"` or `#id .class key="value"`."""
    pairs = dict(re.findall(r'([\w-]+)="([^"]*)"', text))
    rest = re.sub(r'[\w-]+="[^"]*"', " ", text).split()
    classes = tuple(word[1:] for word in rest if word.startswith("."))
    ids = [word[1:] for word in rest if word.startswith("#")]
    unread = " ".join(word for word in rest if word[0] not in ".#")
    return Attributes(classes, ids[0] if ids else "", pairs, unread)


def read_text(key: str, file: str, content: str, language: str = "nb") -> Text:
    """Find headings, marks, links and images of a chapter; code blocks are left alone."""
    text = Text(key, file, content, language)
    plain = without_code(content)
    for number, line in enumerate(plain.splitlines(), 1):
        if heading := HEADING.match(line):
            text.headings.append(
                Heading(len(heading[1]), heading[2], heading[3] or "", file, number)
            )
        elif div := DIV.match(line):
            text.marks.append(Mark(file, number, "", parse_attributes(div[1])))
        text.links += [(number, target) for target in LINK.findall(line)]
        text.images += [(number, target) for target in IMAGE.findall(line)]
    # A span may go on over a line's end, so it is looked for in the whole text.
    for start, end, words, braces in spans(plain):
        number = plain.count("\n", 0, start) + 1
        attributes = parse_attributes(braces)
        text.marks.append(Mark(file, number, " ".join(words.split()), attributes, start, end))
    return text


def spans(plain: str) -> Iterator[tuple[int, int, str, str]]:
    """Every `[words]{braces}` of a text, inner ones before those around them.

    Yields:
        Start, end, what stands in the brackets and what stands in the braces.
    """
    open_at: list[int] = []
    for bracket in BRACKET.finditer(plain):
        if bracket[0] == "[":
            open_at.append(bracket.start())
        elif bracket[0].startswith("]") and open_at:
            start = open_at.pop()
            if bracket[1] is not None:
                yield start, bracket.end(), plain[start + 1 : bracket.start()], bracket[1]


def unread_braces(text: Text) -> list[tuple[int, int]]:
    """Line and column of each `]{.` that is no mark: braces in braces, or braces left open.

    Pandoc prints such braces as text, without a word.
    """
    plain = without_code(text.content)
    ends = {mark.start: mark.end for mark in text.marks if mark.end}
    read = {plain.rfind("]{", start, end) for start, end in ends.items()}
    return [
        (plain.count("\n", 0, at) + 1, at - plain.rfind("\n", 0, at))
        for at in (match.start() for match in re.finditer(r"\]\{\.", plain))
        if at not in read
    ]


def check_read(mark: Mark) -> None:
    """Everything in the braces must be a class, an id or name="value".

    Raises:
        KgError: If there is more.
    """
    if mark.attributes.unread:
        raise KgError(
            f'klammene har «{mark.attributes.unread}», som ikke blir lest. Skriv navn="verdi" med '
            "rette anførselstegn, uten mellomrom ved =."
        )


def in_reading_order(text: Text) -> list[Mark]:
    """The marks as Pandoc meets them: those of a footnote where the text refers to it."""
    plain = without_code(text.content)
    notes = [
        (note.start(), note.end(), at.start())
        for note in FOOTNOTE.finditer(plain)
        if (at := re.search(rf"\[\^{re.escape(note[1])}\](?!:)", plain))
    ]

    def place(mark: Mark) -> tuple[int, int]:
        at = next((ref for start, end, ref in notes if start <= mark.start < end), mark.start)
        return at, mark.start

    return sorted(text.marks, key=place)


def without_code(content: str) -> str:
    """The text with its code blocks blanked out, line for line."""
    lines, fenced = [], False
    for line in content.splitlines():
        fence = FENCE.match(line) is not None
        lines.append("" if fenced or fence else line)
        fenced = fenced != fence
    return "\n".join(lines)


def read_chapters(root: Path, catalog: Catalog) -> list[Text]:
    """All chapters of the catalogue, in the book's order.

    Raises:
        KgError: If a file is missing.
    """
    texts = []
    for key, chapter in catalog.chapters.items():
        path = root / chapter.file
        if not path.is_file():
            raise KgError(f"params.yaml: chapters.{key}: {chapter.file} finnes ikke. Skriv den.")
        texts.append(read_text(key, chapter.file, read_written(path), chapter.language))
    return texts
