"""Markdown that readers would see otherwise than it was written is refused with its place."""

import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypandoc
import pytest

from kunnskapsgrunnlag.book.lint_markup import FONT, markup_mistakes

ROOT = Path(__file__).parents[2]
# Signs of Markdown, and what readers should never see of them.
PIECES = ["$", "x", " ", "\n", "\n\n", "`", "[^a]", "[^a]: n", "::: {.b}", ":::", "<b>", "| a |"]
PIECES += ["|---|", "# ", "- ", "    ", "@", "---", "```", "{{<", "<!--", "-->", "5", "*"]
UNREAD = (":::", "[^", "{{<", "|", "<!")
HEAD = "# Tittel {#kap-1}\n\n"


def mistakes(text: str) -> list[tuple[int, int, str]]:
    return markup_mistakes(f"{HEAD}{text}\n", ROOT / FONT)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("Andelen er $x + a$ av alle.", 3, 12, "formler"),
        ("$$\nx\n$$", 3, 1, "formler"),
        ("Prisen er\ni \N{CJK UNIFIED IDEOGRAPH-6F22}.", 4, 3, "tegnet"),
        ("## Ord[^a] {#x}\n\n[^a]: Note", 3, 7, "overskrifter"),
        ("## Bruk `kode` nå {#x}", 3, 9, "overskrifter"),
        ("##Ord {#x}", 3, 1, "overskriften blir ikke lest"),
        ("Ord\n## Ord {#x}", 4, 1, "«##» trenger en tom linje"),
        ("Ord\n---", 4, 1, "en strek under"),
        ("Ord\n\n---\ntitle: x\n---", 5, 1, "«---»"),
        ("Et {{< noe >}} her.", 3, 4, "kortkoder"),
        ("Et ord.[^borte]", 3, 8, "fotnoten «borte» er ikke skrevet"),
        ("Ord.\n\n[^a]: Note", 5, 1, "ingenting viser til fotnoten «a»"),
        ("Ord.[^a]\n\n[^a]: En\n\n[^a]: To", 7, 1, "fotnoten «a» er skrevet før"),
        ("Ord.[^a]\n[^a]: En", 4, 1, "«[^a]:» trenger en tom linje"),
        ("::: {.ruter}\nOrd", 3, 1, "::: er ikke lukket"),
        ("Ord\n\n:::", 5, 1, "::: lukker noe"),
        ("::: ruter\nOrd\n:::", 3, 1, "linjen blir ikke lest"),
        ("Ord\n::: {.ruter}\nOrd\n:::", 4, 1, "«::: {» trenger en tom linje"),
        ("```{python}\nx\n```", 3, 1, "kodeblokker"),
        ("```\nx", 3, 1, "kodeblokken er ikke lukket"),
        ("Ord\n\n    kode", 5, 1, "en linje med fire mellomrom"),
        ("Et <b>ord</b>", 3, 4, "HTML"),
        ("`x`{=html}", 3, 4, "rå kode"),
        ("Ord <!-- ikke lukket", 3, 5, "kommentaren er ikke lukket"),
        (r"Et \textbf{ord}", 3, 4, "LaTeX"),
        ("Som @hansen sier", 3, 5, "ord med @ foran"),
        ("Se https://oslo.no/x-y.", 3, 4, "en adresse som ikke er en lenke"),
        ("Se [her](kapittel-5.md).", 3, 4, "lenken «kapittel-5.md» virker ikke"),
        ("![](bilde.png)", 3, 1, "bildet mangler tekst"),
        ("Ord\n| a |\n|---|\n| b |", 4, 1, "«|» trenger en tom linje"),
        ("| a\n| b", 3, 1, "tabellen blir ikke lest"),
        ("| a | b |\n|---|---|\n| c |", 3, 1, "radene i tabellen har ulikt antall"),
        ("| a |\n|---|\n| b |\nOrd", 6, 1, "tabellen trenger en tom linje bak"),
        ("| a |\n|---|\n| b[^a] |\n\n[^a]: Note", 5, 4, "en fotnote i en tabell"),
        ("a | b\n--|--\nc | d", 4, 1, "tabellen har en form"),
    ],
)
def test_a_mistake_has_its_place(text: str, line: int, column: int, words: str) -> None:
    assert any(at[:2] == (line, column) and words in at[2] for at in mistakes(text))


@pytest.mark.parametrize(
    "text",
    [
        "| Rolle | Ansvar |\n|---|---|\n| Bydelen | vedtak |\n\n: Roller",
        'Ord[^a] med `$x`, 5 \\$ og [1 x]{.fast grunn="@x <b>"}.\n\n[^a]: Se <https://a.no/b-c>.',
        "- Ett\n- To\n\n    Mer til to.\n\n::: {.ruter}\n::: {.rute}\nOrd\n:::\n:::",
        "Ord <!-- [^borte]\n:::\n--> mer, og post@oslo.no, <post@oslo.no> og [her](#x).",
        "```\n$x$ {{< >}}\n:::\n```",
    ],
)
def test_what_both_engines_read_is_no_mistake(text: str) -> None:
    assert mistakes(text) == []


def test_what_is_accepted_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Pandoc itself is asked: random pieces that the lint lets through hold no surprise."""
    draw = random.Random(20261201)
    files: list[str] = []
    while len(files) < 300:
        text = "".join(draw.choices(PIECES, k=draw.randint(2, 9)))
        if text.strip() and not mistakes(text):
            files.append(f"{len(files)}.md")
            (tmp_path / files[-1]).write_text(f"{HEAD}{text}\n", encoding="utf-8")
    reads = ["--file-scope", "--from=markdown", "--to=json", "--fail-if-warnings", *files]
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *reads], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    tree = json.loads(done.stdout)["blocks"]
    texts = [node["c"] for node in _nodes(tree) if node["t"] == "Str"]
    kinds = {node["t"] for node in _nodes(tree) if "<!--" not in str(node.get("c"))}
    assert not kinds & {"Math", "RawInline", "RawBlock", "Cite", "LineBlock"}
    assert [words for words in texts if any(sign in words for sign in UNREAD)] == []


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for child in node:
            yield from _nodes(child)
    elif isinstance(node, dict):
        yield node
        yield from _nodes(node.get("c", []))
