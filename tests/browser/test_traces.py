"""Whoever follows a number stands before it: in sight, not covered, and alone.

The check of a build holds every link to an id; here each of these ids is looked at.
"""

import pytest

from tests.browser.conftest import Opener
from tests.checkout import Checkout

pytestmark = pytest.mark.browser

# Go to each number of the page in turn, and tell of those that a reader would not see at once.
HIDDEN = """() => {
  const sections = [...document.querySelectorAll(".kg-spor")];
  const faults = [];
  for (const section of sections) {
    window.location.hash = "#" + section.id;
    const number = section.querySelector(".kg-spor-tall strong");
    const box = number.getClientRects()[0];
    const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const others = sections.filter((each) => each !== section && each.offsetHeight);
    const isInSight = box.height > 10 && box.top >= 0 && box.bottom <= window.innerHeight;
    if (!isInSight || !number.contains(seen) || others.length) {
      faults.push(section.id + ": " + Math.round(box.top) + " " + others.length);
    }
  }
  return [sections.length, faults];
}"""
SAMPLE = ["sporing/tabell-29.html", "sporing/profil-bydel-stovner.html"]


def _faults(opened: Opener, name: str, width: int) -> tuple[int, list[str]]:
    page = opened(name, width=width)
    count, faults = page.tab.evaluate(HIDDEN)
    return count, faults


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", SAMPLE)
def test_a_number_that_a_link_leads_to_is_in_sight(opened: Opener, name: str, width: int) -> None:
    count, faults = _faults(opened, name, width)
    assert count > 50
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_each_number_of_every_trace_page_is_in_sight(
    opened: Opener, built: Checkout, width: int
) -> None:
    site = built.root / "build/site"
    names = sorted(f"sporing/{path.name}" for path in (site / "sporing").glob("*.html"))
    seen = {name: _faults(opened, name, width) for name in names}
    assert sum(count for count, _ in seen.values()) > 5000
    assert {name: faults for name, (_, faults) in seen.items() if faults} == {}
