"""The last look finds faults that are planted in finished pages, files, drawings and PDF.

Faults that do not touch each other are planted together, and each must be told by its own words.
"""

import re
import shutil
from collections.abc import Collection
from pathlib import Path

import pytest
import typst

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.check import check_product
from kunnskapsgrunnlag.report import Report
from tests.checkout import Checkout, made_once

CHAPTER = "build/site/chapters/kapittel-5.html"
KEPT = (
    *("build/site", "build/items", "build/receipts", "build/render", "build/profiles"),
    *("data", "chapters", "assets"),
)
FILES = ("params.yaml", "index.md", "build/values.json", "build/claims.json")
PDF = "build/kunnskapsgrunnlag.pdf"


def copy_product(built: Checkout, target: Path) -> Checkout:
    """What the check reads, in a place where it may be spoilt."""
    for name in KEPT:
        shutil.copytree(built.root / name, target / name)
    for name in (*FILES, PDF):
        shutil.copyfile(built.root / name, target / name)
    return Checkout(target)


def errors_of(checkout: Checkout, catalog: Catalog) -> list[str]:
    return check_product(Report(Project(checkout.root), catalog))


def plant(checkout: Checkout, name: str, pattern: str, replacement: str) -> None:
    """Change the first place that matches, which must be there."""
    text = checkout.read(name)
    changed, count = re.subn(pattern, replacement, text, count=1, flags=re.DOTALL)
    assert count == 1, pattern
    assert changed != text
    checkout.write(name, changed)


def test_what_nobody_touched_is_clean(built: Checkout, catalog: Catalog) -> None:
    assert errors_of(built, catalog) == []


NB = "\N{NO-BREAK SPACE}"
# name: file, what is there, what is planted, what the error must say.
FAULTS = {
    "a digit of a number in the text": (
        CHAPTER, rf'(class="kg-tall">)38{NB}723<', rf"\g<1>38{NB}732<",
        r"kapittel-5\.html: chapters/kapittel-5\.md:\d+: .*expected «38723».*found «38732»"),
    "a number that leads to another's trace": (
        CHAPTER, r"#personer\.oslo\.2020(\" class=\"kg-tall)", r"#personer.oslo.2019\1",
        r"expected «38723» with the link «\.\./sporing/tabell-11\.html#personer\.oslo\.2020»"),
    "a link to no trace": (
        CHAPTER, r"#personer\.oslo\.2020(\" class=\"kg-tall)", r"#personer.oslo.2099\1",
        r"the link «.*2099» leads to nothing on that page"),
    "a typed number": (
        CHAPTER, r"For husholdninger er bildet et annet\.", "Det er 4321 færre.",
        r"kapittel-5\.html: the number «4321» stands 1 times outside marks"),
    "a year of the data that is another": (
        CHAPTER, r'(<span class="kg-aar">)2020', r"\g<1>2019",
        r"\{\.aar\}: expected «2020», found «2019»"),
    "a fixed number that is another": (
        CHAPTER, rf'(<span class="kg-fast">)60{NB}prosent', rf"\g<1>50{NB}prosent",
        r"\[60 prosent\]\{\.fast\}: expected «60prosent», found «50prosent»"),
    "a cell of a table": (
        CHAPTER, rf'(personer\.oslo\.2017">)40{NB}900<', rf"\g<1>40{NB}901<",
        rf"Tabell 11: row 5 of the table: expected «40{NB}900», found «40{NB}901»"),
    "a row of a table": (
        CHAPTER, r'<tr><th scope="row">2017</th>(?:(?!</tr>).)*personer\.oslo\.2017.*?</tr>', "",
        r"Tabell 11: row 5 of the table"),
    "a title": (
        CHAPTER, r'(<span class="kg-tittel">)Antall vanskeligstilte', r"\1Andel vanskeligstilte",
        r"title: expected «Antall vanskeligstilte på boligmarkedet», found «Andel"),
    "a finding": (
        # The contents of the page have it too.
        CHAPTER, r"(<figcaption>.{0,300}?)Oslo fikk flere", r"\1Oslo fikk færre",
        r"Tabell 11: finding: expected «Oslo fikk flere .*», found «Oslo fikk færre"),
    "an item": (
        CHAPTER, r'<figure class="kg-item" id="tabell-17">.*?</figure>', "",
        r"kapittel-5\.html: Tabell 17 is missing"),
    "a word of a drawing": (
        CHAPTER, rf"(<text[^>]*>)38{NB}723(</text>)", rf"\g<1>38{NB}732\2",
        rf"tabell-11\.svg has «38{NB}723» where the page has «38{NB}732»"),
    "an alt text that rounds anew": (
        ("build/items/tabell-12/tabell-12.json"), "fra 6,6 prosent", "fra 6,64 prosent",
        r"^tabell-12: alt text: 6,64"),
    "an alt text": (
        CHAPTER, rf'(aria-label="[^"]*Oslo: falt fra )40{NB}327', rf"\g<1>40{NB}328",
        r"tabell-11: the alt text should be"),
    "a link to a download": (
        CHAPTER, r'href="\.\./items/tabell-11/tabell-11\.csv"', 'href="../index.html"',
        r"the link to download tabell-11\.csv is missing"),
    "a number in a CSV": (
        "build/site/items/tabell-11/tabell-11.csv", "40900", "40910",
        r"tabell-11\.csv, line \d+: tabell-11/personer/oslo/2017: expected «40900», found «40910»"),
    "a number of a trace": (
        "build/site/sporing/tabell-11.html", rf'(id="personer\.oslo\.2017".*?<strong>)40{NB}900',
        rf"\g<1>40{NB}910", r"sporing/tabell-11\.html: tabell-11/personer/oslo/2017: expected"),
    "a source cell of a trace": (
        "build/site/sporing/tabell-11.html", r'(id="personer\.oslo\.2017".*?</dt>.*?<strong>)40900',
        r"\g<1>40910", r"the source cell «trykt-tabell-11:C6: .*: 40900» is missing"),
    "a number of a profile": (
        "build/site/bydeler/stovner.html", r"(#lavinntekt\.stovner\.2023\">)19,1", r"\g<1>19,2",
        r"bydeler/stovner\.html, line \d+: profil-bydel/lavinntekt/stovner/2023: "
        r"expected «19,1», found «19,2»"),
    "a number of a profile that leads to another's trace": (
        "build/site/bydeler/alna.html", r"#lavinntekt\.alna\.2023", "#lavinntekt.alna.2022",
        r"bydeler/alna\.html, line \d+: profil-bydel/lavinntekt/alna/2022: expected"),
    "a number of a profile that leads to a heading": (
        "build/site/bydeler/ullern.html", r"#lavinntekt\.ullern\.2023", "#alle-tall",
        r"bydeler/ullern\.html, line \d+: «7,9» leads to .*, which is no number"),
    "a number of a profile's trace": (
        "build/site/sporing/profil-bydel-stovner.html",
        r'(id="lavinntekt\.stovner\.2023".*?<strong>)19,1', r"\g<1>19,2",
        r"sporing/profil-bydel-stovner\.html: profil-bydel/lavinntekt/stovner/2023: expected"),
    "a number for programs": (
        "build/site/data/tabell-11.json", rf'("text":")40{NB}900"', rf'\g<1>40{NB}910"',
        r"data/tabell-11\.json: tabell-11/personer/oslo/2017: expected"),
    "a number for programs that has no source cell": (
        "build/site/data/tabell-11.json", r'\n"trykt-tabell-11:C6":\{[^}]*\},', "",
        r"data/tabell-11\.json: .*the cells \['trykt-tabell-11:C6'\] are not there"),
    "a number of a profile for programs": (
        "build/site/data/profil-bydel.json", r'\n"lavinntekt\.stovner\.2023":\{[^}]*\},', "",
        r"data/profil-bydel\.json: profil-bydel/lavinntekt/stovner/2023 is not there"),
    "a line of the contents": (
        "build/site/index.html", r"(Boutgifter over taket i statlig bostøtte, til) 2025",
        r"\1 2024",
        r"index\.html: the list «utgaven»"),
    "a row of the list of items": (
        "build/site/figurer-og-tabeller.html", r"chapters/kapittel-6\.html#figur-40",
        "chapters/kapittel-6.html#figur-28",
        r"figurer-og-tabeller\.html: Figur 40 is missing from the list"),
}  # fmt: skip


# What another fault hides is planted apart from it.
APART = (
    ("an item", "a row of a table", "a link to no trace", "a bar that is gone"),
    ("a digit of a number in the text", "a bar's length"),
)


@pytest.fixture(scope="module")
def spoilt(
    built: Checkout, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """The errors told of products with all faults in them: most in the first."""
    errors: list[str] = []

    def look(at: Path) -> None:
        most = (FAULTS.keys() | DRAWN.keys()) - {name for names in APART for name in names}
        for number, names in enumerate((most, *APART)):
            product = copy_product(built, at.with_name(f"spoilt-{number}"))
            plant_all(product, names)
            errors.extend(errors_of(product, catalog))
        at.write_text("\n".join(errors), encoding="utf-8")

    return made_once(tmp_path_factory, "spoilt.txt", look).read_text("utf-8").split("\n")


def plant_all(product: Checkout, names: Collection[str]) -> None:
    for name in (name for name in FAULTS if name in names):
        plant(product, *FAULTS[name][:3])
    for name in (name for name in DRAWN if name in names):
        key, pattern, replacement, _ = DRAWN[name]
        for folder in ("build/items", "build/site/items"):
            plant(product, f"{folder}/{key}/{key}.svg", pattern, replacement)


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_is_found(spoilt: list[str], fault: str) -> None:
    told = FAULTS[fault][3]
    assert [error for error in spoilt if re.search(told, error)], spoilt


# ----------------------------------------------------------- a drawing that is not its table's


DRAWN = {
    "a bar's number": ("tabell-31", rf">1{NB}579<", f">1{NB}597<",
                       rf"the bar of tabell-31/per_innbygger/trondheim: expected 1{NB}579"),
    "two bars' numbers": ("tabell-31", rf">2{NB}396<(.*)>1{NB}957<", rf">1{NB}957<\1>2{NB}396<",
                          r"the bar of tabell-31/per_innbygger/oslo: expected"),
    "a bar's length": ("tabell-31", r"279\.120172( 54.*?)279\.120172", r"269.120172\g<1>269.120172",
                       r"the bar of tabell-31/per_innbygger/drammen is not as long"),
    "a bar that is gone": ("tabell-31", r'<g id="patch_kg[^"]*innbygger\.oslo">.*?</g>', "",
                           r"tabell-31/per_innbygger/oslo|\d+ bars for \d+ numbers"),
    "a point": ("figur-32", r'(<g id="line2d_kg[^"]*per_1000[^"]*">.*?<use[^>]* x=")(\d)',
                r"\g<1>1\2", r"figur-32\.svg"),
    "a corner of a line": ("figur-27", r'(<g id="line2d_kg[^"]*">\s*<path d="M [\d.]+ )[\d.]+',
                           r"\g<1>2.583866",
                           r"figur-27\.svg, panel 1: the point at .* is no number"),
    "a name": ("figur-18", r">Fossum 19,1<", ">Fossum 9,1<", r"«Fossum 9,1»|«Fossum»: expected"),
}  # fmt: skip


@pytest.mark.parametrize("fault", DRAWN)
def test_fault_in_a_drawing_is_found(spoilt: list[str], fault: str) -> None:
    told = DRAWN[fault][3]
    assert [error for error in spoilt if re.search(told, error)], spoilt


# --------------------------------------------------------------------------------- the PDF

IN_PDF = {
    "a number of the text": ("med 1~649~og", "med 1~694~og",
                             r"kapittel-5\.html, linje \d+: ventet «.*1649og.*fant «.*1694og"),
    "a cell of a table": (rf"\[#\"40{NB}900\"\]", f'[#"40{NB}901"]',
                          r"Tabell 11, page \d+ or the next: the row «2017\|"),
    "the title of an item": (r'("Tabell 12", )"Andel vanskelig', r'\1"Vanskelig',
                             r"Tabell 12 «Andel vanskeligstilte på boligmarkedet» is not where"),
    "a number of a heading": (r"(\n=[^\n]*)Bostøtte i kommunale boliger", r"\1Kommunal bostøtte",
                              r"there is no bookmark «6\.4\.2 Bostøtte"),
}  # fmt: skip


@pytest.fixture(scope="module")
def spoilt_pdf(
    built: Checkout, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """The errors told of a PDF with all faults in it."""

    def look(at: Path) -> None:
        product = copy_product(built, at.with_name("spoilt-pdf"))
        source = product.read("build/render/kunnskapsgrunnlag.typ")
        for pattern, replacement, _ in IN_PDF.values():
            source, count = re.subn(pattern, replacement, source, count=1)
            assert count == 1, pattern
        path = product.root / "build/render/spoilt.typ"
        path.write_text(swapped(source), encoding="utf-8")
        typst.compile(
            path,
            output=product.root / PDF,
            root=product.root,
            font_paths=[product.root / "assets" / "fonts"],
        )
        at.write_text("\n".join(errors_of(product, catalog)), encoding="utf-8")

    return made_once(tmp_path_factory, "spoilt-pdf.txt", look).read_text("utf-8").split("\n")


def swapped(source: str) -> str:
    """Figur 21 and figur 22 in each other's place."""
    first = source.rindex("#kg-item(", 0, source.index('"Figur 21", '))
    second = source.rindex("#kg-item(", 0, source.index('"Figur 22", '))
    end = source.index(")))\n", second) + len(")))\n")
    middle = source.index(")))\n", first) + len(")))\n")
    parts = (source[second:end], source[middle:second], source[first:middle])
    return source[:first] + "".join(parts) + source[end:]


@pytest.mark.parametrize("fault", IN_PDF)
def test_fault_in_the_pdf_is_found(spoilt_pdf: list[str], fault: str) -> None:
    told = IN_PDF[fault][2]
    assert [error for error in spoilt_pdf if re.search(told, error)], spoilt_pdf


def test_items_in_another_order_are_found(spoilt_pdf: list[str]) -> None:
    told = r"Figur 2[12] .*is not where it should be"
    assert [error for error in spoilt_pdf if re.search(told, error)], spoilt_pdf


def test_kg_check_tells_and_refuses(mini: Checkout, scratch: Checkout) -> None:
    cell = r"(belop\.2018\">)801<"
    plant(scratch, "build/site/chapters/kapittel-6.html", cell, r"\g<1>802<")
    assert mini.kg("check").code == 0
    done = scratch.kg("check")
    assert done.code == 1
    assert "expected «801», found «802»" in done.words
