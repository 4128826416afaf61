"""The finding of an item: read from its div, and wrong where nothing answers for it."""

from __future__ import annotations

import pytest

from kunnskapsgrunnlag.book.item_findings import finding_mistakes, item_findings
from kunnskapsgrunnlag.book.marks import Text, read_text

TESTED = '[Oslo ligger over]{.pastand sjekk="tabell-1/andel/oslo over tabell-1/andel/landet"}'
CHOSEN = 'Flest bor på [Alna]{.ord velg="navn(høyest(tabell-1/andel/bydeler))"}'
NO_DATA = '[Skissen har tre felt]{.ikke-data grunn="uten tall"}'


def chapter(inside: str) -> Text:
    return read_text("a", "a.md", f'# A {{#a}}\n\n::: {{.item key="tabell-1"}}\n{inside}\n:::\n')


@pytest.mark.parametrize("words", [TESTED, CHOSEN, NO_DATA, f"{TESTED}, men\n{CHOSEN}"])
def test_a_finding_that_something_answers_for_is_sound(words: str) -> None:
    text = chapter(words)

    (finding,) = item_findings(text)

    assert (finding.key, finding.line, finding.words) == ("tabell-1", 3, words)
    assert [mark.kind for mark in finding.marks] == [mark.kind for mark in text.marks if mark.end]
    assert list(finding_mistakes(text, ["tabell-1"])) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "«tabell-1» har ikke noe funn, som er tittelen leseren får. Skriv ett avsnitt"),
        (f"{TESTED}\n\n{CHOSEN}", "«tabell-1»: funnet er mer enn ett avsnitt. Skriv ett avsnitt"),
        (f"{TESTED}\n- punkt", "«tabell-1»: funnet er mer enn ett avsnitt. Skriv ett avsnitt"),
        ("Oslo er over", "«tabell-1»: ingenting prøver funnet «Oslo er over». Skriv ett avsnitt"),
        (f"{TESTED}.", "«tabell-1»: funnet er en tittel. Skriv det uten punktum."),
    ],
)
def test_a_finding_that_nothing_answers_for_is_named(words: str, message: str) -> None:
    (mistake,) = finding_mistakes(chapter(words), ["tabell-1"])

    assert mistake.startswith(f"a.md:3: {message}")


def test_the_finding_of_an_item_that_does_not_exist_is_not_judged() -> None:
    assert list(finding_mistakes(chapter(""), ["tabell-2"])) == []
