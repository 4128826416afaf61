"""JSON-stat2, as SSB's PxWebApi answers it: every cell with its codes, value and status symbol."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.formats.jsonstat_cells import read_values


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
    codes = read_codes(answer, where)
    values, symbols = read_values(answer, codes, where)
    cells = tuple(
        Cell(
            i,
            dict(zip(codes, combo, strict=True)),
            math.nan if value is None else float(value),
            symbol,
        )
        for i, (combo, value, symbol) in enumerate(
            zip(itertools.product(*codes.values()), values, symbols, strict=True)
        )
    )
    return Dataset(
        label=str(answer.get("label", "")),
        updated=str(answer.get("updated", "")),
        notes=read_notes(answer, where),
        labels={name: read_labels(answer, name, codes[name], where) for name in codes},
        units=read_units(answer, codes, where),
        cells=cells,
    )


def read_codes(answer: Any, where: str) -> dict[str, list[str]]:
    """The codes of each dimension, both in the answer's order.

    Raises:
        KgError: If it is no JSON-stat2 dataset, a code is there twice, or the sizes do not agree.
    """
    _check_shape(answer, where)
    codes = {name: _codes(answer["dimension"][name], name, where) for name in answer["id"]}
    sizes = [len(held) for held in codes.values()]
    if sizes != answer["size"] or any(type(size) is not int for size in answer["size"]):
        raise KgError(f"{where}: size says {answer['size']}, the dimensions have {sizes} codes.")
    return codes


def read_labels(answer: dict[str, Any], name: str, codes: list[str], where: str) -> dict[str, str]:
    """Code -> label; a code without a label is its own.

    Raises:
        KgError: If the labels are no object of texts.
    """
    held = _part(answer["dimension"][name]["category"], "label", f"{where}: dimension {name}")
    return {code: _text(held.get(code, code), f"{where}: label of {code}") for code in codes}


def read_notes(answer: dict[str, Any], where: str) -> tuple[str, ...]:
    """The notes to the whole table.

    Raises:
        KgError: If they are neither a text nor a list of texts.
    """
    held = answer.get("note") or []
    held = [held] if isinstance(held, str) else held
    if not isinstance(held, list):
        raise KgError(f"{where}: expected note as a list, found {held!r:.60}.")
    return tuple(_text(note, f"{where}: note") for note in held)


def read_units(answer: dict[str, Any], codes: dict[str, list[str]], where: str) -> dict[str, str]:
    """Contents code -> unit as the provider names it.

    Raises:
        KgError: If the units are no objects with a text.
    """
    metric = answer.get("role", {}).get("metric", [])
    names = [name for name in codes if name in metric]
    if not names:
        return {}
    at = f"{where}: dimension {names[0]}"
    units = _part(answer["dimension"][names[0]]["category"], "unit", at)
    return {
        code: _text(_part(units, code, f"{at}, unit").get("base", ""), f"{at}, unit of {code}")
        for code in units
    }


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
            raise KgError(
                f"{where}: expected {part} as a {kind.__name__}, found {answer[part]!r:.60}."
            )
    for name, held in answer.get("role", {}).items():
        if not isinstance(held, list):
            raise KgError(f"{where}: expected role.{name} as a list, found {held!r:.60}.")
    ids = [_text(name, f"{where}: id") for name in answer["id"]]
    if len(set(ids)) != len(ids):
        raise KgError(f"{where}: a dimension stands twice in id: {ids}.")
    if missing := [name for name in ids if name not in answer["dimension"]]:
        raise KgError(f"{where}: id names {missing[0]}, which is not under dimension.")
    if extra := [name for name in answer["dimension"] if name not in ids]:
        raise KgError(f"{where}: there is a dimension {extra[0]}, which id does not name.")


def _codes(dimension: Any, name: str, where: str) -> list[str]:
    """Codes in order; the standard allows a list, or an object from code to position."""
    category = dimension.get("category") if isinstance(dimension, dict) else None
    if not isinstance(category, dict):
        raise KgError(f"{where}: dimension {name} has no category. Fetch the table again.")
    index = category.get("index")
    if index is None:
        # Only a single category may leave its position out: labels have no order of their own.
        index = list(_part(category, "label", f"{where}: dimension {name}"))
        if len(index) != 1:
            raise KgError(f"{where}: dimension {name} has {len(index)} labels and no index.")
    if isinstance(index, dict):
        if any(type(at) is not int for at in index.values()) or sorted(index.values()) != list(
            range(len(index))
        ):
            raise KgError(f"{where}: the positions of dimension {name} are not 0, 1, 2 …")
        return sorted(index, key=index.__getitem__)
    if not isinstance(index, list):
        raise KgError(f"{where}: dimension {name}: expected an index, found {index!r:.60}.")
    ordered = [_code(code, f"{where}: dimension {name}") for code in index]
    if len(set(ordered)) != len(ordered):
        twice = next(code for code in ordered if ordered.count(code) > 1)
        raise KgError(f"{where}: dimension {name} has a code twice: {twice!r}.")
    return ordered


def _code(code: Any, where: str) -> str:
    return str(code) if type(code) is int else _text(code, f"{where}, code")


def _part(held: dict[str, Any], name: str, where: str) -> dict[str, Any]:
    """An object inside another; one that is left out is empty."""
    part = held.get(name)
    if part is not None and not isinstance(part, dict):
        raise KgError(f"{where}: expected {name} as an object, found {part!r:.60}.")
    return part or {}


def _text(held: Any, where: str) -> str:
    if not isinstance(held, str):
        raise KgError(f"{where}: expected a text, found {held!r:.60}.")
    return held
