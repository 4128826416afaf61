"""`make screens`: pictures of each kind of page and of the PDF, and the page that shows them.

Takes what `kg build` has made. Needs the packages of dev.lock, and Chromium on the PATH. The
pictures are lossy WebP: small, and made anew as a whole, by one command, when the look has changed.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
DOCUMENT = ROOT / "docs" / "skjermer.md"
FOLDER = ROOT / "docs" / "skjermer"
QUALITY = 40
PDF_WIDTH = 700


@dataclass(frozen=True)
class Screen:
    """A page that is shown: the picture's name, its path in the site, and what a reader sees."""

    name: str
    path: str
    title: str
    words: str


@dataclass(frozen=True)
class Mode:
    """How a page is shown."""

    name: str
    words: str
    width: int
    height: int
    scheme: str


MODES = (
    Mode("lys", "lyse farger, 1200 piksler bred", 1200, 850, "light"),
    Mode("mork", "mørke farger, 1200 piksler bred", 1200, 850, "dark"),
    Mode("mobil", "telefon, 390 piksler bred", 390, 844, "light"),
)

# One page of each kind. A new kind of page is added here.
SCREENS = (
    Screen("forside", "index.html", "Forsiden", "det viktigste funnet, fire tall og en tegning"),
    Screen("kapittel", "chapters/kapittel-5.html", "Kapittel",
           "toppen av kapittel 5, med innholdet på siden"),
    Screen("i-kapittel", "chapters/kapittel-6.html#figur-25", "Figur i et kapittel",
           "figur 25 slik den står i kapittel 6, med tittel, kilde og nedlastinger"),
    Screen("kilder", "chapters/kilder.html", "Kilder", "listen over kilder og årganger"),
    Screen("pastander", "chapters/pastander.html", "Påstander",
           "hva merkene i teksten betyr, og hvor mange påstander det er"),
    Screen("alle-pastander", "kontroll/pastander.html#kapittel-6", "Alle påstander",
           "setningene i kapittel 6 ved siden av det som er prøvd"),
    Screen("nytt", "chapters/nytt.html", "Hva er nytt",
           "tall og setninger som er endret siden forrige utgave, med årsak"),
    Screen("figur", "figurer/figur-18.html", "Egen side for en figur",
           "figur 18 med tabell, opphav og filer"),
    Screen("tabell", "tabeller/tabell-14.html", "Egen side for en tabell",
           "tabell 14 med kart, opphav og filer"),
    Screen("liste", "figurer-og-tabeller.html", "Figurer og tabeller",
           "listen over alle figurer og tabeller"),
    Screen("bydeler", "bydeler.html", "Bydelene", "kartet over bydelene, og det viktigste om hver"),
    Screen("profil", "bydeler/stovner.html", "Bydelsprofil", "profilen for Stovner"),
    Screen("utforsk", "utforsk.html#niva=bydel&mal=bostotte&omrade=stovner,grorud,oslo", "Utforsk",
           "bostøtte i to bydeler og Oslo"),
    Screen("sok", "sok.html?q=bydel", "Søk", "treffene på ordet bydel"),
    Screen("om", "om.html", "Om utgaven", "utgaven, og hvordan den siteres"),
    Screen("tilgjengelighet", "tilgjengelighet.html", "Tilgjengelighet",
           "hva som er prøvd, og hvordan"),
    Screen("sporing", "sporing/tabell-29.html", "Sporing",
           "hvert tall i tabell 29 med regnestykke og kildeceller"),
    Screen("kontrollark", "kontrollark/figur-27.html", "Kontrollark",
           "kontrollarket som regnet ut figur 27"),
)  # fmt: skip

# Pages of the PDF: the picture's name, words that stand on the page, and what it is.
PDF_PAGES = (
    Screen("pdf-omslag", "", "Omslaget", "omslaget med tittel og utgave"),
    Screen("pdf-innhold", "Innhold\n", "Innholdet", "første side av innholdet"),
    Screen("pdf-figur", "\nOslo: statlig bostøtte 2016–2025", "Figur 27",
           "siden i kapittel 6 med figur 27"),
    Screen("pdf-kilder", "Kilder og årganger\n", "Kildene",
           "første side av listen over kilder, med fil og sjekksum"),
)  # fmt: skip

HEAD = """\
# Skjermer

Slik ser nettstedet og PDF-en ut. Hver sidetype er vist i lyse og mørke farger og på en telefon.
Bildene er laget av programmet fra en ferdig bygget utgave, med

    make screens

eller, etter `kg build` og med pakkene i `dev.lock`, `.venv/bin/python tools/screens.py`. Da lages
alle bildene og denne siden på nytt. Sidene står i `SCREENS` i `tools/screens.py`, og en ny sidetype
legges til der.
"""


def find_browser() -> str | None:
    """The program of a Chromium on the PATH."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    return next((path for name in names if (path := shutil.which(name))), None)


def kind_of(path: str) -> str:
    """The kind of a page of the site: its folder, or itself where it is alone of its kind."""
    folder, slash, name = path.partition("?")[0].partition("#")[0].rpartition("/")
    return folder if slash else name


def document() -> str:
    """The page that shows the pictures."""
    return "\n".join([HEAD, *_site_part(), *_pdf_part()])


def _site_part() -> Iterator[str]:
    yield "## Nettstedet\n"
    for screen in SCREENS:
        yield f"### {screen.title}\n\n`{screen.path}`: {screen.words}.\n"
        for mode in MODES:
            alt = f"{screen.title}: {screen.words}; {mode.words}"
            yield f"![{alt}](skjermer/{screen.name}-{mode.name}.webp)\n"


def _pdf_part() -> Iterator[str]:
    yield "## PDF-en\n"
    for page in PDF_PAGES:
        yield f"### {page.title}\n"
        yield f"![PDF: {page.words}](skjermer/{page.name}.webp)\n"


def pictures() -> set[str]:
    """The names of all files that belong in the folder."""
    shown = {f"{screen.name}-{mode.name}.webp" for screen in SCREENS for mode in MODES}
    return shown | {f"{page.name}.webp" for page in PDF_PAGES}


def shoot_site(site: Path, folder: Path, program: str) -> None:
    """Take the pictures of the site's pages."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        for mode in MODES:
            context = browser.new_context(
                viewport={"width": mode.width, "height": mode.height},
                color_scheme="dark" if mode.scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            for screen in SCREENS:
                tab = context.new_page()
                tab.goto(f"{site.as_uri()}/{screen.path}")
                # The search makes its index first.
                tab.wait_for_selector("[aria-busy=true]", state="detached")
                tab.evaluate("document.fonts.ready.then(() => null)")
                picture = Image.open(io.BytesIO(tab.screenshot()))
                save(picture, folder / f"{screen.name}-{mode.name}.webp")
                tab.close()
        browser.close()


def shoot_pdf(path: Path, folder: Path) -> None:
    """Take the pictures of the PDF's pages."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        for screen in PDF_PAGES:
            page = pdf[find_page(pdf, screen.path)]
            scale = PDF_WIDTH / page.get_width()
            save(page.render(scale=scale).to_pil(), folder / f"{screen.name}.webp")
    finally:
        pdf.close()


def find_page(pdf: Any, words: str) -> int:
    """The first page whose text has the words: after a line end, or at its very beginning.

    Raises:
        ValueError: The words stand on no page.
    """
    starts = not words.startswith("\n")
    for number in range(len(pdf)):
        text = pdf[number].get_textpage().get_text_range().replace("\r\n", "\n")
        if text.startswith(words) if starts else words in text:
            return number
    raise ValueError(f"No page of the PDF has the words «{words.strip()}»; see PDF_PAGES.")


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture as a small file."""
    picture.convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)


def main() -> None:
    """Make all pictures and the page that shows them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, default=BUILD, help="the finished build")
    build = parser.parse_args().build.resolve()
    program = find_browser()
    if program is None:
        sys.exit("No Chromium on the PATH. On Debian: apt-get install chromium")
    if not (build / "site/index.html").is_file():
        sys.exit(f"{build.name}/site is not there: run `kg build` first.")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    shoot_site(build / "site", FOLDER, program)
    shoot_pdf(build / "kunnskapsgrunnlag.pdf", FOLDER)
    DOCUMENT.write_text(document(), encoding="utf-8", newline="\n")
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    sys.stdout.write(f"{len(pictures())} pictures, {size / 1e6:.1f} MB: {DOCUMENT.name}\n")


if __name__ == "__main__":
    main()
