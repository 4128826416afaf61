"""A delivery as an OpenDocument spreadsheet (.ods): what people see stands in the file as text.

A number is taken if the text shows it, so that its format needs no reading.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree
from openpyxl.worksheet.cell_range import CellRange

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.formats.grid import (
    ABOUT,
    MOST_CELLS,
    FileCell,
    Sheet,
    choose_sheet,
    comment_on,
    letters,
    other_sheets,
    refused,
    text_cell,
)
from kunnskapsgrunnlag.sources.formats.number_format import read_shown
from kunnskapsgrunnlag.sources.formats.visible import (
    BLACK,
    CONDITIONAL,
    WHITE,
    alike,
    unreadable_font,
)
from kunnskapsgrunnlag.sources.formats.workbook import (
    FORMAT_REMEDY,
    RAISED,
    check_archive,
    damage_told,
    number_cell,
)

_SPACES = (
    {
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    }
    | {
        short: f"urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"
        for short in ("office", "style", "table", "text")
    }
    | {"number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"}
)
_LOWEST, _NARROWEST = 3.0, 3.0
_POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0}
# The name of a sheet before an address: «Ark 1» in «'Ark 1'.A1:'Ark 1'.B2».
_SHEET_OF = re.compile(r"(?:'[^']*'|[^:.' ]*)\.")
Properties = dict[str, str]


def _name(prefixed: str) -> str:
    short, _, local = prefixed.partition(":")
    return f"{{{_SPACES[short]}}}{local}"


def _of(element: etree._Element, prefixed: str, default: str = "") -> str:
    return str(element.get(_name(prefixed), default))


def read_open_document(name: str, content: bytes, sheet: str | None = None) -> Sheet:
    """The cells of the spreadsheet's one visible sheet with content, or of the named one.

    Raises:
        KgError: If the file is damaged or can act, or the sheet is in doubt. What is wrong with a
            single cell is kept in the cell, since titles may hold anything.
    """
    with damage_told(name):
        check_archive(name, content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise KgError(f"{name}: ventet en tabell, fant en fil med passord. Ta det bort.")
            roots = {
                part: etree.fromstring(archive.read(part))
                for part in archive.namelist()
                if part in ("content.xml", "styles.xml", "settings.xml")
            }
        tables = roots["content.xml"].findall(".//office:spreadsheet/table:table", _SPACES)
        styles = _Styles(roots)
        read = {_of(table, "table:name"): _Table(name, table, styles) for table in tables}
        filled = {title: one.is_shown for title, one in read.items() if one.is_filled}
        chosen = choose_sheet(name, filled, sheet)
        about = read[ABOUT].rows(ABOUT)[:40] if filled.get(ABOUT) else []
        table = read[chosen]
        rows, others = table.rows(chosen), other_sheets(filled, chosen)
        return Sheet(chosen, rows, sorted(table.merged), about, table.comments, others)


class _Styles:
    """What the styles of a file say, looked up through their parents."""

    def __init__(self, roots: dict[str, etree._Element]) -> None:
        self.by_name: dict[tuple[str, str], etree._Element] = {
            (_of(style, "style:family"), _of(style, "style:name")): style
            for part in ("styles.xml", "content.xml")
            if part in roots
            for style in roots[part].iter(_name("style:style"))
        }
        self.formats: dict[str, etree._Element] = {
            _of(style, "style:name"): style
            for part, root in roots.items()
            for style in root.iter(f"{{{_SPACES['number']}}}*")
            if style.get(_name("style:name"))
        }
        settings = roots.get("settings.xml")
        self.shows_zeros = settings is None or not any(
            item.text == "false"
            for item in settings.iter("{*}config-item")
            if "ShowZeroValues" in item.attrib.values()
        )

    def properties(self, family: str, name: str) -> Properties:
        """All properties of a style: its own before those of its parents."""
        found: Properties = {}
        seen: set[str] = set()
        while name not in seen and (style := self.by_name.get((family, name))) is not None:
            seen.add(name)
            for part in style:
                found |= {k: v for k, v in part.attrib.items() if k not in found}
            if data := _of(style, "style:data-style-name"):
                found.setdefault("data", data)
            name = _of(style, "style:parent-style-name")
        return found

    def trouble(self, name: str) -> str:
        """Why people cannot see what is in a cell of this style; "" if they can."""
        own = self.properties("table-cell", name)
        if own.get(_name("style:repeat-content")) == "true":
            return "som gjentas så langt cellen rekker. Velg en annen justering"
        if own.get(_name("style:text-position"), "").startswith("su"):
            return "hevet eller senket, som et fotnotetegn. Skriv det på linjen"
        if why := self.of_font(own, own) or self._of_format(own.get("data", ""), own):
            return why
        for style in self._with_parents(name):
            for rule in style.iter(_name("style:map")):
                other = self.properties("table-cell", _of(rule, "style:apply-style-name"))
                if "data" in other or self.of_font(own | other, own | other):
                    return CONDITIONAL
        return ""

    def _of_format(self, name: str, cell: Properties) -> str:
        """What a number format has of colours, and of signs that fill the cell up to the number."""
        if (style := self.formats.get(name)) is None:
            return ""
        if any((sign.text or "").strip() for sign in style.iter(_name("number:fill-character"))):
            return "med tegn som fyller cellen. Gi cellen et vanlig tallformat"
        for colours in style.iterfind("style:text-properties", _SPACES):
            if why := self.of_font(cell | dict(colours.attrib), cell):
                return why
        parts = (_of(rule, "style:apply-style-name") for rule in style.iter(_name("style:map")))
        return next(filter(None, (self._of_format(part, cell) for part in parts)), "")

    def _with_parents(self, name: str) -> Iterator[etree._Element]:
        while (style := self.by_name.get(("table-cell", name))) is not None:
            yield style
            name = _of(style, "style:parent-style-name")

    def of_font(self, font: Properties, cell: Properties) -> str:
        """Why people cannot read text with this font in such a cell."""
        size = font.get(_name("fo:font-size"), "")
        front = BLACK
        if font.get(_name("style:use-window-font-color")) != "true":
            front = _rgb(font.get(_name("fo:color"))) or BLACK
        back = _rgb(cell.get(_name("fo:background-color"))) or WHITE
        return unreadable_font(
            is_struck=any(
                font.get(_name(f"style:text-line-through-{part}"), "none") != "none"
                for part in ("style", "type")
            ),
            name=font.get(_name("style:font-name")) or font.get(_name("fo:font-family")),
            points=float(size.removesuffix("pt")) if size.endswith("pt") else None,
            is_hidden=alike(front, back) or font.get(_name("text:display")) == "none",
        )


def _rgb(colour: str | None) -> str | None:
    return colour[1:].upper() if colour and colour.startswith("#") else None


@dataclass
class _Place:
    """What a cell has from its row, its column and the place it stands in."""

    row: int
    column: int
    hidden: bool
    style: str


class _Table:
    """A sheet of the file."""

    def __init__(self, file: str, table: etree._Element, styles: _Styles) -> None:
        self.file, self.table, self.styles = file, table, styles
        self.merged: list[tuple[int, int, int, int]] = []
        self.comments: list[str] = []
        properties = styles.properties("table", _of(table, "table:style-name"))
        self.is_shown = properties.get(_name("table:display")) != "false"
        self.is_filled = any("".join(p.itertext()).strip() for p in self._paragraphs(table))
        self.is_filled |= any(
            _of(cell, "office:value-type") for cell in table.iter(_name("table:table-cell"))
        )
        self._troubles: dict[str, str] = {}
        # Cells with a bar or a picture instead of their number.
        self._bare = [
            CellRange(area)
            for rule in table.iter(_name("calcext:conditional-format"))
            if any(part.get(_name("calcext:show-value")) == "false" for part in rule.iter())
            for area in _SHEET_OF.sub("", _of(rule, "calcext:target-range-address")).split()
        ]

    @staticmethod
    def _paragraphs(table: etree._Element) -> Iterator[etree._Element]:
        for cell in table.iter(_name("table:table-cell")):
            yield from cell.findall("text:p", _SPACES)

    def rows(self, title: str) -> list[list[FileCell]]:
        """The cells from A1 on; blank rows and cells behind the last ones are left out."""
        rows: list[list[FileCell]] = []
        columns = self._columns()
        blank = 0
        for element in self.table.iter(_name("table:table-row")):
            times = int(_of(element, "table:number-rows-repeated", "1"))
            is_hidden = self._is_hidden(element, "row")
            start = len(rows) + blank + 1
            cells = self._cells(element, start, columns, hidden=is_hidden)
            if not cells:
                blank += times
                continue
            if (start + times) * max(len(cells), 1) > MOST_CELLS:
                raise KgError(
                    f"{self.file}, ark «{title}»: ventet en tabell, fant celler helt til rad "
                    f"{start + times}. Slett de tomme radene og kolonnene rundt tabellen."
                )
            rows += [[] for _ in range(blank)]
            rows += [[*cells] for _ in range(times)]
            blank = 0
        return rows

    def _columns(self) -> list[tuple[int, bool, str]]:
        """For each run of columns its length, whether it is hidden, and the style of its cells."""
        return [
            (
                int(_of(column, "table:number-columns-repeated", "1")),
                self._is_hidden(column, "column"),
                _of(column, "table:default-cell-style-name", "Default"),
            )
            for column in self.table.iter(_name("table:table-column"))
        ]

    def _is_hidden(self, line: etree._Element, kind: str) -> bool:
        if _of(line, "table:visibility", "visible") != "visible":
            return True
        if any(_of(group, "table:display") == "false" for group in line.iterancestors()):
            return True
        own = self.styles.properties(f"table-{kind}", _of(line, "table:style-name"))
        size = own.get(_name("style:row-height" if kind == "row" else "style:column-width"), "")
        least = _LOWEST if kind == "row" else _NARROWEST
        points = _POINTS.get(size[-2:])
        return points is not None and float(size[:-2]) * points < least

    def _cells(
        self,
        row: etree._Element,
        number: int,
        columns: list[tuple[int, bool, str]],
        *,
        hidden: bool,
    ) -> list[FileCell]:
        cells: list[FileCell] = []
        blank = 0
        for element in row:
            if element.tag not in (_name("table:table-cell"), _name("table:covered-table-cell")):
                continue
            times = int(_of(element, "table:number-columns-repeated", "1"))
            at = len(cells) + blank + 1
            is_hidden, style = _column_at(columns, at)
            style = _of(element, "table:style-name") or style
            place = _Place(number, at, hidden or is_hidden, style)
            cell = FileCell()
            if element.tag == _name("table:table-cell"):
                cell = self._cell(element, place)
                self._note(element, place)
            if not cell.filled:
                blank += times
                continue
            if at + times > MOST_CELLS:
                raise KgError(f"{self.file}: ventet en tabell, fant {times} like kolonner.")
            cells += [FileCell()] * blank + [cell] * times
            blank = 0
        return cells

    def _note(self, element: etree._Element, place: _Place) -> None:
        """Remember what is merged and commented on."""
        wide = int(_of(element, "table:number-columns-spanned", "1"))
        high = int(_of(element, "table:number-rows-spanned", "1"))
        if wide * high > 1:
            last = place.row + high - 1, place.column + wide - 1
            self.merged.append((place.row, place.column, *last))
        for comment in element.findall("office:annotation", _SPACES):
            words = " ".join("".join(p.itertext()) for p in comment.findall("text:p", _SPACES))
            self.comments.append(comment_on(place.row, place.column, words))

    def _cell(self, element: etree._Element, place: _Place) -> FileCell:
        text, struck = self._text(element, place.style)
        kind, stored = _of(element, "office:value-type"), _of(element, "office:value")
        if not text.strip() and not (kind and kind != "string"):
            return FileCell()
        value = text or stored
        if place.hidden:
            return FileCell(
                value, f"fant «{value}» i en skjult rad eller kolonne. Vis den, eller slett den."
            )
        if other := _no_word_or_number(element, kind, text):
            return other
        if trouble := self._trouble(place):
            return FileCell(value, f"fant «{value}» {trouble}.")
        if struck:
            return refused(f"«{value}» der noe er {struck}", "Ta bort det som ikke gjelder.")
        if kind not in ("float", "percentage", "currency"):
            return text_cell(text)
        return self._number(stored, text)

    def _number(self, stored: str, text: str) -> FileCell:
        number = Decimal(f"{float(stored):.15g}")
        if not number and not self.styles.shows_zeros:
            return refused("0 i et ark som ikke viser nuller", "Skriv «..» om tallet mangler.")
        seen = read_shown(text, number)
        if not number and text.strip() == "-":
            return FileCell("-")
        if seen.problem:
            return refused(f"{stored} i et format som {seen.problem}", FORMAT_REMEDY)
        return number_cell(seen)

    def _trouble(self, place: _Place) -> str:
        if place.style not in self._troubles:
            self._troubles[place.style] = self.styles.trouble(place.style)
        at = f"{letters(place.column)}{place.row}"
        if any(at in area for area in self._bare):
            return CONDITIONAL
        return self._troubles[place.style]

    def _text(self, element: etree._Element, style: str) -> tuple[str, str]:
        """The words that a cell shows, and what speaks against a piece of them."""
        cell = self.styles.properties("table-cell", style)
        trouble = ""
        lines = []
        for paragraph in element.findall("text:p", _SPACES):
            line = ""
            for words, own in self._pieces(paragraph, {}):
                position = own.get(_name("style:text-position"), "").split(" ")[0]
                if own and words.strip():
                    trouble = trouble or self.styles.of_font(cell | own, cell)
                if position == "sub" or position.startswith("-"):
                    trouble = trouble or "senket. Skriv det på linjen"
                line += words.translate(RAISED) if position and position[0] not in "0-" else words
            lines.append(line)
        return "\n".join(lines), trouble

    def _pieces(self, element: etree._Element, own: Properties) -> Iterator[tuple[str, Properties]]:
        """The text of an element, piece by piece with the properties of its font."""
        yield element.text or "", own
        for part in element:
            if part.tag == _name("text:s"):
                yield " " * int(_of(part, "text:c", "1")), own
            elif part.tag == _name("text:tab"):
                yield "\t", own
            elif part.tag == _name("text:line-break"):
                yield "\n", own
            elif part.tag != _name("office:annotation"):
                style = self.styles.properties("text", _of(part, "text:style-name"))
                yield from self._pieces(part, own | style)
            yield part.tail or "", own


def _column_at(columns: list[tuple[int, bool, str]], at: int) -> tuple[bool, str]:
    for times, is_hidden, style in columns:
        if at <= times:
            return is_hidden, style
        at -= times
    return False, "Default"


def _no_word_or_number(element: etree._Element, kind: str, text: str) -> FileCell | None:
    if _of(element, "calcext:value-type") == "error":
        return refused(f"feilen {text}", "Rett formelen, eller skriv «..» om tallet mangler.")
    if kind == "boolean":
        return refused(f"sannhetsverdien {text}", "Skriv ordet eller tallet.")
    if kind in ("date", "time"):
        return refused(
            f"en dato: regnearket har gjort cellen om til {text}",
            "Gjør kolonnen om til tekst, og skriv på nytt.",
        )
    return None
