"""What chapter 6 claims of startlån and grants (section 6.3).

The vague words mean what they mean in `kapittel_6.py`.
"""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import (
    both,
    count,
    every,
    falls,
    grew_by,
    highest,
    less,
    lowest,
    more,
    ratio,
    verdict,
)
from kunnskapsgrunnlag.claims.kapittel_6 import cities
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict
from kunnskapsgrunnlag.claims.proportions import even, spread
from kunnskapsgrunnlag.claims.registry import claim, fitted_claim
from kunnskapsgrunnlag.claims.vague import slightly_changed

# Told by the 2022 edition, chapter 6.3: loans in the year with most of them, 2011.
LOANS_2011 = 1060
# The misprinted mean loan of 2016 in the 2022 edition, table 24.
MISPRINTED_MEAN = 1_195_000


@claim
def tabell_24_har_fem_ar(n: Numbers) -> Verdict:
    """Tabellen har startlån for fem år, og de er de fem før 2021."""
    series = n.series("tabell-24", "startlan_antall")
    said = ", ".join(number.label for number in series)
    holds = [number.label for number in series] == [str(year) for year in range(2016, 2021)]
    return verdict(holds, said, *series)


@claim
def startlan_rundt_fem_hundre(n: Numbers) -> Verdict:
    """Antallet startlån er hvert år høyst 15 prosent fra 500, lavest i 2019 og høyest i 2020."""
    loans = n.series("tabell-24", "startlan_antall")
    return both(
        every(loans, lambda number: 425 <= number <= 575, "mellom 425 og 575"),
        lowest(loans, "2019"),
        highest(loans, "2020"),
    )


@claim
def startlanene_ble_storre(n: Numbers) -> Verdict:
    """Gjennomsnittslånet var større i 2020 enn i 2016."""
    means = n.series("tabell-24", "startlan_snitt")
    return more(means[-1], means[0])


@claim
def trykkfeilen_ga_sterkere_vekst(n: Numbers) -> Verdict:
    """Med 2022-utgavens gjennomsnitt for 2016 blir veksten mer enn dobbelt så stor."""
    last, growth = n("tabell-24/startlan_snitt/2020"), n("tabell-24/startlan_snitt_vekst/2020")
    misprinted = (last.value / MISPRINTED_MEAN - 1) * 100
    said = f"{last.said} / {nb(MISPRINTED_MEAN)}: {nb(misprinted)} mot {growth.text} prosent"
    return verdict(misprinted > 2 * growth.value, said, last, growth)


@claim
def langt_faerre_startlan_enn_i_2011(n: Numbers) -> Verdict:
    """Hvert år fra 2016 var antallet startlån minst 15 prosent under 1 060, tallet for 2011."""
    loans = n.series("tabell-24", "startlan_antall")
    return every(loans, lambda number: number <= 0.85 * LOANS_2011, "høyst 901")


@claim
def tilskudd_falt_i_2018_og_la_stille(n: Numbers) -> Verdict:
    """Antallet tilskudd falt fra 2017 til 2018, og skiller siden høyst 1 prosent."""
    grants = n.series("tabell-24", "tilskudd_antall")[1:]
    return both(falls(grants[:2]), even(grants[1:], most=1.01))


@claim
def tilskuddsbelopet_svinger_mer_og_falt_i_2020(n: Numbers) -> Verdict:
    """Høyeste mot laveste år er større for beløpet enn for antallet, og beløpet falt i 2020."""
    amounts = n.series("tabell-24", "tilskudd_belop")
    grants = n.series("tabell-24", "tilskudd_antall")
    swing, calm = spread(amounts), spread(grants)
    said = f"høyeste mot laveste år: beløp {nb(swing, 2)}, antall {nb(calm, 2)}"
    return both(verdict(swing > calm, said, *amounts, *grants), falls(amounts[-2:]))


@claim
def tilskuddene_var_omtrent_like_lave_i_2017(n: Numbers) -> Verdict:
    """Gjennomsnittet i 2017 er høyst 5 prosent fra det i 2020, og de to er lavest."""
    means = n.series("tabell-24", "tilskudd_snitt")
    return both(
        grew_by(means[1], means[-1], -5, 5),
        lowest(means, "2017", by=2),
        lowest(means, "2020", by=2),
    )


@claim
def oslo_ga_faerrest_startlan_etter_folketallet(n: Numbers) -> Verdict:
    """Oslo har færrest startlån per innbygger av de seks kommunene, og færre enn landet."""
    rates = cities(n, "figur-25", "per_1000")
    return both(
        count(rates, lambda rate: rate > 0, 6, "med"),
        lowest(rates, "Oslo"),
        less(n("figur-25/per_1000/oslo"), n("figur-25/per_1000/hele-landet")),
    )


@claim
def utbetalte_lan_avviker_litt_fra_innvilgede(n: Numbers) -> Verdict:
    """Utbetalte lån er ikke like mange som innvilgede, men avviker høyst 2 prosent."""
    return slightly_changed(n("figur-25/antall/oslo"), n("tabell-24/startlan_antall/2020"))


@claim
def avstanden_til_landet_er_mindre_i_kroner(n: Numbers) -> Verdict:
    """Oslo ligger under landet, og i kroner under halvparten så langt under som i antall lån."""
    loans, country_loans = (n(f"figur-25/per_1000/{r}") for r in ("oslo", "hele-landet"))
    money, country_money = (n(f"figur-25/per_innbygger/{r}") for r in ("oslo", "hele-landet"))
    gap, gap_money = 1 - ratio(loans, country_loans), 1 - ratio(money, country_money)
    said = f"under landet: {nb(gap_money * 100)} prosent i kroner, {nb(gap * 100)} i lån"
    holds = 0 < gap_money < gap / 2
    return verdict(holds, said, loans, country_loans, money, country_money)


@fitted_claim("figur-26-03")
def bydelene_er_mer_ulike_enn_byene(n: Numbers) -> Verdict:
    """Lån per innbygger er mer ulikt mellom Ullern og Grorud enn mellom byene."""
    own = [n(f"figur-26/per_1000/{bydel}") for bydel in ("ullern", "grorud")]
    others = cities(n, "figur-25", "per_1000")
    wide, narrow = spread(own), spread(others)
    said = f"høyeste mot laveste: {nb(wide, 1)} mellom bydelene, {nb(narrow, 1)} mellom byene"
    return verdict(wide > narrow, said, *own, *others)


def _top_five(numbers: list[Number]) -> list[str]:
    ranked = sorted(numbers, key=lambda number: -number.value)
    return [number.label for number in ranked[:5]]
