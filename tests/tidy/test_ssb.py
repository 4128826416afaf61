import copy
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.tidy.ssb import tidy_cpi, tidy_population, tidy_rents
from tests.conftest import write_snapshot

UNITS = {"rent_nok_month": "kr", "residents": "personer", "price_index": "indeks"}
SOURCE = Source(file="ssb/1.json", reader="ssb_rents", unit_of=UNITS)


def answer(unit: str, values: list[Any], **codes: list[str]) -> dict[str, Any]:
    dims: dict[str, Any] = {name: {"category": {"index": own}} for name, own in codes.items()}
    dims["ContentsCode"]["category"]["unit"] = {
        code: {"base": unit} for code in codes["ContentsCode"]
    }
    about = {"class": "dataset", "role": {"metric": ["ContentsCode"]}, "id": [*codes]}
    size = [len(of_name) for of_name in codes.values()]
    return about | {"size": size, "dimension": dims, "value": values}


RENTS = answer(
    "kr",
    [8750, 1, 22270, 2, 7320, 3, None, 4],
    Soner2=["01", "00"],
    AntRom=["1", "5+"],
    ContentsCode=["Husleie", "Husleiear"],
    Tid=["2020"],
) | {"status": {"6": ":"}}
NUMBERS, YEARS = [5367580, 5391369, 693494, 697010], ["2020", "2021"]
PEOPLE = answer("personer", NUMBERS, Region=["0", "0301"], ContentsCode=["P"], Tid=YEARS)
TWICE = answer("personer", NUMBERS[:2], Region=["0301"], ContentsCode=["P", "M"], Tid=["2020"])


def rents(folder: Path, response: dict[str, Any]) -> pd.DataFrame:
    return tidy_rents(write_snapshot(folder, "ssb/1.json", json.dumps(response), "ssb-1"), SOURCE)


def people(folder: Path, response: dict[str, Any]) -> pd.DataFrame:
    snapshot = write_snapshot(folder, "ssb/1.json", json.dumps(response), "ssb-1")
    return tidy_population(snapshot, SOURCE)


def cpi(folder: Path, response: dict[str, Any]) -> pd.DataFrame:
    snapshot = write_snapshot(folder, "ssb/1.json", json.dumps(response), "ssb-1")
    return tidy_cpi(snapshot, SOURCE)


def changed(response: dict[str, Any], name: str, codes: list[str]) -> dict[str, Any]:
    other = copy.deepcopy(response)
    other["dimension"][name]["category"]["index"] = codes
    return other


def in_thousands(response: dict[str, Any]) -> dict[str, Any]:
    other = copy.deepcopy(response)
    for unit in other["dimension"]["ContentsCode"]["category"]["unit"].values():
        unit["base"] = "1000 kr"
    return other


def test_a_rent_stands_at_its_zone_rooms_and_year(tmp_path: Path) -> None:
    table = rents(tmp_path, RENTS).set_index(["region", "rooms", "year"])

    # The rent per square metre is left out, and a missing rent keeps its symbol.
    assert table["rent_nok_month"].dropna().to_dict() == {
        ("hele-landet", "1-rom", 2020): 7320,
        ("oslo-og-baerum", "1-rom", 2020): 8750,
        ("oslo-og-baerum", "5-rom", 2020): 22270,
    }
    assert table["rent_nok_month__cell"]["oslo-og-baerum", "5-rom", 2020] == "ssb-1:i2"
    assert table["rent_nok_month__symbol"]["hele-landet", "5-rom", 2020] == ":"
    bydeler = people(tmp_path, changed(PEOPLE, "Region", ["030101a", "030100aa"]))
    assert {*bydeler["region"]} == {"gamle-oslo", "oslo"}


def test_residents_stand_at_their_region_and_year(tmp_path: Path) -> None:
    found = people(tmp_path, PEOPLE).set_index(["region", "year"])

    assert found["residents"].to_dict() == {
        ("hele-landet", 2020): 5367580,
        ("hele-landet", 2021): 5391369,
        ("oslo", 2020): 693494,
        ("oslo", 2021): 697010,
    }
    assert found["residents__cell"]["oslo", 2020] == "ssb-1:i2"


@pytest.mark.parametrize(
    ("read", "answered", "problem"),
    [
        (rents, PEOPLE, "ventet dimensjonene Soner2"),
        (rents, changed(RENTS, "AntRom", ["1", "6+"]), r"ukjent kode «6\+» for AntRom; ventet"),
        (rents, changed(RENTS, "Soner2", ["17", "00"]), "«17» er ingen region i .* ssb-prissone"),
        (people, RENTS, "ventet dimensjonene Region"),
        (people, changed(PEOPLE, "Region", ["0", "9999"]), "«9999» er ingen region"),
        (people, changed(PEOPLE, "Region", ["030101a", "4601"]), "«4601» er ingen .* ssb-10826"),
        (people, changed(PEOPLE, "Tid", ["2020K1", "2020K2"]), "ventet et årstall .*«2020K1»"),
        (people, TWICE, "ventet hver rad én gang, fant «oslo"),
        (rents, in_thousands(RENTS), "ventet Husleie i «kr», fant enheten «1000 kr»"),
        (people, in_thousands(PEOPLE), "ventet P i «personer», fant enheten «1000 kr»"),
    ],
)
def test_an_answer_of_another_shape_is_refused(
    tmp_path: Path, read: Any, answered: dict[str, Any], problem: str
) -> None:
    with pytest.raises(KgError, match=rf"ssb/1\.json: {problem}"):
        read(tmp_path, answered)


def test_the_price_index_has_a_row_per_month(tmp_path: Path) -> None:
    months = ["2025M12", "2026M01"]
    table = cpi(tmp_path, answer("indeks", [101, 101.6], ContentsCode=["KpiIndMnd"], Tid=months))

    assert table[["year", "month", "price_index"]].to_numpy().tolist() == [
        [2025, 12, 101.0],
        [2026, 1, 101.6],
    ]
    with pytest.raises(KgError, match="ventet KpiIndMnd i «indeks», fant enheten «kr»"):
        cpi(tmp_path, answer("kr", [101, 101.6], ContentsCode=["KpiIndMnd"], Tid=months))
