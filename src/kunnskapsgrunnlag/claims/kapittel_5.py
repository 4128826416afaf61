"""What chapter 5 claims: who is disadvantaged in the housing market, and where."""

from kunnskapsgrunnlag.claims.judge import both, falls, less, more, rises
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim


@claim
def personer_falt_i_2020(n: Numbers) -> Verdict:
    """Antallet vanskeligstilte personer falt fra 2019 til 2020, både i Oslo og i hele landet."""
    return both(
        less(n("tabell-11/personer/oslo/2020"), n("tabell-11/personer/oslo/2019")),
        less(n("tabell-11/personer/hele-landet/2020"), n("tabell-11/personer/hele-landet/2019")),
    )


@claim
def husholdninger_i_landet_okte_hvert_ar(n: Numbers) -> Verdict:
    """Antallet vanskeligstilte husholdninger i hele landet økte hvert år."""
    return rises(n.series("tabell-11", "husholdninger", "hele-landet"))


@claim
def husholdninger_i_oslo_okte_til_2019_og_falt_sa(n: Numbers) -> Verdict:
    """Antallet vanskeligstilte husholdninger i Oslo økte hvert år til 2019 og falt i 2020."""
    series = n.series("tabell-11", "husholdninger", "oslo")
    return both(rises(series[:-1]), falls(series[-2:]))


@claim
def flere_husholdninger_og_faerre_personer(n: Numbers) -> Verdict:
    """Fra første til siste år fikk Oslo flere vanskeligstilte husholdninger, men færre personer."""
    households = n.series("tabell-11", "husholdninger", "oslo")
    persons = n.series("tabell-11", "personer", "oslo")
    return both(more(households[-1], households[0]), less(persons[-1], persons[0]))
