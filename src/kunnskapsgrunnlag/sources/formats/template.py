"""Templates of deliveries, made from the catalogue: what is asked for, ready to be filled in."""

import csv
import io
import itertools
from collections import ChainMap

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import members
from kunnskapsgrunnlag.catalog.schema import Column, Source
from kunnskapsgrunnlag.sources.formats.facts import FACTS
from kunnskapsgrunnlag.sources.formats.grid import ABOUT, EXPLANATION, SHEET

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ADVICE = (
    "Skriv ett tall i hver celle, med desimalkomma. Skriv «..» der tallet mangler.",
    "Ikke slå sammen celler, og ikke legg til summer, fotnoter eller kolonner.",
    "Fyll ut «Om leveransen»: En fil som ikke sier hva tallene gjelder, blir ikke brukt.",
)


def csv_template(source: Source) -> bytes:
    """The delivery's CSV file without its numbers: what it is of, headings, a row per known key."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    for row in [*_about(source), [], *_rows(source)]:
        for word in row:
            if word.startswith(_FORMULA):
                raise KgError(
                    f"{source.file}: ventet ord som Excel lar være, fant «{word}», som "
                    "leses som en formel. Endre ordet i params.yaml, eller bruk XLSX."
                )
        writer.writerow(row)
    return text.getvalue().encode("utf-8-sig")


def xlsx_template(source: Source, title: str) -> bytes:
    """The delivery's workbook without its numbers, and a sheet that explains each column."""
    columns = source.columns or {}
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for at, (heading, column) in enumerate(columns.items(), 1):
        # The format of the whole column: Excel leaves what is typed there later alone as well.
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.number_format = "General" if column.role in ("measure", "year") else "@"
        dimension.width = max(14, min(len(heading) + 2, 40))
    _write(sheet, _rows(source))
    sheet.freeze_panes = "A2"
    about = book.create_sheet(ABOUT)
    _write(about, _about(source))
    for letter, width in zip("ABC", (16, 50, 70), strict=True):
        about.column_dimensions[letter].width = width
        about.column_dimensions[letter].number_format = "@"
    explanation = book.create_sheet(EXPLANATION)
    _write(explanation, _explained(columns, title))
    for letter, width in zip("ABCDEF", (34, 44, 16, 60, 12, 12), strict=True):
        explanation.column_dimensions[letter].width = width
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _about(source: Source) -> list[list[str]]:
    """What whoever delivers must say: the word, an empty place, and what belongs there."""
    known = {"table": source.delivery or ""}
    rows = ([word, known.get(name, ""), meaning] for name, (word, meaning) in FACTS.items())
    return [[ABOUT], *rows]


def _rows(source: Source) -> list[list[str]]:
    """The headings, and each combination of what the key columns are to hold."""
    columns = source.columns or {}
    known: list[list[dict[str, str]]] = []
    for heading, column in columns.items():
        if column.name not in (source.key or []):
            continue
        if column.role == "category" and column.values:
            known.append([{heading: word} for word in column.values.values()])
        if column.role == "region" and source.expects:
            known.append(_places(heading, columns, source.expects))
    rows = [ChainMap(*parts) for parts in itertools.product(*known)]
    body = [[row.get(heading, "") for heading in columns] for row in rows if row]
    return [[*columns], *body]


def _places(heading: str, columns: dict[str, Column], expects: list[str]) -> list[dict[str, str]]:
    """The regions asked for as the file names them: by name, or by code with the name beside it."""
    system = columns[heading].system or "navn"
    regions = members(expects)
    if system == "navn":
        return [{heading: region.name} for region in regions]
    if lacking := [region.name for region in regions if system not in region.codes]:
        raise KgError(
            f"«{heading}»: ventet områder med kode i {system}, fant {', '.join(lacking)}. "
            "Rett «expects» i params.yaml."
        )
    beside = [other for other, column in columns.items() if column.role == "name"]
    regions.sort(key=lambda region: region.codes[system])
    return [
        {heading: region.codes[system], **dict.fromkeys(beside, region.name)} for region in regions
    ]


def _explained(columns: dict[str, Column], title: str) -> list[list[str]]:
    rows = [[title], ["Kolonne", "Betydning", "Enhet", "Tillatte ord", "Laveste", "Høyeste"]]
    for heading, column in columns.items():
        words = "; ".join((column.values or {}).values())
        low, high = _bound(column.min), _bound(column.max)
        rows.append([heading, _meaning(column), column.unit or "", words, low, high])
    return [*rows, *([line] for line in _ADVICE)]


def _meaning(column: Column) -> str:
    match column.role:
        case "region":
            named = column.system in (None, "navn")
            code = f"Områdekode i {column.system}, med nullen foran"
            return "Område, skrevet med navn" if named else code
        case "year":
            return "Årstall med fire sifre"
        case "category":
            return "Gruppe, skrevet som ett av de tillatte ordene"
        case "text":
            return "Ett av de tillatte ordene"
        case "words":
            return "Ord, fritt skrevet"
        case "name":
            return "Navnet på området, til hjelp for den som leser"
    if column.rounded_to:
        return f"Tall, avrundet til {_bound(column.rounded_to)}"
    return "Tall, ikke avrundet"


def _bound(number: float | None) -> str:
    return "" if number is None else f"{number:.15g}".replace(".", ",")


def _write(sheet: Worksheet, rows: list[list[str]]) -> None:
    """Write words as words: typed and formatted as text, so that none becomes a formula."""
    for number, row in enumerate(rows, 1):
        for at, word in enumerate(row, 1):
            if not word:
                continue
            cell = sheet.cell(number, at, word)
            cell.data_type = "s"
            cell.number_format = "@"
            cell.alignment = Alignment(vertical="top", wrap_text=len(row) > 1)
            cell.font = Font(bold=number == 1 or row[0] == "Kolonne")
