"""What chapter 2 claims: how small the municipal sector is."""

from kunnskapsgrunnlag.claims.judge import below
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim

# «Liten»: fewer than 50 municipal dwellings per 1 000 residents.
SMALL_SECTOR = 50


@claim
def den_kommunale_boligsektoren_er_liten(n: Numbers) -> Verdict:
    """Oslo har færre enn 50 kommunale boliger per 1 000 innbyggere."""
    return below(n("figur-32/per-1000/oslo"), SMALL_SECTOR)
