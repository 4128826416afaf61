"""What chapter 5 of the 2026 edition claims of households with low income in the bydeler."""

from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.claims.judge import below, both, highest, lowest, rises
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim


def last_year(n: Numbers, item: str, measure: str) -> str:
    """The last year that Oslo has a number for."""
    return n(f"{item}/{measure}/oslo/siste").address.rpartition("/")[2]


def in_bydeler(n: Numbers, item: str, measure: str, year: str) -> list[Number]:
    """The numbers of the bydeler in a year, named by their bydel."""
    return n.across(item, measure, year, regions=BYDELER)


def latest(n: Numbers, item: str, measure: str) -> list[Number]:
    """The numbers of the bydeler in the last year of the table."""
    return in_bydeler(n, item, measure, last_year(n, item, measure))


@claim
def lavinntekt_er_hoyest_i_stovner_og_lavest_i_ullern(n: Numbers) -> Verdict:
    """Andelen husholdninger med lavinntekt er siste år høyest i Stovner og lavest i Ullern."""
    shares = latest(n, "figur-37", "andel")
    return both(highest(shares, "Stovner"), lowest(shares, "Ullern"))


@claim
def lavinntekt_okte_mest_i_stovner_og_falt_mest_i_gamle_oslo(n: Numbers) -> Verdict:
    """Siden 2013 har andelen med lavinntekt økt mest i Stovner og falt mest i Gamle Oslo."""
    changes = latest(n, "figur-37", "endring")
    return both(
        highest(changes, "Stovner"),
        lowest(changes, "Gamle Oslo"),
        below(n("figur-37/endring/gamle-oslo/siste"), 0),
    )


@claim
def lavinntekt_falt_overalt_i_2022_og_okte_i_2023(n: Numbers) -> Verdict:
    """Andelen med lavinntekt falt i alle bydelene i 2022 og økte i alle i 2023."""
    before, low, after = (
        {x.label: x for x in in_bydeler(n, "figur-37", "over_tid", year)}
        for year in ("2021", "2022", "2023")
    )
    return both(
        *(rises([low[name], before[name]]) for name in low),
        *(rises([low[name], after[name]]) for name in low),
    )
