"""What the front page claims: the report in four lines."""

from kunnskapsgrunnlag.claims.judge import more
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim


@claim
def gjennomsnittlig_startlan_vokste(n: Numbers) -> Verdict:
    """Det gjennomsnittlige startlånet var høyere i 2020 enn i 2016."""
    return more(n("tabell-24/startlan_snitt/2020"), n("tabell-24/startlan_snitt/2016"))
