"""The embedded engine's HTML: pandoc from its wheel, our page around it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.book.marks import Heading, Text
from kunnskapsgrunnlag.publish.lists.generated_lists import generated
from kunnskapsgrunnlag.publish.lists.pandoc_ast import headings, pandoc
from kunnskapsgrunnlag.publish.prepare import data_path
from kunnskapsgrunnlag.publish.site.page_layout import FRONT, MAP_STYLE, Page, Shell, TocEntry
from kunnskapsgrunnlag.report import Report


def run_pandoc(project: Project, text: str, *arguments: str) -> str:
    """Run pandoc with the project's filter on a text, and return what it writes."""
    return pandoc(
        text,
        "--from=markdown",
        "--wrap=none",
        f"--lua-filter={project.root / 'filters' / 'kg.lua'}",
        "--fail-if-warnings",
        *arguments,
        cwd=project.root,
        # In the plain C locale pandoc cannot open a file below a folder whose name has an «ø».
        env=os.environ | {"KG_ROOT": str(project.root), "LC_ALL": "C.UTF-8"},
    )


def render_pages(report: Report, project: Project) -> None:
    """Render each chapter to its page; a chapter that has not changed comes from the cache."""
    shell, texts = Shell(report, project), report.book.texts
    common = _common_hash(project)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        bodies = list(pool.map(lambda text: _body(project, text, common), texts))
    for text, body in zip(texts, bodies, strict=True):
        path = report.catalog.chapters[text.key].html
        title = text.headings[0].words
        # The front page shows what there is, and lists it nowhere.
        toc = [] if path == FRONT else [*_contents(report, text)]
        styles = (MAP_STYLE,) if 'class="kg-kart' in body else ()
        shell.write(Page(path, title, body, toc, text.key, styles=styles, language=text.language))


def _contents(report: Report, text: Text) -> Iterator[TocEntry]:
    """The headings of a chapter and its lists below its title, and its figures and tables."""
    for level, entry in text.outline():
        if isinstance(entry, Heading):
            if 1 < level < 4:
                yield TocEntry(level, entry.number, entry.words, entry.id)
        elif entry.kind == "item":
            key = entry.attributes.pairs["key"]
            label = report.catalog.items[key].label
            yield TocEntry(level, label, report.book.finding(key), key, is_item=True)
        else:
            for words, identifier in headings(generated(report)[entry.attributes.pairs["navn"]]):
                yield TocEntry(2, "", words, identifier)


def _common_hash(project: Project) -> bytes:
    parts = [data_path(project), project.root / "filters" / "kg.lua", Path(__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in parts)).digest()


def _body(project: Project, text: Text, common: bytes) -> str:
    name = sha256(common + text.content.encode("utf-8"))
    kept = project.cache / "html" / f"{name}.html"
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    try:
        body = run_pandoc(
            project, text.content, "--to=html5", "--section-divs", f"--metadata=kg-side:{text.file}"
        )
    except KgError as problem:
        raise KgError(f"{text.file}: {problem}") from None
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(body.encode("utf-8"))
    return body
