"""The page that a reviewer reads before signing: in the site's look, on a phone and in the dark."""

import json
from typing import Any

import pytest

from kunnskapsgrunnlag.base.hashes import sha256
from tests.browser.axe import ALL_BUT_CONTRAST, CONTRAST, ask_axe, axe_script
from tests.checkout import Checkout
from tests.cli.test_review import LEDGER, commit, review, sit_down


@pytest.fixture
def page(scratch: Checkout) -> str:
    """A figure that was approved with another number, and its claims that never were."""
    commit(scratch)
    sit_down(scratch, "Kontrollør")
    review(scratch, "figur-27", "--ja")
    entry = json.loads(scratch.read(LEDGER))
    folder = "data/signoff/content"
    changed = scratch.read(f"{folder}/{entry['content']}.json").replace("518", "517")
    content = sha256(changed.encode())
    scratch.write(f"{folder}/{content}.json", changed)
    scratch.write(LEDGER, json.dumps(entry | {"content": content}) + "\n")
    review(scratch, "kapittel-6")
    return (scratch.root / "build/godkjenning/kapittel-6.html").as_uri()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_it_fits_is_legible_and_loads_nothing_else(
    page: str, browser: Any, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    tab, complaints = context.new_page(), []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto(page)
    assert "517" in tab.locator("#figur-27 del").first.inner_text()
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    assert tab.evaluate("getComputedStyle(document.body).fontFamily").startswith('"IBM Plex Sans"')
    assert not complaints
    found = tab.evaluate(CONTRAST)
    assert found["measured"] > 100
    assert found["weak"] == []
    tab.evaluate(axe_script())
    assert ask_axe(tab, ALL_BUT_CONTRAST)["broken"] == []
    context.close()
