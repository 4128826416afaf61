"""The cause of a change: by the first rule that fits."""

from pathlib import Path
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.editions.declared import FILE, Declared, read_declared
from kunnskapsgrunnlag.editions.published import PublishedEdition
from tests.editions.made import between, by_region, edition, item, number, source

REGISTERED = {
    "date": "2026-03-01",
    "reason": "Ny inndeling",
    "sha256_cells": "1",
    "cause": "kodeendring",
}


def cause(
    old: PublishedEdition, new: PublishedEdition, declared: Declared | None = None
) -> tuple[str, str]:
    (found,) = between(old, new, declared).changed
    return found.cause, found.reason


def pair(**new: Any) -> tuple[PublishedEdition, PublishedEdition]:
    """The same year in both editions, from other cells; `new` is of the later item."""
    return (
        edition("2022", number("belop/2020", 1)),
        edition("2026", number("belop/2020", 2, "b"), held=item(**new)),
    )


def declared(tmp_path: Path, *lines: str) -> Declared:
    path = tmp_path / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["changes:", *(f"  {line}" for line in lines)]), encoding="utf-8")
    return read_declared(tmp_path)


def said(where: str, cause: str = "var-feil") -> list[str]:
    return ['- edition: "2026"', f"  {where}", f"  cause: {cause}", "  reason: Året var galt."]


def test_another_period_is_no_revision() -> None:
    old = edition("2022", number("belop/oslo", 1), held=by_region(2020))
    new = edition("2026", number("belop/oslo", 2, "b"), held=by_region(2025))
    assert cause(old, new) == ("ny-periode", "fra 2020 til 2025")


def test_the_newest_registration_that_the_older_edition_had_not_tells_the_cause() -> None:
    newer = REGISTERED | {"date": "2026-08-01", "cause": "revidert-av-eier", "reason": "Rettet"}
    one = pair(sources={"k": source("1", history=(REGISTERED,))})
    two = pair(sources={"k": source("1", history=(newer, REGISTERED))})
    assert cause(*one) == ("kodeendring", "Ny inndeling")
    assert cause(*two) == ("revidert-av-eier", "Rettet")


def test_a_registration_that_both_editions_have_explains_nothing_new() -> None:
    known = item(sources={"k": source(history=(REGISTERED,))})
    old = edition("2022", number("belop/2020", 1), held=known)
    new = edition("2026", number("belop/2020", 2, "b"), held=known)
    assert cause(old, new) == ("uforklart", "")


def test_an_owner_who_gives_other_numbers_has_revised_them() -> None:
    assert cause(*pair(sources={"k": source("1")})) == ("revidert-av-eier", "Eier")


def test_an_estimate_that_became_a_delivery_is_told_so() -> None:
    old = edition("2022", number("belop/2020", 1, origin="estimat"))
    new = edition("2026", number("belop/2020", 2, "b", origin="leveranse"))
    assert cause(old, new) == ("ny-leveranse", "anslag erstattet av leveranse")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"formulas": {"belop": "delt på to"}}, "regnes nå slik: delt på to"),
        ({"settings": {"rent": 3}}, "forutsetningene er endret"),
    ],
)
def test_the_same_data_in_another_way_are_our_method(changes: Any, reason: str) -> None:
    old = edition("2022", number("belop/2020", 1))
    new = edition("2026", number("belop/2020", 2), held=item(**changes))
    assert cause(old, new) == ("var-metode", reason)


def test_growth_since_another_first_year_is_a_new_period() -> None:
    old = edition("2022", number("belop/2016", 1), number("vekst/2020", 5))
    new = edition("2026", number("belop/2018", 1), number("vekst/2020", 7, "b"))
    assert cause(old, new) == ("ny-periode", "regnes nå fra 2018 og ikke fra 2016")


def test_what_nothing_explains_is_named_as_that() -> None:
    diff = between(
        edition("2022", number("belop/2020", 1)), edition("2026", number("belop/2020", 2))
    )
    assert diff.causes == {"uforklart": 1}
    assert [each.address for each in diff.unexplained] == ["tabell-1/belop/2020"]


@pytest.mark.parametrize(
    "where", ["items: [tabell-1]", 'addresses: ["tabell*20"]', 'addresses: ["tabell-1/*/2020"]']
)
def test_what_people_declared_counts_first(tmp_path: Path, where: str) -> None:
    editions = pair(sources={"k": source("1", history=(REGISTERED,))})
    assert cause(*editions, declared(tmp_path, *said(where))) == ("var-feil", "Året var galt.")


def test_a_declaration_of_another_edition_is_left_alone(tmp_path: Path) -> None:
    lines = said("items: [tabell-1]")
    lines[0] = '- edition: "2024"'
    assert cause(*pair(), declared(tmp_path, *lines)) == ("uforklart", "")


def test_a_declaration_that_explains_no_change_is_named_with_its_line(tmp_path: Path) -> None:
    told = declared(tmp_path, *said("items: [tabell-1]"), *said("items: [tabell-9]"))
    with pytest.raises(KgError, match=r"endringer.yaml, linje 6: .* ved tabell-9, fant ingen"):
        between(*pair(), told)


@pytest.mark.parametrize(
    ("where", "cause_said", "message"),
    [
        ("items: [tabell-1]", "vaer", "linje 4: changes.0.cause"),
        ("item: [tabell-1]", "var-feil", "linje 3: changes.0.item: ukjent nøkkel «item»"),
        ("items: []", "var-feil", "skriv hvilke «items» eller «addresses»"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, where: str, cause_said: str, message: str
) -> None:
    with pytest.raises(KgError, match=message):
        declared(tmp_path, *said(where, cause_said))


def test_without_a_file_nothing_is_declared(tmp_path: Path) -> None:
    assert read_declared(tmp_path) == Declared()
