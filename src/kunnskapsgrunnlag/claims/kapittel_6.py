"""What chapter 6 claims of the instruments and their limits (sections 6.1 and 6.2).

Vague words are decided in `vague.py`; besides, all through the chapter:

- «rundt»: no more than 15 percent to either side; «om lag halvparten»: 45 to 55 percent
- «omtrent like»: no more than 5 percent apart
- «ligger stille»: the largest is no more than 1 percent above the smallest
- «ganske jevnt», «relativt stabilt»: the largest is no more than a quarter above the smallest
- «langt under»: by at least 15 percent; «mye mindre»: less than half
- «noen få»: fewer than 2 for each 100 disadvantaged households
"""

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import about, both, count, exactly, verdict
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim
from kunnskapsgrunnlag.claims.vague import clearly_more

CITIES = ("oslo", "bergen", "trondheim", "stavanger", "kristiansand", "drammen")
# Grunnbeløpet from May 2021 (NAV), note to figure 23.
G_2021 = 106_399


def cities(n: Numbers, item: str, measure: str) -> list[Number]:
    """The numbers of the six cities, without the country.

    Raises:
        KgError: If a city has no number: «lavest» and «bare» are then not to be said.
    """
    found = n.across(item, measure, regions=CITIES)
    if len(found) != len(CITIES):
        raise KgError(
            f"påstanden trenger «{item}/{measure}» for alle {len(CITIES)} byene, og "
            f"{len(found)} har tall. Gjør kilden hel, eller skriv om setningen."
        )
    return found


@claim
def bare_to_virkemidler_er_statlige(n: Numbers) -> Verdict:
    """Startlån og statlig bostøtte hører til en gruppe på to, de sju andre til en gruppe på sju."""
    groups = n.across("figur-21", "antall")
    state = ["startlan", "statlig-bostotte"]
    return both(
        exactly(groups, lambda size: size == 2, state, "i gruppen på to"),
        count(groups, lambda size: size == 7, 7, "i gruppen på sju"),
    )


@claim
def virkemidlene_fordeles_pa_eiere_leietakere_og_begge(n: Numbers) -> Verdict:
    """Virkemidlene for eiere, leietakere og begge er til sammen alle virkemidlene i figuren."""
    groups = [
        n(f"figur-22/antall/{one}") for one in ("startlan", "kommunal-bolig", "statlig-bostotte")
    ]
    held = n.across("figur-22", "antall")
    total = sum(group.value for group in groups)
    said = f"{' + '.join(group.said for group in groups)} = {nb(total)} mot {len(held)}"
    return verdict(total == len(held), said, *held)


@claim
def tre_virkemidler_er_for_begge_grupper(n: Numbers) -> Verdict:
    """Statlig bostøtte, sosialhjelp og tilskudd til tilpasning er i gruppen på tre."""
    both_tenures = ["statlig-bostotte", "sosialhjelp-til-bolig", "tilskudd-til-tilpasning"]
    groups = n.across("figur-22", "antall")
    return exactly(groups, lambda size: size == 3, both_tenures, "i gruppen på tre")


@claim
def kommunal_bolig_har_grense_pa_4g(n: Numbers) -> Verdict:
    """Grensen for kommunal bolig er fire ganger grunnbeløpet fra mai 2021."""
    return about(n("figur-23/til/kommunal-bolig"), 4 * G_2021, within=0.5)


@claim
def tydelig_gap_mellom_bostotte_og_startlan(n: Numbers) -> Verdict:
    """Laveste inntekt for startlån er minst 15 prosent over høyeste inntekt for bostøtte."""
    return clearly_more(n("figur-23/fra/startlan"), n("figur-23/til/statlig-bostotte"))
