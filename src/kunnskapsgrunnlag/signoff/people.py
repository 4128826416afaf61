"""Who may sign, in which role and in which days, and who is expected to look at what."""

import re
from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.base.strict import StrictModel
from kunnskapsgrunnlag.base.yaml_errors import nearest, read_model

PEOPLE = "data/signoff/people.yaml"
Role = Literal["forfatter", "kontrollør", "godkjenner"]
# Who may approve: an author who is nothing else may not.
APPROVERS: tuple[Role, ...] = ("kontrollør", "godkjenner")
NAMED = re.compile(r"(.*?)\s*<([^<>]*)>")


class Person(StrictModel):
    """Somebody of the team, in one stretch of time.

    Attributes:
        email: Every address that the person has in git.
        since, until: The first and the last day; None for an end that is not known.
    """

    model_config = ConfigDict(populate_by_name=True)

    name: str
    email: list[str] = Field(min_length=1)
    roles: list[Role] = Field(min_length=1)
    since: date = Field(alias="from")
    until: date | None = None

    def is_here(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def has(self, email: str) -> bool:
        return email.casefold() in {address.casefold() for address in self.email}


class People(StrictModel):
    """The register; empty means that everybody with a git identity may sign.

    Attributes:
        people: One entry for each person and stretch; who comes back, or changes role, has two.
        assign: Pattern of a key -> who is expected to look at it. The first that fits counts.
    """

    people: list[Person] = Field(default_factory=list)
    assign: dict[str, str] = Field(default_factory=dict)

    def called(self, email: str) -> str:
        """The name in the register behind an address; empty if there is none."""
        return next((person.name for person in self.people if person.has(email)), "")

    def on(self, email: str, day: date) -> Person | None:
        """The entry that holds for an address on a day."""
        return next((p for p in self.people if p.has(email) and p.is_here(day)), None)

    def may(self, email: str, day: date, roles: tuple[Role, ...] = ()) -> bool:
        """Whether somebody may sign on a day, in one of these roles if there are any."""
        if not self.people:
            return True
        person = self.on(email, day)
        return person is not None and (not roles or bool(set(roles) & set(person.roles)))

    def is_here(self, name: str, day: date) -> bool:
        return any(person.name == name and person.is_here(day) for person in self.people)

    def assigned(self, key: str) -> str:
        """Who is expected to look at a thing; empty for nobody in particular."""
        return next((who for glob, who in self.assign.items() if fnmatchcase(key, glob)), "")

    def is_one_of(self, name: str, email: str, others: list[str]) -> bool:
        """Whether somebody is among `Name <email>`: same address, same entry, or same name."""
        own = self.called(email)
        for other in others:
            match = NAMED.fullmatch(other)
            their_name, their_email = (match[1], match[2]) if match else (other, "")
            known = self.called(their_email)
            if email.casefold() == their_email.casefold() or (own and own == known):
                return True
            if name.casefold() in (their_name.casefold(), known.casefold()):
                return True
        return False

    def same(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        return self.is_one_of(*one, [f"{other[0]} <{other[1]}>"])


def parse(text: str) -> People:
    people, _ = read_model(text, PEOPLE, People)
    _check(people)
    return people


def _check(people: People) -> None:
    owners: dict[str, str] = {}
    for person in people.people:
        for email in person.email:
            if owners.setdefault(email.casefold(), person.name) != person.name:
                raise KgError(
                    f"{PEOPLE}: {email} står både ved «{owners[email.casefold()]}» og ved "
                    f"«{person.name}». En adresse hører til ett navn: ta bort den ene."
                )
        if person.until and person.until < person.since:
            raise KgError(f"{PEOPLE}: «{person.name}»: «until» er før «from». Bytt om datoene.")
    names: Mapping[str, None] = dict.fromkeys(person.name for person in people.people)
    for glob, who in people.assign.items():
        if who not in names:
            raise KgError(
                f"{PEOPLE}: assign gir «{glob}» til «{who}», som ikke står under people."
                f"{nearest(who, names)}"
            )


def read_people(path: Path) -> People:
    return parse(read_written(path)) if path.is_file() else People()
