"""An item as readers meet it, in HTML and in Typst, from the same records.

Both render engines insert these pieces unchanged, so caption, numbers, source and notes cannot
differ between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kunnskapsgrunnlag.base.escape import esc, typst_text
from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.drawn import Drawn
from kunnskapsgrunnlag.figures.inline_svg import inline_drawing, words_of_marks
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.bands import band_words, number_words
from kunnskapsgrunnlag.store.carried_forward import carried_html, carried_mark
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.notes import Note
from kunnskapsgrunnlag.store.origins import ORIGIN_WORDS, origin_words, origins_of
from kunnskapsgrunnlag.store.standing import Standing
from kunnskapsgrunnlag.store.tables import Grid, Head
from kunnskapsgrunnlag.store.value import Value

# Stands in an item for its finding, which is set with its marks where the item is put in.
FINDING = "@FUNN@"
# Tables with more rows than this are folded away under a summary that says how many.
FOLD_ABOVE = 40
# Above a table with more numbers than this stands a link past it, for those who use the keyboard.
SKIP_ABOVE = 12


def html_table(table: Grid, links: Mapping[str, str] | None = None) -> str:
    """A table with header cells in both directions; numbers may link to their trace."""
    depth = len(table.levels)
    numeric = table.numeric
    lines = ["<table>", "<thead>"]
    for level, heads in enumerate(table.levels):
        corner = (
            "".join(
                f'<th scope="col"{_spans(rows=depth)}>{esc(words)}</th>' for words in table.corner
            )
            if level == 0
            else ""
        )
        cells = [
            _column_head(head, grouped=level < depth - 1, number=level == depth - 1 and numeric[at])
            for at, head in enumerate(heads)
        ]
        lines.append(f"<tr>{corner}{''.join(cells)}</tr>")
    lines += ["</thead>", "<tbody>"]
    for row in table.rows:
        heads_html = "".join(_row_head(head) for head in row.heads if head)
        cells = [
            _cell(cell, links or {}, number=number)
            for cell, number in zip(row.cells, numeric, strict=True)
        ]
        lines.append(f"<tr>{heads_html}{''.join(cells)}</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])


def _spans(*, rows: int = 1, columns: int = 1) -> str:
    return (f' rowspan="{rows}"' if rows > 1 else "") + (
        f' colspan="{columns}"' if columns > 1 else ""
    )


def _column_head(head: Head, *, grouped: bool, number: bool) -> str:
    scope = "colgroup" if grouped else "col"
    kind = ' class="kg-n"' if number else ""
    return f'<th scope="{scope}"{kind}{_spans(columns=head.span)}>{esc(head.text)}</th>'


def _row_head(head: Head) -> str:
    scope = "rowgroup" if head.span > 1 else "row"
    return f'<th scope="{scope}"{_spans(rows=head.span)}>{esc(head.text)}</th>'


def _cell(record: Value | None, links: Mapping[str, str], *, number: bool) -> str:
    kind = ' class="kg-n"' if number else ""
    if record is None:
        return f"<td{kind}></td>"
    link = links.get(record.address)
    words = esc(number_words(record))
    if record.value is None and words in SYMBOLS:
        words = f'<abbr title="tallet mangler hos kilden">{words}</abbr>'
    band = f' <small class="kg-band">({esc(b)})</small>' if (b := band_words(record)) else ""
    number_html = f'<a href="{esc(link)}">{words}</a>' if link else words
    return f"<td{kind}>{number_html}{band}</td>"


def origin_mark(origin: str) -> str:
    """The mark that says where the numbers come from."""
    word, meaning = ORIGIN_WORDS[origin]
    return f'<span class="kg-opphav kg-opphav-{origin}" title="{meaning}">{word}</span>'


def origin_html(item: Item, records: Sequence[Value]) -> str:
    """The mark of an item's one origin, or the mix in words."""
    origins = origins_of(records)
    return origin_mark(origins[0]) if len(origins) == 1 else esc(origin_words(item, records))


def sources_line(sources: Mapping[str, Receipt]) -> list[str]:
    """One line per source: owner, title and vintage."""
    return [f"{s.owner}: {s.title} ({s.vintage})" for s in sources.values()]


def html_item(
    key: str,
    item: Item,
    result: ItemResult,
    table: Grid,
    drawn: Drawn,
    notes: Sequence[Note],
    files: Sequence[tuple[str, str]],
    up: str,
    level: int,
) -> str:
    """An item for a chapter's page.

    Args:
        level: Of its heading.
        files: What readers can take: path in the site, and words such as `CSV, 2 kB`.
        up: Leads from the page to the site's root.
    """
    links = {r.address: trace_link(r.address, up) for r in result.values}
    figure = _drawing(key, item, result, drawn)
    words = (
        f'<div class="kg-ramme" tabindex="0" role="group" aria-label="{esc(item.label)}, tabell">'
        f"{html_table(table, links)}</div>"
    )
    past = f"{key}-{'tegning' if item.kind == 'tabell' else 'kilde'}"
    if sum(cell is not None for row in table.rows for cell in row.cells) > SKIP_ABOVE:
        words = f'<a class="kg-forbi" href="#{past}">Hopp over tabellen</a>{words}'
    if (count := len(table.rows)) > FOLD_ABOVE:
        summary = f"<summary>Vis som tabell ({count} rader)</summary>"
        words = f'<details class="kg-vis">{summary}{words}</details>'
    body = words + figure if item.kind == "tabell" else figure + words
    sources = "; ".join(esc(line) for line in sources_line(result.sources))
    origin = origin_html(item, result.values)
    remarks = "".join(f"<li>{note.html(up)}</li>" for note in notes)
    remarks = f'<ul class="kg-merknader">{remarks}</ul>' if remarks else ""
    taken = " ".join(
        f'<a href="{up}{path}" download>Last ned {esc(words)}</a>' for path, words in files
    )
    # An estimate says so where the eye falls first, and not only in the line of sources.
    mark = f" {origin_mark('estimat')}" if result.origin == "estimat" else ""
    mark += carried_html(item, result.origin)
    return (
        f'<figure class="kg-item" id="{key}">\n'
        f'<figcaption><h{level} class="kg-funn">{FINDING}</h{level}>\n'
        f'<p class="kg-under">{esc(item.subtitle)}</p>\n'
        f'<p class="kg-navnelinje"><span class="kg-nr">{esc(item.label)}</span>. '
        f'<span class="kg-tittel">{esc(item.title)}</span>{mark}</p></figcaption>\n'
        f"{body}\n"
        f'<p class="kg-kilde" id="{key}-kilde">Kilde: {sources}. Opphav: {origin}</p>\n'
        f"{remarks}\n"
        f'<p class="kg-last">{taken} '
        f'<a href="{up}kontrollark/{key}.html">Kontrollark</a> '
        f'<a href="{up}sporing/{key}.html">Spor tallene</a> '
        f'<a class="kg-egen" href="{up}{item_page(key)}">Egen side</a></p>\n'
        "</figure>"
    )


def _drawing(key: str, item: Item, result: ItemResult, drawn: Drawn) -> str:
    drawing = inline_drawing(drawn, key, result.alt, words_of_marks(item, result.values))
    return (
        f'<div class="kg-tegning" id="{key}-tegning" tabindex="0" role="group" '
        f'aria-label="{esc(item.label)}, tegning">{drawing}</div>\n'
    )


def excerpt_html(
    key: str, item: Item, result: ItemResult, drawn: Drawn, finding: str, up: str
) -> str:
    """An item's drawing outside its chapter, with the way to its table, files and source."""
    page = f"{up}{item_page(key)}"
    return (
        '<figure class="kg-utdrag">\n'
        f'<figcaption><h2 class="kg-funn">{finding}</h2>\n'
        f'<p class="kg-under">{esc(item.subtitle)}</p></figcaption>\n'
        f"{_drawing(key, item, result, drawn)}"
        f'<p class="kg-kilde"><span class="kg-nr">{esc(item.label)}</span>. {esc(item.title)}. '
        f'<a href="{page}">Tabell, nedlasting og kilde</a></p>\n'
        "</figure>"
    )


def item_page(key: str) -> str:
    """The permanent address of an item in the site: `figurer/figur-26.html`."""
    return f"{key.partition('-')[0]}er/{key}.html"


def draft_html(standing: Standing) -> str:
    """What stands under the head of every page as long as the edition is a draft; else nothing."""
    if not standing.draft:
        return ""
    word, _, why = standing.draft.partition(":")
    return (
        '<aside class="kg-utkast" aria-label="Utkast">'
        f"<p><strong>{esc(word)}:</strong>{esc(why)}.</p></aside>"
    )


# The page that holds each claim of the text against what is tested of it.
CLAIMS_PAGE = "kontroll/pastander.html"


def trace_link(address: str, up: str) -> str:
    """Where a number's trace lies in the site."""
    return f"{up}sporing/{address.partition('/')[0]}.html#{anchor_of(address)}"


def anchor_of(address: str) -> str:
    """A number's id on the page of its item's traces."""
    return address.partition("/")[2].replace("/", ".")


def typst_table(table: Grid) -> str:
    """What a table is made of, as the arguments of `kg-tables`; first columns are row headers."""
    depth = len(table.levels)
    numeric = _typst_tuple("true" if number else "false" for number in table.numeric)
    heads = [f"table.cell(rowspan: {depth}, {_typst(words)})" for words in table.corner]
    heads += [_typst_head(head) for level in table.levels for head in level]
    rows = []
    for row in table.rows:
        names = [f"table.cell(rowspan: {h.span}, {_typst(h.text)})" for h in row.heads if h]
        rows.append(f"\n  {_typst_tuple([*names, *map(_typst_cell, row.cells)])}")
    return f"({len(table.corner)}, {numeric}, {_typst_tuple(heads)}, {_typst_tuple(rows)})"


def _typst_head(head: Head) -> str:
    align = ", align: center + bottom" if head.span > 1 else ""
    return f"table.cell(colspan: {head.span}{align}, {_typst(head.text)})"


def _typst_cell(record: Value | None) -> str:
    if record is None:
        return "table.cell([])"
    band = f" #kg-band({typst_text(f'({band})')})" if (band := band_words(record)) else ""
    return f"table.cell([#{typst_text(number_words(record))}{band}])"


def _typst(text: str) -> str:
    return f"[#{typst_text(text)}]"


def typst_item(
    key: str, item: Item, result: ItemResult, table: Grid, notes: Sequence[Note], image: str
) -> str:
    """An item for the PDF; `image` is the path of its SVG as Typst finds it."""
    origin = result.origin
    words = origin_words(item, result.values)
    caption = (item.label, item.title, item.subtitle, key, origin, words)
    sources = map(typst_text, sources_line(result.sources))
    return (
        f"#kg-item([{FINDING}], {', '.join(map(typst_text, caption))}, {_typst_tuple(sources)}, "
        f"{_typst_tuple(note.typst() for note in notes)}, "
        f"carried: {typst_text(carried_mark(item))}, leads: {str(item.kind == 'tabell').lower()}, "
        f"drawing: ({typst_text(image)}, {typst_text(result.alt)}), numbers: {typst_table(table)})"
    )


def _typst_tuple(parts: Iterable[str]) -> str:
    return f"({''.join(f'{part}, ' for part in parts)})"
