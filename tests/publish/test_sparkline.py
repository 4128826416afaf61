import re

from kunnskapsgrunnlag.publish.sparkline import sparkline
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import item_of, value_of


def series(**years: float | None) -> list[Value]:
    return [
        value_of(f"tabell-1/belop/{year[1:]}", value=value, year=int(year[1:]))
        for year, value in years.items()
    ]


def path_of(values: list[Value], *breaks: int) -> str:
    item = item_of(breaks=[{"year": year, "words": "ny telling"} for year in breaks])
    match = re.search(r'<path d="([^"]*)"', sparkline(values, item))
    assert match
    return match[1]


def test_a_line_goes_from_the_first_year_to_the_last_and_from_low_to_high() -> None:
    html = sparkline(series(y2019=10, y2020=30, y2021=20), item_of())

    assert 'd="M6.0 50.0L120.0 6.0L234.0 28.0"' in html
    assert 'cx="234.0" cy="28.0"' in html
    assert re.findall(r'class="kg-aar">(\d+)<', html) == ["2019", "2021"]


def test_it_is_open_at_a_break_and_where_a_number_is_missing() -> None:
    years = series(y2017=1, y2018=2, y2019=None, y2020=3, y2021=4)

    assert re.findall("[ML]", path_of(years)) == ["M", "L", "M", "L"]
    assert re.findall("[ML]", path_of(years, 2018)) == ["M", "M", "M", "L"]


def test_years_that_the_series_never_had_open_it_only_at_a_break_between_them() -> None:
    years = series(y2022=1, y2024=2)

    assert path_of(years) == "M6.0 50.0L234.0 6.0"
    assert path_of(years, 2023) == "M6.0 50.0M234.0 6.0"


def test_a_level_line_and_a_single_year_have_a_place() -> None:
    assert path_of(series(y2020=5, y2021=5)) == "M6.0 50.0L234.0 50.0"
    assert path_of(series(y2020=5)) == "M6.0 50.0"


def test_nothing_is_drawn_of_nothing() -> None:
    assert sparkline(series(y2020=None), item_of()) == ""
