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
        r"kapittel-5\.html: chapters/kapittel-5\.md:\d+: .*ventet «38723».*fant «38732»"),
    "a number that leads to another's trace": (
        CHAPTER, r"#personer\.oslo\.2020(\" class=\"kg-tall)", r"#personer.oslo.2019\1",
        r"ventet «38723» med lenken «\.\./sporing/tabell-11\.html#personer\.oslo\.2020»"),
    "a link to no trace": (
        CHAPTER, r"#personer\.oslo\.2020(\" class=\"kg-tall)", r"#personer.oslo.2099\1",
        r"lenken «.*2099» fører ingen steder på den siden"),
    "a typed number": (
        CHAPTER, r"For husholdninger er bildet et annet\.", "Det er 4321 færre.",
        r"kapittel-5\.html: tallet «4321» står 1 ganger utenfor merkene"),
    "a year of the data that is another": (
        CHAPTER, r'(<span class="kg-aar">)2020', r"\g<1>2019",
        r"\{\.aar\}: ventet «2020», fant «2019»"),
    "a fixed number that is another": (
        CHAPTER, rf'(<span class="kg-fast">)60{NB}prosent', rf"\g<1>50{NB}prosent",
        r"\[60 prosent\]\{\.fast\}: ventet «60prosent», fant «50prosent»"),
    "a cell of a table": (
        CHAPTER, rf'(personer\.oslo\.2017">)40{NB}900<', rf"\g<1>40{NB}901<",
        rf"Tabell 11: rad 5 i tabellen: ventet «40{NB}900», fant «40{NB}901»"),
    "a row of a table": (
        CHAPTER, r'<tr><th scope="row">2017</th>(?:(?!</tr>).)*personer\.oslo\.2017.*?</tr>', "",
        r"Tabell 11: rad 5 i tabellen"),
    "a title": (
        CHAPTER, r'(<span class="kg-tittel">)Antall vanskeligstilte', r"\1Andel vanskeligstilte",
        r"title: ventet «Antall vanskeligstilte på boligmarkedet», fant «Andel"),
    "a finding": (
        # The contents of the page have it too.
        CHAPTER, r"(<figcaption>.{0,300}?)Oslo fikk flere", r"\1Oslo fikk færre",
        r"Tabell 11: finding: ventet «Oslo fikk flere .*», fant «Oslo fikk færre"),
    "an item": (
        CHAPTER, r'<figure class="kg-item" id="tabell-17">.*?</figure>', "",
        r"kapittel-5\.html: Tabell 17 mangler"),
    "a word of a drawing": (
        CHAPTER, rf"(<text[^>]*>)38{NB}723(</text>)", rf"\g<1>38{NB}732\2",
        rf"tabell-11\.svg har «38{NB}723», og siden har «38{NB}732»"),
    "an alt text that rounds anew": (
        ("build/items/tabell-12/tabell-12.json"), "fra 6,6 prosent", "fra 6,64 prosent",
        r"^tabell-12: alt-tekst: 6,64"),
    "an alt text": (
        CHAPTER, rf'(aria-label="[^"]*Oslo: falt fra )40{NB}327', rf"\g<1>40{NB}328",
        r"tabell-11: alt-teksten skulle vært"),
    "a link to a download": (
        CHAPTER, r'href="\.\./items/tabell-11/tabell-11\.csv"', 'href="../index.html"',
        r"lenken for å laste ned tabell-11\.csv mangler"),
    "a number in a CSV": (
        "build/site/items/tabell-11/tabell-11.csv", "40900", "40910",
        r"tabell-11\.csv, linje \d+: tabell-11/personer/oslo/2017: ventet «40900», fant «40910»"),
    "a number of a trace": (
        "build/site/sporing/tabell-11.html", rf'(id="personer\.oslo\.2017".*?<strong>)40{NB}900',
        rf"\g<1>40{NB}910", r"sporing/tabell-11\.html: tabell-11/personer/oslo/2017: ventet"),
    "a source cell of a trace": (
        "build/site/sporing/tabell-11.html", r'(id="personer\.oslo\.2017".*?</dt>.*?<strong>)40900',
        r"\g<1>40910", r"cellen «trykt-tabell-11:C6: .*: 40900» mangler"),
    "a number of a profile": (
        "build/site/bydeler/stovner.html", r"(#lavinntekt\.stovner\.2023\">)19,1", r"\g<1>19,2",
        r"bydeler/stovner\.html, linje \d+: profil-bydel/lavinntekt/stovner/2023: "
        r"ventet «19,1», fant «19,2»"),
    "a number of a profile that leads to another's trace": (
        "build/site/bydeler/alna.html", r"#lavinntekt\.alna\.2023", "#lavinntekt.alna.2022",
        r"bydeler/alna\.html, linje \d+: profil-bydel/lavinntekt/alna/2022: ventet"),
    "a number of a profile that leads to a heading": (
        "build/site/bydeler/ullern.html", r"#lavinntekt\.ullern\.2023", "#alle-tall",
        r"bydeler/ullern\.html, linje \d+: «7,9» fører til .*, som ikke er et tall"),
    "a number of a profile's trace": (
        "build/site/sporing/profil-bydel-stovner.html",
        r'(id="lavinntekt\.stovner\.2023".*?<strong>)19,1', r"\g<1>19,2",
        r"sporing/profil-bydel-stovner\.html: profil-bydel/lavinntekt/stovner/2023: ventet"),
    "a number for programs": (
        "build/site/data/tabell-11.json", rf'("text":")40{NB}900"', rf'\g<1>40{NB}910"',
        r"data/tabell-11\.json: tabell-11/personer/oslo/2017: ventet"),
    "a number for programs that has no source cell": (
        "build/site/data/tabell-11.json", r'\n"trykt-tabell-11:C6":\{[^}]*\},', "",
        r"data/tabell-11\.json: .*cellene \['trykt-tabell-11:C6'\] finnes ikke"),
    "a number of a profile for programs": (
        "build/site/data/profil-bydel.json", r'\n"lavinntekt\.stovner\.2023":\{[^}]*\},', "",
        r"data/profil-bydel\.json: profil-bydel/lavinntekt/stovner/2023 finnes ikke"),
    "a line of the contents": (
        "build/site/index.html", r"(Boutgifter over taket i statlig bostøtte, til) 2025",
        r"\1 2024",
        r"index\.html: listen «utgaven»"),
    "a row of the list of items": (
        "build/site/figurer-og-tabeller.html", r"chapters/kapittel-6\.html#figur-40",
        "chapters/kapittel-6.html#figur-28",
        r"figurer-og-tabeller\.html: Figur 40 mangler i listen"),
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
                       rf"stolpen til tabell-31/per_innbygger/trondheim: ventet 1{NB}579"),
    "two bars' numbers": ("tabell-31", rf">2{NB}396<(.*)>1{NB}957<", rf">1{NB}957<\1>2{NB}396<",
                          r"stolpen til tabell-31/per_innbygger/oslo: ventet"),
    "a bar's length": ("tabell-31", r"279\.120172( 54.*?)279\.120172", r"269.120172\g<1>269.120172",
                       r"stolpen til tabell-31/per_innbygger/drammen er ikke så lang"),
    "a bar that is gone": ("tabell-31", r'<g id="patch_kg[^"]*innbygger\.oslo">.*?</g>', "",
                           r"tabell-31/per_innbygger/oslo|\d+ bars for \d+ numbers"),
    "a point": ("figur-32", r'(<g id="line2d_kg[^"]*per_1000[^"]*">.*?<use[^>]* x=")(\d)',
                r"\g<1>1\2", r"figur-32\.svg"),
    "a corner of a line": ("figur-27", r'(<g id="line2d_kg[^"]*">\s*<path d="M [\d.]+ )[\d.]+',
                           r"\g<1>2.583866",
                           r"figur-27\.svg, panel 1: punktet ved .* er ikke et av tallene"),
    "a name": ("figur-18", r">Fossum 19,1<", ">Fossum 9,1<", r"«Fossum 9,1»|«Fossum»: ventet"),
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
                          r"Tabell 11, side \d+ eller neste: raden «2017\|"),
    "the title of an item": (r'("Tabell 12", )"Andel vanskelig', r'\1"Vanskelig',
                             r"Tabell 12 «Andel vanskeligstilte på boligmarkedet» står ikke der"),
    "a number of a heading": (r"(\n=[^\n]*)Bostøtte i kommunale boliger", r"\1Kommunal bostøtte",
                              r"det er ikke noe bokmerke «6\.4\.2 Bostøtte"),
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
    told = r"Figur 2[12] .*står ikke der den skal"
    assert [error for error in spoilt_pdf if re.search(told, error)], spoilt_pdf


def test_kg_check_tells_and_refuses(mini: Checkout, scratch: Checkout) -> None:
    cell = r"(belop\.2018\">)801<"
    plant(scratch, "build/site/chapters/kapittel-6.html", cell, r"\g<1>802<")
    assert mini.kg("check").code == 0
    done = scratch.kg("check")
    assert done.code == 1
    assert "ventet «801», fant «802»" in done.words
