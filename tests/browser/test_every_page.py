"""Pages in light and dark, on a desk and at the width of a small phone.

One page of each kind, and in `make test-all` every page.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.browser.axe import ALL, COLOUR, CONTRAST, ask_axe, axe_script
from tests.browser.boxes import BOXES
from tests.browser.conftest import Opener, program_or_skip
from tests.browser.pages import KINDS
from tests.browser.walk import (
    BOX_WAYS,
    FAULTS,
    MORE,
    PLAIN,
    THOROUGH,
    WAYS,
    Rules,
    Walked,
    key_of,
    pages_of,
    table,
    walk,
)
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


def test_every_page_was_seen_in_every_way(walked: Walked, names: list[str]) -> None:
    assert set(walked.boxes) == {key_of(name, way) for name in names for way in BOX_WAYS}
    assert set(walked.weak) == {key_of(name, way) for name in names for way in WAYS}
    asked = rules_for(names)
    assert set(walked.broken) == {key_of(name, way) for name in names for way in asked}
    assert min(len(rules) for rules in walked.passed.values()) > 15
    assert all({"document-title", "html-has-lang"} <= set(r) for r in walked.passed.values())


def test_axe_finds_no_breach(walked: Walked) -> None:
    assert {key: found for key, found in walked.broken.items() if found} == {}


def test_every_word_can_be_read(walked: Walked, names: list[str]) -> None:
    assert {key: found for key, found in walked.weak.items() if found} == {}
    assert sum(walked.measured.values()) > 500 * len(names)


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_cut_covered_or_scrolls_in_a_page(walked: Walked, fault: str) -> None:
    assert {key: boxes[fault] for key, boxes in walked.boxes.items() if boxes[fault]} == {}


def test_no_word_is_smaller_than_11_px(walked: Walked) -> None:
    sizes = {key: boxes["smallest"] for key, boxes in walked.boxes.items()}
    assert {key: smallest for key, smallest in sizes.items() if smallest[0] < 11} == {}


def test_no_page_scrolls_sideways(walked: Walked) -> None:
    over = {key: boxes["sideways"] for key, boxes in walked.boxes.items()}
    assert {key: pixels for key, pixels in over.items() if pixels > 0} == {}


def test_the_table_of_boxes_has_a_row_for_each_way(walked: Walked, names: list[str]) -> None:
    _, _, *rows = table(walked, names).splitlines()
    assert len(rows) == len(BOX_WAYS)
    assert all(int(row.split("|")[4]) > 20 for row in rows), "drawings were measured"


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


SQUEEZE = """() => {
  const [first, second] = document.querySelectorAll('.kg-smal text');
  second.setAttribute('x', first.getAttribute('x'));
  second.setAttribute('y', first.getAttribute('y'));
  document.querySelector('.kg-bilde').style.width = '500px';
  document.querySelector('.kg-ramme').style.maxHeight = '100px';
  const source = document.querySelector('.kg-kilde');
  Object.assign(source.style, { overflowX: 'hidden', whiteSpace: 'nowrap', fontSize: '9px' });
  document.querySelector('h1').style = 'width: 3em; overflow-wrap: anywhere; hyphens: manual';
}"""


def test_faults_of_boxes_are_found(opened: Opener) -> None:
    tab = opened("tabeller/tabell-14.html", 320).tab
    before = tab.evaluate(BOXES)
    assert not any(before[fault] for fault in FAULTS)

    tab.evaluate(SQUEEZE)
    after = tab.evaluate(BOXES)

    assert {fault for fault in FAULTS if after[fault]} == set(FAULTS)
    assert after["smallest"][0] == 9
