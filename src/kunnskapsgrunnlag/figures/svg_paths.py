"""Shorter words for the same lines: how bars, grid lines and frames stand in a page.

A tenth of a point is less than a seventh of a pixel where a drawing has its full width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

STEP = re.compile(r"([MLCQz])([^MLCQz]*)")


def short_path(path: str) -> str:
    """The same lines to a tenth of a point, those along an axis by their end alone.

    `L 10 5` right of `5 5` is `H10`.
    """
    return "".join(_steps(path))


def _steps(path: str) -> Iterator[str]:
    at: tuple[str, str] | None = None
    for letter, words in STEP.findall(path):
        numbers = [tenth(number) for number in words.split()]
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


def tenth(number: str) -> str:
    """A number to a tenth, whole numbers without decimals."""
    rounded = f"{float(number):.1f}".removesuffix(".0")
    return "0" if rounded == "-0" else rounded
