from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BYDELER
from kunnskapsgrunnlag.book.evaluate import evaluate
from kunnskapsgrunnlag.book.lint import lint
from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.cli.words import add_word
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import ROOT, item_of, measure_of, value_of

FILE = "kapitler/en.md"
TABLES = ROOT / "data" / "ord"
EDITION = dict.fromkeys(("key", "title", "subtitle", "owner", "printed", "date"), "x")
ITEM = item_of(
    title="Startlån i Oslo",
    chapter="en",
    measures={"antall": measure_of(unit="lån", formula="antall startlån")},
)
SHARES = item_of(
    number=2,
    title="Andel",
    dims=["region"],
    chapter="en",
    measures={"andel": measure_of(title="Andel", unit="prosent")},
)
CATALOG = Catalog.model_validate(
    {
        "edition": EDITION | {"data_year": 2020},
        "sources": {},
        "items": {item.key: item.model_dump() for item in (ITEM, SHARES)},
        "chapters": {"en": {"file": FILE, "title": "Først", "number": 1}},
    }
)
VALUES = [
    value_of(f"tabell-1/antall/{year}", unit="lån", year=year, value=value, cells=(f"k:A{year}",))
    for year, value in ((2016, 1.0), (2018, 2.0), (2020, 3.0))
]
VALUES += [
    value_of(f"tabell-2/andel/{key}", unit="prosent", region=key, value=value, cells=(f"k:{key}",))
    for key, value in zip(BYDELER, range(15), strict=True)
]
STORE = Store({value.address: value for value in VALUES}, {"tabell-1": [2016, 2020]})
RISES = "øker(tabell-1/antall/2016..2020)"


def around(sentence: str, expression: str) -> list[str]:
    """What the lint says of a sentence with a claim in it."""
    marked = sentence.replace("]", f']{{.pastand sjekk="{expression}"}}')
    text = read_text("en", FILE, f"# Først {{#kapittel-1}}\n\n{marked}\n")
    found = lint([text], STORE, CATALOG, evaluate(STORE, [text], CATALOG), TABLES)
    return [str(one) for one in found if one.rule == "ordlyd"]


def findings(words: str, expression: str = RISES, more: str = "") -> list[str]:
    """What the lint says of a sentence with a claim."""
    mark = f'{{.pastand sjekk="{expression}"{more}}}'
    text = read_text("en", FILE, f"# Først {{#kapittel-1}}\n\nHer: [{words}]{mark}\n")
    claims = evaluate(STORE, [text], CATALOG)
    found = lint([text], STORE, CATALOG, claims, TABLES)
    return [str(one) for one in found if one.rule == "ordlyd"]


def test_a_sentence_that_says_what_is_tested_passes() -> None:
    shown = "[tabell-1/antall/2016]{.tall} til [tabell-1/antall/siste]{.tall}"

    assert findings(f"Antallet startlån i Oslo økte fra {shown}.") == []


def test_a_word_that_is_not_tested_is_told_with_its_place_and_what_the_expression_says() -> None:
    (told,) = findings("Antallet startlån falt.")

    assert told == (
        f"{FILE}:3:25: «falt» går den andre veien enn uttrykket. Uttrykket sier: Antall, 2016–2020 "
        f'(tabell 1) øker. Rett ordet eller uttrykket, sjekk="{RISES}".'
    )


def test_an_unknown_word_is_asked_for_with_the_commands_that_answer() -> None:
    (told,) = findings("Antallet startlån økte smukt.")

    assert told.endswith("kg ord opp smukt   eller   kg ord nøytral smukt")


def test_words_behind_a_mark_stand_where_they_are_written() -> None:
    (told,) = findings("Til [tabell-1/antall/siste]{.tall} økte antallet\nklart.")

    assert told.startswith(f"{FILE}:4:1: «klart»")


RANK = "høyest(tabell-2/andel/bydeler) = stovner"


@pytest.mark.parametrize(
    "sentence",
    ["Det var ikke [{}].", "Det stemmer ikke at [{}].", "Aldri før [{}]."],
)
def test_a_negation_before_a_span_is_told(sentence: str) -> None:
    (told,) = around(sentence.format("økte antallet startlån"), RISES)

    assert "nekter ordene i klammene" in told


def test_a_negation_of_what_came_before_is_none() -> None:
    assert around("Det hjalp ikke: [økte antallet startlån].", RISES) == []


def test_a_place_beside_a_span_is_its_answer() -> None:
    (told,) = around("Andelen var [høyest] i Alna.", RANK)

    assert "«Stovner» er svaret i uttrykket, og setningen nevner et annet sted." in told
    assert around("Andelen var [høyest] i Stovner, foran Alna.", RANK) == []


def test_a_number_of_another_year_than_the_sentence_says_is_told_by_its_address() -> None:
    (told,) = findings("Antallet økte til [tabell-1/antall/2018]{.tall} i 2020.")

    assert "«tabell-1/antall/2018» er ikke et tall som uttrykket leser" in told


def test_a_word_may_be_excused_with_a_reason() -> None:
    assert findings("Antallet økte klart.", more=' unntak="klart: sagt i kilden"') == []


@pytest.mark.parametrize(
    ("words", "excuse", "why"),
    [
        ("Antallet økte klart.", "klart", "har ikke formen"),
        ("Antallet økte.", "klart: sagt i kilden", "står i setningen"),
        ("Antallet økte.", "økte: sagt i kilden", "trengs ikke"),
        ("Antallet økte i 2019.", "2019: sagt i kilden", "ingen unntak"),
        ("Antallet økte i Bergen.", "Bergen: sagt i kilden", "ingen unntak"),
    ],
)
def test_an_excuse_that_cannot_stand_is_told(words: str, excuse: str, why: str) -> None:
    assert any(why in told for told in findings(words, more=f' unntak="{excuse}"'))


def copied(tmp_path: Path) -> Path:
    """The tables, to be written in."""
    for path in TABLES.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    ("meaning", "table", "row"),
    [
        ("opp", "retning", "spratt;spratt;opp"),
        ("falt", "retning", "spratt;spratt;ned"),
        ("nøytral", "noytrale", "spratt"),
        ("husholdninger", "hva-som-telles", "spratt;spratt;husholdninger;hvem"),
        ("sammenligning/minst", "sammenligning", "spratt;spratt;minst"),
    ],
)
def test_kg_ord_puts_a_word_where_its_meaning_is(
    tmp_path: Path, meaning: str, table: str, row: str
) -> None:
    folder = copied(tmp_path)

    assert add_word(folder, meaning, "Spratt").endswith(f"data/ord/{table}.csv.")
    rows = (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1:] == sorted([*(TABLES / f"{table}.csv").read_text("utf-8").splitlines()[1:], row])


@pytest.mark.parametrize(
    ("meaning", "form", "why"),
    [
        ("opp", "økte", "står alt i data/ord/retning"),
        ("nøytral", "økte", "står alt i data/ord/retning"),
        ("opp", "blant", "står alt i data/ord/noytrale"),
        ("bortover", "spratt", "ingen tabell"),
        ("minst", "spratt", "rang/minst … eller kg ord sammenligning/minst"),
    ],
)
def test_kg_ord_refuses_what_it_cannot_place(
    tmp_path: Path, meaning: str, form: str, why: str
) -> None:
    with pytest.raises(KgError, match=why):
        add_word(copied(tmp_path), meaning, form)


def test_marks_in_a_span_are_of_the_year_that_the_sentence_has() -> None:
    """The last year of the table has no number: all of the sentence is of the one before."""
    lacking = [value for value in VALUES if value.year != 2020]
    lacking.append(value_of("tabell-1/antall/2020", text="..", value=None, year=2020, unit="lån"))
    store = Store({value.address: value for value in lacking}, {"tabell-1": [2016, 2020]})
    span = "[I [tabell-1/siste]{.aar} var det [tabell-1/antall/siste]{.tall} startlån, flere enn "
    expression = "tabell-1/antall/siste over tabell-1/antall/2016"
    text = read_text(
        "en",
        FILE,
        f'# Først {{#kapittel-1}}\n\n{span}i 2016.]{{.pastand sjekk="{expression}"}}\n',
    )

    found = lint([text], store, CATALOG, evaluate(store, [text], CATALOG), TABLES)

    assert [str(one) for one in found if one.rule == "ordlyd"] == []
