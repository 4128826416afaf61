"""Which numbers the marks of a drawing draw, read from the ids that `svg_ids.py` has written."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kunnskapsgrunnlag.base.errors import KgError

SVG = "{http://www.w3.org/2000/svg}"
# Begins the id of a group of marks, behind the kind that matplotlib itself would say.
SIGN = "kg."
# Between marks, and between the numbers of one mark; neither stands in an address.
NEXT, ALSO = "::", ":"


def addresses_in(name: str) -> list[list[str]]:
    """The addresses that an id says, mark by mark; none for an id that says no address."""
    _, sign, words = name.partition(f"_{SIGN}")
    marks = words.replace(".", "/").split(NEXT) if sign else []
    return [mark.split(ALSO) if mark else [] for mark in marks]


def marks_of(group: Element) -> Iterator[tuple[Element, list[str]]]:
    """The marks of a group whose id says addresses: uses of a shape, or else paths of their own."""
    addresses = addresses_in(group.get("id", ""))
    if not addresses:
        return
    marks = list(group.iter(f"{SVG}use")) or group.findall(f"{SVG}path")
    if len(marks) != len(addresses):
        raise KgError(
            f"{len(marks)} merker er tegnet for {addresses[0]} og {len(addresses) - 1} til."
        )
    yield from zip(marks, addresses, strict=True)
