"""The mark of numbers that stand from an earlier edition."""

from kunnskapsgrunnlag.catalog.schema import Carried, Catalog
from kunnskapsgrunnlag.sources.provenance import weakest
from kunnskapsgrunnlag.store.carried_forward import carried_html, carried_mark, carried_note
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.verify import read_printed
from tests.conftest import ROOT, item_of


def test_an_item_with_its_own_numbers_has_no_mark() -> None:
    assert carried_mark(item_of()) == carried_html(item_of(), "trykt") == ""
    assert carried_note(item_of(), "trykt") == ""


def test_a_carried_item_says_of_what_time_its_numbers_are() -> None:
    item = item_of().model_copy(update={"carried": Carried(edition="2022", period="2019 & 2020")})

    assert carried_mark(item) == "Tall fra 2019 & 2020"
    assert ">Tall fra 2019 &amp; 2020</span>" in carried_html(item, "trykt")
    assert carried_note(item, "trykt").startswith("Videreført fra 2022-utgaven.")


def test_an_estimate_was_made_for_this_edition_and_carried_from_none() -> None:
    item = item_of().model_copy(update={"carried": Carried(edition="2022", period="2020")})

    for words in (carried_html(item, "estimat"), carried_note(item, "estimat").lower()):
        assert "laget for denne utgaven, fordi 2022-utgaven ikke hadde alle tallene" in words
    assert carried_note(item, "estimat").startswith("Laget for denne utgaven")
    assert "idereført" not in carried_note(item, "estimat")


def test_nothing_is_carried_from_2022_that_print_did_not_have(
    catalog: Catalog, real_values: dict[str, list[Value]]
) -> None:
    printed = {each.item for each in read_printed(ROOT / "data" / "published" / "2022")}
    said = {
        key
        for key, item in catalog.items.items()
        if "Videreført" in carried_note(item, weakest([r.origin for r in real_values[key]]))
    }

    assert len(said) > 8
    assert said <= printed


def test_numbers_that_no_edition_has_published_are_carried_over_from_none() -> None:
    item = item_of().model_copy(update={"carried": Carried(edition="", period="2025")})

    assert carried_note(item, "offisiell").startswith("Ikke gitt ut i noen utgave før denne.")


def test_what_has_been_delivered_is_not_told_as_carried() -> None:
    item = item_of().model_copy(update={"carried": Carried(edition="2022", period="2020")})

    note = carried_note(item, "trykt", is_delivered=True)

    assert note.startswith("Noen av tallene er levert til denne utgaven. De andre gjelder 2020")
    assert "idereført" not in note
