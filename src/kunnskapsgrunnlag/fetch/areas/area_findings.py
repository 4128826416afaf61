"""What people should know of a table's areas: changed, renamed, reused, alike, not checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.fetch.areas.area_codes import Change, Code, Policy, apply_policy, events_of

# K-0301 and F-03 in code lists, 030101a in table 10826.
_WRITTEN = re.compile(r"(?:[KF]-)?(\d\d|\d{4}|\d{6})a?")
_PERIOD = re.compile(r"(\d{4})(?:([MK])(\d{1,2}))?")
_DONE: dict[Policy, str] = {
    "keep": "samme område, serien føres videre",
    "sum": "slått sammen, summert før endringen",
    "break": "brudd i serien",
}


@dataclass(frozen=True)
class Finding:
    """Something about areas that people should know.

    Attributes:
        kind: changed, renamed, reused (a code for two areas), same-name (an area's name in two
            counties) or unknown (not a code of the classification, hence not checked).
        message: In Norwegian, for the summary of a fetch.
    """

    kind: Literal["changed", "renamed", "reused", "same-name", "unknown"]
    codes: tuple[str, ...]
    message: str


def day_of(period: str) -> str:
    """First day (ISO) of a year, a month (2015M05) or a quarter (2015K2).

    Raises:
        KgError: If it is no period.
    """
    found = _PERIOD.fullmatch(period)
    if not found:
        raise KgError(f"expected a period such as 2015, 2015M05 or 2015K2, found {period!r}.")
    year, unit, number = found.groups()
    month = 3 * int(number) - 2 if unit == "K" else int(number or 1)
    if not 1 <= month <= 12:
        raise KgError(f"expected a period such as 2015M05 or 2015K2, found {period!r}.")
    return f"{year}-{month:02d}-01"


def region_findings(
    codes: Iterable[str],
    known: Sequence[Code],
    changes: Iterable[Change],
    days: tuple[str, str],
    policy: Policy,
) -> list[Finding]:
    """What happened to a table's areas from its first to its last day (ISO).

    Args:
        codes: As the table writes them.
        known: All codes of the classification in that time.

    Raises:
        KgError: If the policy does not fit what happened, or no code is of the classification.
    """
    first, last = days
    written = {code: found[1] for code in codes if (found := _WRITTEN.fullmatch(code))}
    ours = {*written.values()} & {each.code for each in known}
    if not ours:
        raise KgError(
            f"expected region codes such as {known[0].code if known else '0301'}, found "
            f"{', '.join(sorted(codes)[:5]) or 'none'}. Check «classification» and «variable» "
            "under «regions» in params.yaml."
        )
    said = {*changes}
    happened = [each for each in with_kept(said, known) if first < each.date <= last]
    apply_policy(ours, happened, policy)
    unchecked = sorted(code for code in codes if written.get(code) not in ours)
    return [
        *_changed(ours, happened, policy),
        *_reused(ours, known, said),
        *_alike(ours, known),
        *_unchecked(unchecked, known, first),
    ]


def with_kept(changes: Iterable[Change], known: Sequence[Code]) -> list[Change]:
    """The changes, with what the list of changes leaves unsaid.

    KLASS does not say that a code goes on while another joins it, and a code can end or start
    without a change. All of these are added, so that no policy overlooks them.
    """
    whole = {*changes}
    for day in {each.date for each in whole}:
        whole |= _going_on([each for each in whole if each.date == day], known, day)
    old = {(each.date, each.old_code) for each in whole}
    new = {(each.date, each.new_code) for each in whole}
    begin = min((each.valid_from for each in known), default="")
    for code in known:
        if code.valid_to and (code.valid_to, code.code) not in old:
            after = _valid(code.code, known, code.valid_to)
            names = (code.code, after.name) if after else ("", "")
            whole.add(Change(code.valid_to, code.code, code.name, *names))
        if code.valid_from > begin and (code.valid_from, code.code) not in new:
            before = _valid_before(code.code, known, code.valid_from)
            names = (code.code, before.name) if before else ("", "")
            whole.add(Change(code.valid_from, *names, code.code, code.name))
    return sorted(whole)


def _going_on(pairs: list[Change], known: Sequence[Code], day: str) -> set[Change]:
    """A pair for each code of these changes that was and is valid, and stands for one area."""
    old = {each.old_code for each in pairs if each.old_code != each.new_code}
    new = {each.new_code for each in pairs if each.old_code != each.new_code}
    going = set()
    for code in (old | new) - {""}:
        before, after = _valid_before(code, known, day), _valid(code, known, day)
        if before and after and (before.name == after.name or not (code in old and code in new)):
            going.add(Change(day, code, before.name, code, after.name))
    return going


def _valid(code: str, known: Sequence[Code], day: str) -> Code | None:
    held = (each for each in known if each.code == code and each.valid_from <= day)
    return next((each for each in held if not each.valid_to or day < each.valid_to), None)


def _valid_before(code: str, known: Sequence[Code], day: str) -> Code | None:
    held = (each for each in known if each.code == code and each.valid_from < day)
    return next((each for each in held if not each.valid_to or day <= each.valid_to), None)


def _changed(ours: set[str], happened: list[Change], policy: Policy) -> Iterable[Finding]:
    for event in events_of(happened):
        if not ours & {*event.old, *event.new}:
            continue
        touched = tuple(sorted({*event.old, *event.new}))
        names = {each.old_name for each in event.pairs} ^ {each.new_name for each in event.pairs}
        if not event.is_name_only:
            yield Finding("changed", touched, f"{event.day}: {event} ({_DONE[policy]})")
        elif names:
            yield Finding("renamed", touched, f"{event.day}: {event} (nytt navn, samme kode)")


def _reused(ours: set[str], known: Sequence[Code], said: set[Change]) -> Iterable[Finding]:
    """A code with two names, and no change that says that it is one area."""
    same = {(each.date, each.old_code) for each in said if each.old_code == each.new_code}
    for code in sorted(ours):
        spells = sorted((e for e in known if e.code == code), key=lambda e: e.valid_from)
        for before, after in pairwise(spells):
            if before.name != after.name and (after.valid_from, code) not in same:
                yield Finding(
                    "reused",
                    (code,),
                    f"Koden {code} er brukt om {before.name} til {before.valid_to} og om "
                    f"{after.name} fra {after.valid_from}: kontroller at det er samme område",
                )


def _alike(ours: set[str], known: Sequence[Code]) -> Iterable[Finding]:
    """Areas that share their name with another area at the same time."""
    by_name: dict[str, set[str]] = {}
    for each in known:
        by_name.setdefault(each.name, set()).add(each.code)
    for name, codes in sorted(by_name.items()):
        counties = {code[:2] for code in codes if _meets(code, codes, known)}
        if len(counties) > 1 and codes & ours:
            listed = ", ".join(sorted(codes))
            yield Finding(
                "same-name",
                tuple(sorted(codes)),
                f"Navnet {name} finnes i flere fylker ({listed}): bruk koden, ikke navnet",
            )


def _meets(code: str, codes: set[str], known: Sequence[Code]) -> bool:
    """Whether the code is valid on some day on which another of the codes is."""
    spells = [each for each in known if each.code == code]
    others = [each for each in known if each.code in codes - {code}]
    return any(_overlap(spell, other) for spell in spells for other in others)


def _overlap(one: Code, other: Code) -> bool:
    starts_in_time = not one.valid_to or other.valid_from < one.valid_to
    return starts_in_time and (not other.valid_to or one.valid_from < other.valid_to)


def _unchecked(codes: list[str], known: Sequence[Code], first: str) -> Iterable[Finding]:
    if codes:
        listed = ", ".join(codes)
        yield Finding(
            "unknown", tuple(codes), f"Ikke koder i klassifikasjonen, ikke kontrollert: {listed}"
        )
    begin = min(each.valid_from for each in known)
    if begin > first:
        yield Finding(
            "unknown", (), f"KLASS har ingen koder før {begin}: {first} til da er ikke kontrollert"
        )
