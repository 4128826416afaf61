"""Statements in two editions."""

from typing import Any

import pytest

from kunnskapsgrunnlag.editions.diff_claims import word_difference
from kunnskapsgrunnlag.editions.published import PublishedClaim
from tests.editions.made import between, edition

OLD = PublishedClaim("Beløpet steg.", True, "2 > 1", ("Det steg.",), ("Det steg.",))


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


def test_words_that_differ_are_found_in_reading_order() -> None:
    assert word_difference("det steg mye i år", "det falt i år") == [
        (True, True, "det"),
        (True, False, "steg mye"),
        (False, True, "falt"),
        (True, True, "i år"),
    ]
