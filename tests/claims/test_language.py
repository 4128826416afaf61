"""Expressions are read, or refused with the character and what may stand there."""

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.claims.language import parse_claim, parse_word
from kunnskapsgrunnlag.claims.tree import (
    Address,
    ChosenWord,
    Compare,
    Constant,
    Rank,
    addresses,
    alternatives,
)

WHO = Address("tabell-14", ("personer", "bydeler"))


def test_a_rank_has_its_end_its_numbers_and_its_names() -> None:
    (clause,) = parse_claim("høyest(tabell-14/personer/bydeler) = stovner").clauses
    assert clause == Rank("høyest", WHO, ("stovner",))


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("nest lavest({}) = ullern", Rank("lavest", WHO, ("ullern",), place=2)),
        ("3 høyeste({}) = alna, grorud, bjerke",
         Rank("høyest", WHO, ("alna", "grorud", "bjerke"), count=3)),
        ("blant 5 laveste({}) = alna", Rank("lavest", WHO, ("alna",), count=5, how="blant")),
        ("5 høyeste({}) blant groruddalen",
         Rank("høyest", WHO, ("groruddalen",), count=5, how="innen")),
    ],
)  # fmt: skip
def test_ranks(text: str, rank: Rank) -> None:
    assert parse_claim(text.format("tabell-14/personer/bydeler")).clauses == (rank,)


def test_several_clauses_stand_beside_each_other() -> None:
    claim = parse_claim("tabell-1/a/oslo over 10 og ikke øker hvert år(tabell-1/a/2016..siste)")
    assert len(claim.clauses) == 2


def test_a_number_keeps_its_decimals_and_its_unit() -> None:
    (clause,) = parse_claim("tabell-1/a/oslo = 1 060,50 kroner").clauses
    assert isinstance(clause, Compare)
    assert clause.right == Constant(1060.5, 2, "kroner")


def test_times_binds_closer_than_plus_and_brackets_closer_than_both() -> None:
    (one,) = parse_claim("1 + 2 * 3 = 7").clauses
    (other,) = parse_claim("(1 + 2) * 3 = 9").clauses
    assert one != other


def test_a_line_end_and_a_fixed_space_are_spaces() -> None:
    assert parse_claim("tabell-1/a/oslo\n  over 1\u00a0000") == parse_claim(
        "tabell-1/a/oslo over 1 000"
    )


def test_each_choice_is_a_test_and_the_same_list_the_same_choice() -> None:
    (clause,) = parse_claim(
        "tabell-12/(a, b)/oslo/siste over tabell-12/(a, b)/landet/siste"
    ).clauses
    texts = [[address.text for address in addresses(one)] for one in alternatives(clause)]
    assert texts == [
        ["tabell-12/a/oslo/siste", "tabell-12/a/landet/siste"],
        ["tabell-12/b/oslo/siste", "tabell-12/b/landet/siste"],
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("retning(tabell-1/a/første..siste)", ("retning", ("økte", "falt"))),
        ("retning(tabell-1/a/første..siste, flere, færre)", ("retning", ("flere", "færre"))),
        ("navn(2 høyeste(tabell-1/a/bydeler))", ("navn", ())),
        ("navn(høyest(tabell-1/a/bydeler))", ("navn", ())),
        ("navn(tabell-1/a/bydeler over 10)", ("navn", ())),
        ("antall(tabell-1/a/bydeler over 10)", ("antall", ())),
        ("antall av alle(tabell-1/a/bydeler over 10)", ("antall av alle", ())),
    ],
)
def test_words(text: str, word: tuple[str, tuple[str, ...]]) -> None:
    read = parse_word(text)
    assert isinstance(read, ChosenWord)
    assert (read.kind, read.words) == word


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("høyest(tabell-14/personer/bydeler) = Stovner", "tegn 38: «Stovner» skrives «stovner»."),
        ("hoyest(tabell-14/a/bydeler) = stovner", "tegn 1: «hoyest» kan ikke stå her. Mente du «h"),
        ("høyest(tabell-14/personer/bydeler) =", "er ikke ferdig: her trengs et navn."),
        ("tabell-1/a/b over 4,000", "tegn 19: «4,000» kan leses som 4 000."),
        ("tabell-1/a/b ovre 4", "tegn 14: «ovre» kan ikke stå her. Mente du «over»?"),
        ("", "er ikke ferdig"),
        ("bare(tabell-14/{a,b}/c over 1) = x", "Bruk ikke klammer eller anførsel."),
        ("høyest(tabell-14/personer/bydeler) = “stovner”", "Bruk ikke klammer eller anførsel."),
        ("tabell-1/a/b over 3 3", "tegn 21: «3» kan ikke stå her."),
        ("tabell-1/a/b", "er ikke ferdig: her trengs"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(KgError) as refused:
        parse_claim(text)
    assert message in str(refused.value)
