"""Pages of the site, opened once and looked at in light and dark, on a desk and on a phone.

`python -m tests.browser.walk` measures the boxes of every page and prints them as a table.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Literal

from tests.browser.axe import ALL, ALL_BUT_CONTRAST, CONTRAST, ask_axe
from tests.browser.boxes import BOXES
from tests.checkout import ROOT
from tools.screens import find_browser

Way = tuple[int, Literal["light", "dark"]]
# Width and colours -> what axe-core is asked.
Rules = dict[Way, dict[str, Any]]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# Boxes are measured in all of these, and words and rules in the widest and the narrowest.
BOX_WAYS: tuple[Way, ...] = tuple(product((1280, 768, 390, 320), SCHEMES))
WAYS: tuple[Way, ...] = tuple(product((1280, 320), SCHEMES))
# Of each kind of page everything is asked. Of the others the costly rule, on contrast, is not, for
# CONTRAST measures every word of them all the same; the rest is asked once at each width and once
# in each colour scheme.
THOROUGH: Rules = dict.fromkeys(WAYS, ALL)
PLAIN: Rules = {(1280, "light"): ALL_BUT_CONTRAST, (320, "dark"): ALL_BUT_CONTRAST}
# Visited besides the files: a search with hits; an item and a row that a link has led to.
MORE = (
    "sok.html?q=bydel",
    "chapters/kapittel-6.html#figur-25",
    "sporing/tabell-11.html#personer.oslo.2020",
    # Profiles of the longest name, of hidden months; what the explorer makes.
    "bydeler.html",
    "bydeler/sondre-nordstrand.html",
    "bydeler/ullern.html",
    "utforsk.html#niva=bydel&mal=bostotte&omrade=stovner,ullern,oslo&vis=indeks",
    "utforsk.html#niva=bydel&mal=bostotte_maned&omrade=ullern,oslo",
    "utforsk.html#niva=bydel&mal=alle&omrade=stovner,sondre-nordstrand,oslo",
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass
class Walked:
    """What was found, by page, or by page, width and colours.

    Attributes:
        complaints: What the browser said while a page was opened.
        strangers: What was asked of anybody but the site itself.
        broken: Breaches that axe-core found.
        passed: The rules of axe-core that passed.
        weak: Words with too little contrast.
        measured: How many words were measured.
        boxes: What tests/browser/boxes.py measured.
    """

    complaints: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    strangers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    broken: dict[str, list[Any]] = field(default_factory=dict)
    passed: dict[str, list[str]] = field(default_factory=dict)
    weak: dict[str, list[Any]] = field(default_factory=dict)
    measured: dict[str, int] = field(default_factory=dict)
    boxes: dict[str, dict[str, Any]] = field(default_factory=dict)


def pages_of(site: Path) -> list[str]:
    """The paths of all pages of a site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def walk(
    site: Path, names: Sequence[str], rules: Rules | None, program: str, script: str = ""
) -> Walked:
    """Look at pages, in two browsers side by side; without rules at their boxes alone."""
    walked = Walked()
    # The long pages lie together in their folders: deal them out.
    with ThreadPoolExecutor(2) as pool:
        parts = [
            pool.submit(_walk, walked, site, names[at::2], rules, program, script)
            for at in range(2)
        ]
    for part in parts:
        part.result()
    return walked


def _walk(
    walked: Walked,
    site: Path,
    names: Sequence[str],
    rules: Rules | None,
    program: str,
    script: str,
) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        context = browser.new_context(reduced_motion="reduce")
        for name in names:
            tab = context.new_page()
            _open(walked, tab, site, name)
            if script:
                tab.evaluate(script)
            for way in BOX_WAYS:
                _show(tab, way)
                walked.boxes[key_of(name, way)] = tab.evaluate(BOXES)
                if rules is not None and way in WAYS:
                    _look(walked, tab, key_of(name, way), rules.get(way))
            tab.close()
        browser.close()


def _open(walked: Walked, tab: Any, site: Path, name: str) -> None:
    complaints = walked.complaints[name]
    strangers = walked.strangers[name]

    def asked(request: Any) -> None:
        if not request.url.startswith(("file:", "data:")):
            strangers.append(request.url)

    tab.on("request", asked)
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(f"{site.as_uri()}/{name}")
    # The search makes its index first.
    tab.wait_for_selector("[aria-busy=true]", state="detached")


def key_of(name: str, way: Way) -> str:
    return f"{name}, {way[0]} px, {way[1]}"


def _show(tab: Any, way: Way) -> None:
    width, scheme = way
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=scheme)
    # What a page draws anew for its width is drawn.
    tab.evaluate("() => new Promise((end) => requestAnimationFrame(() => setTimeout(end)))")


def _look(walked: Walked, tab: Any, key: str, rules: dict[str, Any] | None) -> None:
    words = tab.evaluate(CONTRAST)
    walked.weak[key], walked.measured[key] = words["weak"], words["measured"]
    if rules:
        answer = ask_axe(tab, rules)
        walked.broken[key], walked.passed[key] = answer["broken"], answer["passed"]


# What a box measurement counts, and what it is called.
FAULTS = {
    "drawings": "cut drawings",
    "tables": "cut tables",
    "overlaps": "overlapping words",
    "inner": "boxes that scroll",
    "hidden": "hidden words",
    "broken": "broken words",
}


def table(walked: Walked, names: Sequence[str]) -> str:
    """The boxes of all pages, a row for each width and colours, as Markdown; faults below."""
    heads = ["width", "colours", "pages", "drawings", *FAULTS.values(), "sideways", "smallest text"]
    rows = [heads, ["---"] * len(heads)]
    for way in BOX_WAYS:
        own = [walked.boxes[key_of(name, way)] for name in names]
        faults = [sum(len(boxes[fault]) for boxes in own) for fault in FAULTS]
        smallest = min(boxes["smallest"][0] for boxes in own)
        sideways = sum(boxes["sideways"] > 0 for boxes in own)
        drawings = sum(boxes["count"] for boxes in own)
        rows.append([*map(str, (*way, len(own), drawings, *faults, sideways, f"{smallest} px"))])
    lines = [f"| {' | '.join(row)} |" for row in rows]
    for key, boxes in walked.boxes.items():
        lines += [f"{key}: {words}: {boxes[f]}" for f, words in FAULTS.items() if boxes[f]]
    return "\n".join(lines) + "\n"


def main() -> None:
    site, program = ROOT / "build/site", find_browser()
    if program is None:
        sys.exit("No Chromium on the PATH. On Debian: apt-get install chromium")
    names = [*pages_of(site), *MORE]
    sys.stdout.write(table(walk(site, names, None, program), names))


if __name__ == "__main__":
    main()
