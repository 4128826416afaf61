"""What the 2022 edition claims in chapters 6 and 10 and this edition's text does not.

Some hold; those that do not are the errors that `data/published/2022/claims-kapittel-6.yaml` lists.
None of them stands in a chapter, so none of them stops a release.
"""

from kunnskapsgrunnlag.claims.judge import (
    about,
    both,
    count,
    every,
    falls,
    grew_by,
    less,
    more,
    rises,
    times,
    verdict,
)
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import bydeler
from kunnskapsgrunnlag.claims.kapittel_6 import cities
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.proportions import even, share
from kunnskapsgrunnlag.claims.registry import claim
from kunnskapsgrunnlag.claims.vague import uneven

# «Relativt stabilt»: the highest year is no more than a quarter above the lowest.
STABLE = 1.25
# The 2022 edition lists eight instruments in chapter 6.2; figure 21 has one more.
NOT_IN_LIST = "ungbo"


@claim
def trykt_fire_statlige_og_tre_kommunale(n: Numbers) -> Verdict:
    """De fire første virkemidlene i listen var statlige og de tre siste kommunale: det er alle."""
    rows = n.across("figur-21", "antall", where_known=True)
    listed = [row for row in rows if row.label != NOT_IN_LIST]
    return verdict(len(listed) == 7, f"4 + 3 = 7, men listen har {len(listed)}", *listed)


@claim
def trykt_antallene_er_relativt_stabile(n: Numbers) -> Verdict:
    """Antallet startlån og antallet tilskudd er relativt stabile gjennom årene."""
    series = (n.series("tabell-24", f"{what}_antall") for what in ("startlan", "tilskudd"))
    return both(*(even(one, STABLE) for one in series))


@claim
def trykt_snittlan_litt_over_en_million_i_2016(n: Numbers) -> Verdict:
    """Gjennomsnittslånet i 2016 var litt over 1 million kroner."""
    return about(n("tabell-24/startlan_snitt/2016"), 1_100_000, within=100_000)


@claim
def trykt_snittlan_i_tabell_24_for_2016(n: Numbers) -> Verdict:
    """Gjennomsnittslånet i 2016 var 1 195 000 kroner, som trykt i tabell 24."""
    return about(n("tabell-24/startlan_snitt/2016"), 1_195_000, within=10_000)


@claim
def trykt_belop_i_tabell_24_for_2017(n: Numbers) -> Verdict:
    """Startlånene i 2017 var til sammen 197 millioner kroner, som trykt i tabell 24."""
    return about(n("tabell-24/startlan_belop/2017"), 197, within=5)


@claim
def trykt_tilskudd_stabile_i_antall_og_storrelse(n: Numbers) -> Verdict:
    """Tilskuddene til etablering er relativt stabile i antall, beløp og gjennomsnitt."""
    series = (n.series("tabell-24", f"tilskudd_{what}") for what in ("antall", "belop", "snitt"))
    return both(*(even(one, STABLE) for one in series))


@claim
def trykt_faerre_tilskudd_i_2020(n: Numbers) -> Verdict:
    """Antallet tilskudd til etablering falt fra 2019 til 2020."""
    return falls(n.series("tabell-24", "tilskudd_antall")[-2:])


@claim
def trykt_figur_27_har_fem_ar(n: Numbers) -> Verdict:
    """Figuren har fem år, 2016–2020."""
    series = n.series("figur-27", "statlig_mottakere")
    years = [number.label for number in series]
    return verdict(years == [str(y) for y in range(2016, 2021)], ", ".join(years), *series)


@claim
def trykt_statlig_mottakere_fortsatte_ned(n: Numbers) -> Verdict:
    """Nedgangen i mottakere av statlig bostøtte har fortsatt hvert år siden 2017."""
    return falls(n.series("figur-27", "statlig_mottakere")[1:])


@claim
def trykt_statlig_belop_steg_noe_til_2019(n: Numbers) -> Verdict:
    """Utbetalt statlig bostøtte steg noe også før unntaksåret 2020, regnet fra 2016."""
    return more(n("figur-27/statlig_utbetalt/2019"), n("figur-27/statlig_utbetalt/2016"))


@claim
def trykt_statlige_utbetalinger_er_redusert(n: Numbers) -> Verdict:
    """De siste årene er utbetalingene av statlig bostøtte redusert."""
    return falls(n.series("figur-27", "statlig_utbetalt")[-3:])


@claim
def trykt_koronasatsene_ga_om_lag_140_millioner(n: Numbers) -> Verdict:
    """Utbetalt statlig bostøtte økte med om lag 140 millioner kroner i 2020."""
    return about(n("figur-27/statlig_utbetalt_endring/2020"), 140, within=5)


@claim
def trykt_klar_nedgang_i_statlige_mottakere(n: Numbers) -> Verdict:
    """Mottakerne av statlig bostøtte ble minst 10 prosent færre fra 2016 til 2020."""
    series = n.series("figur-27", "statlig_mottakere")
    return grew_by(series[-1], series[0], -100, -10)


@claim
def trykt_sterk_vekst_i_kommunal_bostotte(n: Numbers) -> Verdict:
    """Utbetalt kommunal bostøtte økte med minst en firedel fra 2016 til 2020."""
    series = n.series("figur-27", "kommunal_utbetalt")
    return grew_by(series[-1], series[0], 25, 1000)


@claim
def trykt_store_forskjeller_i_andel_over_tak(n: Numbers) -> Verdict:
    """Byen med høyest andel over tak har minst dobbelt så høy andel som byen med lavest."""
    return uneven(cities(n, "tabell-29", "over_tak"))


@claim
def trykt_oslo_betaler_mer_i_alt_enn_resten_av_landet(n: Numbers) -> Verdict:
    """Oslo betaler mer sosialhjelp i alt enn resten av landet til sammen."""
    return share([n("tabell-31/brutto/oslo")], n("tabell-31/brutto/hele-landet"), 50, 100)


@claim
def trykt_alle_storbyene_over_landet_i_sosialhjelp(n: Numbers) -> Verdict:
    """Alle de seks byene betaler mer sosialhjelp enn landet, per innbygger og per tilfelle."""
    return both(*(_all_above_country(n, what) for what in ("per_innbygger", "per_tilfelle")))


def _all_above_country(n: Numbers, measure: str) -> Verdict:
    country = n(f"tabell-31/{measure}/hele-landet")
    found = every(
        cities(n, "tabell-31", measure),
        lambda amount: amount > country.value,
        f"over {country.said}",
    )
    return both(found, verdict(True, country.said, country))


@claim
def trykt_tre_unntak_over_tjue_per_tusen(n: Numbers) -> Verdict:
    """Unntakene fra under 20 boliger per tusen innbyggere er tre bydeler."""
    rates = bydeler(n, "figur-32", "per_1000")
    return count(rates, lambda rate: rate >= 20, 3, "20 eller mer")


@claim
def trykt_oslo_har_23_prosent_av_de_vanskeligstilte(n: Numbers) -> Verdict:
    """Oslo har 23 prosent av landets vanskeligstilte husholdninger, avrundet."""
    return about(n("tabell-11/husholdninger_andel/oslo/2020"), 23, within=0.5)


@claim
def trykt_klar_nedgang_i_startlan(n: Numbers) -> Verdict:
    """Antallet startlån gikk ned fra 2016 til 2020."""
    series = n.series("tabell-24", "startlan_antall")
    return less(series[-1], series[0])


@claim
def trykt_stadig_faerre_far_virkemidlene(n: Numbers) -> Verdict:
    """Statlig og kommunal bostøtte, lån og tilskudd gikk til færre i 2020 enn i 2016."""
    measures = (
        ("figur-27", "statlig_mottakere"),
        ("figur-27", "kommunal_mottakere"),
        ("tabell-24", "startlan_antall"),
        ("tabell-24", "tilskudd_antall"),
    )
    series = [n.series(item, measure) for item, measure in measures]
    return both(*(less(one[-1], one[0]) for one in series))


@claim
def trykt_oppsummering_oslo_over_landet(n: Numbers) -> Verdict:
    """Andelen vanskeligstilte personer er høyere i Oslo enn i landet i 2020."""
    return more(n("tabell-12/personer/oslo/2020"), n("tabell-12/personer/hele-landet/2020"))


@claim
def trykt_oppsummering_nesten_dobbelt_sa_hoy(n: Numbers) -> Verdict:
    """Andelen vanskeligstilte personer i Oslo er 1,7–2 ganger så høy som i landet i 2020."""
    own, country = (n(f"tabell-12/personer/{where}/2020") for where in ("oslo", "hele-landet"))
    return times(own, country, 1.7, 1.99)


@claim
def trykt_oppsummering_seks_prosent_av_innbyggerne(n: Numbers) -> Verdict:
    """De vanskeligstilte personene er 6,0 prosent av alle innbyggere i Oslo."""
    persons, people = n("tabell-11/personer/oslo/2020"), n("figur-25/folkemengde/oslo")
    return share([persons], people, 5.95, 6.05)


@claim
def trykt_oppsummering_om_lag_15_000_husholdninger(n: Numbers) -> Verdict:
    """Om lag 15 000 husholdninger i Oslo og 67 000 i landet var vanskeligstilte i 2020."""
    own, country = (n(f"tabell-11/husholdninger/{r}/2020") for r in ("oslo", "hele-landet"))
    return both(about(own, 15_000, within=500), about(country, 67_000, within=500))


@claim
def trykt_oppsummering_leieprisene_gir_flere(n: Numbers) -> Verdict:
    """Med leieprisene i definisjonen blir andelen høyere, for husholdninger og for personer."""
    names = ("ssb", "kapabilitet-leie", "kapabilitet-leie-og-eie")
    measures = ("husholdninger", "personer")
    return both(*(rises([n(f"figur-9/{m}/{name}") for name in names]) for m in measures))


@claim
def trykt_oppsummering_to_av_tjue_elever(n: Numbers) -> Verdict:
    """I en klasse på 20 er to vanskeligstilte: andelen blant barn er 7,5–12,5 prosent."""
    return about(n("tabell-17/andel/0-19"), 10, within=2.5)


@claim
def trykt_oppsummering_oslo_er_klart_storst(n: Numbers) -> Verdict:
    """Oslo har minst dobbelt så mange innbyggere som hver av de fem andre byene."""
    people = cities(n, "figur-25", "folkemengde")
    own = n("figur-25/folkemengde/oslo")
    others = [city for city in people if city.label != "Oslo"]
    return both(*(times(own, other, 2, 100) for other in others))
