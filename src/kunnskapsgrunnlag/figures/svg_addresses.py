"""Marks read back from a drawing: which numbers each draws, for pages and for checks.

The ids of groups of marks, which `svg_ids.py` has written, become `data-adresse` on the marks
themselves.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.store.tables import dim_label, heading

# Begins the id of a group of marks, behind the kind that matplotlib itself would say.
SIGN = "kg."
GROUP = re.compile(r'<g id="(?:patch|line2d|PathCollection)_kg\.([^"]+)">')
EDGE = re.compile(r"<g\b[^>]*?(/?)>|</g>")
DEFS = re.compile(r"<defs>.*?</defs>", re.S)
ADDRESS = re.compile(r' data-adresse="([^"]*)"')
# Between marks, and between the numbers of one mark; neither stands in an address.
NEXT, ALSO = "::", ":"


def addresses_in(name: str) -> list[list[str]]:
    """The addresses that an id says, mark by mark; none for an id that says no address."""
    _, sign, words = name.partition(f"_{SIGN}")
    marks = words.replace(".", "/").split(NEXT) if sign else []
    return [each.split(ALSO) if each else [] for each in marks]


def tagged(svg: str) -> str:
    """The drawing with `data-adresse` on every mark that draws numbers.

    Raises:
        KgError: If a group does not have as many marks as its id says.
    """
    parts, at = [], 0
    for found in GROUP.finditer(svg):
        end = _end(svg, found.end())
        parts += [svg[at : found.start()], "<g>"]
        parts.append(_with_addresses(svg[found.end() : end], addresses_in(f"_{SIGN}{found[1]}")))
        at = end
    return "".join([*parts, svg[at:]])


def _end(svg: str, start: int) -> int:
    """Where the group ends whose content begins at `start`."""
    depth = 1
    for edge in EDGE.finditer(svg, start):
        depth += -1 if edge[0] == "</g>" else not edge[1]
        if depth == 0:
            return edge.start()
    return len(svg)


def _with_addresses(body: str, marks: list[list[str]]) -> str:
    places = list(_places(body))
    if len(places) != len(marks):
        raise KgError(f"{len(places)} marks are drawn for {marks[0]} and {len(marks) - 1} more.")
    for at, addresses in reversed(list(zip(places, marks, strict=True))):
        if addresses:
            body = f'{body[:at]} data-adresse="{" ".join(addresses)}"{body[at:]}'
    return body


def _places(body: str) -> Iterator[int]:
    """Where the attributes of each mark begin: uses of a shape, or else paths of their own."""
    name = "<use" if "<use " in body else "<path"
    shapes = [found.span() for found in DEFS.finditer(body)]
    for found in re.finditer(rf"{name}(?= )", body):
        if not any(low <= found.start() < high for low, high in shapes):
            yield found.end()


def with_words(drawing: str, item: Item, records: Sequence[Mapping[str, Any]]) -> str:
    """The drawing with the words of numbers that stand in no table on their marks."""
    apart = {r["address"]: r for r in records if not r["shown"]}

    def worded(found: re.Match[str]) -> str:
        record = apart.get(found[1])
        if record is None:
            return found[0]
        measure = item.measures[record["measure"]]
        name = ", ".join(dim_label(item, dim, record[dim]) for dim in item.dims)
        words = {"navn": name, "mal": heading(measure.title, measure.unit), "tekst": record["text"]}
        return found[0] + "".join(
            f' data-{key}="{html.escape(str(value))}"' for key, value in words.items()
        )

    return ADDRESS.sub(worded, drawing)
