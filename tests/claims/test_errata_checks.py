import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.errata_checks import (
    FOUND,
    NOT_FOUND,
    UNTESTED,
    Edition,
    _spaced,
    as_if_right,
    found,
    read_edition,
    told,
)
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.claims.registry import all_claims
from kunnskapsgrunnlag.store.errata import Erratum, read_errata
from kunnskapsgrunnlag.store.values import Record, Store, merge
from kunnskapsgrunnlag.store.verify import Printed
from tests.conftest import ROOT, record_of, spaced

FOLDER = ROOT / "data" / "published" / "2022"
ERRATA = read_errata(FOLDER)
TESTED = [erratum for erratum in ERRATA if not erratum.check.reason]
FIRST, LAST = "tabell-1/antall/2019", "tabell-1/antall/2020"


@pytest.fixture(scope="session")
def edition(catalog: Catalog, real_records: dict[str, list[Record]]) -> Edition:
    items = ((key, {"values": records, "cells": {}}) for key, records in real_records.items())
    return read_edition(FOLDER, Store(merge(items)), catalog)


@pytest.mark.parametrize("erratum", TESTED, ids=lambda erratum: erratum.id)
def test_an_erratum_is_proven_by_numbers_of_the_editions_own_time(
    erratum: Erratum, edition: Edition
) -> None:
    """E06 was once proven by payments of 2024."""
    finding = found(erratum, edition, all_claims())
    words = finding.because + "".join(part.words for part in finding.arithmetic)
    cited = [part.address for part in finding.arithmetic if part.address]
    if erratum.check.claim:
        judge = all_claims()[erratum.check.claim].judge
        cited += [number.address for number in judge(Numbers(edition.store)).numbers]

    assert [y for y in re.findall(r"\b20\d\d\b", words) if int(y) > 2021] == []
    for address in cited:
        record = edition.store.values[address]
        assert record.get("year", 2020) <= 2021
        if address in edition.printed and address not in edition.misprints:
            assert record["text"] == _spaced(edition.printed[address].text)


@pytest.fixture
def small() -> Edition:
    """Two printed years, of which the last is a misprint, and a year after the edition."""
    printed = {FIRST: Printed(FIRST, "1 500", 1, "5"), LAST: Printed(LAST, "140", 1, "5")}
    records = [
        record_of(FIRST, spaced("1 480"), 1480.0, year=2019),
        record_of(LAST, spaced("1 400"), 1400.0, year=2020),
        record_of("tabell-1/antall/2021", spaced("1 900"), 1900.0, year=2021),
    ]
    held = {"values": {r["address"]: r for r in records}, "years": {}, "cells": {}}
    return Edition(printed, Store(held), frozenset({LAST}))


def erratum_of(**more: Any) -> Erratum:
    held = {
        "id": "E1",
        "title": "Tittel",
        "kind": "tekst",
        "grade": "sterk",
        "sections": ["5.1"],
        "said": "At {før} ble flere.",
        "right": "Det ble færre.",
        "numbers": {"før": FIRST, "nå": LAST, "sagt": "1 600"},
        "arithmetic": "{nå} − {før} = {= nå - før} ({= nå / før * 100 : 1} prosent)",
        "check": {"arithmetic": "nå > før"},
    }
    return Erratum.model_validate(held | more)


def words(erratum: Erratum, template: str, edition: Edition) -> str:
    return "".join(part.words for part in told(erratum, template, edition))


def test_all_errata_are_there_once() -> None:
    assert [erratum.id for erratum in ERRATA] == [f"E{number:02}" for number in range(1, 63)]


@pytest.mark.parametrize("erratum", TESTED, ids=lambda erratum: erratum.id)
def test_an_erratum_is_found_on_the_printed_numbers(erratum: Erratum, edition: Edition) -> None:
    assert found(erratum, edition, all_claims()).state == FOUND


@pytest.mark.parametrize("erratum", TESTED, ids=lambda erratum: erratum.id)
def test_no_erratum_is_found_had_the_edition_been_right(erratum: Erratum, edition: Edition) -> None:
    assert found(*as_if_right(erratum, edition), all_claims()).state == NOT_FOUND


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda erratum: erratum.id)
def test_an_erratum_can_be_told(erratum: Erratum, edition: Edition, catalog: Catalog) -> None:
    texts = [erratum.said, erratum.right, erratum.arithmetic]

    assert not any("{" in words(erratum, text, edition) for text in texts)
    assert erratum.right_if.keys() <= erratum.numbers.keys() | edition.printed.keys()
    assert set(erratum.items) <= set(catalog.numbered)


def test_a_sum_is_told_with_its_numbers_and_their_addresses(small: Edition) -> None:
    finding = found(erratum_of(), small, {})

    said = "".join(part.words for part in finding.arithmetic)
    assert said == f"{spaced('1 400')} − {spaced('1 500')} = −100 (93,3 prosent)"
    assert [part.address for part in finding.arithmetic if part.address] == [LAST, FIRST]


def test_an_erratum_is_judged_by_print_and_not_by_newer_numbers(small: Edition) -> None:
    assert small.store.get(FIRST)["value"] == 1500


def test_a_misprint_gives_way_to_the_computed_number(small: Edition) -> None:
    assert small.store.get(LAST)["value"] == 1400


def test_a_printed_number_that_no_item_computes_is_still_the_editions(small: Edition) -> None:
    gone = replace(small, computed=Store({"values": {}, "years": {}, "cells": {}}))

    assert [n.value for n in Numbers(gone.store).series("tabell-1", "antall")] == [1500, 140]


def test_years_after_the_edition_are_left_out(small: Edition) -> None:
    assert "tabell-1/antall/2021" not in small.store.values


def test_a_printed_number_is_told_as_it_was(small: Edition) -> None:
    said = words(erratum_of(), f"{{trykt:{LAST}}} ble {{{LAST}}}", small)

    assert said == f"140 ble {spaced('1 400')}"


def test_a_misprint_is_found_by_comparison(small: Edition) -> None:
    finding = found(erratum_of(check={"printed": [LAST]}), small, {})

    assert finding.state == FOUND
    assert finding.because == f"trykt 140, regnet ut {spaced('1 400')}"


def test_what_was_right_is_put_in_for_names_and_addresses(small: Edition) -> None:
    erratum = erratum_of(check={"arithmetic": "sagt < nå"}, right_if={"sagt": "10", LAST: "11"})

    assert found(erratum, small, {}).state == FOUND
    assert found(*as_if_right(erratum, small), {}).state == NOT_FOUND


def test_an_erratum_that_cannot_be_tested_says_why(small: Edition) -> None:
    finding = found(erratum_of(check={"reason": "En note."}), small, {})

    assert (finding.state, finding.because) == (UNTESTED, "En note.")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"check": {"claim": "x"}}, "E1: no claim «x»"),
        ({"arithmetic": "{fær}"}, "E1: «fær» is neither an address nor among its numbers"),
        ({"arithmetic": "{trykt:tabell-1/x}"}, "E1: nothing was printed at «tabell-1/x»"),
        ({"arithmetic": "{tabell-1/antall/2018}"}, "raden for 2018 finnes ikke i tabell-1"),
    ],
)
def test_what_an_erratum_names_must_be_there(
    more: dict[str, Any], said: str, small: Edition
) -> None:
    with pytest.raises(KgError, match=said):
        found(erratum_of(**more), small, {})


@pytest.mark.parametrize("check", [{}, {"claim": "a", "reason": "b"}])
def test_an_erratum_has_one_check(check: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "errata.yaml").write_text(
        "- {id: E1, title: a, kind: tekst, grade: svak, sections: ['1'], said: b, right: c, "
        f"check: {check}}}",
        encoding="utf-8",
    )

    with pytest.raises(KgError, match=r"errata\.yaml: E1: check: .*write one of claim"):
        read_errata(tmp_path)
