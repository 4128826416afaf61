"""JSON-stat2, as PxWeb answers it: every cell with its codes, value and status symbol."""

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError

Number = int | float
# Symbols that say that there is no number; «-» may stand at a 0.
_HIDDEN = re.compile(r"\.{1,6}|:")


@dataclass(frozen=True)
class DataCell:
    """One cell: flat index, code per dimension, value (NaN if null) and symbol."""

    index: int
    codes: dict[str, str]
    value: float
    symbol: str


@dataclass(frozen=True)
class Dataset:
    """A JSON-stat2 dataset.

    Attributes:
        labels: Per dimension: code -> label.
        units: Per contents code: unit as the provider names it.
        cells: All cells, last dimension fastest.
    """

    label: str
    updated: str
    notes: tuple[str, ...]
    labels: dict[str, dict[str, str]]
    units: dict[str, str]
    cells: tuple[DataCell, ...]


def read_dataset(answer: Any, where: str) -> Dataset:
    codes = read_codes(answer, where)
    values, symbols = read_values(answer, codes, where)
    combos = itertools.product(*codes.values())
    cells = tuple(
        DataCell(
            index,
            dict(zip(codes, combo, strict=True)),
            math.nan if value is None else float(value),
            symbol,
        )
        for index, (combo, value, symbol) in enumerate(zip(combos, values, symbols, strict=True))
    )
    return Dataset(
        label=str(answer.get("label", "")),
        updated=str(answer.get("updated", "")),
        notes=read_notes(answer),
        labels={name: read_labels(answer, name, codes[name]) for name in codes},
        units=_units(answer),
        cells=cells,
    )


def read_codes(answer: Any, where: str) -> dict[str, list[str]]:
    """The codes of each dimension, both in the answer's order."""
    kind = answer.get("class") if isinstance(answer, dict) else type(answer).__name__
    if kind != "dataset":
        raise KgError(f"{where}: ventet et datasett i JSON-stat2, fant {kind!r}. Hent det på nytt.")
    try:
        codes = {name: _codes(answer["dimension"][name]["category"]) for name in answer["id"]}
        size = answer["size"]
    except (AttributeError, KeyError, TypeError) as problem:
        raise KgError(f"{where}: datasettet er ikke helt ({problem!r}). Hent på nytt.") from None
    for name, names in codes.items():
        if len(set(names)) != len(names):
            raise KgError(f"{where}: dimensjonen {name} har en kode to ganger.")
    if [len(names) for names in codes.values()] != size:
        counts = [len(names) for names in codes.values()]
        raise KgError(f"{where}: size sier {size}, dimensjonene har {counts} koder.")
    return codes


def _codes(category: dict[str, Any]) -> list[str]:
    """Codes in order; the standard allows a list, an object of positions, or one mere label."""
    index = category["label"] if "index" not in category else category["index"]
    if isinstance(index, dict):
        return sorted(index, key=index.__getitem__)
    return [str(code) for code in index]


def read_labels(answer: dict[str, Any], name: str, codes: list[str]) -> dict[str, str]:
    """Code -> label; a code without a label is its own."""
    labels = answer["dimension"][name]["category"].get("label") or {}
    return {code: str(labels.get(code, code)) for code in codes}


def read_notes(answer: dict[str, Any]) -> tuple[str, ...]:
    notes = answer.get("note") or []
    return (notes,) if isinstance(notes, str) else tuple(map(str, notes))


def _units(answer: dict[str, Any]) -> dict[str, str]:
    metric = [name for name in answer["id"] if name in answer.get("role", {}).get("metric", [])]
    units = answer["dimension"][metric[0]]["category"].get("unit", {}) if metric else {}
    return {code: str(unit.get("base", "")) for code, unit in units.items()}


def read_values(
    answer: dict[str, Any], codes: dict[str, list[str]], where: str
) -> tuple[list[Number | None], list[str]]:
    """The value and the status symbol of each cell, by flat index.

    A null may come without a symbol: the standard allows it, and it is missing all the same.
    """
    count = math.prod(len(names) for names in codes.values())
    values = _dense(answer.get("value"), count, "value", where)
    status = answer.get("status") or {}
    status = [status] * count if isinstance(status, str) else status
    symbols = [str(symbol or "").strip() for symbol in _dense(status, count, "status", where)]
    for index, (value, symbol) in enumerate(zip(values, symbols, strict=True)):
        if value is None:
            continue
        if type(value) not in (int, float) or not math.isfinite(value):
            raise KgError(f"{where}: celle {index} er {value!r:.40}; ventet et tall eller null.")
        if _HIDDEN.fullmatch(symbol) or (symbol == "-" and value != 0):
            raise KgError(f"{where}: celle {index} har både et tall og tegnet {symbol!r}.")
    return list(values), symbols


def _dense(entries: Any, count: int, name: str, where: str) -> Sequence[Any]:
    """Values or symbols by flat index; the standard allows a list or a sparse object."""
    if isinstance(entries, dict):
        places = [str(at) for at in range(count)]
        if strange := entries.keys() - set(places):
            raise KgError(f"{where}: {name} har en plass utenfor 0–{count - 1}: {min(strange)!r}.")
        return [entries.get(place) for place in places]
    if not isinstance(entries, list) or len(entries) != count:
        length = len(entries) if isinstance(entries, list) else "ingen"
        raise KgError(f"{where}: ventet {count} verdier under {name}, fant {length}.")
    return entries
