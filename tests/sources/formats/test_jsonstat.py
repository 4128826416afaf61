import copy
import itertools
import json
import math
from collections.abc import Iterator
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
    """A generated dataset: what each cell should be, and the answer that says so."""

    codes: list[list[str]]
    values: list[float | None]
    symbols: list[str]
    answer: dict[str, Any]

    def flat(self, places: list[int]) -> int:
        """The flat index of a cell: the last dimension moves fastest."""
        index = 0
        for place, codes in zip(places, self.codes, strict=True):
            index = index * len(codes) + place
        return index


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
    held = {
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
    return copy.deepcopy(held) | more


@given(datasets(), st.data())
def test_every_cell_reads_back_with_its_codes(made: Made, data: st.DataObject) -> None:
    dataset = read_dataset(made.answer, "x")
    places = [data.draw(st.integers(0, len(codes) - 1)) for codes in made.codes]
    index = made.flat(places)

    cell = dataset.cells[index]
    expected = [codes[place] for codes, place in zip(made.codes, places, strict=True)]
    assert (cell.index, list(cell.codes.values())) == (index, expected)


@given(datasets())
def test_every_value_and_symbol_reads_back(made: Made) -> None:
    cells = read_dataset(made.answer, "x").cells

    assert [None if math.isnan(c.value) else c.value for c in cells] == made.values
    assert [c.symbol for c in cells] == made.symbols


@given(datasets())
def test_no_two_cells_have_the_same_codes(made: Made) -> None:
    cells = read_dataset(made.answer, "x").cells

    assert len({tuple(c.codes.items()) for c in cells}) == math.prod(map(len, made.codes))


@given(datasets())
def test_a_code_without_a_label_is_its_own(made: Made) -> None:
    labels = read_dataset(made.answer, "x").labels

    for codes, found in zip(made.codes, labels.values(), strict=True):
        assert list(found) == codes
        assert all(label in (code, f"«{code}»") for code, label in found.items())


@given(datasets(), st.integers(-3, 3).filter(bool))
def test_a_dense_list_of_another_length_is_refused(made: Made, by: int) -> None:
    count = len(made.values)
    wrong = [1] * max(0, count + by)

    with pytest.raises(KgError, match=f"expected {count} entries under value, found {len(wrong)}"):
        read_dataset(made.answer | {"value": wrong}, "x")


@given(datasets(), st.integers(0, 3), st.sampled_from([-1, 1, 2]))
def test_a_size_that_does_not_fit_the_codes_is_refused(made: Made, at: int, by: int) -> None:
    size = list(made.answer["size"])
    size[at % len(size)] += by

    with pytest.raises(KgError, match="the dimensions have"):
        read_dataset(made.answer | {"size": size}, "x")


def test_an_answer_is_read_with_its_words() -> None:
    dataset = read_dataset(answer(), "x")

    assert (dataset.label, dataset.updated, dataset.notes) == (
        "07459",
        "2026-01-01",
        ("Én merknad.",),
    )
    assert dataset.labels["Region"] == {"0301": "Oslo", "4601": "4601"}
    assert dataset.units == {"P": "personer"}


def test_the_positions_of_codes_decide_and_not_their_order() -> None:
    cells = read_dataset(answer(), "x").cells

    assert [c.value for c in cells if c.codes["Region"] == "0301"] == [1, 2, 3]


def test_an_answer_without_a_measure_has_no_units() -> None:
    assert read_dataset(answer(role={}), "x").units == {}


def test_a_single_category_needs_no_place() -> None:
    held = answer()
    held["dimension"]["Innhold"]["category"] = {"label": {"P": "Personer"}}

    assert read_dataset(held, "x").cells[2].codes["Innhold"] == "P"


def test_labels_alone_give_no_order() -> None:
    held = answer()
    held["dimension"]["Tid"]["category"] = {"label": {y: y for y in ("2020", "2021", "2022")}}

    with pytest.raises(KgError, match="dimension Tid has 3 labels and no index"):
        read_dataset(held, "x")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"class": "collection"}, "expected a JSON-stat2 dataset, found 'collection'"),
        ({"id": ["Region", "Region", "Tid"]}, "a dimension stands twice in id"),
        ({"id": ["Region", "Kjønn", "Tid"]}, "id names Kjønn, which is not under dimension"),
        ({"size": [3, 1, 2]}, r"size says \[3, 1, 2\], the dimensions have \[2, 1, 3\] codes"),
        ({"value": [1, 2, 3]}, "expected 6 entries under value, found 3"),
        ({"value": [1, 2, 3, 4, 5, 6, 7]}, "expected 6 entries under value, found 7"),
        ({"value": {"6": 1}}, "value has an index outside 0–5"),
        ({"value": {"-1": 1}}, "value has an index outside 0–5"),
        ({"value": {"x": 1}}, "value has an index outside 0–5"),
        ({"value": {"0": 1, "00": 2}}, "value has an index outside 0–5"),
        ({"value": "1"}, "value is neither a list nor an object"),
        ({"value": ["1", 2, 3, 4, None, 6]}, "cell 0 holds '1'; expected a number or null"),
        ({"value": [1, True, 3, 4, None, 6]}, "cell 1 holds True"),
        ({"value": [1, [2], 3, 4, None, 6]}, r"cell 1 holds \[2\]"),
        ({"status": ["", "..", "", "", "..", ""]}, "cell 1 has both a value and the symbol '..'"),
        ({"status": {"0": ":"}}, "cell 0 has both a value and the symbol ':'"),
        ({"status": ".."}, "cell 0 has both a value and the symbol '..'"),
        ({"status": [""]}, "expected 6 entries under status, found 1"),
        ({"status": {"9": ".."}}, "status has an index outside"),
        ({"status": 3}, "status is neither a list nor an object"),
        ({"status": 0}, "status is neither a list nor an object"),
        ({"status": {"0": 3}}, "cell 0 has the status 3; expected a text"),
        ({"status": {"0": "..."}}, "cell 0 has both a value and the symbol '...'"),
        ({"status": {"0": "-"}}, "cell 0 has both a value and the symbol '-'"),
        ({"size": [True, 1, 3]}, "size says"),
        ({"size": [2.0, 1, 3]}, "size says"),
        ({"size": ["2", 1, 3]}, "size says"),
        ({"id": ["Region", ["Innhold"], "Tid"]}, "id: expected a text"),
        ({"id": ["Region", "Tid"], "size": [2, 3]}, "a dimension Innhold, which id does not name"),
        ({"value": {"1.0": 1}}, "value has an index outside 0–5"),
        ({"value": {"²": 1}}, "value has an index outside 0–5"),
        ({"value": {"01": 1}}, "value has an index outside 0–5"),
        ({"value": {"1" * 5000: 1}}, "value has an index outside 0–5"),
        ({"value": [{"v": 1}, 2, 3, 4, None, 6]}, "cell 0 holds {'v': 1}"),
        ({"value": [10**400, 2, 3, 4, None, 6]}, "cell 0 holds 1000"),
        ({"value": [2**53 + 1, 2, 3, 4, None, 6]}, "cell 0 holds 9007199254740993"),
        ({"note": 3}, "expected note as a list"),
        ({"note": [3]}, "note: expected a text"),
        ({"role": {"metric": "Innhold"}}, "expected role.metric as a list"),
    ],
)
def test_a_broken_answer_is_refused(more: dict[str, Any], message: str) -> None:
    with pytest.raises(KgError, match=f"ssb/1.json: .*{message}"):
        read_dataset(answer(**more), "ssb/1.json")


@pytest.mark.parametrize("key", ["id", "size", "dimension", "value"])
def test_an_answer_that_lacks_a_part_is_refused(key: str) -> None:
    held = answer()
    del held[key]

    with pytest.raises(KgError, match=f"x: the JSON-stat2 dataset lacks {key}"):
        read_dataset(held, "x")


@pytest.mark.parametrize("held", [[], "feil", None, {}, {"error": "for mange celler"}])
def test_what_is_no_dataset_is_refused(held: Any) -> None:
    with pytest.raises(KgError, match="expected a JSON-stat2 dataset, found"):
        read_dataset(held, "x")


@pytest.mark.parametrize(
    ("index", "message"),
    [
        (["2020", "2020", "2021"], "dimension Tid has a code twice"),
        ({"2020": 0, "2021": 0, "2022": 1}, "positions of dimension Tid are not 0, 1, 2"),
        ({"2020": 1, "2021": 2, "2022": 3}, "positions of dimension Tid are not 0, 1, 2"),
        ({"2020": 0, "2021": 1}, "the dimensions have"),
        ([], "the dimensions have"),
        ({"2020": 0, "2021": True, "2022": 2}, "positions of dimension Tid are not 0, 1, 2"),
        ({"2020": 0, "2021": 1.0, "2022": 2}, "positions of dimension Tid are not 0, 1, 2"),
        ({"2020": 0, "2021": "1", "2022": 2}, "positions of dimension Tid are not 0, 1, 2"),
        ({"2020": 0, "2021": None, "2022": 2}, "positions of dimension Tid are not 0, 1, 2"),
        ("2020", "expected an index, found '2020'"),
        (["2020", None, "2022"], "Tid, code: expected a text"),
        ([2020.0, "2021", "2022"], "Tid, code: expected a text"),
        ([["2020"], "2021", "2022"], "Tid, code: expected a text"),
    ],
)
def test_codes_in_disorder_are_refused(index: Any, message: str) -> None:
    held = answer()
    held["dimension"]["Tid"]["category"]["index"] = index

    with pytest.raises(KgError, match=message):
        read_dataset(held, "x")


@pytest.mark.parametrize(
    "more",
    [
        {"dimension": {"Region": {}, "Innhold": {}, "Tid": {}}},
        {"dimension": {"Region": None, "Innhold": None, "Tid": None}},
        {"dimension": None},
        {"size": 6},
        {"id": 3},
        {"role": []},
    ],
    ids=["no category", "null", "no dimension", "size", "id", "role"],
)
def test_a_part_of_another_shape_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(KgError):
        read_dataset(answer(**more), "x")


def test_codes_that_are_the_same_text_are_refused() -> None:
    held = answer()
    held["dimension"]["Tid"]["category"]["index"] = [1, "1", 2]

    with pytest.raises(KgError, match="a code twice"):
        read_dataset(held, "x")


def test_infinity_is_no_number() -> None:
    with pytest.raises(KgError, match="expected a number"):
        read_dataset(json.loads(json.dumps(answer(value=[1, 2, 3, 4, None, math.inf]))), "x")


def test_every_committed_answer_reads(snapshots: dict[str, Any]) -> None:
    counts = {key: len(snapshots[key].dataset.cells) for key in snapshots if "ssb" in key}

    assert counts == {"ssb-09895": 280, "ssb-07459": 21, "ssb-10826": 396}


@pytest.mark.parametrize("symbol", [".", "..", "...", ":", "-"])
def test_a_missing_number_keeps_its_symbol(symbol: str) -> None:
    cell = read_dataset(answer(status={"4": symbol}), "x").cells[4]

    assert math.isnan(cell.value)
    assert cell.symbol == symbol


def test_a_nil_may_be_a_number_with_its_sign() -> None:
    cell = read_dataset(answer(value=[0, 2, 3, 4, None, 6], status={"0": "-", "4": "."}), "x")

    assert [(c.value, c.symbol) for c in cell.cells[:2]] == [(0, "-"), (2, "")]


def test_a_preliminary_number_keeps_its_mark() -> None:
    cell = read_dataset(answer(status={"0": "*", "4": ".."}), "x").cells[0]

    assert (cell.value, cell.symbol) == (1, "*")


def test_a_null_without_a_symbol_is_missing_and_no_zero() -> None:
    cell = read_dataset(answer(status=None), "x").cells[4]

    assert math.isnan(cell.value)
    assert cell.symbol == ""


def test_an_absurd_size_is_refused_before_it_takes_memory() -> None:
    codes = [str(n) for n in range(2000)]
    huge = {
        "class": "dataset",
        "id": ["a", "b", "c"],
        "size": [2000, 2000, 2000],
        "dimension": {name: {"category": {"index": codes}} for name in "abc"},
        "value": {},
    }

    with pytest.raises(KgError, match=r"x: 8,000,000,000 cells; expected at most 5,000,000"):
        read_dataset(huge, "x")


@given(datasets(), st.data())
def test_the_order_of_dimensions_does_not_move_a_number(made: Made, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(made.codes))))
    codes = [made.codes[at] for at in order]
    places = [range(len(held)) for held in codes]
    back = [order.index(at) for at in range(len(order))]
    flat = [made.flat([spot[at] for at in back]) for spot in itertools.product(*places)]
    turned = made.answer | {
        "id": [made.answer["id"][at] for at in order],
        "size": [len(held) for held in codes],
        "value": [made.values[at] for at in flat],
        "status": [made.symbols[at] for at in flat],
    }

    assert by_codes(turned) == by_codes(made.answer)


def by_codes(held: Any) -> dict[frozenset[tuple[str, str]], tuple[float | None, str]]:
    return {
        frozenset(c.codes.items()): (None if math.isnan(c.value) else c.value, c.symbol)
        for c in read_dataset(held, "x").cells
    }


# Of other kinds than what stands there, so that no number becomes another valid one.
ODD: list[Any] = [
    None,
    True,
    "x",
    "1",
    [],
    {},
    [None],
    {"x": "y"},
    {"0": {}},
    1.5,
    -1,
    10**30,
    math.nan,
]


@given(datasets(), st.data())
def test_a_corrupt_answer_never_gives_a_wrong_number(made: Made, data: st.DataObject) -> None:
    right = by_codes(made.answer)
    broken = copy.deepcopy(made.answer)
    spots = list(places_in(broken))
    path = data.draw(st.sampled_from(spots))
    corrupt(broken, path, data)
    try:
        found = by_codes(broken)
    except KgError:
        return

    for codes, (value, _) in found.items():
        # A number that is lost, or stands at a code that nobody knows, is no wrong number; a fetch
        # compares the answer with what was asked for and refuses both.
        assert value is None or codes not in right or right[codes][0] == value


def places_in(held: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each part of an answer."""
    children = held.items() if isinstance(held, dict) else enumerate(held)
    for key, child in children:
        yield (*path, key)
        if isinstance(child, dict | list):
            yield from places_in(child, (*path, key))


def corrupt(held: Any, path: tuple[Any, ...], data: st.DataObject) -> None:
    """Remove a part, repeat it, or put something of another kind in its place."""
    *way, last = path
    for key in way:
        held = held[key]
    old = held[last]
    how = data.draw(st.sampled_from(["remove", "repeat", "replace"]))
    if how == "remove":
        del held[last]
    elif how == "repeat" and isinstance(held, list):
        held.insert(last, old)
    else:
        held[last] = data.draw(
            st.sampled_from([odd for odd in ODD if not numeric(odd) or not numeric(old)])
        )


def numeric(held: Any) -> bool:
    return held is None or (isinstance(held, int | float) and not isinstance(held, bool))
