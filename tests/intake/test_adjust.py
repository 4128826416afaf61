"""What becomes of an item's entry when its sources are of another period."""

from collections.abc import Mapping
from typing import Any

import yaml

from kunnskapsgrunnlag.catalog.periods import Period, asked_period
from kunnskapsgrunnlag.catalog.schema import Catalog, Item
from kunnskapsgrunnlag.intake.adjust import Renewal, asked_anew, called, edited, renewed
from tests.conftest import ROOT, item_of, value_of

CARRIED = {"edition": "2022", "period": "2020", "waits": "leveransen tabell-1"}


def item(**more: Any) -> Item:
    own = {"subtitle": "Prosent, 2020", "inputs": {"shares": "a", "national": "b"}}
    return item_of(**own | {"carried": CARRIED, "settings": {"year": 2020}} | more)


def of(*years: int) -> Period:
    return Period(frozenset(years))


def answer(shares: Period, national: Period) -> Any:
    """What an item takes: the one period of `shares`, and of `national` the year asked for."""

    def taken(settings: Mapping[str, Any]) -> dict[str, Period]:
        asked = asked_period(settings)
        years = national.years & asked.years if asked else national.years
        return {"shares": shares, "national": Period(years)}

    return taken


def change(entry: Item, shares: Period, national: Period) -> Renewal:
    taken = answer(shares, national)
    settings = asked_anew(entry, taken, answer(of(2020), national)(entry.settings), ["shares"])
    words = {"shares": ("2020", str(shares))}
    names = {"shares": "bydelene", "national": "hele landet"}
    return renewed(entry, settings, taken(settings), taken({}), words, names.__getitem__)


def test_an_item_all_of_whose_sources_have_the_new_period_moves_to_it() -> None:
    made = change(item(), of(2025), of(2020, 2025))
    assert made == Renewal({"year": 2025}, "Prosent, 2025", {}, None)


def test_an_item_of_which_a_source_lags_says_what_is_of_which_period_and_keeps_its_mark() -> None:
    made = change(item(), of(2025), of(2019, 2020))
    assert (made.settings, made.subtitle, made.late) == ({"year": 2020}, "Prosent", ("b",))
    assert made.periods == {"shares": "bydelene 2025", "national": "hele landet 2020"}
    assert made.carried == item().carried
    assert made.of(item()).subtitle == "Prosent: bydelene 2025; hele landet 2020"


def test_a_source_that_only_checks_is_declared_and_not_shown_to_readers() -> None:
    entry = item(periods={"shares": "bydelene 2022", "national": "kontrollert mot tall for 2020"})
    assert entry.subtitle == "Prosent, 2020: bydelene 2022"
    taken = {"shares": of(2022), "national": of(2020)}
    made = renewed(item(), {"year": 2020}, taken, taken, {"shares": ("2020", "2022")}, lambda _: "")
    assert made.periods["national"] == "kontrollert mot tall for 2020"


def test_what_was_told_of_two_periods_is_one_again_when_the_last_has_come() -> None:
    mixed = change(item(), of(2025), of(2020)).of(item())
    made = change(mixed, of(2025), of(2020, 2025))
    assert made == Renewal({"year": 2025}, "Prosent, 2025", {}, None)


def test_a_revision_of_the_same_period_leaves_the_entry_as_it_is() -> None:
    made = change(item(), of(2020), of(2020))
    assert made.of(item()) == item()


def test_words_for_periods_that_people_wrote_keep_all_but_the_years() -> None:
    periods = {"shares": "boligene ved utgangen av 2019", "national": "landet 2015–2020"}
    entry = item(periods=periods, subtitle="Antall", settings={"shares_year": 2019})
    taken = {"shares": of(2025), "national": of(*range(2015, 2021))}
    old = {"shares": of(2019)} | taken
    settings = asked_anew(entry, lambda _: taken, {**old, "shares": of(2019)}, ["shares"])
    made = renewed(entry, settings, taken, taken, {"shares": ("2019", "2025")}, lambda _: "")
    assert made.settings == {"shares_year": 2025}
    assert made.periods == {
        "shares": "boligene ved utgangen av 2025",
        "national": "landet 2015–2020",
    }
    assert made.subtitle == "Antall"


def test_a_series_gets_its_new_last_year_in_the_subtitle() -> None:
    entry = item(subtitle="Lån i Oslo, 2016–2020", settings={}, carried=None)
    years = of(*range(2016, 2026))
    words = {"shares": ("2016–2020", "2016–2025")}
    made = renewed(entry, {}, {"shares": years}, {"shares": years}, words, str)
    assert made.subtitle == "Lån i Oslo, 2016–2025"


def test_readers_are_told_what_a_source_is_in_the_table_by_its_rows() -> None:
    entry = item(dims=["region"])
    bydeler = ("alna", "bjerke", "frogner", "oslo")
    values = [value_of(f"tabell-1/v/{r}", region=r, cells=("a:B2",)) for r in bydeler]
    values += [value_of("tabell-1/v/hele-landet", region="hele-landet", cells=("b:B2",))]
    assert called(entry, values, "a", "Andeler") == "bydelene og Oslo"
    assert called(entry, values, "b", "Andeler") == "hele landet"
    assert called(entry, values, "c", "Andeler") == ""


def test_the_catalogue_keeps_its_comments_and_loses_what_is_idle(catalog: Catalog) -> None:
    text = (ROOT / "params.yaml").read_text(encoding="utf-8")
    key = "tabell-14"
    made = Renewal({"year": 2025}, "Prosent, 2025", {}, None)

    new = edited(text, catalog, {key: made})

    before, after = yaml.safe_load(text), yaml.safe_load(new)
    assert after["items"][key]["settings"] == {"year": 2025}
    assert "carried" not in after["items"][key]
    del after["items"][key], before["items"][key]
    assert after == before
    assert len(text.splitlines()) - len(new.splitlines()) == 1
    assert [line for line in text.splitlines() if line.lstrip().startswith("#")] == [
        line for line in new.splitlines() if line.lstrip().startswith("#")
    ]
