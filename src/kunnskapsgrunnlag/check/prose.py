"""The numbers of the running text: each is the store's, or was typed in the chapter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.marks import FOOTNOTE, Mark, Text, read_text, without_code
from kunnskapsgrunnlag.check.page import PageReader, SeenPart
from kunnskapsgrunnlag.check.words import DIGITS, squeezed
from kunnskapsgrunnlag.publish.fragments import trace_link

# What Markdown writes and a reader does not see.
UNSEEN = re.compile(
    r"<!--(?s:.*?)-->|\]\([^)\s]*\)|\[\^[^\]]+\]:?|\{#[^}]*\}|^\s*:::.*$|^\s*\d+[.)]\s", re.M
)
# Marks whose words are replaced, or counted on their own.
COUNTED = ("tall", "aar", "fast", "ord", "ref")
Key = tuple[str, str, str]


def check_prose(book: Book, pages: dict[str, PageReader]) -> list[str]:
    """Every mark of the chapters against the pages, and every typed digit of the pages back."""
    errors: list[str] = []
    for text in book.texts:
        name = book.catalog.chapters[text.key].html
        errors += _check_marks(book, text, name, pages[name])
        errors += _check_typed(text, name, pages[name], str(book.catalog.chapters[text.key].number))
    return errors


def _check_marks(book: Book, text: Text, name: str, page: PageReader) -> Iterator[str]:
    """What the marks of a chapter stand for is on its page, each as often, and nothing else."""
    up = "../" * name.count("/")
    wanted: dict[Key, list[Mark]] = {}
    for mark in [*text.marks, *(mark for _, marks in _repeated(text) for mark in marks)]:
        if key := _wanted(book, mark, up):
            wanted.setdefault(key, []).append(mark)
    seen: dict[Key, list[int]] = {}
    for block in page.blocks:
        for kind, words, href, line in _joined(block.parts):
            if kind in ("tall", "aar", "fast"):
                seen.setdefault((kind, squeezed(words), href), []).append(line)
    lacking = [
        (key, mark) for key, marks in wanted.items() for mark in marks[len(seen.get(key, [])) :]
    ]
    extra = [
        (key, line) for key, lines in seen.items() for line in lines[len(wanted.get(key, [])) :]
    ]
    for want, mark in lacking:
        at = next((n for n, (key, _) in enumerate(extra) if _alike(key, want)), None)
        ending = "fant ingenting"
        if at is not None:
            (_, words, href), line = extra.pop(at)
            ending = f"fant «{words}»{_linked(href)} (linje {line})"
        yield (
            f"{name}: {mark.file}:{mark.line}: [{mark.words}]{{.{mark.kind}}}: ventet «{want[1]}»"
            f"{_linked(want[2])}, {ending}."
        )
    for (kind, words, href), line in extra:
        yield (
            f"{name}, linje {line}: «{words}»{_linked(href)} er merket .{kind}, men ingen merker "
            "i kapitlet gir det."
        )


def _linked(href: str) -> str:
    return f" med lenken «{href}»" if href else ""


def _alike(actual: Key, wanted: Key) -> bool:
    """The same place gone wrong: the link holds but not the number, or the other way round."""
    return actual[0] == wanted[0] and (actual[2] == wanted[2] or actual[1] == wanted[1])


def _wanted(book: Book, mark: Mark, up: str) -> Key | None:
    if mark.kind == "tall":
        value = book.years.value(mark)
        link = trace_link(value.address, up) if value else ""
        return "tall", squeezed(book.number(mark)), link
    if mark.kind == "aar":
        return "aar", squeezed(book.year(mark)), ""
    return ("fast", squeezed(_plain(mark.words)), "") if mark.kind == "fast" else None


def _plain(words: str) -> str:
    """What a reader sees of a little Markdown."""
    return re.sub(r"\]\([^)\s]*\)|[*_\[\]\\]", "", words)


def _joined(parts: list[SeenPart]) -> Iterator[tuple[str, str, str, int]]:
    """Neighbouring parts of one mark are one piece."""
    for (kind, href, _), group in groupby(parts, key=attrgetter("kind", "href", "mark")):
        piece = list(group)
        yield kind, "".join(part.text for part in piece), href, piece[0].line


def _check_typed(text: Text, name: str, page: PageReader, number: str) -> Iterator[str]:
    """Digits outside marks stand in the chapter too, as often: `kg lint` judges them there."""
    typed = Counter(DIGITS.findall(typed_words(text)))
    for note, _ in _repeated(text):
        typed.update(DIGITS.findall(typed_words(read_text(text.key, text.file, note))))
    lines: dict[str, list[int]] = {}
    for block in page.blocks:
        # Quarto writes the chapter's number into its heading as plain words.
        skip = len(number) if block.tag == "h1" and block.text.lstrip().startswith(number) else 0
        for part in block.parts:
            if part.kind:
                continue
            words = part.text.lstrip()[skip:] if skip else part.text
            skip = 0
            for digits in DIGITS.findall(words):
                lines.setdefault(digits, []).append(part.line)
    for digits, places in lines.items():
        if len(places) > typed[digits]:
            where = ", ".join(str(line) for line in places)
            yield (
                f"{name}: tallet «{digits}» står {len(places)} ganger utenfor merkene (linje "
                f"{where}), og {typed[digits]} ganger i {text.file}. Det er ikke fra verdilageret: "
                'skriv [adressen]{.tall}, eller [ordene]{.fast grunn="…"}.'
            )
    for digits, times in typed.items():
        if times > len(lines.get(digits, [])):
            yield (
                f"{name}: tallet «{digits}» står {times} ganger i {text.file} utenfor merkene, "
                f"men {len(lines.get(digits, []))} ganger på siden."
            )


def _repeated(text: Text) -> Iterator[tuple[str, list[Mark]]]:
    """A footnote that is referred to from several places stands on the page once for each."""
    plain = without_code(text.content)
    for note in FOOTNOTE.finditer(plain):
        marks = [mark for mark in text.marks if note.start() <= mark.start < note.end()]
        references = re.findall(rf"\[\^{re.escape(note[1])}\](?!:)", plain)
        yield from [(note[0], marks)] * (len(references) - 1)


def typed_words(text: Text) -> str:
    """A chapter's words as they were typed: without marks, notes' names, targets of links."""
    plain = without_code(text.content)
    kept, at = [], 0
    marks = [m for m in text.marks if m.end]
    for mark in sorted(marks, key=lambda m: m.start):
        if mark.kind in COUNTED and mark.start >= at:
            kept.append(plain[at : mark.start])
            at = mark.end
        elif mark.kind not in COUNTED:
            braces = plain.rindex("{", mark.start, mark.end)
            plain = plain[:braces] + " " * (mark.end - braces) + plain[mark.end :]
    kept.append(plain[at:])
    return UNSEEN.sub(" ", "".join(kept))
