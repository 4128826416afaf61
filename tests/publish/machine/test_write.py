import json
import re
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.html_tree import read_html
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.publish.machine.write import redirect, site_map
from tests.checkout import Checkout
from tests.publish.downloads.parts import EDITION

SITE = "build/site/"
SMALL = {1, 2, 3}
COUNTED = {"personer", "husholdninger", "innbyggere", "barn"}


def test_index_and_numbers_have_the_form_that_their_schemas_say(mini: Checkout) -> None:
    files = list((mini.root / SITE / "data").glob("*.json"))
    schemas = {path.name: path for path in files if path.name.endswith(".schema.json")}

    for path in {*files} - {*schemas.values()}:
        content = json.loads(path.read_text(encoding="utf-8"))
        schema = json.loads(schemas[content["$schema"]].read_text(encoding="utf-8"))
        Draft202012Validator(schema).validate(content)
    index = mini.json(f"{SITE}data/index.json")
    assert {item["key"] for item in index["items"]} == {
        path.stem for path in files if re.match(r"(figur|tabell)-\d+\.json", path.name)
    }
    paths = [path for item in index["items"] for path in item["files"].values()]
    for path in [*paths, *index["other"], index["numbers_schema"]]:
        assert (mini.root / SITE / path).is_file(), path


def test_every_number_of_the_edition_has_its_file_and_no_count_is_one_to_three(
    built: Checkout,
) -> None:
    """That each says what the store says is the last stage's to check."""
    content = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in (built.root / SITE / "data").glob("*-*.json")
    }
    schema = Draft202012Validator(built.json("assets/data/numbers.schema.json"))
    for key, one in content.items():
        if key != "profil-bydel":  # twenty times as many of the same form
            schema.validate(one)
        for number in one["numbers"].values():
            assert number["unit"] not in COUNTED or number["value"] not in SMALL, number
    store = built.json("build/values.json")["values"]
    known = {n["address"] for one in content.values() for n in one["numbers"].values()}
    assert {*store} <= known


def test_the_site_s_own_data_package_is_valid(mini: Checkout) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(mini.root / SITE / "datapackage.json"))
    assert report.flatten(["name", "note", "message"]) == []
    assert report.stats["tasks"] == 7


def test_an_item_s_page_holds_its_data_set_and_its_policy_still_refuses_scripts(
    mini: Checkout,
) -> None:
    page = read_html(mini.read(f"{SITE}figurer/figur-27.html"))
    (held,) = page.xpath("//script[@type='application/ld+json']/text()")
    content = json.loads(held)

    assert content["@type"] == "Dataset"
    assert content["name"].startswith("Figur 27: ")
    for file in content["distribution"]:
        assert (mini.root / SITE / file["contentUrl"]).is_file()
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "unsafe" not in policy
    assert not page.xpath("//script[not(@src) and not(@type='application/ld+json')]")


def test_without_an_address_there_is_no_site_map(mini: Checkout) -> None:
    assert not (mini.root / SITE / "sitemap.xml").exists()


def test_a_site_map_has_the_pages_that_readers_look_for(mini: Checkout, tmp_path: Path) -> None:
    edition = EDITION.model_copy(update={"address": "https://eksempel.no/r"})
    for name in ("index.html", "sok.html", "figurer/figur-1.html", "figurer/figur-1-ramme.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    made = etree.fromstring(site_map(edition, tmp_path).encode())

    places = [node.text for node in made.iterfind("{*}url/{*}loc")]
    assert places == [
        "https://eksempel.no/r/figurer/figur-1.html",
        "https://eksempel.no/r/index.html",
    ]


def test_an_address_of_an_earlier_edition_leads_on() -> None:
    page = read_html(redirect("figurer/figur-41.html", "tabeller/tabell-6.html"))

    assert page.xpath("//meta[@http-equiv='refresh']/@content") == [
        "0; url=../tabeller/tabell-6.html"
    ]
    assert page.xpath("//a/@href") == ["../tabeller/tabell-6.html"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_the_summary_in_english_has_a_short_address_and_is_english_but_for_what_is_around_it(
    built: Checkout,
) -> None:
    leads = read_html(built.read(f"{SITE}en.html"))
    (to,) = leads.xpath("//a/@href")
    page = read_html(built.read(SITE + to))

    assert leads.xpath("/html/@lang") == page.xpath("/html/@lang") == ["en"]
    for part in ("header", "footer", "nav[@class='kg-meny']", "nav[@class='kg-sti']"):
        assert page.xpath(f"//{part}/@lang") == ["nb"], part
    numbers = page.xpath("//main//a[contains(@class, 'kg-tall')]/text()")
    assert len(numbers) > 20
    assert [n for n in numbers if "," in n]
    assert all(re.fullmatch(r"\d{1,3}(,\d{3})*(\.\d)?", number) for number in numbers), numbers
    marks = page.xpath("//main//a[contains(@class, 'kg-holder')]/@aria-label")
    assert {mark.partition(" ")[0] for mark in marks} == {"Compared", "Rests"}
    front = read_html(built.read(f"{SITE}index.html"))
    assert {*front.xpath("//footer//a[@lang='en']/@href")} == {to}
    assert front.xpath(f"//main//a[contains(@href, '{to}')]")


@pytest.mark.parametrize(
    ("moved", "words"),
    [("{figur-41: figur-99}", "figur-99"), ("{figur-27: figur-28}", "finnes fortsatt")],
)
def test_an_address_can_neither_lead_nowhere_nor_away_from_an_item(
    params_text: str, tmp_path: Path, moved: str, words: str
) -> None:
    path = tmp_path / "params.yaml"
    path.write_text(f"{params_text}\nmoved: {moved}\n", encoding="utf-8")
    with pytest.raises(KgError, match=words):
        read_catalog(path)


def test_the_moved_items_of_the_catalogue_get_pages(scratch: Checkout) -> None:
    text = scratch.read("params.yaml")
    scratch.write("params.yaml", f"{text}\nmoved: {{figur-41: figur-27}}\n")
    shutil.rmtree(scratch.root / "build/site")

    assert scratch.build().code == 0

    assert "figurer/figur-27.html" in scratch.read(f"{SITE}figurer/figur-41.html")
    assert scratch.json(f"{SITE}data/index.json")["moved"] == {"figur-41": "figur-27"}
