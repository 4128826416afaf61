"""The PDF: all chapters as one document, typeset by typst, tagged for PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import typst

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.marks import Text
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.engines import quarto
from kunnskapsgrunnlag.publish.engines.pandoc import run_pandoc
from kunnskapsgrunnlag.publish.pdf.tables import with_row_headers
from kunnskapsgrunnlag.publish.typesetting import FONTS, STANDARDS, made_at
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.standing import Standing
from kunnskapsgrunnlag.store.verify import read_items

HEADERS = ("items.typ", "flow.typ", "matter.typ")
# Around the text of a chapter.
OPEN, CLOSE = "```{=typst}\n#kg-chapter[\n```\n\n", "\n\n```{=typst}\n]\n```"


def render(report: Report, engine: str) -> None:
    """Write build/kunnskapsgrunnlag.pdf."""
    document = write_document(report, engine)
    report.project.pdf.parent.mkdir(parents=True, exist_ok=True)
    if engine == "quarto":
        quarto.render_typst(report.project, document)
    else:
        _embedded(report, document)


def write_document(report: Report, engine: str) -> Path:
    """Write all chapters as the one document that the PDF is set from."""
    document = report.project.render / "kunnskapsgrunnlag.md"
    document.parent.mkdir(parents=True, exist_ok=True)
    front = front_matter(report.catalog, report.page_standing) | {
        "colophon": colophon(report, engine),
        "checksums": checksums(report),
        "numbering": numbering(report),
    }
    if engine == "quarto":
        # Not every version of Quarto looks for fonts from the project's root.
        front |= {
            "quarto": quarto.quarto_version(),
            "font-paths": [str(report.project.root / FONTS)],
            # The book's pages are HTML, and this is not one of them.
            "format": "typst",
        }
    document.write_bytes(combined(front, report.catalog, report.book).encode("utf-8"))
    return document


def front_matter(catalog: Catalog, standing: Standing) -> dict[str, object]:
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
    """All chapters as one Markdown document, the front matter at its head."""
    head = "\n".join(
        f"{name}: {json.dumps(words, ensure_ascii=False)}" for name, words in front.items()
    )
    bodies = [_chapter(catalog, text) for text in book.texts]
    return f"---\n{head}\n---\n\n" + "\n\n".join(bodies)


def _chapter(catalog: Catalog, text: Text) -> str:
    """A chapter's Markdown as the PDF has it; its footnotes keep to themselves."""
    body = re.sub(r"\[\^([^\]]+)\]", rf"[^{text.key}-\1]", text.content)
    # The front page's title is the report's, which the cover has.
    title = catalog.chapters[text.key].title
    body = re.sub(rf"^# {re.escape(catalog.edition.title)}(?= \{{)", f"# {title}", body)
    if text.language == "nb":
        return f"{OPEN}{body}{CLOSE}"
    inner = OPEN.replace("#kg-chapter[", f'#[#set text(lang: "{text.language}")\n#kg-chapter[')
    return f"{inner}{body}{CLOSE.replace(']', ']]')}"


def _embedded(report: Report, document: Path) -> None:
    project, date = report.project, report.catalog.edition.date
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
            format="pdf", pdf_standards=[*STANDARDS], timestamp=made_at(date)
        )
        heads = json.loads(compiler.query("<kg-heads>", field="value"))
    except typst.TypstError as problem:
        where = place_of(problem.diagnostic, text, report.texts)
        why = f"PDF-en kan ikke settes ({problem.message}). Skriv det om."
        raise KgError(f"{where}: {why}") from None
    assert isinstance(typeset, bytes)
    beside = project.pdf.with_suffix(".ny")
    beside.write_bytes(with_row_headers(typeset, heads))
    beside.replace(project.pdf)


def place_of(diagnostic: str, source: str, texts: Sequence[Text]) -> str:
    """The chapter, and words near the place in it, where Typst stopped.

    Args:
        diagnostic: What Typst says, with the line of the source that it read.
    """
    line = re.search(r"kunnskapsgrunnlag\.typ:(\d+)", diagnostic)
    lines = source.splitlines()[: int(line[1]) if line else 0]
    begun = sum(words.startswith("#kg-chapter[") for words in lines)
    file = texts[begun - 1].file if begun else "params.yaml"
    return f"{file}, ved «{lines[-1].strip()[:60]}»" if lines else file


def colophon(report: Report, engine: str) -> list[dict[str, str]]:
    """The lines of the page behind the cover, as `name` and `words`.

    The same content gives the same lines: no clock and no machine is asked.
    """
    edition, standing = report.catalog.edition, report.page_standing
    year = edition.date[:4]
    lines = {
        "Utgave": f"{edition.key}. {standing.ages}. Den første utgaven ble trykt i "
        f"{edition.printed}; teksten her er skrevet på nytt.",
        "Utgiver": edition.owner,
        "Kontakt": edition.contact,
        "ISBN": edition.isbn,
        "Nettutgave": edition.address,
        "Neste utgave": edition.next_edition,
        "Tilstand": f"{standing.draft}."
        if standing.draft
        else "Alle figurer og tabeller bygger på kildenes tall.",
        "Videreført": carried(report),
        "Henvis slik": f"{edition.owner} ({year}). *{edition.title}: {edition.subtitle}.* "
        f"{standing.label}.{' Utkast.' if standing.draft else ''}",
        "Lisenser": "Hver kilde har sin lisens. Den står i [«Kilder og årganger»](#kilder).",
        "Laget med": f"kunnskapsgrunnlag {version('kunnskapsgrunnlag')}",
    }
    if engine == "embedded":
        lines["Format"] = (
            "Tilgjengelig PDF etter PDF/UA-1, og arkivformat etter PDF/A-2a. Figurene har tekst "
            "som beskriver dem for den som ikke ser dem, og tallene står i tabeller."
        )
    return _pairs(lines)


def checksums(report: Report) -> list[dict[str, str]]:
    """The last lines of the same page: by these a reader knows which numbers the PDF has."""
    digest = sha256(report.project.values.read_bytes())
    return _pairs(
        {
            "Tall": f"Kontrollsum (SHA-256) for alle tallene, values.json: {_grouped(digest)}",
            "Kilder": f"{len(report.receipts)} filer fra kildene. Kontrollsum (SHA-256) for alle: "
            f"{_grouped(snapshots_hash(report.receipts.values()))}",
        }
    )


def _pairs(lines: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "words": words} for name, words in lines.items() if words]


def numbering(report: Report) -> str:
    """Why the list of figures and tables has numbers out of order; "" if it has none."""
    catalog = report.catalog
    printed = read_items(report.print_folder)
    new = [item.label for key, item in catalog.numbered.items() if key not in printed]
    if not new:
        return ""
    labels = listed([new[0], *(label[:1].lower() + label[1:] for label in new[1:])])
    return (
        "Figurer og tabeller er nummerert i én rekke, og de fra "
        f"{catalog.edition.in_print}-utgaven har beholdt numrene sine. "
        f"{labels} har kommet til siden, og har fått de neste numrene. "
        "De står der de hører hjemme i teksten, så numrene kommer ikke alltid etter hverandre."
    )


def carried(report: Report) -> str:
    """How many items have the numbers of an earlier edition; "" if none has.

    Estimates are none of them: no earlier edition had their numbers.
    """
    items = [
        item
        for key, item in report.catalog.items.items()
        if item.carried and item.carried.edition and not report.results[key].is_estimate
    ]
    if not items:
        return ""
    editions = listed(sorted({item.carried.edition for item in items if item.carried}))
    return (
        f"{len(items)} av {len(report.catalog.numbered)} figurer og tabeller er videreført fra "
        f"{editions}-utgaven, fordi vi ikke har fått eller hentet nyere. De er merket med "
        "«Tall fra» og det tidsrommet tallene gjelder."
    )


def snapshots_hash(receipts: Iterable[Receipt]) -> str:
    """One SHA-256 over the files that all numbers come from, whatever their order."""
    lines = sorted(f"{r.sha256_bytes}  {r.file}\n" for r in receipts)
    return sha256("".join(lines).encode("utf-8"))


def _grouped(checksum: str) -> str:
    """A checksum that can be broken at the end of a line."""
    groups = (checksum[at : at + 16] for at in range(0, len(checksum), 16))
    return "\N{ZERO WIDTH SPACE}".join(groups)
