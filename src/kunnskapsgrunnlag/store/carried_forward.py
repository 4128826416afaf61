"""The mark of an item whose numbers are not of the edition's own time: of what time they are.

They stand from an earlier edition, or they are estimates that were made for this one, since the
earlier edition never had the numbers.
"""

from __future__ import annotations

import html

from kunnskapsgrunnlag.catalog.schema import Item


def carried_mark(item: Item) -> str:
    """`Tall fra 2020`; nothing for an item that has the edition's own numbers."""
    return f"Tall fra {item.carried.period}" if item.carried else ""


def carried_html(item: Item, origin: str) -> str:
    """The mark for a caption, with a space before it."""
    if not item.carried:
        return ""
    words, meaning = html.escape(carried_mark(item)), html.escape(_whence(item, origin))
    return f' <span class="kg-videre" title="{meaning}">{words}</span>'


def carried_note(item: Item, origin: str, *, is_delivered: bool = False) -> str:
    """What readers are told below the item; nothing where it has the edition's own numbers.

    Args:
        is_delivered: Whether some of its numbers have been delivered since, and are not carried.
    """
    if not item.carried:
        return ""
    if is_delivered:
        return (
            "Noen av tallene er levert til denne utgaven. De andre gjelder "
            f"{item.carried.period}, og nyere er ikke kommet."
        )
    whence = _whence(item, origin)
    return (
        f"{whence[0].upper()}{whence[1:]}. Tallene gjelder {item.carried.period}. "
        "Nyere tall er ikke kommet."
    )


def _whence(item: Item, origin: str) -> str:
    edition = item.carried.edition if item.carried else ""
    if not edition:
        return "ikke gitt ut i noen utgave før denne"
    if origin == "estimat":
        return f"laget for denne utgaven, fordi {edition}-utgaven ikke hadde alle tallene"
    return f"videreført fra {edition}-utgaven"
