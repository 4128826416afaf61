"""What profiles say: by declared rules, tested as claims, nothing that numbers don't hold."""

from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.publish.profiles.areas import Areas
from kunnskapsgrunnlag.publish.profiles.findings import Finding, Findings, plain
from tests.publish.profiles.levels import ROOT, level, numbers_of, tidy

CATALOG = read_catalog(ROOT / "params.yaml")
NAMES = "abcdefgh"
AREAS = Areas({key: key.upper() for key in NAMES}, ("riket", "Riket"))


def _findings(own: dict[str, list[Any]], **more: Any) -> Findings:
    """Findings of areas whose numbers are 20 in each year but for those given."""
    years = max(map(len, own.values()))
    rows = [
        {"region": region, "year": 2020 + at, "recipients": number}
        for region in (*NAMES, "riket")
        for at, number in enumerate(own.get(region, [20 + NAMES.find(region) / 10] * years))
    ]
    tables = {"mottak": tidy("mottak", rows, "recipients")}
    wanted = {"per": None, "times": 1} | more
    return Findings(numbers_of(level({"m": wanted}), AREAS, tables), CATALOG)


def _one(findings: Findings, area: str) -> Finding:
    (finding,) = findings.of(area)
    return finding


def test_the_highest_is_told_with_the_whole_and_the_change() -> None:
    findings = _findings({"a": [30, 33, 41], "riket": [22, 22, 21]})
    finding = _one(findings, "a")
    assert finding.headline == "Av kretsene har A flest mottakere per innbygger"
    assert finding.head == "Mottakere: høyest av kretsene"
    assert " ".join(map(plain, finding.sentences)) == (
        "Av de åtte kretsene har A flest mottakere per innbygger: 41,0 per 1\u00a0000 innbyggere i "
        "2022, mot 21,0 i Riket. Siden 2020 har tallet i kretsen økt fra 30,0, mens det har gått "
        "ned i Riket."
    )
    assert finding.expressions == (
        "høyest(profil-krets/m/*/2022 uten riket) = a",
        "profil-krets/m/a/2022 over profil-krets/m/riket/2022",
        "øker(profil-krets/m/a/2020..2022)",
        "faller(profil-krets/m/riket/2020..2022)",
    )
    assert "41,0" in finding.because


def test_no_place_is_told_that_two_share() -> None:
    findings = _findings({"a": [41], "b": [41], "riket": [22]})
    for area in "ab":
        assert _one(findings, area).head == "Mottakere: over Riket"


def test_no_place_is_told_behind_one_that_two_share() -> None:
    findings = _findings({"a": [41], "b": [41], "c": [39], "riket": [22]})
    assert _one(findings, "c").head == "Mottakere: over Riket"


def test_no_place_is_told_where_a_number_is_hidden() -> None:
    findings = _findings({"a": [41], "g": [":"], "h": [":"], "riket": [600]})
    assert "av kretsene" not in _one(findings, "a").head


def test_no_change_is_told_across_a_break() -> None:
    breaks = [{"year": 2021, "words": "ny telling"}]
    numbers = {"a": [30, 33, 41], "riket": [22, 22, 21]}
    assert len(_one(_findings(numbers), "a").sentences) == 2
    # Two years since the break would do, one does not.
    assert len(_one(_findings(numbers, breaks=breaks), "a").sentences) == 1


def test_what_is_near_is_no_finding_and_is_gathered() -> None:
    findings = _findings({"a": [41], "riket": [20.5]})
    assert findings.of("e") == []
    assert plain(findings.alike("e", [])) == "Omtrent som i Riket: mottakere."
    assert findings.alike("a", findings.of("a")) == ()


def test_an_equal_text_is_neither_above_nor_below() -> None:
    findings = _findings({"a": [3.2], "b": [2.8], "c": [9], "riket": [3.4]}, decimals=0)
    assert findings.of("b") == []


def test_measures_of_one_topic_give_one_finding() -> None:
    rows = [
        {"region": region, "year": 2020, "recipients": 20 + at, "others": 20 - at}
        for at, region in enumerate((*NAMES, "riket"))
    ]
    tables = {"mottak": tidy("mottak", rows, "recipients", "others")}
    of = {"source": "mottak", "columns": ["others"]}
    both: dict[str, dict[str, Any]] = {
        "m": {"per": None, "times": 1, "topic": "t"},
        "n": {"per": None, "times": 1, "topic": "t", "of": of},
    }
    findings = Findings(numbers_of(level(both), AREAS, tables), CATALOG)
    assert len(findings.of("a")) == 1


def test_a_sentence_that_does_not_hold_stops_the_build() -> None:
    findings = _findings({"a": [41], "riket": [22]})
    with pytest.raises(KgError, match=r"profilen sier «lavest.*, men "):
        findings.test(["lavest(profil-krets/m/*/2020 uten riket) = a"])


def test_estimates_give_no_findings() -> None:
    rows = [
        {"region": region, "recipients": 20 + 5 * at} for at, region in enumerate((*NAMES, "riket"))
    ]
    tables = {"mottak": tidy("mottak", rows, "recipients")}
    wanted = level({"m": {"per": None, "times": 1, "role": "estimate"}})
    estimated = Findings(numbers_of(wanted, AREAS, tables, mottak="estimat"), CATALOG)
    delivered = Findings(numbers_of(wanted, AREAS, tables, mottak="leveranse"), CATALOG)
    assert estimated.of("a") == []
    assert _one(delivered, "a").head == "Mottakere: lavest av kretsene"
