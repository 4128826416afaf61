import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.fetch.areas.area_codes import Change, Policy, Series, Spell, apply_policy

YEAR = [f"{year}-01-01" for year in range(2015, 2026)]


def change(old: str, new: str, date: str = "2020-01-01") -> Change:
    return Change(date, old, old and f"N{old}", new, new and f"N{new}")


def test_an_area_under_a_new_code_goes_on() -> None:
    found = apply_policy(["1", "2"], [change("1", "2")], "keep")

    spells = (Spell(("1",), "", "2020-01-01"), Spell(("2",), "2020-01-01"))
    assert found == [Series("2", spells)]


def test_an_area_changes_code_twice() -> None:
    twice = [change("1", "2"), change("2", "3", "2024-01-01")]

    (found,) = apply_policy(["1", "2", "3"], twice, "keep")

    assert [found.codes_on(day) for day in ("2019-12-31", "2020-01-01", "2024-01-01")] == [
        ("1",),
        ("2",),
        ("3",),
    ]


def test_an_area_gets_its_old_code_back() -> None:
    there_and_back = [change("1", "2"), change("2", "1", "2024-01-01")]

    (found,) = apply_policy(["1", "2"], there_and_back, "keep")

    assert [found.codes_on(day) for day in ("2019-01-01", "2022-01-01", "2024-01-01")] == [
        ("1",),
        ("2",),
        ("1",),
    ]


def test_merged_areas_are_summed_before_the_merger() -> None:
    merger = [change("1", "3"), change("2", "3")]

    (found,) = apply_policy(["1", "2", "3"], merger, "sum")

    assert found.codes_on("2019-12-31") == ("1", "2")
    assert found.codes_on("2020-01-01") == ("3",)


def test_an_area_that_takes_up_another_is_summed_with_it() -> None:
    merger = [change("1", "1"), change("2", "1")]

    (found,) = apply_policy(["1", "2"], merger, "sum")

    assert (found.codes_on("2019-01-01"), found.codes_on("2020-01-01")) == (("1", "2"), ("1",))


def test_merged_areas_with_a_past_of_their_own() -> None:
    past = [change("1", "2", "2017-01-01"), change("2", "4"), change("3", "4")]

    (found,) = apply_policy(["1", "2", "3", "4"], past, "sum")

    assert [found.codes_on(day) for day in ("2016-01-01", "2018-01-01", "2021-01-01")] == [
        ("1", "3"),
        ("2", "3"),
        ("4",),
    ]


def test_a_break_ends_one_series_and_starts_others() -> None:
    found = apply_policy(["1", "2", "3"], [change("1", "2"), change("1", "3")], "break")

    assert [(each.code, each.starts, each.ends) for each in found] == [
        ("1", "", "2020-01-01"),
        ("2", "2020-01-01", ""),
        ("3", "2020-01-01", ""),
    ]
    assert found[1].codes_on("2019-12-31") == ()


def test_a_code_that_lost_a_part_breaks_too() -> None:
    found = apply_policy(["1"], [change("1", "1"), change("1", "2")], "break")

    assert [(each.starts, each.ends) for each in found] == [("", "2020-01-01"), ("2020-01-01", "")]


def test_a_new_name_changes_nothing() -> None:
    renamed = [Change("2020-01-01", "1", "Gammel", "1", "Ny")]

    assert apply_policy(["1"], renamed, "break") == [Series("1", (Spell(("1",)),))]


def test_changes_elsewhere_do_not_matter() -> None:
    elsewhere = [change("8", "9"), change("8", "7")]

    assert apply_policy(["1"], elsewhere, "keep") == [Series("1", (Spell(("1",)),))]


def test_a_code_given_up_and_taken_by_another_area_on_one_day() -> None:
    found = apply_policy(["1", "2", "3"], [change("1", "2"), change("2", "3")], "keep")

    assert {each.code: each.codes_on("2019-01-01") for each in found} == {"2": ("1",), "3": ("2",)}


@pytest.mark.parametrize(
    ("pairs", "policy", "message"),
    [
        ([("1", "2"), ("1", "3")], "keep", r"1 N1 → 2 N2 \+ 3 N3: .*found a split.*policy break"),
        ([("1", "2"), ("1", "3")], "sum", "found a split"),
        ([("1", "3"), ("2", "3")], "keep", "found a merger. Choose the policy sum or break"),
        ([("1", "3"), ("2", "3"), ("2", "1")], "sum", "found a split"),
        ([("1", "")], "sum", "an area that ended"),
        ([("", "1")], "keep", "a new area"),
        ([("1", "4")], "keep", "the table lacks 4"),
        ([("1", "3"), ("4", "3")], "sum", "the table lacks 4"),
        ([("4", "1")], "keep", "the table lacks 4"),
    ],
)
def test_a_policy_that_does_not_fit_is_refused(
    pairs: list[tuple[str, str]], policy: Policy, message: str
) -> None:
    with pytest.raises(KgError, match=message):
        apply_policy(["1", "2", "3"], [change(*pair) for pair in pairs], policy)


@pytest.mark.parametrize("policy", ["keep", "break"])
def test_a_code_that_two_areas_would_have_is_refused(policy: Policy) -> None:
    held = [change("1", "2", "2018-01-01"), change("3", "2")]

    with pytest.raises(KgError, match="the code 2 is given to an area while it already stands"):
        apply_policy(["1", "2", "3"], held, policy)


def test_a_code_that_is_given_up_twice_is_refused() -> None:
    held = [change("1", "2", "2018-01-01"), change("1", "3")]

    with pytest.raises(KgError, match="1 is given up, and it was given up before"):
        apply_policy(["1", "2", "3"], held, "keep")


@st.composite
def mergers(draw: st.DrawFn) -> tuple[list[str], list[Change]]:
    """Areas that merge, again and again, each time under a code of its own."""
    alive = [str(n) for n in range(draw(st.integers(1, 8)))]
    codes, held = list(alive), list[Change]()
    for year in YEAR[1:-1]:
        groups: dict[int, list[str]] = {}
        for code in alive:
            groups.setdefault(draw(st.integers(0, 9)), []).append(code)
        for group in [members for key, members in sorted(groups.items()) if key < 3]:
            new = draw(st.sampled_from([f"{year[2:4]}-{group[0]}", group[0]]))
            held += [change(old, new, year) for old in group]
            alive = [code for code in alive if code not in group] + [new]
            codes.append(new)
    return codes, held


@given(mergers())
def test_a_sum_counts_every_area_once_on_every_day(made: tuple[list[str], list[Change]]) -> None:
    codes, held = made
    before = {code for code in codes if "-" not in code}

    found = apply_policy(codes, held, "sum")

    alive = set(before)
    for day in YEAR:
        gone = {each.old_code for each in held if each.date == day}
        alive = (alive - gone) | {each.new_code for each in held if each.date == day}
        summed = [code for series in found for code in series.codes_on(day)]
        assert sorted(summed) == sorted(alive)


@given(mergers())
def test_a_break_leaves_no_series_without_its_mark(made: tuple[list[str], list[Change]]) -> None:
    codes, held = made
    days = {each.date for each in held if each.old_code != each.new_code}

    for series in apply_policy(codes, held, "break"):
        assert len(series.spells) == 1
        assert {series.starts, series.ends} <= days | {""}
        assert (series.spells[0].start, series.spells[0].end) == (series.starts, series.ends)
