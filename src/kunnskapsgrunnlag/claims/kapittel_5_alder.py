"""What chapter 5 claims of ages, and of how long people stay disadvantaged."""

from kunnskapsgrunnlag.claims.judge import above, below, both, falls, highest, lowest_are
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim
from kunnskapsgrunnlag.claims.vague import a_hair_above

# Disadvantaged in all of 2017-2019 (KMD 2020), as the text says it; not in the store.
LASTING_OSLO = 15_700
FEW_PCT = 2.0


@claim
def barn_har_hoyest_andel(n: Numbers) -> Verdict:
    """Aldersgruppen 0–19 år har den høyeste andelen vanskeligstilte."""
    return highest(n.across("tabell-17", "andel"), "0-19")


@claim
def mer_enn_ett_av_ti_barn(n: Numbers) -> Verdict:
    """Mer enn 10 prosent av barna er vanskeligstilte."""
    return above(n("tabell-17/andel/0-19"), 10)


@claim
def andelen_faller_med_alderen_fra_20_ar(n: Numbers) -> Verdict:
    """Blant voksne faller andelen med alderen, men 40–49 år ligger ørlite over 30–39 år.

    «Ørlite» er ikke mer enn 0,1 prosentpoeng.
    """
    twenties, thirties, forties, *older = n.across("tabell-17", "andel")[1:]
    return both(
        falls([twenties, thirties]), a_hair_above(forties, thirties), falls([forties, *older])
    )


@claim
def de_to_eldste_gruppene_ligger_lavest(n: Numbers) -> Verdict:
    """De to eldste aldersgruppene har de laveste andelene, begge under 2 prosent."""
    ages = n.across("tabell-17", "andel")
    low = both(*(below(number, FEW_PCT) for number in ages[-2:]))
    return both(lowest_are(ages, [number.label for number in ages[-2:]]), low)


@claim
def for_mange_gar_det_over(n: Numbers) -> Verdict:
    """De som var vanskeligstilte alle tre årene, er færre enn halvparten hvert år.

    De er 15 700 og sammenlignes med de vanskeligstilte i Oslo i 2017, 2018 og 2019.
    """
    years = [n(f"tabell-11/personer/oslo/{year}") for year in (2017, 2018, 2019)]
    return both(*(above(number, 2 * LASTING_OSLO) for number in years))
