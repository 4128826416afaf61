from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.formats.grid import FileCell
from kunnskapsgrunnlag.sources.formats.open_document import read_open_document
from tests.sources.formats.books import Rows, ods_cell, ods_of, part_of, rezipped

NUMBER = 'office:value-type="float" office:value="{}"'
P = "<text:p>{}</text:p>"


def one_cell(cell: Any, styles: str = "", table: str = "") -> FileCell:
    return read_open_document("x.ods", ods_of([["k"], [cell]], styles, table=table)).rows[1][0]


def refused(content: bytes) -> str:
    with pytest.raises(KgError) as problem:
        read_open_document("x.ods", content)
    return str(problem.value)


@pytest.mark.parametrize(
    ("stored", "seen", "text"),
    [
        ("1234", "1 234", "1234"),
        ("1234", "1\u00a0234", "1234"),
        ("1234", "1,234", "1234"),
        ("1.234", "1,234", "1,234"),
        ("1234.5", "1.234,5", "1234,5"),
        ("1234567.25", "1'234'567.25", "1234567,25"),
        ("0.061", "6,1 %", "6,1"),
        ("0.061", "6.10%", "6,1"),
        ("6.1", "6,1 prosent", "6,1"),
        ("-416", "−416", "-416"),
        ("-416", "(416)", "-416"),
        ("12", "kr 12", "12"),
        ("12", "12,-", "12"),
        ("30101", "030101", "030101"),
        ("0", "-", "-"),
        ("0.1", "0,1", "0,1"),
        ("3.4", "3", "3"),
        ("6.149", "6,1", "6,1"),
    ],
)
def test_a_number_is_the_one_that_is_shown(stored: str, seen: str, text: str) -> None:
    cell = one_cell((stored, seen))
    assert (cell.text, cell.trouble) == (text, "")
    assert cell.stored == {"3.4": "3,4", "6.149": "6,149"}.get(stored, "")


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        *(
            (12, seen)
            for seen in (
                "",
                ":",
                "..",
                "12 000",
                "1,2",
                "-12",
                "<12",
                "12*",
                "1,2E1",
                "tolv",
                "12 mill.",
            )
        ),
        *((1200000, seen) for seen in ("1 200", "1,2", "1,2 mill.", "1200 tusen")),
        *((-5, seen) for seen in ("5", "5,0")),
    ],
)
def test_a_number_that_is_not_shown_is_refused(stored: float, seen: str) -> None:
    assert f"fant {stored} i et format som ikke viser det" in one_cell((stored, seen)).trouble


DATA = (
    '<number:number-style style:name="n">{}</number:number-style>'
    '<number:number-style style:name="white"><style:text-properties fo:color="#ffffff"/>'
    '</number:number-style><style:style style:name="s" style:family="table-cell" '
    'style:data-style-name="n"/>'
)
STYLE = '<style:style style:name="s" style:family="table-cell"><style:{} {}/></style:style>'
SPAN = '<style:style style:name="t" style:family="text"><style:text-properties {}/></style:style>'


@pytest.mark.parametrize(
    ("style", "trouble"),
    [
        (STYLE.format("text-properties", 'fo:color="#ffffff"'), "samme farge"),
        (STYLE.format("table-cell-properties", 'fo:background-color="#000000"'), "samme farge"),
        (STYLE.format("text-properties", 'fo:font-size="1pt"'), "så lite"),
        (STYLE.format("text-properties", 'style:font-name="Webdings"'), "tegninger"),
        (
            STYLE.format("text-properties", 'style:text-line-through-style="solid"'),
            "gjennomstreket",
        ),
        (STYLE.format("text-properties", 'style:text-position="super 58%"'), "hevet eller senket"),
        (STYLE.format("table-cell-properties", 'style:repeat-content="true"'), "gjentas"),
        (
            STYLE.format("text-properties", 'fo:color="#ffffff"').replace('"s"', '"p"')
            + '<style:style style:name="s" style:family="table-cell" style:parent-style-name="p"/>',
            "samme farge",
        ),
        (
            STYLE.format("text-properties", 'fo:color="#ffffff"').replace('"s"', '"p"')
            + '<style:style style:name="s" style:family="table-cell"><style:map '
            'style:condition="cell-content()&lt;5" style:apply-style-name="p"/></style:style>',
            "betinget formatering",
        ),
        (STYLE.format("text-properties", 'fo:color="#ff0000" fo:font-size="11pt"'), ""),
        (DATA.format('<style:text-properties fo:color="#ffffff"/>'), "samme farge"),
        (DATA.format('<style:map style:apply-style-name="white"/>'), "samme farge"),
        (DATA.format("<number:fill-character>1</number:fill-character>"), "fyller cellen"),
        (DATA.format("<number:fill-character> </number:fill-character>"), ""),
    ],
)
def test_what_nobody_can_read_is_trouble(style: str, trouble: str) -> None:
    cell = ods_cell(P.format("12"), f'table:style-name="s" {NUMBER.format(12)}')
    found = one_cell(cell, style).trouble
    assert trouble in found
    assert bool(trouble) == bool(found)
    # The style of a column counts where the cell has none of its own.
    column = '<table:table-column table:default-cell-style-name="s"/>'
    assert trouble in one_cell((12, "12"), style, column).trouble


@pytest.mark.parametrize(
    ("font", "trouble"),
    [
        ('fo:color="#ffffff"', "der noe er i samme farge"),
        ('style:text-line-through-style="solid"', "der noe er gjennomstreket"),
        ('style:text-line-through-type="single"', "der noe er gjennomstreket"),
        ('style:text-position="sub 58%"', "der noe er senket"),
    ],
)
def test_a_piece_of_a_text_that_does_not_count_is_trouble(font: str, trouble: str) -> None:
    words = ods_cell(P.format('55<text:span text:style-name="t">7</text:span>'))
    assert trouble in one_cell(words, SPAN.format(font)).trouble
    raised = one_cell(words, SPAN.format('style:text-position="super 58%"'))
    assert raised == FileCell("55⁷")


@pytest.mark.parametrize(
    ("cell", "trouble"),
    [
        (ods_cell(P.format("#REF!"), 'calcext:value-type="error"'), "fant feilen #REF!"),
        (ods_cell(P.format("SANN"), 'office:value-type="boolean"'), "fant sannhetsverdien SANN"),
        (ods_cell(P.format("01.05.26"), 'office:value-type="date"'), "om til 01.05.26"),
        (ods_cell(P.format("\u202e055")), "et usynlig tegn (U+202E)"),
    ],
)
def test_what_is_neither_word_nor_number_is_trouble(cell: str, trouble: str) -> None:
    assert trouble in one_cell(cell).trouble


def test_words_are_read_as_they_are_shown() -> None:
    words = "St.<text:s/>Hans<text:s text:c='2'/>haugen\u00ad<text:line-break/>a\u030a"
    assert one_cell(ods_cell(P.format(words) + P.format("x"))).text == "St. Hans  haugen\nå\nx"


@pytest.mark.parametrize(
    ("attributes", "column"),
    [
        ('table:visibility="collapse"', ""),
        ('table:visibility="filter"', ""),
        ('table:style-name="low"', ""),
        ("", 'table:visibility="collapse"'),
        ("", 'table:style-name="thin"'),
    ],
)
def test_hidden_rows_and_columns_are_trouble(attributes: str, column: str) -> None:
    styles = (
        '<style:style style:name="low" style:family="table-row">'
        '<style:table-row-properties style:row-height="0.5mm"/></style:style>'
        '<style:style style:name="thin" style:family="table-column">'
        '<style:table-column-properties style:column-width="0.01cm"/></style:style>'
    )
    content = ods_of([["k"], [(12, "12")]], styles, table=f"<table:table-column {column}/>")
    row = f"<table:table-row>{ods_cell(P.format(12), NUMBER.format(12))}</table:table-row>"
    content = ods_of([["k"]], styles, table=f"<table:table-column {column}/>")
    old = part_of(content, "content.xml").decode()
    end = "</table:table-row>"
    new = old.replace(end, end + row.replace("-row>", f"-row {attributes}>", 1))
    content = rezipped(content, {"content.xml": new.encode()})
    trouble = read_open_document("x.ods", content).rows[1][0].trouble
    assert "i en skjult rad eller kolonne" in trouble


def test_repeated_cells_and_rows_stand_in_each_of_their_places() -> None:
    twice = ods_cell(P.format("x"), 'table:number-columns-repeated="2"')
    blank = ods_cell("", 'table:number-columns-repeated="3"')
    endless = ods_cell("", 'table:number-columns-repeated="16380"')
    rows: Rows = [["a", twice, blank, "b", endless], [blank, "c"]]
    content = ods_of(rows)
    blanks = (
        b'<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    )
    old = part_of(content, "content.xml")
    both = old.replace(
        b"</table:table-row><table:table-row>",
        b"</table:table-row>" + blanks + b"<table:table-row>",
    )
    many = both.replace(b"</table:table>", blanks.replace(b'"2"', b'"1048570"') + b"</table:table>")
    found = read_open_document("x.ods", rezipped(content, {"content.xml": many})).rows
    texts = [[cell.text for cell in row] for row in found]
    assert texts == [["a", "x", "x", "", "", "", "b"], [], [], ["", "", "", "c"]]

    last = many.replace(
        b"</table:table>",
        b"<table:table-row><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>",
    )
    assert "fant celler helt til rad" in refused(rezipped(content, {"content.xml": last}))


def test_merged_cells_and_comments_are_remembered_and_covered_cells_are_not_read() -> None:
    wide = ods_cell(P.format("x"), 'table:number-columns-spanned="2" table:number-rows-spanned="2"')
    covered = f"<table:covered-table-cell>{P.format('9')}</table:covered-table-cell>"
    note = ods_cell(f"<office:annotation>{P.format('Se notat')}</office:annotation>{P.format('y')}")
    sheet = read_open_document("x.ods", ods_of([["k"], [None, wide, covered], [note]]))
    assert sheet.merged == [(2, 2, 3, 3)]
    assert sheet.comments == ["rad 3, kolonne A: kommentaren «Se notat»"]
    assert [[cell.text for cell in row] for row in sheet.rows] == [["k"], ["", "x"], ["y"]]


def test_a_sheet_must_be_shown_and_the_file_whole() -> None:
    hidden = (
        '<style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    content = ods_of([["k"]], hidden, title='Ark" table:style-name="h')
    assert "fant ingen. Skjult, med innhold: «Ark»" in refused(content)
    assert "som ikke kan leses" in refused(content[:300])
    locked = rezipped(content, {"META-INF/manifest.xml": b"<manifest:encryption-data/>"})
    assert "en fil med passord" in refused(locked)
    assert "fant makroer" in refused(rezipped(content, {"Basic/Standard/Module1.xml": b"<x/>"}))


def test_zeros_that_a_file_does_not_show_are_trouble() -> None:
    content = ods_of([["k"], [(0, "0")], [(5, "5")]])
    settings = (
        b'<s xmlns:c="urn:c"><c:config-item c:name="ShowZeroValues">false</c:config-item></s>'
    )
    rows = read_open_document("x.ods", rezipped(content, {"settings.xml": settings})).rows
    assert "ikke viser nuller" in rows[1][0].trouble
    assert rows[2][0].text == "5"


def test_a_bar_or_a_picture_instead_of_the_number_is_trouble() -> None:
    rule = (
        "<calcext:conditional-format "
        """calcext:target-range-address="'Ark 1'.A2:'Ark 1'.A3">"""
        '<calcext:data-bar calcext:show-value="false"/></calcext:conditional-format>'
    )
    content = ods_of([["k"], [(5, "5")], [(6, "6")], [(7, "7")]], title="Ark 1", table=rule)
    troubles = [row[0].trouble for row in read_open_document("x.ods", content).rows]
    assert [bool(trouble) for trouble in troubles] == [False, True, True, False]
