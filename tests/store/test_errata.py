"""The errors of the January 2022 edition, found once more on the numbers as they were printed."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.judge import judge
from kunnskapsgrunnlag.claims.language import parse_claim
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.errata import NUMBER, Erratum, pieces_of, read_errata
from kunnskapsgrunnlag.store.values import Store
from tests.claims.printed_store import FOLDER
from tests.conftest import spaced

ERRATA = read_errata(FOLDER)


def worked_out(expression: str) -> float | bool:
    """A sum or comparison of numbers alone; the file is ours, and names but `abs` are refused."""
    tree = ast.parse(expression, mode="eval")
    assert {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} <= {"abs"}
    result: float | bool = eval(
        compile(tree, "errata.yaml", "eval"), {"__builtins__": {}, "abs": abs}
    )
    return result


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda erratum: erratum.id)
def test_an_erratum_is_found_again_on_the_printed_numbers(
    erratum: Erratum, printed_store: Store, catalog: Catalog
) -> None:
    text = f"{erratum.said} {erratum.right} {erratum.arithmetic}"
    for words, address in NUMBER.findall(text):
        assert printed_store.get(address).text == words
    for words, expression in erratum.sums.items():
        decimals = len(words.partition(",")[2])
        assert nb(worked_out(expression), decimals) == spaced(words)
        assert spaced(words) in text
    assert set(erratum.items) <= set(catalog.numbered)

    check = erratum.check
    if check.arithmetic:
        assert worked_out(check.arithmetic) is False
    if check.claim:
        verdict, years = judge(parse_claim(check.claim), Numbers(printed_store, catalog), {})
        assert verdict.holds is False
        assert verdict.because == check.because
        assert check.words
        assert not years
        assert all(int(year) <= 2021 for year in re.findall(r"\b20\d\d\b", verdict.because))


@pytest.mark.parametrize("erratum", [e for e in ERRATA if e.addresses], ids=lambda e: e.id)
def test_a_misprint_is_told_with_both_numbers(erratum: Erratum, printed_store: Store) -> None:
    printed = {p.address: p for p in verify.read_printed(FOLDER)}
    numbers = [replace(printed_store.get(address), cells=()) for address in erratum.addresses]
    values = {value.address: value for value in numbers}

    compared = verify.compare([printed[a] for a in erratum.addresses], values, [erratum])

    assert [c.state for c in compared] == [verify.KNOWN]
    assert erratum.check.because == (
        f"trykt {verify.as_printed(compared[0].printed.text)[1]}, regnet ut {compared[0].computed}"
    )


def test_all_errata_are_there_once() -> None:
    assert [erratum.id for erratum in ERRATA] == [f"E{number:02}" for number in range(1, 63)]


def test_numbers_stand_apart_from_the_words_around_them() -> None:
    assert pieces_of("Fra [1](a/b) til [2](a/c).") == [
        ("Fra ", ""),
        ("1", "a/b"),
        (" til ", ""),
        ("2", "a/c"),
        (".", ""),
    ]


@pytest.mark.parametrize("check", [{}, {"claim": "a", "reason": "b"}])
def test_an_erratum_has_one_check(check: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "errata.yaml").write_text(
        "- {id: E1, title: a, kind: tekst, grade: svak, sections: ['1'], said: b, right: c, "
        f"check: {check}}}",
        encoding="utf-8",
    )

    with pytest.raises(KgError, match=r"errata\.yaml: E1: check: .*skriv én av claim"):
        read_errata(tmp_path)
