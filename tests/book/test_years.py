"""`siste` and `første` are one year in a sentence, and never that of another number."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import pytest

from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.book.evaluate import evaluate
from kunnskapsgrunnlag.book.marks import (
    Mark,
    Text,
    claim_name,
    in_reading_order,
    read_chapters,
    read_text,
)
from kunnskapsgrunnlag.book.prose import Prose
from kunnskapsgrunnlag.book.years import SentenceYears
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import YEAR_WORDS, Store
from tests.conftest import ROOT, claim_of, store_of, value_of

FILE = "chapters/kapittel-5.md"
SHARE = "[tabell-12/personer/oslo/siste]{.tall}"
COUNTRY = "[tabell-12/personer/hele-landet/siste]{.tall}"
PERSONS = "[tabell-11/personer/oslo/siste]{.tall}"
YEAR_12, YEAR_11 = "[tabell-12/siste]{.aar}", "[tabell-11/siste]{.aar}"
MISSING = "tabell-12/personer/oslo/2020"


def made(*missing: str) -> Store:
    """Two tables of 2018 to 2020, in which the numbers at some addresses are missing."""
    addresses = [
        f"{item}/personer/{region}/{year}"
        for item, regions in (("tabell-11", ["oslo"]), ("tabell-12", ["oslo", "hele-landet"]))
        for region in regions
        for year in (2018, 2019, 2020)
    ]
    values = {}
    for number, address in enumerate(addresses):
        year = int(address[-4:])
        values[address] = value_of(address, str(number), float(number), year=year)
        if address in missing:
            values[address] = replace(values[address], value=None, text="..")
    years = {"tabell-11": [2018, 2020], "tabell-12": [2018, 2020]}
    return Store(values, years)


def claim(name: str, year: int, *numbers: str) -> ClaimResults:
    """A claim on tabell 12 as it was judged: on a year, by some numbers."""
    years = {"tabell-12": {"siste": year}}
    return ClaimResults(
        {claim_name(name): claim_of(expression=name, years=years, numbers=list(numbers))}
    )


def read(
    prose: str, *missing: str, claims: ClaimResults | None = None
) -> tuple[list[str], SentenceYears]:
    """What the marks of a chapter show, years and addresses in order; and what was settled."""
    text = read_text("kapittel-5", FILE, prose)
    years = SentenceYears(made(*missing), [text], claims or ClaimResults())
    shown = [
        str(years.year(mark)) if mark.kind == "aar" else years.address(mark)
        for mark in in_reading_order(text)
        if mark.kind in ("aar", "tall")
    ]
    return shown, years


def years_of(shown: list[str]) -> set[str]:
    return {words[-4:] for words in shown}


@pytest.mark.parametrize(
    "prose",
    [
        f"I {YEAR_12} var {SHARE} prosent vanskeligstilte, mot {COUNTRY} prosent i landet.",
        f"Andelen var {SHARE} prosent, mot {COUNTRY} prosent i landet, i {YEAR_12}.",
        # The year stands in the sentence before, and is that of another table.
        f"I {YEAR_11} var {PERSONS} personer vanskeligstilte. Det er {SHARE} prosent.",
        f"- I {YEAR_11} var {PERSONS} personer rammet. Det er {SHARE} prosent.\n- Og annet.",
        f"I {YEAR_11} var {PERSONS} personer rammet. Slik er det. Andelen var\n{SHARE} prosent.",
    ],
)
def test_one_missing_number_takes_the_whole_sentence_to_the_year_before(prose: str) -> None:
    before, _ = read(prose)
    after, settled = read(prose, MISSING)

    assert years_of(before) == {"2020"}
    assert years_of(after) == {"2019"}
    assert settled.errors == []
    assert str(settled.others[0]).startswith(f"{FILE}:1: «siste» er 2019")
    assert MISSING in str(settled.others[0])


def test_the_sentence_beside_keeps_its_year() -> None:
    shown, _ = read(
        f"I {YEAR_12} var {SHARE} prosent vanskeligstilte. I {YEAR_12} var {COUNTRY} det i landet.",
        MISSING,
    )

    assert [words[-4:] for words in shown] == ["2019", "2019", "2020", "2020"]


def test_a_sentence_with_the_years_of_two_tables_has_a_year_for_each() -> None:
    shown, _ = read(
        f"I {YEAR_11} var det {PERSONS} personer, og i {YEAR_12} var det {SHARE} prosent.", MISSING
    )

    assert [words[-4:] for words in shown] == ["2020", "2020", "2019", "2019"]


def test_the_first_year_is_the_first_that_all_have() -> None:
    first = SHARE.replace("siste", "første"), COUNTRY.replace("siste", "første")
    shown, settled = read(
        f"I [tabell-12/første]{{.aar}} var det {first[0]} og {first[1]} prosent.",
        "tabell-12/personer/oslo/2018",
    )

    assert years_of(shown) == {"2019"}
    assert "«første» er 2019, fordi tall mangler: tabell-12/personer/oslo/2018" in str(
        settled.others[0]
    )


@pytest.mark.parametrize(
    "prose",
    [
        f"Det var {SHARE} prosent i Oslo.",
        f"I {YEAR_12} er tallene de nyeste.\n\nDet var {SHARE} prosent i Oslo.",
    ],
)
def test_without_a_year_the_number_must_be_the_tables_last(prose: str) -> None:
    assert read(prose)[1].errors == []

    (error,) = read(prose, MISSING)[1].errors

    assert error.startswith(f"{FILE}:{prose.count(chr(10)) + 1}: ")
    assert "mangler for 2020" in error
    assert "Skriv [tabell-12/siste]{.aar}" in error


def test_a_typed_year_must_be_that_of_the_number() -> None:
    prose = f'[I 2020]{{.fast grunn="slik"}} var det {SHARE} prosent.'
    assert read(prose)[1].errors == []

    (error,) = read(prose.replace("2020", "2019"))[1].errors

    assert "setningen sier 2019, men «tabell-12/personer/oslo/siste» er fra 2020" in error


def test_a_sentence_takes_the_year_of_its_claim() -> None:
    """The claim reads a number that is missing, the sentence does not."""
    prose = f'[I {YEAR_12} var {COUNTRY} prosent høyest.]{{.pastand sjekk="p"}}'

    shown, settled = read(prose, claims=claim("p", 2019, "tabell-12/personer/oslo/2019"))

    assert years_of(shown) == {"2019"}
    assert settled.errors == []


def test_a_claim_on_a_later_year_is_judged_anew_for_that_of_its_sentence() -> None:
    prose = f'[I {YEAR_12} var det {SHARE} prosent.]{{.pastand sjekk="p"}}'

    shown, settled = read(prose, MISSING, claims=claim("p", 2020))

    assert years_of(shown) == {"2019"}
    assert settled.limits == {claim_name("p"): {"siste": 2019}}


@pytest.mark.parametrize(
    ("prose", "judged"),
    [
        # No year is stated, and the claim was judged on another one than readers take it to be.
        (f"Det var {COUNTRY} prosent.", claim("p", 2019)),
        # The claim reads a given year, which is later than what the sentence states.
        (f"I {YEAR_12} var det {SHARE} prosent.", claim("p", 2019, MISSING)),
    ],
)
def test_a_claim_of_another_year_than_the_sentence_is_refused(
    prose: str, judged: ClaimResults
) -> None:
    (error,) = read(f'[{prose}]{{.pastand sjekk="p"}}', MISSING, claims=judged)[1].errors

    assert error.startswith(f"{FILE}:1: påstanden «p» ")


def test_a_number_without_its_year_beside_two_years_is_refused() -> None:
    text = f"Fra {YEAR_11} og {YEAR_12}: [figur-1/a/siste]{{.tall}} av {SHARE}."
    store = made()
    store.values["figur-1/a/2020"] = value_of("figur-1/a/2020", year=2020)
    store.years["figur-1"] = [2020, 2020]

    (error,) = SentenceYears(store, [read_text("k", FILE, text)], ClaimResults()).errors

    assert "ikke for «figur-1/a/siste»" in error


def test_a_year_that_not_all_have_is_refused() -> None:
    gone = [f"tabell-12/personer/oslo/{year}" for year in (2019, 2020)]
    other = "tabell-12/personer/hele-landet/2018"

    (error,) = read(f"I {YEAR_12} var det {SHARE} og {COUNTRY}.", *gone, other)[1].errors

    assert "(tabell-12/personer/oslo/2020 mangler)" in error


def test_a_footnote_is_read_where_the_text_refers_to_it() -> None:
    text = read_text("k", FILE, f"Ett.[^a] To {SHARE}.\n\n[^a]: I noten {COUNTRY}\n  og mer.\n")

    assert [mark.words.split("/")[2] for mark in in_reading_order(text)] == ["hele-landet", "oslo"]


# ------------------------------------------------------------------------ the real chapters


@pytest.fixture(scope="module")
def store(real_values: dict[str, list[Value]]) -> Store:
    return store_of(real_values)


@pytest.fixture(scope="module")
def texts(catalog: Catalog) -> list[Text]:
    return read_chapters(ROOT, catalog)


def without(store: Store, address: str) -> Store:
    """The store with `..` at an address."""
    gone = replace(store.values[address], value=None, text="..")
    return Store(store.values | {address: gone}, store.years)


def test_today_every_sentence_shows_the_last_year_of_its_table(
    store: Store, texts: list[Text], catalog: Catalog
) -> None:
    settled = SentenceYears(store, texts, evaluate(store, texts, catalog))

    assert settled.errors == []
    assert [str(other) for other in settled.others] == []


def test_no_sentence_mixes_years_whatever_number_is_missing(
    store: Store, texts: list[Text], catalog: Catalog
) -> None:
    """The year of a sentence is that of its numbers and claims, or the sentence is refused."""
    plain = {
        store.resolve(mark.words)
        for text in texts
        for mark in text.marks
        if mark.kind == "tall" and follows(mark)
    }
    assert len(plain) > 30
    moved = 0
    proses = {text.key: Prose(text) for text in texts}
    for address in sorted(plain):
        changed, item = without(store, address), address.partition("/")[0]
        # A chapter that does not name the item says the same as before.
        naming = [text for text in texts if item in text.content]
        results = evaluate(changed, naming, catalog)
        settled = SentenceYears(changed, naming, results)
        moved += bool(settled.others or settled.errors)
        for text in naming:
            assert list(mixed(proses[text.key], settled, changed, results)) == [], address
    assert moved == len(plain)


def follows(mark: Mark) -> bool:
    return any(part in YEAR_WORDS for part in mark.words.split("/"))


def mixed(
    prose: Prose, settled: SentenceYears, store: Store, results: ClaimResults
) -> Iterator[str]:
    """The sentences that say one year and show a number, or a tested claim, of another."""
    refused = {int(error.split(":")[1]) for error in settled.errors if error.startswith(prose.file)}
    for _, block in groupby(prose.sentences, key=lambda sentence: sentence.block):
        sentences = list(block)
        said: dict[str, int] = {}
        if refused & {prose.line(at) for s in sentences for at in (s.start, *s.at)}:
            continue
        for sentence in sentences:
            marks = [m for m in prose.within(sentence, "aar", "tall") if m.words.endswith("/siste")]
            stated = {m.words.split("/")[0]: settled.year(m) for m in marks if m.kind == "aar"}
            said = stated or said
            shown = {}
            for mark in marks:
                item = mark.words.split("/")[0]
                if mark.kind == "tall":
                    record = store.values[settled.address(mark)]
                    only = next(iter(said.values())) if len(said) == 1 else 0
                    shown[item] = said.get(item) or only or store.years[item][1]
                    if record.value is None or record.year != shown[item]:
                        yield f"{sentence.text}: {record.address}, {shown[item]}"
            for mark in prose.within(sentence, "pastand"):
                judged = results.claims[mark.claim_name].years
                for item, year in (stated | shown).items():
                    if judged.get(item, {}).get("siste", year) != year:
                        yield f"{sentence.text}: {judged}, {year}"
