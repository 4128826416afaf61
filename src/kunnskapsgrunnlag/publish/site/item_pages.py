"""An item's own page, what a reader may choose on it, and its bare page for other sites to show."""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from kunnskapsgrunnlag.base.escape import script_json
from kunnskapsgrunnlag.base.nb_numbers import unbroken
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.catalog.schema import Item, Measure
from kunnskapsgrunnlag.publish.downloads.write import Download
from kunnskapsgrunnlag.publish.fragments import FINDING, draft_html, item_page, origin_html
from kunnskapsgrunnlag.publish.machine.datasets import schema_org
from kunnskapsgrunnlag.publish.machine.write import item_dataset, item_files
from kunnskapsgrunnlag.publish.prepare import UP, data_path
from kunnskapsgrunnlag.publish.site import page_layout as layout
from kunnskapsgrunnlag.publish.site.citation import reference
from kunnskapsgrunnlag.publish.site.page_layout import Link, Page, Shell
from kunnskapsgrunnlag.publish.site.pictures import picture_path, write_pictures
from kunnskapsgrunnlag.store.item_results import ItemResult
from kunnskapsgrunnlag.store.origins import ORIGIN_WORDS, origins_of
from kunnskapsgrunnlag.store.tables import dim_label, heading

TO_LISTS = Link(layout.LISTS, "Figurer og tabeller")
SCRIPTS = ("assets/site/figur.js",)
STYLES = ("assets/site/figur.css",)
# The finding, which is the heading of the page.
OWN_FINDING = re.compile(rf'<h\d class="kg-funn">{FINDING}</h\d>\n')
FILES = re.compile(r'<p class="kg-last">.*?</p>\n', re.S)
TAGS = re.compile(r"<[^>]+>")
# What the bare page shows of an item: drawing, number and name with their marks, sources.
DRAWING = re.compile(r'<div class="kg-bilde".*?</svg>\n</div>', re.S)
NAME = re.compile(r'<p class="kg-navnelinje">.*?</p>', re.S)
SOURCE = re.compile(r'<p class="kg-kilde"[^>]*>.*?</p>', re.S)
VIEW = re.compile(r'<svg class="kg-(bred|smal)"[^>]* viewBox="0 0 [\d.]+ ([\d.]+)"')
BACK = "Tabell, nedlasting og kilde (åpnes i ny fane)"
# What every other area is held against, where a table has it.
REFERENCES = ("oslo", "oslo-og-baerum", "hele-landet")
# A line of the bare page's heading and of its other texts, px, and how many letters it surely has
# room for at 320 px; and all that lies between texts.
HEAD_LINE, LINE, MARGINS = 27, 20, 90
HEAD_LETTERS, LETTERS = 21, 40
# Fewer years are not worth choosing among.
FEWEST_YEARS = 3


@dataclass(frozen=True)
class Choices:
    """What a reader may choose in an item's table.

    Attributes:
        areas: Key -> name of each area that is held against others; none where there are none.
        years: From the first; none where there is nothing to choose.
        content: What the page's script needs to know of the table.
    """

    areas: dict[str, str]
    years: list[int]
    content: dict[str, object]

    def __bool__(self) -> bool:
        return bool(self.areas or self.years)


def write_items(shell: Shell) -> None:
    """Write page, bare page and picture of every item."""
    fragments = json.loads(data_path(shell.project).read_text(encoding="utf-8"))["item"]
    findings = {key: plain(made["funn"]) for key, made in fragments.items()}
    write_pictures(shell, findings)
    keys = list(shell.catalog.numbered)
    links = [Link(item_page(k), full_name(shell.catalog.items[k])) for k in keys]
    for at, key in enumerate(keys):
        item = shell.catalog.items[key]
        own = item_dataset(shell.report, key, item_files(shell.project.site, key))
        page = Page(
            item_page(key),
            f"{item.label}: {findings[key]}",
            _body(shell, key, fragments[key], findings[key]),
            place=item.label,
            trail=(TO_LISTS,),
            before=links[at - 1] if at else None,
            after=links[at + 1] if at + 1 < len(links) else None,
            scripts=SCRIPTS,
            styles=STYLES,
            description=f"{findings[key]}. {item.subtitle}.",
            image=picture_path(key),
            linked_data=script_json(schema_org(shell.catalog.edition, shell.standing, own)),
        )
        shell.write(page)
        bare = _bare(shell, key, fragments[key])
        (shell.project.site / bare_page(key)).write_bytes(unbroken(bare).encode("utf-8"))


def full_name(item: Item) -> str:
    """`Figur 26: Vanskeligstilte og startlån i bydelene`."""
    return f"{item.label}: {item.title}"


def files_in(shell: Shell, folder: str) -> list[Download]:
    """What lies in a folder of the site for readers to take."""
    top = shell.project.site / folder
    paths = sorted(path for path in top.glob("*") if path.is_file())
    return [Download(f"{folder}/{path.name}", path.stat().st_size) for path in paths]


def bare_page(key: str) -> str:
    """Where the page lies that other sites may show: `figurer/figur-26-ramme.html`."""
    return item_page(key).replace(".html", "-ramme.html")


def plain(words: str) -> str:
    """The words of a piece of HTML."""
    return html.unescape(TAGS.sub("", words))


def _body(shell: Shell, key: str, made: Mapping[str, str], finding: str) -> str:
    item, result = shell.catalog.items[key], shell.report.results[key]
    edition = shell.catalog.edition
    chapter = shell.catalog.chapters[item.chapter]
    fragment = (
        OWN_FINDING.sub("", made["html"])
        .replace('class="kg-item"', 'class="kg-item kg-alene"')
        .replace('class="kg-vis"', 'class="kg-vis" open')
        .replace(UP, "../")
    )
    before, after = FILES.split(fragment)
    foot = f"{edition.title}. {shell.standing.label}. {BACK}"
    return shell.render(
        "figur.html",
        key=key,
        item=item,
        up="../",
        finding=Markup(made["funn"].replace(UP, "../")),
        before=Markup(before),
        after=Markup(after),
        choices=choices(item, result),
        place=Link(f"{chapter.html}#{key}", chapter.title),
        origin=Markup(origin_html(item, result.values)),
        meanings=[ORIGIN_WORDS[origin] for origin in origins_of(result.values)],
        sources=list(result.sources.values()),
        files=item_files(shell.project.site, key),
        edition=edition,
        address=shell.address(item_page(key)),
        reference=reference(
            edition, shell.standing, full_name(item), shell.address(item_page(key))
        ),
        bare=bare_page(key),
        frame=frame_code(
            shell.address(bare_page(key)),
            f"{item.label}: {finding}",
            frame_height(made["html"], finding, [shell.standing.draft, item.subtitle, foot]),
        ),
        report=quote(f"Feil i {item.label.lower()}, utgave {edition.key}"),
    )


def _bare(shell: Shell, key: str, made: Mapping[str, str]) -> str:
    item = shell.catalog.items[key]
    pieces = {
        name: Markup(pattern.search(made["html"])[0].replace(UP, "../"))  # type: ignore[index]
        for name, pattern in (("drawing", DRAWING), ("name", NAME), ("source", SOURCE))
    }
    return shell.render(
        "ramme.html",
        item=item,
        page=item_page(key).rpartition("/")[2],
        finding=Markup(made["funn"].replace(UP, "../")),
        back=BACK,
        title=f"{item.label}: tegningen av «{item.title}»",
        edition=shell.catalog.edition,
        standing=shell.standing,
        policy=Markup(layout.POLICY),
        banner=Markup(draft_html(shell.standing)),
        **pieces,
    )


def choices(item: Item, result: ItemResult) -> Choices:
    """The areas and the years among which a reader of the item's table may choose."""
    shown = [value for value in result.values if value.shown]
    regions = dict.fromkeys(value.region for value in shown if value.region)
    others = [key for key in REFERENCES if key in regions]
    is_listed = "region" in item.table.rows and others
    areas = [key for key in regions if is_listed and key not in REFERENCES and _is_area(key)]
    years = sorted({value.year for value in shown if value.year is not None})
    if len(years) < FEWEST_YEARS:
        years = []
    labels: dict[str, dict[str, str]] = {
        dim: {
            str(key): dim_label(item, dim, key) for key in dict.fromkeys(v.key(dim) for v in shown)
        }
        for dim in ("region", "category")
        if dim in item.dims
    }
    measures = [
        (key, f"{measure.group}: {words}" if measure.group else words, _difference(measure))
        for key, measure in item.measures.items()
        if measure.show
        for words in [heading(measure.title, measure.unit)]
    ]
    content: dict[str, object] = {"dim": item.dims, "mal": measures, "mot": others, **labels}
    if "year" in item.table.columns:
        content["kolonner"] = True
    return Choices({key: labels["region"][key] for key in areas}, years, content)


def _is_area(key: str) -> bool:
    """Whether it is a place, and not what is left over of one."""
    return BY_KEY[key].level != "bydel" or key in BYDELER


def _difference(measure: Measure) -> str:
    """What a difference between two areas is called; nothing where they differ by their size."""
    if measure.unit == "prosent":
        return "prosentpoeng"
    if measure.unit.startswith("per "):
        return measure.unit
    is_mean = measure.unit == "kr" and "per " in measure.title.lower()
    return "kroner" if is_mean or measure.unit.startswith("kr per ") else ""


def frame_code(address: str, title: str, height: int) -> str:
    """What another site puts in its page to show the item."""
    source, name = html.escape(address), html.escape(title)
    return (
        f'<iframe src="{source}" title="{name}" width="100%" height="{height}" '
        'loading="lazy" style="border: 0"></iframe>'
    )


def frame_height(fragment: str, finding: str, words: Sequence[str]) -> int:
    """How many pixels high a frame must be for the bare page, from 320 to 760 px wide.

    Lines are counted by their letters, on the narrowest page with the narrow drawing and on the
    narrowest with the wide one, which has room for twice as many.

    Args:
        fragment: The item's HTML.
        words: The texts of the page besides the finding and those of the fragment.
    """
    drawings = {kind: math.ceil(float(high)) for kind, high in VIEW.findall(fragment)}
    texts = [*words, *(plain("".join(piece.findall(fragment))) for piece in (NAME, SOURCE))]
    return MARGINS + max(
        drawings[kind]
        + HEAD_LINE * math.ceil(len(finding) / (HEAD_LETTERS * room))
        + sum(LINE * math.ceil(len(text) / (LETTERS * room)) for text in texts)
        for kind, room in (("smal", 1), ("bred", 2))
    )
