"""Pages of the site, opened once and looked at in light and dark, on a desk and on a phone."""

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Literal

from tests.browser.axe import ALL, ALL_BUT_CONTRAST, CONTRAST, ask_axe

Way = tuple[int, Literal["light", "dark"]]
# Width and colours -> what axe-core is asked.
Rules = dict[Way, dict[str, Any]]
WIDTHS = (1200, 320)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WAYS: tuple[Way, ...] = tuple(product(WIDTHS, SCHEMES))
# Of each kind of page everything is asked. Of the others the costly rule, on contrast, is not, for
# CONTRAST measures every word of them all the same; the rest is asked once at each width and once
# in each colour scheme.
THOROUGH: Rules = dict.fromkeys(WAYS, ALL)
PLAIN: Rules = {(1200, "light"): ALL_BUT_CONTRAST, (320, "dark"): ALL_BUT_CONTRAST}
# Visited besides the files: a search with hits; an item and a row that a link has led to.
MORE = (
    "sok.html?q=bydel",
    "chapters/kapittel-6.html#figur-25",
    "sporing/tabell-11.html#personer.oslo.2020",
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
        small: Words that are too small.
        measured: How many words were measured.
        sideways: How many pixels a page is wider than its window.
    """

    complaints: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    strangers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    broken: dict[str, list[Any]] = field(default_factory=dict)
    passed: dict[str, list[str]] = field(default_factory=dict)
    weak: dict[str, list[Any]] = field(default_factory=dict)
    small: dict[str, list[Any]] = field(default_factory=dict)
    measured: dict[str, int] = field(default_factory=dict)
    sideways: dict[str, int] = field(default_factory=dict)


def pages_of(site: Path) -> list[str]:
    """The paths of all pages of a site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def walk(site: Path, names: Sequence[str], rules: Rules, program: str, script: str) -> Walked:
    """Look at pages, in two browsers side by side."""
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
    rules: Rules,
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
            tab.evaluate(script)
            for way in WAYS:
                _look(walked, tab, name, way, rules.get(way))
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


def _look(walked: Walked, tab: Any, name: str, way: Way, rules: dict[str, Any] | None) -> None:
    width, scheme = way
    key = f"{name}, {width} px, {scheme}"
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=scheme)
    words = tab.evaluate(CONTRAST)
    walked.weak[key], walked.measured[key] = words["weak"], words["measured"]
    walked.small[key] = words["small"]
    walked.sideways[key] = tab.evaluate("document.documentElement.scrollWidth") - width
    if rules:
        answer = ask_axe(tab, rules)
        walked.broken[key], walked.passed[key] = answer["broken"], answer["passed"]
