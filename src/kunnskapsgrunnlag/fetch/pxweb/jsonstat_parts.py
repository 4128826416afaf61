"""An answer in JSON-stat2: is it what was asked for, how are parts put together, how is it kept."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence
from typing import Any

from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.fetch.provider import ProviderError
from kunnskapsgrunnlag.fetch.pxweb.strip_contacts import without_contacts
from kunnskapsgrunnlag.sources.formats.jsonstat import (
    read_codes,
    read_labels,
    read_notes,
    read_units,
)
from kunnskapsgrunnlag.sources.formats.jsonstat_cells import Number, read_values

# The order in which a snapshot holds the parts of an answer.
_FIRST = ("version", "class", "href", "label", "source", "updated", "link", "note", "role", "id")
_LAST = ("size", "dimension", "value", "status", "extension")


def check_answer(answer: Any, expected: dict[str, list[str]], where: str) -> None:
    """Compare an answer with what was asked for: a provider may leave a filter out unsaid.

    Args:
        expected: Codes per dimension. The order of either is not compared: see `arranged`.

    Raises:
        ProviderError: If a dimension or a code is missing or was not asked for, or a cell has
            neither a number nor a symbol.
        KgError: If it is no JSON-stat2 dataset, or its sizes, codes and values do not agree.
    """
    found = read_codes(answer, where)
    _compare_dimensions(found, expected, where)
    for name, codes in expected.items():
        _compare_codes(name, found[name], codes, where)
    _refuse_unexplained(answer, found, where)
    read_units(answer, found, where)
    read_notes(answer, where)
    for name, codes in found.items():
        read_labels(answer, name, codes, where)


def _compare_dimensions(
    found: dict[str, list[str]], expected: dict[str, list[str]], where: str
) -> None:
    missing = [name for name in expected if name not in found]
    extra = [name for name in found if name not in expected]
    if missing or extra:
        raise ProviderError(
            f"{where}: asked for the dimensions {', '.join(expected)}, the answer has "
            f"{', '.join(found) or 'none'}"
            f"{_differs(missing, extra)}. The answer is not used."
        )


def _compare_codes(name: str, found: list[str], expected: list[str], where: str) -> None:
    have, asked = set(found), set(expected)
    missing = [code for code in expected if code not in have]
    extra = [code for code in found if code not in asked]
    if not missing and not extra:
        return
    hint = nearest(missing[0], extra) if missing and extra else ""
    raise ProviderError(
        f"{where}: asked for {len(expected)} codes of {name}, the answer has {len(found)}"
        f"{_differs(missing, extra)}. The answer is not used.{hint}"
    )


def _differs(missing: list[str], extra: list[str]) -> str:
    lacks = f"; it lacks {_some(missing)}" if missing else ""
    return f"{lacks}; it has {_some(extra)} that nobody asked for" if extra else lacks


def _some(codes: list[str]) -> str:
    more = f" and {len(codes) - 5} more" if len(codes) > 5 else ""
    return ", ".join(map(repr, codes[:5])) + more


def _refuse_unexplained(answer: dict[str, Any], codes: dict[str, list[str]], where: str) -> None:
    values, symbols = read_values(answer, codes, where)
    for index, (value, symbol) in enumerate(zip(values, symbols, strict=True)):
        if value is None and not symbol:
            combos = itertools.product(*codes.values())
            combo = next(itertools.islice(combos, index, None))
            place = ", ".join(f"{n}={c}" for n, c in zip(codes, combo, strict=True))
            count = sum(v is None and not s for v, s in zip(values, symbols, strict=True))
            raise ProviderError(
                f"{where}: {count} of {len(values)} cells have neither a number nor a symbol that "
                f"says why, first {place}. Half an answer is not used; fetch it again."
            )


def arranged(answer: dict[str, Any], expected: dict[str, list[str]], where: str) -> dict[str, Any]:
    """The same answer with dimensions and codes in the expected order, values and status dense.

    Personal details are left out here, before anything is made of the words.

    Args:
        expected: Codes per dimension, as `check_answer` has compared them.
    """
    found = read_codes(answer, where)
    values, symbols = read_values(answer, found, where)
    strides = _strides([len(codes) for codes in found.values()])
    steps = [
        [strides[at] * place for place in _places(found[name], codes)]
        for name, codes in expected.items()
        for at in [list(found).index(name)]
    ]
    order = [sum(combo) for combo in itertools.product(*steps)]
    dimension = without_contacts(answer["dimension"])
    return without_contacts(answer) | {
        "id": list(expected),
        "size": [len(codes) for codes in expected.values()],
        "dimension": {n: _reindexed(dimension[n], c) for n, c in expected.items()},
        "value": [values[i] for i in order],
        "status": [symbols[i] for i in order],
    }


def _strides(sizes: list[int]) -> list[int]:
    return [math.prod(sizes[at + 1 :]) for at in range(len(sizes))]


def _places(found: list[str], codes: list[str]) -> list[int]:
    place = {code: at for at, code in enumerate(found)}
    return [place[code] for code in codes]


def _reindexed(dimension: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    """The dimension with its codes, labels and units in this order."""
    category = dict(dimension["category"])
    category["index"] = {code: at for at, code in enumerate(codes)}
    for part in ("label", "unit"):
        if isinstance(held := category.get(part), dict):
            category[part] = {code: held[code] for code in codes if code in held}
    category = _ordered(category, ("index", "label"), ("unit", "note"))
    return _ordered(dimension | {"category": category}, ("label", "category", "note"), ())


def merge(parts: Sequence[dict[str, Any]], along: str, where: str) -> dict[str, Any]:
    """One answer of several that differ in the codes of one dimension alone.

    Words that are not about the codes are those of the last part.

    Args:
        along: The dimension whose codes are put one after another, in the order of the parts.

    Raises:
        ProviderError: If the parts overlap, or differ in more than that dimension.
    """
    codes = [read_codes(part, where) for part in parts]
    first = codes[0]
    for held in codes[1:]:
        _compare_dimensions(held, first, where)
        for name in first:
            if name != along:
                _compare_codes(name, held[name], first[name], where)
    joined = [code for held in codes for code in held[along]]
    if len(set(joined)) != len(joined):
        twice = next(code for code in joined if joined.count(code) > 1)
        raise ProviderError(f"{where}: two parts of the answer have {along}={twice}.")
    whole = first | {along: joined}
    values: list[Number | None] = []
    symbols: list[str] = []
    blocks = [
        _blocks(part, first, along, held, where) for part, held in zip(parts, codes, strict=True)
    ]
    for rows in zip(*blocks, strict=True):
        for some_values, some_symbols in rows:
            values += some_values
            symbols += some_symbols
    dimension = {name: parts[-1]["dimension"][name] for name in whole}
    dimension[along] = _reindexed(_joined([part["dimension"][along] for part in parts]), joined)
    return parts[-1] | {
        "id": list(whole),
        "size": [len(held) for held in whole.values()],
        "dimension": dimension,
        "value": values,
        "status": symbols,
    }


def _blocks(
    part: dict[str, Any],
    order: dict[str, list[str]],
    along: str,
    codes: dict[str, list[str]],
    where: str,
) -> list[tuple[list[Number | None], list[str]]]:
    """The part's cells cut where a new round of the dimension begins."""
    expected = order | {along: codes[along]}
    held = arranged(part, expected, where)
    names = list(expected)
    size = math.prod(held["size"][names.index(along) :])
    cuts = range(0, len(held["value"]), size)
    return [(held["value"][at : at + size], held["status"][at : at + size]) for at in cuts]


def _joined(dimensions: list[dict[str, Any]]) -> dict[str, Any]:
    """What the parts say of a dimension's codes, together; a later part's words win."""
    whole: dict[str, Any] = {}
    for dimension in dimensions:
        for key, held in dimension.items():
            whole[key] = _together(whole.get(key), held)
    return whole


def _together(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: _together(old.get(key), new.get(key, old.get(key))) for key in {**old, **new}}
    return new


def canonical(answer: dict[str, Any], where: str = "JSON-stat2") -> bytes:
    """The bytes of a snapshot: the same numbers and words give the same bytes.

    Raises:
        KgError: If it is no JSON-stat2 dataset, or its sizes, codes and values do not agree.
    """
    held = arranged(answer, read_codes(answer, where), where)
    symbols = {str(i): symbol for i, symbol in enumerate(held.pop("status")) if symbol}
    if symbols:
        held["status"] = symbols
    held = _ordered(held, _FIRST, _LAST)
    try:
        text = json.dumps(held, ensure_ascii=False, indent=1, allow_nan=False)
    except ValueError:
        raise ProviderError(f"{where}: the answer holds a number that is infinite.") from None
    return f"{text}\n".encode()


def _ordered(held: dict[str, Any], first: Sequence[str], last: Sequence[str]) -> dict[str, Any]:
    """The same with its keys in a fixed order; those that are not known stand between, sorted."""
    middle = sorted(key for key in held if key not in first and key not in last)
    return {key: held[key] for key in (*first, *middle, *last) if key in held}
