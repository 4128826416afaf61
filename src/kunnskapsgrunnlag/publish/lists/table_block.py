"""Lists that the project makes for the chapters: tables and cards, each in two formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kunnskapsgrunnlag.base.escape import esc, typst_text
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.publish.fragments import origin_mark
from kunnskapsgrunnlag.store.origins import ORIGIN_WORDS, Record, origin_words, origins_of

# Stands in fragments for the way from a page up to the site's root.
UP = "@UP@"


@dataclass(frozen=True)
class Entry:
    """A cell: words, where they lead, and whether they are an origin, code or a number.

    Attributes:
        link: `page#id` within the site, or a full address outside it.
        below: A second line of code, such as a hash.
        id: What a link to this cell names, on a page.
        web_only: The link leads to a place that only the pages have.
    """

    words: str
    link: str = ""
    origin: bool = False
    code: bool = False
    number: bool = False
    below: str = ""
    id: str = ""
    web_only: bool = False

    def html(self) -> str:
        """The cell's content on a page."""
        words = origin_mark(self.words) if self.origin else esc(self.words)
        if self.code:
            words = f"<code>{words}</code>"
        if self.below:
            words += f"<br><code>{esc(self.below)}</code>"
        if self.id:
            words = f'<span id="{esc(self.id)}">{words}</span>'
        if not self.link:
            return words
        target = self.link if "://" in self.link else f"{UP}{self.link}"
        return f'<a href="{esc(target)}">{words}</a>'

    def typst(self) -> str:
        """The cell's content in the PDF, where a link to a page is a link to the place on it."""
        words = ORIGIN_WORDS[self.words][0] if self.origin else self.words
        # Paths and hashes have no spaces to break at: a breaking point after each stroke or dot.
        text = words.replace("/", "/\N{ZERO WIDTH SPACE}") if self.code else words
        content = f"[#{typst_text(text)}" + (
            f" \\ #{typst_text(self.below)}]" if self.below else "]"
        )
        if not self.link or self.web_only:
            return content
        outside = "://" in self.link
        target = typst_text(self.link) if outside else f"<{self.link.partition('#')[2]}>"
        return f"link({target}, {content})"


Row = tuple[Entry, ...]


def origin_entry(item: Item, records: Sequence[Record]) -> Entry:
    """The mark of an item's one origin, or the mix in words."""
    origins = origins_of(records)
    if len(origins) == 1:
        return Entry(origins[0], origin=True)
    return Entry(origin_words(item, records))


@dataclass(frozen=True)
class Listing:
    """A table with a header row; the first cell of each row names it.

    Attributes:
        caption: What the table is, where no text before it says so.
    """

    heads: tuple[str, ...]
    rows: Sequence[Row]
    widths: tuple[str, ...]
    caption: str = ""

    def html(self) -> str:
        """The table for a page, in a frame of its own that scrolls."""
        heads = "".join(f'<th scope="col">{esc(head)}</th>' for head in self.heads)
        rows = "\n".join(f"<tr>{''.join(_html_cells(row))}</tr>" for row in self.rows)
        name = esc(self.caption or self.heads[0])
        caption = f"<caption>{esc(self.caption)}</caption>" if self.caption else ""
        return (
            f'<div class="kg-ramme" tabindex="0" role="group" aria-label="{name}">'
            f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table></div>"
        )

    def typst(self) -> str:
        """The table for the PDF."""
        heads = ", ".join(f"[#{typst_text(head)}]" for head in self.heads)
        cells = "\n".join(f"  {', '.join(cell.typst() for cell in row)}," for row in self.rows)
        caption = f"#strong[#{typst_text(self.caption)}]\n\n" if self.caption else ""
        return f"{caption}#kg-listing(({', '.join(self.widths)}), ({heads},), (\n{cells}\n))"


def _html_cells(row: Row) -> list[str]:
    first, *rest = row
    cells = [f'<th scope="row">{first.html()}</th>']
    for entry in rest:
        kind = ' class="kg-n"' if entry.number else ""
        cells.append(f"<td{kind}>{entry.html()}</td>")
    return cells


Line = Sequence[Entry]


@dataclass(frozen=True)
class Card:
    """One case under a heading of its own: where it stands, and its parts by name.

    Attributes:
        id: What links lead to.
        number: Its number in the list.
        mark: A word that says how grave it is.
        place: Where it stands.
        parts: Name -> what is said, read as one text.
    """

    id: str
    number: str
    title: str
    mark: str
    place: Line
    parts: Sequence[tuple[str, Line]]

    def html(self) -> str:
        """The card for a page."""
        parts = "\n".join(
            f"<div><dt>{esc(name)}</dt><dd>{_html_line(line)}</dd></div>"
            for name, line in self.parts
        )
        return (
            f'<section class="kg-kort" id="{esc(self.id)}">\n'
            f'<h3><span class="kg-nr">{esc(self.number)}</span> {esc(self.title)}</h3>\n'
            f'<p class="kg-under"><span class="kg-merke">{esc(self.mark)}</span> '
            f"{_html_line(self.place)}</p>\n<dl>\n{parts}\n</dl>\n</section>"
        )

    def typst(self) -> str:
        """The card for the PDF; the list of contents leaves it out."""
        title = typst_text(f"{self.number} {self.title}")
        parts = ", ".join(
            f"terms.item([#{typst_text(f'{name}:')}], [{_typst_line(line)}])"
            for name, line in self.parts
        )
        place = f"#emph[#{typst_text(f'{self.mark}.')}] {_typst_line(self.place)}"
        return (
            "#block(breakable: false)[\n"
            f"#heading(level: 3, outlined: false)[#{title}] <{self.id}>\n"
            f"#block(below: 0.8em)[{place}]\n#terms(tight: true, {parts})\n]"
        )


@dataclass(frozen=True)
class Group:
    """Cards of one kind, under a heading."""

    id: str
    title: str
    about: str
    cards: Sequence[Card]

    def html(self) -> str:
        """The group for a page."""
        cards = "\n".join(card.html() for card in self.cards)
        return f'<h2 id="{esc(self.id)}">{esc(self.title)}</h2>\n<p>{esc(self.about)}</p>\n{cards}'

    def typst(self) -> str:
        """The group for the PDF."""
        cards = "\n\n".join(card.typst() for card in self.cards)
        head = f"#heading(level: 2)[#{typst_text(self.title)}] <{self.id}>"
        return f"{head}\n#{typst_text(self.about)}\n\n{cards}"


class Shown(Protocol):
    """What a page and the PDF can show."""

    def html(self) -> str:
        """It for a page."""

    def typst(self) -> str:
        """It for the PDF."""


@dataclass(frozen=True)
class Pieces:
    """Tables, groups and the like, one after the other."""

    pieces: Sequence[Shown]

    def html(self) -> str:
        """All of them for a page."""
        return "\n".join(piece.html() for piece in self.pieces)

    def typst(self) -> str:
        """All of them for the PDF."""
        return "\n\n".join(piece.typst() for piece in self.pieces)


def _html_line(line: Line) -> str:
    return "".join(entry.html() for entry in line)


def _typst_line(line: Line) -> str:
    return "".join(f"#{entry.typst()}" for entry in line)
