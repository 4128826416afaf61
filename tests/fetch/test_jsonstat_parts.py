import copy
import itertools
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.fetch.provider import ProviderError
from kunnskapsgrunnlag.fetch.pxweb.jsonstat_parts import arranged, canonical, check_answer, merge
from kunnskapsgrunnlag.fetch.pxweb.strip_contacts import without_contacts
from kunnskapsgrunnlag.sources.formats.jsonstat import read_codes, read_dataset
from tests.fetch.fault_server import Table
from tests.sources.formats.test_jsonstat import Made, corrupt, datasets, places_in

ALL = {name: list(codes) for name, codes in Table().dims.items()}
ASKED = {"Region": ["0301", "4601"], "ContentsCode": ["Personer1"], "Tid": ["2024", "2025"]}


def answer(**more: list[str]) -> dict[str, Any]:
    return Table().answer(ASKED | more)


def by_codes(held: dict[str, Any]) -> dict[frozenset[tuple[str, str]], tuple[str, str]]:
    cells = read_dataset(held, "x").cells
    return {frozenset(c.codes.items()): (repr(c.value), c.symbol) for c in cells}


@st.composite
def orders(draw: st.DrawFn) -> dict[str, list[str]]:
    """The table's codes, with dimensions and codes in any order."""
    names = draw(st.permutations(list(ALL)))
    return {name: draw(st.permutations(ALL[name])) for name in names}


def test_what_was_asked_for_passes() -> None:
    check_answer(answer(), ASKED, "x")


def test_another_order_is_no_other_answer() -> None:
    check_answer(answer(), {name: ASKED[name][::-1] for name in reversed(ASKED)}, "x")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"Tid": ["2025"]}, "asked for 2 codes of Tid, the answer has 1; it lacks '2024'"),
        ({"Tid": ["2023", "2024", "2025"]}, "has 3; it has '2023' that nobody asked for"),
        ({"Region": ["0301", "0"]}, "it lacks '4601'; it has '0' that nobody asked for"),
        ({"Kjonn": ["1"]}, "Kjonn, .*it has 'Kjonn' that nobody asked for"),
        ({"ContentsCode": []}, "asked for 1 codes of ContentsCode, the answer has 0"),
    ],
)
def test_another_selection_is_refused(given: dict[str, list[str]], message: str) -> None:
    with pytest.raises(ProviderError, match=f"ssb: .*{message}.*The answer is not used"):
        check_answer(Table().answer(ASKED | given), ASKED, "ssb")


def test_a_dimension_that_is_missing_is_named() -> None:
    asked = {**ASKED, "Kjonn": ["1"]}

    with pytest.raises(ProviderError, match="it lacks 'Kjonn'"):
        check_answer(answer(), asked, "ssb")


def test_a_number_that_is_lost_is_refused() -> None:
    held = answer()
    held["value"][1] = None

    with pytest.raises(
        ProviderError,
        match=r"1 of 4 cells have neither a number nor a symbol .* first Region=0301, .*Tid=2025",
    ):
        check_answer(held, ASKED, "ssb")


@pytest.mark.parametrize("symbol", [".", "..", ":", "-", "..."])
def test_a_number_that_is_not_there_for_a_reason_passes(symbol: str) -> None:
    held = Table(symbols={"0301|Personer1|2025": symbol}).answer(ASKED)
    check_answer(held, ASKED, "ssb")

    assert json.loads(canonical(held))["status"] == {"1": symbol}


@given(datasets(), st.data())
def test_a_corrupt_answer_is_refused_or_says_the_same(made: Made, data: st.DataObject) -> None:
    asked = read_codes(made.answer, "x")
    right = by_codes(made.answer)
    broken = copy.deepcopy(made.answer)
    corrupt(broken, data.draw(st.sampled_from(list(places_in(broken)))), data)
    try:
        check_answer(broken, asked, "x")
    except KgError:
        return

    found = by_codes(broken)
    assert set(found) == set(right)
    assert all(value in ("nan", right[codes][0]) for codes, (value, _) in found.items())


def test_what_is_no_dataset_is_no_answer() -> None:
    with pytest.raises(KgError, match="expected a JSON-stat2 dataset"):
        check_answer({"error": "Feil"}, ASKED, "ssb")


@given(orders())
def test_arranging_moves_no_number(order: dict[str, list[str]]) -> None:
    held = Table(symbols={"0|1|Personer1|2020": ".."}).answer(ALL)
    turned = arranged(held, order, "x")

    assert read_codes(turned, "x") == order
    assert by_codes(turned) == by_codes(held)


@given(orders(), st.sampled_from(list(ALL)), st.data())
def test_parts_together_are_the_whole(
    order: dict[str, list[str]], along: str, data: st.DataObject
) -> None:
    cuts = data.draw(st.sets(st.integers(1, len(order[along]))).map(sorted))
    ends = [0, *[c for c in cuts if c < len(order[along])], len(order[along])]
    table = Table(symbols={"0|1|Personer1|2020": "..", "0301|2|Personer1|2025": ":"})
    parts = [table.answer(order | {along: order[along][a:b]}) for a, b in itertools.pairwise(ends)]

    whole = merge(parts, along, "x")
    assert by_codes(whole) == by_codes(table.answer(ALL))
    assert read_codes(whole, "x")[along] == order[along]
    check_answer(whole, ALL, "x")


def test_merging_keeps_labels_and_units_of_every_part() -> None:
    parts = [answer(Tid=["2024"]), answer(Tid=["2025"])]
    whole = merge(parts, "Tid", "x")

    assert whole["dimension"]["Tid"]["category"]["label"] == {"2024": "2024", "2025": "2025"}
    assert read_dataset(whole, "x").units == {"Personer1": "personer"}
    assert whole == merge(copy.deepcopy(parts), "Tid", "x")


def test_parts_that_overlap_are_refused() -> None:
    with pytest.raises(ProviderError, match="two parts of the answer have Tid=2025"):
        merge([answer(Tid=["2024", "2025"]), answer(Tid=["2025"])], "Tid", "x")


def test_parts_that_differ_in_more_are_refused() -> None:
    with pytest.raises(ProviderError, match="codes of Region"):
        merge([answer(Tid=["2024"]), answer(Tid=["2025"], Region=["0301"])], "Tid", "x")


def test_the_same_answer_gives_the_same_bytes() -> None:
    held = answer()
    listed = arranged(held, ASKED, "x")
    sparse = held | {"value": {str(i): v for i, v in enumerate(held["value"])}}
    turned = dict(reversed(held.items()))

    assert len({canonical(each) for each in (held, listed, sparse, turned)}) == 1


def test_the_bytes_are_as_snapshots_are_kept() -> None:
    content = canonical(answer())
    held = json.loads(content)

    assert content.endswith(b"\n}\n")
    assert "kjønn".encode() in content
    assert content.decode() == json.dumps(held, ensure_ascii=False, indent=1) + "\n"
    assert canonical(held) == content


def test_the_committed_answers_are_in_that_form(snapshots: dict[str, Any]) -> None:
    ours = [held for key, held in snapshots.items() if held.path.suffix == ".json"]

    assert len(ours) >= 3
    assert all(canonical(held.json()) == held.content for held in ours)


def test_numbers_stay_as_they_were_written() -> None:
    held = answer() | {"value": [1, 2.5, 3.0, -0.1]}

    assert json.loads(canonical(held), parse_float=str, parse_int=str)["value"] == [
        *("1", "2.5", "3.0", "-0.1")
    ]


def test_bytes_hold_no_infinity() -> None:
    with pytest.raises(KgError):
        canonical(answer() | {"value": [1, 2, 3, math.inf]})


def test_personal_details_are_left_out() -> None:
    held = answer() | {"note": ["Spør oss, kontakt@example.org, tlf. 21 09 00 00, om år 2024."]}
    text = canonical(held).decode()

    assert "Kontaktperson" not in text
    assert not [word for word in ("@", "21 09", "contact", "phone") if word in text]
    assert "om år 2024." in text


def test_a_code_that_looks_like_a_detail_is_kept() -> None:
    category = {"index": {"contact": 0}, "label": {"contact": "a@b.no"}}

    assert without_contacts({"category": category}) == {"category": category}


@pytest.mark.parametrize("text", ["+47 40 81 13 81", "Telefon: 21090000", "tlf 21 09 00 00"])
def test_telephone_numbers_are_left_out(text: str) -> None:
    cleaned = without_contacts({"note": [f"Ring {text}."]})["note"][0]

    assert not any(letter.isdigit() for letter in cleaned)


@pytest.mark.parametrize("text", ["5 367 580 personer", "tabell 14019", "2012–2025", "1 000 kr"])
def test_other_numbers_are_kept(text: str) -> None:
    assert without_contacts({"note": [text]}) == {"note": [text]}


def test_what_must_be_carried_is_kept() -> None:
    held = answer()
    held["extension"] |= {"noteMandatory": {"0": True}}
    held["dimension"]["Region"]["link"] = {"describedby": [{"extension": {"Region": "urn:ssb"}}]}
    kept = json.loads(canonical(held | {"note": ["Merk."]}))

    assert (kept["note"], kept["extension"]["noteMandatory"]) == (["Merk."], {"0": True})
    assert kept["dimension"]["Region"]["link"] == held["dimension"]["Region"]["link"]
    assert (kept["updated"], kept["role"]) == (held["updated"], held["role"])
