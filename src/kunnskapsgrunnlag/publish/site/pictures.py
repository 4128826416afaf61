"""Each item as one picture for a slide or a letter: finding, drawing and source on white, as PNG.

Typst sets them, as it sets the PDF; a picture that has not changed comes from the cache.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import typst
from PIL import Image

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.escape import typst_text
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.drawn import wide_file
from kunnskapsgrunnlag.publish.fragments import item_page, sources_line
from kunnskapsgrunnlag.publish.site.page_layout import Shell
from kunnskapsgrunnlag.store.carried_forward import carried_mark
from kunnskapsgrunnlag.store.item_results import ItemResult

# The page's measures are pixels; a screen shows two points for each.
DENSITY = 144
# Colours are averaged where there are fewer of them: the ground comes out a little grey.
NEARLY_WHITE = 250
PDF_ASSETS = Path("assets", "pdf")
TEMPLATES = ("picture.typ", "items.typ")


def write_pictures(shell: Shell, findings: Mapping[str, str]) -> None:
    """Write `items/figur-26/figur-26.png` in the site for every numbered item.

    Args:
        findings: Item -> its finding, with what is said where the numbers say otherwise.
    """
    project = shell.project
    common = b"".join((project.root / PDF_ASSETS / name).read_bytes() for name in TEMPLATES)
    common += version("typst").encode() + Path(__file__).read_bytes()
    sources = {
        key: _source(shell, key, item, findings[key])
        for key, item in shell.catalog.numbered.items()
    }
    kept = {
        key: project.cache / "png" / f"{sha256(common + words.encode() + _svg(shell, key))}.png"
        for key, words in sources.items()
    }
    missing = {key: words for key, words in sources.items() if not kept[key].is_file()}
    for key, picture in _typeset(shell, missing).items():
        kept[key].parent.mkdir(parents=True, exist_ok=True)
        kept[key].write_bytes(light(picture))
    for key in sources:
        path = project.site / picture_path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(kept[key].read_bytes())


def picture_path(key: str) -> str:
    """`items/figur-26/figur-26.png`."""
    return f"items/{key}/{key}.png"


def light(picture: bytes) -> bytes:
    """The same picture with at most 256 colours, a third of its size, on pure white."""
    reduced = Image.open(io.BytesIO(picture)).convert("RGB")
    reduced = reduced.quantize(method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    colours = reduced.getpalette() or []
    triples = [colours[at : at + 3] for at in range(0, len(colours), 3)]
    whitened = [[255] * 3 if min(triple) > NEARLY_WHITE else triple for triple in triples]
    reduced.putpalette([part for triple in whitened for part in triple])
    written = io.BytesIO()
    reduced.save(written, "PNG", compress_level=4)
    return written.getvalue()


def _svg(shell: Shell, key: str) -> bytes:
    return (shell.project.item(key) / wide_file(key)).read_bytes()


def _source(shell: Shell, key: str, item: Item, finding: str) -> str:
    edition, standing = shell.catalog.edition, shell.standing
    drawing = shell.project.item(key) / wide_file(key)
    parts = [f"{words}." for words in (edition.title, standing.label, standing.draft) if words]
    return picture_source(
        item,
        shell.report.results[key],
        finding,
        f"/{drawing.relative_to(shell.project.root).as_posix()}",
        " ".join([*parts, *([shell.address(item_page(key))] if edition.address else [])]),
    )


def picture_source(item: Item, result: ItemResult, finding: str, drawing: str, foot: str) -> str:
    """The Typst call that sets a picture.

    Args:
        drawing: The path of the SVG as Typst finds it.
        foot: Which report it is from, and which state of it.
    """
    words = (
        finding,
        item.subtitle,
        drawing,
        item.label,
        item.title,
        "estimat" if result.origin == "estimat" else "",
        carried_mark(item),
        f"Kilde: {'; '.join(sources_line(result.sources))}.",
        foot,
    )
    return f"#picture({', '.join(map(typst_text, words))})\n"


def _typeset(shell: Shell, sources: Mapping[str, str]) -> dict[str, bytes]:
    """The pictures of some items, all in one run: a page of the document for each."""
    if not sources:
        return {}
    root = shell.project.root
    document = shell.project.render / "bilder.typ"
    document.parent.mkdir(parents=True, exist_ok=True)
    head = f'#import "/{(PDF_ASSETS / "picture.typ").as_posix()}": picture\n'
    document.write_bytes((head + "".join(sources.values())).encode("utf-8"))
    try:
        pages = typst.compile(
            str(document),
            root=str(root),
            font_paths=[str(root / "assets" / "fonts")],
            ignore_system_fonts=True,
            format="png",
            ppi=DENSITY,
        )
    except typst.TypstError as problem:
        raise KgError(f"typst: {problem}") from None
    made = [pages] if isinstance(pages, bytes) else pages
    return dict(zip(sources, made, strict=True))
