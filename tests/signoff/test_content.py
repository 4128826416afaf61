"""An approval falls when what readers get changes, and only then."""

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.book.claim_results import ClaimPlace
from kunnskapsgrunnlag.figures.drawn import Drawn
from kunnskapsgrunnlag.signoff.content import Thing, claim_thing, drawing, item_thing
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.store.item_results import ItemResult
from tests.conftest import claim_of, item_of, receipt_of, result_of, value_of

SVG = """<?xml version="1.0"?>
<svg viewBox="0 0 10 10"><metadata>laget</metadata><defs><clipPath id="p1f"><path d="M 0 0"/>
</clipPath></defs><g clip-path="url(#p1f)"><text x="46.477584" y="1.5">2016</text></g></svg>"""
Held = dict[str, Any]


def held() -> Held:
    values = [
        value_of("figur-1/belop/2020", "846", year=2020),
        value_of("figur-1/belop/2021", "900", year=2021),
    ]
    cells = {"k:A1": SourceCell("k", "k.csv", "rad 1", "1")}
    sources = {"k": receipt_of("k")}
    alt = "Linjediagram med ett punkt."
    return result_of("figur-1", values, alt=alt, sources=sources, cells=cells).to_json()


def made(
    change: Callable[[Held], None] = lambda _: None, svg: str = SVG, narrow: str = SVG, **item: Any
) -> Thing:
    changed = copy.deepcopy(held())
    change(changed)
    return item_thing(
        "figur-1",
        item_of(**item),
        ItemResult.from_json(changed),
        ["En merknad."],
        Drawn(svg, narrow),
    )


def set_in(*path: Any, to: Any) -> Callable[[Held], None]:
    def change(changed: Any) -> None:
        for key in path[:-1]:
            changed = changed[key]
        changed[path[-1]] = to

    return change


@pytest.mark.parametrize(
    "change",
    [
        set_in("alt", to="Et annet diagram."),
        set_in("origin", to="offisiell"),
        set_in("sources", "k", "vintage", to="mars 2026"),
        set_in("sources", "k", "licence", to="CC BY 4.0"),
        set_in("sources", "k", "owner", to="En annen"),
        set_in("values", 0, "text", to="847"),
        set_in("values", 0, "unit", to="mill. kr"),
        set_in("values", 0, "origin", to="leveranse"),
        set_in("values", 0, "formula", to="summen"),
        set_in("values", 0, "shown", to=False),
        set_in("values", to=held()["values"][:1]),
    ],
)
def test_what_readers_get_takes_part(change: Callable[[Held], None]) -> None:
    assert made(change).content != made().content


@pytest.mark.parametrize(
    "change",
    [
        set_in("sources", "k", "sha256_bytes", to="b"),
        set_in("sources", "k", "history", to=["2. mars 2026: Ny fil"]),
        set_in("cells", to={}),
        set_in("values", 0, "cells", to=["k:B7"]),
        set_in("values", 0, "arithmetic", to="846 / 1"),
        set_in("values", 0, "value", to=1.0000001),
        set_in("values", 0, "text", to="846\N{NO-BREAK SPACE}"),
    ],
)
def test_what_readers_do_not_see_takes_no_part(change: Callable[[Held], None]) -> None:
    assert made(change).content == made().content


@pytest.mark.parametrize(
    ("entry", "is_seen"),
    [
        ({"title": "Ny"}, True),
        ({"subtitle": "Ny"}, True),
        ({"number": 2}, True),
        ({"table": {"rows": ["measure"], "columns": ["year"]}}, True),
        # The table has no categories, so that readers never meet the word for them.
        ({"category_title": "Ny"}, False),
        ({"settings": {"first_year": 2016}}, False),
        ({"inputs": {"paid": "andre"}}, False),
    ],
)
def test_words_of_the_catalogue(entry: Held, is_seen: bool) -> None:
    assert (made(**entry).content != made().content) == is_seen


def test_a_drawing_is_what_is_drawn() -> None:
    other_machine = SVG.replace("46.477584", "46.477591").replace("p1f", "p9c")
    assert made(svg=other_machine).content == made().content
    assert made(svg=SVG.replace("laget", "laget i går")).content == made().content
    assert made(svg=SVG.replace("46.477584", "58.0")).content != made().content
    assert made(svg=SVG.replace("2016", "2017")).content != made().content
    assert made(narrow=SVG.replace("2016", "2017")).content != made().content


def test_ids_that_are_told_apart_stay_apart() -> None:
    assert drawing('<a id="x"/><b href="#x"/>') != drawing('<a id="x"/><b href="#y"/>')


@given(st.integers(0, 9), st.text("0123456789", min_size=1, max_size=5))
def test_exactly_another_text_is_another_content(at: int, text: str) -> None:
    values = [
        value_of(f"figur-1/belop/{year}", str(year), year=year).to_json() for year in range(10)
    ]
    before = made(set_in("values", to=values))
    changed = [v | {"text": text} if n == at else v for n, v in enumerate(values)]
    after = made(set_in("values", to=changed))
    assert (after.content == before.content) == (text == str(at))


@pytest.mark.parametrize(
    "more",
    [{"words": "Ny."}, {"because": "3 > 1"}, {"holds": False}, {"basis": "anslag"}],
)
def test_a_claim_is_what_it_says_its_verdict_and_its_reason(more: Held) -> None:
    before = claim_thing("a", claim_of(), ["Det øker."], "kapittel-4")
    assert claim_thing("a", claim_of(**more), ["Det øker."], "kapittel-4").content != before.content


def test_where_a_claim_stands_and_how_it_is_tested_takes_no_part() -> None:
    before = claim_thing("a", claim_of(), ["Det øker.", "Mer."], "kapittel-4")
    moved = claim_of(places=[ClaimPlace("b.md", 1)], numbers=[], turns="når det er 1")
    assert claim_thing("a", moved, ["Mer.", "Det øker."], "kapittel-5").content == before.content
    assert claim_thing("a", claim_of(), ["Det øker."], "kapittel-4").content != before.content


def test_the_hash_is_that_of_the_content_that_is_kept() -> None:
    assert re.fullmatch("[0-9a-f]{64}", made().content)
    assert b'"tall figur-1/belop/2020": "846 | personer | trykt | "' in made().kept
