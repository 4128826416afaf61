import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.fetch.provider import ProviderError
from kunnskapsgrunnlag.fetch.pxweb.answer import (
    Codes,
    canonical,
    check_answer,
    collect,
    combine,
    count,
    split,
    without_contacts,
)
from kunnskapsgrunnlag.sources.formats.jsonstat import read_codes, read_dataset
from tests.fetch.fault_server import Table

ALL = {name: list(codes) for name, codes in Table().dims.items()}
ASKED = {"Region": ["0301", "4601"], "ContentsCode": ["Personer1"], "Tid": ["2024", "2025"]}


def answer(**more: list[str]) -> dict[str, Any]:
    return Table().answer(ASKED | more)


def by_codes(whole: dict[str, Any]) -> dict[frozenset[tuple[str, str]], tuple[str, str]]:
    cells = read_dataset(whole, "x").cells
    return {frozenset(c.codes.items()): (repr(c.value), c.symbol) for c in cells}


@st.composite
def orders(draw: st.DrawFn) -> Codes:
    """The table's codes, with dimensions and codes in any order."""
    names = draw(st.permutations(list(ALL)))
    return {name: draw(st.permutations(ALL[name])) for name in names}


def test_a_number_may_be_missing_for_a_reason_and_not_without() -> None:
    whole = Table(symbols={"0301|Personer1|2025": ".."}).answer(ASKED)
    check_answer(whole, {name: ASKED[name][::-1] for name in reversed(ASKED)}, "ssb")
    assert json.loads(canonical(combine([whole], ASKED, "x")))["status"] == {"1": ".."}

    del whole["status"]
    with pytest.raises(ProviderError, match=r"1 av 4 celler har verken .* Region=0301, .*Tid=2025"):
        check_answer(whole, ASKED, "ssb")


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        ({"Tid": ["2025"]}, "Tid: spurte om 2, svaret har 1; mangler «2024»"),
        ({"Tid": ["2023", "2024", "2025"]}, "svaret har 3; har «2023» som ingen ba om"),
        ({"Region": ["0301", "0"]}, "mangler «4601»; har «0» som ingen ba om"),
        ({"Kjonn": ["1"]}, "dimensjonene: .*har «Kjonn» som ingen ba om"),
    ],
)
def test_another_selection_is_refused(selection: Codes, message: str) -> None:
    with pytest.raises(ProviderError, match=f"ssb: .*{message}.*Svaret brukes ikke"):
        check_answer(Table().answer(ASKED | selection), ASKED, "ssb")


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4), st.integers(1, 400))
def test_a_split_loses_no_cell_and_keeps_the_limit(lengths: list[int], limit: int) -> None:
    codes = {f"v{at}": [str(n) for n in range(size)] for at, size in enumerate(lengths)}
    pieces = list(split(codes, limit, "v0"))

    assert max(map(count, pieces)) <= limit
    assert sum(map(count, pieces)) == count(codes)
    assert {code for piece in pieces for code in piece["v0"]} == {*codes["v0"]}


def test_time_is_cut_before_anything_else() -> None:
    pieces = list(split(ALL, 16, "Tid"))

    assert [piece["Tid"] for piece in pieces] == [
        ["2020", "2021"],
        ["2022", "2023"],
        ["2024", "2025"],
    ]
    assert all(piece["Region"] == ALL["Region"] for piece in pieces)


@given(orders(), st.integers(1, 48))
def test_parts_together_are_the_whole(order: Codes, limit: int) -> None:
    table = Table(symbols={"0|1|Personer1|2020": "..", "0301|2|Personer1|2025": ":"})

    whole = collect(table.answer, order, limit, "Tid", "x")

    assert by_codes(whole) == by_codes(table.answer(ALL))
    assert read_codes(whole, "x") == order
    assert canonical(whole) == canonical(combine([table.answer(ALL)], order, "x"))


def test_a_part_that_is_wrong_spoils_the_whole() -> None:
    answers = iter([answer(Tid=["2024"]), answer(Tid=["2024"])])
    with pytest.raises(ProviderError, match="Tid: spurte om 1, svaret har 1; mangler «2025»"):
        collect(lambda _: next(answers), ASKED, 2, "Tid", "x")


def test_a_table_updated_between_two_calls_is_fetched_anew() -> None:
    vintages = iter(["1", "2", "2", "2"])
    whole = collect(lambda codes: Table(updated=next(vintages)).answer(codes), ASKED, 2, "Tid", "x")
    assert whole["updated"] == "2"

    numbers = itertools.count()
    with pytest.raises(ProviderError, match="ble oppdatert mens den ble hentet"):
        collect(lambda c: Table(updated=str(next(numbers))).answer(c), ASKED, 2, "Tid", "x")


def test_the_bytes_are_as_snapshots_are_kept() -> None:
    whole = answer() | {"value": [1, 2.5, 3.0, -0.1]}
    content = canonical(combine([whole], ASKED, "x"))
    written = json.loads(content, parse_float=str, parse_int=str)["value"]

    assert content.decode() == json.dumps(json.loads(content), ensure_ascii=False, indent=1) + "\n"
    assert written == ["1", "2.5", "3.0", "-0.1"]
    sparse = whole | {"value": {str(i): v for i, v in enumerate(whole["value"])}}
    assert canonical(combine([sparse], ASKED, "x")) == content


def test_the_committed_answers_are_in_that_form(snapshots: dict[str, Any]) -> None:
    ours = [snapshot for snapshot in snapshots.values() if snapshot.path.suffix == ".json"]

    assert len(ours) >= 3
    for snapshot in ours:
        whole = snapshot.json()
        assert canonical(combine([whole], read_codes(whole, "x"), "x")) == snapshot.content


def test_personal_details_are_left_out() -> None:
    phones = "+47 40 81 13 81, Telefon: 21090000, tlf. 21 09 00 00"
    kept = "5 367 580 personer, tabell 14019, 2012–2025, 1 000 kr"
    noted = answer() | {"note": [f"{kept}. Spør oss, kontakt@example.org, {phones}."]}
    text = canonical(combine([noted], ASKED, "x")).decode()

    words = ("Kontaktperson", "@", "81 13", "2109", "21 09", "contact", "phone")
    assert not [word for word in words if word in text]
    assert kept in text


def test_a_code_that_looks_like_a_detail_is_kept() -> None:
    category = {"index": {"contact": 0}, "label": {"contact": "a@b.no"}}
    assert without_contacts({"category": category}) == {"category": category}
