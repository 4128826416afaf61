"""A drawing as a page with a strict content security policy can hold it, and light."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.figures.drawn import Drawn
from kunnskapsgrunnlag.figures.svg_addresses import SVG, marks_of
from kunnskapsgrunnlag.store.tables import dim_label, heading
from kunnskapsgrunnlag.store.value import Value

HREF = "{http://www.w3.org/1999/xlink}href"
# Said once by the page's styles (kg.css) for every text of a drawing.
TYPEFACE = "font-family"
SIZE = re.compile(r"font-size: ([\d.]+px)")
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
    "#595959": "quiet",
    "#868686": "grey",
    "#ff8274": "estimate",
    "#ffd3cc": "band",
}
# Matplotlib's one style rule (`*`), which would reach the whole page, on its own element.
STROKES = {"stroke-linejoin": "round", "stroke-linecap": "butt"}
# What a group says for all that is in it; marks in a row that look alike are one group.
LOOK = {
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap",
    "stroke-dasharray", "stroke-dashoffset", "font-size", "font-weight", "text-anchor",
    "clip-path",
}  # fmt: skip
# What an element is that says nothing of it.
PLAIN = {"text-anchor": "start"}
URL = re.compile(r"(?<=url\(#)[^)]+")
HUNDREDTH = re.compile(r"(\d+\.\d\d)\d+")
MOVED = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\)")
IDLE = re.compile(r"rotate\(-?0( .*)?\)")
DECIMAL = re.compile(r"-?\d+\.\d+")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
STEP = re.compile(r"([MLCQz])([^MLCQz]*)")
# A mark, or another part of a drawing that has none of its own, and how it looks.
Part = tuple[Element, dict[str, str]]


Words = Mapping[str, Mapping[str, str]]


def inline_drawing(drawn: Drawn, key: str, alt: str, words: Words | None = None) -> str:
    """An item's drawings as part of a page, as one picture with a name for screen readers.

    A page shows the one that its column has room for (kg.css), and neither refers to the other.

    Args:
        words: Address -> `data-` attributes of the mark that draws this number alone.

    Raises:
        KgError: If a group does not have as many marks as its id says.
    """
    name = {"role": "img", "aria-label": alt}
    parts = [
        _inline(
            svg, f"{key}-{kind[0]}", {"class": f"kg-{kind}", "aria-hidden": "true"}, words or {}
        )
        for kind, svg in (("bred", drawn.wide), ("smal", drawn.narrow))
    ]
    return f"{_tag('div', {'class': 'kg-bilde', **name})}>\n{''.join(parts)}</div>\n"


def _inline(svg: str, key: str, own: Mapping[str, str], words: Words) -> str:
    """An SVG file as part of a page: own ids and colours of the page."""
    root = ElementTree.fromstring(svg)
    for group in list(root.iter(f"{SVG}g")):
        for mark, addresses in marks_of(group):
            _address(mark, " ".join(addresses), words)
    _drop_idle_clips(root)
    _draw_lines_first(root)
    _share_shapes(root)
    for text in root.iter(f"{SVG}text"):
        if moved := MOVED.fullmatch(text.get("transform", "")):
            _replace(text, {"style": text.get("style", ""), "x": moved[1], "y": moved[2]})
    ids = _short_ids(root, key)
    # What most texts of a drawing are is said once, by the drawing itself.
    sizes = Counter(SIZE.findall(svg)).most_common(1)
    common = {"fill": "var(--kg-ink)", "font-size": sizes[0][0] if sizes else "10.5px"}
    for element in root.iter():
        _clean(element, ids, common)
    _, _, width, _ = root.get("viewBox", "").split()
    attributes = dict(own) | {"width": f"{float(width):g}"}
    attributes |= common | STROKES | {"viewBox": root.get("viewBox", "")}
    attributes |= {"xmlns": SVG.strip("{}")}
    return f"{_tag('svg', attributes)}>\n{_body(root)}</svg>\n"


def words_of_marks(item: Item, values: Sequence[Value]) -> dict[str, dict[str, str]]:
    """The words of the numbers that stand in no table, for their marks."""
    words = {}
    for value in values:
        if not value.shown:
            measure = item.measures[value.measure]
            words[value.address] = {
                "data-navn": ", ".join(dim_label(item, dim, value.key(dim)) for dim in item.dims),
                "data-mal": heading(measure.title, measure.unit),
                "data-tekst": value.text,
            }
    return words


def _address(mark: Element, addresses: str, words: Words) -> None:
    if addresses:
        own = {"data-adresse": addresses, **words.get(addresses, {})}
        _replace(mark, own | mark.attrib)


def _drop_idle_clips(root: Element) -> None:
    """Clips go that cut nothing off: all corners of what is drawn lie within them."""
    frames = {clip.get("id"): clip.find(f"{SVG}rect") for clip in root.iter(f"{SVG}clipPath")}
    for element in root.iter():
        (name, *_) = URL.findall(element.get("clip-path", "")) or [""]
        frame = frames.get(name)
        if frame is not None and all(_is_within(spot, frame) for spot in _corners(element)):
            del element.attrib["clip-path"]


def _corners(element: Element) -> Iterator[tuple[float, float]]:
    for part in element.iter():
        if part.tag == f"{SVG}use":
            yield float(part.get("x", 0)), float(part.get("y", 0))
        elif part.tag != f"{SVG}g":
            numbers = [float(number) for number in NUMBER.findall(part.get("d", ""))]
            yield from zip(numbers[::2], numbers[1::2], strict=True)


def _draw_lines_first(root: Element) -> None:
    """The lines of an axis before its words, so that they are one group."""
    for axis in root.iter(f"{SVG}g"):
        if axis.get("id", "").startswith("matplotlib.axis"):
            ticks = [list(tick) if "tick_" in tick.get("id", "") else [tick] for tick in axis]
            parts = [part for tick in ticks for part in tick]
            axis[:] = sorted(parts, key=lambda part: part.find(f"{SVG}text") is not None)


def _share_shapes(root: Element) -> None:
    """Marks of one shape use one path, whatever their colours: its look is said by its uses."""
    shapes = {path.get("id"): path for path in root.iter(f"{SVG}path") if path.get("id")}
    names: dict[str, str] = {}
    for use in root.iter(f"{SVG}use"):
        shape = shapes.get(use.get(HREF, "")[1:])
        if shape is not None:
            name = names.setdefault(shape.get("d", ""), shape.get("id", ""))
            use.set(HREF, f"#{name}")
            use.set("style", f"{use.get('style', '')}; {shape.get('style', '')}")
    for shape in shapes.values():
        shape.attrib.pop("style", None)


def _is_within(spot: tuple[float, float], frame: Element) -> bool:
    left, top, wide, high = (float(frame.get(name, 0)) for name in ("x", "y", "width", "height"))
    return left - 0.5 <= spot[0] <= left + wide + 0.5 and top - 0.5 <= spot[1] <= top + high + 0.5


def _replace(element: Element, attributes: Mapping[str, str]) -> None:
    element.attrib.clear()
    element.attrib.update(attributes)


def _short_ids(root: Element, key: str) -> dict[str, str]:
    """The ids that something refers to -> those of the page, counted in their order."""
    pairs = [pair for element in root.iter() for pair in element.items()]
    used = {identifier for pair in pairs for identifier in _references(*pair)}
    names = dict.fromkeys(
        identifier
        for name, value in pairs
        for identifier in ([value] if name == "id" else _references(name, value))
        if identifier in used
    )
    return {name: f"{key}{at}" for at, name in enumerate(names)}


def _references(name: str, value: str) -> list[str]:
    return [value.removeprefix("#")] if name == HREF else URL.findall(value)


def _clean(element: Element, ids: Mapping[str, str], common: Mapping[str, str]) -> None:
    """Presentation attributes for `style`, which a policy without `unsafe-inline` passes over."""
    element.tag = element.tag.removeprefix(SVG)
    attributes: dict[str, str] = {}
    for name, value in element.items():
        value = URL.sub(lambda match: ids[match[0]], HUNDREDTH.sub(r"\1", value))
        for colour, variable in SVG_COLOURS.items():
            value = value.replace(colour, f"var(--kg-{variable})")
        if name == "style":
            attributes |= _declarations(value)
        elif name == HREF:
            attributes["href"] = f"#{ids[value[1:]]}"
        elif name == "id":
            attributes |= {"id": ids[value]} if value in ids else {}
        elif name == "d":
            attributes["d"] = short_path(value)
        elif name in ("x", "y") and DECIMAL.fullmatch(value):
            attributes[name] = tenth(value)
        elif not (name == "transform" and IDLE.fullmatch(value)):
            attributes[name] = value
    if element.tag == "text":
        attributes = {n: v for n, v in attributes.items() if {**common, **PLAIN}.get(n) != v}
    _replace(element, attributes)


def _declarations(style: str) -> dict[str, str]:
    pairs = [part.partition(":") for part in style.split(";") if part.strip()]
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip() != TYPEFACE}


def _body(root: Element) -> str:
    """What is drawn, in its order; parts in a row that look alike are one group."""
    kept = [element for defs in root.iter("defs") for element in defs if element.get("id")]
    defs = f"<defs>\n{''.join(map(_written, kept))}</defs>\n" if kept else ""
    rows = groupby(_parts(root, {}), key=itemgetter(1))
    return defs + "".join(_group(look, [part for part, _ in row]) for look, row in rows)


def _parts(group: Element, look: dict[str, str]) -> Iterator[Part]:
    """The parts of a group with all that it and the groups around it say of their look."""
    for element in group:
        own = {name: value for name, value in element.items() if name in LOOK}
        if element.tag in ("metadata", "style", "defs"):
            continue
        if element.tag == "g" and own == element.attrib:
            yield from _parts(element, look | own)
        else:
            _replace(element, {name: v for name, v in element.items() if name not in own})
            yield element, look | own


def _group(look: Mapping[str, str], parts: Sequence[Element]) -> str:
    """Parts that look alike; one that stands alone says it itself."""
    (first, *others) = parts
    # The place of a use would move its clip too.
    if not look or (not others and not (first.tag == "use" and "clip-path" in look)):
        _replace(first, dict(look) | first.attrib)
        return "".join(map(_written, parts))
    return f"{_tag('g', look)}>\n{''.join(map(_written, parts))}</g>\n"


def _written(element: Element) -> str:
    """The element with a line per tag."""
    body = "".join(map(_written, element))
    head = _tag(element.tag, element.attrib)
    text = html.escape((element.text or "").strip(), quote=False)
    if not body and not text:
        return f"{head}/>\n"
    line = "" if text else "\n"
    return f"{head}>{text}{line}{body}</{element.tag}>\n"


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    return f"<{name}" + "".join(f' {n}="{html.escape(v)}"' for n, v in attributes.items())


def short_path(path: str) -> str:
    """The same lines to a tenth of a point, those along an axis by their end alone.

    `L 10 5` right of `5 5` is `H10`. A tenth is less than a seventh of a pixel.
    """
    return "".join(_steps(path))


def _steps(path: str) -> Iterator[str]:
    at: tuple[str, str] | None = None
    for letter, words in STEP.findall(path):
        numbers = [tenth(number) for number in words.split()]
        if letter == "L" and at is not None and len(numbers) == 2:
            yield from _line(at, (numbers[0], numbers[1]))
        else:
            yield f"{letter}{' '.join(numbers)}"
        at = (numbers[-2], numbers[-1]) if len(numbers) >= 2 else None


def _line(at: tuple[str, str], to: tuple[str, str]) -> Iterator[str]:
    if at == to:
        return
    if at[1] == to[1]:
        yield f"H{to[0]}"
    elif at[0] == to[0]:
        yield f"V{to[1]}"
    else:
        yield f"L{to[0]} {to[1]}"


def tenth(number: str) -> str:
    """A number to a tenth, whole numbers without decimals."""
    rounded = f"{float(number):.1f}".removesuffix(".0")
    return "0" if rounded == "-0" else rounded
