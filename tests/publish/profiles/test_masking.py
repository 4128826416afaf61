"""A number that is hidden in its source is in nothing that is made of it, nor can be worked out."""

import io
import json
import zipfile
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.publish.profiles.areas import Areas
from kunnskapsgrunnlag.publish.profiles.content import profile_of
from kunnskapsgrunnlag.publish.profiles.downloads import level_csv, level_json, level_workbook
from kunnskapsgrunnlag.publish.profiles.explorer import explorer_script
from kunnskapsgrunnlag.publish.profiles.index import index_html
from kunnskapsgrunnlag.publish.profiles.make import (
    ProfileKit,
    make_area,
    make_larger,
    print_content,
)
from tests.publish.profiles.levels import ROOT, kit_of, level, numbers_of, tidy

YEARS = (2023, 2024, 2025)
NAMES = "abcdef"
PARTS = {f"{area}{at}": (f"Del {area}{at}", area) for area in NAMES for at in (1, 2, 3)}
AREAS = Areas({key: f"Krets {key}" for key in NAMES}, ("riket", "Riket"), parts=PARTS)
# Of two areas, one part each: no subtraction tells them apart.
SECRET = {("a1", 2025): 6113, ("b2", 2025): 7121}
PEOPLE = 97_000


def _counts() -> dict[tuple[str, int], int]:
    counts = {
        (part, year): 1000 + 37 * at + 11 * (year - 2020)
        for at, part in enumerate(PARTS)
        for year in YEARS
    }
    return counts | SECRET


def _tables(hidden: set[tuple[str, int]]) -> dict[str, Any]:
    counts = _counts()
    taken: list[dict[str, Any]] = [
        {"region": part, "year": year, "recipients": ":" if (part, year) in hidden else count}
        for (part, year), count in counts.items()
    ]
    for year in YEARS:
        total = sum(count for (_, own), count in counts.items() if own == year)
        taken.append({"region": "riket", "year": year, "recipients": total})
    people = [
        {"region": region, "year": year, "residents": PEOPLE * (18 if region == "riket" else 1)}
        for region in (*PARTS, "riket")
        for year in YEARS
    ]
    months = [
        {"region": region, "year": year, "month": month, "helped":
         ":" if (region, month) in {("a", 5), ("b", 5)} and year == 2025 else 500 + month}
        for region in (*NAMES, "riket") for year in YEARS for month in range(1, 13)
    ]  # fmt: skip
    return {
        "mottak": tidy("mottak", taken, "recipients"),
        "folk": tidy("folk", people, "residents"),
        "hjelp": tidy("hjelp", months, "helped"),
    }


def _kit(hidden: set[tuple[str, int]]) -> ProfileKit:
    count = {"unit": "mottakere", "decimals": 0, "per": None, "times": 1}
    wanted = level(
        {
            "rate": {},
            "antall": count | {"role": "series"},
            "deler": {"parts": True, "role": "series"},
            "maned": count | {"role": "series", "by": "month", "of": {
                "source": "hjelp", "columns": ["helped"]}},
            "aret": count | {"title": "Hele året", "words": None, "of": {
                "source": "hjelp", "columns": ["helped"]}},
        },
        drawings=[
            {"kind": "months", "measure": "maned", "title": "Mot {before}", "none_title": "Bare",
             "subtitle": "Måneder"},
            {"kind": "map", "measure": "rate", "parts": "deler", "title": "{part}: {value}",
             "subtitle": "Kart"},
        ],
    )  # fmt: skip
    return kit_of(numbers_of(wanted, AREAS, _tables(hidden)), read_catalog(ROOT / "params.yaml"))


def _everything(kit: ProfileKit) -> dict[str, str]:
    """All that is made of a level, as text; of a workbook and a print what they are made of."""
    files: dict[str, bytes] = {"index": index_html(kit).encode(), **explorer_script(kit)}
    files |= make_larger(kit) | level_json(kit)
    csv_file, resource = level_csv(kit)
    files |= {"alle.csv": csv_file, "resource.json": resource}
    with zipfile.ZipFile(io.BytesIO(level_workbook(kit))) as book:
        files |= {f"xlsx/{name}": book.read(name) for name in book.namelist()}
    for area in NAMES:
        files |= {n: c for n, c in make_area(kit, area).items() if not n.endswith(".pdf")}
        profile = profile_of(kit.numbers, kit.findings, area)
        files[f"print/{area}"] = json.dumps(print_content(kit, profile)).encode()
    files["parquet"] = json.dumps([value.to_json() for value in kit.numbers.values]).encode()
    return {name: content.decode("utf-8") for name, content in files.items()}


def _ways(area: str, count: int) -> set[str]:
    """How a count is written where it is not hidden: in its part's rate and its area's sum."""
    total = sum(c for (part, year), c in _counts().items() if part[0] == area and year == 2025)
    return {nb(count, 0), nb(total, 0), str(total), f"{total / PEOPLE / 3 * 1000:.9f}"[:7]}


def test_what_is_hidden_is_in_nothing_that_is_made() -> None:
    shown, hidden = _everything(_kit(set())), _everything(_kit(set(SECRET)))
    assert shown.keys() == hidden.keys()
    for (part, _), count in SECRET.items():
        for words in _ways(part[0], count):
            assert not [name for name, text in hidden.items() if words in text], words
            # The search would find it.
            assert [name for name, text in shown.items() if words in text], words


def test_what_is_hidden_has_its_sign_everywhere() -> None:
    made = _everything(_kit(set(SECRET)))
    assert '<abbr title="tallet mangler eller er skjult">..</abbr>' in made["kretser/a.html"]
    assert "profil-krets/rate/a/2025;Krets a;Mottakere;;2025;;;;:;" in made[
        "kretser/a.csv"
    ].replace('"', "")
    assert '"2025":[":"]' in made["assets/profil-krets.js"].replace(" ", "")
    assert '"rate.a.2025":[":"' in made["sporing/profil-krets-a.js"].replace(" ", "")
    assert "<strong>:</strong>" in made["sporing/profil-krets-a.html"]


def test_a_year_with_a_hidden_month_has_no_sum() -> None:
    numbers = _kit(set(SECRET)).numbers
    assert numbers.series("aret", "a")[2025].value is None
    assert numbers.series("aret", "c")[2025].value is not None


@pytest.mark.parametrize(
    "hidden",
    [
        {("a1", 2025)},  # riket less the other areas less the other parts
        {("a1", 2025), ("a2", 2025)},  # the sum of both
    ],
)
def test_what_could_be_worked_out_stops_the_build(hidden: set[tuple[str, int]]) -> None:
    with pytest.raises(KgError, match=r"mottak: tallet for Krets a 2025 er skjult, men kan"):
        _kit(hidden)


def test_what_is_divided_by_may_not_be_worked_out_either() -> None:
    three = Areas({"a": "A", "b": "B", "c": "C"}, ("riket", "Riket"))
    rows = [
        {"region": region, "year": 2025, "recipients": 5, "residents": count}
        for region, count in {"a": ":", "b": 30, "c": 40, "riket": 100}.items()
    ]
    tables = {
        "mottak": tidy("mottak", rows, "recipients"),
        "folk": tidy("folk", rows, "residents"),
    }
    with pytest.raises(KgError, match=r"folk: tallet for A 2025 er skjult, men kan regnes ut"):
        numbers_of(level({"rate": {}}), three, tables)
