"""From the choices of a query to explicit codes, which the answer can be compared with."""

from collections.abc import Iterable
from dataclasses import dataclass

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.catalog.query import Choice, Query, Span
from kunnskapsgrunnlag.fetch.pxweb.answer import Codes

_SHOWN = 12


@dataclass(frozen=True)
class Variable:
    """A variable of a table.

    Attributes:
        codes: Code -> label, in the provider's order; of Oslo's tables label -> label.
        is_time: Whether it holds the periods.
        is_summed: Whether it may be left out, so that the provider sums it away.
    """

    name: str
    label: str
    codes: dict[str, str]
    is_time: bool = False
    is_summed: bool = False


def choose(variables: Iterable[Variable], query: Query, where: str) -> Codes:
    """The codes that a query means in a table as it is now, in the query's order.

    A variable that is summed away is left out.
    """
    known = {variable.name: variable for variable in variables}
    at = f"{where}: tabell {query.table}"
    if missing := [variable for name, variable in known.items() if name not in query.select]:
        offers = "\n".join(map(_offer, missing))
        raise KgError(
            f"{at}: spørringen velger ikke fra alle variablene. Skriv et valg for hver under "
            f"«select» (koder, all, total eller {{first: …}}). Tabellen har:\n{offers}"
        )
    for name in query.select:
        if name not in known:
            raise KgError(f"{at} har ingen variabel «{name}».{nearest(name, known)}")
    chosen = {n: _chosen(known[n], choice, f"{at}, {n}") for n, choice in query.select.items()}
    return {name: codes for name, codes in chosen.items() if codes}


def _offer(variable: Variable) -> str:
    codes = [c if c == text else f"{c} {text}" for c, text in variable.codes.items()]
    shown = [*codes[:_SHOWN], "…", codes[-1]] if len(codes) > _SHOWN + 1 else codes
    total = "; kan summeres bort (total)" if variable.is_summed else ""
    label = f" ({variable.label})" if variable.label != variable.name else ""
    return f"  {variable.name}{label}: {len(codes)} verdier: {', '.join(shown)}{total}"


def _chosen(variable: Variable, choice: Choice, at: str) -> list[str]:
    """The codes that are asked of a variable; none if it is summed away."""
    if choice == "total":
        if not variable.is_summed:
            raise KgError(f"{at}: kan ikke summeres bort hos eieren. Velg koder i stedet.")
        return []
    if choice == "all":
        return list(variable.codes)
    if isinstance(choice, Span):
        return _periods(variable, choice, at)
    codes = list(choice)
    if not codes or len(set(codes)) != len(codes):
        raise KgError(f"{at}: listen er tom, eller en kode står to ganger. Rett den.")
    _refuse_unknown(codes, variable, at)
    return codes


def _periods(variable: Variable, span: Span, at: str) -> list[str]:
    if not variable.is_time:
        raise KgError(f"{at}: har ingen perioder. Velg koder, all eller total.")
    _refuse_unknown([end for end in (span.first, span.last) if end is not None], variable, at)
    # Periods of one table sort as text, whatever the order of the metadata.
    last = span.last or max(variable.codes)
    periods = sorted(code for code in variable.codes if span.first <= code <= last)
    if not periods:
        raise KgError(f"{at}: {span.first}–{last} slutter før den begynner.")
    return periods


def _refuse_unknown(codes: list[str], variable: Variable, at: str) -> None:
    for code in codes:
        if code not in variable.codes:
            span = f" Den har {min(variable.codes)} til {max(variable.codes)}."
            near = span if variable.is_time else nearest(code, variable.codes)
            raise KgError(
                f"{at}: tabellen har ikke «{code}» nå.{near} Rett «select» i params.yaml, eller "
                "finn ut hva eieren har gjort med den."
            )
