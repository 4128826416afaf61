"""What a chapter may not hold, since readers would see other words than its author wrote.

Pandoc prints what it does not know as text, leaves out of the PDF what only HTML has, and stops
without a place where Typst cannot set something. So each of these is refused with line and column,
in the same words for both engines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from kunnskapsgrunnlag.book.marks import FENCE, FOOTNOTE, HEADING, without_code

FONT = Path("assets", "fonts", "IBMPlexSans-Regular.ttf")
# Where a mistake stands in the text, and what is wrong with it.
Places = Iterator[tuple[int, str]]
# What is no text of the chapter at all, and then what is text, but written in signs of its own.
CODE = r"(?<![`\\])`[^`\n]+`(?!`)"
ASIDE = re.compile(CODE + r"|(?<!\\)<!--(?:(?!\n\s*\n).)*?-->", re.DOTALL)
SIGNS = re.compile(
    CODE + r"|(?<=\])\{[^{}]*\}|(?<=\]\()[^()\s]+(?=\))"
    r"|<(?:https?://|mailto:)?[^<>\s]*[@/][^<>\s]*\.[^<>\s]*>"
    r"|^:::+[^\n]*$|\{#[^{}\n]*\}[ \t]*$",
    re.MULTILINE,
)
INLINE = {
    r"\{\{[<%]": "kortkoder blir ikke lest. Ta den bort, eller skriv det den skulle gi.",
    r"\{=\w+\}": "rå kode vises bare i ett av formatene. Skriv det som vanlig tekst.",
    r"<!--": "kommentaren er ikke lukket før en tom linje. Skriv --> der den slutter.",
    r"</?[a-zA-Z][^>\n]*>": "HTML kommer ikke med i PDF-en. Skriv det som vanlig Markdown.",
    r"(?<!\\)(?:\\\\)*\$.*": "formler har ingen tekst for den som hører dem. Skriv formelen med "
    r"ord, og et dollartegn som \$.",
    r"(?<!\\)(?:\\\\)*\\[a-zA-Z]": "LaTeX blir borte for leseren. Skriv det som vanlig tekst.",
    r"(?<![\[\w])https?://": "en adresse som ikke er en lenke, kan bli delt med bindestrek. Skriv "
    "<https://…>.",
    r"(?<![\w\\])(?:\\\\)*@(?=\S)": r"ord med @ foran blir lest som en kilde. Skriv \@, eller bruk "
    "en fotnote.",
    r"(?<!\\)`": "koden er ikke lukket. Skriv ` på begge sider, på samme linje.",
    r"(?<!^)(?<!:):::": "«:::» må stå først på en egen linje.",
    r"^(?!\|).*?(?<!\\)\|": r"«|» er bare for tabeller, først på linjen. Skriv \| ellers.",
    r"!\[\s*\]\(": "bildet mangler tekst for den som ikke ser det. Skriv ![hva det viser](fil).",
}
# Lines that Pandoc reads as something else than our readers of chapters do.
LINES = {
    r"\+[-=:+]{2,}[ \t]*$|[ \t]*-{2,}(?:[ \t]+-{2,})+[ \t]*$|[^|\n]*-\|-[-|: ]*$": "tabellen har "
    "en form som ikke blir lest. Skriv den med | foran og bak hver rad.",
    r":::+(?!:)(?![ \t]*(?:\{[^{}]*\}[ \t]*)?$)": "linjen blir ikke lest. Skriv "
    "::: {.klasse}, og ikke mer.",
}
UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
BLOCK = re.compile(r"#{1,6}\s|[ \t]*:::+\s*\{|\||\[\^[^\]\n]+\]:")
REFERENCE = re.compile(r"(?<!^)(?<!\\)\[\^([^\]\n]+)\]|^\[\^([^\]\n]+)\](?!:)", re.MULTILINE)
DIVIDER = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*")
RELATIVE = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\((?!#|https?://|mailto:)([^)\s]*)\)")


def markup_mistakes(content: str, font: Path) -> list[tuple[int, int, str]]:
    """Line, column and sentence of each place of a chapter that readers would not see as written.

    Args:
        font: The typeface of the PDF, if it is there: it must have every character.
    """
    plain = ASIDE.sub(_blank, without_code(content))
    kept = SIGNS.sub(lambda match: "\N{MIDDLE DOT}" * len(match[0]), plain)
    found = [place for rule in RULES for place in rule(plain, kept)]
    found += [*_fences(content), *_lacking(plain, font)]
    return sorted(
        {(plain.count("\n", 0, at) + 1, at - plain.rfind("\n", 0, at), why) for at, why in found}
    )


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n`]", "\N{MIDDLE DOT}", match[0])


def _inline(_: str, kept: str) -> Places:
    for form, why in INLINE.items():
        for match in re.finditer(form, kept, re.MULTILINE):
            yield match.start(), why


def _links(plain: str, _: str) -> Places:
    for match in RELATIVE.finditer(plain):
        yield match.start(), f"lenken «{match[1]}» virker ikke. Skriv (#id) eller en hel adresse."


def _footnotes(plain: str, _: str) -> Places:
    defined: set[str] = set()
    notes = {note[1]: note.start() for note in reversed([*FOOTNOTE.finditer(plain)])}
    used = {match[1] or match[2]: match.start() for match in REFERENCE.finditer(plain)}
    for name, at in used.items():
        if name not in notes:
            yield at, f"fotnoten «{name}» er ikke skrevet. Skriv [^{name}]: og teksten."
    for note in FOOTNOTE.finditer(plain):
        if note[1] in defined:
            yield note.start(), f"fotnoten «{note[1]}» er skrevet før. Gi den et annet navn."
        elif note[1] not in used:
            why = f"ingenting viser til fotnoten «{note[1]}». Ta den bort, eller vis til den."
            yield note.start(), why
        defined.add(note[1])


def _divs(plain: str, _: str) -> Places:
    open_at: list[int] = []
    for fence in re.finditer(r"^:::+[ \t]*(\S?)", plain, re.MULTILINE):
        if fence[1]:
            open_at.append(fence.start())
        elif open_at:
            open_at.pop()
        else:
            yield fence.start(), "::: lukker noe som ikke er åpnet. Ta den bort."
    for at in open_at:
        yield at, "::: er ikke lukket. Skriv ::: på en egen linje der den slutter."


def _headings(plain: str, _: str) -> Places:
    at = 0
    for line in plain.splitlines(keepends=True):
        heading = HEADING.match(line.rstrip("\n"))
        if heading and (sign := re.search(r"[\[\]`*_^~<{}#|]", heading[2])):
            yield (
                at + heading.start(2) + sign.start(),
                "overskrifter står også i innholdslisten, der fotnoter, kode og utheving ikke "
                "vises. Skriv bare ord.",
            )
        elif not heading and re.match(r"[ \t]*#{1,6}[^\s#]|(?:[ \t]|[-*+>]\s)+#{1,6}\s", line):
            yield at, "overskriften blir ikke lest. Skriv # først på linjen og et mellomrom bak."
        at += len(line)


def _blocks(plain: str, kept: str) -> Places:
    """Lines that need an empty line before them, and forms that are read as something else."""
    before, at = "", 0
    for line, whole in zip(kept.split("\n"), plain.split("\n"), strict=True):
        begins = BLOCK.match(whole)
        is_apart = not before.strip() or re.match(r"[ \t]*:::|#{1,6}\s", before)
        goes_on = begins and begins[0][0] in "|[" and _kind(before) == _kind(whole)
        if begins and not is_apart and not goes_on and not _ends_note(whole, before):
            yield at, f"«{begins[0].strip()}» trenger en tom linje foran for å bli lest."
        if before.strip() and UNDERLINE.match(line):
            yield at, "en strek under en linje gjør den til overskrift. Skriv # foran den i stedet."
        for form, why in LINES.items():
            if re.match(form, whole):
                yield at, why
        before, at = whole, at + len(line) + 1


def _kind(line: str) -> str:
    """`|` for a row of a table, `[` for a footnote, and so on."""
    begins = BLOCK.match(line)
    return begins[0][0] if begins else ""


def _ends_note(line: str, before: str) -> bool:
    """A footnote may follow right upon another one, whose last line may be indented."""
    return line.startswith("[^") and before[:1] in (" ", "\t")


def _front_matter(plain: str, _: str) -> Places:
    for match in re.finditer(r"(?:\A|\n[ \t]*\n)(---[ \t]*)\n(?=[ \t]*\S)", plain):
        yield (
            match.start(1),
            "«---» gjør det som følger, til innstillinger. Skriv en tom linje bak.",
        )


def _tables(plain: str, _: str) -> Places:
    for match in re.finditer(r"(?:^\|.*(?:\n|$))+", plain, re.MULTILINE):
        rows = match[0].splitlines()
        widths = {len(re.findall(r"(?<!\\)\|", row.rstrip())) for row in rows}
        if len(rows) < 3 or not DIVIDER.fullmatch(rows[1]) or not rows[0].strip("| "):
            yield (
                match.start(),
                (
                    "tabellen blir ikke lest. Skriv en rad med overskrifter, en rad med |---| og "
                    "så radene."
                ),
            )
        elif len(widths) > 1 or any(not row.rstrip().endswith("|") for row in rows):
            yield match.start(), "radene i tabellen har ulikt antall |. Skriv like mange i hver."
        elif note := re.search(r"\[\^", match[0]):
            yield (
                match.start() + note.start(),
                ("en fotnote i en tabell kommer ikke med. Skriv den i teksten over."),
            )
        after = plain[match.end() :].partition("\n")[0]
        if after.strip():
            yield match.end(), "tabellen trenger en tom linje bak."


def _indented(plain: str, _: str) -> Places:
    before, is_inside, at = "", False, 0
    for line in plain.splitlines():
        if re.match(r"(?: {4}|\t)\s*\S", line):
            if not before.strip() and not is_inside:
                yield at, "en linje med fire mellomrom foran blir til kode. Ta dem bort."
        elif line.strip():
            is_inside = bool(re.match(r"\s*(?:[-*+]|\d+[.)]|\[\^|:)\s*\S", line))
        before, at = line, at + len(line) + 1


def _fences(content: str) -> Places:
    """Blocks of code that would run, or that are left open; counted in the text without them."""
    at, opened = 0, -1
    for line, plain in zip(content.splitlines(), without_code(content).split("\n"), strict=True):
        if FENCE.match(line):
            if line.strip().strip("`~"):
                yield at, "kodeblokker blir ikke kjørt eller farget. Skriv bare ``` på linjen."
            opened = at if opened < 0 else -1
        at += len(plain) + 1
    if opened >= 0:
        yield opened, "kodeblokken er ikke lukket. Skriv ``` på en egen linje der den slutter."


def _lacking(plain: str, font: Path) -> Places:
    if font.is_file():
        signs = "".join({*plain} - {"\n", "\t"} - glyphs(font))
        for match in re.finditer(f"[{re.escape(signs)}]", plain) if signs else ():
            yield match.start(), lacks(match[0])


def lacks(sign: str) -> str:
    """What to say of a character that the typeface has no drawing of."""
    return f"skriften i PDF-en har ikke tegnet «{sign}» (U+{ord(sign):04X}). Skriv et annet."


@lru_cache(maxsize=2)
def glyphs(font: Path) -> frozenset[str]:
    """The characters that a typeface has; few commands read it, and it takes its time."""
    from matplotlib.ft2font import FT2Font

    return frozenset(map(chr, FT2Font(str(font)).get_charmap()))


RULES: tuple[Callable[[str, str], Places], ...] = (
    *(_inline, _links, _footnotes, _divs, _headings, _blocks, _front_matter, _tables, _indented),
)
