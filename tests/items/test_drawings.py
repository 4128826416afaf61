"""Each item drawn from the real numbers at both widths: no words touch, marks show the store."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import pytest

from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog, Item
from kunnskapsgrunnlag.check.drawings import check_alt, check_drawing
from kunnskapsgrunnlag.check.svg import read_panels
from kunnskapsgrunnlag.check.texts import check_texts
from kunnskapsgrunnlag.figures.inline_svg import inline_drawing
from kunnskapsgrunnlag.pipeline.drawing import Drawing, draw_item
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.display_table import ordered
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import item_values
from tests.conftest import ROOT, Tables, compute_item, item_module

KEYS = list(read_catalog(ROOT / "params.yaml").items)
# What an element of a page refers to.
USED = re.compile(r'(?:href="|url\()#([\w-]+)')


class Drawn(NamedTuple):
    """An item's numbers and its drawings."""

    key: str
    item: Item
    values: list[Value]
    drawing: Drawing

    @property
    def files(self) -> Mapping[str, str]:
        return self.drawing.drawn.named(self.key)


@pytest.fixture(scope="module", params=KEYS)
def drawn(
    request: pytest.FixtureRequest,
    catalog: Catalog,
    tables: Tables,
    receipts: dict[str, Receipt],
) -> Drawn:
    key = request.param
    item = catalog.items[key]
    table = ordered(compute_item(catalog, tables, key), item)
    values = item_values(key, item, table, {s: receipts[s] for s in item.inputs.values()})
    drawing = draw_item(item_module(key), item, table, values, ROOT / "assets" / "fonts")
    return Drawn(key, item, values, drawing)


def test_no_words_touch_or_leave_the_drawing(drawn: Drawn) -> None:
    assert [e for name, svg in drawn.files.items() for e in check_texts(name, svg)] == []


def test_marks_and_labels_say_the_store(drawn: Drawn) -> None:
    files = drawn.files.items()

    assert len(drawn.files) == 2
    assert [e for f, svg in files for e in check_drawing(f, drawn.item, drawn.values, svg)] == []


def test_every_number_that_is_drawn_stands_in_the_table(drawn: Drawn) -> None:
    shown = {value.address for value in drawn.values if value.shown}

    panels = [panel for svg in drawn.files.values() for panel in read_panels(svg)]
    marks = [mark for panel in panels for mark in panel.marks]
    assert {address for mark in marks for address in mark.addresses} <= shown


def test_the_alternative_text_says_the_store(drawn: Drawn) -> None:
    assert drawn.drawing.words
    assert check_alt(drawn.key, drawn.item, drawn.values, drawn.drawing.words) == []


def test_ids_in_a_page_are_those_of_one_drawing(drawn: Drawn) -> None:
    page = inline_drawing(drawn.drawing.drawn, drawn.key, drawn.drawing.words)

    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    wide, narrow = page.split("<svg")[1:]
    assert set(USED.findall(wide)).isdisjoint(USED.findall(narrow))
