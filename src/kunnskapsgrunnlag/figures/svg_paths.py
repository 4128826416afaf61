"""Shorter words for the same lines: how bars, grid lines and frames stand in a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

PATH = re.compile(r' d="([^"]*)"')
STEP = re.compile(r"([MLCQz])([^MLCQz]*)")
PLACE = re.compile(r' (x|y)="(-?\d+\.\d+)"')


def short_paths(body: str) -> str:
    """The same drawing with its paths and places to a tenth of a point, and straight lines short.

    A tenth of a point is less than a seventh of a pixel where a drawing has its full width.
    """
    body = PATH.sub(lambda found: f' d="{"".join(_short(found[1]))}"', body)
    return PLACE.sub(lambda found: f' {found[1]}="{_tenth(found[2])}"', body)


def _short(path: str) -> Iterator[str]:
    """Lines along an axis by their end alone: `L 10 5` right of `5 5` is `H10`."""
    at: tuple[str, str] | None = None
    for letter, words in STEP.findall(path):
        numbers = [_tenth(number) for number in words.split()]
        if letter == "L" and at is not None and len(numbers) == 2:
            yield from _line(at, (numbers[0], numbers[1]))
        else:
            yield f"{letter}{' '.join(numbers)}"
        at = (numbers[-2], numbers[-1]) if len(numbers) >= 2 else None


def _line(at: tuple[str, str], to: tuple[str, str]) -> Iterator[str]:
    if at == to:
        return
    if at[1] == to[1]:
        yield f"H{to[0]}"
    elif at[0] == to[0]:
        yield f"V{to[1]}"
    else:
        yield f"L{to[0]} {to[1]}"


def _tenth(number: str) -> str:
    rounded = f"{float(number):.1f}".removesuffix(".0")
    return "0" if rounded == "-0" else rounded
