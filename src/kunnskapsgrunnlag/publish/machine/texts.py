"""The report as plain text, and `llms.txt`, which tells language models where things are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kunnskapsgrunnlag.book.marks import Text
from kunnskapsgrunnlag.book.reading import chapter_words, filled
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.fragments import item_page, sources_line
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.origins import origin_words

PLAIN, FOR_MODELS = "kunnskapsgrunnlag.txt", "llms.txt"
# What `chapter_words` puts in the place of an item and of a list that the project makes.
ITEM, LIST = re.compile(r"\[\0(.+)\]"), re.compile(r"\[laget: (.*)\]")


def plain_text(report: Report, tables: Mapping[str, str]) -> str:
    """All chapters with their numbers, in the signs of Markdown, and each item's table as CSV.

    Args:
        tables: Item -> its numbers as CSV.
    """
    edition, standing = report.catalog.edition, report.page_standing
    head = [f"{edition.title}: {edition.subtitle}", edition.owner, standing.label, standing.draft]
    parts = ["\n".join(filter(None, head))]
    for text in report.texts:
        parts += _chapter(report, text, tables)
    return "\n\n".join(parts) + "\n"


def _chapter(report: Report, text: Text, tables: Mapping[str, str]) -> Iterator[str]:
    catalog, shown = report.catalog, ""
    labels = {key: f"\0{key}" for key in catalog.items}
    for line in chapter_words(filled(text, report.book.says), labels).splitlines():
        if item := ITEM.fullmatch(line):
            # The front page shows drawings of items that stand elsewhere.
            shown = item[1] if catalog.items[item[1]].chapter == text.key else ""
        elif made := LIST.fullmatch(line):
            page = catalog.edition.url(catalog.chapters[text.key].html)
            if made[1]:
                yield f"[Listen står i nettutgaven: {page}]"
        elif shown:
            yield from _item(report, shown, line, tables[shown])
            shown = ""
        else:
            yield line.replace("\\ ", " ")


def _item(report: Report, key: str, finding: str, table: str) -> Iterator[str]:
    item, result = report.catalog.items[key], report.results[key]
    yield f"**{item.label}: {finding}**"
    yield f"{item.title}. {item.subtitle}. {report.catalog.edition.url(item_page(key))}"
    yield table.strip().removeprefix("\ufeff")
    sources = "; ".join(sources_line(result.sources))
    yield f"Kilde: {sources}. Opphav: {origin_words(item, result.values)}"
    if report.notes[key]:
        yield "\n".join(f"- {note.words}" for note in report.notes[key])


def for_models(report: Report, files: Mapping[str, str]) -> str:
    """The form is that of llmstxt.org.

    Args:
        files: Path in the site -> what lies there.
    """
    catalog, standing = report.catalog, report.page_standing
    edition = catalog.edition
    about = " ".join(f"{words}." for words in (edition.subtitle, standing.label) if words)
    notes = [
        "Rapporten er på norsk bokmål, med sammendrag på engelsk. Hvert tall har en fast adresse, "
        "og leder til cellene i kilden det kommer fra. Oppgi eieren av statistikken når du bruker "
        "et tall. Tall med opphavet «estimat» er anslag, ikke statistikk.",
        f"{standing.draft}." if standing.draft else "",
    ]
    sections = {
        "Data": [(path, words, "") for path, words in files.items()],
        "Kapitler": [
            (chapter.html, f"{chapter.number or ''} {chapter.title}".strip(), "")
            for chapter in catalog.chapters.values()
        ],
        "Figurer og tabeller": list(_items(catalog, report)),
    }
    parts = [f"# {edition.title}", f"> {about}", *filter(None, notes)]
    for title, links in sections.items():
        lines = [
            f"- [{words}]({edition.url(path)}){f': {more}' if more else ''}"
            for path, words, more in links
        ]
        parts += [f"## {title}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _items(catalog: Catalog, report: Report) -> Iterator[tuple[str, str, str]]:
    for key, item in catalog.numbered.items():
        yield item_page(key), f"{item.label}: {item.title}", report.book.finding(key)
