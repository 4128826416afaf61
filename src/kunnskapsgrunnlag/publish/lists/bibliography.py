"""The list of works that the chapters cite, by pandoc from the bibliographies in assets/bib."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.base.nb_numbers import NBSP
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Node, pandoc

Work = dict[str, Any]
# Titles are told as they are: without this, pandoc makes «Gamle Oslo» into «gamle oslo».
TITLE = re.compile(r"^(  (?:title|booktitle|journaltitle) = )\{(.*)\}(,?)$", re.MULTILINE)
# Why a link has no date, in the bibliography's field `keywords`: what readers are told of it.
UNDATED = {"uten-lesedato": "", "ny-lenke": "Lenken er ny i denne utgaven."}
# The style tells neither, or only of works without a year.
OWN_WORDS = ("accessed", "keyword", "note")


def reference_list(works: Sequence[Work]) -> list[Node]:
    """The works sorted by author, each with what the style leaves out."""
    # The works stand in the document itself: chapters cite in footnotes, so all are named.
    styled = [{k: v for k, v in work.items() if k not in OWN_WORDS} for work in works]
    head = json.dumps({"lang": "nb", "nocite": "@*", "references": styled})
    text = f"---\n{head}\n---\n\n::: {{#refs .kg-referanser}}\n:::\n"
    blocks: list[Node] = json.loads(_pandoc(text, "--from=markdown", "--to=json", "--citeproc"))[
        "blocks"
    ]
    by_id = {f"ref-{work['id']}": work for work in works}
    for entry in blocks[0]["c"][1]:
        (identifier, *_), (paragraph, *_) = entry["c"]
        for words in beyond_style(by_id[identifier]):
            paragraph["c"] += [{"t": "Space"}, {"t": "Str", "c": words}]
    return blocks


def beyond_style(work: Work) -> list[str]:
    """Sentences behind an entry: the note, the day its link was read, or that the link is new."""
    sentences = [f"{work['note'].removesuffix('.')}."] if work.get("note") else []
    if "accessed" in work:
        (year, month, day), *_ = work["accessed"]["date-parts"]
        return [*sentences, f"Lest{NBSP}{int(day)}.{int(month)}.{year}."]
    if "URL" not in work:
        return sentences
    why = work.get("keyword", "")
    if why not in UNDATED:
        raise KgError(
            f"referanser: «{work['id']}» har en lenke uten «urldate». Skriv den, eller keywords = "
            f"{{{'} eller {'.join(UNDATED)}}}."
        )
    return [*sentences, *filter(None, [UNDATED[why]])]


def read_works(folder: Path) -> list[Work]:
    """All works of a folder's bibliographies; one that stands in several files is taken once."""
    works: dict[str, Work] = {}
    for path in sorted(folder.glob("*.bib")):
        text = TITLE.sub(r"\1{{\2}}\3", read_written(path))
        for work in json.loads(_pandoc(text, "--from=biblatex", "--to=csljson")):
            works.setdefault(work["id"], work)
    return list(works.values())


@cache
def _pandoc(text: str, *arguments: str) -> str:
    try:
        return pandoc(text, *arguments)
    except KgError as problem:
        raise KgError(f"references: {problem}") from None
