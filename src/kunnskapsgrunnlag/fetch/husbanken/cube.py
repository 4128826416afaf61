"""A table of dimensions by measures, read page by page from a Qlik app.

The engine pages a table; here every page is compared with what was asked for, so that a page that
repeats, overlaps or comes short, or a table that changes while it is read, never becomes data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from kunnskapsgrunnlag.fetch.husbanken.app import make_object
from kunnskapsgrunnlag.fetch.husbanken.session import Session

# Evidenced: a page holds at most 1 000 rows and fewer than 10 000 cells (else error 7009).
ROWS = 1_000
CELLS = 9_999
# Far above any table that we ask for: a size beyond it is a mistake, and not worth an hour.
MOST_ROWS = 200_000


class QlikCell(NamedTuple):
    """A cell as the engine gives it.

    Attributes:
        text: What the app shows.
        number: The number behind it; None where there is none (`qNum` is «NaN» or missing).
        null: Whether the engine calls it null.
    """

    text: str
    number: float | None
    null: bool


@dataclass(frozen=True)
class Cube:
    """A table to ask for.

    Attributes:
        name: As errors name it.
        dimensions: Fields; the rows are sorted by them in this order.
        measures: Expression by label.
    """

    name: str
    dimensions: tuple[str, ...]
    measures: dict[str, str]

    @property
    def width(self) -> int:
        """Columns: the dimensions first, then the measures."""
        return len(self.dimensions) + len(self.measures)


def read_cube(session: Session, app: int, cube: Cube) -> list[list[QlikCell]]:
    """All rows of a table: the cells of its dimensions, then of its measures.

    Raises:
        ProviderError: If what comes is not exactly the table that was asked for.
    """
    handle, name, layout = make_object(session, app, _definition(cube), cube.name)
    # What happened before the layout was made is in it; what happens after is not.
    session.changed.discard(handle)
    total = _size(session, cube, layout)
    height = min(ROWS, CELLS // cube.width)
    rows: list[list[QlikCell]] = []
    while len(rows) < total:
        rows += _page(session, handle, cube, len(rows), min(height, total - len(rows)))
        _unchanged(session, handle, cube)
    _unique(session, cube, rows)
    # The layout once more: a table that another reload has made longer is not the one we read.
    again = session.call("GetLayout", handle, [], f"{cube.name} once more").get("qLayout")
    if (now := _size(session, cube, again if isinstance(again, dict) else {})) != total:
        raise session.error(
            f"{cube.name}: expected {total} rows, found {now} after the last page. The app was "
            "reloaded while we read."
        )
    session.call("DestroySessionObject", app, [name], f"to forget {cube.name}")
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
    held = {
        "qDimensions": dimensions,
        "qMeasures": measures,
        "qInitialDataFetch": [],
        "qSuppressZero": False,
        # Leaves out what has no year at all; the app has such rows.
        "qSuppressMissing": True,
        "qInterColumnSortOrder": list(range(len(cube.dimensions))),
    }
    return {"qInfo": {"qType": "table"}, "qHyperCubeDef": held}


def _size(session: Session, cube: Cube, layout: dict[str, Any]) -> int:
    """How many rows the table has, once its columns are those that were asked for."""
    held = layout.get("qHyperCube")
    if not isinstance(held, dict):
        raise session.error(f"{cube.name}: expected a table, found {layout!r:.80}.")
    columns = [*_infos(held, "qDimensionInfo"), *_infos(held, "qMeasureInfo")]
    for at, column in enumerate([held, *columns]):
        if column.get("qError"):
            where = f"{cube.name}, column {at}" if at else cube.name
            raise session.refused(where, column["qError"])
    expected = [*cube.dimensions, *cube.measures]
    found = [column.get("qFallbackTitle") for column in columns]
    order = held.get("qColumnOrder") or [*range(cube.width)]
    if found != expected or order != [*range(cube.width)]:
        raise session.error(
            f"{cube.name}: expected the columns {expected}, found {found} in the order {order}."
        )
    size = held.get("qSize")
    wide, high = (size.get("qcx"), size.get("qcy")) if isinstance(size, dict) else (None, None)
    if wide != cube.width or isinstance(high, bool) or not isinstance(high, int):
        raise session.error(f"{cube.name}: expected {cube.width} columns, found the size {size!r}.")
    if not 0 < high <= MOST_ROWS:
        raise session.error(f"{cube.name}: expected 1 to {MOST_ROWS} rows, found {high}.")
    return high


def _infos(held: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = held.get(name)
    return [v if isinstance(v, dict) else {} for v in value] if isinstance(value, list) else []


def _page(session: Session, handle: int, cube: Cube, top: int, height: int) -> list[list[QlikCell]]:
    area = {"qTop": top, "qLeft": 0, "qWidth": cube.width, "qHeight": height}
    asked = f"{cube.name}, rows {top + 1}–{top + height}"
    result = session.call("GetHyperCubeData", handle, ["/qHyperCubeDef", [area]], asked)
    pages = result.get("qDataPages")
    if not isinstance(pages, list) or len(pages) != 1 or not isinstance(pages[0], dict):
        raise session.error(f"asked for {asked}, expected one page, found {pages!r:.80}.")
    if (given := pages[0].get("qArea", area)) != area:
        raise session.error(f"asked for {asked}, expected the area {area}, found {given!r:.120}.")
    matrix = pages[0].get("qMatrix")
    if not isinstance(matrix, list) or len(matrix) != height:
        count = len(matrix) if isinstance(matrix, list) else "no"
        raise session.error(f"asked for {asked}, expected {height} rows, found {count}.")
    return [_row(session, cube, number, row) for number, row in enumerate(matrix, top + 1)]


def _row(session: Session, cube: Cube, number: int, row: Any) -> list[QlikCell]:
    if not isinstance(row, list) or len(row) != cube.width:
        count = len(row) if isinstance(row, list) else "no"
        raise session.error(
            f"{cube.name}, row {number}: expected {cube.width} cells, found {count}."
        )
    try:
        return [cell_of(cell) for cell in row]
    except ValueError as problem:
        raise session.error(f"{cube.name}, row {number}: expected a cell, {problem}.") from None


def cell_of(raw: Any) -> QlikCell:
    """A cell of the engine's answer.

    Raises:
        ValueError: If it is none.
    """
    if not isinstance(raw, dict):
        raise ValueError(f"found {raw!r:.60}")
    number = raw.get("qNum")
    if number == "NaN" or number is None or (isinstance(number, float) and math.isnan(number)):
        number = None
    elif isinstance(number, bool) or not isinstance(number, int | float) or math.isinf(number):
        raise ValueError(f"found the number {number!r:.60}")
    text = raw.get("qText", "")
    if not isinstance(text, str):
        raise ValueError(f"found the text {text!r:.60}")
    return QlikCell(text, None if number is None else float(number), raw.get("qIsNull") is True)


def _unchanged(session: Session, handle: int, cube: Cube) -> None:
    if handle in session.changed:
        raise session.error(f"{cube.name}: the app was reloaded while we read.")


def _unique(session: Session, cube: Cube, rows: list[list[QlikCell]]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, 1):
        key = tuple(cell.text for cell in row[: len(cube.dimensions)])
        if key in seen:
            raise session.error(
                f"{cube.name}, row {number}: found {', '.join(key)} again, which row {seen[key]} "
                "holds already. A page may have come twice."
            )
        seen[key] = number
