"""Pages in light and dark, on a desk and at the width of a small phone.

One page of each kind, and in `make test-all` every page.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.browser.axe import ALL, COLOUR, CONTRAST, ask_axe, axe_script
from tests.browser.conftest import Opener, program_or_skip
from tests.browser.pages import KINDS
from tests.browser.walk import MORE, PLAIN, THOROUGH, WAYS, Rules, Walked, pages_of, walk
from tests.checkout import Checkout, made_once

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["kinds", pytest.param("all", marks=pytest.mark.slow)])
def names(request: pytest.FixtureRequest, built: Checkout) -> list[str]:
    """The pages that are looked at."""
    kinds = list(dict.fromkeys([*KINDS, *MORE]))
    return kinds if request.param == "kinds" else [*pages_of(built.root / "build/site"), *MORE]


def rules_for(names: list[str]) -> Rules:
    return PLAIN if len(names) > 100 else THOROUGH


@pytest.fixture(scope="module")
def walked(names: list[str], built: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    program, script = program_or_skip(), axe_script()

    def look(at: Path) -> None:
        seen = walk(built.root / "build/site", names, rules_for(names), program, script)
        at.write_text(json.dumps(vars(seen)), encoding="utf-8")

    kept = made_once(tmp_path_factory, f"walked-{len(names)}.json", look)
    return Walked(**json.loads(kept.read_text(encoding="utf-8")))


def test_every_page_was_seen_in_all_four_ways(walked: Walked, names: list[str]) -> None:
    ways = {f"{width} px, {scheme}" for width, scheme in WAYS}
    assert set(walked.weak) == {f"{name}, {way}" for name in names for way in ways}
    asked = {f"{width} px, {scheme}" for width, scheme in rules_for(names)}
    assert set(walked.broken) == {f"{name}, {way}" for name in names for way in asked}
    assert min(len(rules) for rules in walked.passed.values()) > 15
    assert all({"document-title", "html-has-lang"} <= set(r) for r in walked.passed.values())


def test_axe_finds_no_breach(walked: Walked) -> None:
    assert {key: found for key, found in walked.broken.items() if found} == {}


def test_every_word_can_be_read(walked: Walked, names: list[str]) -> None:
    assert {key: found for key, found in walked.weak.items() if found} == {}
    assert sum(walked.measured.values()) > 500 * len(names)


def test_no_word_is_smaller_than_11_px(walked: Walked) -> None:
    assert {key: found for key, found in walked.small.items() if found} == {}


def test_no_page_scrolls_sideways(walked: Walked) -> None:
    assert {key: over for key, over in walked.sideways.items() if over > 0} == {}


def test_no_page_breaks_the_policy_or_asks_anybody_else(walked: Walked) -> None:
    assert {name: said for name, said in walked.complaints.items() if said} == {}
    assert {name: urls for name, urls in walked.strangers.items() if urls} == {}


SPOIL = """() => {
  document.querySelector('main').append(new Image());
  const p = document.querySelector('main p');
  p.style.color = '#999999';
  p.style.backgroundColor = '#ffffff';
  p.style.minWidth = '3000px';
}"""


def test_what_is_planted_is_found(opened: Opener) -> None:
    script = axe_script()
    tab = opened("om.html").tab

    tab.evaluate(SPOIL)
    tab.evaluate(script)
    found = Counter(rule for rule, _ in ask_axe(tab, ALL)["broken"])

    assert found["image-alt"] == 1
    assert found[COLOUR] >= 1
    weak = tab.evaluate(CONTRAST)["weak"]
    assert [ratio for ratio, _ in weak] == ["2.85"] * len(weak) != []
    assert tab.evaluate("document.documentElement.scrollWidth") > 1000


def test_words_of_a_drawing_are_measured_too(opened: Opener) -> None:
    tab = opened("figurer/figur-18.html", scheme="dark").tab
    tab.evaluate("document.querySelector('.kg-tegning svg text').style.fill = '#2a2859'")
    weak = tab.evaluate(CONTRAST)["weak"]
    assert len(weak) == 1
    assert weak[0][1].startswith("<text")
