import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.fetch.contacts import without_contacts
from kunnskapsgrunnlag.fetch.provider import ProviderError
from kunnskapsgrunnlag.fetch.pxweb.answer import (
    Codes,
    canonical,
    check_answer,
    collect,
    in_order,
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
    assert json.loads(canonical(in_order(whole, ASKED, "x")))["status"] == {"1": ".."}

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


@given(orders())
def test_the_answer_has_the_order_that_was_asked_for(order: Codes) -> None:
    table = Table(symbols={"0|1|Personer1|2020": "..", "0301|2|Personer1|2025": ":"})

    whole = collect(lambda _: table.answer(ALL), order, 48, "x")

    assert by_codes(whole) == by_codes(table.answer(ALL))
    assert read_codes(whole, "x") == order


def test_more_cells_than_the_owner_gives_are_not_asked_for() -> None:
    with pytest.raises(KgError, match="spør om 4 celler, og eieren gir høyst 3"):
        collect(Table().answer, ASKED, 3, "x")


def test_the_bytes_are_as_snapshots_are_kept() -> None:
    whole = answer() | {"value": [1, 2.5, 3.0, -0.1]}
    content = canonical(in_order(whole, ASKED, "x"))
    written = json.loads(content, parse_float=str, parse_int=str)["value"]

    assert content.decode() == json.dumps(json.loads(content), ensure_ascii=False, indent=1) + "\n"
    assert written == ["1", "2.5", "3.0", "-0.1"]
    sparse = whole | {"value": {str(i): v for i, v in enumerate(whole["value"])}}
    assert canonical(in_order(sparse, ASKED, "x")) == content


def test_the_committed_answers_are_in_that_form(snapshots: dict[str, Any]) -> None:
    ours = [snapshot for snapshot in snapshots.values() if snapshot.path.suffix == ".json"]

    assert len(ours) >= 3
    for snapshot in ours:
        whole = snapshot.json()
        assert canonical(in_order(whole, read_codes(whole, "x"), "x")) == snapshot.content


def test_personal_details_are_left_out() -> None:
    phones = "+47 40 81 13 81, Telefon: 21090000, tlf. 21 09 00 00"
    kept = "5 367 580 personer, tabell 14019, 2012–2025, 1 000 kr"
    noted = answer() | {"note": [f"{kept}. Spør oss, kontakt@example.org, {phones}."]}
    text = canonical(in_order(noted, ASKED, "x")).decode()

    words = ("Kontaktperson", "@", "81 13", "2109", "21 09", "contact", "phone")
    assert not [word for word in words if word in text]
    assert kept in text


def test_a_code_that_looks_like_a_detail_is_kept() -> None:
    category = {"index": {"contact": 0}, "label": {"contact": "a@b.no"}}
    assert without_contacts({"category": category}) == {"category": category}
