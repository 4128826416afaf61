"""What the front page claims: the report in four lines."""

from kunnskapsgrunnlag.claims.judge import less, more
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict, Word
from kunnskapsgrunnlag.claims.registry import claim, word
from kunnskapsgrunnlag.claims.vague import slightly_changed
from kunnskapsgrunnlag.claims.wording import direction


@claim
def faerre_far_statlig_bostotte(n: Numbers) -> Verdict:
    """Færre husholdninger fikk statlig bostøtte i desember 2020 enn i desember 2016."""
    return less(n("figur-27/statlig-mottakere/2020"), n("figur-27/statlig-mottakere/2016"))


@word
def mottakere_av_statlig_bostotte_i_2020(n: Numbers) -> Word:
    """Hvordan antallet mottakere av statlig bostøtte gikk fra desember 2019 til desember 2020."""
    return direction(n("figur-27/statlig-mottakere/2019"), n("figur-27/statlig-mottakere/2020"))


@claim
def statlig_bostotte_endret_seg_litt_i_2020(n: Numbers) -> Verdict:
    """Antallet mottakere av statlig bostøtte endret seg litt fra 2019 til 2020.

    «Litt» er inntil 2 prosent, opp eller ned.
    """
    return slightly_changed(
        n("figur-27/statlig-mottakere/2020"), n("figur-27/statlig-mottakere/2019")
    )


@claim
def gjennomsnittlig_startlan_vokste(n: Numbers) -> Verdict:
    """Det gjennomsnittlige startlånet var høyere i 2020 enn i 2016."""
    return more(n("tabell-24/startlan-snitt/2020"), n("tabell-24/startlan-snitt/2016"))
