import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Column
from kunnskapsgrunnlag.sources.formats.delivery import DeliveryTable, read_delivery
from tests.sources.formats.books import Rows, book_of, ods_of, rezipped, saved

HEADINGS = ["område", "antall", "andel"]
COLUMNS = {
    "område": Column(name="region", role="region", system="navn"),
    "antall": Column(name="persons", role="measure", unit="personer"),
    "andel": Column(name="persons_pct", role="measure", unit="prosent"),
}
TABLE: list[list[Any]] = [HEADINGS, ["Oslo", 550, 6.1], ["Bergen", 329, 11]]
TEXTS = [HEADINGS, ["Oslo", "550", "6,1"], ["Bergen", "329", "11"]]


def workbook(rows: Rows, *merged: str, percent: str = "") -> bytes:
    book = book_of(rows, "Tall")
    sheet = book.worksheets[0]
    for place in merged:
        sheet.merge_cells(place)
    if percent:
        sheet[percent].number_format = "0.0 %"
    return saved(book)


def csv_of(rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def read(content: bytes, **more: Any) -> DeliveryTable:
    is_open = b"opendocument" in content[:200]
    name = "x.ods" if is_open else "x.xlsx" if content.startswith(b"PK") else "x.csv"
    return read_delivery(name, content, HEADINGS, **({"columns": COLUMNS} | more))


def refused(content: bytes, **more: Any) -> str:
    with pytest.raises(KgError) as problem:
        read(content, **more)
    return str(problem.value)


def both(rows: Rows) -> list[bytes]:
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return [workbook(rows), csv_of(padded), ods_of(rows)]


def test_each_cell_keeps_its_place_in_the_file() -> None:
    rows: Rows = [["Tabell 1"], [], [None, *HEADINGS], [], [None, "Oslo", 550, "6,1"]]
    for content in both(rows):
        grid = read(content)

        assert grid.rows == TEXTS[:2]
        assert grid.places == [[(3, 2), (3, 3), (3, 4)], [(5, 2), (5, 3), (5, 4)]]
        assert grid.skipped == ["rad 1: Tabell 1"]


words = st.text("abcæøåÆØÅé,;.-«»", min_size=1, max_size=8)
numbers = st.decimals(-(10**7), 10**7, places=2).map(
    lambda number: f"{number:,}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
)


@given(st.lists(st.tuples(words, numbers, numbers), min_size=1, max_size=6), st.booleans())
@settings(max_examples=40)
def test_any_table_reads_back_from_all_kinds_of_file(
    body: list[tuple[str, str, str]], titled: bool
) -> None:
    table = [HEADINGS, *([f"x{word}", *more] for word, *more in body)]
    for content in both([["Tittel"], []] * titled + table):
        assert read(content).rows == table


def test_two_heading_rows_are_joined_and_hidden_ones_refused() -> None:
    upper, lower = ["område", "personer", None], [None, "antall", "andel"]
    content = workbook([["Tittel"], upper, lower, ["Oslo", 1, 2]], "A2:A3", "B2:C2", "A1:C1")
    book = book_of(TABLE, "Tall")
    book.worksheets[0].row_dimensions[1].hidden = True

    grid = read_delivery("x.xlsx", content, ["område", "personer antall", "personer andel"])
    words = refused(saved(book))

    assert grid.rows[0] == ["område", "personer antall", "personer andel"]
    assert grid.places[1] == [(4, 1), (4, 2), (4, 3)]
    assert grid.skipped == ["rad 1: Tittel"]
    assert words.startswith("x.xlsx, ark «Tall», rad 1, kolonne A: ventet overskriften «område»")
    assert "i en skjult rad eller kolonne" in words


def test_a_sheet_that_is_not_read_is_told() -> None:
    book = book_of(TABLE, "Leveranse")
    book.create_sheet("Tabell 16").append([*HEADINGS])
    book.create_sheet("Forklaring").append(["Slik fylles malen ut"])

    assert read(saved(book)).skipped == ["ark «Tabell 16», som ikke er lest"]


def test_merged_cells_are_refused_among_the_numbers_and_nowhere_else() -> None:
    rows: Rows = [*TABLE, [], ["Kilde: SSB"], ["* Foreløpig"]]
    total: Rows = [HEADINGS, ["Sum", None, 5], ["Oslo", "..", 5]]
    reaching = workbook([HEADINGS, [], ["Oslo", 550, 6.1]], "A1:A2", "B1:B2", "C1:C2")
    words = refused(workbook([*TABLE, ["Bergen", 1, 2]], "A3:A4"))

    assert read(workbook(rows, "A5:C5", "A6:C6")).rows == TEXTS
    assert len(read(workbook(total, "A2:B2")).rows) == 2
    assert read(reaching).rows == TEXTS[:2]
    assert words.startswith("x.xlsx, ark «Tall», rad 3, kolonne A: ventet én celle")
    assert "fant A3:A4 slått sammen" in words
    assert "fant A3:C3 slått sammen" in refused(workbook([*rows[:2], ["Bergen", 1, 2]], "A3:C3"))


def test_percent_is_read_only_where_the_unit_says_so_and_in_the_whole_column() -> None:
    rows: Rows = [HEADINGS, ["Oslo", 0.5, 0.061]]
    words = refused(workbook(rows, percent="B2"))

    assert read(workbook(rows, percent="C2")).rows[1] == ["Oslo", "0,5", "6,1"]
    assert "kolonne B «antall»: ventet et tall (personer), fant 50 %" in words
    assert "fant 6,1 %" in refused(workbook(rows, percent="C2"), columns=None)
    for shares, percent, kind in (
        ((0.061, 11), "C2", "11 uten prosentformat"),
        ((6.1, 0.11), "C3", "11 i prosentformat"),
    ):
        rows = [HEADINGS, ["Oslo", 1, shares[0]], ["Bergen", 2, shares[1]]]
        words = refused(workbook(rows, percent=percent))
        assert "rad 3, kolonne C «andel»: ventet et tall (prosent), fant " + kind in words


def test_a_rounded_number_is_the_one_that_is_shown_if_it_is_as_exact_as_is_asked_for() -> None:
    columns = COLUMNS | {"andel": COLUMNS["andel"].model_copy(update={"rounded_to": 0.1})}
    book = book_of([["Kontrollsum", 561.27], HEADINGS, ["Oslo", 550, 6.149], ["Bergen", 1, 4.121]])
    for place in ("C3", "C4"):
        book.worksheets[0][place].number_format = "0.0"
    # The sum is that of the stored numbers, as a spreadsheet works it out.
    assert read(saved(book), columns=columns).rows[1:] == [
        ["Oslo", "550", "6,1"],
        ["Bergen", "1", "4,1"],
    ]
    book.worksheets[0]["C4"].number_format = "0"
    words = refused(saved(book), columns=columns)
    assert (
        "rad 4, kolonne C «andel»: ventet et tall (prosent), fant 4,121 i et format som viser 4"
        in words
    )
    assert "fant 6,149 i et format som viser 6,1" in refused(saved(book), columns=COLUMNS)


def test_trouble_says_where_and_is_none_above_the_table() -> None:
    words = refused(workbook([HEADINGS, ["Oslo", True, 1]]))

    assert words.startswith("x.xlsx, ark «Tall», rad 2, kolonne B «antall»: ventet et tall")
    assert "fant sannhetsverdien SANN" in words
    assert read(workbook([["Laget", True, "=1+1"], *TABLE])).rows == TEXTS
    assert "51000000 byte" in refused(b" " * 51_000_000)
    for content in both([[*HEADINGS, None], ["Oslo", 1, 2, 3]]):
        assert "rad 2, kolonne D: ventet ingenting i en kolonne uten overskrift" in refused(content)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("x.csv", workbook(TABLE), "navnet sier .csv"),
        ("x.xlsx", csv_of(TABLE), "navnet sier .xlsx"),
        ("x.xlsx", b"", "navnet sier .xlsx"),
        ("x.xlsx", ods_of(TABLE), "innholdet er et regneark i OpenDocument"),
        ("x.ods", workbook(TABLE), "innholdet er en arbeidsbok fra Excel"),
        ("x.ods", rezipped(ods_of(TABLE), {"mimetype": b"text"}), "en annen pakket fil"),
        ("x.xlsm", workbook(TABLE), "fant .xlsm"),
        ("x.xls", b"<table>", "fant .xls"),
        ("x", csv_of(TABLE), "fant ingen endelse"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", "i det gamle formatet .xls"),
        ("x.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", "fant .msg"),
        (
            "x.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "en arbeidsbok med passord",
        ),
    ],
)
def test_name_and_content_must_agree(name: str, content: bytes, found: str) -> None:
    with pytest.raises(KgError, match=found):
        read_delivery(name, content, HEADINGS)
