"""What chapter 4 claims of people, crowding and municipal dwellings in the city."""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import both, highest, highest_are, just_below, times, verdict
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import bydeler
from kunnskapsgrunnlag.claims.kapittel_6 import cities
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim, fitted_claim

# «Litt under»: by no more than 1 percent.
A_LITTLE = 0.01
SHARE_OF_PEOPLE_PCT = 13
TOP = 5
# Persons in crowded households 2020 (SSB, table 11046).
CROWDED = {"gamle-oslo": 13_461, "grunerlokka": 14_409, "ullern": 2_950, "vestre-aker": 3_734}


@claim
def oslo_er_den_klart_storste_byen(n: Numbers) -> Verdict:
    """Oslo hadde i 2020 mer enn dobbelt så mange innbyggere som Bergen, den nest største byen."""
    ranked = sorted(cities(n, "figur-25", "folkemengde"), key=lambda city: -city.value)
    oslo, bergen = n("figur-25/folkemengde/oslo"), n("figur-25/folkemengde/bergen")
    said = f"{ranked[0].said}; {ranked[1].said}; {ranked[2].said}"
    second = [number.address for number in ranked[:2]] == [oslo.address, bergen.address]
    doubled = oslo.value > 2 * bergen.value
    return verdict(second and doubled, said, *ranked)


@claim
def storre_del_av_de_vanskeligstilte_enn_av_innbyggerne(n: Numbers) -> Verdict:
    """Oslo har om lag 13 prosent av landets innbyggere, og mer enn det av de vanskeligstilte.

    «Om lag» er et halvt prosentpoeng over eller under, og folketallet er fra 2020.
    """
    oslo, country = n("figur-25/folkemengde/oslo"), n("figur-25/folkemengde/hele-landet")
    share = SHARE_OF_PEOPLE_PCT / 100
    disadvantaged = n("tabell-11/personer_andel/oslo/siste")
    found = 100 * oslo.value / country.value
    said = f"{disadvantaged.said} prosent mot {nb(found, 1)} prosent"
    return both(
        times(oslo, country, share - 0.005, share + 0.005),
        verdict(disadvantaged.value > found, said, disadvantaged, oslo, country),
    )


@claim
def litt_under_13_000_kommunale_boliger(n: Numbers) -> Verdict:
    """Kommunen disponerer litt under 13 000 boliger, høyst 1 prosent under."""
    return just_below(n("figur-32/boliger/oslo"), 13_000, 13_000 * A_LITTLE)


def _crowded(n: Numbers, key: str) -> Number:
    dwellings, rate = n(f"figur-32/boliger/{key}"), n(f"figur-32/per_1000/{key}")
    found = CROWDED[key] / (1000 * dwellings.value / rate.value) * 100
    return rate.derived(found, f"{nb(found, 1)} prosent", "prosent")


@fitted_claim("figur-32-02", "figur-32-04", "tabell-13-02", "tabell-13-03", "tabell-13-04")
def sentrumsbydelene_har_flest_kommunale_boliger(n: Numbers) -> Verdict:
    """Sagene, Gamle Oslo og Grünerløkka har flest kommunale boliger.

    Gamle Oslo og Grünerløkka er blant de fem bydelene med flest vanskeligstilte personer.
    """
    persons = bydeler(n, "tabell-13", "personer")
    return both(
        highest_are(bydeler(n, "figur-32", "boliger"), ["Sagene", "Gamle Oslo", "Grünerløkka"]),
        highest(persons, "Gamle Oslo", by=TOP),
        highest(persons, "Grünerløkka", by=TOP),
    )
