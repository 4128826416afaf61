"""Answers in JSON-stat2: asked for in parts, compared with what was asked, kept as one."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kunnskapsgrunnlag.fetch.provider import KEPT, ProviderError
from kunnskapsgrunnlag.sources.formats.jsonstat import Number, read_codes, read_dataset, read_values

Answer = dict[str, Any]
Codes = dict[str, list[str]]
# The order in which a snapshot has the parts of an answer.
_FIRST = ("version", "class", "href", "label", "source", "updated", "link", "note", "role", "id")
_LAST = ("size", "dimension", "value", "status", "extension")
_ROUNDS = 5
# Personal details that a provider sends along and that nobody needs to keep.
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"(?:\b(?:tlf|tel|telefon|phone|mobil)\b[.:]*\s*\+?|\+47)[\d \u00a0]{8,}", re.I)
_PERSONAL = ("contact", "contacts")
# No words of the owner's stand here; a code may look like anything.
_NUMBERS = ("id", "size", "value", "status", "index", "label", "unit", "role")


def collect(
    ask: Callable[[Codes], Answer], codes: Codes, limit: int, time: str, where: str
) -> Answer:
    """The answer for these codes, asked for in as many calls as the limit of cells demands.

    All parts are of one vintage. Where the provider finds them too large, they are halved.

    Args:
        time: The variable of periods: parts are cut along it first.
    """
    for _ in range(_ROUNDS):
        parts = []
        try:
            for piece in split(codes, limit, time):
                parts.append(ask(piece))
                check_answer(parts[-1], piece, where)
        except ProviderError as problem:
            if not _is_too_many(problem) or count(piece) == 1:
                raise
            limit = count(piece) // 2
            continue
        if len({part.get("updated") for part in parts}) == 1:
            return combine(parts, codes, where)
    raise ProviderError(
        f"{where}: tabellen ble oppdatert mens den ble hentet, eller selv {limit} celler er for "
        f"mange for ett kall. {KEPT}"
    )


def _is_too_many(problem: ProviderError) -> bool:
    """Documents say 403, and the server 400 with words."""
    return problem.status == 403 or "too many" in problem.title.lower()


def count(codes: Codes) -> int:
    """How many cells codes make; the provider counts empty ones too."""
    return math.prod(map(len, codes.values()))


def split(codes: Codes, limit: int, time: str) -> Iterator[Codes]:
    """Codes in parts of at most so many cells: cut by time, then by the longest variable."""
    if count(codes) <= max(1, limit):
        yield codes
        return
    long = [name for name in codes if len(codes[name]) > 1]
    along = time if time in long else max(long, key=lambda name: len(codes[name]))
    size = max(1, limit * len(codes[along]) // count(codes))
    for at in range(0, len(codes[along]), size):
        yield from split(codes | {along: codes[along][at : at + size]}, limit, time)


def check_answer(answer: Answer, expected: Codes, where: str) -> None:
    """Compare an answer with what was asked for: a provider may leave a filter out unsaid.

    Raises:
        ProviderError: If a dimension or a code is missing or was not asked for, or a cell has
            neither a number nor a symbol.
        KgError: If it is no JSON-stat2 dataset, or its sizes, codes and values do not agree.
    """
    dataset = read_dataset(answer, where)
    _compare("dimensjonene", list(dataset.labels), list(expected), where)
    for name, codes in expected.items():
        _compare(name, list(dataset.labels[name]), codes, where)
    empty = [cell for cell in dataset.cells if math.isnan(cell.value) and not cell.symbol]
    if empty:
        place = ", ".join(f"{name}={code}" for name, code in empty[0].codes.items())
        raise ProviderError(
            f"{where}: {len(empty)} av {len(dataset.cells)} celler har verken tall eller tegn, "
            f"først {place}. Et halvt svar brukes ikke. {KEPT}"
        )


def _compare(what: str, answered: list[str], asked: list[str], where: str) -> None:
    have, wanted = set(answered), set(asked)
    missing = [code for code in asked if code not in have]
    extra = [code for code in answered if code not in wanted]
    if missing or extra:
        lacks = f"; mangler {_some(missing)}" if missing else ""
        more = f"; har {_some(extra)} som ingen ba om" if extra else ""
        raise ProviderError(
            f"{where}: {what}: spurte om {len(asked)}, svaret har {len(answered)}{lacks}{more}. "
            f"Svaret brukes ikke. {KEPT}"
        )


def _some(codes: list[str]) -> str:
    more = f" og {len(codes) - 5} til" if len(codes) > 5 else ""
    return ", ".join(f"«{code}»" for code in codes[:5]) + more


def combine(parts: Sequence[Answer], expected: Codes, where: str) -> Answer:
    """One answer of its parts, in the expected order of dimensions and codes.

    Personal details are left out. Words that are not about codes are those of the last part.
    """
    cells: dict[tuple[str, ...], tuple[Number | None, str]] = {}
    for part in parts:
        codes = read_codes(part, where)
        order = [list(codes).index(name) for name in expected]
        values, symbols = read_values(part, codes, where)
        combos = itertools.product(*codes.values())
        for combo, value, symbol in zip(combos, values, symbols, strict=True):
            cells[tuple(combo[at] for at in order)] = (value, symbol)
    rows = [cells[combo] for combo in itertools.product(*expected.values())]
    clean = [without_contacts(part) for part in parts]
    whole = clean[-1] | {
        "id": list(expected),
        "size": [len(codes) for codes in expected.values()],
        "dimension": {
            name: _dimension([part["dimension"][name] for part in clean], codes)
            for name, codes in expected.items()
        },
        "value": [value for value, _ in rows],
        "status": {str(at): symbol for at, (_, symbol) in enumerate(rows) if symbol},
    }
    return whole if whole["status"] else {k: v for k, v in whole.items() if k != "status"}


def without_contacts(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer without names, addresses and telephone numbers of the owner's staff."""
    cleaned: Answer = _cleaned(answer)
    return cleaned


def _cleaned(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            key: value if key in _NUMBERS else _cleaned(value)
            for key, value in part.items()
            if key not in _PERSONAL
        }
    if isinstance(part, list):
        return [_cleaned(value) for value in part]
    if isinstance(part, str):
        return _PHONE.sub("", _MAIL.sub("", part))
    return part


def _dimension(parts: list[Answer], codes: list[str]) -> Answer:
    """What the parts have of a dimension, together, with its codes in this order."""
    whole: Answer = {}
    for part in parts:
        whole = _together(whole, part)
    category = whole["category"] | {"index": {code: at for at, code in enumerate(codes)}}
    for name in ("label", "unit"):
        if isinstance(words := category.get(name), dict):
            category[name] = {code: words[code] for code in codes if code in words}
    category = _ordered(category, ("index", "label"), ("unit", "note"))
    return _ordered(whole | {"category": category}, ("label", "category", "note"), ())


def _together(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: _together(old.get(key), new.get(key, old.get(key))) for key in {**old, **new}}
    return new


def canonical(answer: Answer) -> bytes:
    """The bytes of a snapshot: the same numbers and words give the same bytes."""
    ordered = _ordered(answer, _FIRST, _LAST)
    return f"{json.dumps(ordered, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def _ordered(part: Answer, first: Sequence[str], last: Sequence[str]) -> Answer:
    """The same with its keys in a fixed order; those that are not known stand between, sorted."""
    middle = sorted(key for key in part if key not in first and key not in last)
    return {key: part[key] for key in (*first, *middle, *last) if key in part}
