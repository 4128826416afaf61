import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.downloads.archive import unzipped
from kunnskapsgrunnlag.publish.downloads.bundle import bundle
from kunnskapsgrunnlag.publish.downloads.datapackage import licences
from kunnskapsgrunnlag.publish.downloads.table import ItemPart
from kunnskapsgrunnlag.publish.downloads.workbook import workbook
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.standing import Standing
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import measure_of, value_of
from tests.publish.downloads.parts import EDITION, STANDING, part_of, real_parts, source_of, zip_of

NAME = re.compile(r"[a-z0-9._-]+")
OPEN_DEFINITION = re.compile(r"[-a-zA-Z0-9._]+")


@pytest.fixture(scope="module")
def files(
    catalog: Catalog, real_values: dict[str, list[Value]], receipts: dict[str, Receipt]
) -> dict[str, bytes]:
    parts = real_parts(catalog, real_values, receipts)
    return unzipped(bundle(catalog.edition, parts, b"bok", {"figurer/a.svg": b"<svg/>"}, STANDING))


@pytest.fixture(scope="module")
def package(files: dict[str, bytes]) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(files["datapackage.json"])
    return held


def described(part: ItemPart) -> dict[str, Any]:
    held = json.loads(unzipped(zip_of(part))["datapackage.json"])
    resource: dict[str, Any] = held["resources"][0]
    return resource


def rows_of(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_every_file_has_its_sum(files: dict[str, bytes]) -> None:
    listed = dict(
        line.split("  ")[::-1] for line in files["SHA256SUMS"].decode("utf-8").splitlines()
    )

    assert listed == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != "SHA256SUMS"
    }
    assert {"LESMEG.txt", "kunnskapsgrunnlag-2026.xlsx", "figurer/a.svg"} <= set(listed)


def test_the_description_keeps_the_rules_of_a_data_package(package: dict[str, Any]) -> None:
    names = [resource["name"] for resource in package["resources"]]

    assert NAME.fullmatch(package["name"])
    assert len(set(names)) == len(names) > 20
    assert all(NAME.fullmatch(name) for name in names)
    assert package["contributors"] == [
        {"title": "Velferdsetaten, Oslo kommune", "roles": ["publisher"]}
    ]
    for held in (package, *package["resources"]):
        assert held["licenses"]
        assert all(OPEN_DEFINITION.fullmatch(licence["name"]) for licence in held["licenses"])
    for resource in package["resources"]:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert set(resource["schema"]["primaryKey"]) <= set(fields)
        assert {f["type"] for f in resource["schema"]["fields"]} <= {"string", "number", "year"}
        assert all(source["title"] for source in resource["sources"])


def test_the_description_is_true_of_the_files(
    files: dict[str, bytes], package: dict[str, Any]
) -> None:
    for resource in package["resources"]:
        content = files[resource["path"]]
        found = rows_of(content)

        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert [f["name"] for f in resource["schema"]["fields"]] == list(found[0])
        for field in resource["schema"]["fields"]:
            cells = [row[field["name"]] for row in found]
            missing = field.get("missingValues", resource["schema"]["missingValues"])
            check(field, [cell for cell in cells if cell not in missing])
            if field.get("constraints", {}).get("required"):
                assert not set(cells) & set(missing)
        keys = [tuple(row[k] for k in resource["schema"]["primaryKey"]) for row in found]
        assert len(set(keys)) == len(keys)


def check(field: dict[str, Any], cells: list[str]) -> None:
    """The cells are of the field's type."""
    if field["type"] == "number":
        assert field["decimalChar"] == ","
        assert all(re.fullmatch(r"-?\d+(,\d+)?", cell) for cell in cells), field["name"]
    if field["type"] == "year":
        assert all(re.fullmatch(r"\d{4}", cell) for cell in cells)
    if "enum" in field.get("constraints", {}):
        assert set(cells) <= set(field["constraints"]["enum"])


def test_a_field_says_unit_type_and_missing_signs() -> None:
    found = [
        value_of("tabell-1/belop/2020", "7,9", 7.9, year=2020),
        value_of("tabell-1/belop/2021", "..", None, year=2021),
    ]
    measures = {"belop": measure_of(title="Beløp", unit="mill. kr", formula="sum / 1 000 000")}

    fields = described(part_of(*found, measures=measures))["schema"]["fields"]

    assert fields[1] == {
        "name": "Beløp (mill. kr)",
        "title": "Beløp (mill. kr)",
        "type": "number",
        "decimalChar": ",",
        "missingValues": ["", ".."],
        "unit": "mill. kr",
        "description": "sum / 1 000 000",
    }
    assert fields[0]["constraints"] == {"required": True}


def test_a_resource_says_origin_and_source() -> None:
    record = value_of("tabell-1/belop/2020", "1", 1.0, year=2020, origin="estimat")

    resource = described(part_of(record, source=source_of(url="https://a.no/")))

    assert (resource["title"], resource["origin"]) == ("Tabell 1: Tittel (estimat)", "estimat")
    assert resource["sources"] == [
        {
            "title": "Eier: Tabellen",
            "version": "2022",
            "origin": "trykt",
            "licence": "NLOD 2.0",
            "sha256": "0" * 64,
            "path": "https://a.no/",
        }
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("CC BY 4.0", ["CC-BY-4.0"]),
        ("NLOD 2.0 og CC BY 4.0, som kildene", ["CC-BY-4.0", "NLOD-2.0"]),
        ("ikke oppgitt; enkelttall gjengitt med kilde", ["notspecified"]),
        ("lover er uten opphavsrett (åndsverkloven § 14)", ["other-pd"]),
        ("Egen avtale", ["egen-avtale"]),
    ],
)
def test_a_licence_keeps_its_words(words: str, names: list[str]) -> None:
    found = licences([words])
    assert [licence["name"] for licence in found] == names
    assert {licence["title"] for licence in found} == {words}


def test_the_store_has_every_number_of_the_report(
    files: dict[str, bytes], real_values: dict[str, list[Value]]
) -> None:
    found = {row["Adresse"]: row for row in rows_of(files["csv/verdier.csv"])}
    wanted = {r.address: r for held in real_values.values() for r in held}

    assert found.keys() == wanted.keys()
    for address, record in wanted.items():
        exact, text = found[address]["Tall uten avrunding"], found[address]["Tekst"]
        if record.value is None:
            assert (exact, text) == ("", record.text)
        else:
            assert (float(exact.replace(",", ".")), text) == (record.value, "")


def test_the_same_numbers_give_the_same_bytes() -> None:
    first, second = (zip_of(part_of(), b=b"2", a=b"1") for _ in "ab")
    other = zip_of(part_of(), a=b"1", b=b"2")
    assert first == second == other


def test_the_frictionless_library_finds_no_fault(files: dict[str, bytes], tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["name", "note", "message"]) == []
    assert report.stats["tasks"] > 20


def test_package_workbook_and_readme_say_how_new_the_numbers_are_and_that_it_is_a_draft() -> None:
    standing = Standing("2022", 2025, "vanskeligstilte", 2020, estimated=1, numbered=2)
    ages, draft = "Nyeste tall 2025; vanskeligstilte 2020.", "Utkast: 1 av 2 figurer og tabeller"

    files = unzipped(bundle(EDITION, [part_of()], b"", {}, standing))

    for name in ("datapackage.json", "LESMEG.txt"):
        text = files[name].decode("utf-8")
        assert ages in text
        assert draft in text
    content = workbook(EDITION, "Tabell 1", [part_of()], standing)
    cover = load_workbook(io.BytesIO(content))["Forside"]
    said = " ".join(str(cell) for row in cover.values for cell in row)
    assert ages in said
    assert draft in said
