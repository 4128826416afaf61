import re
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.nb_numbers import rounded
from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.figures import look
from kunnskapsgrunnlag.figures.inline_svg import SVG_COLOURS
from kunnskapsgrunnlag.figures.steps import TINTS, steps
from tests.conftest import ROOT


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@given(st.dictionaries(st.sampled_from(BYDELER), st.floats(0, 5000), min_size=1), st.integers(0, 2))
def test_every_value_lies_in_one_of_few_steps_without_gaps(
    values: dict[str, float], decimals: int
) -> None:
    found = steps(values, decimals)
    assert 1 <= len(found) <= 5
    assert all(a.high == b.low for a, b in pairwise(found))
    assert len({s.fill for s in found}) == len({s.words for s in found}) == len(found)
    for value in values.values():
        assert sum(s.low <= rounded(value, decimals) < s.high for s in found) == 1


def test_steps_are_round_and_said_without_overlap() -> None:
    found = steps({"alna": 2.1, "stovner": 10.9}, 1)
    assert [s.words for s in found] == ["2,0–3,9", "4,0–5,9", "6,0–7,9", "8,0–9,9", "10,0–11,9"]


def test_tints_darken_step_by_step_with_text_that_can_be_read_on_any_page() -> None:
    shades = [luminance(fill) for fill, _ in TINTS]
    assert shades == sorted(shades, reverse=True)
    assert all(contrast(a, b) >= 1.4 for (a, _), (b, _) in pairwise(TINTS))
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in TINTS)
    # They do not change with the page.
    assert not {colour for tint in TINTS for colour in tint} & set(SVG_COLOURS)


def pages() -> list[dict[str, str]]:
    """The colours of the light and the dark page."""
    css = Path(ROOT / "assets" / "site" / "kg.css").read_text(encoding="utf-8")
    blocks = re.findall(r"\{([^{}]*--kg-paper:[^{}]*)\}", css)
    return [dict(re.findall(r"--kg-([a-z-]+): (#[0-9a-f]{6})", block)) for block in blocks]


def test_the_outline_of_a_tile_can_be_seen_on_light_and_dark_pages() -> None:
    name = SVG_COLOURS[look.RULE]
    assert len({page["paper"] for page in pages()}) == 2
    assert all(contrast(page[name], page["paper"]) >= 3 for page in pages())
