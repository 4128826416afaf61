"""Areas that merge, split or change code: what a series does there, as its policy says.

keep: the same area under a new code goes on. sum: areas that merged wholly into one are summed
before the merger. break: the series ends, and another starts. Where a policy does not fit what
happened, there is an error; no policy fills a gap or takes a missing area for zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from kunnskapsgrunnlag.base.errors import KgError

Policy = Literal["keep", "sum", "break"]


@dataclass(frozen=True, order=True)
class Code:
    """A code of a classification and when it is valid.

    Attributes:
        parent: The code above it, or "".
        valid_from: First day (ISO). KLASS cuts at the start of the period asked for.
        valid_to: The day after the last, or "" if none is known.
    """

    code: str
    name: str
    parent: str = ""
    level: str = ""
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, order=True)
class Change:
    """One old code and one new: several changes of one date make a merger or a split.

    Attributes:
        date: The first day of the new code (ISO).
        old_code: "" where the area was in no code before.
        new_code: "" where the area is in no code after.
    """

    date: str
    old_code: str
    old_name: str
    new_code: str
    new_name: str


@dataclass(frozen=True)
class Spell:
    """The codes whose sum is the area, from a day until the day before another ("" if open)."""

    codes: tuple[str, ...]
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Series:
    """An area through time.

    Attributes:
        code: Its last code.
        starts: Day of the break that it starts with, or "".
        ends: Day of the break that it ends with, or "".
    """

    code: str
    spells: tuple[Spell, ...]
    starts: str = ""
    ends: str = ""

    def codes_on(self, day: str) -> tuple[str, ...]:
        """The codes to sum on a day (ISO); none means that there is no number, which is not 0."""
        for spell in self.spells:
            if spell.start <= day and (not spell.end or day < spell.end):
                return spell.codes
        return ()


@dataclass(frozen=True)
class Event:
    """All changes of one day that have a code in common."""

    day: str
    pairs: tuple[Change, ...]

    @property
    def old(self) -> tuple[str, ...]:
        """The codes before."""
        return tuple(sorted({each.old_code for each in self.pairs if each.old_code}))

    @property
    def new(self) -> tuple[str, ...]:
        """The codes after."""
        return tuple(sorted({each.new_code for each in self.pairs if each.new_code}))

    @property
    def is_name_only(self) -> bool:
        """Whether one code goes on as it is, perhaps under another name."""
        return self.old == self.new and len(self.old) == 1

    def __str__(self) -> str:
        old = {f"{each.old_code} {each.old_name}" for each in self.pairs if each.old_code}
        new = {f"{each.new_code} {each.new_name}" for each in self.pairs if each.new_code}
        return f"{' + '.join(sorted(old)) or '∅'} → {' + '.join(sorted(new)) or '∅'}"


def apply_policy(
    series_codes: Iterable[str], changes: Iterable[Change], policy: Policy
) -> list[Series]:
    """The areas of a table through time.

    Args:
        changes: All that happened in the table's years. A code that goes on while another joins it
            must be in them as a pair of its own (`with_kept` adds those).

    Raises:
        KgError: If a change is not of the kind that the policy is for, or the table lacks a code
            of an area that is to be joined.
    """
    codes = {*series_codes}
    events = [each for each in events_of(changes) if codes & {*each.old, *each.new}]
    later = _starting_later(events)
    going = {code: Series(code, (Spell((code,)),)) for code in codes - later}
    done: list[Series] = []
    # All changes of a day at once: a code can be given up and taken by another area that day.
    for day, of_day in groupby(events, key=lambda each: each.day):
        held = [each for each in of_day if not each.is_name_only]
        before = {code: going.pop(code) for each in held for code in each.old if code in going}
        _refuse_confused(held, going, day)
        if policy == "break":
            done += [_until(each, day, ends=day) for each in before.values()]
            new = codes & {code for each in held for code in each.new}
            going |= {code: Series(code, (Spell((code,), day),), starts=day) for code in new}
            continue
        for event in held:
            _refuse_misfit(event, codes, policy, {*before})
            going |= {event.new[0]: _joined(event, [before[code] for code in event.old])}
    return sorted([*done, *going.values()], key=lambda each: (each.code, each.starts))


def events_of(changes: Iterable[Change]) -> list[Event]:
    """The changes that belong together, by day."""
    groups: list[list[Change]] = []
    for change in sorted({*changes}):
        ends = {("old", change.old_code), ("new", change.new_code)} - {("old", ""), ("new", "")}
        touching = [g for g in groups if g[0].date == change.date and ends & _ends(g)]
        groups = [g for g in groups if g not in touching]
        groups.append([change, *(each for group in touching for each in group)])
    return sorted(
        (Event(g[0].date, tuple(sorted(g))) for g in groups), key=lambda e: (e.day, e.old)
    )


def _ends(group: list[Change]) -> set[tuple[str, str]]:
    return {("old", each.old_code) for each in group} | {("new", each.new_code) for each in group}


def _starting_later(events: list[Event]) -> set[str]:
    """Codes that did not exist when the table's years begin."""
    seen: set[str] = set()
    later: set[str] = set()
    for _, of_day in groupby(events, key=lambda each: each.day):
        held = list(of_day)
        old = {code for each in held for code in each.old}
        new = {code for each in held for code in each.new}
        later |= new - old - seen
        seen |= old | new
    return later


def _until(series: Series, day: str, ends: str = "") -> Series:
    last = replace(series.spells[-1], end=day)
    return replace(series, spells=(*series.spells[:-1], last), ends=ends)


def _joined(event: Event, before: list[Series]) -> Series:
    """The area of a new code; before, the sum of the areas that it was made of."""
    parts = [_until(each, event.day) for each in before]
    days = sorted({day for part in parts for each in part.spells for day in (each.start, each.end)})
    spells = (
        Spell(tuple(code for part in parts for code in part.codes_on(start)), start, end)
        for start, end in pairwise(days)
    )
    return Series(event.new[0], (*spells, Spell(event.new, event.day)))


def _refuse_confused(events: list[Event], going: dict[str, Series], day: str) -> None:
    """A code that is given to an area while another still has it would swallow a series."""
    for event in events:
        if taken := [code for code in event.new if code in going]:
            raise KgError(
                f"{event}: on {day} the code {taken[0]} is given to an area while it already "
                "stands for one. The list of changes is not whole: report it to SSB."
            )


def _refuse_misfit(event: Event, codes: set[str], policy: Policy, before: set[str]) -> None:
    joinable = len(event.new) == 1 and event.old
    if not joinable or (policy == "keep" and len(event.old) > 1):
        happened = "a split" if len(event.new) > 1 else "a merger" if event.old else "a new area"
        happened = happened if event.new else "an area that ended"
        fits = "sum or break" if joinable else "break"
        raise KgError(
            f"{event}: expected what the policy {policy!r} is for on {event.day}, found "
            f"{happened}. "
            f"Choose the policy {fits} for this series in params.yaml."
        )
    if lacking := sorted({*event.old, *event.new} - codes):
        raise KgError(
            f"{event}: the policy {policy!r} needs all of these areas on {event.day}, the table "
            f"lacks {', '.join(lacking)}. Add them to the query in params.yaml, or choose break."
        )
    if gone := sorted({*event.old} - before):
        raise KgError(
            f"{event}: on {event.day} the code {gone[0]} is given up, and it was given up before. "
            "The list of changes is not whole: report it to SSB."
        )
