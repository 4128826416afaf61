import copy
import itertools
import json
import math
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.formats.jsonstat import read_dataset

NUMBERS = st.one_of(st.none(), st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9))
CODES = st.lists(
    st.text("0123456789abcæø+", min_size=1, max_size=4), min_size=1, max_size=4, unique=True
)


@dataclass
class Made:
    """A generated dataset: what each cell should be, and the answer with it."""

    codes: list[list[str]]
    values: list[float | None]
    symbols: list[str]
    answer: dict[str, Any]


@st.composite
def datasets(draw: st.DrawFn) -> Made:
    codes = draw(st.lists(CODES, min_size=1, max_size=4))
    ids = [f"d{n}" for n in range(len(codes))]
    count = math.prod(map(len, codes))
    values = draw(st.lists(NUMBERS, min_size=count, max_size=count))
    symbols = [draw(st.sampled_from(["", "e"])) if v is not None else ".." for v in values]
    answer = {
        "class": "dataset",
        "id": ids,
        "size": [len(c) for c in codes],
        "dimension": {name: draw(dimension(c)) for name, c in zip(ids, codes, strict=True)},
        "value": draw(listed_or_sparse(values, None)),
    }
    if len(set(symbols)) == 1 and draw(st.booleans()):
        answer["status"] = symbols[0]
    elif any(symbols) or draw(st.booleans()):
        answer["status"] = draw(listed_or_sparse(symbols, ""))
    return Made(codes, values, symbols, json.loads(json.dumps(answer)))


@st.composite
def dimension(draw: st.DrawFn, codes: list[str]) -> dict[str, Any]:
    """A dimension whose codes are listed, or an object from code to place in any order."""
    index: Any = codes
    if draw(st.booleans()):
        index = {code: codes.index(code) for code in draw(st.permutations(codes))}
    labels = {code: f"«{code}»" for code in codes if draw(st.booleans())}
    return {"category": {"index": index, "label": labels}}


@st.composite
def listed_or_sparse(draw: st.DrawFn, entries: list[Any], nothing: Any) -> Any:
    if draw(st.booleans()):
        return entries
    return {str(i): entry for i, entry in enumerate(entries) if entry != nothing}


def answer(**more: Any) -> dict[str, Any]:
    """Two regions in three years, with a symbol for the one that is missing."""
    whole = {
        "class": "dataset",
        "label": "07459",
        "updated": "2026-01-01",
        "note": ["Én merknad."],
        "role": {"metric": ["Innhold"]},
        "id": ["Region", "Innhold", "Tid"],
        "size": [2, 1, 3],
        "dimension": {
            "Region": {"category": {"index": {"4601": 1, "0301": 0}, "label": {"0301": "Oslo"}}},
            "Innhold": {"category": {"index": ["P"], "unit": {"P": {"base": "personer"}}}},
            "Tid": {"category": {"index": ["2020", "2021", "2022"]}},
        },
        "value": [1, 2, 3, 4, None, 6.5],
        "status": {"4": ".."},
    }
    return copy.deepcopy(whole) | more


@given(datasets())
def test_every_cell_reads_back_with_codes_value_and_symbol(made: Made) -> None:
    cells = read_dataset(made.answer, "x").cells

    assert [tuple(c.codes.values()) for c in cells] == list(itertools.product(*made.codes))
    assert [None if math.isnan(c.value) else c.value for c in cells] == made.values
    assert [c.symbol for c in cells] == made.symbols


def test_an_answer_is_read_with_its_words() -> None:
    dataset = read_dataset(answer(), "x")

    assert (dataset.label, dataset.updated) == ("07459", "2026-01-01")
    assert dataset.notes == ("Én merknad.",)
    assert dataset.labels["Region"] == {"0301": "Oslo", "4601": "4601"}
    assert dataset.units == {"P": "personer"}
    assert read_dataset(answer(role={}), "x").units == {}


def test_the_positions_of_codes_decide_and_not_their_order() -> None:
    whole = answer()
    # A single category needs no place.
    whole["dimension"]["Innhold"]["category"] = {"label": {"P": "Personer"}}
    cells = read_dataset(whole, "x").cells

    assert [c.value for c in cells if c.codes["Region"] == "0301"] == [1, 2, 3]
    assert cells[2].codes["Innhold"] == "P"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"class": "collection"}, "ventet et datasett i JSON-stat2, fant 'collection'"),
        ({"id": ["Region", "Region", "Tid"]}, "size sier"),
        ({"id": ["Region", "Kjønn", "Tid"]}, r"ikke helt \(KeyError\('Kjønn'\)\)"),
        ({"dimension": {"Region": {}, "Innhold": {}, "Tid": {}}}, "ikke helt"),
        ({"size": [3, 1, 2]}, r"size sier \[3, 1, 2\], dimensjonene har \[2, 1, 3\] koder"),
        ({"value": [1, 2, 3]}, "ventet 6 verdier under value, fant 3"),
        ({"value": {"6": 1}}, "value har en plass utenfor 0–5"),
        ({"value": {"0": 1, "00": 2}}, "value har en plass utenfor 0–5"),
        ({"value": "1"}, "ventet 6 verdier under value, fant ingen"),
        ({"value": ["1", 2, 3, 4, None, 6]}, "celle 0 er '1'; ventet et tall eller null"),
        ({"value": [1, True, 3, 4, None, 6]}, "celle 1 er True"),
        ({"value": [1, 2, 3, 4, None, math.inf]}, "celle 5 er inf"),
        ({"status": ["", "..", "", "", "..", ""]}, "celle 1 har både et tall og tegnet '..'"),
        ({"status": ".."}, "celle 0 har både et tall og tegnet '..'"),
        ({"status": {"0": "-"}}, "celle 0 har både et tall og tegnet '-'"),
        ({"status": [""]}, "ventet 6 verdier under status, fant 1"),
    ],
)
def test_a_broken_answer_is_refused(more: dict[str, Any], message: str) -> None:
    with pytest.raises(KgError, match=f"ssb/1.json: .*{message}"):
        read_dataset(answer(**more), "ssb/1.json")


@pytest.mark.parametrize("symbol", [".", "..", "...", ":", "-", ""])
def test_a_missing_number_keeps_its_symbol_and_is_no_zero(symbol: str) -> None:
    cell = read_dataset(answer(status={"4": symbol}), "x").cells[4]
    assert math.isnan(cell.value)
    assert cell.symbol == symbol
