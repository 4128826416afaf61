"""The mark of an item whose numbers are not of the edition's own time: of what time they are.

They stand from an earlier edition, or they are estimates that were made for this one, since the
earlier edition never had the numbers.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.periods import named_years
from kunnskapsgrunnlag.catalog.schema import Item, Source
from kunnskapsgrunnlag.store.item_results import ItemResult


def carried_mark(item: Item) -> str:
    """`Tall fra 2020`; nothing for an item that has the edition's own numbers."""
    return f"Tall fra {item.carried.period}" if item.carried else ""


def carried_html(item: Item, origin: str) -> str:
    """The mark for a caption, with a space before it."""
    if not item.carried:
        return ""
    words, meaning = html.escape(carried_mark(item)), html.escape(_whence(item, origin))
    return f' <span class="kg-videre" title="{meaning}">{words}</span>'


def carried_note(
    item: Item, origin: str, waiting: Iterable[Source] = (), *, is_delivered: bool = False
) -> str:
    """What readers are told below the item; nothing where it has the edition's own numbers.

    Args:
        waiting: Its sources whose numbers still are those of print, or estimates.
        is_delivered: Whether some of its numbers have been delivered since, and are not carried.
    """
    if not item.carried:
        return ""
    newer = newer_numbers(waiting)
    if is_delivered:
        return (
            "Noen av tallene er levert til denne utgaven. De andre gjelder "
            f"{item.carried.period}.{newer}"
        )
    whence = _whence(item, origin)
    return f"{whence[0].upper()}{whence[1:]}. Tallene gjelder {item.carried.period}.{newer}"


def newer_numbers(waiting: Iterable[Source]) -> str:
    """Who can give newer numbers, or where they are published, with a blank before; "" if nobody.

    It follows the state of the sources: one that has been delivered or fetched is not among them.
    """
    sources = list(waiting)
    givers = list(dict.fromkeys(source.awaits for source in sources if source.awaits))
    places = list(dict.fromkeys(source.published for source in sources if source.published))
    told = f" Nyere tall må komme fra {listed(givers)}, og vi venter på dem." if givers else ""
    if places:
        told += f" Nyere tall er gitt ut i {listed(places)}, men er ikke hentet."
    return told


def _whence(item: Item, origin: str) -> str:
    edition = item.carried.edition if item.carried else ""
    if not edition:
        return "ikke gitt ut i noen utgave før denne"
    if origin == "estimat":
        return f"laget for denne utgaven, fordi {edition}-utgaven ikke hadde alle tallene"
    return f"videreført fra {edition}-utgaven"


def still_old(item: Item, result: ItemResult) -> bool:
    """Whether numbers of a carried item are printed or estimated ones of the time of its mark.

    What an owner has given since is this edition's own, also for that time.
    """
    marked = named_years(item.carried.period) if item.carried else set()
    return bool(marked) and any(
        source.origin in ("trykt", "estimat") and max(result.periods[name]) <= max(marked)
        for name, source in result.sources.items()
        if result.periods.get(name)
    )
