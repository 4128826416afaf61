"""What the site holds besides the chapters: traces, control sheets, downloads, styles and fonts."""

from __future__ import annotations

import json
import re
import shutil
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.escape import esc
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.book.usages import Use
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.reading import diff_of_build
from kunnskapsgrunnlag.publish.downloads.changes import as_csv, file_name
from kunnskapsgrunnlag.publish.downloads.write import WHOLE, copy_downloads
from kunnskapsgrunnlag.publish.fragments import CLAIMS_PAGE, anchor_of
from kunnskapsgrunnlag.publish.machine.write import write_machine
from kunnskapsgrunnlag.publish.site import pages
from kunnskapsgrunnlag.publish.site.claims_page import claims_page
from kunnskapsgrunnlag.publish.site.page_layout import Page, Shell
from kunnskapsgrunnlag.publish.site.profile_pages import write_profiles
from kunnskapsgrunnlag.publish.trace_page import (
    TracedMeasure,
    TracePage,
    trace_html,
    trace_script,
)
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.tables import dim_label


def finish(report: Report, target: Project, engine: str) -> None:
    """Add to the rendered chapters all that belongs to both engines' site.

    Args:
        target: The checkout with the folder that the site is made in.
    """
    catalog = report.catalog
    for chapter in catalog.chapters.values():
        if not (target.site / chapter.html).is_file():
            raise KgError(f"{engine}: {chapter.file} gave no page {chapter.html}.")
    _copy_assets(target)
    note = json.dumps({"engine": engine, "edition": catalog.edition.key}) + "\n"
    (target.site / "engine.json").write_bytes(note.encode("utf-8"))
    shell = Shell(report, target)
    copy_downloads(target.downloads, target.site)
    diff = diff_of_build(report)
    if diff:
        path = target.site / WHOLE / file_name(diff)
        path.write_bytes(as_csv(diff, Names(catalog)))
    for key, item in catalog.items.items():
        _copy_drawing(target, key)
        label = item.label.lower()
        trail = pages.trail(shell, key)
        page = _trace_page(shell, report.results[key])
        body = trace_html(shell.templates, page)
        shell.write(Page(f"sporing/{key}.html", f"Sporing: {label}", body, trail=trail))
        (target.site / "sporing" / f"{key}.js").write_bytes(trace_script(key, page))
        body = _sheet(target, key, label)
        shell.write(Page(f"kontrollark/{key}.html", f"Kontrollark: {label}", body, trail=trail))
    write_profiles(shell)
    shell.write(claims_page(shell))
    pages.write_pages(shell)
    write_machine(report, target, diff)


def _copy_assets(project: Project) -> None:
    for folder, endings in (("site", {".css", ".js"}), ("fonts", {".woff2", ".txt"})):
        target = project.site / "assets" / folder
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted((project.root / "assets" / folder).iterdir()):
            if path.suffix in endings:
                shutil.copyfile(path, target / path.name)


def _copy_drawing(project: Project, key: str) -> None:
    target = project.site / "items" / key
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(project.item(key) / f"{key}.svg", target / f"{key}.svg")


def _trace_page(shell: Shell, result: ItemResult) -> TracePage:
    report, item = shell.report, shell.catalog.items[result.item]
    label, chapter = item.label.lower(), report.book.targets[result.item][1]
    measures = [
        TracedMeasure(
            f"{m.group}: {m.title.lower()}" if m.group else m.title,
            m.unit,
            m.formula,
            [value for value in result.values if value.measure == name],
        )
        for name, m in item.measures.items()
    ]
    return TracePage(
        name=f"{item.label}: {item.title}",
        heading=f"Spor tallene: {label}",
        intro=Markup(
            '{}. {}. <a href="../{}#{}">Til {} i teksten</a>. '
            '<a href="../kontrollark/{}.html">Kontrollark</a>.'
        ).format(item.title, item.subtitle, chapter, result.item, label, result.item),
        measures=measures,
        cells=result.cells,
        sources=result.sources,
        anchor=lambda value: anchor_of(value.address),
        place=lambda value: ", ".join(dim_label(item, d, value.key(d)) for d in item.dims),
        printed=report.printed_texts,
        uses={v.address: _use_links(report, report.uses.get(v.address, [])) for v in result.values},
    )


def _use_links(report: Report, uses: list[Use]) -> list[tuple[str, str]]:
    """Words and link of each place that rests on a number; a place that is named twice, once."""
    book, results = report.book, report.claims
    pages = {chapter.file: chapter for chapter in book.catalog.chapters.values()}
    links: dict[tuple[str, str], None] = {}
    for use in uses:
        if use.kind != "tall":
            is_claim = use.kind == "pastand"
            judged = (results.claims if is_claim else results.words)[use.name].words
            # A claim that stands in no chapter is not on the page of claims either.
            if use.file:
                links[judged, f"{CLAIMS_PAGE}#{use.kind}-{use.name}"] = None
            continue
        words = (
            book.targets[use.heading][0] if use.heading in book.targets else pages[use.file].title
        )
        links[words, f"{pages[use.file].html}#{use.heading}".rstrip("#")] = None
    return list(links)


def _sheet(project: Project, key: str, label: str) -> str:
    """An executed control sheet as HTML; code is folded away."""
    notebook = json.loads((project.item(key) / f"{key}.ipynb").read_text(encoding="utf-8"))
    markdown = MarkdownIt()
    parts = [f"<h1>Kontrollark: {label}</h1>"]
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(markdown.render(source.removeprefix("# Kontrollark\n")))
            continue
        parts.append(f"<details><summary>Kode</summary><pre>{esc(source)}</pre></details>")
        parts += [_output(output) for output in cell["outputs"]]
    return "\n".join(parts)


def _output(output: dict[str, Any]) -> str:
    data = output.get("data", {})
    if "text/html" in data:
        # Wide tables scroll in a frame of their own, and never push the page wider.
        frame = '<div class="kg-ramme" tabindex="0" role="group" aria-label="Tabell">'
        words = "".join(data["text/html"])
        return re.sub(r"<table>.*?</table>", rf"{frame}\g<0></div>", words, flags=re.S)
    if "text/plain" in data:
        return f"<pre>{esc(''.join(data['text/plain']))}</pre>"
    return f"<pre>{esc(''.join(output.get('text', [])))}</pre>" if output.get("text") else ""
