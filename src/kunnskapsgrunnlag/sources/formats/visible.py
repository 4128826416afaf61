"""Whether people can see what stands in a workbook's cell: colours, fonts, conditions."""

import colorsys
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Color, Fill
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.styles.proxy import StyleProxy
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

_NEWER = b"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
BLACK, WHITE = "000000", "FFFFFF"
_AUTOMATIC = {64: BLACK, 65: WHITE}
# Fonts whose letters are pictures.
_PICTURES = ("wingdings", "webdings", "symbol", "marlett")
# What cannot be read at all: the height of letters, in points; the difference of two colours.
_LOWEST, _NEAREST = 3, 24

CONDITIONAL = (
    "som en betinget formatering kan skjule. Ta den bort (Hjem > Betinget formatering > Fjern "
    "regler)"
)


def colours_of_theme(theme: bytes | None) -> list[str]:
    """The colours that a workbook's cells name by number: light before dark, as Excel counts."""
    if not theme:
        return [WHITE, BLACK]
    scheme = next(etree.fromstring(theme).iter("{*}clrScheme"), None)
    found = [
        colour.get("lastClr") or colour.get("val") or BLACK
        for kind in (() if scheme is None else scheme)
        for colour in kind
    ]
    return [found[at] for at in (1, 0, 3, 2)] + found[4:] if len(found) > 3 else [WHITE, BLACK]


def newer_rules(sheets: Iterable[bytes]) -> list[tuple[MultiCellRange, Rule]]:
    """The conditional formats of Excel 2010 and later, which stand at the end of a sheet's part."""
    found = []
    for content in sheets:
        if _NEWER not in content:
            continue
        for area in etree.fromstring(content).iter(f"{{{_NEWER.decode()}}}conditionalFormatting"):
            cells = MultiCellRange(area.findtext("{*}sqref", ""))
            for rule in area.iterfind("{*}cfRule"):
                style = rule.find("{*}dxf")
                dxf = DifferentialStyle() if style is None else DifferentialStyle.from_tree(style)
                if any(part.get("showValue") in ("0", "false") for part in rule):
                    # Only its bar or picture is seen.
                    dxf = DifferentialStyle(numFmt=NumberFormat(0, ";;;"))
                found.append((cells, Rule("expression", dxf=dxf)))
    return found


def alike(one: str, other: str) -> bool:
    """Whether nobody sees one colour on the other."""
    pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
    return all(abs(a - b) < _NEAREST for a, b in pairs)


def unreadable_font(
    *, is_struck: bool, name: str | None, points: float | None, is_hidden: bool
) -> str:
    """Why people cannot read words in such a font, with what to do; "" if they can."""
    if is_struck:
        return "gjennomstreket. Skriv verdien som gjelder"
    if (name or "").lower().startswith(_PICTURES):
        return f"i skrifttypen {name}, som viser tegninger. Velg en vanlig skrifttype"
    if points is not None and points < _LOWEST:
        return f"skrevet så lite at ingen ser det ({points:g} punkt). Gjør skriften større"
    return "i samme farge som bakgrunnen. Gjør teksten svart" if is_hidden else ""


@dataclass
class Look:
    """How the cells of one sheet look.

    Attributes:
        theme: The colours of the workbook's theme.
        is_stale: Whether formulas are worked out anew when the workbook is opened.
        newer: The conditional formats that openpyxl leaves out.
    """

    sheet: Worksheet
    theme: list[str]
    is_stale: bool = False
    newer: list[tuple[MultiCellRange, Rule]] = field(default_factory=list)
    by_style: dict[tuple[int, bool], str] = field(default_factory=dict)

    @property
    def shows_zeros(self) -> bool:
        return self.sheet.sheet_view.showZeros is not False

    @functools.cached_property
    def rules(self) -> list[tuple[MultiCellRange, Rule]]:
        """The conditional formats that may hide something, each with its cells."""
        formats = self.sheet.conditional_formatting
        return [*self.newer, *((f.sqref, rule) for f in formats for rule in f.rules)]

    def trouble(self, cell: Cell) -> str:
        """Why people cannot see what the cell holds, with what to do; "" if they can."""
        key = cell.style_id, isinstance(cell.value, (int, float))
        if key not in self.by_style:
            self.by_style[key] = self._of_style(cell)
        return self.by_style[key] or (self._of_rules(cell) if self.rules else "")

    def of_block(self, cell: Cell, block: TextBlock) -> str:
        """The same of a piece of a cell's text with a font of its own."""
        return self._of_font(block.font, block.font.rFont, self._back(cell.fill))

    def formats(self, cell: Cell) -> Iterator[str]:
        """The number formats that conditions may give the cell."""
        for cells, rule in self.rules:
            if rule.dxf and rule.dxf.numFmt and cell.coordinate in cells:
                yield rule.dxf.numFmt.formatCode

    def _of_style(self, cell: Cell) -> str:
        if cell.alignment.horizontal == "fill":
            return "som gjentas så langt cellen rekker. Velg en annen justering"
        if cell.font.vertAlign and isinstance(cell.value, (int, float)):
            return "hevet eller senket, som et fotnotetegn. Skriv det på linjen"
        return self._of_font(cell.font, cell.font.name, self._back(cell.fill))

    def _of_font(self, font: StyleProxy | InlineFont, name: str | None, back: str | None) -> str:
        return unreadable_font(
            is_struck=bool(font.strike),
            name=name,
            points=font.sz,
            is_hidden=back is not None and alike(self._rgb(font.color) or BLACK, back),
        )

    def _of_rules(self, cell: Cell) -> str:
        for cells, rule in self.rules:
            if cell.coordinate not in cells:
                continue
            hides = any(
                part is not None and part.showValue is False
                for part in (rule.iconSet, rule.dataBar)
            )
            if rule.dxf and (rule.dxf.font or rule.dxf.fill):
                font = rule.dxf.font and rule.dxf.font.color
                fill = rule.dxf.fill
                back = self._back(fill, "bgColor") if fill else self._back(cell.fill)
                front = self._rgb(font or cell.font.color) or BLACK
                hides |= bool(back and alike(front, back))
                hides |= bool(rule.dxf.font and rule.dxf.font.strike)
            if hides:
                return CONDITIONAL
        return ""

    def _back(self, fill: StyleProxy | Fill, colour: str = "fgColor") -> str | None:
        """The colour behind the text; None if there are several."""
        kind = getattr(fill, "fill_type", None) or "none"
        if kind == "none" and colour == "fgColor":
            return WHITE
        if kind not in ("none", "solid"):
            return None
        return self._rgb(getattr(fill, colour)) or WHITE

    def _rgb(self, colour: Color | None) -> str | None:
        if colour is None or colour.type == "auto":
            return None
        if colour.type == "theme":
            known = self.theme[colour.theme] if colour.theme < len(self.theme) else BLACK
        elif colour.type == "indexed":
            at = colour.indexed
            known = _AUTOMATIC.get(at) or (COLOR_INDEX[at] if at < len(COLOR_INDEX) else BLACK)
        else:
            known = colour.rgb
        return _tinted(known[-6:], colour.tint or 0)


def _tinted(rgb: str, tint: float) -> str:
    if not tint:
        return rgb
    hue, light, strong = colorsys.rgb_to_hls(*(part / 255 for part in bytes.fromhex(rgb)))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, strong))
