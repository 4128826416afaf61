import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from kunnskapsgrunnlag.tidy.delivery import tidy
from tests.conftest import rewritten, write_snapshot

FILE = "data/raw/trykt/x.csv"
HEADING = "år;område;gruppe;lån (antall);andel (prosent);beløp (mill. kr)\n"
OSLO = "2020;Oslo;Unge;550;6,1;1409\n"
BERGEN = "2020;Bergen;Eldre;329;11;..\n"


def source_of(key: list[str], **columns: dict[str, Any]) -> Source:
    entry = {"file": "x", "reader": "delivery", "key": key, "columns": columns}
    return Source.model_validate(entry)


SHARE = {"name": "share_pct", "role": "measure", "unit": "prosent", "rounded_to": 0.1}
PAID = {"name": "paid_nok", "role": "measure", "unit": "kr", "scale": 1000000, "rounded_to": 1}
YEAR = {"name": "year", "role": "year"}
LEVELS = {"s": "statlig", "k": "kommunal"}
GROUPS = {"unge": "Unge", "eldre": "Eldre"}
SOURCE = source_of(
    ["region", "year"],
    år=YEAR,
    område={"name": "region", "role": "region", "system": "navn"},
    gruppe={"name": "group", "role": "category", "values": GROUPS},
    **{
        "lån (antall)": {"name": "loans", "role": "measure", "unit": "lån", "min": 0},
        "andel (prosent)": SHARE | {"min": 0, "max": 100},
        "beløp (mill. kr)": PAID,
    },
)
WORDS = source_of(["year"], år=YEAR, nivå={"name": "level", "role": "text", "values": LEVELS})


CORRECTION = {"printed": "550", "corrected": "1550", "erratum": "E1", "reason": "Feil i trykken."}


def snapshot(folder: Path, content: str, **more: Any) -> Snapshot:
    return as_delivery(write_snapshot(folder, "trykt/x.csv", content, "x", **more))


def as_delivery(written: Snapshot, source: Source = SOURCE) -> Snapshot:
    return replace(written, columns=source.columns)


def test_words_are_kept_as_words(tmp_path: Path) -> None:
    def words(level: str) -> Snapshot:
        content = f"år;nivå\n2020;{level}\n"
        return as_delivery(write_snapshot(tmp_path, "trykt/y.csv", content, "x"), WORDS)

    (row,) = tidy(words("statlig"), WORDS).to_dict("records")

    assert math.isnan(row["level"])
    assert (row["level__text"], row["level__cell"]) == ("statlig", "x:B2")
    with pytest.raises(KgError, match=r"rad 2, kolonne B «nivå»: «statelig» .* Skriv «statlig»"):
        tidy(words("statelig"), WORDS)


def read(folder: Path, content: str = HEADING + OSLO, **more: Any) -> dict[Any, Any]:
    """The first row of the tidy table."""
    rows = tidy(snapshot(folder, content, **more), SOURCE).to_dict("records")
    return rows[0]


def refused(folder: Path, content: str) -> str:
    with pytest.raises(KgError) as error:
        tidy(snapshot(folder, content), SOURCE)
    return str(error.value)


def test_a_row_is_read_into_the_catalogues_columns(tmp_path: Path) -> None:
    assert read(tmp_path) == {
        "year": 2020,
        "region": "oslo",
        "group": "unge",
        "loans": 550,
        "loans__cell": "x:D2",
        "loans__symbol": "",
        "loans__half": 0,
        "share_pct": 6.1,
        "share_pct__cell": "x:E2",
        "share_pct__symbol": "",
        "share_pct__half": 0.05,
        "share_pct__places": 1,
        "paid_nok": 1_409_000_000,
        "paid_nok__cell": "x:F2",
        "paid_nok__symbol": "",
        "paid_nok__half": 500_000,
    }


@pytest.mark.parametrize(
    ("text", "value", "half", "places"), [("11", 11, 0.5, 0), ("6,12", 6.12, 0.05, 2)]
)
def test_a_number_is_as_exact_as_its_decimals_and_no_finer_than_promised(
    tmp_path: Path, text: str, value: float, half: float, places: int
) -> None:
    row = read(tmp_path, HEADING + OSLO.replace("6,1", text))
    numbers = [row[f"share_pct{part}"] for part in ("", "__half", "__places")]
    assert numbers == [value, half, places]


def test_rows_are_sorted_by_their_key_and_columns_come_in_any_order(tmp_path: Path) -> None:
    def turned(line: str) -> str:
        return " ; ".join(reversed(line.strip().split(";"))) + "\n"

    table = tidy(snapshot(tmp_path, turned(HEADING) + turned(OSLO) + turned(BERGEN)), SOURCE)

    assert table["region"].tolist() == ["bergen", "oslo"]
    assert table["loans"].tolist() == [329, 550]
    assert table["loans__cell"].tolist() == ["x:C3", "x:C2"]


@pytest.mark.parametrize("symbol", ["..", ".", ":", "-"])
def test_a_symbol_is_a_missing_number_and_kept(tmp_path: Path, symbol: str) -> None:
    row = read(tmp_path, HEADING + OSLO.replace("1409", symbol))
    assert math.isnan(row["paid_nok"])
    assert row["paid_nok__symbol"] == symbol


LOANS = "rad 2, kolonne D «lån (antall)»: ventet et tall (lån), fant "


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("550", "mange", f"{LOANS}«mange»."),
        ("550", "", f"{LOANS}en tom celle."),
        ("550", "nan", f"{LOANS}«nan»."),
        ("2020", "20", "rad 2, kolonne A «år»: ventet et årstall som 2020, fant «20»."),
        ("Unge", "Ung", "rad 2, kolonne C «gruppe»: «Ung» er ikke blant de tillatte ordene. Skriv"),
        ("Oslo", "Olso", "rad 2, kolonne B «område»: «Olso» er ingen region"),
    ],
)
def test_a_wrong_cell_is_named_with_what_was_expected(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert refused(tmp_path, HEADING + OSLO.replace(old, new, 1)).startswith(f"{FILE}, {message}")


def test_a_table_that_is_not_the_schemas_is_refused(tmp_path: Path) -> None:
    repeated = refused(tmp_path, HEADING + OSLO + OSLO.replace("550", "551"))

    assert repeated.startswith(f"{FILE}, rad 3, kolonne A: ventet hver rad én gang, fant ")
    assert "«2020 Oslo» også i rad 2. Ta bort" in repeated
    alone = refused(tmp_path, HEADING)
    assert alone == f"{FILE}: filen har overskrifter og ingen rader. Legg inn tallene."
    for heading, problem in (
        ("lån (antall)", "står to ganger"),
        ("merknad", "står ikke i params.yaml"),
    ):
        content = f"{HEADING.strip()};{heading}\n{OSLO.strip()};999\n"
        assert f"rad 1: overskriften «{heading}» {problem}. Ta bort" in refused(tmp_path, content)


def test_a_correction_replaces_the_misprint_in_the_files_own_unit(tmp_path: Path) -> None:
    amount = CORRECTION | {"printed": "1409", "corrected": "1490"}
    row = read(tmp_path, corrections={"D2": CORRECTION, "F2": amount})

    assert (row["loans"], row["loans__cell"], row["paid_nok"]) == (1550, "x:D2", 1_490_000_000)
    with pytest.raises(KgError) as error:
        read(tmp_path, corrections={"D2": CORRECTION | {"printed": "555"}})
    assert str(error.value) == (
        f"{FILE}: rettingen av x:D2 venter «555», fant «550». Ta bort rettingen "
        f"fra {FILE}.source.yaml."
    )


def test_a_correction_lets_a_new_delivery_be(tmp_path: Path) -> None:
    wrong = {"D2": CORRECTION, "D3": CORRECTION | {"printed": "329"}}
    first = snapshot(tmp_path, HEADING + OSLO + BERGEN, corrections=wrong)
    # It may have fewer rows than a correction knows.
    later = as_delivery(rewritten(first, HEADING + OSLO.replace("550", "1551")))

    assert tidy(later, SOURCE)["loans"].tolist() == [1551]


def test_every_committed_delivery_reads(tables: dict[str, pd.DataFrame]) -> None:
    rows = {key: len(table) for key, table in tables.items() if key.startswith("trykt")}
    assert sum(rows.values()) == 202
    assert rows["trykt-tabell-11"] == 12
