"""What chapter 6 of the 2026 edition claims of bostøtte after 2020, and of the parting of the two.

The years stand in the claims where the sentence is about these very years; the rest follows the
last year of the data.
"""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import (
    above,
    at_least,
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
from kunnskapsgrunnlag.claims.kapittel_6_3 import LOANS_2011
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict
from kunnskapsgrunnlag.claims.proportions import spread
from kunnskapsgrunnlag.claims.registry import claim

RECIPIENTS, PAID, MEAN = "statlig_mottakere", "statlig_utbetalt", "statlig_snitt"
# «Ganske jevnt»: the largest is no more than a quarter above the smallest.
QUITE_EVEN = 1.25


def years(n: Numbers, measure: str, first: int, last: int | None = None) -> list[Number]:
    """The measure's numbers from one year to another, or to the last that there is."""
    series = n.series("figur-27", measure)
    return [x for x in series if first <= int(x.label) <= (last or int(series[-1].label))]


@claim
def ordningene_gikk_hver_sin_vei_til_2020(n: Numbers) -> Verdict:
    """Fra 2016 til 2020 fikk færre statlig bostøtte, og flere fikk kommunal."""
    state = years(n, RECIPIENTS, 2016, 2020)
    municipal = years(n, "kommunal_mottakere", 2016, 2020)
    return both(less(state[-1], state[0]), more(municipal[-1], municipal[0]))


@claim
def statlig_mottakere_falt_fra_2016_til_2019(n: Numbers) -> Verdict:
    """Mottakerne av statlig bostøtte ble færre hvert år fra 2016 til 2019 og flere i 2020."""
    return both(falls(years(n, RECIPIENTS, 2016, 2019)), rises(years(n, RECIPIENTS, 2019, 2020)))


@claim
def faerrest_statlige_mottakere_i_2021(n: Numbers) -> Verdict:
    """I desember 2021 fikk færre statlig bostøtte enn i desember i noe annet år i figuren."""
    return lowest(n.series("figur-27", RECIPIENTS), "2021")


@claim
def flest_statlige_mottakere_i_2023(n: Numbers) -> Verdict:
    """Mottakerne ble flere hvert år fra 2021 til 2023, og da var de flest i figuren."""
    return both(
        rises(years(n, RECIPIENTS, 2021, 2023)),
        highest(n.series("figur-27", RECIPIENTS), "2023"),
    )


@claim
def statlig_mottakere_har_falt_siden_2023(n: Numbers) -> Verdict:
    """Mottakerne er blitt færre hvert år siden 2023."""
    return falls(years(n, RECIPIENTS, 2023))


@claim
def faerre_enn_i_2016_og_flere_enn_i_2020(n: Numbers) -> Verdict:
    """Siste år fikk færre statlig bostøtte enn i 2016, men flere enn i 2020."""
    last = n(f"figur-27/{RECIPIENTS}/siste")
    return both(
        less(last, n(f"figur-27/{RECIPIENTS}/2016")), more(last, n(f"figur-27/{RECIPIENTS}/2020"))
    )


@claim
def utbetalt_okte_mest_i_2020(n: Numbers) -> Verdict:
    """Utbetalt statlig bostøtte økte i 2020, mer enn i noe annet år."""
    own = n("figur-27/statlig_utbetalt_endring/2020")
    return both(above(own, 0), highest(n.series("figur-27", "statlig_utbetalt_endring"), "2020"))


@claim
def utbetalt_falt_i_2021_og_har_okt_siden(n: Numbers) -> Verdict:
    """Utbetalt statlig bostøtte falt i 2021, har økt hvert år siden og er siste år høyest."""
    all_years = n.series("figur-27", PAID)
    return both(
        falls(years(n, PAID, 2020, 2021)),
        rises(years(n, PAID, 2021)),
        highest(all_years, all_years[-1].label),
    )


@claim
def snittet_falt_til_2023_og_har_okt_siden(n: Numbers) -> Verdict:
    """Gjennomsnittlig statlig bostøtte falt hvert år fra 2020 til 2023 og har økt siden."""
    return both(falls(years(n, MEAN, 2020, 2023)), rises(years(n, MEAN, 2023)))


@claim
def bostotten_nar_faerre_enn_i_2016(n: Numbers) -> Verdict:
    """Færre får statlig bostøtte siste år enn i 2016."""
    return less(n(f"figur-27/{RECIPIENTS}/siste"), n(f"figur-27/{RECIPIENTS}/2016"))


@claim
def husbankens_del_ble_mindre_til_2020(n: Numbers) -> Verdict:
    """Færre fikk bostøtte i 2020 enn i 2016, og startlånene var 45–55 prosent av 1 060 i 2011."""
    recipients, loans = years(n, RECIPIENTS, 2016, 2020), n("tabell-24/startlan_antall/2020")
    return both(
        less(recipients[-1], recipients[0]),
        at_least(loans, 0.45 * LOANS_2011),
        below(loans, 0.55 * LOANS_2011),
    )


@claim
def lanene_ganske_jevne_2016_til_2020(n: Numbers) -> Verdict:
    """Fra 2016 til 2020 er året med flest startlån høyst en firedel over året med færrest."""
    loans = [x for x in n.series("tabell-24", "startlan_antall") if 2016 <= int(x.label) <= 2020]
    said = f"flest delt på færrest: {nb(spread(loans), 2)}"
    return verdict(spread(loans) <= QUITE_EVEN, said, *loans)


@claim
def kommunens_utgifter_vokste_til_2020(n: Numbers) -> Verdict:
    """Kommunal bostøtte økte hvert år til 2020; sosialhjelpen var da over 2016 og hadde falt.

    Den falt hvert år etter 2018.
    """
    paid = [x for x in n.series("tabell-30", "belop") if 2016 <= int(x.label) <= 2020]
    return both(
        rises(years(n, "kommunal_utbetalt", 2016, 2020)), more(paid[-1], paid[0]), falls(paid[2:])
    )


@claim
def bostotten_siste_ar_mot_2016_og_2020(n: Numbers) -> Verdict:
    """Siste år er mottakerne færre enn i 2016 og flere enn i 2020, og utbetalingene høyest."""
    paid = n.series("figur-27", PAID)
    return both(faerre_enn_i_2016_og_flere_enn_i_2020(n), highest(paid, paid[-1].label))
