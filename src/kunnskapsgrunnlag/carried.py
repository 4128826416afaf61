"""The mark of an item whose numbers stand from an earlier edition: of what time they are."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kunnskapsgrunnlag.catalog import Item


def carried_mark(item: Item) -> str:
    """`Tall fra 2020`; nothing for an item that has the edition's own numbers."""
    return f"Tall fra {item.carried.period}" if item.carried else ""


def carried_html(item: Item) -> str:
    """The mark for a caption, with a space before it."""
    if not item.carried:
        return ""
    words, edition = html.escape(carried_mark(item)), html.escape(item.carried.edition)
    return f' <span class="kg-videre" title="videreført fra {edition}-utgaven">{words}</span>'


def carried_sentence(item: Item) -> str:
    """The same in words, for the control sheet."""
    if not item.carried:
        return ""
    return f"{carried_mark(item)}, videreført fra {item.carried.edition}-utgaven."


def carried_note(item: Item) -> str:
    """What readers are told below the item; nothing where it has the edition's own numbers."""
    if not item.carried:
        return ""
    return (
        f"Videreført fra {item.carried.edition}-utgaven: Tallene gjelder {item.carried.period}. "
        "Nyere tall er ikke kommet."
    )
