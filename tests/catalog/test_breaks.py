from kunnskapsgrunnlag.catalog.breaks import break_words
from kunnskapsgrunnlag.check.drawings import check_alt
from tests.conftest import item_of, value_of

WORDS = "Ny beregning fra 1. juni 2021."


def test_the_alternative_text_says_the_break_and_its_numbers_are_declared() -> None:
    item = item_of(breaks=[{"year": 2021, "words": WORDS}])
    alt = "Linjediagram." + break_words(item)
    assert alt == "Linjediagram. Brudd i serien i 2021: Ny beregning fra 1. juni 2021."
    assert check_alt("tabell-1", item, [value_of("tabell-1/belop/2020", year=2020)], alt) == []
