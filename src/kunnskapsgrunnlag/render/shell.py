"""The page around a text: navigation, table of contents, styles.

The embedded engine's layout, and for both engines the layout of the pages that no chapter holds
(traces and control sheets).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kunnskapsgrunnlag.paths import Project
from kunnskapsgrunnlag.render.chapters import Book


@dataclass(frozen=True)
class TocEntry:
    """A heading of the page."""

    level: int
    number: str
    words: str
    id: str


@dataclass(frozen=True)
class Page:
    """A page: path in the site, title, body as HTML, contents and the chapter it is (if any)."""

    path: str
    title: str
    body: str
    toc: list[TocEntry] = field(default_factory=list)
    chapter: str = ""


class Shell:
    """Writes pages."""

    def __init__(self, project: Project, book: Book) -> None:
        """Read the templates once."""
        self.project, self.book = project, book
        self.templates = Environment(
            loader=FileSystemLoader(project.root / "assets" / "site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def write(self, page: Page) -> None:
        """Write a page into the site."""
        chapters = self.book.catalog.chapters
        keys = list(chapters)
        at = keys.index(page.chapter) if page.chapter else -1
        # Contents stand after the page's first heading.
        head, end, rest = page.body.partition("</h1>")
        text = self.templates.get_template("page.html").render(
            edition=self.book.catalog.edition,
            title=page.title,
            head=Markup(head + end),
            body=Markup(rest),
            toc=page.toc,
            up="../" * page.path.count("/"),
            chapters=chapters,
            current=page.chapter,
            before=chapters[keys[at - 1]] if at > 0 else None,
            after=chapters[keys[at + 1]] if 0 <= at < len(keys) - 1 else None,
        )
        path = self.project.site / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
