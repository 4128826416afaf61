"""Earlier editions in the published place: taken over from the bundle of the edition before.

index.html                 the edition that is released now
utgaver/2026/index.html    the one before, each page with a note that there is a newer one
"""

import html
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.publish.downloads.archive import unzipped

FOLDER, SITE = "utgaver", "nettsted"
# Where the page about the report has room for the list; a comment, so that nothing is seen before.
LIST = "<!-- kg: tidligere utgaver -->"
MAIN = re.compile(r"<main\b[^>]*>")
NOTE = re.compile(r'\n<p class="kg-nyere" role="note">.*?</p>', re.DOTALL)
PACKAGE = re.compile(r"kunnskapsgrunnlag-(\d{4})(?:-utkast)?/")


def taken_over(bundle: Path, newest: str) -> dict[str, bytes]:
    """The site of an earlier edition's bundle, and those it had taken over, by their new paths."""
    try:
        files = unzipped(bundle.read_bytes())
    except (OSError, zipfile.BadZipFile) as problem:
        raise KgError(f"{bundle}: ventet pakken til en tidligere utgave, fant {problem}.") from None
    top = PACKAGE.match(next(iter(files), ""))
    if not top or top[1] >= newest:
        raise KgError(
            f"{bundle.name}: ventet pakken til en utgave før {newest}, fant en annen fil."
        )
    site = {
        name.removeprefix(f"{top[0]}{SITE}/"): content
        for name, content in files.items()
        if name.startswith(f"{top[0]}{SITE}/")
    }
    if b"UTKAST" in files.get(f"{top[0]}LESMEG.md", b"").split(b"##")[0]:
        raise KgError(f"{bundle.name}: pakken er et utkast. Bruk den som ble gitt ut.")
    moved: dict[str, bytes] = {}
    for name, content in site.items():
        if name.startswith(f"{FOLDER}/"):
            moved[name] = content
        else:
            # What lay below this edition lies beside it now.
            up = "../" * name.count("/")
            old, new = f'href="{up}{FOLDER}/'.encode(), f'href="{up}../'.encode()
            is_page = name.endswith(".html")
            moved[f"{FOLDER}/{top[1]}/{name}"] = content.replace(old, new) if is_page else content
    return {name: _noted(name, content, newest) for name, content in moved.items()}


def _noted(name: str, content: bytes, newest: str) -> bytes:
    """A page with a note first in its main part; other files as they are."""
    if not name.endswith(".html"):
        return content
    key = PurePosixPath(name).parts[1]
    text = NOTE.sub("", content.decode("utf-8"))
    link = "../" * name.count("/") + "index.html"
    return MAIN.sub(lambda main: f"{main[0]}\n{note(key, newest, link)}", text, 1).encode()


def note(key: str, newest: str, link: str) -> str:
    return (
        f'<p class="kg-nyere" role="note">Dette er {key}-utgaven. Tallene og teksten er som da den '
        f'ble gitt ut. <a href="{html.escape(link)}">Gå til {newest}-utgaven</a></p>'
    )


def with_list(site: Mapping[str, bytes], earlier: Sequence[str], printed: str) -> dict[str, bytes]:
    """The site with the list of earlier editions where a page has room for it."""
    return {
        name: content.replace(LIST.encode(), _list(name, earlier, printed).encode())
        if name.endswith(".html")
        else content
        for name, content in site.items()
    }


def _list(name: str, earlier: Sequence[str], printed: str) -> str:
    up = "../" * name.count("/")
    entries = [
        f'<li><a href="{up}{FOLDER}/{key}/index.html">Utgave {key}</a></li>'
        for key in sorted(earlier, reverse=True)
    ]
    entries.append(f"<li>Trykt utgave, {html.escape(printed)}</li>")
    return (
        f'<h2 id="utgaver">Tidligere utgaver</h2>\n<ul class="kg-utgaver">{"".join(entries)}</ul>'
    )
