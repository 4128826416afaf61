"""Statements of the text in two editions: new, gone, written anew, or resting on other numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from kunnskapsgrunnlag.editions.published import PublishedClaim, PublishedEdition

ADDED, DROPPED, WRITTEN, VERDICT, NUMBERS = "ny", "borte", "skrevet om", "ny dom", "nye tall"
# Words of a sentence: (is it in the old, is it in the new, the words).
Piece = tuple[bool, bool, str]


@dataclass(frozen=True)
class ClaimChange:
    """A tested statement in two editions, its sentences as readers met them."""

    name: str
    state: str
    old: str
    new: str
    old_because: str = ""
    new_because: str = ""


def claim_changes(old: PublishedEdition, new: PublishedEdition) -> Iterator[ClaimChange]:
    """Every statement that readers do not meet as it was."""
    for name in dict.fromkeys([*new.claims, *old.claims]):
        before, now = old.claims.get(name), new.claims.get(name)
        state = _state(before, now)
        if state:
            yield ClaimChange(
                name,
                state,
                " ".join(before.as_read) if before else "",
                " ".join(now.as_read) if now else "",
                before.because if before else "",
                now.because if now else "",
            )


def _state(old: PublishedClaim | None, new: PublishedClaim | None) -> str:
    if old is None or new is None:
        return DROPPED if new is None else ADDED
    if old.sentences != new.sentences:
        return WRITTEN
    if old.holds != new.holds:
        return VERDICT
    return NUMBERS if old.because != new.because else ""


def word_difference(old: str, new: str) -> list[Piece]:
    """Two sentences word by word, in reading order: kept, only in the old, only in the new."""
    before, now = old.split(" "), new.split(" ")
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append((True, True, " ".join(before[a:b])))
            continue
        if a < b:
            pieces.append((True, False, " ".join(before[a:b])))
        if c < d:
            pieces.append((False, True, " ".join(now[c:d])))
    return pieces
