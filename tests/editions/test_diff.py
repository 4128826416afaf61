"""Two editions held against each other: states, news, sizes, items."""

import pytest

from kunnskapsgrunnlag.editions.diff import EditionDiff
from kunnskapsgrunnlag.editions.diff_items import ADDED, DROPPED
from kunnskapsgrunnlag.editions.sizes import Size, signed, size_of
from tests.conftest import spaced
from tests.editions.made import ITEM, between, by_region, edition, item, number, source


def states(diff: EditionDiff) -> dict[str, str]:
    return {each.address.removeprefix(f"{ITEM}/"): each.state for each in diff.numbers}


def test_a_number_is_the_same_changed_new_or_gone() -> None:
    old = edition("2022", number("belop/2019", 1), number("belop/2020", 2), number("x/2020", 3))
    new = edition("2026", number("belop/2019", 1), number("belop/2020", 5), number("y/2020", 3))
    assert states(between(old, new)) == {
        "belop/2019": "uendret",
        "belop/2020": "endret",
        "x/2020": "borte",
        "y/2020": "ny",
    }


@pytest.mark.parametrize(
    ("before", "now", "state"), [(2.1, 2.4, "skjult"), (0.3, 0.1 + 0.2, "uendret")]
)
def test_what_rounding_hides_is_counted_apart_and_last_bits_are_no_change(
    before: float, now: float, state: str
) -> None:
    old, new = edition("2022", number("belop/2020", before)), number("belop/2020", now)
    diff = between(old, edition("2026", new))
    assert (diff.states, diff.changed) == ({state: 1}, ())


def test_latest_against_latest_is_the_news() -> None:
    old = edition("2022", number("belop/2019", 17000), number("belop/2020", 16057))
    new = edition("2026", number("belop/2020", 16057), number("belop/2025", 14321))
    (news,) = between(old, new).news
    assert (news.old.text, news.before, news.new.text, news.now) == (
        *(spaced("16 057"), "2020"),
        *(spaced("14 321"), "2025"),
    )
    assert news.size and news.size.words == spaced("−1 736") + " (−10,8 prosent)"


def test_an_item_without_years_has_news_when_its_period_moved() -> None:
    old = edition("2022", number("belop/oslo", 1), number("belop/alna", 3), held=by_region(2020))
    new = edition(
        "2026", number("belop/oslo", 2, "b"), number("belop/alna", 3), held=by_region(2025)
    )
    (news,) = between(old, new).news
    # Alna's number rests on the same data: it is not of 2025.
    assert news.new.address == f"{ITEM}/belop/oslo"
    assert (news.before, news.now) == ("2020", "2025")


def test_an_item_that_is_carried_over_has_no_news_and_says_its_period() -> None:
    old = edition("2022", number("belop/2020", 1))
    new = edition("2026", number("belop/2020", 1), held=item(carried="2020"))
    diff = between(old, new)
    assert diff.news == ()
    assert diff.items[0].carried == "2020"


def test_years_beyond_the_other_edition_are_a_new_period() -> None:
    old = edition("2022", number("belop/2016", 1), number("belop/2020", 1))
    new = edition("2026", number("belop/2020", 1), number("belop/2021", 1))
    causes = {each.address[-4:]: each.cause for each in between(old, new).numbers}
    assert causes == {"2016": "ny-periode", "2020": "", "2021": "ny-periode"}


def test_a_measure_by_another_name_is_gone_and_new() -> None:
    diff = between(edition("2022", number("a/2020", 1)), edition("2026", number("b/2020", 1)))
    assert diff.states == {"ny": 1, "borte": 1}
    assert diff.news == ()


def test_items_come_and_go() -> None:
    old, new = edition("2022"), edition("2026")
    old.items["tabell-2"] = new.items["tabell-3"] = item()
    found = {each.key: each.state for each in between(old, new).items}
    assert found == {ITEM: "videre", "tabell-2": DROPPED, "tabell-3": ADDED}


def test_an_items_title_origin_and_vintage_are_told() -> None:
    old = edition("2022", held=item(title="Før", origin="estimat"))
    new = edition("2026", held=item(sources={"k": source(vintage="2025")}))
    (told,) = between(old, new).items
    assert told.words == (
        "Tittelen er endret fra «Før» til «Tittel».",
        "Opphavet er endret fra «estimat» til «offisiell».",
        "Kilde: årgangen er endret fra «2020» til «2025».",
    )


def test_a_break_is_told_where_it_lies_between_the_latest_years() -> None:
    breaks = ({"year": 2019, "words": "Gammelt."}, {"year": 2022, "words": "Ny måte å telle på."})
    old = edition("2022", number("belop/2020", 1))
    new = edition("2026", number("belop/2025", 1), held=item(breaks=breaks))
    assert between(old, new).items[0].words == ("Brudd i serien i 2022: Ny måte å telle på.",)


def test_revisions_are_summed_up_and_new_periods_are_none_of_them() -> None:
    old = edition("2022", *(number(f"belop/{y}", v) for y, v in ((2018, 100), (2019, 200))))
    new = edition(
        "2026",
        *(number(f"belop/{y}", v, "b") for y, v in ((2018, 110), (2019, 190), (2025, 1))),
    )
    (found,) = between(old, new).revisions

    assert (found.count, found.of, found.mean, found.largest) == (2, 2, 10, 10)
    assert found.mean_relative == pytest.approx(0.075)
    assert "2 av 2 tall er revidert" in found.words


def test_a_size_is_what_readers_can_work_out_from_what_they_see() -> None:
    size = size_of(number("a/2020", 5.96, decimals=1), number("a/2020", 6.34, decimals=1))
    share = number("a/2020", 6.0, decimals=1, unit="prosent")
    points = size_of(share, number("a/2020", 6.34, decimals=1, unit="prosent"))
    assert size and size.amount == "+0,3"
    assert points and points.words == "+0,3 prosentpoeng"
    assert size_of(number("a/2020", 1), number("a/2020", 1, unit="mill. kr")) is None


@pytest.mark.parametrize(("before", "now"), [(0, 5), (-5, 5), (5, -5)])
def test_a_part_of_nothing_or_of_a_turned_change_is_not_told(before: float, now: float) -> None:
    size = size_of(number("a/2020", before), number("a/2020", now))
    assert size and size.share == ""


def test_a_size_has_its_sign_and_nothing_has_none() -> None:
    assert signed(-0.04, 1) == "0,0"
    assert signed(1736, 0) == "+" + spaced("1 736")
    assert Size(-1.0, None, "kr", 0).short == "−1"
