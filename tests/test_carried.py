"""The mark of numbers that stand from an earlier edition."""

from kunnskapsgrunnlag.carried import carried_html, carried_mark, carried_sentence
from kunnskapsgrunnlag.catalog import Carried
from tests.conftest import item_of


def test_an_item_with_its_own_numbers_has_no_mark() -> None:
    assert carried_mark(item_of()) == carried_html(item_of()) == carried_sentence(item_of()) == ""


def test_a_carried_item_says_of_what_time_its_numbers_are() -> None:
    item = item_of().model_copy(update={"carried": Carried(edition="2022", period="2019 & 2020")})

    assert carried_mark(item) == "Tall fra 2019 & 2020"
    assert ">Tall fra 2019 &amp; 2020</span>" in carried_html(item)
    assert carried_sentence(item).endswith("videreført fra 2022-utgaven.")
