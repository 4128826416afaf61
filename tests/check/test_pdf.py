"""Reading a PDF back: a true one always passes, one with a wrong digit never does.

Real renderings with the project's template, of random text: numbers of every form and length fall
at the ends of lines and pages, beside notes, hyphens, and tables that float into the middle of
sentences.
"""

import json
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pypandoc
import pypdfium2
import pytest
import typst

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import MINUS, NBSP, nb
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.check.page import Block, PageReader, SeenPart
from kunnskapsgrunnlag.check.pdf import check_paragraphs
from kunnskapsgrunnlag.check.pdf_words import Pdf, read_pdf
from kunnskapsgrunnlag.check.words import squeezed
from kunnskapsgrunnlag.publish.pdf.render import front_matter
from kunnskapsgrunnlag.store.standing import Standing
from tests.conftest import ROOT

SEEDS = 30
PARAGRAPHS = 45
NAME = "kapittel.html"
WORDS = (
    "i av på og til fra var det som betalte kommunen husholdninger bostøtte boligmarkedet "
    "vanskeligstilte husleieutgifter befolkningsframskriving gjennomsnittlig tjenesteutvikling "
    "delbydelene utgjorde sosialhjelp Grünerløkka Søndre-Nordstrand barnefamilier Oslo-regionen"
)
MONTHS = ("januar", "mai", "desember")
# Raw Typst between the texts, by which they are told apart when pandoc has written them.
SPLIT = "//SKILLE//"


@dataclass
class Rendered:
    """What was rendered of one text: its page, its PDF, and the PDF of the text with faults."""

    blocks: list[Block]
    true: Pdf
    pages: list[str]
    false: Pdf
    spoilt: int


def number(rng: random.Random) -> str:
    """A number as the report writes them, from one digit to nine."""
    whole = rng.randrange(10 ** rng.randint(1, 9))
    start, day = rng.randint(1990, 2030), rng.randint(1, 28)
    return rng.choice(
        [
            nb(whole),
            nb(whole / 10, 1),
            f"{nb(rng.random() * 100, 1)}{NBSP}prosent",
            f"{MINUS}{nb(rng.random() * 100, 1)}",
            f"{start}–{start + rng.randint(1, 9)}",
            f"{day}. {rng.choice(MONTHS)} {start}",
            f"§ {day}-{rng.randint(1, 9)}",
            f"tabell {day}",
            f"(nr. {day}/{start})",
        ]
    )


def sentence(rng: random.Random) -> str:
    """A few words with numbers among them, first and last word too."""
    words = [rng.choice(WORDS.split()) for _ in range(rng.randint(3, 14))]
    for _ in range(rng.randint(1, 3)):
        words.insert(rng.randint(0, len(words)), number(rng))
    return f"{rng.choice(['I', 'Fra', 'Etter'])} {' '.join(words)}."


def paragraphs(rng: random.Random, name: str) -> list[str]:
    """Paragraphs, list items, headings, notes, floats and claims that do not hold, as Markdown."""
    made = []
    for at in range(PARAGRAPHS):
        text = " ".join(sentence(rng) for _ in range(rng.randint(1, 5)))
        kind = rng.random()
        if kind < 0.25:
            words = text.split(" ")
            words[rng.randrange(len(words))] += f"[^{name}-{at}]"
            made.append(f"{' '.join(words)}\n\n[^{name}-{at}]: {sentence(rng)}")
        elif kind < 0.4:
            made.append("\n".join(f"- {sentence(rng)}" for _ in range(3)))
        elif kind < 0.45:
            made.append(f"## {' '.join(text.split()[:6])}".rstrip("."))
        elif kind < 0.55:
            cells = ", ".join(f"[{number(rng).replace(NBSP, '~')}]" for _ in range(6))
            made.append(
                "```{=typst}\n#place(auto, float: true, clearance: 1em, "
                f"[#table(columns: 2, table.header([År], [Antall]), {cells})#kg-heads(0)])\n```"
            )
        elif kind < 0.6:
            told = f"[Påstanden holder ikke: {number(rng)} < {number(rng)}]"
            html = f' <a class="kg-usann" href="#x"><strong>{escape(told)}</strong></a>'
            typst_words = json.dumps(told, ensure_ascii=False)
            made.append(
                f"{sentence(rng)}`{html}`{{=html}}` #kg-usann({typst_words})`{{=typst}} {text}"
            )
        else:
            made.append(text)
    return made


def with_wrong_digit(rng: random.Random, text: str) -> str:
    """A digit of a paragraph changed, dropped, added, or changed places with the next."""
    shown = re.sub(r"\[\^[^\]]*\]:?", lambda m: "x" * len(m[0]), text)
    at = rng.choice([m.start() for m in re.finditer(r"\d", shown)])
    digit = text[at]
    other = str((int(digit) + rng.randint(1, 9)) % 10)
    follows = text[at + 1 : at + 2]
    changed = rng.choice(["replaced", "dropped", "added", "swapped"])
    if changed == "swapped" and follows.isdigit() and follows != digit:
        return f"{text[:at]}{follows}{digit}{text[at + 2 :]}"
    if changed == "added":
        return f"{text[:at]}{other}{text[at:]}"
    # Where it is the only one, no number would be left to be wrong.
    if changed == "dropped" and len(re.findall(r"\d", shown)) > 1:
        return text[:at] + text[at + 1 :]
    return f"{text[:at]}{other}{text[at + 1 :]}"


def spoil(rng: random.Random, texts: list[str]) -> tuple[list[str], int]:
    """The same text with a wrong digit in every fourth paragraph that has digits to read."""
    places = [
        at
        for at, text in enumerate(texts)
        if not text.startswith(("```", "- ", "#"))
        and "kg-usann" not in text
        and re.search(r"\d", text)
    ][::4]
    spoilt = list(texts)
    for at in places:
        spoilt[at] = with_wrong_digit(rng, texts[at])
    return spoilt, len(places)


def pandoc(text: str, *arguments: str) -> str:
    """As the engine runs it, without our filter: that one reads a finished build."""
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--wrap=none", *arguments]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def compile_pdf(target: Path, source: str) -> Path:
    path = target.with_suffix(".typ")
    path.write_text(source, encoding="utf-8")
    fonts = [ROOT / "assets" / "fonts"]
    typst.compile(path, output=target, font_paths=fonts, ignore_system_fonts=True)
    return target


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> list[Rendered]:
    """30 texts, each rendered as page and PDF, and as a PDF with faults."""
    folder = tmp_path_factory.mktemp("pdf")
    texts, counts = [], []
    for seed in range(SEEDS):
        rng = random.Random(seed)
        true = paragraphs(rng, f"n{seed}")
        false, count = spoil(rng, true)
        texts += [true, [re.sub(r"\[\^", "[^f", text) for text in false]]
        counts.append(count)
    split = f"\n\n```{{=typst}}\n{SPLIT}\n```\n\n"
    body = split.join(["", *("\n\n".join(text) for text in texts), ""])
    standing = Standing(catalog.edition.key, 2025, "", None, estimated=10, numbered=37)
    front = front_matter(catalog, standing) | {"colophon": [{"name": "Kilder", "words": "48"}]}
    head = "\n".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in front.items())
    assets = ROOT / "assets" / "pdf"
    written = pandoc(
        f"---\n{head}\n---\n{body}",
        "--to=typst",
        "--standalone",
        f"--template={assets / 'template.typ'}",
        *(f"--include-in-header={assets / name}" for name in ("items.typ", "matter.typ")),
    )
    start, *bodies, _ = written.split(SPLIT)
    made = []
    for at, count in enumerate(counts):
        html = pandoc("\n\n".join(texts[2 * at]), "--to=html")
        right = compile_pdf(folder / f"{at}.pdf", start + bodies[2 * at])
        wrong = compile_pdf(folder / f"{at}-feil.pdf", start + bodies[2 * at + 1])
        blocks = PageReader(f"<main>{html}</main>").blocks
        made.append(Rendered(blocks, read_pdf(right), _pages(right), read_pdf(wrong), count))
    return made


def told(pdf: Pdf, blocks: list[Block]) -> list[str]:
    return list(check_paragraphs(pdf, {NAME: blocks}))


def test_a_true_pdf_always_passes(rendered: list[Rendered]) -> None:
    assert [words for r in rendered for words in told(r.true, r.blocks)] == []


def test_a_wrong_digit_of_the_pdf_never_passes(rendered: list[Rendered]) -> None:
    found = [(len(told(r.false, r.blocks)), r.spoilt) for r in rendered]
    assert sum(spoilt for _, spoilt in found) > SEEDS * 4
    assert [pair for pair in found if pair[0] != pair[1]] == []


def _with_wrong_digits(rng: random.Random, blocks: list[Block]) -> Iterator[tuple[Block, str]]:
    for block in blocks:
        if re.search(r"\d", block.text):
            yield block, with_wrong_digit(rng, block.text)


def test_a_wrong_digit_of_the_page_never_passes(rendered: list[Rendered]) -> None:
    count, missed = 0, []
    for seed, each in enumerate(rendered):
        rng = random.Random(seed)
        for block, wrong in _with_wrong_digits(rng, each.blocks):
            spoilt = Block(block.tag, block.line, True, [SeenPart("", wrong, "", block.line)])
            if squeezed(wrong) == squeezed(block.text):
                continue
            count += 1
            missed += [] if told(each.true, [spoilt]) else [(seed, block.text, wrong)]

    assert count > SEEDS * PARAGRAPHS / 2
    assert missed == []


def test_the_texts_put_numbers_where_they_are_hard_to_read(rendered: list[Rendered]) -> None:
    """Else the tests above would prove nothing."""
    line_ends = across = edges = 0
    for each in rendered:
        line_ends += sum(len(re.findall(r"\d[.,)]?[ ]?\n", page)) for page in each.pages)
        whole = [squeezed(page) for page in each.pages]
        for paragraph in each.true.paragraphs:
            words, page = squeezed(paragraph.words), whole[paragraph.page - 1]
            if words not in page and len(words) > 40:
                across += 1
                end = next(n for n in range(len(words), 0, -1) if words[:n] in page)
                edges += bool(re.search(r"\d", words[max(end - 2, 0) : end + 2]))

    assert line_ends > 1000
    assert across > 300
    assert edges > 100


def _pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range().replace("\r", "") for page in document]


def test_an_untagged_pdf_is_refused_with_a_way_out(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    document.save(tmp_path / "x.pdf")
    with pytest.raises(KgError, match=r"x\.pdf: PDF-en er ikke merket .*--engine embedded"):
        read_pdf(tmp_path / "x.pdf")


def test_a_file_that_is_no_pdf_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7\nrubbish")
    with pytest.raises(KgError, match=r"x\.pdf: PDF-en kan ikke leses tilbake"):
        read_pdf(tmp_path / "x.pdf")
