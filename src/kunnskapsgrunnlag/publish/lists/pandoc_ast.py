"""Pandoc's document model: lists are made of it, and pandoc writes them for the page and the PDF.

What the formats need beyond pandoc's own writers is in filters/kg.lua. A class `kg-…` of a `Div` or
`Span` is styled by kg.css, and may be a function of assets/pdf/items.typ.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypandoc

from kunnskapsgrunnlag.base.errors import KgError

Node = dict[str, Any]
Words = str | Node
Line = Sequence[Words]
API_VERSION = [1, 23]
TIMEOUT_S = 120
# What the PDF does not have: links to pages that it lacks, tables too long for paper.
WEB_ONLY = "kg-nett"


@dataclass(frozen=True)
class NumberCell:
    """A cell that is aligned as a number."""

    words: Words


Row = Sequence[Words | Line | NumberCell]


def link(words: str, target: str, *, web_only: bool = False) -> Node:
    """Words that lead to `page#id` within the site, or to a full address; `""` leads nowhere."""
    if not target:
        return _inline(words)
    return _node("Link", _attr(*[WEB_ONLY] * web_only), [_inline(words)], [target, ""])


def span(words: Words, *classes: str, identifier: str = "", **attributes: str) -> Node:
    return _node("Span", _attr(*classes, identifier=identifier, **attributes), [_inline(words)])


def code(words: str) -> Node:
    return _node("Code", _attr(), words)


def line_break() -> Node:
    return {"t": "LineBreak"}


def struck(words: str) -> Node:
    return _node("Strikeout", [_inline(words)])


def inserted(words: str) -> Node:
    return _node("Underline", [_inline(words)])


def paragraph(*words: Words) -> Node:
    return _node("Para", _inlines(words))


def points(lines: Sequence[Line]) -> Node:
    return _node("BulletList", [[_plain(line)] for line in lines])


def definitions(parts: Sequence[tuple[Words, Line]]) -> Node:
    return _node("DefinitionList", [[[_inline(n)], [[_plain(line)]]] for n, line in parts])


def heading(level: int, *words: Words, identifier: str = "") -> Node:
    return _node("Header", level, _attr(identifier=identifier), _inlines(words))


def div(blocks: Sequence[Node], *classes: str, identifier: str = "", **attributes: str) -> Node:
    return _node("Div", _attr(*classes, identifier=identifier, **attributes), list(blocks))


def plain_div(line: Line, name: str) -> Node:
    """Words without a paragraph of their own."""
    return div([_plain(line)], name)


def web_only(*blocks: Node) -> Node:
    return div(blocks, WEB_ONLY)


def table(
    heads: Sequence[str], rows: Sequence[Row], widths: Sequence[str], caption: str = ""
) -> Node:
    """A table with a header row; the first cell of each row names it.

    Args:
        widths: Of the columns in the PDF, as Typst writes them.
        caption: What the table is, where no text before it says so.
    """
    head = [_attr(), [_cell(words, scope="col") for words in heads]]
    body = [
        [_attr(), [_cell(first, scope="row"), *(_cell(words) for words in rest)]]
        for first, *rest in rows
    ]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in heads]
    grid = _node(
        "Table",
        _attr(),
        [None, [_plain([caption])] if caption else []],
        columns,
        [_attr(), [head]],
        [[_attr(), 1, [], body]],
        [_attr(), []],
    )
    reach = {"tabindex": "0", "role": "group", "aria-label": caption or heads[0]}
    return div([grid], "kg-ramme", **reach, widths=", ".join(widths))


def pandoc(text: str, *arguments: str, **process: Any) -> str:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *arguments],
        input=text.encode("utf-8"),
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
        **process,
    )
    if done.returncode:
        raise KgError(f"pandoc: {done.stderr.decode('utf-8', 'replace').strip()}")
    return str(done.stdout.decode("utf-8"))


def document(blocks: Sequence[Node]) -> str:
    """The blocks as a document that `pandoc --from=json` reads."""
    return json.dumps(
        {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": list(blocks)}, ensure_ascii=False
    )


def headings(blocks: Sequence[Node]) -> Iterator[tuple[str, str]]:
    """Words and id of the headings that cut a list into its parts."""
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] == 2:
            yield "".join(page_words(block["c"][2])), block["c"][1][0]


def page_words(node: Any) -> Iterator[str]:
    """The words of a list as its page has them."""
    if isinstance(node, list):
        for child in node:
            yield from page_words(child)
    elif isinstance(node, dict) and node["t"] in ("Str", "Code"):
        yield node["c"] if node["t"] == "Str" else node["c"][1]
    elif isinstance(node, dict):
        yield from page_words(node.get("c", []))


def _node(kind: str, *content: Any) -> Node:
    return {"t": kind, "c": content[0] if len(content) == 1 else list(content)}


def _attr(*classes: str, identifier: str = "", **attributes: str) -> list[Any]:
    return [identifier, list(classes), [[name, value] for name, value in attributes.items()]]


def _inline(words: Words) -> Node:
    return _node("Str", words) if isinstance(words, str) else words


def _inlines(line: Line) -> list[Node]:
    return [_inline(words) for words in line]


def _plain(line: Line) -> Node:
    return _node("Plain", _inlines(line))


def _cell(words: Words | Line | NumberCell, **attributes: str) -> list[Any]:
    classes = ["kg-n"] if isinstance(words, NumberCell) else []
    content = words.words if isinstance(words, NumberCell) else words
    line = [content] if isinstance(content, str | dict) else content
    return [_attr(*classes, **attributes), {"t": "AlignDefault"}, 1, 1, [_plain(line)]]
