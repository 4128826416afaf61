import io
import os
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.downloads.table import ItemPart
from kunnskapsgrunnlag.publish.downloads.workbook import workbook
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import measure_of, spaced, value_of
from tests.publish.downloads.parts import (
    EDITION,
    MAIN,
    STANDING,
    item_book,
    labelled,
    opened,
    part_of,
    real_parts,
    source_of,
    whole_book,
    xml_parts,
)
from tests.publish.downloads.test_csv_text import ATTACKS


def sheets_of(content: bytes) -> list[Any]:
    return list(xml_parts(content, lambda name: name.startswith("xl/worksheets/sheet")))


def words(content: bytes) -> list[str]:
    """Every text cell as a program that knows the format reads it."""
    found = [text.text or "" for sheet in sheets_of(content) for text in sheet.iter(f"{MAIN}t")]
    return [re.sub(r"_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), text) for text in found]


def year(text: str, value: float | None, at: int = 2020, **more: object) -> Value:
    return value_of(f"tabell-1/belop/{at}", text, value, year=at, **more)


@pytest.fixture(scope="module")
def real(
    catalog: Catalog, real_values: dict[str, list[Value]], receipts: dict[str, Receipt]
) -> tuple[list[ItemPart], bytes]:
    parts = real_parts(catalog, real_values, receipts)
    return parts, workbook(catalog.edition, catalog.edition.title, parts, STANDING)


@settings(max_examples=25)
@given(st.text())
@example("_x0041_")
@example("a\r\nb\x01\x0b\ufffe")
@example("#N/A")
def test_any_label_survives_and_is_no_formula(label: str) -> None:
    content = item_book(labelled(label, note=label))
    assert label == "" or words(content).count(label) >= 3  # the cell, the note, the source
    assert not any(list(sheet.iter(f"{MAIN}f")) for sheet in sheets_of(content))


def test_known_attacks_are_words_also_after_an_edit() -> None:
    for label in ATTACKS:
        sheet = opened(item_book(labelled(label)))["Tabell 1"]
        dangerous = label.lstrip(" '\t\r\x00\N{NO-BREAK SPACE}").startswith(tuple("=+-@＝"))
        assert (sheet["A6"].data_type, bool(sheet["A6"].quotePrefix)) == ("s", dangerous), label


def test_the_sheets_stand_in_the_order_of_a_report() -> None:
    book = opened(whole_book(part_of(), part_of(number=2, kind="figur")))
    expected = ["Forside", "Innhold", "Merknader", "Kilder", "Tabell 1", "Figur 2"]
    assert book.sheetnames == expected
    links = [cell.hyperlink.location for cell in book["Innhold"]["A"] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in expected[2:]]


def test_a_table_sheet_says_what_it_is_above_its_table() -> None:
    book = opened(item_book(part_of(year("1", 1.0), notes=("Først.", "Så."))))

    above = [book["Tabell 1"].cell(row, 1).value for row in range(1, 6)]
    assert above[:3] == [
        "Tabell 1: Tittel",
        "Undertittel.",
        "Kilde: Eier. Årgang og lisens står i arket Kilder.",
    ]
    assert str(above[3]).endswith("Merknader: 1, 2, 3, se arket Merknader.")
    assert above[4] == "År"


def test_a_note_of_two_tables_has_one_number() -> None:
    parts = [part_of(notes=("Felles.",)), part_of(notes=("Felles.", "Egen."), number=2)]
    rows = list(opened(whole_book(*parts))["Merknader"].values)
    assert rows[3] == (1, "Felles.", "Tabell 1, Tabell 2")
    assert (3, "Egen.", "Tabell 2") in rows


def test_numbers_are_numbers_and_signs_and_gaps_are_explained() -> None:
    found = [year(spaced("1 382,5"), 1382.46), year("..", None, 2021), year("7,25", 7.25, 2022)]
    more = value_of("tabell-1/lan/2021", "5", 5.0, year=2021)
    measures = {"belop": measure_of(), "lan": measure_of(title="Lån")}
    book = opened(item_book(part_of(*found, more, measures=measures)))
    sheet, notes = book["Tabell 1"], [row[1] for row in book["Merknader"].values]
    assert (sheet["B6"].value, sheet["B6"].number_format) == (1382.5, "#,##0.0")
    assert (sheet["B7"].value, sheet["B7"].data_type) == ("..", "s")
    assert (sheet["B8"].value, sheet["B8"].number_format) == (7.25, "#,##0.00")
    assert (sheet["A6"].value, sheet["A6"].number_format) == (2020, "0")
    assert sheet["C6"].value is None
    assert "Tegnet .. betyr: tallet mangler hos kilden." in notes
    assert "Tom celle: raden har ikke dette målet." in notes


def test_an_estimate_is_marked_in_every_place() -> None:
    part = part_of(year("1", 1.0, origin="estimat"))
    book = opened(item_book(part))
    cover = [cell.value for cell in book["Forside"]["A"]]
    assert book.properties.title == cover[0] == "Tabell 1: Tittel (estimat)"
    assert any(str(line).startswith("ESTIMAT: Tallene er") for line in cover)
    assert book["Innhold"]["C6"].value == "estimat"
    assert book["Tabell 1"]["A1"].value == "Tabell 1: Tittel (estimat)"
    assert book["Tabell 1"]["C6"].value == "estimat"


def test_the_whole_workbook_names_its_estimates_and_others_none() -> None:
    estimate = part_of(year("1", 1.0, origin="estimat"), number=7)
    cover = opened(whole_book(part_of(), estimate))["Forside"]
    assert any(str(c.value).startswith("ESTIMAT: tabell 7 er") for c in cover["A"])
    plain = opened(whole_book(part_of()))["Forside"]
    assert not any("estimat" in str(c.value).casefold() for c in plain["A"])


def test_only_secure_addresses_lead_out() -> None:
    def target(url: str) -> Any:
        part = part_of(source=source_of(url=url))
        return opened(item_book(part))["Kilder"]["F4"].hyperlink

    assert target("https://www.ssb.no/").target == "https://www.ssb.no/"
    assert target("javascript:alert(1)") is None
    assert target("file:///etc/passwd") is None


def test_the_file_says_title_language_and_maker() -> None:
    about = opened(item_book(part_of())).properties
    assert (about.title, about.language) == ("Tabell 1: Tittel", "nb")
    assert (about.creator, about.lastModifiedBy) == (EDITION.owner, None)
    assert {about.created.isoformat(), about.modified.isoformat()} == {"2022-01-01T00:00:00"}


def test_a_text_that_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(KgError, match=r"Merknader: ventet høyst 32767 .* fant 32768"):
        item_book(part_of(notes=("a" * 32_768,)))


def test_bytes_do_not_depend_on_place_or_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for zone, moment in (("UTC", 1_700_000_000.0), ("Pacific/Auckland", 1_800_000_123.0)):
        folder = tmp_path / zone.replace("/", "-")
        folder.mkdir()
        monkeypatch.chdir(folder)
        monkeypatch.setitem(os.environ, "TZ", zone)
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        if hasattr(time, "tzset"):
            time.tzset()
        made.append(item_book(part_of()))
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()

    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2022, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {3}


def test_every_table_is_marked_whole_and_with_unique_headings(
    real: tuple[list[ItemPart], bytes],
) -> None:
    parts, content = real
    tables: list[Any] = list(xml_parts(content, lambda name: name.startswith("xl/tables/")))
    book = opened(content)
    assert len(tables) == len(parts) + 3
    for key in ("displayName", "id"):
        assert len({table.get(key) for table in tables}) == len(tables)
    for table in tables:
        name, place = table.get("displayName"), table.get("ref")
        sheet = book[name.replace("_", " ")]
        left, top, right, bottom = (int(n or 0) for n in range_boundaries(place))
        columns = [column.get("name") for column in table.iter(f"{MAIN}tableColumn")]
        assert re.fullmatch(r"[A-Za-z]+(_\d+)?", name)
        assert (left, right, bottom) == (1, sheet.max_column, sheet.max_row)
        assert columns == [sheet.cell(top, at).value for at in range(1, right + 1)]
        assert len({column.casefold() for column in columns}) == len(columns)
        assert table.find(f"{MAIN}autoFilter").get("ref") == place


def test_no_sheet_has_merged_hidden_or_blank_lines(real: tuple[list[ItemPart], bytes]) -> None:
    book = opened(real[1])

    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert not any(d.hidden for d in sheet.column_dimensions.values())
        assert all(any(value not in (None, "") for value in row) for row in sheet.values)
        if sheet.title != "Forside":
            top = next(iter(sheet.tables.values())).ref.split(":")[0].lstrip("A")
            stays = "B" if sheet.column_dimensions["A"].width <= 40 else "A"
            assert sheet.freeze_panes == f"{stays}{int(top) + 1}"
            assert sheet.print_title_rows == f"${top}:${top}"


def test_the_workbook_holds_the_numbers_of_the_site(real: tuple[list[ItemPart], bytes]) -> None:
    book = opened(real[1])

    for part in real[0]:
        rows = list(book[part.item.label].iter_rows(min_row=6, values_only=True))
        at = [n for n, c in enumerate(part.table.columns) if c.key in part.item.measures]
        flat = [row[n] for row in rows for n in at if row[n] is not None]
        shown = [r for r in part.result.values if r.shown]
        assert len(flat) == len(shown)
        numbers = [v for v in flat if not isinstance(v, str)]
        assert len(numbers) == sum(r.value is not None for r in shown)
