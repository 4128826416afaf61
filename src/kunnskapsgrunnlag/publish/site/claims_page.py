"""The reviewers' page of claims: each sentence beside what is tested of it, and by what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kunnskapsgrunnlag.book.claim_results import (
    ESTIMATES,
    FITTED,
    STATISTICS,
    ClaimResult,
    WordResult,
)
from kunnskapsgrunnlag.book.marks import Mark
from kunnskapsgrunnlag.book.reading import Quote, filled, quotes
from kunnskapsgrunnlag.catalog.schema import Catalog, Chapter
from kunnskapsgrunnlag.claims.numbers import Years
from kunnskapsgrunnlag.publish.fragments import CLAIMS_PAGE
from kunnskapsgrunnlag.publish.lists.claim_list import STATES
from kunnskapsgrunnlag.publish.site.page_layout import Link, Page, Shell, TocEntry
from kunnskapsgrunnlag.store.tables import dim_label

FALSE, WORD = "usann", "ord"
# State -> what the page calls it where one chooses what to see.
KINDS = {
    STATISTICS: "Statistikk",
    ESTIMATES: "Anslag",
    FITTED: "Forutsetning",
    FALSE: "Holder ikke",
    WORD: "Ord som tallene velger",
}
VERDICTS = {
    STATISTICS: "✓ holder",
    ESTIMATES: "≈ holder etter anslagene",
    FITTED: "ikke prøvd: en forutsetning som anslagene er laget etter",
}


@dataclass(frozen=True)
class Place:
    """Where a claim or word stands, and the sentence around it."""

    at: str
    chapter: str
    link: str
    quote: Quote


@dataclass(frozen=True)
class Entry:
    """A claim or word of the text with all that a reviewer needs to judge its sentence."""

    id: str
    state: str
    result: ClaimResult | WordResult
    mark: Mark
    places: list[Place] = field(default_factory=list)
    numbers: Sequence[str] = ()

    @property
    def kind(self) -> str:
        return KINDS[self.state]

    @property
    def verdict(self) -> str:
        """Whether it holds, and by what; of a word, the word."""
        if isinstance(self.result, WordResult):
            return f"tallene velger «{self.result.text}»"
        return VERDICTS.get(self.state) or STATES[self.result.holds]

    @property
    def rows(self) -> dict[str, str]:
        """What is told of it besides, by heading."""
        result = self.result
        claim = result if isinstance(result, ClaimResult) else None
        rows = {
            "Dom": self.verdict,
            "Prøvd": result.words,
            "Tallene": claim.because if claim else _first(self.numbers),
            "Usann": claim.turns if claim else "",
            "År": _years(result.years),
            "Unntak": self.mark.attributes.pairs.get("unntak", ""),
        }
        return {head: words for head, words in rows.items() if words}

    @property
    def written(self) -> dict[str, str]:
        """How it is written in the chapter's file and in the code, by heading."""
        pairs = self.mark.attributes.pairs
        rows = {
            "Uttrykk": self.result.expression,
            "Gitt": pairs.get("gitt", ""),
            "Kode": f"{pairs['kode']} i claims/coded.py" if pairs.get("kode") else "",
            "Sted": ", ".join(place.at for place in self.places),
        }
        return {head: words for head, words in rows.items() if words}


def claims_page(shell: Shell) -> Page:
    """Every claim and word of the text, chapter by chapter, in the order of reading."""
    entries: dict[str, Entry] = {}
    chapters: dict[str, list[Entry]] = {}
    for key, mark, place in _places(shell):
        name = f"{mark.kind}-{mark.claim_name}"
        if name not in entries:
            entries[name] = _entry(shell, name, mark)
            chapters.setdefault(key, []).append(entries[name])
        entries[name].places.append(place)
    titles = {key: _title(shell.catalog.chapters[key]) for key in chapters}
    body = shell.render(
        "pastander.html",
        up="../" * CLAIMS_PAGE.count("/"),
        chapters=chapters,
        titles=titles,
    )
    toc = [TocEntry(2, "", f"{titles[key]} ({len(own)})", key) for key, own in chapters.items()]
    above = [c for key, c in shell.catalog.chapters.items() if key == "pastander"]
    trail = [Link(chapter.html, chapter.title) for chapter in above]
    return Page(CLAIMS_PAGE, "Alle påstander", body, toc, trail=trail)


def _places(shell: Shell) -> Iterator[tuple[str, Mark, Place]]:
    report = shell.report
    for text in report.texts:
        chapter = shell.catalog.chapters[text.key]
        for mark, quote in quotes(text, filled(text, report.book.says), "pastand", "ord"):
            if mark.kind == "pastand" and text.language != "nb":
                continue  # that of its original
            link = f"{chapter.html}#{mark.kind}-{mark.claim_name}-tekst"
            place = Place(f"{text.file}:{mark.line}", _title(chapter), link, quote)
            yield text.key, mark, place


def _entry(shell: Shell, name: str, mark: Mark) -> Entry:
    results = shell.report.claims
    if mark.kind == "ord":
        word = results.words[mark.claim_name]
        numbers = [_number(shell.catalog, address) for address in word.numbers]
        return Entry(name, WORD, word, mark, numbers=numbers)
    claim = results.claims[mark.claim_name]
    return Entry(name, claim.basis if claim.holds else FALSE, claim, mark)


def _title(chapter: Chapter) -> str:
    return f"{chapter.number} {chapter.title}" if chapter.number else chapter.title


def _years(years: Years) -> str:
    """The years that `siste` and `første` stand for now."""
    return ", ".join(
        f"{word} i {item.replace('-', ' ')} er {year}"
        for item, ends in years.items()
        for word, year in ends.items()
    )


def _number(catalog: Catalog, address: str) -> str:
    """What a number is of: `Statlig: mottakere i desember, 2016 (figur 27)`."""
    key, measure, *places = address.split("/")
    item = catalog.items[key]
    title = item.measures[measure].title
    words = [dim_label(item, dim, place) for dim, place in zip(item.dims, places, strict=True)]
    return f"{', '.join([title, *words])} ({item.label.lower()})"


def _first(numbers: Sequence[str]) -> str:
    """The numbers that chose a word; of many, the first."""
    more = f" … og {len(numbers) - 3} til" if len(numbers) > 3 else ""
    return f"{'; '.join(numbers[:3])}{more}"
