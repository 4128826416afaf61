"""What a Qlik app is asked: to open, its fields, its reload time, selections, and its tables.

Every page of a table is compared with what was asked for, so that a page that repeats, overlaps or
comes short never becomes data.
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.fetch.husbanken.session import GLOBAL, Session

# Evidenced: a page has at most 1 000 rows and fewer than 10 000 cells (else error 7009).
ROWS = 1_000
CELLS = 9_999


def open_app(session: Session) -> int:
    """Open the app with its data; its handle."""
    return handle_of(session, session.call("OpenDoc", GLOBAL, [session.app.app], "appen"), "appen")


def last_reload(session: Session, app: int) -> str:
    """ISO time at which the app last took in data, or "" if it does not say."""
    layout = session.call("GetAppLayout", app, [], "siste oppdatering").get("qLayout") or {}
    return str(layout.get("qLastReloadTime", ""))


def check_fields(session: Session, app: int, needed: tuple[str, ...]) -> None:
    window = [{"qcx": 1000, "qcy": 1000}, {"qcx": 0, "qcy": 0}, 30, True, False]
    tables = session.call("GetTablesAndKeys", app, window, "feltene").get("qtr") or []
    fields = {f.get("qName") for table in tables for f in table.get("qFields") or []}
    if missing := [name for name in needed if name not in fields]:
        raise session.error(
            f"ventet feltet «{missing[0]}», fant {len(fields)} felter uten det."
            f"{nearest(missing[0], map(str, fields))}",
            "Appen er endret: se datamodellen, og rett fetch/husbanken/allowance.py.",
        )


def select(session: Session, app: int, chosen: dict[str, str]) -> None:
    """Select one value in each field given, and nothing anywhere else."""
    session.call("ClearAll", app, [True], "ingen utvalg")
    for name, value in chosen.items():
        asked = f"utvalget {name}={value}"
        at = handle_of(session, session.call("GetField", app, {"qFieldName": name}, asked), asked)
        values = [{"qText": value, "qIsNumeric": False, "qNumber": 0}]
        how = {"qFieldValues": values, "qToggleMode": False}
        if session.call("SelectValues", at, how, asked).get("qReturn") is not True:
            raise session.error(f"spurte om {asked}, men appen har ingen slik verdi.")
    if (now := _selected(session, app)) != chosen:
        raise session.error(f"ventet utvalgene {chosen}, fant {now}.")


def _selected(session: Session, app: int) -> dict[str, str]:
    definition = {"qInfo": {"qType": "CurrentSelections"}, "qSelectionObjectDef": {}}
    _, _, layout = make_object(session, app, definition, "utvalgene")
    selections = (layout.get("qSelectionObject") or {}).get("qSelections") or []
    return {str(s.get("qField")): str(s.get("qSelected")) for s in selections}


def make_object(
    session: Session, app: int, definition: dict[str, Any], asked: str
) -> tuple[int, str, dict[str, Any]]:
    """A session object made and laid out: handle, id, layout."""
    made = session.call("CreateSessionObject", app, [definition], asked)
    handle = handle_of(session, made, asked)
    layout = session.call("GetLayout", handle, [], asked).get("qLayout") or {}
    return handle, str((layout.get("qInfo") or {}).get("qId", "")), layout


def handle_of(session: Session, result: dict[str, Any], asked: str) -> int:
    """The handle that a call returned; the engine gives none for an object that does not exist."""
    handle = (result.get("qReturn") or {}).get("qHandle")
    if not isinstance(handle, int):
        raise session.error(f"spurte om {asked}, fant det ikke ({str(result)[:80]}).")
    return handle


class QlikCell(NamedTuple):
    """A cell as the engine gives it.

    Attributes:
        number: The number behind it; None where there is none (`qNum` is «NaN» or missing).
        is_null: Whether the engine calls it null.
    """

    text: str
    number: float | None
    is_null: bool


@dataclass(frozen=True)
class Cube:
    """A table to ask for.

    Attributes:
        dimensions: Fields; the rows are sorted by them in this order.
    """

    name: str
    dimensions: tuple[str, ...]
    measures: dict[str, str]

    @property
    def columns(self) -> list[str]:
        return [*self.dimensions, *self.measures]


def read_cube(session: Session, app: int, cube: Cube) -> list[list[QlikCell]]:
    """All rows of a table: the cells of its dimensions, then of its measures."""
    handle, name, layout = make_object(session, app, _definition(cube), cube.name)
    total = _size(session, cube, layout)
    height = min(ROWS, CELLS // len(cube.columns))
    rows: list[list[QlikCell]] = []
    while len(rows) < total:
        rows += _page(session, handle, cube, len(rows), min(height, total - len(rows)))
    if len({tuple(cell.text for cell in row[: len(cube.dimensions)]) for row in rows}) < total:
        raise session.error(f"{cube.name}: en rad kom to ganger.")
    session.call("DestroySessionObject", app, [name], f"å glemme {cube.name}")
    return rows


def _definition(cube: Cube) -> dict[str, Any]:
    order = {"qSortByNumeric": 1, "qSortByAscii": 1}
    dimensions = [
        {"qDef": {"qFieldDefs": [name], "qSortCriterias": [order]}} for name in cube.dimensions
    ]
    # Without a label the engine gives the expression as a measure's name.
    measures = [
        {"qDef": {"qDef": expression, "qLabel": label}}
        for label, expression in cube.measures.items()
    ]
    definition = {
        "qDimensions": dimensions,
        "qMeasures": measures,
        "qInitialDataFetch": [],
        "qSuppressZero": False,
        # Leaves out what has no year at all; the app has such rows.
        "qSuppressMissing": True,
        "qInterColumnSortOrder": list(range(len(cube.dimensions))),
    }
    return {"qInfo": {"qType": "table"}, "qHyperCubeDef": definition}


def _size(session: Session, cube: Cube, layout: dict[str, Any]) -> int:
    """How many rows the table has, once its columns are those that were asked for."""
    table = layout.get("qHyperCube") or {}
    columns = [*(table.get("qDimensionInfo") or []), *(table.get("qMeasureInfo") or [])]
    for part in (table, *columns):
        if part.get("qError"):
            raise session.refused(cube.name, part["qError"])
    titles = [column.get("qFallbackTitle") for column in columns]
    order = table.get("qColumnOrder") or [*range(len(titles))]
    if titles != cube.columns or order != [*range(len(titles))]:
        raise session.error(f"{cube.name}: ventet kolonnene {cube.columns}, fant {titles}.")
    rows = (table.get("qSize") or {}).get("qcy")
    if not isinstance(rows, int) or rows < 1:
        raise session.error(f"{cube.name}: ventet rader, fant {rows}.")
    return rows


def _page(session: Session, handle: int, cube: Cube, top: int, height: int) -> list[list[QlikCell]]:
    area = {"qTop": top, "qLeft": 0, "qWidth": len(cube.columns), "qHeight": height}
    asked = f"{cube.name}, radene {top + 1}–{top + height}"
    result = session.call("GetHyperCubeData", handle, ["/qHyperCubeDef", [area]], asked)
    matrix = [row for page in result.get("qDataPages") or [] for row in page.get("qMatrix") or []]
    if len(matrix) != height or any(len(row) != len(cube.columns) for row in matrix):
        raise session.error(f"spurte om {asked}, fant {len(matrix)} rader eller skjeve rader.")
    return [[cell_of(cell) for cell in row] for row in matrix]


def cell_of(raw: dict[str, Any]) -> QlikCell:
    """A cell of the engine's answer, whose null and «not a number» are no numbers."""
    number = raw.get("qNum")
    is_number = isinstance(number, int | float) and not math.isnan(number)
    text, is_null = str(raw.get("qText", "")), raw.get("qIsNull") is True
    return QlikCell(text, float(raw["qNum"]) if is_number else None, is_null)
