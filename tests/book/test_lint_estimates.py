import pytest

from kunnskapsgrunnlag.book.claim_results import ESTIMATES, FITTED, STATISTICS
from kunnskapsgrunnlag.book.lint_estimates import Estimated, estimate_problems
from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.book.prose import Prose
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import value_of

VALUES = {
    address: value_of(address, origin=origin)
    for address, origin in (("t/a/oslo", "trykt"), ("t/a/stovner", "estimat"))
}
ESTIMATED = Estimated(
    Store(VALUES),
    {"proevd": STATISTICS, "grov": ESTIMATES, "kjent": FITTED},
    frozenset({"navnet"}),
)
NUMBER, KNOWN = "[t/a/stovner]{.tall}", "[t/a/oslo]{.tall}"


def problems(line: str) -> list[tuple[str, str]]:
    """Words and reason of what the lint finds in a line."""
    prose = Prose(read_text("en", "kapitler/en.md", line))
    return [
        (words, why)
        for sentence in prose.sentences
        for _, words, why in estimate_problems(prose, sentence, ESTIMATED)
    ]


@pytest.mark.parametrize(
    "line",
    [
        f"I Oslo er andelen {KNOWN} prosent.",
        f"På Stovner er andelen anslagsvis {NUMBER} prosent.",
        f"Etter våre anslag er andelen {NUMBER} prosent.",
        f"Vi anslår andelen til {NUMBER} prosent.",
        f"Andelen er anslått til {NUMBER} prosent.",
        '[Det er flere.]{.pastand navn="proevd"}',
        '[Det er etter anslagene flere.]{.pastand navn="grov"}',
        '[Det er ifølge 2022-utgaven flere.]{.pastand navn="kjent"}',
        "[navnet]{.ord} har etter anslagene flest.",
    ],
)
def test_an_estimate_that_is_called_one_passes(line: str) -> None:
    assert problems(line) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"På Stovner er andelen {NUMBER} prosent.", "t/a/stovner"),
        (f"Etter anslagene er den høy. På Stovner er den {NUMBER} prosent.", "t/a/stovner"),
        (f"Ifølge 2022-utgaven er andelen {NUMBER} prosent.", "t/a/stovner"),
        ('[Det er flere.]{.pastand navn="grov"}', "Det er flere."),
        (
            '[Det er ifølge 2022-utgaven flere.]{.pastand navn="grov"}',
            "Det er ifølge 2022-utgaven flere.",
        ),
        ('[Det er flere.]{.pastand navn="kjent"}', "Det er flere."),
        ("[navnet]{.ord} har flest.", "navnet"),
    ],
)
def test_an_estimate_without_a_word_for_it_is_told(line: str, words: str) -> None:
    ((found, why),) = problems(line)

    assert found == words
    assert "et anslag. Skriv det i setningen: «anslagsvis»" in why


def test_what_the_edition_before_said_may_be_ascribed_to_it() -> None:
    ((_, why),) = problems('[Det er flere.]{.pastand navn="kjent"}')

    assert why.endswith("Eller si hvem som vet det: «ifølge 2022-utgaven».")
