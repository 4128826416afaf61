"""What the page on method says that the estimates are fitted to.

«Så vidt over» is no more than 1 percent of the whole above; «om lag tre av fire» must be possible
with the rents of figure 28 and the mean rent of all recipients.
"""

from collections.abc import Sequence
from itertools import pairwise

from kunnskapsgrunnlag.claims.judge import (
    at_most,
    both,
    exactly,
    highest,
    lowest,
    rises,
    verdict,
)
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import bydeler
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict
from kunnskapsgrunnlag.claims.proportions import share
from kunnskapsgrunnlag.claims.registry import claim
from kunnskapsgrunnlag.numbers import nb
from kunnskapsgrunnlag.tidy.regions import BY_KEY, DELBYDELER

NAMED = ("gamle-oslo", "grunerlokka", "sagene")
WEST = ("Nordstrand", "Ullern", "Vestre Aker")


@claim
def gruppene_av_husholdninger_er_alle(n: Numbers) -> Verdict:
    """Vanskeligstilte husholdninger med og uten barn er til sammen alle i tabell 11."""
    groups = [n("tabell-15/med-barn/oslo"), n("tabell-15/uten-barn/oslo")]
    return share(groups, n("tabell-11/husholdninger/oslo/2020"), 100, 100)


@claim
def estimatene_for_husholdninger_er_tilpasset(n: Numbers) -> Verdict:
    """Seks bydeler har over 10 prosent blant barnefamiliene, og tre i vest er under landet."""
    families = bydeler(n, "tabell-16", "med-barn")
    inner = ["Alna", "Bjerke", "Gamle Oslo", "Grorud", "Stovner", "Søndre Nordstrand"]
    country = n("tabell-14/husholdninger/hele-landet").value
    homes = bydeler(n, "tabell-14", "husholdninger")
    return both(
        exactly(families, lambda pct: pct > 10, inner, "over 10 prosent"),
        highest(families, "Stovner"),
        exactly(homes, lambda pct: pct < country, WEST, "under landet"),
    )


@claim
def estimatene_for_personer_holder_grensene(n: Numbers) -> Verdict:
    """Vestre Aker og Ullern er under 1 000, Grünerløkka høyst 4 000, og bare fem er over 3 000."""
    persons = bydeler(n, "tabell-13", "personer")
    many = ["Alna", "Gamle Oslo", "Grünerløkka", "Stovner", "Søndre Nordstrand"]
    return both(
        exactly(persons, lambda number: number < 1000, ["Ullern", "Vestre Aker"], "under 1 000"),
        at_most(n("tabell-13/personer/grunerlokka"), 4000),
        exactly(persons, lambda number: number > 3000, many, "over 3 000"),
    )


@claim
def delbydelene_stemmer_med_bydelen(n: Numbers) -> Verdict:
    """Andelen i hver bydel i figur 18 er den samme som i tabell 14."""
    drawn, known = bydeler(n, "figur-18", "andel"), bydeler(n, "tabell-14", "personer")
    values = {row.label: row.value for row in known}
    differing = [row.said for row in drawn if row.value != values.get(row.label)]
    said = f"ulik tabell 14: {', '.join(differing) or 'ingen'}"
    return verdict(not differing, said, *drawn, *known)


@claim
def bydelen_ligger_mellom_delbydelene(n: Numbers) -> Verdict:
    """Andelen barn i hver bydel i figur 19 ligger mellom laveste og høyeste delbydel i bydelen."""
    areas = n.across("figur-19", "andel", regions=DELBYDELER)
    own = bydeler(n, "figur-19", "andel")
    outside = [row.said for row in own if not _between(row, _within(row, areas))]
    said = f"utenfor: {', '.join(outside) or 'ingen'}"
    return verdict(not outside, said, *own, *areas)


def _within(bydel: Number, areas: Sequence[Number]) -> list[float]:
    key = bydel.address.split("/")[2]
    return [area.value for area in areas if BY_KEY[area.address.split("/")[2]].parent == key]


def _between(bydel: Number, values: Sequence[float]) -> bool:
    return min(values) <= bydel.value <= max(values)


@claim
def startlan_er_ytterst_i_ullern_og_grorud(n: Numbers) -> Verdict:
    """Startlån per innbygger er lavest i Ullern og høyest i Grorud; alle lån er fordelt."""
    rates = bydeler(n, "figur-26", "per-1000")
    return both(
        lowest(rates, "Ullern"),
        highest(rates, "Grorud"),
        share(bydeler(n, "figur-26", "startlan"), n("tabell-24/startlan-antall/2020"), 100, 100),
    )


@claim
def tre_bydeler_har_sa_vidt_over_halvparten_av_boligene(n: Numbers) -> Verdict:
    """De tre bydelene har over 50, men høyst 51 prosent av de kommunale boligene."""
    three = [n(f"figur-32/boliger/{key}") for key in NAMED]
    total = n("figur-32/boliger/oslo")
    half = sum(number.value for number in three) - total.value / 2
    return both(share(three, total, 50, 51), verdict(half > 0, f"{nb(half)} over", *three, total))


@claim
def avstanden_oker_jevnt_med_husstanden(n: Numbers) -> Verdict:
    """Avstanden fra boutgift til øvre boutgift øker omtrent like mye for hver person til."""
    outside = n.across("figur-28", "utenfor")
    steps = [after.value - before.value for before, after in pairwise(outside)]
    said = f"steg: {', '.join(nb(step, 1) for step in steps)} prosentpoeng"
    return both(rises(outside), verdict(max(steps) - min(steps) <= 0.1, said, *outside))


@claim
def tre_av_fire_mottakere_kan_bo_alene(n: Numbers) -> Verdict:
    """Tre av fire ligger mellom andelene som følger om de andre bor to sammen, og om de bor fem."""
    mean, alone = n("tabell-10/boutgift/oslo"), n("figur-28/boutgift/1-person")
    two, five = (n(f"figur-28/boutgift/{size}-personer") for size in (2, 5))
    low, high = ((big.value - mean.value) / (big.value - alone.value) for big in (two, five))
    said = f"bor alene: fra {nb(low * 100)} til {nb(high * 100)} prosent"
    return verdict(low <= 0.75 <= high, said, mean, alone, two, five)


@claim
def stovner_er_hoyest_blant_barna(n: Numbers) -> Verdict:
    """Stovner har den høyeste andelen barn i vanskeligstilte husholdninger av bydelene."""
    return highest(bydeler(n, "figur-19", "andel"), "Stovner")
