"""What chapter 8 claims: where municipal dwellings and area programmes are."""

from kunnskapsgrunnlag.claims.judge import both, highest_are
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import GRORUDDALEN, SENTRUM_OST, bydeler
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim, fitted_claim
from kunnskapsgrunnlag.claims.vague import uneven

# The bydeler of the area programmes of 2017-2026 (the 2022 edition, chapter 8.4).
AREA_PROGRAMMES = sorted(GRORUDDALEN | {"Søndre Nordstrand", "Gamle Oslo"})


@claim
def kommunale_boliger_er_tettest_i_sentrum_ost(n: Numbers) -> Verdict:
    """Gamle Oslo, Grünerløkka og Sagene har flest kommunale boliger av bydelene.

    Det gjelder både antallet og antallet per tusen innbyggere.
    """
    measures = ("boliger", "per_1000")
    return both(*(highest_are(bydeler(n, "figur-32", m), sorted(SENTRUM_OST)) for m in measures))


@fitted_claim("figur-32-08", "figur-32-09")
def kommunale_boliger_er_ujevnt_fordelt(n: Numbers) -> Verdict:
    """Kommunale boliger per tusen innbyggere er ujevnt fordelt på bydelene.

    «Ujevnt» er at den høyeste er minst dobbelt så høy som den laveste.
    """
    return uneven(bydeler(n, "figur-32", "per_1000"))


@claim
def bydelene_med_omradesatsing_har_hoyest_andel(n: Numbers) -> Verdict:
    """De seks bydelene med områdesatsing har de seks høyeste andelene vanskeligstilte personer.

    De er Alna, Bjerke, Grorud og Stovner i Groruddalen, Søndre Nordstrand og Gamle Oslo.
    """
    return highest_are(bydeler(n, "tabell-14", "personer"), AREA_PROGRAMMES)
