"""What has changed between the content that was approved and the content that there is now."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from kunnskapsgrunnlag.signoff.content import NUMBER, Parts

# The words of a part that says nothing by itself when it is printed.
OPAQUE = ("tegning", "bilde ")


def changes(old: Parts, new: Parts) -> list[str]:
    """Every change, one line each, for somebody who is to look at it again."""
    lines = []
    for name in [*new, *(name for name in old if name not in new)]:
        before, after = old.get(name), new.get(name)
        if before != after:
            lines += _describe(name, before, after)
    return lines


def _describe(name: str, before: str | None, after: str | None) -> list[str]:
    if name.startswith(OPAQUE):
        return [f"{name} er endret"]
    if name.startswith(NUMBER):
        return [f"{name.removeprefix(NUMBER)}: {_shown(before, after)}"]
    old, new = (before or "").splitlines(), (after or "").splitlines()
    lines = [line for line in difflib.ndiff(old, new) if line[:2] in ("- ", "+ ")]
    return [f"{name}: {line}" for line in lines]


def _shown(before: str | None, after: str | None) -> str:
    """`846 → 851`; unit, origin and formula only where they are what differs."""
    if before is None or after is None:
        return f"nytt, {_text(after)}" if before is None else f"borte, var {_text(before)}"
    same = _text(before) == _text(after)
    return f"{before} → {after}" if same else f"{_text(before)} → {_text(after)}"


def _text(number: str | None) -> str:
    return (number or "").partition(" | ")[0]


def summary(old: Parts, new: Parts) -> str:
    """The changes in a few words: how many numbers, the first of them, and what else."""
    named = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    order = [name for name in [*new, *old] if name in named]
    numbers = list(dict.fromkeys(name for name in order if name.startswith(NUMBER)))
    others = list(dict.fromkeys(name for name in order if not name.startswith(NUMBER)))
    phrases = []
    if numbers:
        first = numbers[0].removeprefix(NUMBER)
        words = _shown(old.get(numbers[0]), new.get(numbers[0]))
        more = ", …" if len(numbers) > 1 else ""
        phrases.append(f"{len(numbers)} tall endret: {first}: {words}{more}")
    # The table repeats the numbers: it tells nothing new beside them.
    phrases += _others(old, new, [o for o in others if not (numbers and o == "tabell")])
    return "; ".join(phrases)


def _others(old: Parts, new: Parts, names: Iterable[str]) -> list[str]:
    phrases = []
    for name in names:
        if name != "tekst":
            phrases.append(f"{name} endret")
            continue
        lines = _describe(name, old.get(name), new.get(name))
        count = max(sum(line.startswith(f"tekst: {sign}") for line in lines) for sign in "+-")
        phrases.append(f"{count} avsnitt endret")
    return phrases
