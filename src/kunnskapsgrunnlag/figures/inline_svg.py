"""A drawing as a page with a strict content security policy can hold it, and light."""

from __future__ import annotations

import html
import re

from kunnskapsgrunnlag.figures.svg_addresses import tagged
from kunnskapsgrunnlag.figures.svg_paths import short_paths

# Said once by the page's styles (kg.css) for every text of a drawing.
TYPEFACE = "font-family"
# What most texts of a drawing are; said once, by the drawing itself.
COMMON = {"fill": "var(--kg-ink)", "font-size": "10.5px"}
# Colours of the theme that the site sets itself, so that figures follow light and dark.
SVG_COLOURS = {
    "#2c2c2c": "ink",
    "#2a2859": "dark-blue",
    "#1f42aa": "warm-blue",
    "#034b45": "dark-green",
    "#8a8a8a": "grey",
    "#e0e0e0": "grid",
    "#c9302c": "red",
    "#dbe4f5": "light",
    "#c7f6c9": "light-green",
    "#f4e3c1": "sand",
    "#ffffff": "paper",
}
STYLE = re.compile(r' style="([^"]*)"')
IDLE = re.compile(r' transform="rotate\(-?0(?: [^)]*)?\)"')
GROUP = re.compile(r"<g\b[^>]*>\n?|</g>\n?")
MARKS = re.compile(r'(<g clip-path="[^"]*")>((?:\s*<use [^>]*/>)+\s*)</g>')
LOOK = re.compile(r' (?:fill|stroke|fill-opacity|stroke-width|stroke-linejoin)="[^"]*"')
TEXT = re.compile(r"<text\b[^>]*>")


def inline_svg(svg: str, key: str, alt: str) -> str:
    """An SVG file as part of a page: own ids, colours of the page, a name for screen readers."""
    body = tagged(svg[svg.index("<svg") :])
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.S)
    body = _plain(body)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{key}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", body)
    body = re.sub(r'xlink:href="#([^"]+)"', rf'xlink:href="#{key}-\1"', body)
    body = _scoped_style(body)
    for colour, name in SVG_COLOURS.items():
        body = body.replace(colour, f"var(--kg-{name})")
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', body)
    body = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", body, count=1)
    body = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", body, count=1)
    width = f"{float(size[1]) / 72:.2f}in" if size else "100%"
    body = short_paths(_short_ids(_lightened(_without_style(body)), key))
    return body.replace(
        "<svg", f'<svg role="img" aria-label="{html.escape(alt)}" width="{width}"', 1
    )


def _plain(body: str) -> str:
    """The same drawing without ids that nothing refers to, and with places to a hundredth."""
    used = set(re.findall(r'url\(#([^)]+)\)|xlink:href="#([^"]+)"', body))
    named = {name for pair in used for name in pair if name}
    body = re.sub(r' id="([^"]+)"', lambda m: m[0] if m[1] in named else "", body)
    body = re.sub(r"(\d+\.\d\d)\d+", r"\1", body)
    body = re.sub(r"<g>\s*</g>\s*", "", body)
    return re.sub(r"\s*\n\s*", "\n", body)


def _scoped_style(body: str) -> str:
    """Matplotlib's one style rule (`*`) would reach the whole page: put it on its own element."""
    body = re.sub(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>\s*", "", body, flags=re.S)
    return body.replace("<svg", '<svg stroke-linejoin="round" stroke-linecap="butt"', 1)


def _without_style(body: str) -> str:
    """The same drawing with presentation attributes where it had `style`.

    A policy without `unsafe-inline` makes browsers pass over every `style` attribute.
    """
    return STYLE.sub(lambda found: "".join(_attributes(found[1])), body)


def _attributes(style: str) -> list[str]:
    pairs = [part.partition(":") for part in style.split(";") if part.strip()]
    return [
        f' {name.strip()}="{value.strip()}"' for name, _, value in pairs if name.strip() != TYPEFACE
    ]


def _lightened(body: str) -> str:
    """The same drawing without turns by nothing, idle groups and what marks and texts repeat."""
    body = MARKS.sub(_said_once, _without_idle_groups(IDLE.sub("", body)))
    body = body.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    body = body.replace(" xlink:href=", " href=")
    said = [f' {name}="{value}"' for name, value in COMMON.items()]
    body = TEXT.sub(lambda found: _without(found[0], said), body)
    return body.replace("<svg", f"<svg{''.join(said)}", 1)


def _said_once(found: re.Match[str]) -> str:
    """A group of marks that itself says what all its marks say."""
    marks = found[2]
    count = marks.count("<use ")
    said = [words for words in dict.fromkeys(LOOK.findall(marks)) if marks.count(words) == count]
    return f"{found[1]}{''.join(said)}>{_without(marks, said)}</g>"


def _short_ids(body: str, key: str) -> str:
    """The same drawing with matplotlib's hashed ids counted instead, in their order."""
    ids = list(dict.fromkeys(re.findall(rf"\b{key}-[mp][0-9a-f]{{10}}\b", body)))
    for at, name in enumerate(ids):
        body = body.replace(name, f"{key}-{at}")
    return body


def _without(tag: str, said: list[str]) -> str:
    for words in said:
        tag = tag.replace(words, "")
    return tag


def _without_idle_groups(body: str) -> str:
    idle: list[bool] = []

    def kept(found: re.Match[str]) -> str:
        tag = found[0]
        if tag.rstrip("\n").endswith("/>"):
            return ""
        if tag.startswith("<g"):
            idle.append(tag.rstrip("\n") == "<g>")
            return "" if idle[-1] else tag
        return "" if idle.pop() else tag

    return GROUP.sub(kept, body)
