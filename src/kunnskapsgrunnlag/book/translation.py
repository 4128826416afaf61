"""A translated chapter: its paragraphs name those that they follow, and show only what they show.

`[…]{.oversatt fra="sammendrag 3f2a9c1d"}` follows the paragraph of that chapter whose words, as
they are written, have this hash; several are parted by a comma. When the paragraph is written anew,
none has the hash any longer, and the translation is out of date. A new number is no new word: both
read it from the same address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.book.marks import Mark, Text, without_code
from kunnskapsgrunnlag.book.prose import Prose, blocks_of
from kunnskapsgrunnlag.book.reading import COMMENT
from kunnskapsgrunnlag.store.values import Store

MARK = "oversatt"
FORM = re.compile(r"([a-zæøå0-9-]+)(?: ([0-9a-f]{8}))?")
# What a translation may show and claim where its original does, and nowhere else.
SHOWN = ("tall", "aar", "pastand", "ord")
ESTIMATE = re.compile(r"\bestimat", re.IGNORECASE)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, point or heading of a chapter as it is written.

    Attributes:
        start, end: Where it stands in the chapter without code.
        name: Its hash, by which translations know it.
    """

    file: str
    line: int
    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Stale:
    """A paragraph of a translation whose original is not as it was.

    Attributes:
        fra: What it names, as it is written.
        now: The paragraph that it most likely follows; None where nothing is like it.
    """

    file: str
    line: int
    fra: str
    now: Paragraph | None

    def __str__(self) -> str:
        if self.now is None:
            return (
                f"{self.file}:{self.line}: avsnittet som dette oversetter, er endret eller borte "
                f"(«{self.fra}»). Finn det i kapitlet, og rett oversettelsen, eller ta den bort."
            )
        return (
            f"{self.file}:{self.line}: avsnittet som dette oversetter, er endret "
            f"({self.now.file}:{self.now.line}). Rett oversettelsen, og skriv {self.now.name} i "
            f'fra="{self.fra}".'
        )


def paragraphs(text: Text) -> list[Paragraph]:
    """All paragraphs of a chapter, in their order."""
    plain = without_code(text.content)
    return [
        Paragraph(
            text.file,
            plain.count("\n", 0, start) + 1,
            start,
            end,
            sha256(" ".join(COMMENT.sub("", plain[start:end]).split()).encode("utf-8"))[:8],
        )
        for start, end in blocks_of(plain)
    ]


class Translations:
    """The translated chapters held against those that they follow.

    Attributes:
        stale: The paragraphs whose originals are not as they were.
        errors: What translations show that their originals do not, with file and line.
    """

    def __init__(self, texts: Sequence[Text], store: Store) -> None:
        self._store = store
        self.stale: list[Stale] = []
        self.errors: list[str] = []
        originals = {text.key: text for text in texts if text.language == "nb"}
        self._known = {key: paragraphs(text) for key, text in originals.items()}
        self._marks = {text.key: text.marks for text in originals.values()}
        self._prose = {key: Prose(text) for key, text in originals.items()}
        translated = [text for text in texts if text.language != "nb"]
        self._followed = {
            name
            for text in translated
            for mark in text.marks
            if mark.kind == MARK
            for _, name in FORM.findall(mark.attributes.pairs.get("fra", ""))
        }
        for text in translated:
            self._read(text)

    def _read(self, text: Text) -> None:
        prose = Prose(text)
        own = [mark for mark in text.marks if mark.kind == MARK]
        for mark in own:
            self.errors += [
                f"{text.file}:{mark.line}: {why}" for why in self._follow(text, mark, prose)
            ]
        for sentence in prose.sentences:
            inside = any(mark.start <= sentence.start < mark.end for mark in own)
            shows = re.search(r"\d", sentence.text) or prose.within(sentence, *SHOWN)
            if shows and not inside and not sentence.is_heading:
                self.errors.append(
                    f"{text.file}:{prose.line(sentence.start)}: setningen har tall, men sier ikke "
                    'hva den oversetter. Sett avsnittet i [ ]{.oversatt fra="sammendrag"}.'
                )

    def _follow(self, text: Text, mark: Mark, prose: Prose) -> Iterator[str]:
        """What is wrong in a translated paragraph; one that is out of date is put aside."""
        fra = mark.attributes.pairs.get("fra", "")
        found: list[tuple[str, Paragraph]] = []
        for part in fra.split(","):
            match = FORM.fullmatch(part.strip())
            if not match or match[1] not in self._known:
                yield f'fra="{fra}": skriv kapitlet det er oversatt fra, som «sammendrag».'
                return
            same = [p for p in self._known[match[1]] if p.name == match[2]]
            if not same:
                near = self._nearest(match[1], [m for m in text.marks if _inside(m, mark)])
                self.stale.append(Stale(text.file, mark.line, fra, near))
                return
            found.append((match[1], same[0]))
        yield from self._compare(text, mark, prose, found)

    def _nearest(self, key: str, marks: Sequence[Mark]) -> Paragraph | None:
        """The paragraph that no translation follows and that shares most with these marks."""
        wanted = {_what(mark) for mark in marks} - {("", "")}

        def shared(paragraph: Paragraph) -> int:
            return len(wanted & {_what(m) for m in self._marks[key] if _within(m, paragraph)})

        free = [p for p in self._known[key] if p.name not in self._followed]
        best = max(free, key=shared, default=None)
        return best if best and shared(best) else None

    def _compare(
        self, text: Text, mark: Mark, prose: Prose, found: Sequence[tuple[str, Paragraph]]
    ) -> Iterator[str]:
        """Numbers, years, claims and chosen words are those of the original, and so are digits."""
        shown = {_what(m) for key, p in found for m in self._marks[key] if _within(m, p)}
        own = [m for m in text.marks if _inside(m, mark)]
        for inner in own:
            if inner.kind in SHOWN and _what(inner) not in shown:
                yield f"«{inner.expression or inner.words}» står ikke i avsnittet som er oversatt."
        typed = _digits(prose, mark.start, mark.end)
        known = {d for key, p in found for d in _digits(self._prose[key], p.start, p.end)}
        for digits in sorted(typed - known):
            yield f"tallet {digits} står ikke i avsnittet som er oversatt."
        values = [self._store.find(m.words) for m in own if m.kind == "tall"]
        words = prose_words(prose, mark.start, mark.end)
        if any(value and value.is_estimate for value in values) and not ESTIMATE.search(words):
            yield "et anslag må kalles «estimate» i avsnittet."


def prose_words(prose: Prose, start: int, end: int) -> str:
    """The words between two places of a chapter, marks as stand-ins."""
    return " ".join(s.text for s in prose.sentences if s.start < end and s.end >= start)


def _digits(prose: Prose, start: int, end: int) -> set[str]:
    return set(re.findall(r"\d+", prose_words(prose, start, end)))


def _inside(mark: Mark, outer: Mark) -> bool:
    return mark is not outer and outer.start <= mark.start and 0 < mark.end <= outer.end


def _within(mark: Mark, paragraph: Paragraph) -> bool:
    return paragraph.start <= mark.start and 0 < mark.end <= paragraph.end


def _what(mark: Mark) -> tuple[str, str]:
    """What a mark shows or tests; of a chosen word, by what it is chosen."""
    if mark.kind == "ord":
        return "ord", mark.expression.partition(",")[0].rstrip(")")
    if mark.kind == "pastand":
        return "pastand", mark.claim_name
    words = mark.words.strip().lower()
    return (mark.kind, words) if mark.kind in ("tall", "aar", "ref") else ("", "")
