"""The profiles of the edition: recomputed from the raw files, ranked and read once more."""

import csv
import io
import re
from collections import defaultdict
from dataclasses import replace

import pandas as pd
import pytest

from kunnskapsgrunnlag.book.wording.check import (
    COMPARED,
    UNKNOWN,
    YEAR,
    WordProblem,
    check_wording,
)
from kunnskapsgrunnlag.book.wording.facts import Facts
from kunnskapsgrunnlag.book.wording.word_tables import Mark, read_tables
from kunnskapsgrunnlag.catalog.schema import Catalog, Item, TableLayout
from kunnskapsgrunnlag.catalog.schema import Measure as ItemMeasure
from kunnskapsgrunnlag.claims.judge import judge
from kunnskapsgrunnlag.claims.language import parse_claim
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.publish.profiles.content import profile_of
from kunnskapsgrunnlag.publish.profiles.findings import Finding, Findings, Sentence
from kunnskapsgrunnlag.publish.profiles.lookup import LevelNumbers
from kunnskapsgrunnlag.sources.receipt import Receipt
from tests.conftest import ROOT
from tests.publish.profiles.edition import bydeler

RAW = ROOT / "data" / "raw"
THREE = ("Gamle Oslo", "Ullern", "Søndre Nordstrand")
Rates = dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def numbers(
    catalog: Catalog, tables: dict[str, pd.DataFrame], receipts: dict[str, Receipt]
) -> LevelNumbers:
    return bydeler(catalog, tables, receipts)


@pytest.fixture(scope="module")
def findings(numbers: LevelNumbers, catalog: Catalog) -> Findings:
    return Findings(numbers, catalog)


def _rows(name: str) -> list[dict[str, str]]:
    text = (RAW / name).read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _by_area(name: str, column: str, year: str, area: str = "område") -> dict[str, float]:
    return {row[area]: _number(row[column]) for row in _rows(name) if row["år"] == year}


@pytest.fixture(scope="module")
def rates() -> Rates:
    """Measure -> area -> its last number: worked out of the raw files without the project."""
    residents = {
        year: _by_area("oslo/2026/folkemengde-bydel-2017-2026.csv", "innbyggere", year)
        for year in ("2023", "2025", "2026")
    }
    register: Rates = defaultdict(dict)
    for row in _rows("husbanken/2026/bostotte-maned.csv"):
        if (row["aar"], row["manedsnr"]) == ("2025", "12") and row["nivaa"] != "landet":
            # The register spells one name in its own way.
            name = row["navn"].replace("Grunerløkka", "Grünerløkka")
            households = float(row["ant_husstander_utbetaling"])
            register["bostotte"][name] = households / residents["2026"][name] * 1000
            register["over_taket"][name] = float(row["ant_over_tak"]) / households * 100
            register["bostotte_snitt"][name] = float(row["utbetalt_belop"]) / households
            register["boutgift"][name] = float(row["gjsnitt_boutgift_mnd"])
    helped = _by_area("oslo/2026/sosialhjelp-bydel-2005-2023.csv", "mottakere", "2023")
    homes = "husholdninger med boligbehov"
    needing = _by_area("oslo/2026/boligbehov-bydel.csv", homes, "2024", "bydel")
    cited = _by_area("eiendom/2026/sykepleierindeksen-bydeler.csv", "andel (prosent)", "2026")
    city = _by_area("eiendom/2026/sykepleierindeksen.csv", "andel (prosent)", "2026")
    return {
        **register,
        "sosialhjelp": {a: n / residents["2023"][a] * 1000 for a, n in helped.items()},
        "lavinntekt": _low_income(),
        "sykepleier": {**cited, "Oslo": city["Oslo"]},
        "boligbehov": {a: n / residents["2025"][a] * 1000 for a, n in needing.items()},
    }


def _low_income() -> dict[str, float]:
    """The bydeler by the first two digits of their delbydeler's codes."""
    codes = [
        "Gamle Oslo", "Grünerløkka", "Sagene", "St. Hanshaugen", "Frogner", "Ullern",
        "Vestre Aker", "Nordre Aker", "Bjerke", "Grorud", "Stovner", "Alna", "Østensjø",
        "Nordstrand", "Søndre Nordstrand",
    ]  # fmt: skip
    low: dict[str, float] = defaultdict(float)
    every: dict[str, float] = defaultdict(float)
    for row in _rows("oslo/2026/lavinntekt-delbydel-2013-2023.csv"):
        at = int(row["kode"][:2])
        if row["år"] == "2023" and at <= len(codes):
            name = "Oslo" if at == 0 else codes[at - 1]
            low[name] += _number(row["lavinntekt"])
            every[name] += _number(row["husholdninger"])
    return {name: low[name] / every[name] * 100 for name in low}


def _plain(text: str) -> float:
    return float(text.replace("\u00a0", "").replace("\u2212", "-").replace(",", "."))


@pytest.mark.parametrize("name", THREE)
def test_table_is_what_the_raw_files_give(
    numbers: LevelNumbers, findings: Findings, rates: Rates, name: str
) -> None:
    area = next(key for key, own in numbers.areas.names.items() if own == name)
    rows = dict(zip(numbers.compared, profile_of(numbers, findings, area).rows, strict=True))
    assert rows.keys() == rates.keys()
    for key, row in rows.items():
        assert row.own and row.whole
        half = 0.5 * 10.0**-row.own.decimals + 1e-9
        assert abs(_plain(row.own.text) - rates[key][name]) <= half, key
        assert abs(_plain(row.whole.text) - rates[key]["Oslo"]) <= half, key
        others = {a: round(n, row.own.decimals) for a, n in rates[key].items() if a != "Oslo"}
        alike = [a for a, n in others.items() if n == others[name]]
        place = 1 + sum(n > rates[key][name] for a, n in rates[key].items() if a in others)
        assert row.place == ("delt" if len(alike) > 1 else str(place)), key


ENDS = re.compile(r"(nest |tredje )?(høyest|lavest) av bydelene")
PLACES = {None: 1, "nest ": 2, "tredje ": 3}


def test_every_rank_is_that_of_the_raw_files(
    numbers: LevelNumbers, findings: Findings, rates: Rates
) -> None:
    seen = 0
    for area, name in numbers.areas.names.items():
        for finding in findings.of(area):
            own = {a: n for a, n in rates[finding.measure].items() if a != "Oslo"}
            match = ENDS.search(finding.head)
            if match:
                ranked = sorted(own, key=lambda a: own[a], reverse=match[2] == "høyest")
                assert ranked[PLACES[match[1]] - 1] == name, finding.head
                shown = numbers.level.measures[finding.measure].decimals
                assert [round(n, shown) for n in own.values()].count(round(own[name], shown)) == 1
                seen += 1
            elif "omtrent" not in finding.head:
                is_over = own[name] > rates[finding.measure]["Oslo"]
                assert finding.head.endswith(": over Oslo" if is_over else ": under Oslo")
    assert seen > 30


def test_findings_are_three_to_five_and_not_the_same_everywhere(
    numbers: LevelNumbers, findings: Findings
) -> None:
    of = {area: findings.of(area) for area in numbers.areas.names}
    assert {len(own) for own in of.values()} <= {3, 4, 5}
    assert len({own[0].headline for own in of.values()}) == len(of)
    assert len({tuple(one.head for one in own) for own in of.values()}) == len(of)


def test_every_title_of_a_drawing_is_that_of_the_raw_files(
    numbers: LevelNumbers, findings: Findings
) -> None:
    parts: dict[int, dict[str, float]] = defaultdict(dict)
    for row in _rows("oslo/2026/lavinntekt-delbydel-2013-2023.csv"):
        if row["år"] == "2023" and float(row["husholdninger"]):
            share = _number(row["lavinntekt"]) / _number(row["husholdninger"]) * 100
            parts[int(row["kode"][:2])][row["område"]] = share
    ages = "oslo/2026/sosialhjelp-bydel-alder-2007-2023.csv"
    shares = {
        (row["område"], row["alder"]): _number(row["andel (prosent)"])
        for row in _rows(ages)
        if row["år"] == "2023"
    }
    groups = {age for _, age in shares}
    counts = dict(enumerate(("noen", "én", "to", "tre", "fire", "fem", "seks", "alle")))
    for at, (area, name) in enumerate(numbers.areas.names.items(), 1):
        titles = {p.kind: p.title for p in profile_of(numbers, findings, area).pictures}
        highest = max(parts[at], key=lambda part: parts[at][part])
        highest_share = f"{parts[at][highest]:.1f}".replace(".", ",")
        assert titles["map"].endswith(f" vanligst i {highest}, med {highest_share} prosent")
        higher = sum(shares[name, age] > shares["Oslo", age] for age in groups)
        assert f" enn i Oslo i {counts[higher]} " in titles["groups"], (titles["groups"], higher)
        assert ("ikke" in titles["groups"]) is (higher == 0)


# --- the sentences by the same lint as those of chapters

TABLES = read_tables(ROOT / "data" / "ord")


def _catalog(catalog: Catalog, numbers: LevelNumbers, measure: str) -> Catalog:
    """The catalogue with the level as an item, as the lint looks one up."""
    own = numbers.level.measures[measure]
    entry = ItemMeasure(
        title=f"{own.title}. {own.words.of if own.words else ''}",
        unit=own.unit, decimals=own.decimals, formula=own.formula,
    )  # fmt: skip
    item = Item(
        number=0, kind="tabell", title=own.title, chapter="", inputs={},
        subtitle=own.when.format(year=numbers.last_years[measure]),
        dims=["region", "year"], measures={measure: entry},
        table=TableLayout(rows=["region", "year"], columns=["measure"]),
    )  # fmt: skip
    return catalog.model_copy(update={"items": {"profil-bydel": item}})


def _problems(
    catalog: Catalog, numbers: LevelNumbers, finding: Finding
) -> list[tuple[str, str, str]]:
    """What the lint of chapters finds in a finding: sentence by sentence, with its claims."""
    own = numbers.level.measures[finding.measure].words
    assert own
    # What the catalogue calls a measure is its own: «boutgifter over taket» compares nothing.
    names = f"{own.of} {own.definite}".split()
    # The second sentence says what has happened until the year of the first.
    last = str(numbers.last_years[finding.measure])
    of_last = ("øker(", "faller(", " − ")
    moved = [one for one in finding.expressions if any(sign in one for sign in of_last)]
    before = [one for one in finding.expressions if one not in moved and f"/{last}" not in one]
    stands = [one for one in finding.expressions if one not in (*moved, *before)]
    pairs = zip(finding.sentences, (stands, [*moved, *before]), strict=False)
    return [
        (problem.kind, problem.words, problem.why)
        for at, (sentence, claims) in enumerate(pairs)
        for problem in _lint(catalog, numbers, finding.measure, sentence, claims)
        if not (problem.kind in (UNKNOWN, COMPARED) and problem.words in names)
        and not (at and (problem.kind, problem.words) == (YEAR, last))
    ]


def _lint(
    catalog: Catalog, numbers: LevelNumbers, measure: str, sentence: Sentence, claims: list[str]
) -> list[WordProblem]:
    # «De femten bydelene» are a group to the lint, and all but the whole to profiles.
    claimed = " og ".join(claims).replace("/*/", f"/{numbers.level.areas}/")
    claim = parse_claim(claimed.replace(f" uten {', '.join(numbers.areas.larger)}", ""))
    verdict, years = judge(claim, Numbers(numbers.store, catalog), {})
    assert verdict.holds, claimed
    marks = [Mark("tall", part.text, part) for part in sentence if not isinstance(part, str)]
    words = "".join(part if isinstance(part, str) else "\ue000" for part in sentence)
    own = _catalog(catalog, numbers, measure)
    facts = Facts(claim, own, TABLES, list(verdict.numbers), years)
    return check_wording(TABLES.read(words, marks), facts)


def test_the_words_of_every_finding_fit_its_claims(
    catalog: Catalog, numbers: LevelNumbers, findings: Findings
) -> None:
    found = [
        (area, finding.measure, *problem)
        for area in numbers.areas.names
        for finding in findings.of(area)
        for problem in _problems(catalog, numbers, finding)
    ]
    assert found == [], "\n".join(map(str, found))


def test_the_lint_finds_what_is_turned(
    catalog: Catalog, numbers: LevelNumbers, findings: Findings
) -> None:
    finding = next(one for one in findings.of("gamle-oslo") if one.measure == "boligbehov")
    turned = {
        "har Gamle Oslo flest": "har Gamle Oslo færrest", "Gamle Oslo": "Alna", "økt": "falt",
        "Siden 2022": "Siden 2020", "i 2024": "i 2022", "i Oslo": "i Bergen", "femten": "fjorten",
    }  # fmt: skip
    for right, wrong in turned.items():
        sentences = tuple(
            tuple(part.replace(right, wrong) if isinstance(part, str) else part for part in one)
            for one in finding.sentences
        )
        assert sentences != finding.sentences, right
        assert _problems(catalog, numbers, replace(finding, sentences=sentences)), wrong


# --- a delivery


def test_a_delivery_of_tabell_14_takes_the_estimates_place(
    catalog: Catalog, tables: dict[str, pd.DataFrame], receipts: dict[str, Receipt]
) -> None:
    source = "levering-tabell-14"
    delivered = {**receipts, source: replace(receipts[source], origin="leveranse", period="2025")}
    table = tables[source].copy()
    own = table["region"] == "ullern"
    table.loc[own, "persons_pct"] = table.loc[own, "persons_pct"] * 6
    of = {
        receipt[source].origin: bydeler(catalog, {**tables, source: table}, receipt)
        for receipt in (receipts, delivered)
    }
    profiles = {
        origin: profile_of(numbers, Findings(numbers, catalog), "ullern")
        for origin, numbers in of.items()
    }
    title = "Vanskeligstilte personer"
    before, after = profiles["estimat"], profiles["leveranse"]
    assert title in [row.title for row in before.estimates]
    assert title not in [row.title for row in (*before.rows, *after.estimates)]
    row = next(row for row in after.rows if row.title == title)
    assert (row.place, row.unit) == ("1", "prosent av innbyggerne, 2025")
    assert "vanskeligstilte" not in [one.measure for one in before.findings]
    finding = next(one for one in after.findings if one.measure == "vanskeligstilte")
    assert finding.head == "Vanskeligstilte: høyest av bydelene"
