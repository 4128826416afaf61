"""JSON-stat2, as SSB's PxWebApi answers it: every cell with its codes, value and status symbol."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

from kunnskapsgrunnlag.errors import KgError


@dataclass(frozen=True)
class Cell:
    """One cell: flat index, code per dimension, value (NaN if null) and symbol."""

    index: int
    codes: dict[str, str]
    value: float
    symbol: str


@dataclass(frozen=True)
class Dataset:
    """A JSON-stat2 dataset.

    Attributes:
        label: The provider's title.
        updated: When the provider last updated the table, or "".
        notes: The provider's notes.
        labels: Per dimension: code -> label.
        units: Per contents code: unit as the provider names it.
        cells: All cells, last dimension fastest.
    """

    label: str
    updated: str
    notes: tuple[str, ...]
    labels: dict[str, dict[str, str]]
    units: dict[str, str]
    cells: tuple[Cell, ...]


def read_dataset(answer: Any, where: str) -> Dataset:
    """Read a decoded JSON-stat2 answer.

    Raises:
        KgError: If it is no JSON-stat2 dataset, or its sizes, codes and values do not agree.
    """
    _check_shape(answer, where)
    ids: list[str] = answer["id"]
    codes = {name: _codes(answer["dimension"][name], name, where) for name in ids}
    sizes = [len(codes[name]) for name in ids]
    if sizes != list(answer["size"]):
        raise KgError(f"{where}: size says {answer['size']}, the dimensions have {sizes} codes.")
    count = math.prod(sizes)
    values = _by_index(answer["value"], count, "value", where)
    symbols = _symbols(answer.get("status"), count, where)
    _refuse_unexplained(values, symbols, where)
    cells = tuple(
        Cell(
            i,
            dict(zip(ids, combo, strict=True)),
            _number(values.get(i), i, where),
            str(symbols.get(i, "") or ""),
        )
        for i, combo in enumerate(itertools.product(*(codes[name] for name in ids)))
    )
    return Dataset(
        label=str(answer.get("label", "")),
        updated=str(answer.get("updated", "")),
        notes=tuple(answer.get("note", ())),
        labels={n: _labels(answer["dimension"][n], codes[n]) for n in ids},
        units=_units(answer, ids),
        cells=cells,
    )


def _check_shape(answer: Any, where: str) -> None:
    if not isinstance(answer, dict) or answer.get("class") != "dataset":
        kind = answer.get("class") if isinstance(answer, dict) else type(answer).__name__
        raise KgError(f"{where}: expected a JSON-stat2 dataset, found {kind!r}. Fetch it again.")
    lacking = [k for k in ("id", "size", "dimension", "value") if k not in answer]
    if lacking:
        raise KgError(f"{where}: the JSON-stat2 dataset lacks {', '.join(lacking)}.")
    kinds = {"id": list, "size": list, "dimension": dict, "role": dict}
    for part, kind in kinds.items():
        if not isinstance(answer.get(part, kind()), kind):
            raise KgError(f"{where}: expected {part} as a {kind.__name__}, found {answer[part]!r}.")
    if len(set(answer["id"])) != len(answer["id"]):
        raise KgError(f"{where}: a dimension stands twice in id: {answer['id']}.")
    if missing := [name for name in answer["id"] if name not in answer["dimension"]]:
        raise KgError(f"{where}: id names {missing[0]}, which is not under dimension.")


def _codes(dimension: dict[str, Any], name: str, where: str) -> list[str]:
    """Codes in order; the standard allows a list, or an object from code to position."""
    category = dimension.get("category") if isinstance(dimension, dict) else None
    if not isinstance(category, dict):
        raise KgError(f"{where}: dimension {name} has no category. Fetch the table again.")
    index = category.get("index", list(category.get("label", {})))
    if isinstance(index, list):
        ordered = [str(code) for code in index]
    else:
        if sorted(index.values()) != list(range(len(index))):
            raise KgError(f"{where}: the positions of dimension {name} are not 0, 1, 2 …")
        ordered = sorted(index, key=index.__getitem__)
    if len(set(ordered)) != len(ordered):
        raise KgError(f"{where}: dimension {name} has a code twice.")
    return ordered


def _labels(dimension: dict[str, Any], codes: list[str]) -> dict[str, str]:
    label = dimension["category"].get("label", {})
    return {code: str(label.get(code, code)) for code in codes}


def _units(answer: dict[str, Any], ids: list[str]) -> dict[str, str]:
    metric = answer.get("role", {}).get("metric", [])
    names = [name for name in ids if name in metric]
    units = answer["dimension"][names[0]]["category"].get("unit", {}) if names else {}
    return {code: str(unit.get("base", "")) for code, unit in units.items()}


def _by_index(held: Any, count: int, name: str, where: str) -> dict[int, Any]:
    """Values or symbols by flat index; the standard allows a list or a sparse object."""
    if isinstance(held, list):
        if len(held) != count:
            raise KgError(f"{where}: expected {count} entries under {name}, found {len(held)}.")
        return dict(enumerate(held))
    if not isinstance(held, dict):
        raise KgError(f"{where}: {name} is neither a list nor an object.")
    by_index = {int(key): value for key, value in held.items() if str(key).isdigit()}
    if len(by_index) != len(held) or any(i >= count for i in by_index):
        raise KgError(f"{where}: {name} has an index outside 0–{count - 1}.")
    return by_index


def _symbols(status: Any, count: int, where: str) -> dict[int, Any]:
    if status is None:
        return {}
    if isinstance(status, str):
        return dict.fromkeys(range(count), status)
    return _by_index(status, count, "status", where)


def _refuse_unexplained(values: dict[int, Any], symbols: dict[int, Any], where: str) -> None:
    """SSB gives a symbol for each null; a value under a hiding symbol is a broken answer."""
    for index, symbol in symbols.items():
        if symbol in ("..", ":") and values.get(index) is not None:
            raise KgError(f"{where}: cell {index} has both a value and the symbol {symbol!r}.")


def _number(value: Any, index: int, where: str) -> float:
    if value is None:
        return math.nan
    finite = isinstance(value, int | float) and math.isfinite(value)
    if isinstance(value, bool) or not finite:
        raise KgError(f"{where}: cell {index} holds {value!r}; expected a number or null.")
    return float(value)
