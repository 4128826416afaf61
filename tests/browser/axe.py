"""What a page is asked: axe-core's rules, and the contrast of every word."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
COLOUR = "color-contrast"
OPTIONS = {"preload": False, "resultTypes": ["violations"], "selectors": False}
ALL = OPTIONS | {"runOnly": {"type": "tag", "values": TAGS}}
ALL_BUT_CONTRAST = ALL | {"rules": {COLOUR: {"enabled": False}}}


def axe_script() -> str:
    """The source of axe-core; skips the test where it is not installed."""
    found = find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe_playwright_python, which carries axe-core, is not installed")
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def ask_axe(tab: Any, options: dict[str, Any]) -> dict[str, list[Any]]:
    """The rules that passed, and what is broken as rule and element; the script must be there."""
    said: dict[str, list[Any]] = tab.evaluate(
        """options => axe.run(document, options).then(r => ({
             passed: r.passes.map(p => p.id),
             broken: r.violations.flatMap(v => v.nodes.map(n => [v.id, n.html.slice(0, 200)]))
           }))""",
        options,
    )
    return said


# The words of a page with less contrast than 4.5 to 1, and how many words were measured: every text
# that is shown, against the nearest ground that is painted. A tile of the map and the words on it
# have colours of their own; tests/figures/test_steps.py compares them.
CONTRAST = """() => {
  const light = (c) => { const v = c / 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 };
  const parts = (s) => s.match(/[\\d.]+/g).map(Number);
  const of = (s) => { const [r, g, b] = parts(s);
    return 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b) };
  const painted = (s) => { const p = parts(s); return p.length < 4 || p[3] > 0 };
  const grounds = new Map();
  const ground = (e) => {
    if (!grounds.has(e)) {
      const s = getComputedStyle(e).backgroundColor;
      grounds.set(e, painted(s) || !e.parentElement ? s : ground(e.parentElement));
    }
    return grounds.get(e);
  };
  // The words of a drawing may stand in a bar or a box.
  const shape = (e, drawn) => {
    const box = e.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return [...drawn.querySelectorAll('path, rect')].filter((s) => {
      const [b, style] = [s.getBoundingClientRect(), getComputedStyle(s)];
      return style.fill.startsWith('rgb') && style.fillOpacity === '1'
        && b.left <= x && x <= b.right && b.top <= y && y <= b.bottom;
    }).map((s) => getComputedStyle(s).fill).at(-1);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  const weak = [];
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (seen.has(e) || !walker.currentNode.data.trim() || !e.checkVisibility()) continue;
    if (e.closest('script, style, noscript, svg title, svg desc, svg style')) continue;
    const drawn = e.closest('svg');
    if (drawn && (e.getAttribute('fill') || '').startsWith('#')) continue;
    seen.add(e);
    const style = getComputedStyle(e);
    const ink = of(drawn ? style.fill : style.color);
    const under = of((drawn && shape(e, drawn)) || ground(e));
    const ratio = (Math.max(ink, under) + 0.05) / (Math.min(ink, under) + 0.05);
    if (ratio < 4.5) weak.push([ratio.toFixed(2), e.outerHTML.slice(0, 120)]);
  }
  return { measured: seen.size, weak };
}"""
