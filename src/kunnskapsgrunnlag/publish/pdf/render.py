"""The PDF: all chapters as one document, typeset by typst, tagged for PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Literal

import typst

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.marks import Text
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.engines import quarto
from kunnskapsgrunnlag.publish.engines.pandoc import run_pandoc
from kunnskapsgrunnlag.publish.pdf import matter
from kunnskapsgrunnlag.publish.pdf.tables import with_row_headers
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.standing import Standing

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
FONTS = Path("assets", "fonts")
HEADERS = ("items.typ", "matter.typ")
FLUSH = "```{=typst}\n#place.flush()\n```\n\n"
# Lists of the front page that the PDF has in a form of its own, with page numbers: name -> words.
ELSEWHERE = {
    "innhold": "Foran i rapporten står en [liste over figurer og tabeller](#figurer-og-tabeller).",
    "kilder-kort": "Se [Kilder og årganger](#kilder).",
}


def render(report: Report, engine: str) -> None:
    """Write build/kunnskapsgrunnlag.pdf."""
    document = report.project.render / "kunnskapsgrunnlag.md"
    document.parent.mkdir(parents=True, exist_ok=True)
    front = front_matter(report.catalog, report.standing) | {
        "colophon": matter.colophon(report, engine)
    }
    if engine == "quarto":
        # Not every version of Quarto looks for fonts from the project's root.
        front |= {
            "quarto": quarto.quarto_version(),
            "font-paths": [str(report.project.root / FONTS)],
        }
    document.write_bytes(combined(front, report.catalog, report.book).encode("utf-8"))
    report.project.pdf.parent.mkdir(parents=True, exist_ok=True)
    if engine == "quarto":
        quarto.render_typst(report.project, document, report.project.pdf)
    else:
        _embedded(report.project, document, report.catalog.edition.date)


def front_matter(catalog: Catalog, standing: Standing) -> dict[str, object]:
    """What the template is told of the edition."""
    edition = catalog.edition
    year, month, day = edition.date.split("-")
    return {
        "title": edition.title,
        "subtitle": edition.subtitle,
        "owner": edition.owner,
        "edition": edition.key,
        "label": standing.label,
        "draft": standing.draft,
        "lang": "nb-NO",
        "year": year,
        "month": str(int(month)),
        "day": str(int(day)),
    }


def combined(front: dict[str, object], catalog: Catalog, book: Book) -> str:
    """All chapters and the appendix as one Markdown document, the front matter at its head."""
    head = "\n".join(
        f"{name}: {json.dumps(words, ensure_ascii=False)}" for name, words in front.items()
    )
    bodies = [_chapter(catalog, text) for text in book.texts]
    return f"---\n{head}\n---\n\n" + "\n\n".join([*bodies, matter.APPENDIX])


def _chapter(catalog: Catalog, text: Text) -> str:
    """A chapter's Markdown as the PDF has it; its footnotes keep to themselves."""
    body = re.sub(r"\[\^([^\]]+)\]", rf"[^{text.key}-\1]", text.content)
    # The front page's title is the report's, which the cover has.
    title = catalog.chapters[text.key].title
    body = re.sub(rf"^# {re.escape(catalog.edition.title)}(?= \{{)", f"# {title}", body)
    # A section ends with the last of its items: none of them waits for a page in the next.
    body = re.sub(r"^(?=## )", FLUSH, body, flags=re.M)
    for name, words in ELSEWHERE.items():
        body = re.sub(rf'^:::+ \{{\.generert navn="{name}"\}}\n:::+$', words, body, flags=re.M)
    return body


def _embedded(project: Project, document: Path, date: str) -> None:
    # A PDF says when it was made; the same text must give the same bytes, so it says the edition's.
    made_at = datetime.datetime.fromisoformat(date).replace(tzinfo=datetime.UTC)
    assets = project.root / "assets" / "pdf"
    text = run_pandoc(
        project,
        document.read_text(encoding="utf-8"),
        "--to=typst",
        "--standalone",
        f"--template={assets / 'template.typ'}",
        *(f"--include-in-header={assets / name}" for name in HEADERS),
    )
    source = project.render / "kunnskapsgrunnlag.typ"
    source.write_bytes(text.encode("utf-8"))
    try:
        compiler = typst.Compiler(
            str(source),
            root=str(project.root),
            font_paths=[str(project.root / FONTS)],
            ignore_system_fonts=True,
        )
        typeset = compiler.compile(
            format="pdf", pdf_standards=[*STANDARDS], timestamp=int(made_at.timestamp())
        )
        heads = json.loads(compiler.query("<kg-heads>", field="value"))
    except typst.TypstError as problem:
        raise KgError(f"typst: {problem}") from None
    assert isinstance(typeset, bytes)
    beside = project.pdf.with_suffix(".ny")
    beside.write_bytes(with_row_headers(typeset, heads))
    beside.replace(project.pdf)
