"""A table of numbers in each of the ways in which offices save one, read as far as tidy."""

import csv
import io
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.catalog.schema import Column, Source
from kunnskapsgrunnlag.tidy.delivery import tidy
from tests.sources.formats.books import Rows, book_of, delivered, saved

NBSP, NARROW, THIN, MINUS = "\u00a0", "\u202f", "\u2009", "\u2212"
MEASURES: dict[str, dict[str, Any]] = {
    "lån (antall)": {"name": "loans", "unit": "lån", "min": 0},
    "lån (endring)": {"name": "change", "unit": "lån"},
    "andel": {"name": "pct", "unit": "prosent", "rounded_to": 0.1, "min": 0, "max": 100},
}
COLUMNS = {
    "område": Column(name="region", role="region", system="navn"),
    **{heading: Column(role="measure", **more) for heading, more in MEASURES.items()},
}
SOURCE = Source(file="x", reader="delivery", key=["region"], columns=COLUMNS)
Table = dict[str, tuple[int, int, float]]


@dataclass(frozen=True)
class Dialect:
    """How a file is written: `kind` is a separator, or «numbers» or «texts» in a workbook."""

    kind: str = ";"
    encoding: str = "utf-8-sig"
    decimal: str = ","
    space: str = NBSP
    minus: str = MINUS
    percent: str = ""
    titled: bool = False
    merged: bool = False
    totalled: bool = False
    noted: bool = False
    spread: bool = False
    declared: bool = False

    def text(self, number: float, heading: str) -> Any:
        if self.kind == "numbers":
            return number
        written = f"{abs(number):,}".replace(",", "_").replace(".", self.decimal)
        written = written.replace("_", self.space)
        sign = self.percent if heading == "andel" else ""
        return f"{self.minus if number < 0 else ''}{written}{sign}"


DIALECTS = st.builds(
    Dialect,
    kind=st.sampled_from([";", ",", "\t", "numbers", "texts"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    decimal=st.sampled_from([",", "."]),
    space=st.sampled_from(["", " ", NBSP, NARROW, THIN]),
    minus=st.sampled_from(["-", MINUS]),
    percent=st.sampled_from(["", "%", " %"]),
    titled=st.booleans(),
    merged=st.booleans(),
    totalled=st.booleans(),
    noted=st.booleans(),
    spread=st.booleans(),
    declared=st.booleans(),
)
TABLES: st.SearchStrategy[Table] = st.dictionaries(
    st.sampled_from(BYDELER),
    st.tuples(
        st.integers(0, 10**7),
        st.integers(-(10**5), 10**5),
        st.integers(0, 1000).map(lambda tenths: tenths / 10),
    ),
    min_size=1,
    max_size=6,
)


def rows_of(table: Table, how: Dialect) -> Rows:
    """The rows of the file, with the headings' place left out."""
    rows: Rows = [
        [BY_KEY[key].name, *(how.text(n, h) for n, h in zip(numbers, MEASURES, strict=True))]
        for key, numbers in table.items()
    ]
    if how.totalled:
        sums = [how.text(sum(row[at] for row in table.values()), "") for at in (0, 1)]
        rows.append(["I alt", *sums, None])
    if how.spread:
        rows = [part for row in rows for part in (row, [])]
    if how.noted:
        rows += [["Kilde: Fasit, uttrekk"], ["* Foreløpige tall"]]
    return rows


def content_of(rows: Rows, how: Dialect) -> bytes:
    above: Rows = [["Tabell 1, usikre tall"], []] * how.titled
    if how.kind in ("numbers", "texts"):
        return workbook(above, rows, merged=how.merged)
    buffer = io.StringIO(newline="")
    table = [*above, [*COLUMNS], *rows]
    wide = [[*row, *[""] * (len(COLUMNS) - len(row))] for row in table]
    csv.writer(buffer, delimiter=how.kind).writerows(wide)
    text = f"sep={how.kind}\r\n" * how.declared + buffer.getvalue()
    if how.encoding == "cp1252":
        text = text.translate({ord(NARROW): NBSP, ord(THIN): NBSP, ord(MINUS): "-"})
    return text.encode(how.encoding)


def workbook(above: Rows, rows: Rows, *, merged: bool) -> bytes:
    headings: Rows = [[*COLUMNS]]
    if merged:
        headings = [["område", "lån", None, "andel"], [None, "antall", "endring", None]]
    book = book_of([*above, *headings, *rows])
    top = len(above) + 1
    for place in (f"A{top}:A{top + 1}", f"B{top}:C{top}", f"D{top}:D{top + 1}") if merged else ():
        book.worksheets[0].merge_cells(place)
    return saved(book)


def read(content: bytes, how: Dialect) -> dict[str, Any]:
    """What tidy makes of the file."""
    name = "l/x.xlsx" if how.kind in ("numbers", "texts") else "l/x.csv"
    rows = tidy(delivered(content, COLUMNS, name), SOURCE)
    measures = ("loans", "change", "pct")
    return {row["region"]: tuple(row[m] for m in measures) for row in rows.to_dict("records")}


@given(TABLES, DIALECTS)
@settings(max_examples=200)
def test_a_table_reads_back_from_every_dialect(table: Table, how: Dialect) -> None:
    assert read(content_of(rows_of(table, how), how), how) == table


JUNK = st.text("abIlOxyz%*'`´/|_~^¹²()[]=<>!?#&@:;½€+ \t\n" + NBSP + THIN, min_size=1, max_size=3)


@given(TABLES, DIALECTS, JUNK, st.data())
@settings(max_examples=250)
def test_junk_in_a_cell_is_an_error_or_the_same_number(
    table: Table, how: Dialect, junk: str, data: st.DataObject
) -> None:
    how = replace(how, spread=False)
    rows = rows_of(table, how)
    row = rows[data.draw(st.integers(0, len(table) - 1))]
    column = data.draw(st.integers(0, 3))
    text = str(row[column]).replace(".", ",") if how.kind == "numbers" else row[column]
    at = data.draw(st.integers(0, len(text)))
    row[column] = text[:at] + junk + text[at:]
    try:
        content = content_of(rows, how)
    except UnicodeEncodeError:
        reject()
    try:
        found = read(content, how)
    except KgError as problem:
        assert str(problem).startswith("l/x.")
        return
    assert found == table
