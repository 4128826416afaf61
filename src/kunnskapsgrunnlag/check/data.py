"""The numbers for programs: every number of the report is there, and says what the store says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kunnskapsgrunnlag.check.page import PageReader
from kunnskapsgrunnlag.publish.downloads.numbers_json import data_path
from kunnskapsgrunnlag.publish.fragments import anchor_of
from kunnskapsgrunnlag.publish.profiles.areas import item_key
from kunnskapsgrunnlag.publish.profiles.stage import read_level
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.value import Value


def check_data(report: Report, pages: Mapping[str, PageReader]) -> Iterator[str]:
    """Each number of each file, its source cells, and the page that it names."""
    values = {key: report.results[key].values for key in report.catalog.items}
    for level in report.catalog.profiles:
        values[item_key(level)] = list(read_level(report, level).values)
    ids = {name: frozenset(page.ids) for name, page in pages.items() if name.startswith("sporing/")}
    for key, own in values.items():
        name = data_path(key)
        path = report.project.site / name
        if not path.is_file():
            yield f"{name} mangler. Kjør kg build."
            continue
        yield from check_numbers(name, own, json.loads(path.read_text(encoding="utf-8")), ids)


def check_numbers(
    name: str,
    values: Iterable[Value],
    content: Mapping[str, Any],
    ids: Mapping[str, frozenset[str]],
) -> Iterator[str]:
    """A file of numbers against the values that it was made of."""
    numbers = dict(content["numbers"])
    for value in values:
        row = numbers.pop(anchor_of(value.address), None)
        if row is None:
            yield f"{name}: {value.address} finnes ikke."
            continue
        wanted = (value.address, value.text, value.unit, value.origin, list(value.cells))
        told = tuple(row[part] for part in ("address", "text", "unit", "origin", "cells"))
        if told != wanted or (value.value is None) != (row["value"] is None):
            yield f"{name}: {value.address}: ventet {wanted}, fant {told}."
        if lacking := [cell for cell in value.cells if cell not in content["cells"]]:
            yield f"{name}: {value.address}: cellene {lacking} finnes ikke."
        page, _, anchor = row["page"].partition("#")
        if anchor not in ids.get(page, ()):
            yield f"{name}: {value.address}: «{row['page']}» fører ingen steder."
    yield from (
        f"{name}: {row['address']} er ikke et tall i rapporten." for row in numbers.values()
    )
