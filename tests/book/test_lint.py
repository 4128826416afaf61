import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.book.lint import Finding, lint
from kunnskapsgrunnlag.book.marks import Text, read_chapters, read_text
from kunnskapsgrunnlag.book.prose import Prose
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import NBSP, ROOT, item_of, value_of

FILE = "kapitler/en.md"
ITEM = '::: {.item key="tabell-1"}\n[Tabellen har tall]{.ikke-data grunn="prøve"}\n:::\n'
OSLO = "[tabell-1/personer/oslo/siste]{.tall}"
CLAIM = '{.pastand sjekk="faller(tabell-1/personer/oslo/2019..2020)"}'
EDITION = dict.fromkeys(("key", "title", "subtitle", "owner", "printed", "date"), "x")


def small_catalog() -> Catalog:
    """One chapter with one table."""
    return Catalog.model_validate(
        {
            "edition": EDITION | {"data_year": 2020},
            "sources": {},
            "items": {"tabell-1": item_of(chapter="en").model_dump()},
            "chapters": {"en": {"file": FILE, "title": "Først", "number": 1}},
        }
    )


def small_store() -> Store:
    """Numbers of one table, 2018 to 2020, in several units, and one of another of 2023."""
    units = {
        "personer": "personer",
        "husholdninger": "husholdninger",
        "andel": "prosent",
        "vekst": "prosent",
        "endring": "prosentpoeng",
        "snitt": "kr",
        "belop": "mill. kr",
        "brutto": "1 000 kr",
    }
    found = [
        value_of(f"tabell-1/{measure}/oslo/{year}", unit=unit, region="oslo", year=year)
        for measure, unit in units.items()
        for year in (2018, 2019, 2020)
    ]
    found.append(value_of("tabell-1/bolig/oslo", unit="boliger", region="oslo"))
    found.append(value_of("tabell-2/lan/oslo/2023", unit="lån", region="oslo", year=2023))
    held = {r.address: r for r in found}
    years = {"tabell-1": [2018, 2020], "tabell-2": [2023, 2023]}
    return Store(held, years)


CATALOG, STORE = small_catalog(), small_store()


def findings(*lines: str, file: str = FILE) -> list[Finding]:
    """What the lints find in a chapter with a table and these lines."""
    content = "\n".join(["# Først {#kapittel-1}", "", ITEM, *lines, ""])
    return lint([read_text("en", file, content)], STORE, CATALOG, ClaimResults())


def found(*lines: str) -> list[tuple[str, str]]:
    """Rule and words of each finding."""
    return [(f.rule, f.words) for f in findings(*lines)]


def test_a_finding_says_where_what_why_and_what_to_write() -> None:
    (typed,) = findings("Det er mange.", "I Oslo bor det 417 i telt.")

    assert str(typed) == (
        f"{FILE}:8: «417»: et tall er skrevet inn. Skriv [adressen]{{.tall}}, eller "
        '{.fast grunn="…"}.'
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("I Oslo gjelder det 38 723 av dem.", "38 723"),
        (f"I Oslo gjelder det 38{NBSP}723 av dem.", f"38{NBSP}723"),
        ("Andelen er 6,3 i byen.", "6,3"),
        ("Det gjelder 44% av dem.", "44%"),
        ("Grensen er 4G i dag.", "4G"),
        ("Der bor unge på 17–23 år.", "17–23"),
        ("I Oslo var det 2015 personer.", "2015"),
        ("I Oslo er de 1950 i tallet.", "1950"),
        ("Det er [12 prosent](#kapittel-1) der.", "12"),
        ("- I alt 5 poeng på listen", "5"),
        ("| Oslo | 417 |", "417"),
        ("## De 7 beste {#kap-1-2}", "7"),
        ("Fotnoten er her.[^n]\n\n[^n]: Grunnbeløpet var 106 399 kroner.", "106 399"),
        ("[^n]: NAV (2021), der det var 2021 personer.", "2021"),
    ],
)
def test_a_typed_number_is_found(line: str, words: str) -> None:
    assert found(line) == [("tall", words)]


@pytest.mark.parametrize(
    "line",
    [
        "Etter sosialtjenesteloven § 27 og §§ 3–5 skal kommunen hjelpe.",
        "Det følger av NOU 2011:15, Meld. St. 15 (2015–2016) og Prop. 1 S (2020–2021).",
        "Det står i rapport 13/2020, NIBR-rapport 2018:18 og byrådssak 145/19.",
        "Se side 13, side 325–345 og note 113.",
        "SSBs tabell 09896 viser det.",
        "Målet kalles EU60.",
        "Det står i 2022-utgaven, og 2022-utgavens kart er tegnet på nytt.",
        "På 1980- og 1990-tallet var det annerledes, som på 1800-tallet.",
        "Loven trådte i kraft 1. januar 2009, og søknaden sendes innen 1. mars.",
        "1. Først søker en.",
        "Den ble skrevet i 2011 og trykt våren 2012, for perioden 2005–2007.",
        "Strategien (2014–2020) og Thorsen (2017) sier det samme.",
        "Kommunen bygde i årene etter 1945, og i 2022 og 2023 kom flere til.",
        "[^n]: Sen, A. 1984, 1992 og 2004, <https://x.no/417>, side 82.",
        "Se [siden](https://www.ssb.no/417/) og `x 417`. <!-- 417 -->",
        '[17 og 23 år]{.fast grunn="lov"} er grensen.',
    ],
)
def test_what_can_never_be_data_is_left_alone(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("tabell 1", "tabell-1"),
        ("Figur 27", "Figur-27"),
        ("kapittel 5", "kapittel-5"),
        ("Kapittel 5.1.1", "Kap-5-1-1"),
    ],
)
def test_a_typed_reference_is_told_how_to_be_written(typed: str, written: str) -> None:
    (one,) = findings(f"Mer står der: {typed} er lang.")

    assert one.words == typed
    assert f"[{written}]{{.ref}}" in one.why


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Sju av de femten har det slik.", "Sju av de femten"),
        ("I to delbydeler er det trangt.", "to delbydeler"),
        ("Elleve bydeler har det slik.", "Elleve bydeler"),
        ("Bommen er fire prosent der.", "fire prosent"),
        ("Det er én av fem som søker.", "én av fem"),
        ("Hver fjerde søker om det.", "Hver fjerde"),
        ("Det gjelder fem hundre av dem.", "fem hundre"),
        ("En femdel av dem søker.", "En femdel"),
    ],
)
def test_a_number_word_that_is_data_is_found(line: str, words: str) -> None:
    assert found(line) == [("tall", words)]
    assert found(f"[{line}]{CLAIM}") == []
    assert found(f'[{line}]{{.fast grunn="fra en undersøkelse"}}') == []


@pytest.mark.parametrize(
    "line",
    [
        "Det finnes to måter å måle på, og tre begreper er sentrale.",
        "To ting skiller dem fra de andre.",
        "Rapporten gjelder de fem årene før, og de fire målene i planen.",
        "Oslo har eid slike boliger i over hundre år.",
    ],
)
def test_other_number_words_are_left_alone(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Antallet økte kraftig.", "økte"),
        ("Leien har steget, og støtten er doblet.", "steget, doblet"),
        ("Gamle Oslo har flest og Ullern færrest.", "flest, færrest"),
        ("Den er høyest i øst og lavest i vest.", "høyest, lavest"),
        ("Støtten vokste hvert år.", "vokste, hvert år"),
        ("Nesten alle bydeler har kø.", "Nesten alle bydeler"),
        ("Andelen er lavere enn i landet.", "lavere enn i landet"),
        (f"Det er nær {OSLO} av dem.", "nær …"),
        (f"Det gjelder {OSLO} og er stabilt.", "stabilt"),
        ("Bydelen ligger over snittet.", "ligger over"),
        ("I hele byen er den over snittet.", "over snittet"),
        ("Oslo fikk flere husholdninger.", "fikk flere"),
        ("Ingen av de seks byene har det slik.", "Ingen av de seks byene"),
        ("Andelen er konstant i landet.", "konstant"),
        (f"Veksten er minst, med {OSLO}.", "Veksten, minst"),
        ("Bare Stovner har det slik.", "Bare Stovner"),
        ("Stovner skiller seg ut.", "skiller seg ut"),
        (f"Avstanden er mindre: {OSLO}.", "mindre"),
        ("Kommunen ga mer i støtte til husleie enn i 2019.", "mer i støtte til husleie enn i 2019"),
        ("Lånene er blitt større.", "blitt større"),
        ('Stovner har mer enn [3 000]{.fast grunn="leveranse"}.', "mer enn 3 000"),
    ],
)
def test_a_claim_that_nothing_tests_is_found(sentence: str, words: str) -> None:
    assert found(sentence) == [("pastand", words)]
    assert found(f"[{sentence}]{CLAIM}") == []
    assert found(f'[{sentence}]{{.ikke-data grunn="tallene er ikke våre"}}') == []
    assert found(f"{sentence[:-1]}, [ordet]{{.ord}}.") == []


def test_a_claim_covers_its_own_words_only() -> None:
    assert found(f"[Antallet falt.]{CLAIM} Andelen økte.") == [("pastand", "økte")]
    assert found(f"[Antallet falt]{CLAIM}, og andelen økte.") == [("pastand", "økte")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Noen faller utenfor alle ordningene.",
        "Barna vokste opp i Oslo.",
        "Figuren er sortert fra høyest til lavest.",
        "Den som har mindre enn minsteinntekten, er vanskeligstilt.",
        "Når prisene stiger, hjelper det ikke.",
        "De brukes bare kort.",
        'Satsen er under [60 prosent]{.fast grunn="EU60"} av medianen.',
        "Planen sier at «kommunale boliger øker mest og er flest».",
        "De har bodd der i alle år, uten å klage.",
        "De var det i alle de tre årene 2017–2019.",
        "Vilkåret er minst én voksen.",
    ],
)
def test_the_same_words_without_a_claim_are_left_alone(sentence: str) -> None:
    assert found(sentence) == []


def in_a_page_without_items(*lines: str) -> list[str]:
    text = read_text("en", FILE, "\n".join(["# Metode {#metode}", "", *lines, ""]))
    return [f.words for f in lint([text], STORE, CATALOG, ClaimResults())]


def test_a_page_without_items_claims_only_where_it_speaks_of_data() -> None:
    assert in_a_page_without_items("Størst er gleden ved å forstå.") == []
    assert in_a_page_without_items("Størst er andelen i øst.") == ["Størst"]
    assert in_a_page_without_items("Størst er Stovner.") == ["Størst"]
    assert in_a_page_without_items("Størst er den i [tabell-1]{.ref}.") == ["Størst"]
    assert in_a_page_without_items(f"Det er {OSLO}.", "Flest er de i øst.") == ["Flest"]


def test_a_footnote_claims_only_with_a_number_of_the_store() -> None:
    assert found("[^n]: Målet er det mest brukte og har flest brukere.") == []
    assert found(f"[^n]: Flest var de med {OSLO}.") == [("pastand", "Flest")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"I 2020 var det {OSLO}.", "2020"),
        (f"I 2019 var det {OSLO}.", "2019"),
        (f"Siden 2018 er det {OSLO}.", "2018"),
        ("Det er [tabell-1/personer/oslo/2020]{.tall}.", "tabell-1/personer/oslo/2020"),
        (
            "I 2020 var det [tabell-1/personer/oslo/2020]{.tall}.",
            "2020, tabell-1/personer/oslo/2020",
        ),
        ("I [tabell-1/siste]{.aar} og i 2020 var det slik.", "2020"),
        ("[Tabell-1]{.ref} viser årene fra 2018 til 2020.", "2020"),
        ("I 2018 var det [tabell-1/personer/oslo/2019]{.tall}.", "2018"),
        (
            "I [tabell-1/siste]{.aar} var det [tabell-1/personer/oslo/2019]{.tall}.",
            "tabell-1/personer/oslo/2019",
        ),
        (f"I [tabell-1/første]{{.aar}} var det {OSLO}.", "tabell-1/personer/oslo/siste"),
        (
            "Det var i 2018 hele [tabell-1/personer/oslo/2019]{.tall}.",
            "tabell-1/personer/oslo/2019",
        ),
        (
            f"Det er {OSLO}, og [tabell-2/lan/oslo/siste]{{.tall}} fikk lån.",
            "tabell-2/lan/oslo/siste",
        ),
    ],
)
def test_a_stale_year_is_found(line: str, words: str) -> None:
    assert [f for f in found(line) if f[0] == "aar"] == [("aar", words)]


@pytest.mark.parametrize(
    "line",
    [
        f"I [tabell-1/siste]{{.aar}} var det {OSLO}.",
        "I 2019 var det [tabell-1/personer/oslo/2019]{.tall}.",
        "Fra [tabell-1/personer/oslo/2018]{.tall} i 2018 ble det stille.",
        "[Tabell-1]{.ref} gjelder lån, som i 2017 ble gitt av staten.",
        "I 2020 kom en ny lov.",
        'I [2020]{.fast grunn="pandemien"} var det [tabell-1/personer/oslo/2020]{.tall}.',
        f"[De falt fra 2019 til 2020, med [tabell-1/endring/oslo/2020]{{.tall}}.]{CLAIM}",
        f"Etter 2022-utgaven er det {OSLO}.",
        f"Fra [tabell-1/første]{{.aar}} til [tabell-1/siste]{{.aar}} ble det {OSLO}.",
        f"Det er {OSLO} av [tabell-1/husholdninger/oslo/siste]{{.tall}}.",
        "I 2019 var det [tabell-1/personer/oslo/2019]{.tall}, mot "
        "[tabell-1/personer/oslo/2018]{.tall} året før.",
    ],
)
def test_a_year_that_is_meant_is_left_alone(line: str) -> None:
    assert found(line) == []


def test_a_change_is_counted_from_the_year_after_siden() -> None:
    line = f"Siden [tabell-1/første]{{.aar}} er det blitt {OSLO}."
    assert [f for f in found(line) if f[0] == "aar"] == []


def test_a_year_is_stale_in_a_claim_about_an_item_of_its_paragraph() -> None:
    lines = (
        f"Det er {OSLO}.",
        '[I 2020 falt de.]{.pastand sjekk="faller(tabell-1/personer/oslo/første..siste)"}',
    )

    assert found(*lines) == [("aar", "2020")]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Den sank med [tabell-1/endring/oslo/siste]{.tall} prosent", "prosent"),
        ("Andelen er [tabell-1/andel/oslo/siste]{.tall} prosentpoeng", "prosent"),
        ("Antallet steg med [tabell-1/andel/oslo/siste]{.tall} prosent", "prosent"),
        ("Det er [tabell-1/endring/oslo/siste]{.tall} og [tabell-1/endring/oslo/2019]{.tall} "
         "prosent", "prosent"),
        ("Det er [tabell-1/snitt/oslo/siste]{.tall} prosent", "enhet"),
        ("Det er [tabell-1/snitt/oslo/siste]{.tall} millioner kroner", "enhet"),
        ("Det er [tabell-1/belop/oslo/siste]{.tall} kroner", "enhet"),
        ("Det er [tabell-1/brutto/oslo/siste]{.tall} kroner", "enhet"),
        ("Det er [tabell-1/personer/oslo/siste]{.tall} husholdninger", "enhet"),
        ("Det er [tabell-1/bolig/oslo]{.tall} prosent", "enhet"),
        ('Det er [tabell-1/snitt/oslo/siste]{.tall vis="mill"} kroner', "enhet"),
        ('Det er [tabell-1/snitt/oslo/siste]{.tall vis="mrd"} i alt', "enhet"),
    ],
)  # fmt: skip
def test_a_unit_word_that_is_not_the_numbers_is_found(line: str, rule: str) -> None:
    assert {f[0] for f in found(f"[{line}]{CLAIM}")} == {rule}


@pytest.mark.parametrize(
    "line",
    [
        "Den sank med [tabell-1/endring/oslo/siste]{.tall} prosentpoeng",
        "Den sank med [tabell-1/vekst/oslo/siste]{.tall} prosent",
        "Det er [tabell-1/andel/oslo/siste]{.tall} og [tabell-1/andel/oslo/2019]{.tall} prosent",
        "Det er [tabell-1/snitt/oslo/siste]{.tall} kroner i måneden",
        "Det er [tabell-1/belop/oslo/siste]{.tall} millioner kroner",
        "Det er [tabell-1/brutto/oslo/siste]{.tall} tusen kroner",
        "Det er [tabell-1/personer/oslo/siste]{.tall} personer",
        "Det er [tabell-1/husholdninger/oslo/siste]{.tall} mottakere",
        "Det er [tabell-1/bolig/oslo]{.tall} boliger",
        'Det er [tabell-1/snitt/oslo/siste]{.tall vis="mill"} millioner kroner',
        'Fra [tabell-1/snitt/oslo/2018]{.tall vis="mrd"} til '
        '[tabell-1/snitt/oslo/siste]{.tall vis="mrd"} milliarder kroner',
        "Det er ([tabell-1/andel/oslo/siste]{.tall}), av dem [ukjent/adresse]{.tall} prosent",
    ],
)
def test_the_right_unit_word_is_left_alone(line: str) -> None:
    assert found(f"[{line}]{CLAIM}") == []


def test_a_number_that_the_claim_itself_names_is_tested_by_it() -> None:
    assert found(f"[De falt fra 2019 til 2020.]{CLAIM}") == []
    assert found(f"[De falt fra 417 til få.]{CLAIM}") == [("tall", "417")]


WORDS = st.sampled_from(["kommunen", "hjelper", "dem", "som", "leier", "bolig", "og", "søker"])
MARKS = st.sampled_from(
    [
        OSLO,
        "[tabell-1/siste]{.aar}",
        "[tabell-1]{.ref}",
        "[ordet]{.ord}",
        '[417 av 5]{.fast grunn="lov"}',
        '[økte mest]{.ikke-data grunn="gjelder ikke tallene"}',
        f"[falt fra {OSLO} til få]{CLAIM}",
    ]
)
SENTENCES = st.lists(st.one_of(WORDS, MARKS), min_size=1, max_size=8)


@given(SENTENCES)
def test_words_and_marks_alone_are_never_found(parts: list[str]) -> None:
    assert found(f"Her {' '.join(parts)}.") == []


@given(SENTENCES, st.integers(0, 999_999), st.data())
def test_a_number_between_words_and_marks_is_always_found(
    parts: list[str], number: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(parts)))
    line = f"Her {' '.join([*parts[:at], str(number), *parts[at:]])}."

    assert ("tall", str(number)) in found(line)


@given(st.lists(st.lists(st.one_of(WORDS, MARKS), min_size=1), min_size=1, max_size=4))
def test_every_character_of_the_prose_knows_its_place(lines: list[list[str]]) -> None:
    content = "\n".join(f"Her {' '.join(parts)}." for parts in lines)

    sentences = Prose(read_text("en", FILE, content)).sentences
    plain = [(c, content[at]) for s in sentences for c, at in zip(s.text, s.at, strict=True)]
    assert len(sentences) == len(lines)
    assert all(c == held or (c, held) == (" ", "\n") or held == "[" for c, held in plain)


def test_sentences_end_where_readers_end_them() -> None:
    text = read_text(
        "en", FILE, "Se Monkerud m.fl. Thorsen.\nDet er «sant.» Ja!\n- Én. To\n- Tre\n"
    )

    said = [sentence.text for sentence in Prose(text).sentences]
    assert said == ["Se Monkerud m.fl. Thorsen.", "Det er «sant.", "Ja!", "Én.", "To", "Tre"]


def test_a_sentence_may_go_on_over_a_lines_end() -> None:
    (one,) = findings("Dette er langt, men", "det gjelder 417 i alt.")

    assert (one.line, one.words) == (8, "417")


@pytest.fixture
def book(tmp_path: Path) -> Callable[[str], Book]:
    """A book of one chapter that goes on with these words."""

    def write(more: str) -> Book:
        path = tmp_path / FILE
        path.parent.mkdir()
        path.write_text(f"# Først {{#kapittel-1}}\n\n{ITEM}\n{more}\n", encoding="utf-8")
        shutil.copytree(ROOT / "data/ord", tmp_path / "data/ord")
        return Book(tmp_path, CATALOG, STORE, read_chapters(tmp_path, CATALOG), ClaimResults())

    return write


def test_a_chapter_with_every_planted_fault_is_refused(book: Callable[[str], Book]) -> None:
    faults = (
        "Det gjelder 417 av dem.\n\nAntallet økte.\n\n"
        f"I 2020 var det {OSLO}.\n\n[tabell-1/ukjent/oslo/2020]{{.tall}} er kjent.\n\n"
        '[De er få.]{.pastand sjekk="finnes-ikke"}'
    )

    faulty = book(faults)
    with pytest.raises(KgError) as error:
        faulty.check(lints=True)
    lines = re.findall(rf"^{FILE}:(\d+): ", str(error.value), re.MULTILINE)
    assert sorted(map(int, lines)) == [7, 9, 13, 15]
    # A year may have gone past by itself.
    assert [words.partition(": ")[0] for words in faulty.rewrites] == [f"{FILE}:11"]


def test_a_sentence_that_has_lost_its_number_is_marked_and_stops_no_draft(
    book: Callable[[str], Book],
) -> None:
    own = book("I 2016 var det [tabell-1/personer/oslo/2016]{.tall}.")
    own.check(lints=True)
    (sentence,) = own.rewrites
    assert sentence.startswith(f"{FILE}:7: «tabell-1/personer/oslo/2016»: raden for Oslo 2016")
    (lost,) = (mark for text in own.texts for mark in text.marks if mark.kind == "tall")
    assert own.says(lost) == "[må skrives om]"


def test_a_sentence_whose_numbers_have_no_year_in_common_shows_none_of_them(
    book: Callable[[str], Book],
) -> None:
    own = book(
        "I [tabell-1/siste]{.aar} var det [tabell-1/personer/oslo/siste]{.tall} og "
        "[tabell-2/lan/oslo/siste]{.tall} i Oslo."
    )
    own.check(lints=True)
    assert "det finnes ikke noe år som alle tallene her har" in own.rewrites[0]
    marks = [mark for text in own.texts for mark in text.marks if mark.kind in ("tall", "aar")]
    assert {own.says(mark) for mark in marks} == {"[må skrives om]"}


def test_a_book_is_checked_without_lints_until_they_are_asked_for(
    book: Callable[[str], Book],
) -> None:
    held = book("Antallet økte.")

    held.check()
    with pytest.raises(KgError, match="påstår noe som ikke blir prøvd"):
        held.check(lints=True)


def test_an_exception_needs_a_reason(book: Callable[[str], Book]) -> None:
    with pytest.raises(KgError, match="en setning som ikke bygger på tall, trenger en grunn"):
        book("[Det øker.]{.ikke-data}").check()


@pytest.fixture(scope="module")
def real_texts() -> list[Text]:
    """The chapters as they are written."""
    files = [ROOT / "index.md", *sorted((ROOT / "chapters").glob("*.md"))]
    return [read_text(f.stem, f.name, f.read_text(encoding="utf-8")) for f in files]


def test_every_mark_of_the_real_chapters_stands_in_a_sentence(real_texts: list[Text]) -> None:
    for text in real_texts:
        prose = Prose(text)
        kinds = ("tall", "aar", "ref", "fast")
        held = {m.start for s in prose.sentences for m in prose.within(s, *kinds)}

        assert held == {mark.start for mark in prose.marks if mark.kind in kinds}
