"""Who may sign: everybody while the register is empty, then those in it, in their days."""

from datetime import date

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.signoff.people import People, parse, read_people
from tests.checkout import ROOT
from tests.signoff.parts import address, register

DAY = date(2026, 4, 1)
TWO = """people:
  - name: Kontrollør
    email: [kontrollor@example.org, k@example.org]
    roles: [kontrollør]
    from: 2026-01-01
    until: 2026-06-30
  - name: Forfatter
    email: [forfatter@example.org]
    roles: [forfatter]
    from: 2026-01-01
assign:
  figur-2*: Kontrollør
  "*": Forfatter
"""


def test_the_register_that_we_ship_is_empty_and_refuses_nobody() -> None:
    assert read_people(ROOT / "data" / "signoff" / "people.yaml") == People()
    assert People().may("hvem@example.org", DAY, ("godkjenner",))


@pytest.mark.parametrize(
    ("email", "day", "may"),
    [
        ("K@example.org", DAY, True),
        ("kontrollor@example.org", date(2026, 6, 30), True),
        ("kontrollor@example.org", date(2026, 7, 1), False),
        ("kontrollor@example.org", date(2025, 12, 31), False),
        ("forfatter@example.org", DAY, False),
        ("hvem@example.org", DAY, False),
    ],
)
def test_role_and_days_decide(email: str, day: date, may: bool) -> None:
    assert parse(TWO).may(email, day, ("kontrollør", "godkjenner")) == may


def test_the_first_pattern_that_fits_says_who_is_expected() -> None:
    assert parse(TWO).assigned("figur-27") == "Kontrollør"
    assert parse(TWO).assigned("kapittel-6") == "Forfatter"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("Noen <K@Example.org>", True),
        ("kontrollør <ny@example.org>", True),
        ("Forfatter <forfatter@example.org>", False),
    ],
)
def test_one_person_under_several_addresses_is_one(other: str, same: bool) -> None:
    assert parse(TWO).is_one_of("K. Ontrollør", "kontrollor@example.org", [other]) == same or (
        parse(TWO).is_one_of("Kontrollør", "kontrollor@example.org", [other]) == same
    )


def test_who_comes_back_in_another_role_has_two_entries() -> None:
    again = TWO.replace(
        "assign:",
        """  - name: Kontrollør
    email: [kontrollor@example.org]
    roles: [godkjenner]
    from: 2026-09-01
assign:""",
    )

    assert not parse(again).may("kontrollor@example.org", date(2026, 8, 1))
    assert parse(again).may("kontrollor@example.org", date(2026, 9, 1), ("godkjenner",))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("roles: [forfatter]", "roles: [sjef]", r"people.yaml, linje 9: people.1.roles.0"),
        ("figur-2*: Kontrollør", "figur-2*: Kontrolør", "«Kontrolør».*Mente du «Kontrollør»"),
        ("[forfatter@", "[K@", "står både ved «Kontrollør» og ved «Forfatter»"),
        ("until: 2026-06-30", "until: 2025-06-30", "«until» er før «from»"),
        ("    email: [forfatter@example.org]\n", "", "nøkkelen «email» mangler"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, said: str) -> None:
    with pytest.raises(KgError, match=said):
        parse(TWO.replace(old, new))


def test_a_leaver_stays_in_the_register() -> None:
    people = register("Forfatter", Kontrollør="2026-05-01")
    assert people.called(address("Kontrollør")) == "Kontrollør"
    assert not people.is_here("Kontrollør", date(2026, 5, 2))
