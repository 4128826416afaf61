"""What chapter 5 claims: who is disadvantaged in the housing market, in Oslo and the country."""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import (
    above,
    below,
    both,
    falls,
    highest,
    less,
    lowest,
    more,
    rises,
    verdict,
)
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import bydeler
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict, Word
from kunnskapsgrunnlag.claims.registry import claim, word
from kunnskapsgrunnlag.claims.vague import STEADY_POINTS, a_hair_above, clearly_more, steady
from kunnskapsgrunnlag.claims.wording import how_many_of_all

# «En mindre gruppe», «få»: fewer than one in ten.
SMALL_GROUP_PCT = 10.0
# «Nokså stabilt» of a number of persons: highest no more than 2 percent above lowest.
STEADY_SHARE = 0.02
PLACES = ("oslo", "hele-landet")


@claim
def de_vanskeligstilte_er_en_mindre_gruppe(n: Numbers) -> Verdict:
    """Færre enn én av ti personer er vanskeligstilt siste år, både i Oslo og i landet."""
    return both(*(below(n(f"tabell-12/personer/{p}/siste"), SMALL_GROUP_PCT) for p in PLACES))


@claim
def ssb_ligger_sa_vidt_over_kapabilitet_for_leietakere(n: Numbers) -> Verdict:
    """SSBs andel av personene er så vidt høyere enn kapabilitetsandelen for leietakere.

    «Så vidt» er ikke mer enn 0,1 prosentpoeng.
    """
    return a_hair_above(n("figur-9/personer/ssb"), n("figur-9/personer/kapabilitet-leie"))


@claim
def kapabilitet_med_eiere_ligger_over_ssb(n: Numbers) -> Verdict:
    """Regnet i personer er kapabilitetsandelen for leietakere og eiere høyere enn SSBs andel."""
    return more(n("figur-9/personer/kapabilitet-leie-og-eie"), n("figur-9/personer/ssb"))


@claim
def utslaget_er_storre_for_husholdninger(n: Numbers) -> Verdict:
    """Kapabilitetsandelen ligger lengre over SSBs for husholdninger enn for personer.

    Det gjelder både leietakere alene og leietakere og eiere.
    """
    return both(*(_further_apart(n, v) for v in ("kapabilitet-leie", "kapabilitet-leie-og-eie")))


def _further_apart(n: Numbers, variant: str) -> Verdict:
    measures = ("husholdninger", "personer")
    numbers = [n(f"figur-9/{measure}/{way}") for measure in measures for way in (variant, "ssb")]
    households, persons = (a.value - b.value for a, b in (numbers[:2], numbers[2:]))
    sign = ">" if households > persons else "<" if households < persons else "="
    because = f"{variant}: husholdninger {nb(households, 1)} {sign} personer {nb(persons, 1)}"
    return verdict(households > persons, because, *numbers)


@claim
def boutgiftene_i_oslo_ligger_over_landet(n: Numbers) -> Verdict:
    """Boutgiftene i bostøtteregisteret er høyere i Oslo enn i landet."""
    return more(n("tabell-10/boutgift/oslo"), n("tabell-10/boutgift/hele-landet"))


@claim
def bergen_og_trondheim_ligger_langt_naermere_landet(n: Numbers) -> Verdict:
    """Boutgiftene i Bergen og Trondheim ligger langt nærmere landet enn dem i Oslo.

    «Langt nærmere» er mindre enn halve avstanden.
    """
    oslo = n("tabell-10/over_landet/oslo")
    return both(
        *(_under_half(n(f"tabell-10/over_landet/{town}"), oslo) for town in ("bergen", "trondheim"))
    )


def _under_half(one: Number, other: Number) -> Verdict:
    because = f"{one.said} mot halvparten av {other.said}"
    return verdict(abs(one.value) < abs(other.value) / 2, because, one, other)


@claim
def boutgiftene_er_lavest_og_hoyest(n: Numbers) -> Verdict:
    """Av bydelene har Nordre Aker de laveste boutgiftene og Søndre Nordstrand de høyeste."""
    areas = bydeler(n, "tabell-10", "boutgift")
    return both(lowest(areas, "Nordre Aker"), highest(areas, "Søndre Nordstrand"))


@word
def bydeler_med_boutgifter_over_landet(n: Numbers) -> Word:
    """Hvor mange av bydelene som har høyere boutgifter enn landet."""
    country = n("tabell-10/boutgift/hele-landet")
    areas = bydeler(n, "tabell-10", "boutgift")
    found = how_many_of_all(areas, lambda value: value > country.value)
    return Word(found.text, (*found.numbers, country))


@claim
def hopp_ned_fra_2014_til_2015(n: Numbers) -> Verdict:
    """Landets andeler er lavere i 2015 enn i 2014, som er året i figur 9.

    Det gjelder både personer og husholdninger.
    """
    return both(
        *(
            less(n(f"tabell-12/{measure}/hele-landet/2015"), n(f"figur-9/{measure}/ssb"))
            for measure in ("personer", "husholdninger")
        )
    )


@claim
def andelene_regnes_av_en_mindre_gruppe(n: Numbers) -> Verdict:
    """Antallet delt på hele folkemengden gir en lavere andel enn den som er oppgitt.

    Det gjelder vanskeligstilte personer i Oslo i 2020.
    """
    persons, everybody = n("tabell-11/personer/oslo/2020"), n("figur-25/folkemengde/oslo")
    share = n("tabell-12/personer/oslo/2020")
    found = 100 * persons.value / everybody.value
    because = f"{persons.text} / {everybody.text} = {nb(found, 1)} prosent, oppgitt {share.text}"
    return verdict(round(found, 1) < share.value, because, persons, everybody, share)


@claim
def personer_falt_i_2020(n: Numbers) -> Verdict:
    """Antallet vanskeligstilte personer falt fra 2019 til 2020, både i Oslo og i hele landet."""
    return both(
        less(n("tabell-11/personer/oslo/2020"), n("tabell-11/personer/oslo/2019")),
        less(n("tabell-11/personer/hele-landet/2020"), n("tabell-11/personer/hele-landet/2019")),
    )


@claim
def personer_i_oslo_var_stabilt_for_2020(n: Numbers) -> Verdict:
    """Antallet vanskeligstilte personer i Oslo var nokså stabilt fra 2015 til 2019.

    «Nokså stabilt» er at det høyeste ikke er mer enn 2 prosent over det laveste. Lavest er
    2015, høyest 2017.
    """
    series = _until_2019(n, "oslo")
    within = STEADY_SHARE * series[0].value
    return both(lowest(series, "2015"), highest(series, "2017"), steady(series, within))


@claim
def personer_i_landet_okte_hvert_ar_til_2019(n: Numbers) -> Verdict:
    """Fra 2015 til 2019 økte antallet vanskeligstilte personer i landet hvert år."""
    return rises(_until_2019(n, "hele-landet"))


def _until_2019(n: Numbers, place: str) -> list[Number]:
    return [x for x in n.series("tabell-11", "personer", place) if int(x.label) < 2020]


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


@claim
def husholdningene_er_blitt_mindre(n: Numbers) -> Verdict:
    """Det er færre personer per vanskeligstilt husholdning siste år enn første år.

    Det gjelder både Oslo og landet.
    """
    return both(*(_smaller_households(n, place) for place in PLACES))


def _smaller_households(n: Numbers, place: str) -> Verdict:
    persons = n.series("tabell-11", "personer", place)
    households = n.series("tabell-11", "husholdninger", place)
    first, last = (persons[at].value / households[at].value for at in (0, -1))
    because = f"{place}: {nb(last, 2)} personer per husholdning mot {nb(first, 2)}"
    return verdict(last < first, because, persons[-1], households[-1], persons[0], households[0])


@claim
def mer_enn_hver_femte_bor_i_oslo(n: Numbers) -> Verdict:
    """Mer enn 20 prosent av landets vanskeligstilte personer og husholdninger er i Oslo."""
    measures = ("personer_andel", "husholdninger_andel")
    return both(*(above(n(f"tabell-11/{measure}/oslo/siste"), 20) for measure in measures))


@claim
def andelen_personer_ned_i_oslo_og_opp_i_landet(n: Numbers) -> Verdict:
    """Andelen vanskeligstilte personer er lavere i 2020 enn i 2015 i Oslo og høyere i landet."""
    return both(
        less(n("tabell-12/personer/oslo/2020"), n("tabell-12/personer/oslo/2015")),
        more(n("tabell-12/personer/hele-landet/2020"), n("tabell-12/personer/hele-landet/2015")),
    )


@claim
def andelen_husholdninger_endret_seg_lite(n: Numbers) -> Verdict:
    """Andelen vanskeligstilte husholdninger har endret seg lite i Oslo og i landet.

    «Lite» er at høyeste og laveste år ikke er mer enn 0,2 prosentpoeng fra hverandre.
    """
    return both(*(steady(n.series("tabell-12", "husholdninger", p), STEADY_POINTS) for p in PLACES))


@claim
def andelen_er_klart_hoyere_i_oslo_enn_i_landet(n: Numbers) -> Verdict:
    """Andelen vanskeligstilte er siste år klart høyere i Oslo enn i landet.

    «Klart» er minst 15 prosent, og det gjelder både personer og husholdninger.
    """
    return both(
        *(
            clearly_more(n(f"tabell-12/{m}/oslo/siste"), n(f"tabell-12/{m}/hele-landet/siste"))
            for m in ("personer", "husholdninger")
        )
    )
