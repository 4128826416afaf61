import copy
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.tidy.ssb import tidy_population, tidy_rents
from tests.conftest import write_snapshot

UNITS = {"rent_nok_month": "kr", "residents": "personer"}
SOURCE = Source(file="ssb/1.json", reader="ssb_rents", unit_of=UNITS)


def answer(dimensions: dict[str, list[str]], unit: str, values: list[Any]) -> dict[str, Any]:
    contents = dimensions["ContentsCode"]
    held: dict[str, Any] = {
        "class": "dataset",
        "role": {"metric": ["ContentsCode"]},
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {name: {"category": {"index": codes}} for name, codes in dimensions.items()},
        "value": values,
    }
    held["dimension"]["ContentsCode"]["category"]["unit"] = {c: {"base": unit} for c in contents}
    return held


RENTS = answer(
    {
        "Soner2": ["01", "00"],
        "AntRom": ["1", "5+"],
        "ContentsCode": ["Husleie", "Husleiear"],
        "Tid": ["2020"],
    },
    "kr",
    [8750, 1, 22270, 2, 7320, 3, None, 4],
) | {"status": {"6": ":"}}
PEOPLE = answer(
    {"Region": ["0", "0301"], "ContentsCode": ["Personer1"], "Tid": ["2020", "2021"]},
    "personer",
    [5367580, 5391369, 693494, 697010],
)


def rents(folder: Path, held: dict[str, Any]) -> pd.DataFrame:
    return tidy_rents(write_snapshot(folder, "ssb/1.json", json.dumps(held), "ssb-1"), SOURCE)


def people(folder: Path, held: dict[str, Any]) -> pd.DataFrame:
    return tidy_population(write_snapshot(folder, "ssb/1.json", json.dumps(held), "ssb-1"), SOURCE)


def changed(held: dict[str, Any], name: str, codes: list[str]) -> dict[str, Any]:
    other = copy.deepcopy(held)
    other["dimension"][name]["category"]["index"] = codes
    return other


def test_a_rent_stands_at_its_zone_rooms_and_year(tmp_path: Path) -> None:
    table = rents(tmp_path, RENTS)

    found = table.set_index(["region", "rooms", "year"])["rent_nok_month"]
    assert found["oslo-og-baerum", "1-rom", 2020] == 8750
    assert found["oslo-og-baerum", "5-rom", 2020] == 22270
    assert found["hele-landet", "1-rom", 2020] == 7320


def test_a_rent_knows_its_cell(tmp_path: Path) -> None:
    table = rents(tmp_path, RENTS).set_index(["region", "rooms"])

    assert table["rent_nok_month__cell"]["oslo-og-baerum", "5-rom"] == "ssb-1:i2"


def test_the_rent_per_square_metre_is_left_out(tmp_path: Path) -> None:
    table = rents(tmp_path, RENTS)

    assert len(table) == 4
    assert not {1, 2, 3, 4} & set(table["rent_nok_month"])


def test_a_missing_rent_keeps_its_symbol_and_its_row(tmp_path: Path) -> None:
    table = rents(tmp_path, RENTS).set_index(["region", "rooms"])

    at = ("hele-landet", "5-rom")
    assert table["rent_nok_month"].isna()[at]
    assert table["rent_nok_month__symbol"][at] == ":"


def test_rents_in_another_unit_are_refused(tmp_path: Path) -> None:
    held = copy.deepcopy(RENTS)
    held["dimension"]["ContentsCode"]["category"]["unit"]["Husleie"]["base"] = "1000 kr"

    with pytest.raises(KgError, match=r"ssb/1\.json: expected Husleie in 'kr', found '1000 kr'"):
        rents(tmp_path, held)


def test_an_answer_without_rents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="expected the dimensions Soner2"):
        rents(tmp_path, PEOPLE)


def test_an_unknown_number_of_rooms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"ssb/1\.json: unknown code '6\+' for AntRom; expected"):
        rents(tmp_path, changed(RENTS, "AntRom", ["1", "6+"]))


def test_an_unknown_price_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="«17» is no region in the code system ssb-prissone"):
        rents(tmp_path, changed(RENTS, "Soner2", ["17", "00"]))


def test_residents_stand_at_their_region_and_year(tmp_path: Path) -> None:
    found = people(tmp_path, PEOPLE).set_index(["region", "year"])

    assert found["residents"].to_dict() == {
        ("hele-landet", 2020): 5367580,
        ("hele-landet", 2021): 5391369,
        ("oslo", 2020): 693494,
        ("oslo", 2021): 697010,
    }
    assert found["residents__cell"]["oslo", 2020] == "ssb-1:i2"


def test_bydeler_have_the_codes_of_their_own_table(tmp_path: Path) -> None:
    held = changed(PEOPLE, "Region", ["030101a", "030100aa"])

    assert set(people(tmp_path, held)["region"]) == {"gamle-oslo", "oslo"}


def test_bydeler_and_municipalities_are_not_mixed(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="«4601» is no region in the code system ssb-10826"):
        people(tmp_path, changed(PEOPLE, "Region", ["030101a", "4601"]))


def test_residents_in_another_unit_are_refused(tmp_path: Path) -> None:
    held = copy.deepcopy(PEOPLE)
    held["dimension"]["ContentsCode"]["category"]["unit"]["Personer1"]["base"] = "prosent"

    with pytest.raises(KgError, match="expected Personer1 in 'personer', found 'prosent'"):
        people(tmp_path, held)


def test_a_second_content_would_repeat_the_key(tmp_path: Path) -> None:
    held = answer(
        {"Region": ["0301"], "ContentsCode": ["Personer1", "Menn"], "Tid": ["2020"]},
        "personer",
        [693494, 346000],
    )

    with pytest.raises(KgError, match=r"expected one row per region, year, found .*oslo"):
        people(tmp_path, held)


def test_an_unknown_region_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"ssb/1\.json"):
        people(tmp_path, changed(PEOPLE, "Region", ["0", "9999"]))


def test_a_quarter_is_no_year(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="2020K1"):
        people(tmp_path, changed(PEOPLE, "Tid", ["2020K1", "2020K2"]))


def test_an_answer_without_its_dimensions_is_refused(tmp_path: Path) -> None:
    held = answer({"Sone": ["00"], "ContentsCode": ["Personer1"]}, "personer", [1])

    with pytest.raises(KgError, match="Region"):
        people(tmp_path, held)
