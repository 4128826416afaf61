"""The mark of numbers that stand from an earlier edition."""

import pytest

from kunnskapsgrunnlag.catalog.schema import Carried, Catalog, Item, Source
from kunnskapsgrunnlag.sources.provenance import weakest
from kunnskapsgrunnlag.store.carried_forward import carried_html, carried_mark, carried_note
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.verify import read_printed
from tests.conftest import ROOT, item_of


def carried(edition: str, period: str) -> Item:
    return item_of().model_copy(update={"carried": Carried(edition=edition, period=period)})


def test_a_carried_item_says_of_what_time_its_numbers_are() -> None:
    item = carried("2022", "2019 & 2020")

    assert carried_mark(item_of()) == carried_html(item_of(), "trykt") == ""
    assert carried_note(item_of(), "trykt") == ""
    assert carried_mark(item) == "Tall fra 2019 & 2020"
    assert ">Tall fra 2019 &amp; 2020</span>" in carried_html(item, "trykt")


@pytest.mark.parametrize(
    ("edition", "origin", "is_delivered", "note"),
    [
        ("2022", "trykt", False, "Videreført fra 2022-utgaven."),
        ("2022", "estimat", False, "Laget for denne utgaven, fordi 2022-utgaven ikke hadde alle"),
        ("", "offisiell", False, "Ikke gitt ut i noen utgave før denne."),
        ("2022", "trykt", True, "Noen av tallene er levert til denne utgaven. De andre gjelder"),
    ],
)
def test_a_note_says_where_numbers_are_carried_from(
    edition: str, origin: str, is_delivered: bool, note: str
) -> None:
    words = carried_note(carried(edition, "2020"), origin, is_delivered=is_delivered)

    assert words.startswith(note)
    assert ("idereført" in words) == note.startswith("Videreført")
    assert is_delivered or note[1:27] in carried_html(carried(edition, "2020"), origin)


def test_nothing_is_carried_from_2022_that_print_did_not_have(
    catalog: Catalog, real_values: dict[str, list[Value]]
) -> None:
    printed = {each.item for each in read_printed(ROOT / "data" / "published" / "2022")}
    said = {
        key
        for key, item in catalog.items.items()
        if "Videreført" in carried_note(item, weakest([r.origin for r in real_values[key]]))
    }

    assert len(said) >= 8
    assert said <= printed


def test_a_note_says_who_can_give_newer_numbers_and_where_they_are_published() -> None:
    item = carried("2022", "2020")
    ordered = Source(file="a.csv", reader="delivery", awaits="Husbanken")
    published = Source(file="b.csv", reader="delivery", published="SSBs tabell 13995")

    assert carried_note(item, "trykt").endswith("Tallene gjelder 2020.")
    assert carried_note(item, "trykt", [ordered, ordered]).endswith(
        "Nyere tall må komme fra Husbanken, og vi venter på dem."
    )
    assert carried_note(item, "trykt", [published]).endswith(
        "Nyere tall er gitt ut i SSBs tabell 13995, men er ikke hentet."
    )
