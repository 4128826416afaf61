"""The page around a text: navigation, trail, table of contents, tools, styles.

The embedded engine's layout, and for both engines the layout of the pages that no chapter holds
(items, lists, traces, control sheets).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from kunnskapsgrunnlag.base.nb_numbers import unbroken
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.publish.fragments import draft_html
from kunnskapsgrunnlag.publish.templates import page_templates
from kunnskapsgrunnlag.report import Report

# What a browser may load for a page of ours: the site's own files, and nothing that stands in the
# page itself. Said in each page, so that it holds from a folder and on any server.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'self'; base-uri 'none'"
)
# Of pages with a map that leads to profiles.
MAP_STYLE = "assets/site/kart.css"
FRONT, LISTS, ABOUT = "index.html", "figurer-og-tabeller.html", "om.html"
ACCESS, SEARCH, EXPLORER = "tilgjengelighet.html", "sok.html", "utforsk.html"


@dataclass(frozen=True)
class TocEntry:
    """A heading of the page, or a figure or table by its number and finding."""

    level: int
    number: str
    words: str
    id: str
    is_item: bool = False


@dataclass(frozen=True)
class Link:
    """A way to a page: its path in the site and the words that lead there."""

    path: str
    words: str
    number: str = ""


OWN = (
    Link(LISTS, "Figurer og tabeller"),
    Link(ABOUT, "Om utgaven og sitering"),
    Link(ACCESS, "Tilgjengelighetserklæring"),
    Link(SEARCH, "Søk"),
)


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes:
        body: HTML that starts with the page's first heading.
        place: What the trail says of it, where its title is long.
        trail: The pages above it, below the front page.
        before, after: Its neighbours, where it is no chapter.
        scripts, styles: What it loads besides those of all pages.
        description: What search engines and shared links say of it; else what the report is.
        image: The path of its picture in the site, for shared links.
        linked_data: What it holds, for search engines, as JSON-LD.
        is_wide: Whether it uses all the width that there is.
        language: Of what is its own; what stands around it is Norwegian.
    """

    path: str
    title: str
    body: str
    toc: list[TocEntry] = field(default_factory=list)
    chapter: str = ""
    place: str = ""
    trail: Sequence[Link] = ()
    before: Link | None = None
    after: Link | None = None
    scripts: Sequence[str] = ()
    styles: Sequence[str] = ()
    description: str = ""
    image: str = ""
    linked_data: str = ""
    is_wide: bool = False
    language: str = "nb"


class Shell:
    """Writes pages; `project` has the folder that the site is made in."""

    def __init__(self, report: Report, project: Project) -> None:
        self.report, self.project = report, project
        self.catalog, self.standing = report.catalog, report.page_standing
        self.templates = page_templates(project.root)
        self.chapters = {
            key: Link(chapter.html, chapter.title, str(chapter.number or ""))
            for key, chapter in report.catalog.chapters.items()
        }

    @property
    def english(self) -> str:
        """Where the summary in English lies; "" if there is none."""
        chapters = self.catalog.chapters.values()
        return next((chapter.html for chapter in chapters if chapter.language == "en"), "")

    def render(self, template: str, **words: object) -> str:
        """A template of assets/site filled in."""
        return self.templates.get_template(template).render(**words)

    def address(self, path: str) -> str:
        """Where a file of the site is published; its path while the site has no address."""
        return self.catalog.edition.url(path)

    def write(self, page: Page) -> None:
        # Contents stand after the page's first heading.
        head, end, rest = page.body.partition("</h1>")
        before, after = self._neighbours(page)
        text = self.render(
            "page.html",
            edition=self.catalog.edition,
            standing=self.standing,
            banner=Markup(draft_html(self.standing)),
            policy=Markup(POLICY),
            page=page,
            address=self.address,
            head=Markup(head + end),
            body=Markup(rest),
            up="../" * page.path.count("/"),
            menu=self._menu(),
            shortcuts=self.shortcuts(),
            english=self.english,
            front=FRONT,
            lists=LISTS,
            about=ABOUT,
            access=ACCESS,
            search=SEARCH,
            bydeler={key: BY_KEY[key].name for key in BYDELER},
            profiles=next(
                (lv.folder for lv in self.catalog.profiles.values() if lv.areas == "bydeler"), ""
            ),
            before=before,
            after=after,
        )
        path = self.project.site / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(unbroken(text).encode("utf-8"))

    def _menu(self) -> dict[str, list[Link]]:
        """The side's groups: the parts of the report, and ways to find things."""
        parts = {
            part: [self.chapters[key] for key in keys] for part, keys in self.catalog.parts.items()
        }
        return parts | {"Finn fram": [OWN[0], *self._profiles(), *OWN[1:]]}

    def _profiles(self) -> list[Link]:
        """Each level's profiles, and the page that compares them."""
        levels = self.catalog.profiles.values()
        links = [Link(f"{level.folder}.html", level.title) for level in levels]
        return [*links, Link(EXPLORER, "Utforsk tallene")] if links else []

    def shortcuts(self) -> list[Link]:
        """What stands in the head of every page."""
        short = (("sammendrag", "Sammendrag"), ("nytt", "Hva er nytt"), ("metode", "Metode"))
        chapters = [
            Link(self.chapters[key].path, words) for key, words in short if key in self.chapters
        ]
        return [*chapters[:1], *self._profiles(), OWN[0], *chapters[1:]]

    def _neighbours(self, page: Page) -> tuple[Link | None, Link | None]:
        if page.chapter not in self.chapters:
            return page.before, page.after
        links = list(self.chapters.values())
        at = list(self.chapters).index(page.chapter)
        return (links[at - 1] if at else None), (links[at + 1] if at + 1 < len(links) else None)
