"""What chapter 6 claims of bostøtte and social assistance for rent (sections 6.4 and 6.5).

The vague words mean what they mean in `kapittel_6.py`.
"""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import (
    both,
    count,
    exactly,
    falls,
    grew_by,
    highest,
    less,
    lowest,
    more,
    rises,
    times,
    verdict,
)
from kunnskapsgrunnlag.claims.kapittel_6 import cities
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict, Word
from kunnskapsgrunnlag.claims.registry import claim, fitted_claim
from kunnskapsgrunnlag.claims.vague import clearly_more

# SSB, table 14710: means of the years 2017 and 2019, 76,6 and 80,4.
PRICES_2017_TO_2019_PCT = 5.0


def _fewer_or_more(n: Numbers, measure: str) -> Word:
    series = n.series("figur-27", measure)
    return Word("færre" if series[-1].value < series[0].value else "flere", tuple(series))


@claim
def statlig_belop_falt_i_2017(n: Numbers) -> Verdict:
    """Utbetalt statlig bostøtte var lavere i 2017 enn i 2016."""
    return falls(n.series("figur-27", "statlig_utbetalt")[:2])


@claim
def statlig_belop_steg_mindre_enn_prisene(n: Numbers) -> Verdict:
    """Utbetalt statlig bostøtte steg hvert år 2017–2019, i alt mindre enn prisene (5,0 prosent)."""
    paid = n.series("figur-27", "statlig_utbetalt")[1:4]
    return both(rises(paid), grew_by(paid[-1], paid[0], 0, PRICES_2017_TO_2019_PCT))


@claim
def hver_mottaker_fikk_mer(n: Numbers) -> Verdict:
    """Gjennomsnittlig statlig bostøtte var høyere i desember 2019 enn i desember 2016."""
    return more(n("figur-27/statlig_snitt/2019"), n("figur-27/statlig_snitt/2016"))


@fitted_claim("figur-28-02", "figur-28-03")
def taket_ligger_langt_under_boutgiften(n: Numbers) -> Verdict:
    """For alle fem husstandsstørrelser er øvre boutgift minst 15 prosent under boutgiften."""
    rents = {rent.label: rent for rent in n.across("figur-28", "boutgift")}
    outside = n.across("figur-28", "utenfor")
    return both(
        *(less(cap, rents[cap.label]) for cap in n.across("figur-28", "tak")),
        count(outside, lambda pct: pct >= 15, 5, "minst 15 prosent"),
    )


@fitted_claim("figur-28-02")
def utenfor_taket_minst_for_en_og_mest_for_fem(n: Numbers) -> Verdict:
    """Andelen av boutgiften utenfor beregningen er lavest for én person og høyest for fem."""
    outside = n.across("figur-28", "utenfor")
    return both(lowest(outside, "1-person"), highest(outside, "5-personer"))


@claim
def oslo_og_fem_andre_byer(n: Numbers) -> Verdict:
    """Tabellen har tall for Oslo, fem andre byer og landet."""
    return count(n.across("tabell-29", "mottakere"), lambda number: number > 0, 7, "med")


@claim
def oslo_har_flest_mottakere_og_hoyest_bostotte(n: Numbers) -> Verdict:
    """Av byene har Oslo flest mottakere og høyest bostøtte i alt og per innbygger, over landet."""
    measures = ("mottakere", "utbetalt", "per_innbygger")
    return both(
        *(highest(cities(n, "tabell-29", measure), "Oslo") for measure in measures),
        more(n("tabell-29/per_innbygger/oslo"), n("tabell-29/per_innbygger/hele-landet")),
    )


@claim
def bare_kristiansand_har_flere_mottakere_per_innbygger(n: Numbers) -> Verdict:
    """Av byene har bare Kristiansand flere mottakere av bostøtte per tusen innbyggere enn Oslo."""
    own = n("tabell-29/per_1000/oslo").value
    rates = cities(n, "tabell-29", "per_1000")
    return exactly(rates, lambda rate: rate > own, ["Kristiansand"], "over Oslo")


@claim
def oslo_har_nest_flest_over_taket(n: Numbers) -> Verdict:
    """Andelen over tak i Oslo er minst 15 prosent over landets, og bare Drammen ligger høyere."""
    own = n("tabell-29/over_tak/oslo")
    shares = cities(n, "tabell-29", "over_tak")
    return both(
        clearly_more(own, n("tabell-29/over_tak/hele-landet")),
        exactly(shares, lambda pct: pct > own.value, ["Drammen"], "over Oslo"),
    )


@claim
def tilskudd_rekker_til_noen_fa(n: Numbers) -> Verdict:
    """Hvert år er det færre enn 2 tilskudd per 100 vanskeligstilte husholdninger."""
    grants = n.series("tabell-24", "tilskudd_antall")
    homes = n.series("tabell-11", "husholdninger", "oslo")[1:]
    return both(*(times(a, b, 0, 0.02) for a, b in zip(grants, homes, strict=True)))


@claim
def kommunal_bostotte_vokste_hvert_ar(n: Numbers) -> Verdict:
    """Både mottakerne av kommunal bostøtte og beløpet økte hvert år."""
    return both(
        rises(n.series("figur-27", "kommunal_mottakere")),
        rises(n.series("figur-27", "kommunal_utbetalt")),
    )


@claim
def kommunal_bostotte_vokste_minst_i_2020(n: Numbers) -> Verdict:
    """Utbetalt kommunal bostøtte økte minst i 2020."""
    return lowest(n.series("figur-27", "kommunal_utbetalt_endring"), "2020")


@claim
def over_halvparten_av_sosialhjelpen_til_bolig(n: Numbers) -> Verdict:
    """Sosialhjelp til husleie og strøm i 2020 er over halvparten av all sosialhjelp i Oslo."""
    housing, total = n("tabell-30/belop/2020"), n("tabell-31/brutto/oslo")
    found = housing.value / (total.value / 1000) * 100
    said = f"{housing.text} millioner / {total.text} tusen = {nb(found, 1)} prosent"
    return verdict(50 < found <= 100, said, housing, total)


@claim
def kommunen_bruker_mer_enn_for(n: Numbers) -> Verdict:
    """Kommunal bostøtte og sosialhjelp til husleie og strøm er begge høyere i 2020 enn i 2016."""
    series = n.series("figur-27", "kommunal_utbetalt"), n.series("tabell-30", "belop")
    return both(*(more(one[-1], one[0]) for one in series))


@claim
def sosialhjelp_steg_til_2018_og_falt_sa(n: Numbers) -> Verdict:
    """Sosialhjelp til husleie og strøm økte hvert år til 2018, falt og endte over 2016."""
    paid = n.series("tabell-30", "belop")
    return both(rises(paid[:3]), falls(paid[2:]), more(paid[-1], paid[0]))


@claim
def sosialhjelp_over_bostotte_2017_til_2019(n: Numbers) -> Verdict:
    """Sosialhjelpen til husleie og strøm er større enn statlig bostøtte i 2017–2019 og bare da."""
    paid = {number.label: number for number in n.series("figur-27", "statlig_utbetalt")}
    # Bostøtte is followed for more years than social assistance for rent.
    pairs = [(help_, paid[help_.label]) for help_ in n.series("tabell-30", "belop")]
    larger = [help_.label for help_, support in pairs if help_.value > support.value]
    said = f"større i {', '.join(larger) or 'ingen år'}"
    numbers = [number for pair in pairs for number in pair]
    return verdict(larger == ["2017", "2018", "2019"], said, *numbers)
