"""The numbered items on their pages and in their downloads, against the store."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from kunnskapsgrunnlag.base.html_tree import Element, read_html
from kunnskapsgrunnlag.base.nb_numbers import MINUS, NBSP, nb, unbroken
from kunnskapsgrunnlag.catalog.schema import Catalog, Item
from kunnskapsgrunnlag.check.page import PageReader, SeenCell, SeenItem
from kunnskapsgrunnlag.check.words import squeezed
from kunnskapsgrunnlag.figures.drawn import Drawn
from kunnskapsgrunnlag.figures.inline_svg import inline_drawing
from kunnskapsgrunnlag.publish.fragments import sources_line, trace_link
from kunnskapsgrunnlag.publish.site.page_layout import LISTS
from kunnskapsgrunnlag.store.bands import band, cell_words, has_band
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.origins import origin_words
from kunnskapsgrunnlag.store.tables import Grid, dim_label, grid
from kunnskapsgrunnlag.store.value import Value

Words = list[tuple[str, str]]
DOWNLOADS = ("csv", "svg")
# All that places ink: what a drawing shows is the same where these and its words are the same.
INK = ("d", "x", "y", "transform", "points")


def check_items(
    catalog: Catalog,
    results: Mapping[str, ItemResult],
    pages: dict[str, PageReader],
    findings: Mapping[str, str],
) -> list[str]:
    """Every item of the catalogue on the page of its chapter: caption, table, drawing, origin.

    Args:
        findings: Item -> its finding, of those that hold.
    """
    errors = []
    for key, item in catalog.numbered.items():
        name = catalog.chapters[item.chapter].html
        seen = pages[name].items.get(key)
        if seen is None:
            errors.append(f"{name}: {item.label} mangler på siden.")
            continue
        item_errors = [
            *_check_words(seen, {"finding": findings[key]} if key in findings else {}),
            *_check_item(key, item, results[key], seen, "../" * name.count("/")),
        ]
        errors += [f"{name}, linje {line}: {item.label}: {words}" for line, words in item_errors]
    listed = pages[LISTS].links
    return errors + [
        f"{LISTS}: {item.label} mangler i listen over tabeller og figurer."
        for key, item in catalog.numbered.items()
        if f"{catalog.chapters[item.chapter].html}#{key}" not in listed
    ]


LineErrors = Iterator[tuple[int, str]]


def _check_words(seen: SeenItem, wanted: Mapping[str, str]) -> LineErrors:
    for name, words in wanted.items():
        actual = seen.words.get(name, "")
        if squeezed(actual) != squeezed(words):
            yield seen.line, f"{name}: ventet «{words}», fant «{actual}»."


def _check_item(key: str, item: Item, result: ItemResult, seen: SeenItem, up: str) -> LineErrors:
    source = f"Kilde: {'; '.join(sources_line(result.sources))}. Opphav: "
    source += origin_words(item, result.values)
    words = {"label": item.label, "title": item.title, "subtitle": item.subtitle, "source": source}
    yield from _check_words(seen, words)
    yield from _check_table(grid(item, result.values), seen, up)
    for ending in DOWNLOADS:
        link = f"{up}items/{key}/{key}.{ending}"
        if link not in seen.links:
            yield seen.line, f"lenken for å laste ned {key}.{ending} mangler."
    for link in (f"{up}kontrollark/{key}.html", f"{up}sporing/{key}.html"):
        if link not in seen.links:
            yield seen.line, f"lenken til {link} mangler."


def _check_table(table: Grid, seen: SeenItem, up: str) -> LineErrors:
    """Header cells level for level, then each row: heads, numbers, and where the numbers lead."""
    wanted: list[Words] = [[(head.text, "") for head in level] for level in table.levels]
    wanted[0] = [(words, "") for words in table.corner] + wanted[0]
    for line in table.rows:
        cells = [(cell_words(c), trace_link(c.address, up)) if c else ("", "") for c in line.cells]
        wanted.append([*((head.text, "") for head in line.heads if head), *cells])
    rows: Iterable[tuple[Words | None, list[SeenCell] | None]] = zip_longest(wanted, seen.rows)
    for number, (row, actual) in enumerate(rows, 1):
        if row is None or actual is None or len(row) != len(actual):
            place = actual[0].line if actual else seen.line
            ours, theirs = (text for text, _ in row or ()), (cell.text for cell in actual or ())
            yield place, f"rad {number} i tabellen: ventet {_row(ours)}, fant {_row(theirs)}."
            continue
        for (text, link), cell in zip(row, actual, strict=True):
            if (unbroken(text), link) != (cell.text, cell.href):
                differences = [f"ventet «{text}», fant «{cell.text}»"]
                if link != cell.href:
                    differences.append(f"lenken skulle vært «{link}», og er «{cell.href}»")
                yield cell.line, f"rad {number} i tabellen: {'; '.join(differences)}."


def _row(cells: Iterable[str]) -> str:
    words = " | ".join(cells)
    return f"«{words}»" if words else "ingen rad"


def check_drawn(key: str, name: str, drawn: Drawn, alt: str, page: PageReader) -> list[str]:
    """The drawing on the page is that of the file, and its name for screen readers the alt text."""
    wanted = inline_drawing(drawn, key, alt)
    if wanted in page.raw:
        return []
    seen = page.items.get(key)
    if seen is None:
        return []
    if seen.drawing is None:
        return [f"{name}, linje {seen.line}: {key}: tegningen mangler."]
    errors = []
    label = seen.drawing.get("aria-label", "")
    if label != alt:
        errors.append(f"alt-teksten skulle vært «{alt}», og er «{label}»")
    ours, theirs = _ink(read_html(wanted)), _ink(seen.drawing)
    if ours != theirs:
        differ = next(
            pair for pair in zip_longest(ours, theirs, fillvalue="ingenting") if pair[0] != pair[1]
        )
        errors.append(f"{key}.svg har «{differ[0]}», og siden har «{differ[1]}»")
    return [f"{name}, linje {seen.line}: {key}: {words}." for words in errors]


def _ink(svg: Element) -> list[str]:
    ink = []
    for element in svg.iter():
        ink += [f'{name}="{value}"' for name, value in element.items() if name in INK]
        ink += [element.text or ""] * (element.tag == "text")
    return ink


def check_downloads(key: str, item: Item, result: ItemResult, made: Path, site: Path) -> list[str]:
    """The files that readers download are those that were made, and the CSV says the store."""
    errors = []
    for ending in DOWNLOADS:
        path = site / "items" / key / f"{key}.{ending}"
        if not path.is_file():
            errors.append(f"items/{key}/{path.name} mangler.")
        elif path.read_bytes() != (made / path.name).read_bytes():
            errors.append(f"items/{key}/{path.name} er ikke filen som kontrollarket laget.")
    path = site / "items" / key / f"{key}.csv"
    if path.is_file():
        text = path.read_text(encoding="utf-8-sig")
        errors += [f"items/{key}/{path.name}, {words}" for words in _check_csv(item, result, text)]
    return errors


def _check_csv(item: Item, result: ItemResult, text: str) -> Iterator[str]:
    """Rows by their keys, measures in the catalogue's order, numbers as spreadsheets read them."""
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    banded = {record.measure for record in result.values if record.shown and has_band(record)}
    shown = [
        (name, bound)
        for name, measure in item.measures.items()
        if measure.show
        for bound in ("", "low", "high")
        if not bound or name in banded
    ]
    by_key: dict[tuple[str, ...], dict[str, Value]] = {}
    for record in result.values:
        if record.shown:
            labels = tuple(dim_label(item, dim, record.key(dim)) for dim in item.dims)
            by_key.setdefault(labels, {})[record.measure] = record
    width = len(item.dims)
    keys = [tuple(row[:width]) for row in rows]
    if keys != list(by_key):
        yield f"rader: ventet {len(by_key)} nøkler i tabellens rekkefølge, fant {len(keys)} andre."
    for line, row in enumerate(rows, 2):
        records = by_key.get(tuple(row[:width]), {})
        for (name, bound), cell in zip(shown, row[width : width + len(shown)], strict=True):
            value = records.get(name)
            wanted = _spreadsheet(value, bound) if value else ""
            if cell != wanted:
                address = value.address if value else name
                yield f"linje {line}: {address}: ventet «{wanted}», fant «{cell}»."


def _spreadsheet(value: Value, bound: str) -> str:
    if not bound:
        return value.text if value.value is None else _plain(value.text)
    bounds = dict(zip(("low", "high"), band(value) or (), strict=False))
    return _plain(nb(bounds[bound], value.decimals, value.round_to)) if bounds else ""


def _plain(number: str) -> str:
    return number.replace(NBSP, "").replace(MINUS, "-")
