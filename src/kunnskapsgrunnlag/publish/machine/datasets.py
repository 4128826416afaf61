"""An item or the whole report as a data set: for search engines, and for data.norge.no.

schema.org's `Dataset` stands in the item's page; `dcat.jsonld` follows DCAT-AP-NO 3. While the
catalogue has no address for the site, both say paths from the site's root.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.publish.downloads.datapackage import Descriptor, licences
from kunnskapsgrunnlag.publish.downloads.write import Download
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.standing import Standing

Node = dict[str, object]
DCAT = "data/dcat.jsonld"
AUTHORITY = "http://publications.europa.eu/resource/authority"
ORGANISATIONS = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations"
# Ending -> media type, and what EU's list of file types calls it.
FORMATS = {
    "csv": ("text/csv", "CSV"),
    "json": ("application/json", "JSON"),
    "svg": ("image/svg+xml", "SVG"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "zip": ("application/zip", "ZIP"),
}
# The identifiers of the Open Definition -> EU's list of licences.
LICENCES = {"CC-BY-4.0": "CC_BY_4_0", "NLOD-2.0": "NLOD_2_0"}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class DataSet:
    """What is described.

    Attributes:
        page: Its page in the site.
        years: The first and the last year of its numbers, if they have years.
        measures: Title and unit of each measure.
    """

    title: str
    description: str
    page: str
    files: Sequence[Download]
    sources: Sequence[Receipt]
    years: tuple[int, int] | None = None
    measures: Sequence[tuple[str, str]] = ()

    @property
    def licences(self) -> list[Descriptor]:
        """Each licence of its sources once."""
        named = {one["name"]: one for one in licences(source.licence for source in self.sources)}
        return list(named.values())


def schema_org(edition: Edition, standing: Standing, own: DataSet) -> Node:
    """A data set as search engines read it."""
    publisher = {"@type": "GovernmentOrganization", "name": edition.owner}
    node: Node = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": edition.url(own.page),
        "url": edition.url(own.page),
        "name": own.title,
        "description": _sentences(own.description, standing.label, standing.draft),
        "inLanguage": "nb",
        "version": edition.key,
        "dateModified": edition.date,
        "creator": publisher,
        "publisher": publisher,
        "isAccessibleForFree": True,
        "license": [str(one.get("path") or one["title"]) for one in own.licences],
        "spatialCoverage": {"@type": "Place", "name": "Oslo"},
        "variableMeasured": [
            {"@type": "PropertyValue", "name": title, "unitText": unit}
            for title, unit in own.measures
        ],
        "isBasedOn": [
            {"@type": "Dataset", "name": f"{s.owner}: {s.title}", "description": s.vintage}
            | ({"url": s.url} if s.url else {})
            for s in own.sources
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": FORMATS[ending][0],
                "contentUrl": edition.url(file.path),
                "contentSize": f"{file.size} B",
            }
            for file, ending in _described(own.files)
        ],
        "isPartOf": {"@type": "Report", "name": edition.title, "url": edition.url("index.html")},
    }
    if own.years:
        node["temporalCoverage"] = "/".join(map(str, own.years))
    return node


def dcat(edition: Edition, standing: Standing, whole: DataSet, parts: Sequence[DataSet]) -> Node:
    """A catalogue of the report and of each table and figure (DCAT-AP-NO 3)."""
    publisher: Node = {
        "@id": edition.url(f"{DCAT}#utgiver"),
        "@type": "foaf:Agent",
        "foaf:name": _norwegian(edition.owner),
    }
    if edition.organisation:
        publisher |= {"@id": f"{ORGANISATIONS}/{edition.organisation}"}
        publisher |= {"dct:identifier": edition.organisation}
    contact: Node = {
        "@id": edition.url(f"{DCAT}#kontakt"),
        "@type": "vcard:Organization",
        "vcard:fn": _norwegian(edition.owner),
    }
    if edition.contact:
        contact["vcard:hasEmail"] = {"@id": f"mailto:{edition.contact}"}
    identifier = edition.url(f"{DCAT}#katalog")
    common: Node = {
        "dct:publisher": {"@id": publisher["@id"]},
        "dcat:contactPoint": {"@id": contact["@id"]},
    }
    described = [_dataset(edition, standing, own, common) for own in (whole, *parts)]
    return {
        "@context": CONTEXT,
        "@id": identifier,
        "@type": "dcat:Catalog",
        "dct:identifier": identifier,
        "dct:title": _norwegian(f"Tallene i {edition.title}"),
        "dct:description": _norwegian(_sentences(edition.subtitle, standing.label, standing.draft)),
        "dct:publisher": publisher,
        "dcat:contactPoint": contact,
        "dct:language": {"@id": f"{AUTHORITY}/language/NOB"},
        "dct:modified": _date(edition.date),
        "dcat:themeTaxonomy": {"@id": f"{AUTHORITY}/data-theme"},
        "foaf:homepage": {"@id": edition.url("index.html"), "@type": "foaf:Document"},
        "dcat:dataset": described,
    }


def _dataset(edition: Edition, standing: Standing, own: DataSet, common: Node) -> Node:
    identifier = edition.url(f"{own.page}#data")
    node: Node = {
        "@id": identifier,
        "@type": "dcat:Dataset",
        "dct:identifier": identifier,
        "dct:title": _norwegian(own.title),
        "dct:description": _norwegian(_sentences(own.description, standing.draft)),
        **common,
        "dcat:theme": {"@id": f"{AUTHORITY}/data-theme/SOCI"},
        "dct:accessRights": {"@id": f"{AUTHORITY}/access-right/PUBLIC"},
        "dct:language": {"@id": f"{AUTHORITY}/language/NOB"},
        "dct:modified": _date(edition.date),
        "dcat:landingPage": {"@id": edition.url(own.page), "@type": "foaf:Document"},
        "dcat:distribution": [
            _distribution(edition, own, file, ending) for file, ending in _described(own.files)
        ],
    }
    if own.years:
        node["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(f"{own.years[0]}-01-01"),
            "dcat:endDate": _date(f"{own.years[1]}-12-31"),
        }
    return node


def _distribution(edition: Edition, own: DataSet, file: Download, ending: str) -> Node:
    media, kind = FORMATS[ending]
    node: Node = {
        "@id": edition.url(file.path),
        "@type": "dcat:Distribution",
        "dct:title": _norwegian(f"{own.title} ({kind})"),
        "dcat:accessURL": {"@id": edition.url(own.page)},
        "dcat:downloadURL": {"@id": edition.url(file.path)},
        "dct:format": {"@id": f"{AUTHORITY}/file-type/{kind}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
    }
    names = [one["name"] for one in own.licences]
    if len(names) == 1 and names[0] in LICENCES:
        node["dct:license"] = {"@id": f"{AUTHORITY}/licence/{LICENCES[names[0]]}"}
    else:
        words = "; ".join(dict.fromkeys(f"{s.owner}: {s.licence}" for s in own.sources))
        node["dct:rights"] = {
            "@type": "dct:RightsStatement",
            "rdfs:label": _norwegian(f"Hver kilde har sin lisens. {words}"),
        }
    return node


def _described(files: Iterable[Download]) -> list[tuple[Download, str]]:
    pairs = [(file, file.path.rpartition(".")[2]) for file in files]
    return [(file, ending) for file, ending in pairs if ending in FORMATS]


def _sentences(*words: str) -> str:
    return " ".join(f"{one.rstrip('.')}." for one in words if one)


def _norwegian(words: str) -> Node:
    return {"@value": words, "@language": "nb"}


def _date(day: str) -> Node:
    return {"@value": day, "@type": "xsd:date"}
