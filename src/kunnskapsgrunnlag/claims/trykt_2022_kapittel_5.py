"""What the 2022 edition said in chapters 4 and 5 and this text does not: some of it does not hold.

These claims stand in no chapter. The errata lead to those that are false, and
`data/published/2022/claims-kapittel-5.yaml` says which statement each of them is.
"""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import (
    about,
    above,
    both,
    every,
    falls,
    more,
    points,
    rises,
    times,
    verdict,
)
from kunnskapsgrunnlag.claims.kapittel_5 import PLACES
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import bydeler
from kunnskapsgrunnlag.claims.kapittel_5_delbydeler import delbydeler
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim
from kunnskapsgrunnlag.claims.vague import NEAR

# A percentage that is said in whole numbers, and a share that has one decimal.
WHOLE, TENTH = 0.5, 0.05
# «Nesten dobbelt så høy»: a ratio from 1,75, which rounds to 2 in quarters.
NEARLY_DOUBLE = (1.75, 2.0)


@claim
def trykt_husholdningene_okte_hele_perioden(n: Numbers) -> Verdict:
    """Vanskeligstilte husholdninger økte hvert år til 2020, i Oslo og i landet.

    Påstått i 2022-utgaven.
    """
    return both(*(rises(n.series("tabell-11", "husholdninger", place)) for place in PLACES))


@claim
def trykt_nesten_to_av_fem_pa_stovner(n: Numbers) -> Verdict:
    """I to delbydeler på Stovner er nesten to av fem vanskeligstilt.

    Påstått i 2022-utgaven. «Nesten» er fra 36 til under 40 prosent.
    """
    shares = delbydeler(n, "figur-18", "stovner")
    top = sorted(shares, key=lambda number: -number.value)[:2]
    because = "; ".join(number.said for number in top) + " mot 40"
    return verdict(all(40 * (1 - NEAR) <= x.value < 40 for x in top), because, *shares)


@claim
def trykt_kapabilitet_gir_hoyere_andel_personer(n: Numbers) -> Verdict:
    """Kapabilitetsdefinisjonen gir en høyere andel personer enn SSBs definisjon.

    Påstått i 2022-utgaven, som ikke skiller mellom leietakere alene og leietakere og eiere.
    """
    ssb = n("figur-9/personer/ssb")
    return both(
        more(n("figur-9/personer/kapabilitet-leie-og-eie"), ssb),
        more(n("figur-9/personer/kapabilitet-leie"), ssb),
    )


@claim
def trykt_andelen_synker_med_alderen(n: Numbers) -> Verdict:
    """Andelen vanskeligstilte er lavere for hver eldre aldersgruppe.

    Påstått i 2022-utgaven.
    """
    return falls(n.across("tabell-17", "andel"))


@claim
def trykt_litt_over_13_000_kommunale_boliger(n: Numbers) -> Verdict:
    """Oslo har litt over 13 000 kommunale boliger.

    Påstått i 2022-utgaven.
    """
    return above(n("figur-32/boliger/oslo"), 13_000)


@claim
def trykt_andelen_er_av_alle_innbyggerne(n: Numbers) -> Verdict:
    """Andelen vanskeligstilte personer i Oslo i 2020 er en andel av alle innbyggerne.

    Påstått i 2022-utgaven. Antallet delt på folkemengden skal i så fall gi andelen, med én
    desimal.
    """
    persons, everybody = n("tabell-11/personer/oslo/2020"), n("figur-25/folkemengde/oslo")
    share = n("tabell-12/personer/oslo/2020")
    found = 100 * persons.value / everybody.value
    because = f"{persons.text} / {everybody.text} = {nb(found, 1)} prosent, trykt {share.text}"
    return verdict(abs(found - share.value) <= TENTH, because, persons, everybody, share)


@claim
def trykt_23_prosent_av_landets_vanskeligstilte(n: Numbers) -> Verdict:
    """Oslo har 23 prosent av landets vanskeligstilte personer.

    Påstått i 2022-utgaven, ved siden av kommunale boliger per vanskeligstilt person.
    """
    return about(n("tabell-11/personer_andel/oslo/2020"), 23, WHOLE)


@claim
def trykt_22_prosent_av_personene_bor_i_oslo(n: Numbers) -> Verdict:
    """22 prosent av landets vanskeligstilte personer bodde i Oslo i 2020.

    Påstått i 2022-utgaven.
    """
    return about(n("tabell-11/personer_andel/oslo/2020"), 22, WHOLE)


@claim
def trykt_23_prosent_av_husholdningene_er_i_oslo(n: Numbers) -> Verdict:
    """23 prosent av landets vanskeligstilte husholdninger var i Oslo i 2020.

    Påstått i 2022-utgaven.
    """
    return about(n("tabell-11/husholdninger_andel/oslo/2020"), 23, WHOLE)


@claim
def trykt_andelen_i_oslo_sank_0_6_prosentpoeng(n: Numbers) -> Verdict:
    """Andelen personer i Oslo sank med 0,6 prosentpoeng fra 2015 til 2020.

    Påstått i 2022-utgaven.
    """
    first, last = (n(f"tabell-12/personer/oslo/{year}") for year in (2015, 2020))
    return points(first, last, 0.6 - TENTH, 0.6 + TENTH)


@claim
def trykt_landet_holdt_seg_mer_likt(n: Numbers) -> Verdict:
    """Andelen vanskeligstilte personer varierte mindre i landet enn i Oslo.

    Påstått i 2022-utgaven. Målt som avstanden mellom høyeste og laveste år.
    """
    country, oslo = (n.series("tabell-12", "personer", place) for place in ("hele-landet", "oslo"))
    spreads = _spread(country), _spread(oslo)
    because = f"hele landet {nb(spreads[0], 1)}, Oslo {nb(spreads[1], 1)} prosentpoeng"
    return verdict(spreads[0] < spreads[1], because, *country, *oslo)


def _spread(numbers: list[Number]) -> float:
    values = [number.value for number in numbers]
    return round(max(values) - min(values), 1)


@claim
def trykt_seks_prosent_i_oslo(n: Numbers) -> Verdict:
    """Seks prosent av personene i Oslo var vanskeligstilt i 2020.

    Påstått i 2022-utgaven.
    """
    return about(n("tabell-12/personer/oslo/2020"), 6, WHOLE)


@claim
def trykt_3_4_prosent_i_landet(n: Numbers) -> Verdict:
    """3,4 prosent av personene i landet var vanskeligstilt i 2020.

    Påstått i 2022-utgaven.
    """
    return about(n("tabell-12/personer/hele-landet/2020"), 3.4, TENTH)


@claim
def trykt_nesten_dobbelt_sa_hoy_andel(n: Numbers) -> Verdict:
    """Andelen personer var nesten dobbelt så høy i Oslo som i landet i 2020.

    Påstått i 2022-utgaven. «Nesten dobbelt» er fra 1,75 til 2 ganger.
    """
    oslo, country = (n(f"tabell-12/personer/{place}/2020") for place in PLACES)
    return times(oslo, country, *NEARLY_DOUBLE)


@claim
def trykt_andelen_husholdninger_4_7_og_2_8(n: Numbers) -> Verdict:
    """4,7 prosent av husholdningene i Oslo var vanskeligstilt i 2020, 2,8 i landet.

    Påstått i 2022-utgaven.
    """
    return both(
        about(n("tabell-12/husholdninger/oslo/2020"), 4.7, TENTH),
        about(n("tabell-12/husholdninger/hele-landet/2020"), 2.8, TENTH),
    )


@claim
def trykt_11_prosent_av_barna(n: Numbers) -> Verdict:
    """11 prosent av barna i Oslo var vanskeligstilt i 2020.

    Påstått i 2022-utgaven.
    """
    return about(n("tabell-17/andel/0-19"), 11, WHOLE)


@claim
def trykt_alle_bydeler_har_boutgifter_over_landet(n: Numbers) -> Verdict:
    """Alle bydelene har høyere boutgifter enn landet.

    Påstått i 2022-utgaven.
    """
    country = n("tabell-10/boutgift/hele-landet")
    found = every(
        bydeler(n, "tabell-10", "boutgift"), lambda v: v > country.value, f"over {country.text}"
    )
    return Verdict(found.holds, found.because, (*found.numbers, country))


@claim
def trykt_rundt_6000_far_kommunal_bostotte(n: Numbers) -> Verdict:
    """Rundt 6 000 husholdninger i kommunale boliger får kommunal bostøtte.

    Påstått i 2022-utgaven. «Rundt» er til nærmeste hundre.
    """
    return about(n("figur-27/kommunal_mottakere/2020"), 6000, 50)
