import pytest

from kunnskapsgrunnlag.book.claim_results import (
    ESTIMATES,
    FITTED,
    STATISTICS,
    ClaimResults,
    WordResult,
)
from kunnskapsgrunnlag.book.lint_estimates import estimate_problems
from kunnskapsgrunnlag.book.linted import Linted
from kunnskapsgrunnlag.book.marks import claim_name, read_text
from kunnskapsgrunnlag.book.prose import Prose
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import claim_of, value_of

VALUES = {
    address: value_of(address, origin=origin)
    for address, origin in (("t/a/oslo", "trykt"), ("t/a/stovner", "estimat"))
}
BASES = {"proevd": STATISTICS, "grov": ESTIMATES, "kjent": FITTED}
WORD = WordResult(expression="navnet", words="", text="Stovner", numbers=["t/a/stovner"])
CLAIMS = ClaimResults(
    {claim_name(name): claim_of(basis=basis) for name, basis in BASES.items()},
    {claim_name("navnet"): WORD},
)
NUMBER, KNOWN = "[t/a/stovner]{.tall}", "[t/a/oslo]{.tall}"


def problems(line: str) -> list[tuple[str, str]]:
    """Words and reason of what the lint finds in a line."""
    prose = Prose(read_text("en", "kapitler/en.md", line))
    return [
        (words, why)
        for sentence in prose.sentences
        for _, _, words, why in estimate_problems(
            Linted(sentence, prose, Store(VALUES), Catalog.model_construct(), CLAIMS)
        )
    ]


@pytest.mark.parametrize(
    "line",
    [
        f"I Oslo er andelen {KNOWN} prosent.",
        f"På Stovner er andelen anslagsvis {NUMBER} prosent.",
        f"Etter våre anslag er andelen {NUMBER} prosent.",
        f"Vi anslår andelen til {NUMBER} prosent.",
        f"Andelen er anslått til {NUMBER} prosent.",
        f"Anslaget for Stovner er {NUMBER} prosent, mot {KNOWN} i byen.",
        f"Andelen er {NUMBER} prosent, som er vårt anslag for 2020.",
        f"Etter rapportens anslag er den {NUMBER} prosent, og etter SSBs anslag {KNOWN}.",
        '[Det er flere.]{.pastand sjekk="proevd"}',
        '[Det er etter anslagene flere.]{.pastand sjekk="grov"}',
        '[Det er ifølge 2022-utgaven flere.]{.pastand sjekk="kjent"}',
        '[navnet]{.ord velg="navnet"} har etter anslagene flest.',
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
        # The word speaks of something else.
        (f"Den er {NUMBER} prosent, mens anslagene over boligbehovet er usikre.", "t/a/stovner"),
        (f"Ifølge SSBs anslag øker tallet, og andelen er {NUMBER} prosent.", "t/a/stovner"),
        (f"Husbanken anslår at den øker, og den er {NUMBER} prosent.", "t/a/stovner"),
        (f"Etter anslag fra NAV øker behovet, og andelen er {NUMBER} prosent.", "t/a/stovner"),
        (f"Andelen er {NUMBER} prosent, og det er ikke et anslag.", "t/a/stovner"),
        (f"Mens landet hadde anslagsvis {KNOWN}, hadde Stovner {NUMBER} prosent.", "t/a/stovner"),
        ('[Det er flere.]{.pastand sjekk="grov"}', "Det er flere."),
        (
            '[Det er ifølge 2022-utgaven flere.]{.pastand sjekk="grov"}',
            "Det er ifølge 2022-utgaven flere.",
        ),
        ('[Det er flere.]{.pastand sjekk="kjent"}', "Det er flere."),
        ('[navnet]{.ord velg="navnet"} har flest.', "navnet"),
    ],
)
def test_an_estimate_without_a_word_for_it_is_told(line: str, words: str) -> None:
    ((found, why),) = problems(line)

    assert found == words
    assert "et anslag. Skriv det i setningen: «anslagsvis»" in why


def test_what_the_edition_before_said_may_be_ascribed_to_it() -> None:
    ((_, why),) = problems('[Det er flere.]{.pastand sjekk="kjent"}')

    assert why.endswith("Eller si hvem som vet det: «ifølge 2022-utgaven».")


def test_a_number_that_is_no_estimate_any_more_is_not_called_one() -> None:
    ((words, why),) = problems(f"Etter våre anslag er andelen {KNOWN} prosent.")
    assert (words, why[:33]) == ("Etter våre anslag", "tallene i setningen er statistikk")
    assert problems(f"Etter SSBs anslag er andelen {KNOWN} prosent.") == []
    assert problems(f"Etter våre anslag i [t]{{.ref}} er den høyere enn {KNOWN} prosent.") == []
