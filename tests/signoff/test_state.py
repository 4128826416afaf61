"""Where a thing stands: approved by another than its author, with just this content."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.signoff.content import Thing
from kunnskapsgrunnlag.signoff.ledger import Entry, Seen
from kunnskapsgrunnlag.signoff.people import People
from kunnskapsgrunnlag.signoff.state import (
    APPROVED,
    BY_AUTHOR,
    LAPSED,
    RETURNED,
    WAITING,
    State,
    release_approvals,
    release_content,
    release_lacks,
    states,
)
from tests.signoff.parts import entry, register, thing

TODAY = date(2026, 4, 1)
FIRST, SECOND, THIRD = thing("846"), thing("851"), thing("850")
KEPT = {each.content: each.parts for each in (FIRST, SECOND, THIRD)}


def state(now: Thing, *entries: Entry, people: People | None = None) -> State:
    return states([now], entries, people or People(), TODAY, KEPT.get)[0]


def test_nothing_said_waits_and_an_author_alone_does_not_approve() -> None:
    own = entry(FIRST, "Forfatter")
    first, second = state(FIRST), state(FIRST, own)
    assert (first.name, first.waits_on) == (WAITING, "kontrollør")
    assert (second.name, second.waits_on) == (BY_AUTHOR, "en annen enn Forfatter")
    assert state(FIRST, entry(FIRST)).is_approved
    assert state(FIRST, own, entry(FIRST, day=1)).is_approved


@pytest.mark.parametrize(
    "email", ["FORFATTER@example.org", "annen@example.org", "privat@example.org"]
)
def test_an_author_under_another_address_is_still_the_author(email: str) -> None:
    """The name gives her away, or the register does."""
    own = entry(FIRST, "Forfatter", email=email)
    assert state(FIRST, own).name == BY_AUTHOR


def test_a_revision_in_the_middle_of_a_review() -> None:
    """What changed falls, and says what changed; what did not, stands; nothing is lost."""
    other = thing("12", key="figur-2")
    said = [entry(FIRST), entry(other, day=1)]
    held = states([SECOND, other], said, People(), TODAY, KEPT.get)
    assert [each.name for each in held] == [LAPSED, APPROVED]
    assert held[0].comment == "1 tall endret: figur-1/belop/2020: 846 → 851"
    assert held[0].earlier == said[0]


def test_a_delivery_that_is_corrected_twice_and_comes_back_to_what_was_approved() -> None:
    said = [
        entry(FIRST),
        entry(SECOND, "Godkjenner", "returned", day=2, comment="Feil år"),
    ]

    assert state(FIRST, *said[:1]).name == APPROVED
    assert state(SECOND, *said).name == RETURNED
    assert state(SECOND, *said).comment == "Godkjenner: Feil år"
    assert state(THIRD, *said).name == LAPSED
    assert state(FIRST, *said).name == APPROVED
    assert state(SECOND, *said).name == RETURNED


def test_an_approver_who_leaves_keeps_what_she_approved_and_gives_nothing_new() -> None:
    left = register("Forfatter", "Godkjenner", Kontrollør="2026-03-20")
    before, after = entry(FIRST, day=1), entry(SECOND, day=20)
    stranger = entry(FIRST, "Noen")
    assert state(FIRST, stranger, people=left).name == WAITING
    assert state(FIRST, before, people=left).is_approved
    assert state(SECOND, before, after, people=left).name == LAPSED
    assert state(SECOND, before, after, entry(SECOND, "Godkjenner"), people=left).is_approved


def test_what_was_given_to_a_leaver_waits_for_the_others() -> None:
    here = register("Forfatter", "Kontrollør", assign={"figur-*": "Kontrollør"})
    left = register("Forfatter", assign={"figur-*": "Kontrollør"}, Kontrollør="2026-03-20")
    assert state(FIRST, people=here).waits_on == "Kontrollør"
    assert (
        state(FIRST, people=left).waits_on
        == "hvem som helst med rollen kontrollør (Kontrollør er sluttet)"
    )


def test_who_withdraws_takes_back_her_own_approval_only() -> None:
    said = [entry(FIRST), entry(FIRST, "Godkjenner", day=1)]
    assert state(FIRST, *said, entry(FIRST, "Godkjenner", "withdrawn", day=2)).is_approved
    assert state(FIRST, said[0], entry(FIRST, verdict="withdrawn", day=2)).name == WAITING
    assert state(FIRST, said[0], entry(SECOND, verdict="withdrawn", day=2)).name == WAITING


def test_a_return_stands_over_approvals_until_it_is_settled() -> None:
    back = entry(FIRST, "Godkjenner", "returned", day=1, comment="Feil")
    said = [entry(FIRST), back]
    assert state(FIRST, *said).name == RETURNED
    assert state(FIRST, *said).waits_on == "Forfatter"
    assert state(FIRST, *said, entry(FIRST, "Godkjenner", day=2)).is_approved
    assert state(FIRST, *said, entry(FIRST, "Kontrollør", "resolved", day=2)).is_approved
    # An author cannot settle a return of her own work.
    assert state(FIRST, *said, entry(FIRST, "Forfatter", "resolved", day=2)).name == RETURNED


def test_a_change_whose_old_content_is_not_kept_is_told_all_the_same() -> None:
    unknown = entry(thing("1"))
    assert state(FIRST, unknown).comment == "innholdet er endret"


VERDICTS = st.sampled_from(["approved", "returned", "withdrawn", "resolved"])
LINES = st.lists(
    st.tuples(st.sampled_from(["Forfatter", "Kontrollør", "Godkjenner"]), VERDICTS,
              st.sampled_from([FIRST, SECOND])), max_size=8)  # fmt: skip


@given(LINES)
def test_only_another_than_the_author_approves_and_only_what_she_has_seen(lines: list[Any]) -> None:
    said = [entry(of, who, verdict, day=at) for at, (who, verdict, of) in enumerate(lines)]
    own = [e for e in said if e.content == FIRST.content or e.verdict == "withdrawn"]
    approvers = {e.by for e in said if e.verdict == "approved" and e.content == FIRST.content}
    assert not state(FIRST, *said).is_approved or approvers - {"Forfatter"}
    assert not state(THIRD, *said).is_approved
    # What was said of other content changes nothing, but by withdrawal.
    assert state(FIRST, *said).is_approved == state(FIRST, *own).is_approved


OTHER = thing("12", key="figur-2")
PARTS = [entry(FIRST), entry(OTHER, seen=Seen(authors=["Godkjenner <godkjenner@example.org>"]))]


def edition(*things: Thing) -> list[State]:
    return states(things or [FIRST, OTHER], PARTS, People(), TODAY, lambda _: None)


def signed(held: list[State], *names: str) -> list[Entry]:
    whole = Thing("release", "utgave", "Utgaven", {}, "")
    content = release_content(held)
    return [entry(whole, who, day=9 + at, content=content) for at, who in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "lacks"),
    [
        ([], "0 av 2 har godkjent utgaven"),
        (["Kontrollør"], "1 av 2 har godkjent utgaven"),
        (["Kontrollør", "Kontrollør"], "1 av 2 har godkjent utgaven"),
        (["Kontrollør", "Forfatter"], ""),
        (["Forfatter", "Godkjenner"], ""),
    ],
)
def test_two_different_people_sign_a_release(names: list[str], lacks: str) -> None:
    held = edition()
    assert "; ".join(release_lacks(held, signed(held, *names), People())) == lacks


def test_two_authors_of_the_same_part_do_not_sign_it_out_alone() -> None:
    both = Seen(authors=["Forfatter <f@example.org>", "Godkjenner <godkjenner@example.org>"])
    held = states([FIRST], [entry(FIRST, seen=both)], People(), TODAY, lambda _: None)
    lacks = release_lacks(held, signed(held, "Forfatter", "Godkjenner"), People())
    assert lacks == ("alle som har godkjent utgaven, har selv skrevet Figur 1 Tittel",)


def test_any_change_takes_both_signatures_of_a_release() -> None:
    said = signed(edition(), "Kontrollør", "Godkjenner")
    changed = edition(SECOND, OTHER)
    assert len(release_approvals(edition(), said, People())) == 2
    assert release_approvals(changed, said, People()) == ()
    assert release_lacks(changed, said, People())[0] == "1 av 2 deler er ikke godkjent"


def test_a_release_that_somebody_returned_stays_back() -> None:
    held = edition()
    said = signed(held, "Kontrollør", "Godkjenner")
    back = said[0].model_copy(update={"verdict": "returned", "by": "Leser", "comment": "Vent",
                                      "email": "leser@example.org"})  # fmt: skip
    assert release_lacks(held, [*said, back], People()) == ("utgaven er returnert av Leser: Vent",)


def test_with_a_register_one_of_the_two_is_godkjenner() -> None:
    people = register("Forfatter", "Kontrollør", "Godkjenner")
    plain = People(
        people=[p.model_copy(update={"roles": ["kontrollør"]}) for p in people.people], assign={}
    )
    held = edition()
    said = signed(held, "Kontrollør", "Forfatter")

    assert release_lacks(held, said, people) == ()
    assert release_lacks(held, said, plain) == (
        "ingen av dem som har godkjent utgaven, har rollen godkjenner",
    )
