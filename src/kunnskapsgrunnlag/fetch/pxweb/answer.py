"""Answers in JSON-stat2: compared with what was asked, and kept in one form."""

import itertools
import json
import math
from collections.abc import Callable, Sequence
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.fetch.contacts import without_contacts
from kunnskapsgrunnlag.fetch.provider import KEPT, ProviderError
from kunnskapsgrunnlag.sources.formats.jsonstat import read_codes, read_dataset, read_values

Answer = dict[str, Any]
Codes = dict[str, list[str]]
# The order in which a snapshot has the parts of an answer.
_FIRST = ("version", "class", "href", "label", "source", "updated", "link", "note", "role", "id")
_LAST = ("size", "dimension", "value", "status", "extension")


def collect(ask: Callable[[Codes], Answer], codes: Codes, limit: int, where: str) -> Answer:
    """The answer for these codes, once it is known to be just that, in their order."""
    count = math.prod(map(len, codes.values()))
    if count > limit:
        raise KgError(
            f"{where}: spør om {count} celler, og eieren gir høyst {limit} på en gang. Velg færre "
            "koder under «select» i params.yaml, eller del tabellen på to kilder."
        )
    answer = ask(codes)
    check_answer(answer, codes, where)
    return in_order(answer, codes, where)


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


def in_order(answer: Answer, expected: Codes, where: str) -> Answer:
    """The answer in the expected order of dimensions and codes, without personal details."""
    codes = read_codes(answer, where)
    order = [list(codes).index(name) for name in expected]
    values, symbols = read_values(answer, codes, where)
    cells = {
        tuple(combo[at] for at in order): (value, symbol)
        for combo, value, symbol in zip(
            itertools.product(*codes.values()), values, symbols, strict=True
        )
    }
    rows = [cells[combo] for combo in itertools.product(*expected.values())]
    clean = without_contacts(answer)
    whole = clean | {
        "id": list(expected),
        "size": [len(codes) for codes in expected.values()],
        "dimension": {
            name: _dimension(clean["dimension"][name], codes) for name, codes in expected.items()
        },
        "value": [value for value, _ in rows],
        "status": {str(at): symbol for at, (_, symbol) in enumerate(rows) if symbol},
    }
    return whole if whole["status"] else {k: v for k, v in whole.items() if k != "status"}


def _dimension(dimension: Answer, codes: list[str]) -> Answer:
    category = dimension["category"] | {"index": {code: at for at, code in enumerate(codes)}}
    for name in ("label", "unit"):
        if isinstance(words := category.get(name), dict):
            category[name] = {code: words[code] for code in codes if code in words}
    category = _ordered(category, ("index", "label"), ("unit", "note"))
    return _ordered(dimension | {"category": category}, ("label", "category", "note"), ())


def canonical(answer: Answer) -> bytes:
    """The bytes of a snapshot: the same numbers and words give the same bytes."""
    ordered = _ordered(answer, _FIRST, _LAST)
    return f"{json.dumps(ordered, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def _ordered(part: Answer, first: Sequence[str], last: Sequence[str]) -> Answer:
    """The same with its keys in a fixed order; those that are not known stand between, sorted."""
    middle = sorted(key for key in part if key not in first and key not in last)
    return {key: part[key] for key in (*first, *middle, *last) if key in part}
