"""What both engines read: one JSON file with every text, link and fragment of the filter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.escape import esc, typst_text
from kunnskapsgrunnlag.base.nb_numbers import unbroken
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.book.chapters import Book, mark_key
from kunnskapsgrunnlag.book.claim_results import (
    ESTIMATES,
    FITTED,
    STATISTICS,
    ClaimResult,
    ClaimResults,
    WordResult,
)
from kunnskapsgrunnlag.book.lint_markup import FONT, glyphs, lacks
from kunnskapsgrunnlag.book.marks import Mark, in_reading_order
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.drawn import read_drawn
from kunnskapsgrunnlag.publish import fragments
from kunnskapsgrunnlag.publish.downloads.write import Download, Downloads, read_downloads
from kunnskapsgrunnlag.publish.lists.generated_lists import generated
from kunnskapsgrunnlag.publish.lists.pandoc_ast import document
from kunnskapsgrunnlag.publish.profiles.areas import MAP
from kunnskapsgrunnlag.publish.sparkline import sparkline
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.tables import grid

# Stands in fragments for the way from a page up to the site's root.
UP = "@UP@"
# Basis -> sign, class, what it says to those who point at it or hear it, the sign of the PDF.
QUIET = {
    STATISTICS: ("✓", "kg-holder", "Sammenlignet", ""),
    ESTIMATES: ("≈", "kg-holder kg-pa-anslag", "Bygger på anslag", "#kg-bygger-pa-anslag"),
}
# What the signs say on a page in English; what was compared is told in Norwegian.
IN_ENGLISH = {
    STATISTICS: "Compared with statistics (details in Norwegian)",
    ESTIMATES: "Rests on estimates (details in Norwegian)",
}
# The longest reason that a mark says, in characters.
LONGEST = 160
# A reason in which numbers stand side by side. Without, it needs what they are numbers of.
SIDE_BY_SIDE = re.compile(r" [<>=≈] |; ")


@lru_cache(maxsize=1)
def prepare(report: Report) -> Book:
    """Check the chapters and write `build/render/data.json` and the fragments in it.

    Raises:
        KgError: All mistakes of the chapters, with file and line.
    """
    book = report.checked_book
    downloads = read_downloads(report.project.downloads)
    levels = {key: level for text in book.texts for key, level in text.items().items()}
    data = {
        "tall": _by_place(book, "tall", mark_key, lambda mark: _number(book, mark)),
        "aar": _by_place(book, "aar", lambda mark: mark.words, book.year),
        "ord": {name: _word(name, word) for name, word in report.claims.words.items()},
        "pastand": _by_place(
            book, "pastand", lambda mark: mark.claim_name, lambda mark: _claim(report, mark)
        ),
        # Expression -> the name that its claim or word has.
        "navn": {claim.expression: name for name, claim in report.claims.claims.items()}
        | {word.expression: name for name, word in report.claims.words.items()},
        "ref": _by_place(book, "ref", lambda mark: mark.words, lambda mark: _reference(book, mark)),
        # Translated paragraphs whose originals are not as they were: what they name.
        "foreldet": {stale.fra: True for stale in book.translations.stale},
        "item": {
            key: _item(report, key, item, downloads, levels.get(key, 2))
            for key, item in report.catalog.numbered.items()
        },
        "utdrag": {
            key: fragments.excerpt_html(
                key,
                report.catalog.items[key],
                report.results[key],
                read_drawn(report.project.item(key), key),
                finding_html(book, report.claims, key),
                UP,
            )
            for key in dict.fromkeys(m.attributes.pairs["key"] for m in _marks(book, "utdrag"))
        },
        "profilkart": {
            key: (report.project.profiles / key / MAP).read_text(encoding="utf-8")
            for key in dict.fromkeys(m.attributes.pairs["niva"] for m in _marks(book, "profilkart"))
        },
        "linje": {
            series: sparkline(book.series(series), report.catalog.items[series.partition("/")[0]])
            for series in dict.fromkeys(m.attributes.pairs["linje"] for m in _marks(book, "rute"))
        },
        "generert": {name: document(blocks) for name, blocks in generated(report).items()},
        "sider": {c.file: str(c.number or "") for c in report.catalog.chapters.values()},
        "engelske": {c.file: True for c in report.catalog.chapters.values() if c.language == "en"},
    }
    report.project.render.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
    (report.project.render / "data.json").write_bytes(text.encode("utf-8"))
    return book


def _marks(book: Book, kind: str) -> Iterator[Mark]:
    return (mark for text in book.texts for mark in text.marks if mark.kind == kind)


def _by_place(
    book: Book, kind: str, key: Callable[[Mark], str], shows: Callable[[Mark], object]
) -> dict[str, list[dict[str, object]]]:
    """What the marks of a kind show, in the order of the book; just once where all are alike.

    The same mark may show another year in another sentence: the filter counts.
    """
    by_key: dict[str, list[dict[str, object]]] = {}
    for text in book.texts:
        for mark in in_reading_order(text):
            if mark.kind == kind:
                entry = {"side": text.file, "viser": shows(mark)}
                by_key.setdefault(key(mark), []).append(entry)
    return {
        key: entries if any(e["viser"] != entries[0]["viser"] for e in entries) else entries[:1]
        for key, entries in by_key.items()
    }


def _number(book: Book, mark: Mark) -> dict[str, str | bool]:
    value = book.years.value(mark)
    return {
        "tekst": book.number(mark),
        "lenke": fragments.trace_link(value.address, UP) if value else "",
        "anslag": value is not None and value.is_estimate,
        "merke": "Estimate" if book.is_english(mark) else "Anslag",
    }


def _reference(book: Book, mark: Mark) -> dict[str, str]:
    words = book.reference(mark.words, is_english=book.is_english(mark))
    return dict(zip(("tekst", "side", "id"), words, strict=True))


def _claim(report: Report, mark: Mark) -> dict[str, str]:
    claim = report.claims.claims[mark.claim_name]
    return claim_mark(mark.claim_name, claim, is_english=report.book.is_english(mark))


def _word(name: str, word: WordResult) -> dict[str, str]:
    """A word that the data chose, and where that is told."""
    return {"tekst": word.text, "lenke": f"{UP}{fragments.CLAIMS_PAGE}#ord-{name}"}


def claim_mark(name: str, claim: ClaimResult, *, is_english: bool = False) -> dict[str, str]:
    """What stands after words that claim something: loud where it does not hold, else quiet.

    A claim that estimates were made to fulfil was not tested, and has no mark.
    """
    link = esc(f"{UP}{fragments.CLAIMS_PAGE}#pastand-{name}")
    if claim.holds:
        if claim.basis == FITTED:
            return {"html": "", "typst": ""}
        sign, classes, says, typst = QUIET[claim.basis]
        label = esc(IN_ENGLISH[claim.basis] if is_english else f"{says}: {_compared(claim)}")
        attributes = f'class="{classes}" href="{link}" title="{label}" aria-label="{label}"'
        return {"html": f"<a {attributes}>{sign}</a>", "typst": typst}
    words = "[This no longer holds]" if is_english else f"[Påstanden holder ikke: {claim.because}]"
    return {
        "html": f' <a class="kg-usann" href="{link}"><strong>{esc(words)}</strong></a>',
        "typst": f" #kg-usann({typst_text(words)})",
    }


def _compared(claim: ClaimResult) -> str:
    """What was compared, in a line or two: the page of claims has the whole of it."""
    words = claim.because
    if len(words) > LONGEST:
        words = f"{words[:LONGEST].rpartition(';')[0] or words[:LONGEST]}; …"
    return words if SIDE_BY_SIDE.search(words) else f"{claim.words} {words}"


def _item(report: Report, key: str, item: Item, downloads: Downloads, level: int) -> dict[str, str]:
    path = report.project.item(key) / f"{key}.svg"
    if not path.is_file():
        raise KgError(f"{key}: tegningen {path.name} mangler. Kjør kg build.")
    result, notes = report.results[key], report.notes[key]
    table = grid(item, result.values)
    image = f"/{path.relative_to(report.project.root).as_posix()}"
    drawn = read_drawn(path.parent, key)
    drawing = Download(f"items/{key}/{path.name}", path.stat().st_size)
    files = [(file.path, file.words) for file in (*downloads[key], drawing)]
    typst = fragments.typst_item(key, item, result, table, notes, image)
    if lacking := sorted({*typst} - glyphs(report.project.root / FONT) - {"\n"}):
        raise KgError(f"params.yaml: items.{key}: {lacks(lacking[0])}")
    return {
        "funn": finding_html(report.checked_book, report.claims, key),
        "html": unbroken(
            fragments.html_item(key, item, result, table, drawn, notes, files, UP, level)
        ),
        "typst": typst,
    }


def finding_html(book: Book, results: ClaimResults, key: str) -> str:
    """An item's finding where no chapter is around it, loud where the numbers say otherwise."""
    names = [mark.claim_name for mark in book.findings[key].marks]
    claims = [(name, results.claims[name]) for name in names if name in results.claims]
    false = [claim_mark(name, claim)["html"] for name, claim in claims if not claim.holds]
    return esc(book.finding(key)) + "".join(false)


def data_path(project: Project) -> Path:
    """The file that the Lua filter reads."""
    return project.render / "data.json"
