import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.expressions import calculate, holds

NUMBERS = {"før": 500.0, "nå": 550.0}


@pytest.mark.parametrize(
    ("text", "value"),
    [("(nå / før - 1) * 100", 10), ("-før + 2 * nå", 600), ("abs(før - nå)", 50), ("1.5 * 2", 3)],
)
def test_a_sum_has_a_value(text: str, value: float) -> None:
    assert calculate(text, NUMBERS) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("nå > før", True),
        ("før < nå < 540", False),
        ("nå == 550 and før >= 501", False),
        ("nå - før <= 50 and abs(før) == 500", True),
    ],
)
def test_a_statement_holds_or_not(text: str, true: bool) -> None:
    assert holds(text, NUMBERS) is true


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nå +", "is no sum"),
        ("nå / (før - 500)", "divides by zero"),
        ("naa + 1", "«naa» stands for no number"),
        ("nå > før", "expected a number"),
        ("nå ** 2", "not allowed"),
        ("'a' * 3", "not allowed"),
        ("__import__('os').getcwd()", "not allowed"),
        ("abs(nå, før)", "not allowed"),
    ],
)
def test_what_is_no_sum_is_refused(text: str, said: str) -> None:
    with pytest.raises(KgError, match=said):
        calculate(text, NUMBERS)


@pytest.mark.parametrize(
    ("text", "said"), [("nå - før", "expected a comparison"), ("nå != før", "compare with")]
)
def test_what_is_no_statement_is_refused(text: str, said: str) -> None:
    with pytest.raises(KgError, match=said):
        holds(text, NUMBERS)
