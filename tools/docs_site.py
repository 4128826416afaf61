"""`make docs`: README, docs and decisions as a small site in build/docs, by the embedded engine.

The pages are those in git, and stay readable there. Norwegian pages are for the report team and for
who writes; English ones for developers.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kunnskapsgrunnlag.publish.lists.pandoc_ast import pandoc

ROOT = Path(__file__).resolve().parents[1]
TEAM, DEVELOPERS, DECISIONS = "For rapportteamet og forfattere", "For developers", "Decisions"
NORWEGIAN = (
    *("for-rapportteamet", "skrive-kapitler", "pastander", "godkjenning", "hente-data"),
    *("husbanken", "endringer", "profiler", "ordliste", "skjermer"),
)


@dataclass(frozen=True)
class DocPage:
    """A page in git, `file`, and what it is in the site."""

    file: str
    title: str
    text: str
    language: str

    @property
    def html(self) -> str:
        return "index.html" if self.file == "README.md" else f"{self.file.removesuffix('.md')}.html"


def read_pages(root: Path) -> dict[str, list[DocPage]]:
    """All pages by who reads them; a page of docs that is in no group is for developers."""
    docs = sorted(f"docs/{path.name}" for path in (root / "docs").glob("*.md"))
    team = [f"docs/{name}.md" for name in NORWEGIAN]
    decisions = sorted(f"docs/decisions/{p.name}" for p in (root / "docs/decisions").glob("*.md"))
    groups: Mapping[str, Sequence[str]] = {
        TEAM: team,
        DEVELOPERS: [
            *("README.md", "CONTRIBUTING.md"),
            *(file for file in docs if file not in team),
            "CHANGELOG.md",
        ],
        DECISIONS: decisions,
    }
    return {
        group: [_read_page(root, file, "nb" if group == TEAM else "en") for file in files]
        for group, files in groups.items()
    }


def _read_page(root: Path, file: str, language: str) -> DocPage:
    text = (root / file).read_text(encoding="utf-8")
    title = re.sub(r"[*`]", "", text.partition("\n")[0].removeprefix("# "))
    return DocPage(file, title, text, language)


def write_site(root: Path, folder: Path) -> None:
    """Write the site anew: a page for each page, with the report's own styles and fonts."""
    shutil.rmtree(folder, ignore_errors=True)
    groups = read_pages(root)
    environment = Environment(
        loader=FileSystemLoader(root / "tools"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    template = environment.get_template("docs.html")
    pages = {page.file: page for pages in groups.values() for page in pages}
    for page in pages.values():
        up = "../" * page.html.count("/")
        body = Markup(_body(page, pages))
        target = folder / page.html
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(
            template.render(page=page, groups=groups, body=body, up=up).encode("utf-8")
        )
    for name in ("assets/site/kg.css", "assets/site/side.css", "docs/skjermer"):
        copy = shutil.copytree if (root / name).is_dir() else shutil.copyfile
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy(root / name, folder / name)
    shutil.copytree(root / "assets/fonts", folder / "assets/fonts")
    shutil.copyfile(root / "tools/docs.css", folder / "docs.css")


def _body(page: DocPage, pages: Mapping[str, DocPage]) -> str:
    """The page's HTML; a link to a file that is no page of the site is words only."""
    html = pandoc(page.text, "--from=gfm", "--to=html5", "--wrap=none", "--fail-if-warnings")
    return re.sub(
        r'<a href="(?!https?:|#)([^"#]*)(#[^"]*)?">(.*?)</a>',
        lambda link: _link(page, pages, link[1], link[2] or "", link[3]),
        html,
        flags=re.S,
    )


def _link(page: DocPage, pages: Mapping[str, DocPage], path: str, place: str, words: str) -> str:
    file = (ROOT / page.file).parent.joinpath(path).resolve().relative_to(ROOT).as_posix()
    if file not in pages:
        return words
    up = "../" * page.html.count("/")
    return f'<a href="{up}{pages[file].html}{place}">{words}</a>'


if __name__ == "__main__":
    write_site(ROOT, ROOT / "build" / "docs")
