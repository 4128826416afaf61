"""What the chapters of the mini edition claim, by names that the whole edition has too."""

from kunnskapsgrunnlag.claims.judge import highest, rises
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict, Word
from kunnskapsgrunnlag.claims.registry import claim, word


@claim
def utbetalt_falt_i_2021_og_har_okt_siden(n: Numbers) -> Verdict:
    """Utbetalt statlig bostøtte er høyest i det siste året."""
    paid = n.series("figur-27", "statlig_utbetalt")
    return highest(paid, paid[-1].label)


@claim
def sosialhjelp_steg_til_2018_og_falt_sa(n: Numbers) -> Verdict:
    """Sosialhjelp til husleie og strøm økte hvert år til 2018."""
    return rises(n.series("tabell-30", "belop")[:3])


@word
def sosialhjelp_til_bolig_mot_forste_ar(n: Numbers) -> Word:
    """Om det gikk mer eller mindre sosialhjelp til husleie og strøm siste år enn første."""
    paid = n.series("tabell-30", "belop")
    return Word("mer" if paid[-1].value > paid[0].value else "mindre", (paid[0], paid[-1]))
