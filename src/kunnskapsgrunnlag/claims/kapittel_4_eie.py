"""What chapter 4 claims of prices, of the nurse index and of who owns their home.

The numbers are those of figures 4, 5 and 7, transcribed from the printed edition.
"""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import about, below, both, less, more, times, verdict
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim

OSLO, ASKER = "figur-5/fra/oslo/2021", "figur-5/til/asker-og-baerum/2021"
OTHERS_LOW, OTHERS_HIGH = (
    f"figur-5/{end}/bergen-stavanger-og-trondheim/2021" for end in ("fra", "til")
)
# «Én av hundre»: a number that rounds to one.
ROUNDS = 0.5
# Owners in the whole country, in percent (SSB, table 11084): of it the store has Oslo alone.
COUNTRY_OWNERS = 77.0
LOWEST, HIGHEST = "laveste-inntektskvartil", "hoyeste-inntektskvartil"


@claim
def en_kvadratmeter_koster_over_dobbelt_i_frogner(n: Numbers) -> Verdict:
    """En kvadratmeter koster mer enn dobbelt så mye i Frogner som i Søndre Nordstrand."""
    frogner, sondre = n("figur-4/pris/bydel-frogner"), n("figur-4/pris/bydel-sondre-nordstrand")
    found = frogner.value / sondre.value
    said = f"{frogner.said} / {sondre.said} = {nb(found, 2)}"
    return verdict(found > 2, said, frogner, sondre)


@claim
def snittet_ligger_mellom_bydelene(n: Numbers) -> Verdict:
    """Prisen per kvadratmeter er over snittet for Oslo i Frogner og under i Søndre Nordstrand."""
    oslo = n("figur-4/pris/oslo")
    return both(
        more(n("figur-4/pris/bydel-frogner"), oslo),
        less(n("figur-4/pris/bydel-sondre-nordstrand"), oslo),
    )


@claim
def sykepleierindeksen_er_lavest_i_oslo_og_asker_og_baerum(n: Numbers) -> Verdict:
    """Sykepleierindeksen i 2021 var lavere i Oslo og i Asker og Bærum enn i de andre byene.

    De andre er Bergen, Stavanger og Trondheim. Der er det den laveste av de tre som teller.
    """
    return both(*(less(n(place), n(OTHERS_LOW)) for place in (OSLO, ASKER)))


@claim
def sykepleieren_har_rad_til_en_av_hundre(n: Numbers) -> Verdict:
    """En enslig sykepleier hadde råd til rundt én av hundre boliger i 2021.

    Det gjelder både Oslo og Asker og Bærum. «Rundt» er avrundet til et helt tall.
    """
    return both(*(about(n(place), 1, ROUNDS) for place in (OSLO, ASKER)))


@claim
def indeksen_er_ti_ganger_hoyere_i_de_andre_storbyene(n: Numbers) -> Verdict:
    """Sykepleierindeksen i 2021 var mer enn ti ganger så høy i tre andre storbyer som i Oslo.

    De tre er Bergen, Stavanger og Trondheim, og det gjelder både den laveste og den høyeste.
    """
    oslo, low, high = n(OSLO), n(OTHERS_LOW), n(OTHERS_HIGH)
    return both(times(low, oslo, 10, 100), more(high, low))


@claim
def sykepleierindeksen_har_falt_i_oslo(n: Numbers) -> Verdict:
    """Sykepleierindeksen for Oslo var lavere i 2021 enn i 2013."""
    return less(n(OSLO), n("figur-5/fra/oslo/2013"))


@claim
def hvem_som_eier_folger_inntekten(n: Numbers) -> Verdict:
    """Eierandelen er lavest ved lavinntekt, så i laveste inntektskvartil, og høyest i høyeste.

    Husholdningene i alt ligger mellom laveste og høyeste inntektskvartil.
    """
    poor, low, every, high = (
        _owners(n, kind) for kind in ("lavinntekt-eu60", LOWEST, "alle-husholdninger", HIGHEST)
    )
    return both(less(poor, low), less(low, every), less(every, high))


@claim
def faerre_eier_i_oslo_enn_i_landet(n: Numbers) -> Verdict:
    """Eierandelen i Oslo er lavere enn i landet, der 77 prosent eier boligen sin."""
    return below(_owners(n, "alle-husholdninger"), COUNTRY_OWNERS)


@claim
def leieandelen_i_nederste_og_overste_kvartil(n: Numbers) -> Verdict:
    """Om lag 60 prosent leier i nederste inntektskvartil, og 11 prosent i øverste.

    De som ikke eier, leier. «Om lag» og «rundt» er to prosentpoeng over eller under.
    """
    return both(_renters(n, LOWEST, 60, within=2), _renters(n, HIGHEST, 11, within=0.5))


def _renters(n: Numbers, kind: str, target: float, *, within: float) -> Verdict:
    owners = _owners(n, kind)
    found = 100 - owners.value
    said = f"100 − {owners.text} = {nb(found, 0)} prosent ({owners.words or owners.label})"
    return verdict(abs(found - target) <= within, said, owners)


@claim
def enslige_forsorgere_eier_under_halvparten_sa_ofte_som_par(n: Numbers) -> Verdict:
    """Enslige forsørgere med små barn eier under halvparten så ofte som par med store barn."""
    single = _owners(n, "enslige-forsorgere-med-sma-barn")
    couples = _owners(n, "par-med-store-barn")
    found = single.value / couples.value
    said = f"{single.said} / {couples.said} = {nb(found, 2)}"
    return verdict(found < 1 / 2, said, single, couples)


@claim
def en_av_fire_med_bostotte_eller_sosialhjelp_eier(n: Numbers) -> Verdict:
    """Av husholdningene som får bostøtte eller sosialhjelp, eier én av fire."""
    return about(_owners(n, "far-bostotte-eller-sosialhjelp"), 25, 2)


def _owners(n: Numbers, kind: str) -> Number:
    return n(f"figur-7/andel/{kind}")
