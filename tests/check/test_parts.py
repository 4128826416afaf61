"""How the last look reads: pages, drawings, alt texts and chapters, without a build."""

from types import SimpleNamespace
from typing import Any

import pytest

from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.check.drawings import check_alt, check_drawing
from kunnskapsgrunnlag.check.page import PageReader
from kunnskapsgrunnlag.check.prose import check_prose, typed_words
from kunnskapsgrunnlag.check.svg import Tick, scale_of
from kunnskapsgrunnlag.check.words import DIGITS, numbers_in, squeezed
from tests.conftest import item_of, measure_of, spaced, value_of

RECORDS = [
    value_of("tabell-1/belop/2019", spaced("1 200"), 1200.0, year=2019, unit="kr"),
    value_of("tabell-1/belop/2020", spaced("1 500"), 1500.0, year=2020, unit="kr"),
]
ITEM = item_of(measures={"belop": measure_of(title="Beløp", unit="kr")})


def test_a_page_tells_marked_words_from_typed_ones() -> None:
    page = PageReader(
        '<main><h1><span class="kg-kapnr">5</span> Tall</h1><p>Av <a class="kg-tall" '
        'href="s.html#a">7</a> ble 3 igjen.<a class="footnote-ref">9</a></p></main>'
    )

    assert [(p.kind, p.text) for p in page.blocks[-1].parts] == [
        ("", "Av "),
        ("tall", "7"),
        ("", " ble 3 igjen."),
    ]
    assert page.blocks[0].text == " Tall"


def test_typed_words_are_what_no_mark_replaces() -> None:
    text = read_text(
        "k",
        "k.md",
        'I 2014 sto [det [a/b]{.tall} her i 2015.]{.pastand navn="x-16"}[^17]\n\n'
        '[18 år]{.fast grunn="lov fra 1919"} og [20](https://no.no/21).\n',
    )
    assert DIGITS.findall(typed_words(text)) == ["2014", "2015", "20"]


@pytest.mark.parametrize(("notes", "errors"), [(2, 0), (1, 2), (3, 2)])
def test_a_note_that_is_referred_to_twice_stands_on_the_page_twice(notes: int, errors: int) -> None:
    words = 'Her.[^a] Der.[^a]\n\n[^a]: Side 17 av [99]{.fast grunn="x"}.\n'
    chapter = SimpleNamespace(html="k.html", number=None)
    texts, catalog = [read_text("k", "k.md", words)], SimpleNamespace(chapters={"k": chapter})
    page = f"<main>{'<p>Side 17 av <span class=kg-fast>99</span>.</p>' * notes}</main>"
    book: Any = SimpleNamespace(texts=texts, catalog=catalog)

    assert len(check_prose(book, {"k.html": PageReader(page)})) == errors


def test_hyphens_and_spaces_do_not_part_what_is_the_same() -> None:
    assert squeezed(spaced("no\ufffevember 1\u00ad200 −4")) == squeezed("november 1200 −4")
    assert squeezed("−4") != squeezed("4")


def test_numbers_are_read_as_norwegians_write_them() -> None:
    assert numbers_in(spaced("−1 200 og 3,5 av 12 ")) == [spaced("−1 200"), "3,5", "12"]


def test_an_axis_of_names_has_no_scale() -> None:
    assert scale_of([Tick(0, "Oslo"), Tick(9, "Bergen")]) is None
    scale = scale_of([Tick(100, "0"), Tick(0, spaced("1 000"))])
    assert scale is not None
    assert scale.value(50) == 500


def test_alt_text_may_say_numbers_years_and_counts() -> None:
    alt = spaced("Beløp for 2 år: 1 200 kroner i 2019 og 1 500 kroner i 2020.")
    assert check_alt("tabell-1", ITEM, RECORDS, alt) == []


def test_alt_text_with_another_unit_or_rounding_is_wrong() -> None:
    unit = check_alt("tabell-1", ITEM, RECORDS, spaced("Det var 1 200 prosent."))
    rounding = check_alt("tabell-1", ITEM, RECORDS, spaced("Det var 1 200,0 kroner."))
    assert "ikke et av tallene i prosent" in unit[0]
    assert spaced("1 200,0") in rounding[0]


def bars(second: int) -> str:
    """Two bars with their names and numbers; the second is right at 50 points."""
    ticks = "".join(
        f'<g id="xtick_{n}"><g id="text_{n}"><text x="{x}" y="100">{year}</text></g></g>'
        for n, x, year in ((1, 10, 2019), (2, 30, 2020))
    )
    patches = "".join(
        f'<g id="patch_kg.tabell-1.belop.{year}"><path d="M {x - 5} 90\nL {x + 5} 90\n'
        f'L {x + 5} {90 - high}\nL {x - 5} {90 - high}\nz"/></g>'
        f'<g id="text_{n + 5}"><text x="{x}" y="{88 - high}">{words}</text></g>'
        for n, x, year, high, words in (
            (3, 10, 2019, 40, spaced("1 200")),
            (4, 30, 2020, second, spaced("1 500")),
        )
    )
    paper = '<g id="patch_2"><path d="M 0 90\nL 40 90\nL 40 0\nL 0 0\nz"/></g>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg"><g id="axes_1">'
        f'{paper}<g id="matplotlib.axis_1">{ticks}</g>{patches}</g></svg>'
    )


def test_a_bar_must_be_as_long_as_its_number_is_to_the_others() -> None:
    assert check_drawing("tabell-1", ITEM, RECORDS, bars(50)) == []
    assert "er ikke så lang" in check_drawing("tabell-1", ITEM, RECORDS, bars(46))[0]


def test_a_bar_and_a_point_must_say_which_number_they_draw() -> None:
    bare = bars(50).replace("patch_kg.tabell-1.belop.2020", "patch_4")
    errors = check_drawing("tabell-1.svg", ITEM, RECORDS, bare)
    assert (
        "tabell-1.svg, panel 1: en stolpe fra 25.0 til 35.0 punkter sier ikke noe tall." in errors
    )


def test_the_numbers_of_a_break_are_declared() -> None:
    item = item_of(breaks=[{"year": 2021, "words": "Ny beregning fra 1. juni 2021."}])
    alt = f"Linjediagram. {item.breaks[0].note}"
    assert alt == "Linjediagram. Brudd i serien i 2021: Ny beregning fra 1. juni 2021."
    assert check_alt("tabell-1", item, [value_of("tabell-1/belop/2020", year=2020)], alt) == []
