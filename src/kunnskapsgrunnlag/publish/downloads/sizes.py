"""The size of a file as it stands beside its link."""

from __future__ import annotations

from kunnskapsgrunnlag.base.nb_numbers import NBSP, nb


def size_words(size: int) -> str:
    """`341 byte`, `2 kB`, `1,4 MB`: thousands and not 1024, as the units mean."""
    if size < 1000:
        return f"{nb(size)}{NBSP}byte"
    # What would round up to 1 000 kB is a megabyte.
    if size < 999_500:
        return f"{nb(size / 1000)}{NBSP}kB"
    return f"{nb(size / 1_000_000, 1)}{NBSP}MB"


def offer_words(kind: str, size: int) -> str:
    """`CSV, 2 kB`: what a link gives and how large it is."""
    return f"{kind}, {size_words(size)}"
