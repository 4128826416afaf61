"""Answers as Oslo's statistikkbank gives them: read right, keyed on labels, nothing mended."""

import csv
import itertools
import json
import math
from pathlib import Path
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.fetch.pxweb.jsonstat_parts import canonical
from kunnskapsgrunnlag.fetch.pxweb.pxweb1 import keyed_on_labels, with_contents
from kunnskapsgrunnlag.sources.formats.jsonstat import Dataset, read_dataset

# Extra answers, where someone has put them beside the project.
BESIDE = Path(__file__).parents[3] / "shared" / "data"
BYDELER = [
    *("Bydel Gamle Oslo", "Bydel Grünerløkka", "Bydel Sagene", "Bydel St.Hanshaugen"),
    *("Bydel Frogner", "Bydel Ullern", "Bydel Vestre Aker", "Bydel Nordre Aker", "Bydel Bjerke"),
    *("Bydel Grorud", "Bydel Stovner", "Bydel Alna", "Bydel Østensjø", "Bydel Nordstrand"),
    "Bydel Søndre Nordstrand",
]
OUTSIDE = ["Sentrum", "Marka", "Uten registrert adresse"]
AREAS = ["Oslo i alt", *BYDELER, *OUTSIDE]
YEARS = ["2012", "2013", "2014"]
GEOGRAPHIES = ["bydel", "geografi", "bosted", "Geografi"]


def number(area: str, sex: str, year: str) -> float | str:
    """Invented numbers with the traits of real ones; a text is a symbol."""
    if area in OUTSIDE:
        # Not kept apart in 2012; later nil for women, a real zero in the Marka of 2014.
        return (
            "-"
            if year == "2012" or sex == "Kvinner"
            else 0
            if (area, year) == ("Marka", "2014")
            else 7
        )
    if area != "Oslo i alt":
        return 1000 + 10 * AREAS.index(area) + len(sex)
    parts = [number(each, sex, year) for each in AREAS[1:]]
    off = 203 if (sex, year) == ("Menn", "2013") else 0
    return off + sum(each for each in parts if not isinstance(each, str))


def answer(geography: str = "bydel", listed: bool = True, note: str = "") -> dict[str, Any]:
    """Contents first if listed, then time, then the others: the codes are positions."""
    dims = {"år": YEARS, geography: AREAS, "kjønn": ["Menn", "Kvinner"]}
    cells = [number(area, sex, year) for year, area, sex in itertools.product(*dims.values())]
    status = {str(i): cell for i, cell in enumerate(cells) if isinstance(cell, str)}
    only = {"EliminatedValue": 0}, {"EliminatedValue": "Uføretrygdede etter bydel (B)"}
    unit = {"EliminatedValue": {"base": "personer", "decimals": 0}}
    category = {"index": only[0], "label": only[1], "unit": unit}
    dimension: dict[str, Any] = {
        "ContentsCode": {"label": "EliminatedContents", "category": category}
    }
    for name, labels in dims.items():
        index = {str(at): at for at in range(len(labels))}
        label = {str(at): text for at, text in enumerate(labels)}
        dimension[name] = {"label": name, "category": {"index": index, "label": label}}
    held: dict[str, Any] = {
        "class": "dataset",
        "label": "Uføretrygdede",
        "updated": "2024-11-12T07:00:00Z",
        "role": {"time": ["år"]} | ({"metric": ["ContentsCode"]} if listed else {}),
        "id": [*["ContentsCode"] * listed, *dims],
        "size": [*[1] * listed, *map(len, dims.values())],
        "dimension": dimension,
        "value": [None if isinstance(cell, str) else cell for cell in cells],
        "status": status | ({"0": note} if note else {}),
    }
    whole: dict[str, Any] = json.loads(json.dumps(held))
    return whole


def kept(held: dict[str, Any]) -> Dataset:
    """The answer as a snapshot keeps it, read again."""
    whole = with_contents(held)
    names = [name for name in whole["id"] if name != "ContentsCode"]
    return read_dataset(json.loads(canonical(keyed_on_labels(whole, names, "oslo"))), "oslo")


@pytest.mark.parametrize("geography", GEOGRAPHIES)
@pytest.mark.parametrize("listed", [True, False])
def test_every_cell_stands_under_its_labels(geography: str, listed: bool) -> None:
    dataset = kept(answer(geography, listed))

    assert list(dataset.labels) == ["ContentsCode", "år", geography, "kjønn"]
    assert dataset.units == {"EliminatedValue": "personer"}
    assert len(dataset.cells) == 3 * 19 * 2
    for cell in dataset.cells:
        expected = number(cell.codes[geography], cell.codes["kjønn"], cell.codes["år"])
        if isinstance(expected, str):
            assert (math.isnan(cell.value), cell.symbol) == (True, expected)
        else:
            assert (cell.value, cell.symbol) == (expected, "")


def test_nil_and_zero_are_not_the_same() -> None:
    dataset = kept(answer())
    marka = {
        (cell.codes["år"], cell.codes["kjønn"]): cell
        for cell in dataset.cells
        if cell.codes["bydel"] == "Marka"
    }

    assert (marka["2014", "Menn"].value, marka["2014", "Menn"].symbol) == (0, "")
    assert math.isnan(marka["2012", "Menn"].value)
    assert sum(cell.symbol == "-" for cell in dataset.cells) == 3 * 2 + 3 * 2


def test_a_note_to_a_number_is_kept_beside_it() -> None:
    first = kept(answer(note="*")).cells[0]

    assert (first.value, first.symbol) == (number("Oslo i alt", "Menn", "2012"), "*")


@pytest.mark.parametrize("listed", [True, False])
def test_the_order_in_which_a_server_names_positions_does_not_matter(listed: bool) -> None:
    held, turned = answer(listed=listed), answer(listed=listed)
    category = turned["dimension"]["bydel"]["category"]
    category["label"] = dict(reversed(category["label"].items()))
    category["index"] = dict(reversed(category["index"].items()))

    assert kept(turned) == kept(held)


def test_units_go_with_their_labels() -> None:
    held = keyed_on_labels(answer(), ["ContentsCode"], "oslo")

    dataset = read_dataset(held, "oslo")

    assert dataset.units == {"Uføretrygdede etter bydel (B)": "personer"}


def test_two_areas_with_one_label_are_refused() -> None:
    held = answer()
    held["dimension"]["bydel"]["category"]["label"]["17"] = "Sentrum "

    with pytest.raises(KgError, match="two codes of bydel have the same label"):
        kept(held)


def _table(name: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """A table that someone saved with codes and labels, as the answer that it came from."""
    file = BESIDE / "oslo" / name
    if not file.is_file():
        pytest.skip("no extra answers beside the project")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = [column.removesuffix("_kode") for column in rows[0] if column.endswith("_kode")]
    labels = {n: {row[f"{n}_kode"]: row[f"{n}_navn"] for row in rows} for n in names}
    held = {
        "class": "dataset",
        "id": names,
        "size": [len(labels[name]) for name in names],
        "dimension": {n: {"category": {"index": [*v], "label": v}} for n, v in labels.items()},
        "value": [float(row["verdi"]) for row in rows],
    }
    return held, rows


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("oslo_sto013_sosialhjelp_bydel.csv", "bydel"),
        ("oslo_bef005_folkemengde_bydel.csv", "bosted"),
    ],
)
def test_saved_answers_read_cell_for_cell(name: str, area: str) -> None:
    held, rows = _table(name)

    dataset = kept(held)

    found = {(c.codes["år"], *[c.codes[n] for n in held["id"][2:]]): c.value for c in dataset.cells}
    assert len(found) == len(rows)
    for row in rows:
        key = tuple(row[f"{n}_navn"] for n in held["id"][1:])
        assert found[key] == float(row["verdi"])


@pytest.mark.parametrize(
    "name", ["01222_befolkning_oslo", "09895_leiemarked", "14710_kpi_historisk"]
)
def test_saved_answers_of_ssb_are_kept_cell_for_cell(name: str) -> None:
    file = BESIDE / "ssb" / f"{name}.json"
    if not file.is_file():
        pytest.skip("no extra answers beside the project")
    held = json.loads(file.read_text(encoding="utf-8"))

    before, after = read_dataset(held, name), read_dataset(json.loads(canonical(held)), name)

    assert len(after.cells) == math.prod(held["size"])
    assert after.cells == before.cells or repr(after.cells) == repr(before.cells)
    assert (after.labels, after.units, after.updated) == (
        before.labels,
        before.units,
        before.updated,
    )
