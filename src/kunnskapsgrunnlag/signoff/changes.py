"""What is another since an approval: number for number, and sentence for sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from kunnskapsgrunnlag.book.prose import sentence_bounds
from kunnskapsgrunnlag.signoff.content import NUMBER, Parts

PICTURES = ("tegning", "bilde ")
# Before and now; "" where there is none.
Pair = tuple[str, str]


@dataclass(frozen=True)
class Changes:
    """The parts of a thing that differ.

    Attributes:
        numbers: Address -> the number; with unit, origin or formula where that is what differs.
        words: Name of a part -> the sentences that differ.
        pictures: The drawings and images that differ, by name.
    """

    numbers: dict[str, Pair]
    words: dict[str, list[Pair]]
    pictures: list[str]


def changes(old: Parts, new: Parts) -> Changes:
    """Everything that differs between what was approved and what there is."""
    names = [name for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name)]
    numbers = {
        name.removeprefix(NUMBER): _number(old.get(name, ""), new.get(name, ""))
        for name in names
        if name.startswith(NUMBER)
    }
    words = {
        name: sentence_pairs(old.get(name, ""), new.get(name, ""))
        for name in names
        # The table repeats the numbers: it tells nothing new beside them.
        if not name.startswith((NUMBER, *PICTURES)) and not (numbers and name == "tabell")
    }
    return Changes(numbers, words, [name for name in names if name.startswith(PICTURES)])


def _number(before: str, after: str) -> Pair:
    old, new = before.split(" | "), after.split(" | ")
    if old[0] != new[0]:
        return old[0], new[0]
    return _with_others(old, new), _with_others(new, old)


def _with_others(own: list[str], other: list[str]) -> str:
    return ", ".join([own[0], *(words for words in own[1:] if words not in other)])


def sentence_pairs(before: str, after: str) -> list[Pair]:
    """The sentences that differ, each beside the one that stands in its place."""
    old, new = [*_sentences(before)], [*_sentences(after)]
    pairs: list[Pair] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal" and b - a == d - c:
            pairs += zip(old[a:b], new[c:d], strict=True)
        elif kind != "equal":
            pairs.append((" ".join(old[a:b]), " ".join(new[c:d])))
    return pairs


def _sentences(words: str) -> Iterator[str]:
    for line in words.splitlines():
        yield from (line[start:end] for start, end in sentence_bounds(line))


def summary(found: Changes) -> str:
    """The changes in a few words: how many numbers, the first of them, and what else."""
    phrases = []
    if found.numbers:
        address, (before, after) = next(iter(found.numbers.items()))
        more = ", …" if len(found.numbers) > 1 else ""
        numbers = f"{before or 'nytt'} → {after or 'borte'}"
        phrases.append(f"{len(found.numbers)} tall endret: {address}: {numbers}{more}")
    for name, pairs in found.words.items():
        many = f"{len(pairs)} setning{'' if len(pairs) == 1 else 'er'}"
        phrases.append(f"{many if name == 'tekst' else name} endret")
    return "; ".join([*phrases, *(f"{name} endret" for name in found.pictures)])
