import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.server import ServerConnection

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.fetch.husbanken.allowance import (
    EXPRESSIONS,
    FIELDS,
    cell_text,
    fetch_housing_allowance,
    fetch_municipalities,
)
from kunnskapsgrunnlag.fetch.husbanken.app import QlikCell
from kunnskapsgrunnlag.fetch.husbanken.export import HEADINGS, KEYS, read_export
from kunnskapsgrunnlag.fetch.husbanken.mask import mask_small_counts
from kunnskapsgrunnlag.fetch.husbanken.session import QlikApp, Timeouts
from kunnskapsgrunnlag.fetch.provider import Fetched
from kunnskapsgrunnlag.sources.formats.register_csv import HEADING, MEASURES, content_of
from tests.conftest import ROOT
from tests.fetch import qlik_server
from tests.fetch.qlik_server import Fact, Facts, FakeQlik, Fault, Messages, Reply
from tests.fetch.registers import whole_register
from tests.sources.formats.books import book_of, saved

alone = qlik_server.alone
BASE = {"VirkemiddelKode": "BOSTØTTE", "Fylke": "Oslo"}
QUICK = Timeouts(connect=5, reply=10, session=60)
Rows = list[dict[str, str]]


def paid(household: str, amount: float, month: int, **more: Any) -> list[Fact]:
    """A household's payment, and the decision and application that go with it."""
    shared = BASE | {"HusstandId": household, "År": 2026, "Månedsnr": month} | more
    money = {"Beregnet bostøtte": amount, "Samlet inntekt": 120_000, "Beregnet boutgift": 100_000}
    over = {"Boutgift over tak": int(amount > 3000), "BostøtteUtbetalingTeller": 1}
    return [
        shared | money | over | {"TypeTilstand": "Utbetaling", "BstVedtaksutfall": "Innvilget"},
        shared | {"TypeTilstand": "Terminutbetaling", "BostøtteVedtakTeller": 1},
        shared | {"TypeTilstand": "Søknad", "BostøtteSøknadTeller": 1},
    ]


def facts(months: int = 3) -> list[Fact]:
    """Ten households in each bydel, half of them refused, one in Bergen, and one startlån."""
    all_facts: list[Fact] = []
    for month in range(1, months + 1):
        for key in BYDELER:
            where = {"KommuneNr": BY_KEY[key].codes["husbanken"], "Kommune": BY_KEY[key].name}
            for number in range(5):
                all_facts += paid(f"{key}-{number}-lite", 2500.25, month, **where)
                all_facts += paid(f"{key}-{number}-mye", 3500, month, **where)
                refused = {"TypeTilstand": "Avslag", "BostøtteAvslagTeller": 1}
                all_facts.append(BASE | where | all_facts[-1] | refused)
        bergen = {"KommuneNr": "4601", "Kommune": "Bergen", "Fylke": "Vestland"}
        all_facts += paid("bergen", 4000, month, **bergen)
        loan = {"VirkemiddelKode": "STARTLÅN", "Beregnet bostøtte": 9e6, "HusstandId": "lån"}
        all_facts.append(all_facts[0] | loan | {"Månedsnr": month})
    all_facts += paid("uten adresse", 1000, 2, KommuneNr="0301", Kommune="Oslo")
    # Given up before 2004, but still a value of the field; and a payment without a year.
    all_facts.append(
        all_facts[0]
        | {"KommuneNr": "0326", "Kommune": "Uranienborg-Majorstua", "VirkemiddelKode": "STARTLÅN"}
    )
    return [*all_facts, all_facts[0] | {"År": None}]


def read(engine: Facts, fault: Fault | None = None) -> Fetched:
    with FakeQlik(engine, fault) as server:
        return fetch_housing_allowance(
            QlikApp(server.url, "app", "https://statistikk.example"), QUICK
        )


def error(engine: Facts, fault: Fault | None = None) -> str:
    with pytest.raises(KgError) as problem:
        read(engine, fault)
    return str(problem.value)


def table(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def line(content: bytes, code: str, month: str) -> dict[str, str]:
    (row,) = [r for r in table(content) if (r["kode"], r["manedsnr"]) == (code, month)]
    return row


class Replay(Facts):
    """A register as an app: each area's row is what its expressions come to."""

    def __init__(self, rows: Rows) -> None:
        def fact(row: dict[str, str]) -> Fact:
            inside = {"landet": "Norge", "fylke": "Oslo", "bydel": "Oslo"}[row["nivaa"]]
            name = "Oslo" if row["kode"] == "0301" else row["navn"]
            bydel = {"KommuneNr": row["kode"], "Kommune": name} if row["nivaa"] == "bydel" else {}
            return (
                row
                | {"År": int(row["aar"]), "Månedsnr": int(row["manedsnr"]), "Fylke": inside}
                | bydel
            )

        super().__init__([fact(row) for row in rows])
        self.fields = [*FIELDS]
        self.columns = {expression: label for label, expression in EXPRESSIONS.items()}

    def value(self, expression: str, group: list[Fact]) -> float | str | None:
        widest = min(group, key=lambda fact: ["landet", "fylke", "bydel"].index(fact["nivaa"]))
        text = str(widest[self.columns[expression]])
        try:
            # A mean has more decimals in the engine than in the file.
            return float(text) + (0.0001 if text.endswith(".0") else 0) if text else None
        except ValueError:
            return text


@pytest.fixture(scope="module")
def register() -> Rows:
    return table(content_of(whole_register()))


def some(rows: Rows, *years: str) -> Rows:
    return [{**row} for row in rows if row["aar"] in (years or ("2016",))]


def changed(rows: Rows, code: str, month: str, **values: str) -> Rows:
    """Rows of one year with something else in one of them."""
    for row in rows:
        if (row["kode"], row["manedsnr"]) == (code, month):
            row |= values
    return rows


def balanced(rows: Rows, month: str, **numbers: int) -> Rows:
    """Rows in which Oslo has as much as the bydeler, a symbol counting as the number given."""
    here = [r for r in rows if r["manedsnr"] == month and r["nivaa"] == "bydel"]
    for measure, number in numbers.items():
        parts = [r[measure] if r[measure].isdigit() else number for r in here]
        changed(rows, "Oslo", month, **{measure: str(sum(map(int, parts)))})
    return rows


def test_a_register_comes_out_byte_for_byte_with_its_small_counts_hidden(register: Rows) -> None:
    expected = content_of(mask_small_counts([r for r in whole_register() if r.year == 2016]))
    assert read(Replay(some(register))).content == expected
    assert b",:," in expected


def test_expressions_are_worked_out_from_the_right_facts() -> None:
    content = read(Facts(facts())).content
    row, oslo = line(content, "0311", "1"), line(content, "Oslo", "2")

    assert row["navn"] == "Gamle Oslo"
    assert [row[name] for name in MEASURES] == [
        *("10", "10", "10", "5", "30001.25", "3000.12", "10000", "8333.33", "5")
    ]
    # Oslo is the county; the rest and what has nothing are left out.
    assert (oslo["ant_husstander_utbetaling"], oslo["nivaa"]) == ("151", "fylke")
    assert line(content, "Norge", "2")["ant_husstander_utbetaling"] == "152"
    codes = {row["kode"] for row in table(content)}
    assert len(codes - {"0301", "0326"}) == len(codes) == 17
    assert read(Facts(facts()[::-1])).content == content


def test_the_answer_says_when_and_what() -> None:
    answer = read(Facts(facts()))

    assert answer.vintage == "oppdatert av Husbanken 4. august 2026"
    assert answer.updated == "2026-08-04T05:33:00.000Z"
    assert "2026-01 til 2026-03" in answer.query
    assert EXPRESSIONS["ant_over_tak"] in answer.query
    assert answer.url.endswith("/public/app/app")
    assert answer.requests > 20


def test_what_people_should_know_is_told_and_not_refused(register: Rows) -> None:
    rows = some(register)
    (row,) = [r for r in rows if (r["kode"], r["manedsnr"]) == ("0311", "4")]
    row["ant_avslag"] = str(int(row["ant_avslag"]) + 1)
    answer = read(Replay(changed(rows, "0311", "7", utbetalt_belop="")))
    unfinished = read(Replay(some(register, "2026"))).notes

    for note in ("Velferdsetaten har", "kan telle med i to bydeler"):
        assert any(note in words for words in answer.notes)
    assert any("Terminen for 2026-07 er ikke kjørt ennå" in note for note in unfinished)
    # Null is not given, and never zero.
    assert line(answer.content, "0311", "7")["utbetalt_belop"] == ".."


def test_a_reload_during_the_session_is_refused() -> None:
    engine = Facts(facts())

    def reloading(request: Reply, _: Reply, __: ServerConnection) -> Messages | None:
        if request["method"] == "GetHyperCubeData":
            engine.reloaded = "2026-08-05T05:31:00.000Z"
        return None

    assert "appen ble oppdatert mens vi leste (2026-08-04" in error(engine, reloading)


@pytest.mark.parametrize(
    ("code", "month", "values", "words"),
    [
        ("Norge", "5", {"ant_soknader": "100"}, "2016-05, ant_soknader: Oslo ("),
        ("0311", "3", {"navn": "Sagene"}, "0311 2016-03: ventet Gamle Oslo, fant navnet «Sagene»"),
        ("0311", "4", {"ant_avslag": "0"}, "2016-04, ant_avslag: bydelene og resten er"),
        # A masked cell is one to three in the sum, and the country is never masked.
        ("0311", "7", {"ant_avslag": "<4"}, "2016-07, ant_avslag: bydelene og resten er"),
        ("Norge", "2", {"gjsnitt_bostotte": "<4"}, "Et så stort område er aldri skjult"),
        ("0312", "2", {"ant_avslag": "-3"}, "0312 2016-02, ant_avslag: ventet et antall"),
        ("0312", "2", {"ant_avslag": "2.5"}, "0312 2016-02, ant_avslag: ventet et antall"),
        ("0325", "1", {"kode": "0327"}, "«0327» er ingen region i kodesystemet husbanken"),
    ],
)
def test_a_register_that_cannot_be_right_is_refused(
    register: Rows, code: str, month: str, values: dict[str, str], words: str
) -> None:
    assert words in error(Replay(changed(some(register), code, month, **values)))


@pytest.mark.parametrize("code", ["Norge", "Oslo", "0318"])
def test_a_month_or_a_bydel_that_is_missing_is_named(register: Rows, code: str) -> None:
    within = {"Norge": ("landet", "fylke", "bydel"), "Oslo": ("fylke", "bydel")}.get(code, ())
    rows = some(register)
    lacking = [
        r for r in rows if r["manedsnr"] != "7" or (r["kode"] != code and r["nivaa"] not in within)
    ]

    assert f"{code} mangler 2016-07" in error(Replay(lacking))
    gone = [row for row in rows if row["kode"] != "0322"]
    assert "mangler rader for 0322" in error(Replay(gone))


def test_a_field_or_a_code_of_an_expression_that_is_gone_is_named() -> None:
    renamed = [{("Bydelsnr" if k == "KommuneNr" else k): v for k, v in f.items()} for f in facts()]
    recoded = [f | {"TypeTilstand": f["TypeTilstand"].replace("slag", "slått")} for f in facts()]

    assert "ventet feltet «KommuneNr»" in error(Facts(renamed))
    assert "landet har ikke ant_avslag i noen måned" in error(Facts(recoded))


@pytest.mark.parametrize("symbol", ["<4", "*", ":"])
def test_a_cell_that_the_provider_masks_is_told_and_hidden(register: Rows, symbol: str) -> None:
    rows = changed(some(register), "0311", "7", ant_avslag=symbol)
    rows = balanced(rows, "7", ant_avslag=2)
    answer = read(Replay(rows))

    assert line(answer.content, "0311", "7")["ant_avslag"] == ":"
    assert any(f"ikke oppgitt av Husbanken («{symbol}»)" in note for note in answer.notes)


def test_a_cell_is_a_number_a_symbol_or_not_given() -> None:
    cells = {
        QlikCell("12", 12.0, False): "12",
        QlikCell("2180,026", 2180.026, False): "2180.03",
        QlikCell("<4", 3.0, False): "<4",
        QlikCell("færre enn 4", None, False): "færre enn 4",
        QlikCell("-", None, True): "..",
        QlikCell("0", 0.0, True): "..",
        QlikCell("", None, False): "..",
    }

    assert {cell: cell_text(cell, "x") for cell in cells} == cells
    for cell in (QlikCell("skjult", 3.0, False), QlikCell("3", None, False)):
        with pytest.raises(KgError, match="ventet et tall eller et kjent tegn"):
            cell_text(cell, "x")


def spreadsheet(rows: Rows) -> list[list[str]]:
    names = {measure: heading for heading, measure in HEADINGS.items()}
    keys = dict(zip(("kode", "navn", "aar", "manedsnr"), KEYS, strict=True))
    columns = {**keys, **names}
    body = [[row[c].replace(".", ",") if c in names else row[c] for c in columns] for row in rows]
    return [[*columns.values()], *body]


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("cp1252")


def as_xlsx(rows: list[list[str]]) -> bytes:
    return saved(book_of(rows))


@pytest.mark.parametrize(("name", "made"), [("x.csv", as_csv), ("x.xlsx", as_xlsx)])
def test_an_export_comes_to_the_same_snapshot(
    register: Rows, name: str, made: Callable[[list[list[str]]], bytes]
) -> None:
    content, _ = read_export(name, made(spreadsheet(some(register))))
    kept = mask_small_counts([row for row in whole_register() if row.year == 2016])
    assert content == content_of(kept)


EDITS = [
    (0, "311", "ventet «Norge», «Oslo» eller fire sifre"),
    (2, "i fjor", "ventet et helt tall fra 1990 til 2100, fant «i fjor»"),
    (3, "13", "ventet et helt tall fra 1 til 12, fant «13»"),
    (4, "", "ventet et norsk tall eller et tegn"),
    (5, "ukjent", "ventet et norsk tall eller et tegn"),
    (5, "12.5", "ventet et norsk tall eller et tegn"),
]


@pytest.mark.parametrize(("column", "text", "words"), EDITS)
def test_a_doubt_in_an_export_names_the_cell(
    register: Rows, column: int, text: str, words: str
) -> None:
    rows = spreadsheet(some(register))
    rows[1][column] = text

    with pytest.raises(KgError) as problem:
        read_export("x.csv", as_csv(rows))

    assert words in str(problem.value)
    assert "rad 2" in str(problem.value)


def test_an_export_that_is_not_the_register_is_refused(register: Rows) -> None:
    rows = spreadsheet(some(register))
    thousands = [[*row[:8], str(int(row[8]) // 1000), *row[9:]] for row in rows[1:]]

    for table_of, words in (
        ([rows[0], *thousands], "Norge 2016-01, utbetalt_belop: ventet om lag"),
        ([row[:-1] for row in rows], "«Husstander med boutgift over taket»"),
        (rows[:1], "ingen rader under overskriftene"),
        ([*rows, rows[1]], "Norge 2016-01 har to rader"),
    ):
        with pytest.raises(KgError, match=words):
            read_export("x.csv", as_csv(table_of))


def test_the_guide_names_every_column() -> None:
    guide = Path(ROOT / "docs" / "husbanken.md").read_text(encoding="utf-8")
    assert not [heading for heading in (*KEYS, *HEADINGS) if f"| `{heading}` |" not in guide]


def municipalities(*codes: str) -> Fetched:
    with FakeQlik(Facts(facts())) as server:
        app = QlikApp(server.url, "app", "https://statistikk.example")
        return fetch_municipalities(app, codes, QUICK)


def test_municipalities_are_read_alone_with_small_counts_hidden() -> None:
    """In Bergen one household is paid; in the other area ten are, and five refused."""
    fetched = municipalities("4601", "0316")

    heading, *lines = csv.reader(fetched.content.decode().splitlines())
    assert heading == [*HEADING]
    rows = [dict(zip(heading, line, strict=True)) for line in lines]
    assert [row["manedsnr"] for row in rows if row["navn"] == "Bergen"] == ["1", "2", "3"]
    assert {row["navn"] for row in rows} == {"Bergen", "Ullern"}
    for row in rows:
        is_small = row["kode"] == "4601"
        assert (row["ant_husstander_utbetaling"] == ":") == is_small
        assert (row["utbetalt_belop"] == ":") == is_small
    assert fetched.query == "KommuneNr=4601,0316"
    assert "antall fra 1 til 3" in fetched.notes[-1]


def test_a_municipality_that_the_app_lacks_is_named() -> None:
    with pytest.raises(KgError, match="KommuneNr=9999, men appen har ingen slik verdi"):
        municipalities("9999")
