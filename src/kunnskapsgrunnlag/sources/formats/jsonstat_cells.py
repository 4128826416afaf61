"""The numbers and symbols of a JSON-stat2 answer, however they are written."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError

Number = int | float
# Far above what a provider gives for one query (800 000); an answer of a few bytes that claims
# more must not take the memory.
MOST_CELLS = 5_000_000
# Whole numbers above this are not exact as floats.
EXACT = 2**53
_HIDDEN = re.compile(r"\.{1,6}|:")
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


def read_values(
    answer: dict[str, Any], codes: dict[str, list[str]], where: str
) -> tuple[list[Number | None], list[str]]:
    """The value and the status symbol of each cell, by flat index.

    A null may come without a symbol: the standard allows it, and it is missing all the same.

    Raises:
        KgError: If there are more or fewer than there are cells, or absurdly many; if a value is
            no number, or stands under a symbol that says that there is none.
    """
    count = math.prod(len(held) for held in codes.values())
    if count > MOST_CELLS:
        raise KgError(f"{where}: {count:,} cells; expected at most {MOST_CELLS:,}. Ask for less.")
    values = [
        _number(value, i, where)
        for i, value in enumerate(_dense(answer["value"], count, "value", where))
    ]
    status = answer.get("status")
    if isinstance(status, str):
        status = [status] * count
    symbols = [
        _symbol(symbol, i, where)
        for i, symbol in enumerate(_dense({} if status is None else status, count, "status", where))
    ]
    for index, (value, symbol) in enumerate(zip(values, symbols, strict=True)):
        if value is not None and (_HIDDEN.fullmatch(symbol) or (symbol == "-" and value != 0)):
            raise KgError(f"{where}: cell {index} has both a value and the symbol {symbol!r}.")
    return values, symbols


def _dense(held: Any, count: int, name: str, where: str) -> Sequence[Any]:
    """Values or symbols by flat index; the standard allows a list or a sparse object."""
    if isinstance(held, list):
        if len(held) != count:
            raise KgError(f"{where}: expected {count} entries under {name}, found {len(held)}.")
        return held
    if not isinstance(held, dict):
        raise KgError(f"{where}: {name} is neither a list nor an object.")
    dense: list[Any] = [None] * count
    for key, entry in held.items():
        if not (isinstance(key, str) and _INDEX.fullmatch(key) and int(key) < count):
            raise KgError(f"{where}: {name} has an index outside 0–{count - 1}: {key!r:.40}.")
        dense[int(key)] = entry
    return dense


def _symbol(held: Any, index: int, where: str) -> str:
    if held is None:
        return ""
    if not isinstance(held, str):
        raise KgError(f"{where}: cell {index} has the status {held!r:.40}; expected a text.")
    return held.strip()


def _number(value: Any, index: int, where: str) -> Number | None:
    if value is None:
        return None
    if type(value) is int and abs(value) <= EXACT:
        return value
    if type(value) is float and math.isfinite(value):
        return value
    raise KgError(f"{where}: cell {index} holds {value!r:.40}; expected a number or null.")
