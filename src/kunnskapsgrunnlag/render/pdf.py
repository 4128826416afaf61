"""The PDF: all chapters as one document, typeset by typst, tagged for PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Literal

import typst

from kunnskapsgrunnlag.catalog import Catalog
from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.paths import Project
from kunnskapsgrunnlag.render import quarto
from kunnskapsgrunnlag.render.chapters import Book
from kunnskapsgrunnlag.render.pandoc import run_pandoc

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]


def render(project: Project, catalog: Catalog, book: Book, engine: str) -> None:
    """Write build/kunnskapsgrunnlag.pdf.

    Raises:
        KgError: With the engine's own words, if it fails.
    """
    document = project.render / "kunnskapsgrunnlag.md"
    document.parent.mkdir(parents=True, exist_ok=True)
    document.write_bytes(combined(catalog, book).encode("utf-8"))
    project.pdf.parent.mkdir(parents=True, exist_ok=True)
    if engine == "quarto":
        quarto.render_typst(project, document, project.pdf)
    else:
        _embedded(project, document, catalog.edition.date)


def combined(catalog: Catalog, book: Book) -> str:
    """All chapters as one Markdown document; each chapter's footnotes keep to themselves."""
    edition = catalog.edition
    front = {
        "title": edition.title,
        "subtitle": edition.subtitle,
        "owner": edition.owner,
        "edition": edition.key,
        "data-year": str(edition.data_year),
        "lang": "nb-NO",
    }
    year, month, day = edition.date.split("-")
    front |= {"year": year, "month": str(int(month)), "day": str(int(day))}
    head = "\n".join(
        f"{name}: {json.dumps(words, ensure_ascii=False)}" for name, words in front.items()
    )
    bodies = [re.sub(r"\[\^([^\]]+)\]", rf"[^{text.key}-\1]", text.content) for text in book.texts]
    return f"---\n{head}\n---\n\n" + "\n\n".join(bodies)


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
        f"--include-in-header={assets / 'items.typ'}",
    )
    source = project.render / "kunnskapsgrunnlag.typ"
    source.write_bytes(text.encode("utf-8"))
    try:
        made = typst.compile(
            str(source),
            root=str(project.root),
            font_paths=[str(project.root / "assets" / "fonts")],
            ignore_system_fonts=True,
            pdf_standards=[*STANDARDS],
            timestamp=int(made_at.timestamp()),
        )
    except typst.TypstError as problem:
        raise KgError(f"typst: {problem}") from None
    beside = project.pdf.with_suffix(".ny")
    beside.write_bytes(made)
    beside.replace(project.pdf)
