"""The site as it is published: the edition in work, and earlier ones under addresses of their own.

build/nettsted/                  the newest edition
build/nettsted/utgaver/2022/     the 2022 edition, each page with a note about the newer one
"""

from __future__ import annotations

import html
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kunnskapsgrunnlag.editions.archive import archived_keys
from kunnskapsgrunnlag.editions.workspace import workspace
from kunnskapsgrunnlag.errors import KgError

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog import Catalog
    from kunnskapsgrunnlag.paths import Project

FOLDER = "utgaver"
# Where a page has room for what only the published site knows. Comments, so that nothing is seen
# before; both engines leave them alone.
EARLIER = "<!-- kg: tidligere utgaver -->"
MAIN = "<main"


def compose(project: Project, catalog: Catalog) -> Path:
    """Put the site of this edition and those of the earlier ones together.

    Raises:
        KgError: If one of them has not been built.
    """
    newest = catalog.edition.key
    earlier = [key for key in archived_keys(project) if key < newest]
    sites = {key: workspace(project, key).site for key in earlier}
    for key, site in {newest: project.site, **sites}.items():
        if not (site / "index.html").is_file():
            own = "" if key == newest else f" --edition {key}"
            raise KgError(f"The site of {key} has not been built. Run: kg build{own}.")
    target = project.build / "nettsted"
    beside = target.with_name("nettsted.ny")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(project.site, beside)
    for page in sorted(beside.rglob("*.html")):
        _change(page, EARLIER, earlier_links(earlier, _up(page, beside)))
    for key, site in sites.items():
        place = beside / FOLDER / key
        shutil.copytree(site, place)
        for page in sorted(place.rglob("*.html")):
            _note(page, newer_note(key, newest, f"{_up(page, place)}../../index.html"))
    shutil.rmtree(target, ignore_errors=True)
    beside.rename(target)
    return target


def earlier_links(keys: Sequence[str], up: str) -> str:
    """A list of the earlier editions, newest first; nothing where there are none."""
    if not keys:
        return ""
    links = "".join(
        f'<li><a href="{html.escape(up)}{FOLDER}/{key}/index.html">Utgave {key}</a></li>'
        for key in sorted(keys, reverse=True)
    )
    return f'<h2 id="utgaver">Tidligere utgaver</h2>\n<ul class="kg-utgaver">{links}</ul>'


def newer_note(key: str, newest: str, link: str) -> str:
    """What every page of an earlier edition says first."""
    return (
        f'<p class="kg-nyere" role="note">Dette er {key}-utgaven. Tallene og teksten er som da den '
        f'ble arkivert. <a href="{html.escape(link)}">Gå til {newest}-utgaven</a></p>'
    )


def _note(page: Path, note: str) -> None:
    """Put the note first in the page's main part, in both engines' layout."""
    text = page.read_text(encoding="utf-8")
    start = text.find(MAIN)
    end = text.find(">", start) + 1
    if start < 0 or end == 0:
        raise KgError(f"{page.name}: expected a main part in the page, found none. Build it anew.")
    page.write_bytes(f"{text[:end]}\n{note}{text[end:]}".encode())


def _change(page: Path, mark: str, words: str) -> None:
    text = page.read_text(encoding="utf-8")
    if mark in text:
        page.write_bytes(text.replace(mark, words).encode())


def _up(page: Path, root: Path) -> str:
    """The way from a page to the root of its site."""
    up = os.path.relpath(root, page.parent).replace(os.sep, "/")
    return "" if up == "." else f"{up}/"
