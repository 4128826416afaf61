"""What chapter 10 claims: the summing-up of the report."""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import (
    above,
    below,
    both,
    exactly,
    highest,
    less,
    more,
    times,
    verdict,
)
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import bydeler
from kunnskapsgrunnlag.claims.kapittel_5_delbydeler import delbydeler
from kunnskapsgrunnlag.claims.kapittel_6 import cities
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim, fitted_claim
from kunnskapsgrunnlag.claims.vague import NEAR

BELOW_COUNTRY = ["Nordstrand", "Ullern", "Vestre Aker"]
# A school class, and what stands for «nesten ingen»: fewer than one in a hundred.
CLASS = 20
HARDLY_ANY_PCT = 1.0
# «Med god margin»: at least twice the next.
WIDE_MARGIN = 2


@fitted_claim("tabell-14-03", "tabell-14-04")
def bare_tre_bydeler_under_landet_pa_begge_mal(n: Numbers) -> Verdict:
    """Bare Vestre Aker, Ullern og Nordstrand har lavere andeler enn landet på begge mål.

    Målene er vanskeligstilte personer og vanskeligstilte husholdninger.
    """
    return both(*(_below_country(n, measure) for measure in ("personer", "husholdninger")))


def _below_country(n: Numbers, measure: str) -> Verdict:
    country = n(f"tabell-14/{measure}/hele-landet")
    shares = bydeler(n, "tabell-14", measure)
    words = f"under {country.text}"
    found = exactly(shares, lambda share: share < country.value, BELOW_COUNTRY, words)
    return Verdict(found.holds, found.because, (*found.numbers, country))


@fitted_claim("tabell-14-01")
def mer_enn_hver_tiende_pa_stovner(n: Numbers) -> Verdict:
    """Stovner har den høyeste andelen vanskeligstilte personer av bydelene, over 10 prosent."""
    ranked = highest(bydeler(n, "tabell-14", "personer"), "Stovner")
    return both(ranked, above(n("tabell-14/personer/stovner"), 10))


@claim
def flere_personer_bare_naar_eierne_er_med(n: Numbers) -> Verdict:
    """Med leieprisene i definisjonen er andelen personer høyere enn SSBs bare når eierne er med."""
    ssb, renters, everybody = (
        n(f"figur-9/personer/{name}")
        for name in ("ssb", "kapabilitet-leie", "kapabilitet-leie-og-eie")
    )
    return both(more(everybody, ssb), less(renters, ssb))


@fitted_claim("figur-18-02", "figur-18-08", "figur-18-11")
def delbydeler_i_begge_ender(n: Numbers) -> Verdict:
    """Noen få delbydeler har mange vanskeligstilte personer, og andre nesten ingen.

    «Noen få» er høyst en firedel av delbydelene, «mange» er minst dobbelt så høy andel som i
    Oslo, og «nesten ingen» er at flere enn én delbydel har under 1 prosent.
    """
    shares, oslo = delbydeler(n, "figur-18"), n("tabell-14/personer/oslo")
    high = [share for share in shares if share.value >= 2 * oslo.value]
    low = [share for share in shares if share.value < HARDLY_ANY_PCT]
    because = f"{len(high)} av {len(shares)} har minst {nb(2 * oslo.value, 0)} prosent, "
    because += f"{len(low)} har under {nb(HARDLY_ANY_PCT, 0)}"
    return verdict(0 < len(high) <= len(shares) / 4 and len(low) > 1, because, oslo, *shares)


@fitted_claim("figur-18-02", "figur-18-03")
def fossum_er_hoyest_og_over_18(n: Numbers) -> Verdict:
    """Fossum har den høyeste andelen vanskeligstilte personer av delbydelene, fra 18 til under 20.

    20 prosent er én av fem, og «nær» er inntil en tidel under.
    """
    fossum = n("figur-18/andel/delbydel-fossum")
    return both(
        highest(delbydeler(n, "figur-18"), "Fossum (Stovner)"),
        above(fossum, 20 * (1 - NEAR)),
        below(fossum, 20),
    )


@claim
def to_elever_i_en_klasse_pa_20(n: Numbers) -> Verdict:
    """I en klasse på 20 er to elever vanskeligstilte, når andelen blant barn gjelder i klassen."""
    share = n("tabell-17/andel/0-19")
    pupils = share.value / 100 * CLASS
    said = f"{share.text} prosent av {CLASS} = {nb(pupils, 1)}"
    return verdict(round(pupils) == 2, said, share)


@fitted_claim("figur-19-02", "figur-19-03", "figur-19-06")
def noen_delbydeler_har_30_til_40_prosent_barn(n: Numbers) -> Verdict:
    """I flere enn én delbydel er 30–40 prosent av barna vanskeligstilte, i én enda flere.

    Den ene er Nedre Tøyen. I en klasse på 20 er 30 prosent seks elever og 40 prosent åtte.
    """
    shares = delbydeler(n, "figur-19")
    among = [share.said for share in shares if 30 <= share.value <= 40]
    return both(
        verdict(len(among) > 1, "; ".join(among) or "ingen", *shares),
        exactly(shares, lambda share: share > 40, ["Nedre Tøyen (Gamle Oslo)"], "over 40"),
    )


@claim
def oslo_er_storst_med_god_margin(n: Numbers) -> Verdict:
    """Oslo har minst dobbelt så mange innbyggere som hver av de fem andre store byene."""
    people = cities(n, "figur-25", "folkemengde")
    oslo = n("figur-25/folkemengde/oslo")
    others = [city for city in people if city.address != oslo.address]
    return both(*(times(oslo, city, WIDE_MARGIN, 100) for city in others))
