"""PxWebApi 2: from the choices of a query to codes that are asked for one by one.

A provider that does not understand a selection answers with another one and says nothing of it.
So each variable gets explicit codes, which the answer can be compared with.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Listed, Query, Span
from kunnskapsgrunnlag.fetch.pxweb.pxweb2_table import TableInfo, Variable

Codes = dict[str, list[str]]
# The id of a code list -> its codes.
Codelist = Callable[[str], list[str]]


@dataclass(frozen=True)
class Plan:
    """What is asked of a table.

    Attributes:
        codes: Per variable, in the query's order. A variable that is summed away is left out.
        codelists: Variable -> the code list that its codes are from.
    """

    codes: Codes
    codelists: dict[str, str] = field(default_factory=dict)


def resolve(info: TableInfo, query: Query, where: str, codelist: Codelist) -> Plan:
    """The codes that a query means in a table as it is now.

    Args:
        where: The source's entry in the catalogue, as errors name it.

    Raises:
        KgError: If the query and the table do not fit: the variable, the code, what is near it,
            and where to change it.
    """
    _check_names(info, query, where)
    codes: Codes = {}
    lists: dict[str, str] = {}
    for name, choice in query.select.items():
        variable = info.variables[name]
        at = f"{where}, query.select.{name}: table {info.id} ({info.label})"
        if choice == "total":
            _refuse_without_total(variable, at)
        elif choice == "all":
            codes[name] = list(variable.codes)
        elif isinstance(choice, Span):
            codes[name] = _periods(variable, choice, at)
        elif isinstance(choice, Listed):
            codes[name] = _from_list(variable, choice, at, codelist)
            lists[name] = choice.codelist
        elif isinstance(choice, list):
            codes[name] = _chosen(choice, variable.codes, f"of {_named(variable)}", at, variable)
    return Plan(codes, lists)


def count(codes: Codes) -> int:
    """How many cells codes make; the provider counts empty ones too."""
    return math.prod(map(len, codes.values()))


def cut(codes: Codes, limit: int, time: str) -> tuple[str, list[list[str]]]:
    """The variable to split, and its codes in pieces: by time, then by the longest variable.

    One round; a piece may have to be cut again.
    """
    long = [name for name in codes if len(codes[name]) > 1]
    along = time if time in long else max(long, key=lambda name: len(codes[name]))
    size = max(1, limit * len(codes[along]) // count(codes))
    held = codes[along]
    return along, [held[at : at + size] for at in range(0, len(held), size)]


def _check_names(info: TableInfo, query: Query, where: str) -> None:
    at = f"{where}, query.select: table {info.id} ({info.label})"
    for name in query.select:
        if name not in info.variables:
            raise KgError(
                f"{at} has no variable {name!r}.{_near(name, info.variables)} Change it there."
            )
    for name, variable in info.variables.items():
        if name not in query.select:
            ways = "«all», «total» or a list" if variable.eliminated else "«all» or a list"
            raise KgError(
                f"{at} has a variable {_named(variable)} that the query does not choose from. Add "
                f"{name}: {ways} of codes: {_some(variable.codes)}."
            )


def _refuse_without_total(variable: Variable, at: str) -> None:
    if not variable.eliminated:
        raise KgError(
            f"{at}: {_named(variable)} cannot be summed away (elimination: false). Choose from its "
            f"codes instead of «total»: {_some(variable.codes)}."
        )


def _periods(variable: Variable, span: Span, at: str) -> list[str]:
    if variable.role != "time":
        raise KgError(
            f"{at}: {_named(variable)} holds no periods. Choose «all» or a list of codes."
        )
    # Whatever the order of the metadata, periods of one table sort as text.
    ordered = sorted(variable.codes)
    ends = [span.first, *([span.last] if span.last else [])]
    _chosen(list(dict.fromkeys(ends)), variable.codes, "as a period", at, variable)
    first = ordered.index(span.first)
    last = ordered.index(span.last) if span.last else len(ordered) - 1
    if first > last:
        raise KgError(f"{at}: the first period {span.first} comes after the last, {span.last}.")
    return ordered[first : last + 1]


def _from_list(variable: Variable, choice: Listed, at: str, codelist: Codelist) -> list[str]:
    if variable.codelists and choice.codelist not in variable.codelists:
        near = _near(choice.codelist, variable.codelists)
        raise KgError(
            f"{at}: {_named(variable)} has no code list {choice.codelist!r} (capitals count).{near}"
        )
    known = codelist(choice.codelist)
    return _chosen(choice.codes, known, f"in the code list {choice.codelist}", at)


def _chosen(
    codes: list[str],
    known: Iterable[str],
    which: str,
    at: str,
    variable: Variable | None = None,
) -> list[str]:
    if not codes:
        raise KgError(f"{at}: the list of codes is empty. Name at least one.")
    held = set(known)
    for code in codes:
        if codes.count(code) > 1:
            raise KgError(f"{at}: the code {code!r} is there twice. Remove one.")
        if code not in held:
            lists = (
                f" Its code lists may have it: {', '.join(variable.codelists)}."
                if variable and variable.codelists
                else ""
            )
            raise KgError(
                f"{at} has no code {code!r} {which}.{_near(code, known)}{lists} Change it there."
            )
    return list(codes)


def _near(word: str, known: Iterable[str]) -> str:
    """The nearest names, with their labels where there are any."""
    lower = {each.lower(): each for each in known}
    close = difflib.get_close_matches(word.lower(), lower, n=3, cutoff=0.5)
    if not close:
        return f" There is: {_some(known)}."
    labels = known if isinstance(known, dict) else {}
    return f" Nearest: {', '.join(_with_label(lower[each], labels) for each in close)}."


def _with_label(code: str, labels: dict[str, object]) -> str:
    label = labels.get(code)
    return f"{code!r} ({label})" if isinstance(label, str) and label != code else repr(code)


def _named(variable: Variable) -> str:
    return f"{variable.name} ({variable.label})"


def _some(known: Iterable[str]) -> str:
    held = list(known)
    more = f" … {held[-1]!r} ({len(held)} in all)" if len(held) > 8 else ""
    return ", ".join(map(repr, held[:8])) + more
