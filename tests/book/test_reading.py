"""A chapter's words as readers get them: another wrapping is the same, another word is not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.book.marks import Mark, read_text
from kunnskapsgrunnlag.book.reading import chapter_words, code_of, filled, quotes, sentence_of

CHAPTER = """# Boligmarkedet {#kapittel-4}

I [figur-1/siste]{.aar} var det [figur-1/belop/siste]{.tall} kroner.
[Det er [mer]{.ord velg="mer"} enn før,[^note] se [figur-1]{.ref}.]{.pastand sjekk="mer"}

::: {.item key="figur-1"}
:::

- første punkt
- andre punkt,
  over to linjer

[^note]: En note med [76]{.fast grunn="Trykt"} prosent.
"""
SAYS = {"figur-1/siste": "2020", "figur-1/belop/siste": "846", "mer": "MER", "figur-1": "figur 1"}


def say(mark: Mark) -> str:
    return SAYS[mark.words]


def words(chapter: str) -> str:
    return chapter_words(filled(read_text("a", "a.md", chapter), say), {"figur-1": "Figur 1"})


def test_marks_are_what_they_print() -> None:
    assert words(CHAPTER).splitlines() == [
        "# 4 Boligmarkedet",
        "I 2020 var det 846 kroner. Det er MER enn før,[^1] se figur 1.",
        "[Figur 1]",
        "- første punkt",
        "- andre punkt, over to linjer",
        "[^1]: En note med 76 prosent.",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("var det [", "var det\n["),
        ("kroner.\n[Det", "kroner. [Det"),
        ("[^note]", "[^annet-navn]"),
        ("Trykt", "Trykt i 2022"),
        ("- første", "* første"),
        ('sjekk="mer"', 'sjekk="mer enn"'),
        ("I [figur", "<!-- til oss selv -->\nI [figur"),
        ("kroner.\n", "kroner.\n<!-- [feil]{.tall} -->\n"),
        ("figur-1/belop/siste]{.tall}", "figur-1/belop/siste]{.tall}<!-- her -->"),
        ("\n\n- første", "\n\n\n\n- første"),
        ("{#kapittel-4}", "{#kap-4}"),
    ],
)
def test_what_only_authors_see_takes_no_part(old: str, new: str) -> None:
    assert old in CHAPTER
    assert words(CHAPTER.replace(old, new)) == words(CHAPTER)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("var det", "er det"),
        ("[76]", "[77]"),
        ("# Boligmarkedet", "## Boligmarkedet"),
        ("{#kapittel-4}", "{#kapittel-5}"),
        ("kroner.\n", "kroner.\n\n"),
        ("[figur-1/siste]{.aar}", '[2021]{.fast grunn="g"}'),
        ('::: {.item key="figur-1"}\n:::\n', ""),
        ("enn før,[^note]", "enn før,"),
        ("- andre", "  - andre"),
        ("kroner.\n", "kroner.  \n"),
    ],
)
def test_what_readers_see_takes_part(old: str, new: str) -> None:
    assert old in CHAPTER
    assert words(CHAPTER.replace(old, new)) != words(CHAPTER)


@pytest.mark.parametrize("name", list(SAYS))
def test_another_number_year_word_or_reference_takes_part(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = words(CHAPTER)
    monkeypatch.setitem(SAYS, name, "noe annet")
    assert words(CHAPTER) != before


@given(st.integers(0, 10_000))
def test_any_reflow_is_the_same_chapter(seed: int) -> None:
    chance = random.Random(seed)
    prose = "Andelen var høy. Den er 3 – eller\nsom 2. del sier – fire *viktige* ting"
    reflowed = "".join(chance.choice(" \n") if c in " \n" else c for c in prose)
    assert words(f"{CHAPTER}\n{reflowed}.\n") == words(f"{CHAPTER}\n{prose}.\n")


@given(st.integers(0, 400), st.sampled_from("xyzæøå7"))
def test_any_letter_more_is_another_chapter(at: int, letter: str) -> None:
    prose = "Andelen var høy. Den er tre som nevnt, eller fire."
    where = at % len(prose)
    assert words(prose[:where] + letter + prose[where:]) != words(prose)


def test_emphasis_is_the_same_however_it_is_written() -> None:
    assert words("En _viktig_ og __sterk__ ting.") == words("En *viktig* og **sterk** ting.")
    assert words("En _viktig_ ting.") != words("En viktig ting.")


def test_a_sentence_is_the_words_of_its_span_and_code_is_part_of_the_chapter() -> None:
    text = read_text("a", "a.md", CHAPTER)
    mark = next(mark for mark in text.marks if mark.kind == "pastand")
    assert sentence_of(mark, filled(text, say)) == "Det er MER enn før, se figur 1."
    assert code_of("a\n```\nkg build\n```\nb\n") == "```\nkg build\n```"


def test_a_quote_is_the_sentence_before_in_and_after_the_words_of_a_mark() -> None:
    chapter = "Først. Vi *ser* at [det er [mer]{.ord}\nenn før]{.pastand}, [tror]{.fast} vi.[^a]\n"
    text = read_text("a", "a.md", chapter)
    ((_, quote),) = quotes(text, filled(text, say), "pastand")
    assert (quote.before, quote.words, quote.after) == (
        "Vi ser at ",
        "det er MER enn før",
        ", tror vi.",
    )
