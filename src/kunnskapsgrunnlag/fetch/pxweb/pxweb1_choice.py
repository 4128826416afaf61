"""What a query means in a table of PxWebApi 1: the codes to send, and what each stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.catalog.query import Choice, Listed, Query, Span
from kunnskapsgrunnlag.fetch.provider import ProviderError
from kunnskapsgrunnlag.sources.formats.grid import plain

# PxWeb's name in answers for contents that are no variable; a query may name it or leave it out.
_ADDED = "ContentsCode"
# Its code for contents that are no variable: it says nothing.
ELIMINATED = "EliminatedValue"


@dataclass(frozen=True)
class Variable:
    """A variable of the table's metadata: its codes with their labels, in the provider's order."""

    code: str
    labels: dict[str, str]
    is_time: bool
    eliminates: bool


@dataclass(frozen=True)
class Chosen:
    """What is asked of a variable.

    Attributes:
        keys: Code -> label; empty if the provider sums the variable away.
    """

    keys: dict[str, str]
    is_time: bool = False


def read_variables(held: Any, where: str) -> list[Variable]:
    """The variables that the metadata name.

    Raises:
        ProviderError: If it is no table, or a variable has no codes, or a code twice.
    """
    if isinstance(held, list):
        inside = [str(each.get("id")) for each in held if isinstance(each, dict)]
        raise ProviderError(
            f"{where}: expected a table, found a folder with {', '.join(inside[:8]) or 'nothing'}. "
            "Name the table in it in params.yaml."
        )
    found = held.get("variables") if isinstance(held, dict) else None
    if not isinstance(found, list) or not found:
        raise ProviderError(
            f"{where}: expected metadata with variables, found {str(held)[:80]!r}. The table may "
            "be under maintenance: try again later."
        )
    return [_variable(each, where) for each in found]


def _variable(held: Any, where: str) -> Variable:
    match held:
        case {"code": str(name), "values": [_, *_] as codes, "valueTexts": [*labels]} if len(
            codes
        ) == len(labels):
            pass
        case _:
            raise ProviderError(
                f"{where}: expected a variable with codes and a label for each, found "
                f"{str(held)[:80]!r}. The table may be under maintenance: try again later."
            )
    if not all(isinstance(each, str) for each in (*codes, *labels)):
        raise ProviderError(f"{where}: the codes and labels of {name} are not all texts.")
    if twice := _twice(codes):
        raise ProviderError(f"{where}: the metadata name the code {twice} of {name} twice.")
    named = dict(zip(codes, map(plain, labels), strict=True))
    return Variable(name, named, held.get("time") is True, held.get("elimination") is True)


def choose(variables: list[Variable], query: Query, where: str) -> dict[str, Chosen]:
    """What to ask of each variable, in the query's order.

    Raises:
        KgError: If the query leaves a variable out, names one that is not there, or asks for a
            label that is not there or is ambiguous.
    """
    known = {each.code: each for each in variables}
    select = dict(query.select)
    if _ADDED not in known and select.get(_ADDED) in ("all", [ELIMINATED]):
        del select[_ADDED]
    if strange := [name for name in select if name not in known]:
        raise KgError(
            f"{where}: table {query.table} has no variable {strange[0]!r}."
            f"{nearest(strange[0], known)} Change «select» in params.yaml."
        )
    if lacking := [name for name in known if name not in select]:
        raise KgError(
            f"{where}: the query says nothing of {', '.join(lacking)}. Add a choice for each to "
            "«select» in params.yaml: all, total, or the values."
        )
    return {
        name: _chosen(known[name], choice, f"{where}: {name}") for name, choice in select.items()
    }


def _chosen(variable: Variable, choice: Choice, where: str) -> Chosen:
    if choice == "total":
        if not variable.eliminates or variable.is_time:
            raise KgError(
                f"{where}: the provider has no total for it (elimination). Choose values instead."
            )
        return Chosen({})
    if isinstance(choice, Listed):
        raise KgError(
            f"{where}: a code list ({choice.codelist}) needs codes that stay. Name labels instead."
        )
    # What the query calls a code -> the code.
    names = [(label, code) for code, label in variable.labels.items()]
    if choice == "all":
        asked = [name for name, _ in names]
    elif isinstance(choice, Span):
        asked = _span(choice, [name for name, _ in names], where)
    else:
        asked = [plain(each) for each in choice]
    if not asked:
        raise KgError(f"{where}: the query asks for no value of it. Name some in params.yaml.")
    if twice := _twice(asked) or _twice(name for name, _ in names if name in {*asked}):
        raise KgError(
            f"{where}: «{twice}» stands there twice, in the query or at the provider, so it is "
            "not clear which is meant. Leave it out of the query."
        )
    codes = dict(names)
    for name in asked:
        if name not in codes:
            raise _gone(name, list(codes), "label", where)
    return Chosen({codes[name]: name for name in asked}, variable.is_time)


def _span(span: Span, names: list[str], where: str) -> list[str]:
    """The periods from the first to the last, by time; both must be there."""
    for end in (span.first, span.last):
        if end is not None and end not in names:
            raise _gone(end, names, "period", where)
    if span.last is not None and span.last < span.first:
        raise KgError(f"{where}: the period {span.first}–{span.last} ends before it begins.")
    # Sorted, whatever the order of the metadata.
    alike = sorted(name for name in names if len(name) == len(span.first))
    return [name for name in alike if span.first <= name <= (span.last or alike[-1])]


def _gone(name: str, known: list[str], kind: str, where: str) -> KgError:
    span = f" It has {min(known)} to {max(known)}." if kind == "period" else nearest(name, known)
    return KgError(
        f"{where}: the table has no {kind} «{name}» now.{span} Change «select» in params.yaml, or "
        "find out what the provider did with it."
    )


def _twice(names: Iterable[str]) -> str:
    return next((name for name, count in Counter(names).items() if count > 1), "")
