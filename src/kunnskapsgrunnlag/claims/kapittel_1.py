"""What chapter 1 claims: how the city grows."""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import verdict
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim
from kunnskapsgrunnlag.claims.vague import NEAR

# SSB, table 10826, all bydeler and areas of Oslo on 1 January 2015, and Alna on 1 January 2020.
OSLO_2015 = 647_676
ALNA_2020 = 49_801


@claim
def veksten_var_nesten_en_bydel_alna(n: Numbers) -> Verdict:
    """Fra 1. januar 2015 til 1. januar 2020 vokste Oslo med nesten folketallet i Bydel Alna.

    «Nesten» er inntil en tidel under. Alna hadde 49 801 innbyggere.
    """
    last = n("figur-25/folkemengde/oslo")
    growth = last.value - OSLO_2015
    said = f"{last.text} − {nb(OSLO_2015)} = {nb(growth)} mot {nb(ALNA_2020)}"
    return verdict(ALNA_2020 * (1 - NEAR) <= growth < ALNA_2020, said, last)
