"""The committed files: reproducible, well formed, and agreeing with each other."""

import shutil
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.delbydeler import CURRENT
from kunnskapsgrunnlag.base.regions import region_of
from kunnskapsgrunnlag.sources.snapshot import read_snapshot
from tests.tools.estimates.numbers import ESTIMATES, ROOT, base, column, inputs, rows
from tools.estimates.build import MISSING, files, write_all
from tools.estimates.common import NAMES, OSLO, UNKNOWN

HEADINGS = {
    "tabell-13": ("område", "personer"),
    "tabell-14": ("område", "personer (prosent)", "husholdninger (prosent)"),
    "tabell-15": ("område", "uten barn", "med barn"),
    "tabell-16": ("område", "uten barn (prosent)", "med barn (prosent)"),
    "figur-18": ("kode", "delbydel", "personer (prosent)"),
    "figur-19": ("kode", "område", "barn (prosent)"),
    "figur-26": ("område", "startlån (antall)"),
    "figur-28": ("husstandsstørrelse", "gjennomsnittlig boutgift (kr per måned)"),
    "figur-32": ("område", "kommunale boliger"),
}
WITH_UNKNOWN = ("tabell-13", "tabell-15")
BY_BYDEL = [name for name, head in HEADINGS.items() if head[0] == "område"]
SNAPSHOTS = [
    *(f"estimat/{name}.csv" for name in (*HEADINGS, "opplysninger")),
    "oslo/lavinntekt-delbydel-2020.csv",
    "oslo/folkemengde-bydel-alder-2020.csv",
    "oslo/sosialhjelp-bydel-2020.csv",
]


def test_regenerating_gives_the_committed_bytes() -> None:
    made = dict(files(ROOT))

    assert {path.name for path in made if path.suffix == ".csv"} == {f"{n}.csv" for n in HEADINGS}
    for path, held in made.items():
        assert path.read_bytes() == held, path.name


def test_write_all_writes_the_same_files_into_another_folder(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    for path in (tmp_path / "data" / "raw" / "estimat").glob("*-[0-9]*.csv*"):
        path.unlink()

    written = write_all(tmp_path)

    assert len(written) == 2 * len(HEADINGS)
    for path in written:
        assert path.read_bytes() == (ESTIMATES / path.name).read_bytes()


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_provenance_has_the_hashes_of_the_file(name: str) -> None:
    snapshot = read_snapshot(name, ROOT / "data" / "raw" / name)

    assert not snapshot.changed
    assert snapshot.provenance.sha256_bytes == snapshot.sha256_bytes
    assert snapshot.content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in snapshot.content


@pytest.mark.parametrize("name", HEADINGS)
def test_estimates_say_that_they_are_estimates(name: str) -> None:
    held = read_snapshot(name, ESTIMATES / f"{name}.csv").provenance

    assert held.origin == "estimat"
    assert held.vintage == "modell, 2020-struktur"
    assert held.title.endswith("(anslag)")
    assert held.notes[0].startswith("Anslag, ikke statistikk")


@pytest.mark.parametrize("name", HEADINGS)
def test_headings(name: str) -> None:
    assert rows(name)[0] == HEADINGS[name]


@pytest.mark.parametrize("name", BY_BYDEL)
def test_bydeler_stand_in_their_order_before_oslo(name: str) -> None:
    unknown = (UNKNOWN,) if name in WITH_UNKNOWN else ()

    assert tuple(row[0] for row in rows(name)[1:]) == (*NAMES, *unknown, OSLO)


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("tabell-13", "personer"),
        ("tabell-15", "uten barn"),
        ("tabell-15", "med barn"),
        ("figur-32", "kommunale boliger"),
    ],
)
def test_parts_sum_to_oslo(name: str, heading: str) -> None:
    numbers = column(name, heading)
    oslo = numbers.pop(OSLO)

    assert sum(numbers.values()) == oslo


@pytest.mark.parametrize("name", ["figur-18", "figur-19"])
def test_all_delbydeler_are_listed_by_code_and_name(name: str) -> None:
    listed = [f"{code} {area}" for code, area, _ in rows(name)[1:] if len(code) == 4]

    assert listed == [f"{code} {area}" for code, area in CURRENT.items()]
    assert all(region_of(code, "oslo-delbydel").name == area for code, area, _ in rows(name)[1:])


def test_figur_19_has_each_bydel_above_its_delbydeler() -> None:
    codes = [code for code, _, _ in rows("figur-19")[1:]]

    assert codes == sorted(codes)
    assert [region_of(code, "oslo-delbydel").name for code in codes if len(code) == 2] == [*NAMES]


def test_nothing_is_said_of_children_where_hardly_any_live() -> None:
    assert [code for code, _, cell in rows("figur-19") if cell == MISSING] == ["1601", "1701"]
    assert not [code for code, _, cell in rows("figur-18") if cell == MISSING]


def test_only_the_loans_that_the_report_speaks_of_have_a_number() -> None:
    assert column("figur-26", "startlån (antall)") == {"Ullern": 7, "Grorud": 61, OSLO: 559}


@pytest.mark.parametrize("name", ["tabell-14", "tabell-16", "figur-18", "figur-19"])
def test_shares_have_one_decimal(name: str) -> None:
    first = 2 if name.startswith("figur") else 1
    cells = [cell for row in rows(name)[1:] for cell in row[first:] if cell != MISSING]

    assert all(len(cell.partition(",")[2]) == 1 for cell in cells)
    assert all(0 < float(cell.replace(",", ".")) < 50 for cell in cells)


@pytest.mark.parametrize("bydel", NAMES)
def test_shares_follow_from_the_numbers(bydel: str) -> None:
    without = column("tabell-15", "uten barn")[bydel]
    families = column("tabell-15", "med barn")[bydel]
    held = base()
    expected = {
        ("tabell-14", "personer (prosent)"): column("tabell-13", "personer")[bydel]
        / held.persons[bydel],
        ("tabell-14", "husholdninger (prosent)"): (without + families)
        / (held.without[bydel] + held.families[bydel]),
        ("tabell-16", "uten barn (prosent)"): without / held.without[bydel],
        ("tabell-16", "med barn (prosent)"): families / held.families[bydel],
    }

    for (name, heading), part in expected.items():
        assert column(name, heading)[bydel] == pytest.approx(100 * part, abs=0.0501)


def test_inputs_agree_with_their_own_totals() -> None:
    areas = inputs().areas

    assert len(areas) == 99
    assert sum(area.households for area in areas) == 348865
    assert sum(area.low for area in areas) == 43140
    assert sum(area.families for area in areas) == 77113
    assert sum(area.low_families for area in areas) == 8446
    assert sum(inputs().population.values()) == 693494
    assert sum(inputs().allowance.values()) == 16057
    assert sum(inputs().children.values()) == 145534
