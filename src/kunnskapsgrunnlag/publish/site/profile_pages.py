"""The pages of profiles in the site: what was made area by area, with the site around it."""

from __future__ import annotations

import html
import re
from pathlib import Path

from kunnskapsgrunnlag.publish.profiles.areas import SCRIPT, areas_of, trace_key
from kunnskapsgrunnlag.publish.site.page_layout import EXPLORER, MAP_STYLE, Link, Page, Shell

STYLES = ("assets/site/profil.css", MAP_STYLE)
FIRST_HEADING = re.compile(r"<h1>(.*?)</h1>", re.S)


def write_profiles(shell: Shell) -> None:
    """Write every level's pages, and the page that compares."""
    levels = shell.catalog.profiles
    for key, level in levels.items():
        made = shell.report.project.profiles / key / "site"
        index = Link(f"{level.folder}.html", level.title)
        areas = areas_of(level).names
        links = [Link(f"{level.folder}/{area}.html", name) for area, name in areas.items()]
        shell.write(_page(made, index.path))
        for at, (area, link) in enumerate(zip(areas, links, strict=True)):
            before = links[at - 1] if at else None
            after = links[at + 1] if at + 1 < len(links) else None
            shell.write(_page(made, link.path, link.words, (index,), before, after))
            trail = (index, link)
            shell.write(_page(made, f"sporing/{trace_key(key, area)}.html", "Sporing", trail))
        for region in (level.whole, *level.beyond):
            trace = f"sporing/{trace_key(key, region)}.html"
            shell.write(_page(made, trace, "Sporing", (index,)))
        for path in sorted(made.rglob("*.*")):
            if path.suffix != ".html":
                target = shell.project.site / path.relative_to(made)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
    if levels:
        scripts = (*(SCRIPT.format(key) for key in levels), "assets/site/utforsk.js")
        shell.write(
            Page(
                EXPLORER,
                "Utforsk tallene",
                shell.render("utforsk.html", levels=list(levels.values())),
                scripts=scripts,
                styles=STYLES,
                is_wide=True,
            )
        )


def _page(
    made: Path, path: str, place: str = "", trail: tuple[Link, ...] = (),
    before: Link | None = None, after: Link | None = None,
) -> Page:  # fmt: skip
    body = (made / path).read_text(encoding="utf-8")
    heading = FIRST_HEADING.search(body)
    title = html.unescape(heading[1]) if heading else place
    if place and place not in title:
        title = f"{place}: {title}"
    is_profile = 'class="kg-over"' in body
    return Page(
        path, title, body, place=place, trail=trail, before=before, after=after,
        styles=STYLES, is_wide=is_profile,
    )  # fmt: skip
