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
    response: dict[str, Any] = {
        "class": "dataset",
        "role": {"metric": ["ContentsCode"]},
        "id": list(dimensions),
        "size": [len(codes) for codes in dimensions.values()],
        "dimension": {name: {"category": {"index": codes}} for name, codes in dimensions.items()},
        "value": values,
    }
    response["dimension"]["ContentsCode"]["category"]["unit"] = {
        c: {"base": unit} for c in contents
    }
    return response


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


def rents(folder: Path, response: dict[str, Any]) -> pd.DataFrame:
    return tidy_rents(write_snapshot(folder, "ssb/1.json", json.dumps(response), "ssb-1"), SOURCE)


def people(folder: Path, response: dict[str, Any]) -> pd.DataFrame:
    return tidy_population(
        write_snapshot(folder, "ssb/1.json", json.dumps(response), "ssb-1"), SOURCE
    )


def changed(response: dict[str, Any], name: str, codes: list[str]) -> dict[str, Any]:
    other = copy.deepcopy(response)
    other["dimension"][name]["category"]["index"] = codes
    return other


def test_a_rent_stands_at_its_zone_rooms_and_year(tmp_path: Path) -> None:
    table = rents(tmp_path, RENTS).set_index(["region", "rooms", "year"])

    # The rent per square metre is left out.
    assert table["rent_nok_month"].dropna().to_dict() == {
        ("hele-landet", "1-rom", 2020): 7320,
        ("oslo-og-baerum", "1-rom", 2020): 8750,
        ("oslo-og-baerum", "5-rom", 2020): 22270,
    }
    assert table["rent_nok_month__cell"]["oslo-og-baerum", "5-rom", 2020] == "ssb-1:i2"


def test_a_missing_rent_keeps_its_symbol_and_its_row(tmp_path: Path) -> None:
    table = rents(tmp_path, RENTS).set_index(["region", "rooms"])

    at = ("hele-landet", "5-rom")
    assert table["rent_nok_month"].isna()[at]
    assert table["rent_nok_month__symbol"][at] == ":"


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
    response = changed(PEOPLE, "Region", ["030101a", "030100aa"])

    assert set(people(tmp_path, response)["region"]) == {"gamle-oslo", "oslo"}


def test_a_second_content_would_repeat_the_key(tmp_path: Path) -> None:
    response = answer(
        {"Region": ["0301"], "ContentsCode": ["Personer1", "Menn"], "Tid": ["2020"]},
        "personer",
        [693494, 346000],
    )

    with pytest.raises(KgError, match=r"expected one row per region, year, found .*oslo"):
        people(tmp_path, response)


@pytest.mark.parametrize(
    ("read", "answered", "problem"),
    [
        (rents, PEOPLE, "ventet dimensjonene Soner2"),
        (rents, changed(RENTS, "AntRom", ["1", "6+"]), r"ukjent kode «6\+» for AntRom; ventet"),
        (rents, changed(RENTS, "Soner2", ["17", "00"]), "«17» is no region in .* ssb-prissone"),
        (people, RENTS, "ventet dimensjonene Region"),
        (people, changed(PEOPLE, "Region", ["0", "9999"]), "«9999» is no region"),
        (people, changed(PEOPLE, "Region", ["030101a", "4601"]), "«4601» is no .* ssb-10826"),
        (people, changed(PEOPLE, "Tid", ["2020K1", "2020K2"]), "ventet et årstall .*«2020K1»"),
    ],
)
def test_an_answer_of_another_shape_is_refused(
    tmp_path: Path, read: Any, answered: dict[str, Any], problem: str
) -> None:
    with pytest.raises(KgError, match=rf"ssb/1\.json: {problem}"):
        read(tmp_path, answered)


@pytest.mark.parametrize(
    ("read", "answered", "contents", "unit"),
    [(rents, RENTS, "Husleie", "kr"), (people, PEOPLE, "Personer1", "personer")],
)
def test_numbers_in_another_unit_are_refused(
    tmp_path: Path, read: Any, answered: dict[str, Any], contents: str, unit: str
) -> None:
    other = copy.deepcopy(answered)
    other["dimension"]["ContentsCode"]["category"]["unit"][contents]["base"] = "1000 kr"

    with pytest.raises(KgError, match=f"ventet {contents} i «{unit}», fant enheten «1000 kr»"):
        read(tmp_path, other)
