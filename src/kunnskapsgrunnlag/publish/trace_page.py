"""What stands behind numbers: a page with each of them, and the same in short for their boxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment
from markupsafe import Markup

from kunnskapsgrunnlag.base.escape import script_json
from kunnskapsgrunnlag.publish.fragments import origin_mark, sources_line
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.bands import band_sentence, cell_words, number_words
from kunnskapsgrunnlag.store.origins import ORIGIN_WORDS
from kunnskapsgrunnlag.store.value import Value

# Words and link of a place that rests on a number.
UseLink = tuple[str, str]


@dataclass(frozen=True)
class TracedMeasure:
    """A measure of the page: how it is called and made, and its numbers."""

    title: str
    unit: str
    formula: str
    values: Sequence[Value]


@dataclass(frozen=True)
class TracePage:
    """Numbers that belong together, with all that they rest on.

    Attributes:
        name: What a number's box calls them.
        heading: The page's heading.
        intro: What stands below it, with ways on.
        anchor: A number's id on the page.
        place: What a number is of, in words.
        printed: Address -> the number as it was printed.
        uses: Address -> the places that rest on it.
    """

    name: str
    heading: str
    intro: Markup
    measures: Sequence[TracedMeasure]
    cells: Mapping[str, SourceCell]
    sources: Mapping[str, Receipt]
    anchor: Callable[[Value], str]
    place: Callable[[Value], str]
    printed: Mapping[str, str] = field(default_factory=dict)
    uses: Mapping[str, Sequence[UseLink]] = field(default_factory=dict)


def trace_html(templates: Environment, page: TracePage) -> str:
    """The page: formula, arithmetic, source cells, hashes, and uses of each number.

    It shows the number that a link leads to, and a list of all of them.
    """
    return templates.get_template("sporing.html").render(
        page=page, origin_mark=origin_mark, cell_words=cell_words
    )


def trace_script(key: str, page: TracePage) -> bytes:
    """The same in short, as a script that a page loads when a reader points at a number."""
    short = {
        "navn": page.name,
        "kilder": sources_line(page.sources),
        "opphav": {name: f"{word}, {words}" for name, (word, words) in ORIGIN_WORDS.items()},
        "mal": {
            str(at): {"enhet": "" if m.unit == "tekst" else m.unit, "formel": m.formula}
            for at, m in enumerate(page.measures)
        },
        "tall": {
            page.anchor(value): [
                number_words(value),
                str(at),
                value.origin,
                band_sentence(value),
                _first_cell(value, page.cells),
                page.printed.get(value.address, ""),
            ]
            for at, measure in enumerate(page.measures)
            for value in measure.values
        },
    }
    return f'(window.KG_SPOR=window.KG_SPOR||{{}})["{key}"]={script_json(short)};\n'.encode()


def _first_cell(value: Value, cells: Mapping[str, SourceCell]) -> str:
    """Where a number was read; of several cells, the first and how many."""
    if not value.cells:
        return ""
    first = cells[value.cells[0]]
    words = f"{first.file}, {first.place}"
    more = len(value.cells) - 1
    return f"{words}, og {more} {'celle' if more == 1 else 'celler'} til" if more else words
