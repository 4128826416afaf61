"""Writes what the site has for programs, when its pages and downloads are in place."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kunnskapsgrunnlag.base.escape import esc
from kunnskapsgrunnlag.base.io import json_bytes
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.editions.diff import EditionDiff
from kunnskapsgrunnlag.publish.downloads.archive import unzipped
from kunnskapsgrunnlag.publish.downloads.bundle import DESCRIPTION, STORE, package_name
from kunnskapsgrunnlag.publish.downloads.datapackage import Descriptor
from kunnskapsgrunnlag.publish.downloads.numbers_json import FOLDER, SCHEMA, data_path
from kunnskapsgrunnlag.publish.downloads.write import WHOLE, Download
from kunnskapsgrunnlag.publish.fragments import item_page
from kunnskapsgrunnlag.publish.machine.datasets import DCAT, DataSet, dcat
from kunnskapsgrunnlag.publish.machine.feed import FEED, atom
from kunnskapsgrunnlag.publish.machine.texts import FOR_MODELS, PLAIN, for_models, plain_text
from kunnskapsgrunnlag.publish.profiles.areas import item_key
from kunnskapsgrunnlag.report import Report

INDEX, SITE_MAP = f"{FOLDER}/index.json", "sitemap.xml"
ENGLISH = "en.html"
FILES = {
    INDEX: "Register over alle filene med tall (JSON)",
    DESCRIPTION: "Beskrivelse av CSV-filene (Data Package 2.0)",
    DCAT: "Beskrivelse for datakataloger (DCAT-AP-NO)",
    FEED: "Endringer og rettelser (Atom)",
    PLAIN: "Hele rapporten som ren tekst",
    FOR_MODELS: "Veiviser for språkmodeller",
}
# Pages that no search engine is sent to: machinery, frames for other sites, the search itself.
UNLISTED = re.compile(r"(kontrollark|sporing|utgaver)/|-ramme\.html$|(sok|utforsk)\.html$")


def item_dataset(report: Report, key: str, files: Iterable[Download]) -> DataSet:
    """What the data set of an item is."""
    item, result = report.catalog.items[key], report.results[key]
    shown = [measure for measure in item.measures.values() if measure.show]
    years = report.store.years.get(key)
    return DataSet(
        f"{item.label}: {item.title}",
        f"{report.book.finding(key)}. {item.subtitle}",
        item_page(key),
        list(files),
        list(result.sources.values()),
        (years[0], years[1]) if years else None,
        [(f"{m.group}: {m.title}" if m.group else m.title, m.unit) for m in shown],
    )


def item_files(site: Path, key: str) -> list[Download]:
    """What readers and programs can take of an item."""
    paths = [*(site / "items" / key).glob("*"), *(site / FOLDER).glob(f"{key}.json")]
    return [
        Download(path.relative_to(site).as_posix(), path.stat().st_size)
        for path in sorted(paths, key=lambda path: path.suffix)
    ]


def write_machine(report: Report, target: Project, diff: EditionDiff | None) -> None:
    """Write all of it below the site's folder."""
    site, catalog = target.site, report.catalog
    edition = catalog.edition
    for path in sorted((report.project.root / "assets" / FOLDER).glob("*.json")):
        shutil.copyfile(path, site / FOLDER / path.name)
    whole = site / WHOLE / f"{package_name(edition)}.zip"
    package = unzipped(whole.read_bytes())
    (site / FOLDER / f"{STORE}.csv").write_bytes(package[f"csv/{STORE}.csv"])
    described = on_site(json.loads(package[DESCRIPTION]), edition)
    (site / DESCRIPTION).write_bytes(json_bytes(described))
    sets = {key: item_dataset(report, key, item_files(site, key)) for key in catalog.numbered}
    (site / INDEX).write_bytes(json_bytes(_index(report, sets)))
    zipped = [
        Download(path.relative_to(site).as_posix(), path.stat().st_size)
        for path in (whole, whole.with_suffix(".xlsx"), site / INDEX)
    ]
    book = DataSet(
        edition.title,
        f"Alle tallene i rapporten. {edition.subtitle}",
        "index.html",
        zipped,
        list(report.receipts.values()),
        _span(one.years for one in sets.values()),
    )
    catalogue = dcat(edition, report.page_standing, book, list(sets.values()))
    text = json.dumps(catalogue, ensure_ascii=False)
    (site / DCAT).write_bytes(text.encode("utf-8"))
    (site / FEED).write_bytes(atom(edition, report.page_standing, diff, report.errata))
    tables = {key: _text(site / f"items/{key}/{key}.csv") for key in catalog.items}
    (site / PLAIN).write_bytes(plain_text(report, tables).encode("utf-8"))
    (site / FOR_MODELS).write_bytes(for_models(report, FILES).encode("utf-8"))
    if edition.address:
        (site / SITE_MAP).write_bytes(site_map(edition, site).encode("utf-8"))
    # Last: no search engine is sent to a page that only leads on.
    for old, new in _redirects(report):
        (site / old).parent.mkdir(parents=True, exist_ok=True)
        (site / old).write_bytes(redirect(old, new).encode("utf-8"))


def on_site(package: Descriptor, edition: Edition) -> Descriptor:
    """The data package of the zip, with the paths that its files have in the site."""
    for resource in package["resources"]:
        resource["path"] = _on_site(resource["name"])
    return package | ({"homepage": edition.address} if edition.address else {})


def _on_site(name: str) -> str:
    if name == STORE:
        return f"{FOLDER}/{name}.csv"
    return f"{WHOLE}/{name}.csv" if name.startswith("profiler-") else f"items/{name}/{name}.csv"


def _index(report: Report, sets: Mapping[str, DataSet]) -> dict[str, object]:
    catalog, standing = report.catalog, report.page_standing
    edition = catalog.edition
    files: list[dict[str, object]] = []
    for key, own in sets.items():
        item, values = catalog.items[key], report.results[key].values
        files.append(
            {
                "key": key,
                "title": own.title,
                "finding": report.book.finding(key),
                "subtitle": item.subtitle,
                "page": own.page,
                "numbers": len(values),
                "years": list(own.years or ()),
                "origins": sorted({value.origin for value in values}),
                "licences": [one["name"] for one in own.licences],
                "files": {f.path.rpartition(".")[2]: f.path for f in own.files},
            }
        )
    levels = {
        item_key(key): {"title": level.title, "page": f"{level.folder}.html"}
        for key, level in catalog.profiles.items()
    }
    return {
        "$schema": "index.schema.json",
        "title": edition.title,
        "edition": edition.key,
        "edition_date": edition.date,
        "draft": standing.draft,
        "publisher": edition.owner,
        "contact": edition.contact,
        "address": edition.address,
        "numbers_schema": SCHEMA,
        "other": {path: words for path, words in FILES.items() if path != INDEX},
        "items": files,
        "profiles": {key: words | {"json": data_path(key)} for key, words in levels.items()},
        "moved": catalog.moved,
    }


def _span(spans: Iterable[tuple[int, int] | None]) -> tuple[int, int] | None:
    years = [year for span in spans if span for year in span]
    return (min(years), max(years)) if years else None


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _redirects(report: Report) -> Iterator[tuple[str, str]]:
    """Old path -> the one that it has now: items by another number, and short names."""
    for old, new in report.catalog.moved.items():
        for form in (item_page, lambda key: f"sporing/{key}.html"):
            yield form(old), form(new)
    english = [c.html for c in report.catalog.chapters.values() if c.language == "en"]
    yield from ((ENGLISH, page) for page in english[:1])


def redirect(old: str, new: str) -> str:
    """A page that leads on, without a script and from a folder too."""
    to = esc("../" * old.count("/") + new)
    language, title, way = ("nb", "Siden er flyttet", "Gå til siden")
    if old == ENGLISH:
        language, title, way = ("en", "English summary", "Go to the page")
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        '<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n'
        f'<link rel="canonical" href="{to}">\n<title>{title}</title>\n</head>\n'
        f'<body>\n<main><h1>{title}</h1>\n<p><a href="{to}">{way}</a></p></main>\n'
        "</body>\n</html>\n"
    )


def site_map(edition: Edition, site: Path) -> str:
    """The pages that search engines are sent to; only a site with an address has one."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    urls = "".join(
        f"<url><loc>{esc(edition.url(page))}</loc><lastmod>{edition.date}</lastmod></url>\n"
        for page in pages
        if not UNLISTED.search(page)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )
