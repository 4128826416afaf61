import re
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.wording.check import QUESTIONS, check_wording
from kunnskapsgrunnlag.book.wording.facts import Facts
from kunnskapsgrunnlag.book.wording.word_tables import KINDS, Mark, read_tables
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.language import parse_claim
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import ROOT, item_of, measure_of, value_of

TABLES = read_tables(ROOT / "data" / "ord")
PERCENT = {"unit": "prosent", "decimals": 1}
BOTH = {
    "personer": measure_of(title="Personer", **PERCENT),
    "husholdninger": measure_of(title="Husholdninger", **PERCENT),
}
EDITION = dict.fromkeys(("key", "title", "subtitle", "owner", "printed", "date"), "x")
ITEMS = [
    item_of(title="Andel vanskeligstilte", dims=["region", "year"], measures=BOTH),
    item_of(
        number=2,
        title="Andel vanskeligstilte i bydelene",
        subtitle="Prosent, 2020",
        dims=["region"],
        measures=BOTH,
    ),
    item_of(
        number=3,
        title="Startlån og tilskudd",
        subtitle="Oslo, 2016–2020",
        measures={
            "antall": measure_of(title="Antall", group="Startlån", unit="lån"),
            "vekst": measure_of(
                title="Vekst siden første år", formula="antallet delt på det første", **PERCENT
            ),
        },
    ),
    item_of(
        number=4,
        title="Husholdninger som eier",
        subtitle="Prosent, november 2021",
        dims=["region"],
        measures={"andel": measure_of(title="Eierandel", **PERCENT)},
    ),
]
CATALOG = Catalog.model_validate(
    {
        "edition": EDITION | {"data_year": 2020},
        "sources": {},
        "items": {item.key: item.model_dump() for item in ITEMS},
        "chapters": {},
        "constants": {
            "trykt": {"value": 1060, "words": "startlån", "source": "x", "period": "2011"}
        },
    }
)
YEARS = {"tabell-1": {"siste": 2020}, "tabell-3": {"siste": 2020}}


def shown(address: str) -> Value:
    """The number at an address; all of a table rest on its cells."""
    item, measure, *keys = address.split("/")
    years = [int(key) for key in keys if key.isdigit()]
    places = [key for key in keys if not key.isdigit()]
    return value_of(
        address,
        unit=CATALOG.items[item].measures[measure].unit,
        region=places[0] if places else None,
        year=years[0] if years else None,
        cells=(item,),
    )


def stops(words: str, expression: str) -> list[tuple[str, str]]:
    """Kind and words of what does not fit; a number is written as its address in brackets."""
    marks = [Mark("tall", address, shown(address)) for address in re.findall(r"\[(.*?)\]", words)]
    claim = parse_claim(expression)
    read = [shown("tabell-1/personer/oslo/2020"), shown("tabell-2/personer/oslo")]
    facts = Facts(claim, CATALOG, TABLES, [*read, shown("tabell-3/antall/2020")], YEARS)
    span = TABLES.read(re.sub(r"\[.*?\]", "\ue000", words), marks)
    return [(problem.kind, problem.words) for problem in check_wording(span, facts)]


HIGHEST = "høyest(tabell-2/personer/bydeler) = stovner"
OVER = "tabell-1/personer/oslo/2020 over tabell-1/personer/hele-landet/2020"
RISES = "øker(tabell-3/antall/2016..2020)"
ONLY = "bare(tabell-2/personer/bydeler over 10 prosent) = stovner, alna"
LEFT_OUT = "alle(tabell-2/personer/bydeler uten alna over 10 prosent)"
RATIO = "tabell-3/antall/2020 delt på tabell-1/personer/oslo/2020 = 0,2"
LIMIT = "tabell-2/personer/stovner over 10 prosent"
LEVELS = "høyeste i(tabell-1/personer/byer/2020) over høyeste i(tabell-2/personer/bydeler)"
HALF = "tabell-2/personer/stovner under 0,5 * tabell-2/personer/alna"
OSLO, NORWAY = "[tabell-1/personer/oslo/2020]", "[tabell-1/personer/hele-landet/2020]"

RIGHT = [
    ("Stovner har den høyeste andelen av alle bydelene.", HIGHEST),
    ("Byen som helhet: Stovner ligger øverst med [tabell-2/personer/stovner] prosent.", HIGHEST),
    ("Andelen var høyere i Oslo enn i landet i 2020.", OVER),
    (f"Det er {OSLO} prosent, mot {NORWAY} prosent i landet, altså flere.", OVER),
    ("Antallet startlån økte fra 2016 til 2020.", RISES),
    ("Flere startlån enn i 2016", RISES),
    ("Bare Stovner og Alna har over 10 prosent.", ONLY),
    ("mer enn hver tiende på Stovner", LIMIT),
    ("det ble færre startlån hvert år", "faller hvert år(tabell-3/antall/2016..2020)"),
    ("ingen bydel ligger under 1 prosent", "ingen(tabell-2/personer/bydeler under 1 prosent)"),
    ("Stovner var nest høyest", "nest høyest(tabell-2/personer/bydeler) = stovner"),
    ("klart høyere i Oslo", OVER.replace("over", "klart over")),
    ("antallet har vokst mest i 2020", "høyest(tabell-3/vekst/2016..2020) = 2020"),
    ("20 prosent flere", "tabell-3/antall/2020 minst 1,2 * tabell-3/antall/2016"),
    ("alle bydeler unntatt Alna har over 10 prosent", LEFT_OUT),
    ("flere enn i noen av årene", "konstant/trykt over høyeste i(tabell-3/antall/2016..2020)"),
    ("0,2 startlån per vanskeligstilt", RATIO),
    ("den minste veksten i antallet var i 2020", "lavest(tabell-3/vekst/2016..2020) = 2020"),
    ("85 prosent av dem leier", "100 - tabell-4/andel/oslo = 85 prosent"),
    ("1 060 startlån var langt flere", "konstant/trykt langt over tabell-3/antall/2020"),
]
WRONG = [
    ("Alna har den høyeste andelen av alle bydelene.", HIGHEST, "sted", "Alna"),
    ("Byen har den høyeste andelen.", HIGHEST, "sted", "Stovner"),
    ("Bare Stovner har over 10 prosent.", ONLY, "sted", "Alna"),
    ("Andelen var høyere i landet enn i Oslo.", OVER, "sted", "Oslo"),
    ("Andelen var høyere i Oslo enn i landet i 2019.", OVER, "år", "2019"),
    ("Antallet startlån økte fra 2016 til 2019.", RISES, "år", "2019"),
    ("Flere startlån enn i 2020", RISES, "år", "2020"),
    ("Antallet økte fra 2020 til 2016.", RISES, "år", "2016"),
    ("mer enn 12 prosent på Stovner", LIMIT, "tall", "12"),
    ("mer enn hver femte på Stovner", LIMIT, "tall", "hver femte"),
    ("over 10 kroner på Stovner", LIMIT, "enhet", "kroner"),
    ("over 10 prosentpoeng på Stovner", LIMIT, "enhet", "prosentpoeng"),
    ("Stovner har den laveste andelen.", HIGHEST, "rang", "laveste"),
    ("Stovner har den nest høyeste andelen.", HIGHEST, "rang", "nest"),
    ("Oslo hadde den høyeste andelen.", OVER, "rang", "høyeste"),
    ("Andelen er ikke høyere i Oslo enn i landet.", OVER, "nekting", "ikke"),
    ("Oslo ligger høyere.", f"ikke {OVER}", "nekting", "ikke"),
    ("Alle har over 10 prosent, også Stovner og Alna.", ONLY, "kvantor", "Alle"),
    ("Stovner og Alna har over 10 prosent.", ONLY, "kvantor", "bare"),
    ("Antallet startlån falt fra 2016 til 2020.", RISES, "retning", "falt"),
    ("Antallet startlån økte.", LIMIT, "retning", "økte"),
    ("Andelen var lavere i Oslo enn i landet.", OVER, "sammenligning", "lavere"),
    ("under 10 prosent på Stovner", LIMIT, "sammenligning", "under"),
    ("klart høyere i Oslo", OVER, "grad", "klart"),
    ("litt høyere i Oslo", OVER.replace("over", "langt over"), "grad", "litt"),
    ("Andelen husholdninger var høyere i Oslo.", OVER, "hva-som-telles", "husholdninger"),
    ("Antallet tilskudd økte.", RISES, "hva-som-telles", "tilskudd"),
    ("alle bydeler har over 10 prosent", LEFT_OUT, "sted", "Alna"),
    ("høyere andel i bydelene enn i byene i 2020", LEVELS, "sted", "bydelene"),
    ("15 prosent av dem eide i desember", "tabell-4/andel/oslo = 15 prosent", "år", "desember"),
    ("15 prosent av dem leier", "tabell-4/andel/oslo = 15 prosent", "hva-som-telles", "leier"),
    ("85 prosent av dem eier", "100 - tabell-4/andel/oslo = 85 prosent", "hva-som-telles", "eier"),
    ("0,2 startlån per mottaker", RATIO, "hva-som-telles", "per mottaker"),
    ("antallet startlån doblet seg", RISES, "tall", "doblet"),
    ("dobbelt så høy andel på Stovner", HALF, "tall", "dobbelt så"),
    (
        "antallet var minst i 2020",
        "lavest(tabell-3/vekst/2016..2020) = 2020",
        "retning",
        "endringen",
    ),
    ("Stovner er jumboflest.", HIGHEST, "ukjent", "jumboflest"),
]
# A shown number that is not of its clause.
SHOWN = [
    (f"Oslo hadde {NORWAY} prosent, altså flere enn landet.", OVER),
    (f"Oslo hadde {OSLO} prosent, flere enn landets {OSLO} prosent.", OVER),
    ("Stovner har den høyeste andelen, [tabell-2/personer/alna] prosent.", HIGHEST),
    ("Antallet startlån økte til [tabell-1/personer/oslo/2019].", RISES),
    ("Antallet startlån økte til [tabell-3/antall/2018] i 2020.", RISES),
    ("det økte fra [tabell-3/antall/2020] til [tabell-3/antall/2016]", RISES),
]


@pytest.mark.parametrize(("words", "expression"), RIGHT)
def test_words_that_say_what_the_expression_says_pass(words: str, expression: str) -> None:
    assert stops(words, expression) == []


@pytest.mark.parametrize(("words", "expression", "kind", "word"), WRONG)
def test_a_word_that_the_expression_does_not_say_stops(
    words: str, expression: str, kind: str, word: str
) -> None:
    assert (kind, word) in stops(words, expression)


@pytest.mark.parametrize(("words", "expression"), SHOWN)
def test_a_shown_number_of_another_place_or_year_stops(words: str, expression: str) -> None:
    assert "vist tall" in {kind for kind, _ in stops(words, expression)}


def test_questions_are_those_that_the_tables_answer() -> None:
    assert QUESTIONS == ("grad", "hva-som-telles", "ukjent")


@pytest.mark.parametrize("kind", KINDS)
def test_the_tables_are_in_the_order_of_the_alphabet_with_no_row_twice(kind: str) -> None:
    rows = (ROOT / "data" / "ord" / f"{kind}.csv").read_text(encoding="utf-8").splitlines()[1:]

    assert rows == sorted(set(rows))


def test_a_word_does_not_say_something_and_nothing_at_once() -> None:
    unclear = [
        " ".join(words)
        for words, entries in TABLES.entries.items()
        if {"noytrale"} < {entry.kind for entry in entries}
    ]

    assert unclear == []


def test_a_row_without_its_columns_is_told_with_its_line(tmp_path: Path) -> None:
    for kind in KINDS:
        (tmp_path / f"{kind}.csv").write_text("form;oppslag;betyr\nopp;opp;opp\n", encoding="utf-8")
    (tmp_path / "rang.csv").write_text("form;oppslag;betyr\nmest;mest\n", encoding="utf-8")

    with pytest.raises(KgError, match=r"rang\.csv:2: "):
        read_tables(tmp_path)
