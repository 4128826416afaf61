"""A thousand filled-in templates, each disturbed once to three times: the number that people see is
the number that is taken in, or there is an error with sheet, row and column; never another number.
"""

import csv
import datetime
import io
import math
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Alignment, Color, Font, GradientFill, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog, Source
from kunnskapsgrunnlag.sources.formats.grid import EXPLANATION, SHEET
from kunnskapsgrunnlag.sources.formats.template import xlsx_template
from kunnskapsgrunnlag.sources.locate import UNKNOWN
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from kunnskapsgrunnlag.tidy.delivery import tidy
from kunnskapsgrunnlag.tidy.table import CELL, SYMBOL
from tests.sources.formats.books import ods_of, saved

FILES = 1000
TABLES = ("tabell-13", "tabell-14", "tabell-15", "tabell-24", "figur-26", "figur-28", "tabell-30")
PLACE = re.compile(r"ark «Leveranse», rad (\d+), kolonne ([A-Z]+)")
CSV_PLACE = re.compile(r"rad \d+(, kolonne [A-Z]+|, byte \d+|: ventet (\d+ )?celler)")
# What an error of the whole table says instead.
WHOLE = re.compile(r"ventet en rad for hver")


@dataclass
class Trial:
    """A file to be disturbed.

    Attributes:
        numbers: What people see in each cell of a measure; infinite where they see none.
        places: The cells that a disturbance has touched.
        is_plain: Whether the file is one that must be read.
    """

    rng: random.Random
    source: Source
    sheet: Worksheet
    numbers: dict[str, float] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    is_plain: bool = True

    @property
    def measures(self) -> dict[int, Any]:
        columns = (self.source.columns or {}).values()
        return {at: c for at, c in enumerate(columns, 1) if c.role == "measure"}

    def cell(self) -> Cell:
        """A number's cell that nothing has been done to yet."""
        free = [place for place in self.numbers if place not in self.places]
        cell = self.sheet[self.rng.choice(free)]
        self.places.add(cell.coordinate)
        assert isinstance(cell, Cell)
        return cell

    def number(self, cell: Cell) -> float:
        return self.numbers[cell.coordinate]

    def lose(self, cell: Cell) -> None:
        """People see no number, or another one, in this cell."""
        self.numbers[cell.coordinate] = math.inf
        self.is_plain = False


def norwegian(number: float, space: str = "") -> str:
    return f"{number:,}".replace(",", space).replace(".", ",").removesuffix(",0")


def filled(template: bytes, source: Source, rng: random.Random) -> Trial:
    """The template with a number that its schema allows in each of its cells."""
    trial = Trial(rng, source, load_workbook(io.BytesIO(template))[SHEET])
    columns = [*(source.columns or {}).values()]
    if trial.sheet.max_row == 1:
        for row, year in enumerate(range(2018, 2026), 2):
            trial.sheet.cell(row, 1, year)
    for row in range(2, trial.sheet.max_row + 1):
        for at, column in trial.measures.items():
            low, high = max(column.min or 0, 5), min(column.max or 10**6, 10**6)
            is_share = (column.rounded_to or 1) < 1
            number = (
                round(rng.uniform(low, high), 1) if is_share else rng.randint(int(low), int(high))
            )
            cell = trial.sheet.cell(row, at, number)
            trial.numbers[cell.coordinate] = number
    assert len(columns) == trial.sheet.max_column
    return trial


# Ways to write a cell so that people see the same number.
SAME: dict[str, Callable[[Trial, Cell], object]] = {}
# Ways in which they see another number, none, or one in doubt.
LOST: dict[str, Callable[[Trial, Cell], object]] = {}


def text(space: str, around: str = "{}") -> Callable[[Trial, Cell], object]:
    def write(trial: Trial, cell: Cell) -> None:
        cell.value = around.format(norwegian(trial.number(cell), space))
        cell.data_type = "s"

    return write


def formatted(code: str) -> Callable[[Trial, Cell], object]:
    return lambda _, cell: setattr(cell, "number_format", code)


def styled(**styles: Any) -> Callable[[Trial, Cell], object]:
    def style(_: Trial, cell: Cell) -> None:
        for name, value in styles.items():
            setattr(cell, name, value)

    return style


def valued(value: Any) -> Callable[[Trial, Cell], object]:
    return lambda _, cell: setattr(cell, "value", value)


def solid(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def ruled(**rule: Any) -> Callable[[Trial, Cell], object]:
    """A conditional format that applies to the cell."""

    def add(trial: Trial, cell: Cell) -> None:
        one = Rule(**{"type": "cellIs", "operator": "greaterThan", "formula": ["0"]} | rule)
        trial.sheet.conditional_formatting.add(cell.coordinate, one)

    return add


def bar(*, shows: bool) -> Callable[[Trial, Cell], object]:
    ends = [FormatObject(type="min"), FormatObject(type="max")]
    return ruled(
        type="dataBar",
        dataBar=DataBar(cfvo=ends, color=Color("FF638EC6"), showValue=shows),
        operator=None,
        formula=(),
    )


SAME |= {
    f"text {n}": text(space) for n, space in enumerate(("", " ", "\u00a0", "\u2009", "\u202f"))
}
SAME |= {
    f"text in {around!r}": text("\u00a0", around)
    for around in (" {} ", "{}\n", "\ufeff{}", "{}\u200b")
}
SAME |= {
    f"format {code}": formatted(code)
    for code in (
        "General",
        "@",
        "0.0#",
        "#,##0.0",
        '#,##0.0" kr"',
        '_-* #,##0.0_-;-* #,##0.0_-;_-* "-"??_-',
    )
}
SAME |= {
    f"format {code}": formatted(code)
    for code in ("[Red]0.0;[Blue]-0.0", "0.0;-0.0;;@", "[>0]0.0;0")
}
SAME |= {
    "comment": lambda _, cell: setattr(cell, "comment", Comment("Se notat", "Kontor")),
    "yellow": styled(fill=solid("FFFF00")),
    "white on blue": styled(font=Font(color="FFFFFF"), fill=solid("1F2A44")),
    "red and bold": styled(font=Font(color="FF0000", bold=True)),
    "light theme on dark": styled(font=Font(color=Color(theme=0)), fill=solid("000000")),
    "two colours behind": styled(fill=GradientFill(stop=("FFFFFF", "DDDDDD"))),
    "centred": styled(alignment=Alignment(horizontal="center")),
    "harmless rule": ruled(dxf=DifferentialStyle(fill=PatternFill(bgColor="C6EFCE"))),
    "bar beside the number": bar(shows=True),
    "grouped": lambda trial, cell: setattr(trial.sheet.row_dimensions[cell.row], "outlineLevel", 1),
}
LOST |= {
    f"format {code}": formatted(code)
    for code in (
        ";;;",
        "0,",
        "0.0,,",
        '"x"',
        '[<9999999]":";0',
        '0"0"',
        "0\\,0",
        "[White]0.0",
        "0.0E+0",
    )
}
LOST |= {
    f"format {code}": formatted(code)
    for code in (
        "[$1]0.0",
        "*10.0",
        '"<"0.0',
        "-0.0",
        "[Color2]0.0",
        '0" mill."',
        '0.0"*"',
        "# ?/?",
        "[>9999999]0",
    )
}
LOST |= {
    f"value {value}": valued(value)
    for value in (
        "#REF!",
        "=1+1",
        True,
        None,
        "..,",
        "1,2,3",
        "5O",
        "l5",
        "1e3",
        "ca. 50",
        "<5",
        "5 0",
        "(7)",
    )
}
LOST |= {
    f"value {value}": valued(value)
    for value in (
        datetime.date(2026, 5, 1),
        datetime.time(8, 30),
        1e16,
        "\u202e055",
        "5\u20600 0",
        "1.234,5",
    )
}
LOST |= {
    "white": styled(font=Font(color="FFFFFF")),
    "nearly white": styled(font=Font(color="FFFEFEFE")),
    "theme white": styled(font=Font(color=Color(theme=0))),
    "shaded alike": styled(font=Font(color=Color(theme=0, tint=-0.5)), fill=solid("7F7F7F")),
    "indexed white": styled(font=Font(color=Color(indexed=9))),
    "black on black": styled(fill=solid("000000")),
    "tiny": styled(font=Font(sz=1)),
    "pictures": styled(font=Font(name="Wingdings 2")),
    "struck": styled(font=Font(strike=True)),
    "raised": styled(font=Font(vertAlign="superscript")),
    "repeated": styled(alignment=Alignment(horizontal="fill")),
    "hidden row": lambda trial, cell: setattr(trial.sheet.row_dimensions[cell.row], "hidden", True),
    "flat row": lambda trial, cell: setattr(trial.sheet.row_dimensions[cell.row], "height", 0.75),
    "hidden column": lambda trial, cell: setattr(
        trial.sheet.column_dimensions[cell.column_letter], "hidden", True
    ),
    "narrow column": lambda trial, cell: setattr(
        trial.sheet.column_dimensions[cell.column_letter], "width", 0.1
    ),
    "hiding rule": ruled(dxf=DifferentialStyle(font=Font(color="FFFFFF"))),
    "formatting rule": ruled(
        dxf=DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode=";;;"))
    ),
    "bar for the number": bar(shows=False),
    "struck digits": lambda trial, cell: setattr(
        cell, "value", CellRichText(TextBlock(InlineFont(strike=True), "55"), "77")
    ),
    "white digits": lambda trial, cell: setattr(
        cell, "value", CellRichText(TextBlock(InlineFont(color=Color("FFFFFF")), "55"), "77")
    ),
    "raised digit": lambda trial, cell: setattr(
        cell, "value", CellRichText("55", TextBlock(InlineFont(vertAlign="superscript"), "7"))
    ),
    "merged": lambda trial, cell: trial.sheet.merge_cells(
        start_row=cell.row, end_row=cell.row + 1, start_column=cell.column, end_column=cell.column
    ),
}


def rounded(trial: Trial) -> None:
    """More decimals than are shown: what is shown counts, if it is as exact as is asked for."""
    cell = trial.cell()
    column = trial.measures[cell.column]
    cell.value = trial.number(cell) + 0.04
    cell.number_format = trial.rng.choice(("0.0", "#,##0.0"))
    if (column.rounded_to or 0) < 0.1:
        trial.is_plain = False


def too_rounded(trial: Trial) -> None:
    """Fewer decimals than are asked for."""
    cell = trial.cell()
    cell.value, cell.number_format = trial.number(cell) // 1 + 0.4, "0"
    if trial.measures[cell.column].rounded_to != 1:
        trial.lose(cell)
    else:
        trial.numbers[cell.coordinate] = trial.number(cell) // 1


def worded(trial: Trial) -> None:
    """A key with letters in parts, spaces nobody sees, or a soft hyphen."""
    at = trial.rng.randint(2, trial.sheet.max_row)
    cell = trial.sheet.cell(at, 1)
    if isinstance(cell.value, str):
        change = trial.rng.choice(("o\u0308", "pad", "hyphen"))
        word = cell.value
        cell.value = {
            "o\u0308": word.replace("å", "a\u030a").replace("Å", "A\u030a"),
            "pad": f"\u00a0{word} ",
            "hyphen": f"{word[:3]}\u00ad{word[3:]}",
        }[change]


def percent(trial: Trial) -> None:
    """A column of shares as fractions in percent format."""
    shares = [at for at, column in trial.measures.items() if column.unit == "prosent"]
    if not shares or trial.places:
        return
    at = trial.rng.choice(shares)
    for cell in next(trial.sheet.iter_cols(at, at, 2)):
        assert isinstance(cell, Cell)
        cell.value = round(trial.number(cell) / 100, 5)
        cell.number_format = trial.rng.choice(("0.0%", "0.0 %", "0.00%"))
        trial.places.add(cell.coordinate)


def repeated_row(trial: Trial) -> None:
    trial.sheet.append([cell.value for cell in trial.sheet[trial.sheet.max_row]])
    trial.is_plain = False


def second_table(trial: Trial) -> None:
    trial.sheet.append([])
    trial.sheet.append([cell.value for cell in trial.sheet[1]])
    trial.is_plain = False


def noted(trial: Trial) -> None:
    trial.sheet.append([])
    trial.sheet.append(["Kilde: Uttrekk"])


def disturb(trial: Trial) -> str:
    kind = trial.rng.choice(("same", "same", "lost", "lost", "whole"))
    if kind == "whole":
        change = trial.rng.choice(
            (rounded, too_rounded, worded, percent, repeated_row, second_table, noted)
        )
        change(trial)
        return change.__name__
    changes = SAME if kind == "same" else LOST
    name = trial.rng.choice([*changes])
    cell = trial.cell()
    changes[name](trial, cell)
    if kind == "lost":
        trial.lose(cell)
    if name == "merged":
        below = trial.sheet.cell(cell.row + 1, cell.column).coordinate
        trial.places.add(below)
    return f"{kind}: {name}"


def check(trial: Trial, name: str, content: bytes, what: str) -> bool:
    """Compare what is taken in with what people see; whether the file was read."""
    snapshot = Snapshot("k", Path(name), UNKNOWN, content, trial.source.columns)
    try:
        rows = tidy(snapshot, trial.source)
    except KgError as problem:
        words = str(problem)
        assert not trial.is_plain, f"{what}: {words}"
        is_placed = PLACE if not name.endswith(".csv") else CSV_PLACE
        assert is_placed.search(words) or WHOLE.search(words), f"{what}: {words}"
        return False
    taken: dict[str, float] = {}
    for column in trial.measures.values():
        cells = zip(rows[f"{column.name}{CELL}"], rows[column.name], strict=True)
        taken |= {cell.partition(":")[2]: number / column.scale for cell, number in cells}
        assert not any(rows[f"{column.name}{SYMBOL}"]), what
    wrong = [at for at in trial.numbers if not math.isclose(taken[at], trial.numbers[at])]
    assert not wrong, f"{what}: {[(at, taken[at], trial.numbers[at]) for at in wrong]}"
    return True


@pytest.fixture(scope="module")
def templates(catalog: Catalog) -> list[tuple[Source, bytes]]:
    sources = [s for s in catalog.sources.values() if s.delivery in TABLES]
    made = []
    for source in sources:
        book = load_workbook(io.BytesIO(xlsx_template(source, "Tabell")))
        # It is never read, and takes half of the time.
        del book[EXPLANATION]
        made.append((source, saved(book)))
    return made


@pytest.mark.slow
def test_no_disturbed_workbook_gives_another_number(
    templates: list[tuple[Source, bytes]],
) -> None:
    done: Counter[str] = Counter()
    for seed in range(FILES):
        rng = random.Random(seed)
        source, template = rng.choice(templates)
        trial = filled(template, source, rng)
        kinds = [disturb(trial) for _ in range(rng.randint(1, 3))]
        assert trial.sheet.parent
        content = saved(trial.sheet.parent)
        is_read = check(trial, "x.xlsx", content, f"{seed} {source.delivery} {kinds}")
        done.update([*kinds, f"read {is_read}"])
    assert min(done["read True"], done["read False"]) > FILES / 4, done
    assert {f"same: {name}" for name in SAME} | {f"lost: {name}" for name in LOST} <= {*done}


# How a CSV file shows a number: the same, or something else. {} is the number.
CSV_SAME = ("{}", " {} ", "{}\u00a0", "\u200b{}", "{}\n")
CSV_LOST = (
    *("{}O", "l{}", "{}e3", "ca. {}", "<{}", "({})", "{}*", "{}x", "\u202e{}", "#REF!", ""),
    *("{},5,1", "{}.5.1", "0x{}", "'{}", "{} 1)", "=1+{}", "1/{}", "{}\u00b2"),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


def csv_trial(template: bytes, source: Source, rng: random.Random) -> tuple[Trial, bytes, str]:
    trial = filled(template, source, rng)
    space, encoding = rng.choice(("", " ", "\u00a0")), rng.choice(ENCODINGS)
    separator, end = rng.choice(";,\t"), rng.choice(("\r\n", "\n"))
    for place, number in trial.numbers.items():
        trial.sheet[place].value = norwegian(number, space)
    kinds = []
    for _ in range(rng.randint(1, 3)):
        cell, is_lost = trial.cell(), rng.random() < 0.4
        kinds.append(rng.choice(CSV_LOST if is_lost else CSV_SAME))
        cell.value = kinds[-1].format(cell.value)
        cell.data_type = "s"
        if is_lost:
            trial.lose(cell)
    buffer = io.StringIO(newline="")
    quoting: Literal[0, 1] = rng.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL))
    writer = csv.writer(buffer, delimiter=separator, quoting=quoting, lineterminator=end)
    writer.writerows([["" if v is None else v for v in row] for row in trial.sheet.values])
    text = buffer.getvalue()
    if encoding == "cp1252":
        text = re.sub("[\u200b\u202e]", "", text) if trial.is_plain else text
    content = text.encode(encoding, errors="replace")
    if rng.random() < 0.1:
        at = rng.randrange(len(content) // 2 * 2) // 2 * 2
        content = content[:at] + b"\0\0" + content[at:]
        trial.is_plain = False
    return trial, content, f"{kinds} {encoding} {separator!r}"


# What an OpenDocument spreadsheet shows of a number: the same, or something else.
ODS_SAME = ("{}", "{} kr", "kr {}", "{},-", " {} ", "NOK {}")
ODS_LOST = ("", ":", "..", "{}7", "1{}", "<{}", "{}*", "{} mill.", "-{}", "{}E+00", "### {} 1")


def ods_trial(template: bytes, source: Source, rng: random.Random) -> tuple[Trial, bytes, str]:
    trial = filled(template, source, rng)
    kinds = []
    seen = {}
    for place, number in trial.numbers.items():
        space, point = rng.choice((("\u00a0", ","), (" ", ","), (",", "."), (".", ","), ("", ".")))
        seen[place] = f"{number:,}".replace(",", "_").replace(".", point).replace("_", space)
    for _ in range(rng.randint(1, 3)):
        cell, is_lost = trial.cell(), rng.random() < 0.4
        kinds.append(rng.choice(ODS_LOST if is_lost else ODS_SAME))
        seen[cell.coordinate] = kinds[-1].format(seen[cell.coordinate])
        if is_lost:
            trial.lose(cell)
    rows = [
        [
            (cell.value, seen[cell.coordinate]) if cell.coordinate in seen else cell.value
            for cell in row
        ]
        for row in trial.sheet.iter_rows()
    ]
    return trial, ods_of(rows), f"{kinds}"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "make"), [("x.csv", csv_trial), ("x.ods", ods_trial)])
def test_no_disturbed_csv_or_open_document_gives_another_number(
    name: str, make: Callable[..., tuple[Trial, bytes, str]], templates: list[tuple[Source, bytes]]
) -> None:
    done: Counter[bool] = Counter()
    for seed in range(FILES // 2):
        rng = random.Random(seed)
        source, template = rng.choice(templates)
        trial, content, what = make(template, source, rng)
        done[check(trial, name, content, f"{seed} {source.delivery} {what}")] += 1
    assert min(done.values()) > FILES / 10, done
