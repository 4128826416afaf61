"""What the 2022 edition said where its tables say otherwise, and no module of a chapter judges it.

No page carries these claims. An erratum in data/published names one, and the claim must be false
on the numbers as they were printed.
"""

from kunnskapsgrunnlag.claims.judge import rises
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim


@claim
def trykt_husleie_og_strom_okte_hvert_ar(n: Numbers) -> Verdict:
    """Utbetalt sosialhjelp til husleie og strøm økte hvert år."""
    return rises(n.series("tabell-30", "belop"))
