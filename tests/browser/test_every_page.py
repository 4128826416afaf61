"""Every page of the site, in light and dark, on a desk and at the width of a small phone.

With KG_TEST_SLOW=1 all of axe-core's rules are asked four times of every page. Else its rule on
contrast, the costly one, is asked on one page of each kind; the contrast of every word on every
page is measured all the same.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.browser.axe import ALL, COLOUR, CONTRAST, ask_axe, axe_script
from tests.browser.conftest import Opener, program_or_skip
from tests.browser.pages import KINDS
from tests.browser.walk import MORE, SCHEMES, WIDTHS, Walked, pages_of, walk
from tests.checkout import Checkout

pytestmark = [pytest.mark.build, pytest.mark.browser]


@pytest.fixture(scope="module")
def site(built: Checkout) -> Path:
    return built.root / "build/site"


@pytest.fixture(scope="module")
def walked(site: Path) -> Walked:
    return walk(site, program_or_skip(), axe_script())


def test_every_page_was_seen_in_all_four_ways(walked: Walked, site: Path) -> None:
    ways = {f"{width} px, {scheme}" for width in WIDTHS for scheme in SCHEMES}
    names = {*pages_of(site), *MORE}

    assert len(names) > 100
    assert set(walked.broken) == {f"{name}, {way}" for name in names for way in ways}
    assert min(walked.passed.values()) > 15


def test_axe_finds_no_breach_on_any_page(walked: Walked) -> None:
    assert {key: found for key, found in walked.broken.items() if found} == {}


def test_every_word_of_every_page_can_be_read(walked: Walked) -> None:
    assert {key: found for key, found in walked.weak.items() if found} == {}
    assert sum(walked.measured.values()) > 100_000


def test_no_page_scrolls_sideways(walked: Walked) -> None:
    assert {key: over for key, over in walked.sideways.items() if over > 0} == {}


def test_no_page_breaks_the_policy_or_asks_anybody_else(walked: Walked) -> None:
    assert {name: said for name, said in walked.complaints.items() if said} == {}
    assert {name: urls for name, urls in walked.strangers.items() if urls} == {}


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (320, "dark")])
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_no_weak_contrast_either(
    opened: Opener, name: str, width: int, scheme: str
) -> None:
    script = axe_script()
    tab = opened(name, width, scheme).tab

    tab.evaluate(script)
    said = ask_axe(tab, ALL)

    assert said["broken"] == []
    assert {COLOUR, "document-title", "html-has-lang"} <= set(said["passed"])


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
