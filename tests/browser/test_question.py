"""How many households in Stovner have children? One answer, wherever a reader looks for it."""

import csv
import re
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from tests.browser.conftest import Opener
from tests.checkout import Checkout

QUESTION = "Hvor mange husholdninger i Stovner med barn?"
CHAPTER = "chapters/kapittel-5.html"
ADDRESS = "tabell-15/med_barn/stovner"


def number(text: str) -> float:
    """The number of a cell, without the band that an estimate has behind it."""
    shown = re.split(r"[\n(]", text.strip())[0]
    return float(re.sub(r"[^\d,]", "", shown).replace(",", "."))


@pytest.fixture(scope="module")
def answer(built: Checkout) -> int:
    return int(built.json("build/values.json")["values"][ADDRESS]["value"])


def row(tab: Any, name: str) -> Any:
    return tab.locator(f"#{name} tr", has=tab.locator("th", has_text=re.compile("^Stovner"))).first


def downloaded(tab: Any, ending: str, folder: Path) -> Path:
    with tab.expect_download() as waiting:
        tab.locator(f'#tabell-15 a[href$="tabell-15.{ending}"]').click()
    waiting.value.save_as(folder / f"tabell-15.{ending}")
    return folder / f"tabell-15.{ending}"


def test_search_leads_from_the_question_to_the_table(
    opened: Opener, sub_folder: str, answer: int
) -> None:
    tab = opened("index.html", base=sub_folder).tab
    tab.get_by_role("searchbox").fill(QUESTION)
    tab.keyboard.press("Enter")
    tab.locator("#kg-sok-treff a").get_by_text("Tabell 15: ").click()
    tab.wait_for_url("**/tabeller/tabell-15.html")
    assert number(row(tab, "tabell-15").locator("td").nth(1).inner_text()) == answer


def test_number_of_the_table_leads_to_its_trace(opened: Opener, answer: int) -> None:
    tab = opened(CHAPTER).tab
    row(tab, "tabell-15").locator("td a").nth(1).click()
    tab.wait_for_url("**/sporing/tabell-15.html#med_barn.stovner")
    trace = tab.locator(".kg-spor:visible")
    assert trace.get_attribute("id") == "med_barn.stovner"
    assert number(trace.locator(".kg-spor-tall strong").inner_text()) == answer


def test_text_says_the_share_that_its_table_says(opened: Opener) -> None:
    tab = opened(CHAPTER).tab
    said = tab.locator('main p a.kg-tall[href$="sporing/tabell-16.html#med_barn.stovner"]').first
    shown = row(tab, "tabell-16").locator("td").nth(1).inner_text()
    assert number(said.inner_text()) == round(number(shown))


def test_workbook_and_csv_are_downloaded_and_have_it(
    opened: Opener, sub_folder: str, tmp_path: Path, answer: int
) -> None:
    tab = opened(CHAPTER, base=sub_folder).tab

    book = openpyxl.load_workbook(downloaded(tab, "xlsx", tmp_path))
    with downloaded(tab, "csv", tmp_path).open(encoding="utf-8-sig") as file:
        lines = {line[0]: line for line in csv.reader(file, delimiter=";")}

    cells = [
        [cell.value for cell in line]
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        if line[0].value == "Stovner"
    ]
    assert answer in cells[0]
    column = lines["Område"].index("Med barn (husholdninger)")
    assert int(lines["Stovner"][column]) == answer


def test_pdf_has_it_in_the_same_table(built: Checkout, answer: int) -> None:
    pdf = pypdfium2.PdfDocument(built.root / "build/kunnskapsgrunnlag.pdf")
    texts = [pdf[at].get_textpage().get_text_range() for at in range(len(pdf))]
    pdf.close()
    heading = "Tabell 15. Antall vanskeligstilte husholdninger"

    # The list of tables has the title too, but no numbers.
    table = "\n".join(text for text in texts if heading in text).replace("\r", "")
    band = r"(?: \(.*?\))?"
    (number,) = re.findall(rf"^Stovner \d+{band} (\d+){band} ", table, re.M)
    assert int(number) == answer
