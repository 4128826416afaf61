"""The claims that no expression can say: each a function over the numbers, and the reason why.

A sentence carries such a claim by its name: `{.pastand kode="gamle-oslo-er-mer-blandet"}`.
"""

from __future__ import annotations

from collections.abc import Callable

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.tree import Address

Predicate = Callable[[Numbers], Verdict]
# «Noen av de høyeste», «en av de laveste»: among ten of the hundred delbydeler.
TEN = 10
# «Store» and «små» differences between bydeler: the five largest against the five smallest.
FIVE = 5


def gamle_oslo_er_mer_blandet(numbers: Numbers) -> Verdict:
    """Gamle Oslo har minst to av de ti delbydelene med høyest andel og minst én av de ti laveste.

    Code, as it asks how many of a named set are among the ten highest and among the ten lowest.
    """
    shares = numbers.at(Address("figur-18", ("andel", "delbydeler")))
    own = numbers.at(Address("figur-18", ("andel", "delbydeler-i-gamle-oslo"))).terms
    ranked = sorted(shares.terms, key=lambda key: shares.terms[key].value)
    low, high = ([key for key in part if key in own] for part in (ranked[:TEN], ranked[-TEN:]))
    quoted = (", ".join(shares.terms[key].quoted for key in part) for part in (high, low))
    because = "blant de høyeste: {}; blant de laveste: {}".format(*(q or "ingen" for q in quoted))
    return Verdict(len(high) > 1 and bool(low), because, shares.behind)


def stor_forskjell_folger_barnefamilier(numbers: Numbers) -> Verdict:
    """Flere har barn der andelen personer ligger mest over andelen husholdninger.

    De fem bydelene der avstanden er størst, sammenlignes med de fem der den er minst. Det som
    måles, er hvor stor del av de vanskeligstilte husholdningene som har barn. Code, as the
    ranking is by one measure and what is compared is another.
    """
    persons, households, with_children, in_all = (
        numbers.at(Address(item, (measure, "bydeler")))
        for item, measure in (
            *(("tabell-14", measure) for measure in ("personer", "husholdninger")),
            *(("tabell-15", measure) for measure in ("med_barn", "i_alt")),
        )
    )
    gaps = {k: persons.terms[k].value - households.terms[k].value for k in persons.terms}
    ranked = sorted(gaps, key=lambda key: gaps[key])
    small, large = (
        100
        * sum(with_children.terms[k].value for k in part)
        / sum(in_all.terms[k].value for k in part)
        for part in (ranked[:FIVE], ranked[-FIVE:])
    )
    because = f"størst avstand: {nb(large)} prosent med barn; minst: {nb(small)} prosent"
    behind = (*persons.behind, *households.behind, *with_children.behind, *in_all.behind)
    return Verdict(large > small, because, behind)


CODED: dict[str, Predicate] = {
    function.__name__.replace("_", "-"): function
    for function in (gamle_oslo_er_mer_blandet, stor_forskjell_folger_barnefamilier)
}


def coded_claim(name: str) -> Predicate:
    """The function of this name.

    Raises:
        KgError: If there is none.
    """
    if name not in CODED:
        raise KgError(f"ingen funksjon heter «{name}». Det finnes {listed(CODED)}.")
    return CODED[name]


def coded_words(function: Predicate) -> str:
    """What a function tests: the first line of its docstring."""
    return (function.__doc__ or "").splitlines()[0]
