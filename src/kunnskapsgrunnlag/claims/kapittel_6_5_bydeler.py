"""What chapter 6 of the 2026 edition claims of social assistance in the bydeler (section 6.5)."""

from kunnskapsgrunnlag.claims.judge import both, exactly, highest, highest_are, lowest, rises
from kunnskapsgrunnlag.claims.kapittel_5_lavinntekt import latest
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim


@claim
def flest_sosialhjelpsmottakere_siste_ar(n: Numbers) -> Verdict:
    """Siste år har Oslo flere mottakere av sosialhjelp enn i noe annet år i figuren.

    Antallet har økt hvert år siden 2021.
    """
    series = n.series("figur-36", "over_tid", "oslo")
    return both(
        highest(series, series[-1].label), rises([x for x in series if int(x.label) >= 2021])
    )


@claim
def sosialhjelp_er_hoyest_i_sondre_nordstrand(n: Numbers) -> Verdict:
    """Mottakere per 1 000 innbyggere er høyest i Søndre Nordstrand og lavest i Vestre Aker."""
    rates = latest(n, "figur-36", "per_1000")
    return both(highest(rates, "Søndre Nordstrand"), lowest(rates, "Vestre Aker"))


@claim
def sosialhjelp_vokste_mest_i_ullern_og_alna(n: Numbers) -> Verdict:
    """Siden 2017 har mottakerne økt mest i Ullern og Alna.

    Gamle Oslo, Sagene og Frogner er de eneste bydelene med færre enn i 2017.
    """
    growth = latest(n, "figur-36", "vekst")
    fewer = ["Gamle Oslo", "Sagene", "Frogner"]
    return both(
        highest_are(growth, ["Ullern", "Alna"]),
        exactly(growth, lambda pct: pct < 0, fewer, "lavere enn i 2017"),
    )
