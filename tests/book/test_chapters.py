from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import MINUS
from kunnskapsgrunnlag.book.chapters import Book, mark_key
from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.book.marks import (
    Attributes,
    heading_number,
    parse_attributes,
    read_chapters,
    read_text,
)
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import ROOT, item_of, spaced, value_of

FIRST, SECOND = "en.md", "kapitler/to.md"
FINDING = '[Funnet er en tittel]{.ikke-data grunn="ingen tall"}'
TABLE = f'::: {{.item key="tabell-1"}}\n{FINDING}\n:::'
FIGURE = f'::: {{.item key="figur-2"}}\n{FINDING}\n:::'
ONE = f"# Først {{#kapittel-1}}\n\n{TABLE}\n"
TWO = f"# Så {{#kapittel-2}}\n\n{FIGURE}\n"


@pytest.fixture
def small() -> Catalog:
    """Two chapters with an item each."""
    edition = ("key", "title", "subtitle", "owner", "printed", "date")
    return Catalog.model_validate(
        {
            "edition": dict.fromkeys(edition, "x") | {"data_year": 2020},
            "sources": {},
            "items": {
                "tabell-1": item_of(chapter="en").model_dump(),
                "figur-2": item_of(number=2, kind="figur", chapter="to").model_dump(),
            },
            "chapters": {
                "en": {"file": FIRST, "title": "Først", "number": 1},
                "to": {"file": SECOND, "title": "Så", "number": 2},
            },
        }
    )


@pytest.fixture
def store() -> Store:
    found = [
        value_of("tabell-1/belop/2019", spaced("1 392 863 456"), 1_392_863_456.0, year=2019),
        value_of("tabell-1/belop/2020", spaced("1 382 863 456"), 1_382_863_456.0, year=2020),
        value_of("tabell-1/endring/2020", f"{MINUS}416", -416.4, unit="mill. kr"),
        value_of("tabell-1/andel/2020", "6,0", 6.04, unit="prosent", decimals=1),
        value_of("tabell-1/snitt/2020", spaced("1 953 000"), 1_952_756.0, round_to=1000),
        value_of("tabell-1/leie/2020", "..", None),
    ]
    return Store({r.address: r for r in found}, {"tabell-1": [2019, 2020]})


@pytest.fixture
def book(tmp_path: Path, small: Catalog, store: Store) -> Callable[..., Book]:
    """A book whose first chapter is `one` and whose second is `two`."""

    def write(one: str = ONE, two: str = TWO) -> Book:
        for file, content in ((FIRST, one), (SECOND, two)):
            path = tmp_path / file
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return Book(tmp_path, small, store, read_chapters(tmp_path, small), ClaimResults())

    return write


@pytest.fixture
def mistakes(book: Callable[..., Book]) -> Callable[..., list[str]]:
    """The mistakes of a book whose first chapter goes on with `more`, from line 6."""

    def find(more: str, **texts: str) -> list[str]:
        with pytest.raises(KgError) as error:
            book(**{"one": f"{ONE}\n{more}\n"} | texts).check()
        return str(error.value).splitlines()

    return find


def number(book: Book, span: str) -> str:
    (mark,) = read_text("en", FIRST, span).marks
    return book.number(mark)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".tall", Attributes(("tall",), "", {})),
        ('.tall vis="mill"', Attributes(("tall",), "", {"vis": "mill"})),
        ('#id .a .b key="x y"', Attributes(("a", "b"), "id", {"key": "x y"})),
        ('.fast grunn="lov § 3, #1 .a"', Attributes(("fast",), "", {"grunn": "lov § 3, #1 .a"})),
        ("", Attributes((), "", {})),
    ],
)
def test_braces_hold_class_id_and_pairs(text: str, expected: Attributes) -> None:
    assert parse_attributes(text) == expected


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [("kap-5-1-1", "5.1.1"), ("kapittel-5", "5"), ("kap-5-innledning", ""), ("forord", "")],
)
def test_an_id_carries_the_number_of_its_heading(identifier: str, expected: str) -> None:
    assert heading_number(identifier) == expected


def test_headings_are_found_with_level_words_and_line() -> None:
    text = read_text("en", FIRST, "# Å leie {#kapittel-1}\n\n### Uten id\n")

    first, second = text.headings
    assert (first.level, first.words, first.id, first.number) == (1, "Å leie", "kapittel-1", "1")
    assert (second.level, second.words, second.id, second.line) == (3, "Uten id", "", 3)


def test_an_item_has_a_heading_one_level_below_the_one_that_it_stands_under() -> None:
    item = '::: {{.item key="{}"}}\n:::\n'
    parts = ["# A\n", item.format("figur-1"), "## B\n", item.format("figur-2"), "### C\n"]
    text = read_text("en", FIRST, "".join([*parts, item.format("figur-3"), "## D\n"]))
    assert text.items() == {"figur-1": 2, "figur-2": 3, "figur-3": 4}
    assert [level for level, _ in text.outline()] == [1, 2, 2, 3, 3, 4, 2]


def test_marks_are_found_with_their_lines() -> None:
    text = read_text("en", FIRST, 'Fra [a/b]{.tall} til\n[c/d]{.tall vis="mill"}.\n')

    assert [(m.line, m.words, m.kind) for m in text.marks] == [
        (1, "a/b", "tall"),
        (2, "c/d", "tall"),
    ]
    assert text.marks[1].attributes.pairs == {"vis": "mill"}


def test_a_mark_may_go_on_over_a_lines_end() -> None:
    (mark,) = read_text("en", FIRST, 'Om lag [to tre\nfire]{.fast grunn="x"}.').marks

    assert (mark.line, mark.words) == (1, "to tre fire")


def test_divs_links_and_images_are_found() -> None:
    text = read_text(
        "en", FIRST, '::: {.item key="tabell-1"}\n:::\n[se](#kap-2) og ![bilde](b.png "x")\n'
    )

    assert text.marks[0].attributes.pairs == {"key": "tabell-1"}
    assert (text.links, text.images) == ([(3, "kap-2")], [(3, "b.png")])


@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_code_blocks_are_left_alone(fence: str) -> None:
    text = read_text("en", FIRST, f"{fence}\n# ikke {{#x}}\n[a]{{.tall}}\n{fence}\n[b]{{.tall}}\n")

    assert text.headings == []
    assert [(m.words, m.line) for m in text.marks] == [("b", 5)]


def test_a_chapter_that_does_not_exist_is_to_be_written(tmp_path: Path, small: Catalog) -> None:
    with pytest.raises(KgError, match=r"params\.yaml: chapters\.en: en\.md finnes ikke\. Skriv"):
        read_chapters(tmp_path, small)


def test_a_sound_book_has_no_mistakes(book: Callable[..., Book]) -> None:
    more = (
        "[tabell-1/belop/siste]{.tall} i [tabell-1/siste]{.aar}, se [kapittel-2]{.ref}, [Tabell-1]"
        '{.ref} og [avsnittet](#kapittel-2); [1 000]{.fast grunn="lov"}.\n\n'
        '::: {.generert navn="kilder"}\n:::\n'
    )

    sound = book(f"{ONE}\n{more}")

    sound.check()
    assert sound.places["tabell-1"].file == FIRST


def test_a_series_is_its_numbers_by_year(book: Callable[..., Book]) -> None:
    assert [value.year for value in book().series("tabell-1/belop")] == [2019, 2020]


def test_the_real_book_has_no_dead_links(catalog: Catalog) -> None:
    texts = read_chapters(ROOT, catalog)

    held = Book(ROOT, catalog, Store({}), texts, ClaimResults())
    assert set(catalog.numbered) <= set(held.targets)
    assert {target for t in texts for _, target in t.links} <= set(held.targets)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            "[tabell-1/beløp/2020]{.tall}",
            "ukjent adresse «tabell-1/beløp/2020». Mente du «tabell-1/belop/2020»?",
        ),
        ("[tabell-1/forrige]{.aar}", "«tabell-1/forrige»: skriv «tabell-1/siste» eller"),
        ("[figur-2/siste]{.aar}", "«figur-2» har ingen år"),
        ("[kapittel-3]{.ref}", "henvisningen «kapittel-3» fører ingen steder. Mente du «kapittel-"),
        ("[1]{.tal}", "ukjent klasse «.tal». Mente du «.tall»?"),
        ("[1]{vis='x'}", "klammene har ingen klasse. Skriv {.tall}, {.ref} eller en av de andre."),
        ("[1 000]{.fast}", 'et tall som skal stå som skrevet, trenger en grunn. Skriv grunn="…".'),
        ('[1 000]{.fast grunn=""}', "et tall som skal stå som skrevet, trenger en grunn."),
        ("![x](mangler.png)", "bildet «mangler.png» finnes ikke."),
        ("[se](#kapitel-2)", "ingenting har id-en «kapitel-2». Mente du «kapittel-2»?"),
        ("## Uten id", "overskriften «Uten id» har ingen id. Skriv {#kap-…} bak den."),
        ('::: {.generert navn="kilde"}\n:::', "ingenting lages som «kilde». Mente du «kilder»?"),
        (
            '::: {.item key="tabel-1"}\n:::',
            "det finnes ingen tabell eller figur «tabel-1». Mente du «tabell-1»?",
        ),
        (
            '::: {.utdrag key="tabel-1"}\n:::',
            "det finnes ingen tabell eller figur «tabel-1». Mente du «tabell-1»?",
        ),
        (
            '::: {.rute linje="tabell-1/belob"}\n:::',
            "linje: det finnes ingen rekke over år som heter «tabell-1/belob». Mente du «",
        ),
        ("::: {.ruta}\n:::", "ukjent klasse «.ruta». Mente du «rute»?"),
        ('[x]{.fast grun="y"}', "et tall som skal stå som skrevet, trenger en grunn"),
        ('[x]{.fast grunn="y" grun="z"}', "ukjent attributt «grun». Mente du «grunn»?"),
        ("[x]{.fast grunn=“y”}", "klammene har «grunn=“y”», som ikke blir lest. Skriv navn="),
        ('[tabell-1/belop/2020]{.tall viss="mill"}', "ukjent attributt «viss». Mente du «vis»?"),
        ('[tabell-1/belop/2020]{.tall vis="million"}', 'vis="million": skriv en av tusen, mil'),
        ('[tabell-1/belop/2020]{.tall desimaler="to"}', 'desimaler="to": skriv en av 0, 1, 2'),
        ('[tabell-1/belop/2020]{.tall fortegn="med"}', 'fortegn="med": skriv en av uten.'),
    ],
)
def test_a_mistake_is_named_with_file_and_line(
    mistakes: Callable[..., list[str]], more: str, message: str
) -> None:
    (found,) = mistakes(more)

    expected = message.replace("«.tal»", "«.tal»").replace("Mente du «.tall»", "Mente du «tall»")
    assert found.startswith(f"{FIRST}:7: {expected}")


def test_all_mistakes_are_told_at_once(mistakes: Callable[..., list[str]]) -> None:
    found = mistakes("[a/b]{.tall}\n\n[c]{.ref}\n\n## Uten id")

    assert [line.partition(": ")[0] for line in found] == [f"{FIRST}:{n}" for n in (7, 9, 11)]


def test_an_item_stands_in_its_own_chapter(mistakes: Callable[..., list[str]]) -> None:
    (found,) = mistakes(FIGURE, two="# Så {#kapittel-2}\n")

    assert found == f"{FIRST}:7: «figur-2» hører til to (params.yaml). Flytt en av dem."


def test_an_item_stands_once(mistakes: Callable[..., list[str]]) -> None:
    (found,) = mistakes(TABLE)

    assert found == f"{FIRST}:7: «tabell-1» står alt i {FIRST}:3."


def test_an_item_stands_somewhere(mistakes: Callable[..., list[str]]) -> None:
    (found,) = mistakes("", two="# Så {#kapittel-2}\n")

    assert found.startswith(f"{SECOND}: «figur-2» står i params.yaml, men ikke i kapitlet.")
    assert found.endswith('Skriv ::: {.item key="figur-2"} der den hører hjemme.')


def test_a_finding_is_told_as_readers_get_it(book: Callable[..., Book]) -> None:
    number = '[tabell-1/andel/2020]{.tall desimaler="0"}'
    words = f'[Andelen er\n{number} prosent, se [figur-2]{{.ref}}]{{.ikke-data grunn="x"}}'

    found = book(ONE.replace(FINDING, words)).finding("tabell-1")

    assert found == "Andelen er 6 prosent, se figur 2"


def test_a_finding_is_demanded(mistakes: Callable[..., list[str]]) -> None:
    (found,) = mistakes("", two=TWO.replace(FINDING, ""))

    assert found.startswith(f"{SECOND}:3: «figur-2» har ikke noe funn")


def test_an_id_stands_once_in_the_whole_book(mistakes: Callable[..., list[str]]) -> None:
    (found,) = mistakes("## Igjen {#kapittel-2}")

    assert found == f"{SECOND}:1: «kapittel-2» står alt i {FIRST}:7."


def test_an_image_lies_beside_its_chapter(book: Callable[..., Book], tmp_path: Path) -> None:
    held = book(two=f"{TWO}\n![x](b.png)\n")

    with pytest.raises(KgError, match=r"kapitler/to\.md:7: bildet «b\.png» finnes ikke"):
        held.check()
    (tmp_path / "kapitler" / "b.png").write_bytes(b"")
    held.check()


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("[tabell-1/belop/2020]{.tall}", "1 382 863 456"),
        ("[tabell-1/belop/siste]{.tall}", "1 382 863 456"),
        ("[tabell-1/belop/første]{.tall}", "1 392 863 456"),
        ('[tabell-1/belop/2020]{.tall vis="mill"}', "1 383"),
        ('[tabell-1/belop/2020]{.tall vis="mrd" desimaler="1"}', "1,4"),
        ('[tabell-1/belop/2020]{.tall vis="tusen"}', "1 382 863"),
        ("[tabell-1/endring/2020]{.tall}", f"{MINUS}416"),
        ('[tabell-1/endring/2020]{.tall fortegn="uten"}', "416"),
        ('[tabell-1/endring/2020]{.tall vis="mrd" desimaler="1"}', f"{MINUS}0,4"),
        ('[tabell-1/endring/2020]{.tall desimaler="1"}', f"{MINUS}416,4"),
        ('[tabell-1/andel/2020]{.tall desimaler="0"}', "6"),
        ('[tabell-1/andel/2020]{.tall fortegn="uten"}', "6,0"),
        ('[tabell-1/snitt/2020]{.tall fortegn="uten"}', "1 953 000"),
        ('[tabell-1/snitt/2020]{.tall vis="mill" desimaler="2"}', "1,95"),
        ('[tabell-1/leie/2020]{.tall vis="mill"}', ".."),
    ],
)
def test_a_number_is_printed_as_its_braces_say(
    book: Callable[..., Book], span: str, expected: str
) -> None:
    assert number(book(), span) == spaced(expected)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("tabell-1", "tabell 1"),
        ("Tabell-1", "Tabell 1"),
        ("kapittel-2", "kapittel 2"),
        ("Kapittel-2", "Kapittel 2"),
        ("vedlegg", "«Vedlegg»"),
    ],
)
def test_a_reference_says_where_it_leads(book: Callable[..., Book], words: str, label: str) -> None:
    held = book(f"{ONE}\n## Vedlegg {{#vedlegg}}\n")

    assert held.reference(words)[0] == label


def test_a_reference_leads_to_page_and_id(book: Callable[..., Book]) -> None:
    assert book().reference("Figur-2")[1:] == ("kapitler/to.html", "figur-2")


def test_a_number_is_looked_up_by_words_and_braces() -> None:
    keys: list[Any] = [
        mark_key(read_text("en", FIRST, text).marks[0])
        for text in ("[a/b]{.tall}", '[a/b]{.tall vis="mill" fortegn="uten"}')
    ]

    assert keys == ["a/b|||", "a/b|mill||uten"]
