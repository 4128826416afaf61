"""`data/figur-27.json`: every number of an item with all that it rests on, for programs.

assets/data/numbers.schema.json is the form, and docs/data.md tells of it. Numbers and their traces
have the same names: `data/figur-27.json#/numbers/andel.oslo.2025` is the number that
`sporing/figur-27.html#andel.oslo.2025` is the trace of. The names stay from edition to edition.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from kunnskapsgrunnlag.base.nb_numbers import rounded
from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.publish.downloads.datapackage import licences
from kunnskapsgrunnlag.publish.downloads.table import Cell, ItemPart, published
from kunnskapsgrunnlag.publish.fragments import anchor_of, trace_link
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.bands import band
from kunnskapsgrunnlag.store.standing import Standing
from kunnskapsgrunnlag.store.value import DIMS, Value

FOLDER = "data"
SCHEMA = f"{FOLDER}/numbers.schema.json"


def data_path(key: str) -> str:
    """Where a file of numbers lies in the site."""
    return f"{FOLDER}/{key}.json"


def item_numbers(edition: Edition, standing: Standing, part: ItemPart) -> bytes:
    """The file of an item."""
    item, result = part.item, part.result
    words = {"label": item.label, "title": item.title, "subtitle": item.subtitle}
    measures = {
        name: {
            "title": f"{m.group}: {m.title}" if m.group else m.title,
            "unit": m.unit,
            "decimals": m.decimals,
            "formula": m.formula,
        }
        for name, m in item.measures.items()
    }
    return numbers_file(
        edition, standing, part.key, words, measures, result.values, result.cells, result.sources
    )


def numbers_file(
    edition: Edition,
    standing: Standing,
    key: str,
    words: Mapping[str, str],
    measures: Mapping[str, Mapping[str, object]],
    values: Iterable[Value],
    cells: Mapping[str, SourceCell],
    sources: Mapping[str, Receipt],
    trace: Callable[[Value], str] = lambda value: trace_link(value.address, ""),
) -> bytes:
    """A file of numbers as bytes, the same for the same content.

    Args:
        words: What the numbers are together: title and the like.
        trace: Where a number's trace lies in the site.
    """
    values = list(values)
    used = dict.fromkeys(cell for value in values for cell in value.cells)
    names = {s: [str(one["name"]) for one in licences([r.licence])] for s, r in sources.items()}
    content = {
        "$schema": SCHEMA.rpartition("/")[2],
        "key": key,
        **words,
        "edition": edition.key,
        "edition_date": edition.date,
        "draft": standing.draft,
        "publisher": edition.owner,
        "measures": dict(measures),
        "sources": {s: _source(r, names[s]) for s, r in sources.items()},
        "cells": {cell: _cell(cells[cell]) for cell in used},
        "numbers": {anchor_of(v.address): _number(v, sources, names, trace(v)) for v in values},
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # A line for each number and cell: what changed between editions can be seen.
    return (text.replace('},"', '},\n"') + "\n").encode("utf-8")


def _number(
    value: Value,
    sources: Mapping[str, Receipt],
    names: Mapping[str, list[str]],
    page: str,
) -> dict[str, object]:
    """A number as it is published: rounded as readers see it, without what hides behind a sign."""
    own = [source for source in value.sources if source in sources]
    shown = None if value.value is None else _plain(published(value))
    bounds = [rounded(bound, value.decimals, value.round_to) for bound in band(value) or ()]
    row: dict[str, object] = {
        "address": value.address,
        "measure": value.measure,
        **{dim: key for dim in DIMS if (key := value.key(dim)) is not None},
        "period": _period(value, sources),
        "value": shown,
        "text": value.text,
        "unit": value.unit,
        "decimals": value.decimals,
        "origin": value.origin,
    }
    if value.value is not None and value.value != shown:
        row["exact"] = value.value
    if bounds:
        row["low"], row["high"] = map(_plain, bounds)
    return row | {
        "arithmetic": value.arithmetic,
        "cells": list(value.cells),
        "licences": list(dict.fromkeys(name for source in own for name in names[source])),
        "page": page,
    }


def _plain(number: Cell) -> int | float:
    exact = Decimal(str(number))
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _period(value: Value, sources: Mapping[str, Receipt]) -> str:
    """The year of a number; of one without, the periods of its sources."""
    if value.year is not None:
        return str(value.year)
    own = [sources[source] for source in value.sources if source in sources]
    return "; ".join(dict.fromkeys(source.period or source.vintage for source in own))


def _source(source: Receipt, names: list[str]) -> dict[str, object]:
    return {
        "owner": source.owner,
        "title": source.title,
        "vintage": source.vintage,
        "period": source.period,
        "origin": source.origin,
        "licence": source.licence,
        "licences": names,
        "url": source.url,
        "file": source.file,
        "sha256": source.sha256_bytes,
    }


def _cell(cell: SourceCell) -> dict[str, str]:
    """Where a cell lies in its source's file, and what stands in it."""
    row = {name: words for name, words in cell.to_json().items() if words}
    return {name: row[name] for name in row if name not in ("source", "file")}
