"""The way in to a level's profiles: a map of links, and each area with its strongest finding."""

from __future__ import annotations

import math

from markupsafe import Markup

from kunnskapsgrunnlag.base.escape import esc
from kunnskapsgrunnlag.figures.steps import TINTS, step_of, steps
from kunnskapsgrunnlag.publish.profiles.lookup import LevelNumbers
from kunnskapsgrunnlag.publish.profiles.make import ProfileKit
from kunnskapsgrunnlag.publish.templates import page_templates
from kunnskapsgrunnlag.store.value import Value


def index_html(kit: ProfileKit) -> str:
    """The page's body, from its first heading on."""
    numbers, findings = kit.numbers, kit.findings
    first = {area: findings.of(area)[:1] for area in numbers.areas.names}
    template = page_templates(kit.root).get_template("profiler.html")
    return template.render(
        key=numbers.key,
        level=numbers.level,
        map=Markup(map_html(numbers, "")),
        areas=numbers.areas.names,
        whole=numbers.areas.whole[1],
        headlines={area: own[0].brief if own else "" for area, own in first.items()},
    )


def map_html(numbers: LevelNumbers, up: str) -> str:
    """The areas as tiles that lead to their profiles, tinted by the measure of the map.

    Nothing of a level without tiles.
    """
    level = numbers.level
    drawing = next((entry for entry in level.drawings if entry.kind == "map"), None)
    if not level.tiles or drawing is None:
        return ""
    measure, year = level.measures[drawing.measure], numbers.last_years[drawing.measure]
    values = {area: numbers.last(drawing.measure, area) for area in numbers.areas.names}
    known = {area: v.value for area, v in values.items() if v and v.value is not None}
    scale = steps(known, measure.decimals)
    tiles = "".join(
        _tile(numbers, key, values.get(key), TINTS.index((step.fill, step.ink)) if step else -1, up)
        if key
        else "<span></span>"
        for row in level.tiles
        for key in row
        for step in [step_of(known.get(key, math.nan), scale, measure.decimals)]
    )
    across = max(map(len, level.tiles))
    words = f"{measure.title}, {measure.unit}, {measure.when.format(year=year)}"
    return (
        f'<nav aria-label="Kart over {level.words.the_many}">'
        f'<div class="kg-kart kg-kart-{across}">{tiles}</div>'
        f'<p class="kg-under">{esc(words)}. Mørkere er høyere.</p></nav>'
    )


def _tile(numbers: LevelNumbers, area: str, value: Value | None, step: int, up: str) -> str:
    page = f"{up}{numbers.level.folder}/{area}.html"
    number = f"<b>{esc(value.text)}</b>" if value else ""
    name = esc(numbers.areas.name(area))
    return f'<a class="kg-trinn-{step + 1}" href="{page}"><span>{name}</span> {number}</a>'
