"""Figur 20: the ten housing instruments: strategic or operative, who manages them, for whom."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Canvas, Chart, Table, look

# Whom instruments address, in the order of the drawing; the last have no tenure.
GROUPS = {
    "boligeiere": "For boligeiere",
    "uavhengig av eie eller leie": "For eiere og leietakere",
    "leietakere": "For leietakere",
    "": "For dem som bygger eller leier ut",
}


def compute(stages: pd.DataFrame, levels: pd.DataFrame, tenures: pd.DataFrame) -> pd.DataFrame:
    """Each instrument's stage, its level of government and whom it addresses.

    Args:
        stages: One row per instrument with `stage` and, where figur 21 leaves it out, `level`.
        levels: One row per instrument of figur 21, with `level`.
        tenures: One row per instrument of figur 22, with `tenure`.

    Returns:
        `category` (instrument), `niva`, `forvaltning`, `disposisjonsform` (words; the last is empty
        for instruments that go to those who build or let).
    """
    table = stages.merge(levels, on="instrument", how="left", suffixes=("", "_of_21"))
    table = table.merge(tenures, on="instrument", how="left")
    return pd.DataFrame(
        {
            "category": table["instrument"],
            "niva": table["stage"],
            "forvaltning": table["level"].fillna(table["level_of_21"]),
            "disposisjonsform": table["tenure"],
        }
    )


def draw(table: Table, chart: Chart) -> None:
    """Instruments of the state to the left and of the city to the right, by whom they are for."""
    canvas = Canvas(chart)
    groups = table["disposisjonsform"].fillna("")
    half = (canvas.width - 16) / 2
    for x, title in ((0, "Statlige"), (half + 16, "Kommunale")):
        y = canvas.text((x, 0), title, half, bold=True)
    for group, title in GROUPS.items():
        canvas.stroke((0, y + 7), (canvas.width, y + 7), width=1, colour=look.GRID)
        y = canvas.text((0, y + 12), title, canvas.width, colour=look.QUIET) + 4
        feet = [y]
        for x, level, fill in (
            (0, "statlig", look.LIGHT),
            (half + 16, "kommunal", look.LIGHT_GREEN),
        ):
            rows = table[(table["forvaltning"] == level) & (groups == group)]
            boxes = canvas.pairs(rows, "niva", part=f"{title}, {level}")
            placed = canvas.grid((x, y), half, boxes, columns=1 if chart.narrow else 2, fill=fill)
            feet += [box.bottom for box in placed]
        y = max(feet)
