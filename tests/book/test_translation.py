from collections.abc import Callable

import pytest

from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.book.translation import Translations, paragraphs
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import value_of

ADDRESS, OTHER, GUESS = "tabell-1/belop/2020", "tabell-1/belop/2019", "tabell-1/andel/2020"
STORE = Store({a: value_of(a, origin="estimat" if a == GUESS else "offisiell")
               for a in (ADDRESS, OTHER, GUESS)})  # fmt: skip
TEST = f'sjekk="{ADDRESS} over {OTHER}"'
CHOSEN = f"retning({ADDRESS}..2020"
ONE = (
    f"[I 2020 var det [{ADDRESS}]{{.tall}}, flere enn før.]{{.pastand {TEST}}} "
    f'Tallet [økte]{{.ord velg="{CHOSEN})"}} med [22,7 prosent]{{.fast grunn="SSB"}}.'
)
TWO = f"Et anslag er [{GUESS}]{{.tall}}."
OURS = (
    f"[In 2020 there were [{ADDRESS}]{{.tall}}, more than before.]{{.pastand {TEST}}} "
    f'It [rose]{{.ord velg="{CHOSEN}, rose, fell)"}} by 22.7 percent.'
)


def chapter(*blocks: str) -> str:
    return "\n\n".join(["# Sammendrag {#sammendrag}", *blocks]) + "\n"


def name_of(block: str) -> str:
    text = read_text("sammendrag", "s.md", chapter("Først.", block))
    return paragraphs(text)[-1].name


def translated(words: str, fra: str) -> str:
    return f'# Summary {{#summary}}\n\n[{words}]{{.oversatt fra="{fra}"}}\n'


@pytest.fixture
def translations() -> Callable[..., Translations]:
    def make(english: str, *blocks: str) -> Translations:
        own = read_text("sammendrag", "s.md", chapter(*(blocks or (ONE, TWO))))
        return Translations([own, read_text("english", "e.md", english, "en")], STORE)

    return make


def test_a_paragraph_that_shows_what_its_original_shows_is_right(
    translations: Callable[..., Translations],
) -> None:
    made = translations(translated(OURS, f"sammendrag {name_of(ONE)}"))
    assert (made.stale, made.errors) == ([], [])


def test_the_name_follows_the_words_and_not_how_lines_break_or_what_comments_say() -> None:
    assert name_of("Ett to  tre.") == name_of("Ett to\ntre.<!-- sjekket -->")
    assert name_of("Ett to tre.") != name_of("Ett to fire.")


@pytest.mark.parametrize("changed", [ONE.replace("flere enn før", "langt flere"), f"{ONE} Nytt."])
def test_an_original_that_is_written_anew_is_told_with_its_place_and_its_new_name(
    translations: Callable[..., Translations], changed: str
) -> None:
    fra = f"sammendrag {name_of(ONE)}"
    made = translations(translated(OURS, fra), TWO, changed)

    (stale,) = made.stale
    assert made.errors == []
    assert str(stale).startswith("e.md:3: avsnittet som dette oversetter, er endret (s.md:5).")
    assert f"skriv {name_of(changed)} i" in str(stale)
    assert f'fra="{fra}"' in str(stale)


def test_an_original_that_is_gone_is_told(translations: Callable[..., Translations]) -> None:
    (stale,) = translations(translated(OURS, f"sammendrag {name_of(ONE)}"), "Noe helt annet.").stale
    assert "er endret eller borte" in str(stale)


def test_a_list_of_two_originals_covers_both(translations: Callable[..., Translations]) -> None:
    fra = f"sammendrag {name_of(ONE)}, sammendrag {name_of(TWO)}"
    made = translations(translated(f"{OURS} Our estimate is [{GUESS}]{{.tall}}.", fra))
    assert (made.stale, made.errors) == ([], [])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (f"It was [{OTHER}]{{.tall}}.", f"«{OTHER}» står ikke i avsnittet som er oversatt"),
        (f'[It fell.]{{.pastand sjekk="{ADDRESS} under {OTHER}"}}', "står ikke i avsnittet"),
        ('It [fell]{.ord velg="retning(tabell-1/andel/2020..2020, rose, fell)"}.', "står ikke"),
        ("It rose by 23.7 percent.", "tallet 23 står ikke i avsnittet"),
    ],
)
def test_what_the_original_does_not_show_is_refused(
    translations: Callable[..., Translations], words: str, told: str
) -> None:
    (error,) = translations(translated(words, f"sammendrag {name_of(ONE)}")).errors
    assert error.startswith("e.md:3: ")
    assert told in error


def test_an_estimate_is_called_one(translations: Callable[..., Translations]) -> None:
    fra = f"sammendrag {name_of(TWO)}"
    (error,) = translations(translated(f"It is [{GUESS}]{{.tall}}.", fra)).errors
    assert "et anslag må kalles «estimate»" in error
    assert not translations(translated(f"We estimate [{GUESS}]{{.tall}}.", fra)).errors


@pytest.mark.parametrize("words", [f"It was [{ADDRESS}]{{.tall}}.", "It was 12."])
def test_a_number_stands_in_a_paragraph_that_says_what_it_follows(
    translations: Callable[..., Translations], words: str
) -> None:
    (error,) = translations(f"# Summary {{#summary}}\n\n{words}\n\nNo number.\n").errors
    assert error.startswith("e.md:3: setningen har tall")


@pytest.mark.parametrize("fra", ["", "kapittel-99 12345678", "sammendrag 12"])
def test_what_is_followed_must_be_a_chapter_of_the_report(
    translations: Callable[..., Translations], fra: str
) -> None:
    (error,) = translations(translated(OURS, fra)).errors
    assert "skriv kapitlet det er oversatt fra" in error
