"""What the explorer knows of a level: every number as readers see it, by measure, area and time."""

from __future__ import annotations

from typing import Any

from kunnskapsgrunnlag.base.escape import script_json
from kunnskapsgrunnlag.publish.profiles.areas import SCRIPT, trace_key
from kunnskapsgrunnlag.publish.profiles.make import ProfileKit
from kunnskapsgrunnlag.store.bands import band_words
from kunnskapsgrunnlag.store.value import Value


def explorer_script(kit: ProfileKit) -> dict[str, bytes]:
    """The level as a script that the page loads: a page opened from a folder may load no other."""
    numbers, level = kit.numbers, kit.numbers.level
    regions = [*numbers.areas.names, *numbers.areas.larger]
    content = {
        "navn": level.title,
        "ord": level.words.model_dump(),
        "helhet": numbers.areas.whole[0],
        "mappe": level.folder,
        "omrader": [[region, numbers.areas.name(region)] for region in regions],
        "spor": {region: trace_key(numbers.key, region) for region in regions},
        "mal": [
            choice
            for name in level.measures
            if not level.measures[name].parts
            for choice in _choices(kit, name, regions)
        ],
    }
    text = f'(window.KG_PROFIL=window.KG_PROFIL||{{}})["{numbers.key}"]={script_json(content)};\n'
    return {SCRIPT.format(numbers.key): text.encode()}


def _choices(kit: ProfileKit, name: str, regions: list[str]) -> list[dict[str, Any]]:
    """A measure as one thing to choose, or one for each of its groups."""
    measure = kit.numbers.level.measures[name]
    common = {
        "enhet": measure.unit,
        "desimaler": measure.decimals,
        "formel": measure.formula,
        "brudd": [gap.year for gap in measure.breaks],
        "merknad": [f"{gap.note}." for gap in measure.breaks],
        "kilder": [
            f"{kit.sources[s].owner}: {kit.sources[s].title} ({kit.sources[s].vintage})"
            for s in measure.sources
        ],
        "sitert": measure.cited,
        "nar": measure.when,
    }
    own = [v for v in kit.numbers.values if v.measure == name and v.region in regions]
    if measure.by and measure.by != "month":
        return [
            {"id": f"{name}.{key}", "tittel": f"{measure.title}: {words}", **common}
            | {"serier": _series([v for v in own if v.category == key], regions)}
            for key, words in measure.categories.items()
        ]
    return [{"id": name, "tittel": measure.title, **common, "serier": _series(own, regions)}]


def _series(values: list[Value], regions: list[str]) -> dict[str, dict[str, list[str]]]:
    """Region -> time -> the number's text, its anchor, and its band where it is an estimate."""
    series: dict[str, dict[str, list[str]]] = {region: {} for region in regions}
    for value in sorted(values, key=lambda v: (v.year or 0, v.category or "")):
        is_month = value.category is not None and value.category.isdecimal()
        time = f"{value.year}-{value.category}" if is_month else str(value.year)
        band = band_words(value)
        series[value.region or ""][time] = [value.text, *([band] if band else [])]
    return series
