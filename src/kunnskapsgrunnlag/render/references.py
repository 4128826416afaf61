"""The list of works that the chapters cite, by pandoc from the bibliographies in assets/bib."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypandoc

from kunnskapsgrunnlag.errors import KgError

TIMEOUT_S = 60
Work = dict[str, Any]


@dataclass(frozen=True)
class References:
    """Works as CSL-JSON; each format gets the list sorted by author."""

    works: tuple[Work, ...]

    def html(self) -> str:
        """The list for a page."""
        return self._listed("html")

    def typst(self) -> str:
        """The list for the PDF; nothing in it is referred to, so it keeps no labels."""
        text = re.sub(r"^\] <ref(s|-[^>]*)>$", "]", self._listed("typst"), flags=re.M)
        return f"#[\n#set par(justify: false, hanging-indent: 1.2em)\n{text}\n]"

    def _listed(self, form: str) -> str:
        # The works stand in the document itself: chapters cite in footnotes, so all are named.
        head = json.dumps({"lang": "nb", "nocite": "@*", "references": self.works})
        document = f"---\n{head}\n---\n\n::: {{#refs}}\n:::\n"
        return _pandoc(document, "--from=markdown", f"--to={form}", "--citeproc", "--wrap=none")


def read_works(folder: Path) -> References:
    """All works of a folder's bibliographies; one that stands in several files is taken once.

    Raises:
        KgError: If a file is no bibliography.
    """
    works: dict[str, Work] = {}
    for path in sorted(folder.glob("*.bib")):
        text = path.read_text(encoding="utf-8")
        for work in json.loads(_pandoc(text, "--from=biblatex", "--to=csljson")):
            works.setdefault(work["id"], work)
    return References(tuple(works.values()))


def _pandoc(text: str, *arguments: str) -> str:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *arguments],
        input=text.encode("utf-8"),
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode:
        raise KgError(f"references: pandoc: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout.decode("utf-8")
