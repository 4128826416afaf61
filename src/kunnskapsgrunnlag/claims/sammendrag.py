"""What the summary claims: the report on two pages, for the last year that each item has.

The vague words mean what they mean in `vague.py`.
"""

from kunnskapsgrunnlag.claims.judge import every, times
from kunnskapsgrunnlag.claims.kapittel_4 import ROOMS
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict, Word
from kunnskapsgrunnlag.claims.registry import claim, word
from kunnskapsgrunnlag.claims.vague import CLEAR
from kunnskapsgrunnlag.claims.wording import direction

# Of households, «noen få» are reached where fewer than five in a hundred are.
FEW = 0.05


@claim
def leien_er_langt_hoyere_siste_ar(n: Numbers) -> Verdict:
    """Siste år er leien langt høyere i Oslo og Bærum enn i landet for alle boligstørrelser.

    «Langt» er minst 15 prosent.
    """
    of_country = [n(f"tabell-6/forhold/oslo-og-baerum/{rooms}/siste") for rooms in ROOMS]
    return every(of_country, lambda v: v >= 100 * CLEAR, "minst 15 prosent over leien i landet")


@word
def andelen_vanskeligstilte_i_oslo(n: Numbers) -> Word:
    """Hvordan andelen vanskeligstilte personer i Oslo har gått fra første til siste år."""
    return direction(n("tabell-12/personer/oslo/første"), n("tabell-12/personer/oslo/siste"))


@claim
def startlan_nar_bare_noen_fa(n: Numbers) -> Verdict:
    """Siste år er det færre enn 5 startlån per 100 vanskeligstilte husholdninger i Oslo."""
    loans, homes = n("tabell-24/startlan_antall/siste"), n("tabell-11/husholdninger/oslo/siste")
    return times(loans, homes, 0, FEW)


@word
def gjennomsnittslanet_mot_forste_ar(n: Numbers) -> Word:
    """Om det gjennomsnittlige startlånet er høyere eller lavere siste år enn første."""
    return _compared(n, "tabell-24/startlan_snitt", "økt", "falt")


@word
def mottakere_av_statlig_bostotte_mot_forste_ar(n: Numbers) -> Word:
    """Om flere eller færre fikk statlig bostøtte siste år enn første."""
    return _compared(n, "figur-27/statlig_mottakere", "flere", "færre")


@word
def sosialhjelp_til_bolig_mot_forste_ar(n: Numbers) -> Word:
    """Om det gikk mer eller mindre sosialhjelp til husleie og strøm siste år enn første."""
    return _compared(n, "tabell-30/belop", "mer", "mindre")


def _compared(n: Numbers, series: str, up: str, down: str) -> Word:
    first, last = n(f"{series}/første"), n(f"{series}/siste")
    return Word(up if last.value > first.value else down, (first, last))
