from collections.abc import Iterator
from typing import Any

import pytest

from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.publish.downloads.write import Download
from kunnskapsgrunnlag.publish.machine.datasets import DataSet, dcat, schema_org
from tests.publish.downloads.parts import EDITION, STANDING, source_of

ADDRESS = "https://eksempel.no/rapport"
PUBLISHED = EDITION.model_copy(
    update={"address": f"{ADDRESS}/", "contact": "post@eksempel.no", "organisation": "123456789"}
)
# What DCAT-AP-NO 3 makes mandatory, class by class.
MANDATORY = {
    "dcat:Catalog": (
        "dct:title dct:description dct:publisher dcat:contactPoint dct:identifier dcat:dataset"
    ),
    "dcat:Dataset": "dct:title dct:description dct:publisher dcat:contactPoint dcat:theme",
    "dcat:Distribution": "dcat:accessURL",
    "foaf:Agent": "foaf:name",
    "vcard:Organization": "vcard:fn",
}


def own(*licences: str) -> DataSet:
    files = [Download(f"items/figur-1/figur-1.{end}", 10) for end in ("csv", "svg", "pdf")]
    sources = [source_of(licence=licence) for licence in licences or ("NLOD 2.0",)]
    return DataSet(
        "Figur 1: Leie", "Leien øker", "figurer/figur-1.html", files, sources, (2016, 2025),
        [("Leie", "kr")],
    )  # fmt: skip


def nodes(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)


@pytest.mark.parametrize("edition", [EDITION, PUBLISHED], ids=["no address", "published"])
def test_every_class_has_what_the_standard_makes_mandatory(edition: Edition) -> None:
    seen = set()
    for node in nodes(dcat(edition, STANDING, own(), [own()])):
        for name in MANDATORY.get(str(node.get("@type")), "").split():
            assert node.get(name), (node["@type"], name)
        seen.add(node.get("@type"))
    assert seen >= {*MANDATORY}


def test_a_published_catalogue_has_only_whole_addresses_and_says_who_publishes() -> None:
    made = dcat(PUBLISHED, STANDING, own(), [own()])

    named = [node["@id"] for node in nodes(made) if "@id" in node]
    assert all(name.startswith(("https://", "http://", "mailto:")) for name in named)
    assert f"{ADDRESS}/items/figur-1/figur-1.csv" in named
    publishers = {node["dct:publisher"]["@id"] for node in nodes(made) if "dct:publisher" in node}
    assert [name.rpartition("/")[2] for name in publishers] == ["123456789"]


def test_titles_are_in_norwegian_and_dates_are_dates() -> None:
    for node in nodes(dcat(EDITION, STANDING, own(), [])):
        for name in ("dct:title", "dct:description", "foaf:name"):
            assert node.get(name, {}).get("@language", "nb") == "nb"
        for name in ("dct:modified", "dcat:startDate", "dcat:endDate"):
            assert node.get(name, {}).get("@type", "xsd:date") == "xsd:date"


@pytest.mark.parametrize(
    ("licences", "wanted"),
    [(("NLOD 2.0",), "NLOD_2_0"), (("CC BY 4.0", "NLOD 2.0"), ""), (("ikke oppgitt",), "")],
)
def test_a_licence_of_all_sources_is_said_and_a_mix_is_a_statement(
    licences: tuple[str, ...], wanted: str
) -> None:
    made = dcat(EDITION, STANDING, own(*licences), [])

    files = [node for node in nodes(made) if node.get("@type") == "dcat:Distribution"]
    assert len(files) == 2  # a PDF is no data
    for file in files:
        assert str(file.get("dct:license", {}).get("@id", "")).rpartition("/")[2] == wanted
        assert bool(wanted) != ("dct:rights" in file)


def test_the_statement_of_licences_has_each_owner_and_licence_once() -> None:
    made = dcat(EDITION, STANDING, own("CC BY 4.0", "NLOD 2.0", "CC BY 4.0"), [])

    (words, _) = (node["rdfs:label"]["@value"] for node in nodes(made) if "rdfs:label" in node)
    assert (words.count("CC BY 4.0"), words.count("NLOD 2.0")) == (1, 1)


def test_search_engines_get_name_licence_years_units_and_files() -> None:
    made = schema_org(PUBLISHED, STANDING, own())

    assert made["url"] == f"{ADDRESS}/figurer/figur-1.html"
    assert made["temporalCoverage"] == "2016/2025"
    assert made["license"] == ["https://data.norge.no/nlod/no/2.0"]
    assert [node["unitText"] for node in nodes(made) if "unitText" in node] == ["kr"]
    files = [node["encodingFormat"] for node in nodes(made) if "contentUrl" in node]
    assert files == ["text/csv", "image/svg+xml"]
