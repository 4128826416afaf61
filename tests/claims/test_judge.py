"""What each form of the language says of numbers, at its limits too."""

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.judge import choose, judge
from kunnskapsgrunnlag.claims.language import parse_claim, parse_word
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import store_of, value_of

CITIES = ("oslo", "bergen", "trondheim")


def store(*series: float, unit: str = "personer", **cities: float) -> Store:
    """`tabell-1/v/<year>` from 2016, `tabell-2/v/<city>`, and one number each in tabell 3."""
    return store_of(
        {
            "tabell-1": [
                value_of(f"tabell-1/v/{year}", f"{v:g}", v, unit=unit, year=year)
                for year, v in enumerate(series, 2016)
            ],
            "tabell-2": [
                value_of(f"tabell-2/v/{city}", f"{v:g}", v, unit=unit, region=city)
                for city, v in cities.items()
            ],
        }
    )


def cities_of(cities: dict[str, float]) -> Store:
    return store(1, **cities)  # type: ignore[arg-type]


def holds(catalog: Catalog, text: str, numbers: Store) -> Verdict:
    return judge(parse_claim(text), Numbers(numbers, catalog), {})[0]


YEARS, PLACES = "tabell-1/v/første..siste", "tabell-2/v/*"


@pytest.mark.parametrize(
    ("text", "series", "expected"),
    [
        ("øker({})", (1, 9, 2), True),
        ("øker({})", (2, 9, 2), False),
        ("øker({})", (1,), False),
        ("faller({})", (3, 9, 2), True),
        ("øker hvert år({})", (1, 2, 3), True),
        ("øker hvert år({})", (1, 3, 2), False),
        ("faller hvert år({})", (3, 2, 2), False),
        ("høyest({}) = 2017", (1, 3, 2), True),
        ("høyest({}) = siste", (1, 3, 2), False),
        ("lavest({}) = første", (1, 3, 2), True),
        ("jevn({})", (100, 125, 110), True),
        ("jevn({})", (100, 126), False),
        ("ujevn({})", (1, 2), True),
        ("ujevn({})", (1, 1.9), False),
        ("stabil({})", (100, 102), True),
        ("stabil({})", (100, 102.1), False),
        ("stabil({}) innen 3 prosent", (100, 103), True),
        ("stabil({}) innen 3 personer", (100, 103.5), False),
        ("summen av({}) = 6", (1, 2, 3), True),
        ("avstanden i({}) = 2", (1, 3, 2), True),
        ("veksten i({}) = 100", (1, 3, 2), True),
        ("spredningen i({}) = 3", (1, 3, 2), True),
        ("antallet i({}) = 3", (1, 3, 2), True),
        ("høyeste i({}) = 3", (1, 3, 2), True),
        ("laveste i({}) = 1", (1, 3, 2), True),
        ("alle({} over 1)", (2, 3), True),
        ("alle({} over 1)", (2, 1), False),
        ("ingen({} over 1)", (1, 0), True),
        ("noen({} over 1)", (1, 2, 3), True),
        ("noen({} over 1)", (1, 1, 3), False),
        ("de fleste({} over 1)", (1, 2, 3), True),
        ("de fleste({} over 1)", (1, 2), False),
        ("bare({} over 1) = 2017, 2018", (1, 2, 3), True),
        ("bare({} over 1) = 2017", (1, 2, 3), False),
        ("bare({} over 1) = 2017, 2018", (1, 2, 1), False),
        ("antall({} over 1) = 2", (1, 2, 3), True),
        ("antall({} over 1) over 2", (1, 2, 3), False),
        ("ikke øker({})", (2, 1), True),
    ],
)
def test_over_years(catalog: Catalog, text: str, series: tuple[float, ...], expected: bool) -> None:
    assert holds(catalog, text.format(YEARS), store(*series)).holds is expected


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("høyest({}) = oslo", (3, 1, 2), True),
        ("høyest({}) = oslo", (3, 3, 2), True),
        ("høyest({}) = bergen", (3, 1, 2), False),
        ("nest høyest({}) = trondheim", (3, 1, 2), True),
        ("nest høyest({}) = oslo", (3, 1, 2), False),
        ("nest lavest({}) = trondheim", (3, 1, 2), True),
        ("2 høyeste({}) = oslo, trondheim", (3, 1, 2), True),
        ("2 høyeste({}) = oslo, bergen", (3, 1, 2), False),
        ("2 høyeste({}) = oslo, trondheim", (3, 2, 2), False),
        ("3 høyeste({}) = oslo, bergen, trondheim", (3, 1, 2), True),
        ("blant 2 høyeste({}) = trondheim", (3, 1, 2), True),
        ("blant 2 høyeste({}) = bergen", (3, 1, 2), False),
        ("2 høyeste({}) blant oslo, trondheim, bergen", (3, 1, 2), True),
        ("1 høyeste({}) blant bergen, trondheim", (3, 1, 2), False),
        ("alle(tabell-2/v/oslo over tabell-2/v/* uten oslo)", (3, 1, 2), True),
    ],
)
def test_over_places(
    catalog: Catalog, text: str, values: tuple[float, ...], expected: bool
) -> None:
    cities = dict(zip(CITIES, values, strict=True))
    assert holds(catalog, text.format(PLACES), cities_of(cities)).holds is expected


@pytest.mark.parametrize(
    ("text", "one", "other", "expected"),
    [
        ("{} over {}", 2, 1, True),
        ("{} over {}", 1, 1, False),
        ("{} under {}", 1, 2, True),
        ("{} minst {}", 1, 1, True),
        ("{} høyst {}", 1.1, 1, False),
        ("{} = {}", 1, 1, True),
        ("{} klart over {}", 11.5, 10, True),
        ("{} langt over {}", 11.4, 10, False),
        ("{} klart under {}", 10, 11.5, True),
        ("{} dobbelt over {}", 2, 1, True),
        ("{} dobbelt over {}", 1.9, 1, False),
        ("{} litt over {}", 102, 100, True),
        ("{} litt over {}", 102.1, 100, False),
        ("{} litt over {}", 100, 100, False),
        ("{} litt under {}", 99, 100, True),
        ("{} så vidt over {}", 101, 100, True),
        ("{} så vidt over {}", 101.1, 100, False),
        ("{} nesten {}", 90, 100, True),
        ("{} nesten {}", 100, 100, False),
        ("{} nesten {}", 89, 100, False),
        ("{} omtrent {}", 105, 100, True),
        ("{} omtrent {}", 105.1, 100, False),
        ("{} omtrent {} innen 1 prosent", 101.1, 100, False),
        ("{} omtrent {} innen 2 prosentpoeng", 102, 100, True),
        ("{} mellom 1 og {}", 1, 2, True),
        ("{} mellom 2 og {}", 1, 2, False),
        ("{} + {} = 3", 1, 2, True),
        ("{} - {} = -1", 1, 2, True),
        ("{} / {} = 0,5", 1, 2, True),
        ("{} * {} = 2", 1, 2, True),
        ("{} delt på {} * 100 = 33", 1, 3, True),
        ("{} delt på {} * 100 = 33,33", 1, 3, True),
        ("{} delt på {} * 100 = 33,4", 1, 3, False),
    ],
)
def test_two_numbers(catalog: Catalog, text: str, one: float, other: float, expected: bool) -> None:
    numbers = store(1, oslo=one, bergen=other)
    assert holds(catalog, text.format("tabell-2/v/oslo", "tabell-2/v/bergen"), numbers).holds is (
        expected
    )


@pytest.mark.parametrize(("one", "expected"), [(5.6, True), (5.7, False), (5.5, False)])
def test_a_hair_of_a_share_is_a_tenth_of_a_percentage_point(
    catalog: Catalog, one: float, expected: bool
) -> None:
    numbers = store(1, oslo=one, bergen=5.5, unit="prosent")
    text = "tabell-2/v/oslo så vidt over tabell-2/v/bergen"
    assert holds(catalog, text, numbers).holds is expected


def test_the_counter_example_of_a_course_is_the_step_that_breaks_it(catalog: Catalog) -> None:
    verdict = holds(catalog, f"øker hvert år({YEARS})", store(1, 3, 2, 4))
    assert verdict.because == "2018: 2 personer < 2017: 3 personer"
    assert len(verdict.numbers) == 4


def test_a_rank_that_is_lost_names_winner_and_loser(catalog: Catalog) -> None:
    verdict = holds(catalog, f"høyest({PLACES}) = bergen", store(1, oslo=3, bergen=1))
    assert verdict.because == "Oslo: 3 personer; Bergen: 1 personer"


def test_the_first_clause_that_fails_is_the_reason_and_all_numbers_are_named(
    catalog: Catalog,
) -> None:
    text = "tabell-2/v/oslo over 1 og tabell-2/v/bergen over 9 og tabell-2/v/trondheim over 9"
    verdict = holds(catalog, text, store(1, oslo=3, bergen=1, trondheim=2))
    assert (verdict.holds, verdict.because) == (False, "Bergen: 1 personer < 9")
    assert len(verdict.numbers) == 3


def test_a_sum_is_shown_with_its_arithmetic(catalog: Catalog) -> None:
    verdict = holds(
        catalog, "tabell-2/v/oslo + tabell-2/v/bergen over 3", store(1, oslo=3, bergen=1)
    )
    assert verdict.because == "3 personer + 1 personer = 4 personer > 3"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tabell-2/v/* over 1", "Skriv alle(…), bare(…) eller"),
        ("øker(tabell-2/v/*)", "«øker» trenger tall for flere år."),
        ("øker for hvert trinn(tabell-1/v/første..siste)", "trenger tall for grupper i"),
        ("høyest(tabell-2/v/*) = stavanger", "«stavanger» er ikke med blant tallene: bergen"),
        ("alle(tabell-2/v/* over tabell-1/v/første..siste)", "de to sidene er ikke av det samme"),
        ("høyest(tabell-1/v/*) = siste", "skriv årene, «2016..2020» eller"),
        ("alle(tabell-2/v/byer over 1)", "står ikke i tabell-2."),
        ("øker(tabell-1/v/2017..2016)", "går baklengs. Skriv 2016..2017."),
        ("øker(tabell-1/v/2016..2030)", "tabell-1 har ikke tall for 2030, men fra 2016 til 2017."),
        ("tabell-2/v/oslo omtrent tabell-2/v/oslo", "sammenligner tabell-2/v/oslo med seg selv."),
        ("tabell-2/v/oslo over 0,5 * tabell-2/v/oslo", "med seg selv."),
        ("1 over 0", "her er ingen tall fra rapporten."),
        ("stabil(tabell-1/v/2016..2016)", "trenger flere tall, og her er bare ett."),
        ("høyest(tabell-2/v/oslo) = oslo", "trenger flere tall, og her er bare ett."),
        ("alle(tabell-2/v/oslo over 1)", "trenger flere tall, og her er bare ett."),
        ("tabell-2/v/oslo over 10 prosent", "sidene er i ulike enheter: antall og prosent."),
        ("tabell-3/v/oslo over 1", "tabell-3 har ingen tall for «v»."),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_numbers_is_told(catalog: Catalog, text: str, message: str) -> None:
    with pytest.raises(KgError) as refused:
        holds(catalog, text, store(1, 2, oslo=3, bergen=1))
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("retning(tabell-1/v/første..siste)", "økte"),
        ("retning(tabell-1/v/2017..siste)", "var uendret"),
        ("retning(tabell-1/v/første..siste, flere, færre)", "flere"),
        ("navn(høyest(tabell-2/v/*))", "Oslo"),
        ("navn(2 laveste(tabell-2/v/*))", "Bergen og Trondheim"),
        ("navn(tabell-2/v/* over 1)", "Oslo og Trondheim"),
        ("navn(tabell-2/v/* over 9)", "ingen"),
        ("antall(tabell-2/v/* over 1)", "to"),
        ("antall av alle(tabell-2/v/* over 1)", "to av de tre"),
        ("antall av alle(tabell-2/v/* over 0)", "alle de tre"),
    ],
)
def test_words_that_the_numbers_choose(catalog: Catalog, text: str, word: str) -> None:
    numbers = Numbers(store(1, 3, 3, oslo=3, bergen=1, trondheim=2), catalog)
    assert choose(parse_word(text), numbers, {})[0].text == word
