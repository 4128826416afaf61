"""What chapter 3 claims: where the municipal dwellings are."""

from kunnskapsgrunnlag.claims.kapittel_5_bydeler import bydeler
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim
from kunnskapsgrunnlag.claims.vague import uneven


@claim
def de_kommunale_boligene_er_ujevnt_fordelt(n: Numbers) -> Verdict:
    """Kommunale boliger per tusen innbyggere er ujevnt fordelt på bydelene.

    «Ujevnt» er at den med flest har minst dobbelt så mange som den med færrest.
    """
    return uneven(bydeler(n, "figur-32", "per-1000"))
