"""What an expression names must exist, and what is near is told."""

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.language import parse_claim
from kunnskapsgrunnlag.claims.names import check_names


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tabell-99/a/oslo over 1", "tabellen eller figuren «tabell-99» finnes ikke."),
        ("tabell-14/person/oslo over 1",
         "målet i tabell 14, «person» finnes ikke. Mente du «personer»?"),
        ("tabell-14/personer/olso over 1", "stedet «olso» finnes ikke. Mente du «oslo»?"),
        ("tabell-14/personer/bydel over 1", "stedet «bydel» finnes ikke. Mente du «bydeler»?"),
        ("tabell-14/personer/oslo/2020 over 1", "Skriv tabell-14/mål/sted."),
        ("tabell-12/personer/oslo/sist over 1", "året «sist» finnes ikke. Mente du «siste»?"),
        ("tabell-17/andel/0-18 over 1", "gruppen «0-18» finnes ikke. Mente du «0-19»?"),
        ("høyest(tabell-14/personer/bydeler) = stovnar", "navnet «stovnar» finnes ikke."),
        ("tabell-14/personer/(oslo, olso) over 1", "stedet «olso» finnes ikke."),
        ("konstant/startlan over 1", "konstanten «startlan» finnes ikke."),
        ("høyest(figur-18/andel/delbydeler-i-stovnar) = delbydel-fossum",
         "stedet «stovnar» finnes ikke."),
    ],
)  # fmt: skip
def test_a_name_that_is_not_there(catalog: Catalog, text: str, message: str) -> None:
    with pytest.raises(KgError) as refused:
        check_names(parse_claim(text), catalog)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "høyest(tabell-14/personer/groruddalen&sentrum-ost) = stovner",
        "høyest(figur-27/statlig_utbetalt/første..siste) = siste",
        "bare(tabell-17/andel/* over 10 prosent) = 0-19",
        "3 høyeste(tabell-14/personer/bydeler) blant groruddalen",
        "øker(figur-27/(statlig_mottakere, kommunal_mottakere)/2016..2020)",
    ],
)
def test_names_that_are_there(catalog: Catalog, text: str) -> None:
    check_names(parse_claim(text), catalog)
