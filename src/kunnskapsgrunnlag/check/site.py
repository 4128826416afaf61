"""The site as a whole: links, nothing left unresolved, lists, trace pages, table of changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import zip_longest
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.check.page import PageReader
from kunnskapsgrunnlag.check.words import squeezed
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.reading import diff_of_build
from kunnskapsgrunnlag.publish.downloads.changes import as_csv, file_name
from kunnskapsgrunnlag.publish.downloads.write import WHOLE
from kunnskapsgrunnlag.publish.fragments import anchor_of
from kunnskapsgrunnlag.publish.lists.generated_lists import generated
from kunnskapsgrunnlag.publish.lists.pandoc_ast import page_words
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.bands import cell_words

# What a filter or an engine leaves behind when something was not resolved.
LEFTOVERS = re.compile(r"@UP@|\?@[\w-]+|\{\.(?:tall|ref|aar|item)\b|class=\"(?:tall|ref|aar)\"")


def check_links(site: Path, pages: Mapping[str, PageReader]) -> list[str]:
    """Every link inside the site leads to a file, and to an id of that page."""
    top = site.resolve()
    ids = {name: frozenset(page.ids) for name, page in pages.items()}

    @cache
    def target_of(folder: Path, link: str) -> str | None:
        path = (folder / link).resolve()
        return path.relative_to(top).as_posix() if path.exists() else None

    errors = []
    for name, page in pages.items():
        for link in dict.fromkeys(page.links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = target_of((top / name).parent, unquote(parts.path) or Path(name).name)
            if target is None:
                errors.append(f"{name}: lenken «{link}» fører ikke til noen fil.")
                continue
            anchor = unquote(parts.fragment)
            if anchor and target in pages and anchor not in ids[target]:
                errors.append(f"{name}: lenken «{link}» fører ingen steder på den siden.")
    return errors


def check_leftovers(catalog: Catalog, pages: Mapping[str, PageReader]) -> list[str]:
    """No mark of a chapter stands on its page as it was written."""
    return [
        f"{chapter.html}: «{match[0]}» er ikke satt inn."
        for chapter in catalog.chapters.values()
        if (match := LEFTOVERS.search(pages[chapter.html].raw))
    ]


def check_lists(report: Report, pages: Mapping[str, PageReader]) -> list[str]:
    """The lists that the project makes say on their pages what they say now."""
    errors, lists = [], generated(report)
    for text in report.texts:
        name = report.catalog.chapters[text.key].html
        marks = [m for m in text.marks if m.kind == "generert"]
        if len(marks) != len(pages[name].lists):
            errors.append(
                f"{name}: ventet {len(marks)} lister fra {text.file}, "
                f"fant {len(pages[name].lists)}."
            )
            continue
        for mark, actual in zip(marks, pages[name].lists, strict=True):
            wanted = squeezed("".join(page_words(lists[mark.attributes.pairs["navn"]])))
            if wanted != squeezed(actual):
                where = f"{name}: listen «{mark.attributes.pairs['navn']}»"
                difference = _difference(wanted, squeezed(actual))
                errors.append(f"{where} ({text.file}:{mark.line}): {difference}")
    return errors


def _difference(wanted: str, actual: str) -> str:
    """Where two texts part, with a little of what is around."""
    pairs = enumerate(zip_longest(wanted, actual))
    at = next(n for n, (a, b) in pairs if a != b)
    around = slice(max(0, at - 20), at + 20)
    return f"ventet «…{wanted[around]}…», fant «…{actual[around]}…»."


def check_traces(report: Report, pages: Mapping[str, PageReader]) -> Iterator[str]:
    """Each number on its trace page: number, print, arithmetic, every source cell."""
    printed = report.printed_texts
    for address, record in report.store.values.items():
        name = f"sporing/{record.item}.html"
        trace = pages[name].traces.get(anchor_of(address))
        wanted = {
            "Fast adresse": address,
            "Tall": cell_words(record),
            "Trykt": printed.get(address) or "ikke trykt",
            "Regnestykke": record.arithmetic,
        }
        yield from check_trace(name, address, trace, wanted)
        stated = trace["Celler i kildene"] if trace else ""
        for cell in record.cells if trace else ():
            source = report.store.cells[cell]
            source_cell = f"{cell}: {source.place}: {source.raw}"
            if squeezed(source_cell) not in squeezed(stated):
                yield f"{name}: {address}: cellen «{source_cell}» mangler."


def check_trace(
    name: str, address: str, trace: Mapping[str, str] | None, wanted: Mapping[str, str]
) -> Iterator[str]:
    """What a page of traces says of a number, by the heading of each line."""
    if trace is None:
        yield f"{name}: {address} finnes ikke."
        return
    for head, words in wanted.items():
        if squeezed(words) != squeezed(trace[head]):
            yield f"{name}: {address}: ventet «{words}», fant «{trace[head].strip()}»."


def check_changes(report: Report) -> list[str]:
    """The file in the site says what the two editions say now; the first edition has none."""
    diff = diff_of_build(report)
    if diff is None:
        return []
    name = f"{WHOLE}/{file_name(diff)}"
    path = report.project.site / name
    if not path.is_file():
        return [f"{name}: ventet tabellen over alle endringer, fant ingenting. Kjør kg build."]
    if path.read_bytes() == as_csv(diff, Names(report.catalog)):
        return []
    return [f"{name}: sier ikke det samme som utgavene. Kjør kg build."]
