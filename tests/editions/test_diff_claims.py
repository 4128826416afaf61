"""Statements in two editions, with their numbers filled in."""

from typing import Any

import pytest

from kunnskapsgrunnlag.editions.diff_claims import fill, word_difference
from kunnskapsgrunnlag.editions.published import PublishedClaim
from tests.editions.made import between, edition, number

OLD = PublishedClaim("Beløpet steg.", True, "2 > 1", ("Det steg.",))


def state(new: dict[str, PublishedClaim], old: dict[str, PublishedClaim]) -> list[tuple[str, str]]:
    diff = between(edition("2022", claims=old), edition("2026", claims=new))
    return [(each.name, each.state) for each in diff.claims]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"sentences": ("Det falt.",)}, [("a", "skrevet om")]),
        ({"because": "3 > 1"}, [("a", "nye tall")]),
        ({"holds": False, "because": "1 < 2"}, [("a", "ny dom")]),
    ],
)
def test_what_became_of_a_statement(changes: Any, expected: Any) -> None:
    new = PublishedClaim(**{**OLD.__dict__, **changes})
    assert state({"a": new}, {"a": OLD}) == expected


def test_statements_come_and_go() -> None:
    assert state({"b": OLD}, {"a": OLD}) == [("b", "ny"), ("a", "borte")]


def test_a_sentence_has_the_numbers_of_its_edition() -> None:
    held = edition("2026", number("belop/2019", -3.26, decimals=2), number("belop/2020", 1234))
    sentence = (
        "I [tabell-1/siste]{.aar} var det [tabell-1/belop/siste]{.tall}, "
        '[tabell-1/belop/2019]{.tall fortegn="uten" desimaler="1"} mindre enn [12]{.fast grunn="x"}'
        " i [tabell-1]{.ref}, og [verre]{.ord}.[^note]"
    )

    assert fill(sentence, held) == (
        "I 2020 var det 1\N{NO-BREAK SPACE}234, 3,3 mindre enn 12 i Tabell 1, og …."
    )


def test_words_that_differ_are_found_in_reading_order() -> None:
    assert word_difference("det steg mye i år", "det falt i år") == [
        (True, True, "det"),
        (True, False, "steg mye"),
        (False, True, "falt"),
        (True, True, "i år"),
    ]
