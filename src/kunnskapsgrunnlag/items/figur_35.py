"""Figur 35: what someone who follows up tenants holds together: eight arms from one person."""

import pandas as pd

from kunnskapsgrunnlag.items.kit import Canvas, Chart, Parts, Table, look

WORKER = "Booppfølger"
INSIDE, OUTSIDE, HOME = "bydelen", "utenfor bydelen", "hos beboeren"
TITLES = {INSIDE: "I bydelen", OUTSIDE: "Utenfor bydelen", HOME: "Hjemme"}
FILLS = {INSIDE: look.LIGHT, OUTSIDE: look.LIGHT, HOME: look.LIGHT_GREEN}


def compute(services: pd.DataFrame) -> pd.DataFrame:
    """The services that are held together, and those at home, in words.

    Args:
        services: One row per service, with `side` (where it belongs) and `words`.

    Returns:
        `category` (service), `side` and `ord` (words).
    """
    return services.rename(columns={"service": "category", "words": "ord"})


def draw(table: Table, chart: Chart) -> None:
    """Arms from the worker to services inside and outside the bydel, and to the home."""
    canvas = Canvas(chart)
    parts = canvas.parts("side", "ord")
    (_draw_tree if chart.narrow else _draw_arms)(canvas, parts)


def _draw_arms(canvas: Canvas, parts: Parts) -> None:
    """The worker in the middle, a column of services on each side and the home below."""
    side, columns = 0.34 * canvas.width, []
    far = canvas.width - side
    for left, part in ((0, INSIDE), (far, OUTSIDE)):
        top = canvas.text((left, 0), TITLES[part], side, bold=True) + 4
        columns.append(canvas.column((left, top), side, parts[part], fill=FILLS[part]))
    foot = max(boxes[-1].bottom for boxes in columns)
    core = canvas.box((side + 62, (top + foot) / 2 - 20), far - side - 124, WORKER, fill=look.SPAN)
    for box in columns[0]:
        canvas.thread((core.left, core.middle[1]), (box.right, box.middle[1]), width=2.4)
    for box in columns[1]:
        canvas.thread((core.right, core.middle[1]), (box.left, box.middle[1]), width=2.4)
    below = canvas.text((0, foot + 50), TITLES[HOME], side, bold=True) + 4
    for box in canvas.grid((0, below), canvas.width, parts[HOME], fill=FILLS[HOME]):
        x, end, level = core.middle[0], box.middle[0], foot + 30
        arm = (x, core.bottom), (x, level), (end, level), (end, box.top)
        canvas.stroke(*arm, width=2.4)


def _draw_tree(canvas: Canvas, parts: Parts) -> None:
    """The worker above, and an arm to each service below."""
    core = canvas.box((0, 0), canvas.width, WORKER, fill=look.SPAN)
    y = core.bottom
    for part, title in TITLES.items():
        y = canvas.text((30, y + 10), title, canvas.width - 30, bold=True) + 4
        for box in canvas.column((30, y), canvas.width - 30, parts[part], fill=FILLS[part]):
            _, middle = box.middle
            canvas.stroke((12, core.bottom), (12, middle), (30, middle), width=2.4)
            y = box.bottom
