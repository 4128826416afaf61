"""Quarto and the embedded engine give the same text, numbers and anchors. Needs quarto."""

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kunnskapsgrunnlag.check.words import squeezed
from tests.checkout import CLEAN, Checkout
from tests.pdfs import pdf_text

# A development copy of Quarto may be named here instead of being put on the PATH.
QUARTO = shutil.which("quarto") or os.environ.get("KG_TEST_QUARTO")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.quarto,
    pytest.mark.skipif(QUARTO is None, reason="quarto is not on the PATH"),
]
CHAPTERS = ["chapters/kapittel-4.html", "chapters/kapittel-5.html", "chapters/kapittel-6.html"]


class Words(HTMLParser):
    """The words, ids and internal links of a page's text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.silent = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.silent += tag in ("script", "style", "nav", "svg", "details")
        if held.get("id"):
            self.ids.add(str(held["id"]))
        href = held.get("href") or ""
        if not self.silent and "#" in href and "//" not in href:
            self.links.add(href.rsplit("/", 1)[-1])

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style", "nav", "svg", "details")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words += data.split()


@pytest.fixture(scope="module")
def quarto(built: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    checkout = built.copy(tmp_path_factory.mktemp("quarto") / "checkout")
    in_git(checkout, "add", "-A")
    who = ("-c", "user.name=x", "-c", "user.email=x")
    in_git(checkout, *who, "commit", "-q", "--no-verify", "--allow-empty", "-mx")
    done = checkout.process("build", "--engine", "quarto", path=with_quarto())
    assert done.code == 0, done.out + done.err
    return checkout


def with_quarto() -> str:
    return str(Path(str(QUARTO)).parent) + os.pathsep + os.environ["PATH"]


def body(checkout: Checkout, name: str) -> Words:
    text = checkout.read(f"build/site/{name}")
    start = re.search(r"<main[^>]*>", text)
    assert start
    return Words(text[start.end() : text.index("</main>")])


def test_build_notices_the_other_engine(quarto: Checkout) -> None:
    assert quarto.json("build/site/engine.json")["engine"] == "quarto"


@pytest.mark.parametrize("name", CHAPTERS)
def test_same_words_in_the_same_order(built: Checkout, quarto: Checkout, name: str) -> None:
    ours, theirs = body(built, name).words, body(quarto, name).words
    probe = [w for w in ours if w not in ("↩︎", "←", "→")]
    text = " ".join(theirs).replace("↩︎ ", "")
    paragraphs = re.split(r"(?<=[.:]) ", " ".join(probe))
    missing = [p for p in paragraphs if len(p) > 40 and p not in text]
    assert missing == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_same_anchors(built: Checkout, quarto: Checkout, name: str) -> None:
    ours, theirs = body(built, name).ids, body(quarto, name).ids
    wanted = {i for i in ours if re.match(r"(figur|tabell|kap)-\d+", i)}
    assert wanted
    assert wanted <= theirs


@pytest.mark.parametrize("name", CHAPTERS)
def test_same_references(built: Checkout, quarto: Checkout, name: str) -> None:
    ours, theirs = body(built, name).links, body(quarto, name).links
    wanted = {i for i in ours if re.search(r"#(figur|tabell|kap)", i)}
    assert wanted <= theirs


def test_pdf_holds_the_same_items_and_numbers(built: Checkout, quarto: Checkout) -> None:
    text = squeezed(pdf_text(quarto.root / "build/kunnskapsgrunnlag.pdf"))
    for record in built.json("build/values.json")["values"].values():
        if record["shown"]:
            assert squeezed(record["text"]) in text, record["address"]


def test_mistake_in_a_chapter_stops_quarto_too(quarto: Checkout) -> None:
    name = "chapters/kapittel-4.md"
    text = quarto.read(name)
    quarto.write(name, text + "\nSe [figur-99]{.ref}.\n")

    done = quarto.process("build", "--engine", "quarto", path=with_quarto())
    quarto.write(name, text)

    assert done.code == 1
    assert (
        f"{name}:{len(text.splitlines()) + 2}: henvisningen «figur-99» fører ingen steder"
        in done.err
    )


@pytest.mark.parametrize("name", ["index.html", *CHAPTERS])
def test_a_page_asks_no_other_host_and_has_one_title(quarto: Checkout, name: str) -> None:
    page = quarto.read(f"build/site/{name}")
    loads = re.findall(r"<(?:link|script|img|iframe)\b[^>]*?(?:href|src)=\"(\w+:[^\"]*)", page)
    assert [address for address in loads if not address.startswith("data:")] == []
    assert len(re.findall(r"<h1\b", page)) == 1
    styles = "".join(path.read_text("utf-8") for path in quarto.root.glob("build/site/**/*.css"))
    assert not re.search(r"(@import|url\()\s*[\"']?(https?:)?//", styles)


@pytest.mark.parametrize("name", ["index.html", *CHAPTERS])
def test_a_page_leads_to_all_that_ours_lead_to(quarto: Checkout, name: str) -> None:
    page = quarto.read(f"build/site/{name}")
    ways = ("figurer-og-tabeller", "om", "tilgjengelighet", "sok", "bydeler", "utforsk")
    assert [way for way in ways if f'/{way}.html"' not in page] == []
    assert 'href="#quarto-document-content"' in page
    assert re.search(r'kg-utgavelinje">.*<p>Utgave \d{4}', page)
    assert "kunnskapsgrunnlag-2026.pdf" in page


def test_another_engine_than_the_catalogues_leaves_git_as_it_was(quarto: Checkout) -> None:
    assert in_git(quarto, "status", "--porcelain") == ""


def test_back_to_the_embedded_engine(quarto: Checkout) -> None:
    done = quarto.process("build", "--engine", "embedded")
    assert done.code == 0
    assert quarto.json("build/site/engine.json")["engine"] == "embedded"


def test_quartos_own_command_gives_the_whole_site(quarto: Checkout) -> None:
    before = {*quarto.contents("build/site")}
    for path in ("build/render", "build/site"):
        shutil.rmtree(quarto.root / path)

    plain_quarto(quarto, "render")

    missing = before - {*quarto.contents("build/site")}
    assert missing == set()
    assert quarto.process("check").code == 0
    assert in_git(quarto, "status", "--porcelain") == ""


def test_quartos_own_profile_gives_the_pdf_and_leaves_the_site(quarto: Checkout) -> None:
    site = quarto.contents("build/site")
    quarto.root.joinpath("build/kunnskapsgrunnlag.pdf").unlink()

    plain_quarto(quarto, "render", "--profile", "pdf")

    assert "Quarto" in pdf_text(quarto.root / "build/kunnskapsgrunnlag.pdf")
    assert quarto.contents("build/site") == site
    assert in_git(quarto, "status", "--porcelain") == ""


def test_quartos_own_command_stops_at_a_mistake(quarto: Checkout) -> None:
    quarto.replace("chapters/kapittel-4.md", "# ", "[figur-99/a]{.tall}\n\n# ")
    try:
        output = plain_quarto(quarto, "render", code=1)
    finally:
        in_git(quarto, "checkout", "chapters")
    assert re.search(r"chapters/kapittel-4\.md:\d+: ukjent adresse «figur-99/a»", output)


def plain_quarto(checkout: Checkout, *arguments: str, code: int = 0) -> str:
    """Run Quarto as people do, with the project's own Python; return what it wrote."""
    done = subprocess.run(
        [str(QUARTO), *arguments],
        cwd=checkout.root,
        env=CLEAN | {"PYTHONPATH": str(checkout.root / "src"), "QUARTO_PYTHON": sys.executable},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout[-3000:]
    return done.stdout


def in_git(checkout: Checkout, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=checkout.root, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout
