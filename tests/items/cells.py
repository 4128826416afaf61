"""Cells of an item's sources that may be tried together."""

from collections.abc import Mapping


def apart(naming: Mapping[str, set[str]]) -> list[list[str]]:
    """All cells in groups in which no two are named by the same number.

    Args:
        naming: Cell -> the addresses of the numbers that name it.
    """
    groups: list[tuple[set[str], list[str]]] = []
    for cell in sorted(naming, key=lambda cell: (-len(naming[cell]), cell)):
        for named, cells in groups:
            if not named & naming[cell]:
                named |= naming[cell]
                cells.append(cell)
                break
        else:
            groups.append((set(naming[cell]), [cell]))
    return [cells for _, cells in groups]
