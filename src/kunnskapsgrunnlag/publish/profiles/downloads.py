"""A level's numbers to take along: a workbook, a CSV that the data package has too, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.publish.downloads.csv_text import table_csv
from kunnskapsgrunnlag.publish.downloads.datapackage import table_resource
from kunnskapsgrunnlag.publish.downloads.numbers_json import data_path, numbers_file
from kunnskapsgrunnlag.publish.downloads.sheets import Sheet
from kunnskapsgrunnlag.publish.downloads.table import FlatTable
from kunnskapsgrunnlag.publish.downloads.workbook import plain_workbook
from kunnskapsgrunnlag.publish.profiles.areas import item_key
from kunnskapsgrunnlag.publish.profiles.make import ProfileKit, anchor_of, trace_of
from kunnskapsgrunnlag.publish.profiles.table import level_table, measure_table
from kunnskapsgrunnlag.store.origins import ORIGIN_WORDS


def level_workbook(kit: ProfileKit) -> bytes:
    """A sheet for each measure, with all areas and years."""
    edition, numbers = kit.edition, kit.numbers
    origins = dict.fromkeys(value.origin for value in numbers.values)
    blocks = [
        (
            "Om filen",
            (
                f"Fra: {edition.title}. {edition.subtitle}.",
                f"Utgave: {edition.key}. {kit.standing.ages}.",
                *([f"{kit.standing.draft}."] if kit.standing.draft else []),
                f"Utgavens dato: {norwegian_date(edition.date)}. Eier: {edition.owner}.",
            ),
        ),
        ("Opphav", tuple(": ".join(ORIGIN_WORDS[origin]) + "." for origin in origins)),
        ("Merknader", tuple(numbers.level.notes)),
        ("Kilder", tuple(_source_lines(kit))),
    ]
    return plain_workbook(edition, numbers.level.title, blocks, list(_sheets(kit)))


def _sheets(kit: ProfileKit) -> Iterator[Sheet]:
    for name, measure in kit.numbers.level.measures.items():
        if not measure.cited:
            how = f"{measure.formula[0].upper()}{measure.formula[1:]}."
            lines = [f"{measure.title}, {measure.unit}.", how]
            yield Sheet(name, measure.title, lines, measure_table(kit.numbers, name))


def _source_lines(kit: ProfileKit) -> Iterator[str]:
    for source in kit.sources.values():
        yield f"{source.owner}: {source.title}, {source.vintage}. Lisens: {source.licence}."


def level_csv(kit: ProfileKit) -> tuple[bytes, bytes]:
    """All of the level's numbers as CSV, and its description for the data package."""
    table: FlatTable = level_table(kit.numbers, kit.numbers.values)
    content = table_csv(table).encode("utf-8")
    name = f"profiler-{kit.numbers.key}"
    cited = {s for m in kit.numbers.level.measures.values() if m.cited for s in m.sources}
    used = [source for key, source in kit.sources.items() if key not in cited]
    title = f"{kit.numbers.level.title}: tallene i profilene"
    resource = table_resource(name, title, f"csv/{name}.csv", content, table, used)
    return content, json.dumps(resource, ensure_ascii=False).encode("utf-8")


def level_json(kit: ProfileKit) -> dict[str, bytes]:
    """All of the level's numbers with what they rest on, by its path in the site."""
    numbers, key = kit.numbers, item_key(kit.numbers.key)
    measures = {
        name: {"title": m.title, "unit": m.unit, "decimals": m.decimals, "formula": m.formula}
        for name, m in numbers.level.measures.items()
    }
    content = numbers_file(
        kit.edition,
        kit.standing,
        key,
        {"title": numbers.level.title},
        measures,
        numbers.values,
        kit.cells,
        kit.sources,
        lambda value: f"sporing/{trace_of(numbers, value)}.html#{anchor_of(value)}",
    )
    return {data_path(key): content}
