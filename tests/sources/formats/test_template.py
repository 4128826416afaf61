import io
import re
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import members
from kunnskapsgrunnlag.catalog.schema import Catalog, Source
from kunnskapsgrunnlag.sources.formats.delivery import read_delivery
from kunnskapsgrunnlag.sources.formats.facts import FACTS
from kunnskapsgrunnlag.sources.formats.template import csv_template, xlsx_template
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from kunnskapsgrunnlag.tidy.delivery import tidy
from tests.sources.formats.books import delivered, saved

COLUMNS: dict[str, dict[str, Any]] = {
    "gruppe": {"name": "group", "role": "category", "values": {"u": "0-19 år", "alle": "Alle"}},
    "kjønn": {"name": "sex", "role": "category", "values": {"k": "Kvinner", "m": "Menn"}},
    "år": {"name": "year", "role": "year"},
    "andel (prosent)": {"name": "persons_pct", "role": "measure", "unit": "prosent"}
    | {"rounded_to": 0.1, "min": 0, "max": 100},
}


def source_of(**more: dict[str, Any]) -> Source:
    columns = COLUMNS | more
    buffer = {"file": "x.csv", "reader": "delivery", "key": ["group", "sex", "year"]}
    return Source.model_validate(buffer | {"columns": columns})


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


# «Om leveransen», a row for each fact, and an empty row.
ABOVE = len(FACTS) + 2


def table_lines(source: Source) -> list[str]:
    """The lines of the template's table, headings first."""
    return csv_template(source).decode("utf-8-sig").splitlines()[ABOVE:]


def test_a_row_stands_ready_for_each_declared_key() -> None:
    keys = ["0-19 år;Kvinner", "0-19 år;Menn", "Alle;Kvinner", "Alle;Menn"]
    sheet = opened(xlsx_template(source_of(), "Tittel")).worksheets[0]
    rows = [";".join(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)]

    assert table_lines(source_of()) == rows == [";".join(COLUMNS), *(f"{key};;" for key in keys)]


@pytest.mark.parametrize("word", ["=1+1", "+65 år", "-", "@navn"])
def test_no_word_becomes_a_formula(word: str) -> None:
    source = source_of(gruppe={"name": "group", "role": "category", "values": {"x": word}})

    with pytest.raises(KgError, match="som leses som en formel"):
        csv_template(source)
    cell = opened(xlsx_template(source, "Tittel")).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (word, "s")


def test_both_templates_ask_what_the_delivery_is_of() -> None:
    answers = {name: f"svar om {name}" for name in FACTS} | {"total": "0"}
    words = {word: answers[name] for name, (word, _) in FACTS.items()}
    text = "\r\n".join(
        line.replace(";;", f";{words[line.partition(';')[0]]};", 1)
        if number in range(1, len(FACTS) + 1)
        else line
        for number, line in enumerate(csv_template(source_of()).decode("utf-8-sig").splitlines())
    )
    book = opened(xlsx_template(source_of(), "Tittel"))
    for row in book["Om leveransen"].iter_rows(min_row=2):
        row[1].value = words[str(row[0].value)]

    for name, content in {"x.csv": text.encode("utf-8-sig"), "x.xlsx": saved(book)}.items():
        table = read_delivery(name, content, [*COLUMNS], columns=source_of().columns)
        assert table.facts == answers
        assert table.skipped == []


DELIVERED = (
    *("tabell-13", "tabell-14", "tabell-15", "tabell-16"),
    *("figur-18", "figur-19", "figur-26", "figur-28", "figur-32"),
)


def as_delivered(name: str, source: Source, number: float | None) -> Snapshot:
    """The template as it comes back, a number in each cell of a measure, or none."""
    if name.endswith(".csv"):
        written = "" if number is None else f"{number:g}".replace(".", ",")
        head, *body = table_lines(source)
        rows = [re.sub(r";(?=;|$)", f";{written}", row) for row in body]
        return delivered("\n".join([head, *rows]).encode(), source.columns or {}, name)
    book = opened(xlsx_template(source, "Tittel"))
    for row in book.worksheets[0].iter_rows(min_row=2):
        for at in row:
            at.value = at.value or number
    return delivered(saved(book), source.columns or {}, name)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("key", DELIVERED)
def test_a_template_with_numbers_is_a_delivery_and_one_without_is_one_error(
    catalog: Catalog, key: str, ending: str
) -> None:
    source = catalog.sources[f"levering-{key}"]

    measures = [c for c in (source.columns or {}).values() if c.role == "measure"]
    number = 12.5 if measures[0].unit == "prosent" else 1234

    table = tidy(as_delivered(f"{key}.{ending}", source, number), source)

    if source.expects:
        assert {*table["region"]} == {region.key for region in members(source.expects)}
    assert (table[[measure.name for measure in measures]] == number).all(axis=None)
    with pytest.raises(KgError, match=r"rad 2, .*ventet (en hel rad|et tall .* tom celle)"):
        tidy(as_delivered(f"{key}.{ending}", source, None), source)


def test_the_rows_are_the_regions_asked_for(catalog: Catalog) -> None:
    def rows(key: str) -> list[str]:
        return table_lines(catalog.sources[f"levering-{key}"])[1:]

    assert {*DELIVERED} < {s.delivery for s in catalog.sources.values() if s.delivery}
    assert rows("tabell-13")[0] == "Gamle Oslo;"
    assert rows("tabell-13")[15:] == ["Uoppgitt bydel;", "Oslo;"]
    assert rows("tabell-14")[14:] == ["Søndre Nordstrand;;", "Oslo;;"]
    assert (len(rows("figur-18")), rows("figur-18")[0]) == (98, "0102;Grønland;")
    assert len(rows("figur-19")) == 15 + 98
    assert rows("figur-19")[:2] == ["01;Gamle Oslo;", "0102;Grønland;"]
    source = catalog.sources["levering-figur-18"].model_copy(update={"expects": ["oslo"]})
    with pytest.raises(KgError, match=r"«kode»: .* kode i oslo-delbydel, fant Oslo"):
        csv_template(source)


def test_the_workbook_has_words_as_text_and_explains_its_columns() -> None:
    sheet, _, explanation = opened(xlsx_template(source_of(), "Tabell 17")).worksheets
    written = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    rows = [[cell or "" for cell in row] for row in explanation.iter_rows(values_only=True)]
    group = ["gruppe", "Gruppe, skrevet som ett av de tillatte ordene", "", "0-19 år; Alle"]

    assert sheet.freeze_panes == "A2"
    assert {(cell.data_type, cell.number_format) for cell in written} == {("s", "@")}
    assert sheet.column_dimensions["A"].number_format == "@"
    assert sheet.column_dimensions["D"].number_format == "General"
    assert explanation.title == "Forklaring"
    assert rows[0][0] == "Tabell 17"
    assert rows[2][:4] == group
    assert rows[5] == ["andel (prosent)", "Tall, avrundet til 0,1", "prosent", "", "0", "100"]
