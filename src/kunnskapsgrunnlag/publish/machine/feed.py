"""`endringer.atom` (RFC 4287): what is new since the edition before, and errors of print."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.editions.diff import EditionDiff
from kunnskapsgrunnlag.editions.diff_items import ADDED, DROPPED, ItemChange
from kunnskapsgrunnlag.publish.fragments import item_page
from kunnskapsgrunnlag.store.errata import PAGE, Erratum, pieces_of
from kunnskapsgrunnlag.store.standing import Standing

FEED = "endringer.atom"
ATOM = "http://www.w3.org/2005/Atom"
NEWS = "chapters/nytt.html"


@dataclass(frozen=True)
class Entry:
    """A change: its name, which stays, what happened, and the page that tells more."""

    name: str
    title: str
    words: str
    page: str


def atom(
    edition: Edition, standing: Standing, diff: EditionDiff | None, errata: Sequence[Erratum]
) -> bytes:
    """The feed. Its identifiers rest on the edition and not on where the site lies."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "nb")
    _add(feed, "id", _identifier("endringer"))
    _add(feed, "title", f"{edition.title}: endringer og rettelser")
    _add(feed, "updated", f"{edition.date}T00:00:00Z")
    _add(_add(feed, "author"), "name", edition.owner)
    _add(feed, "link", rel="self", href=edition.url(FEED))
    _add(feed, "link", href=edition.url(NEWS))
    for entry in [_whole(edition, standing), *_items(diff), *map(_erratum, errata)]:
        node = _add(feed, "entry")
        _add(node, "id", _identifier(f"{edition.key}/{entry.name}"))
        _add(node, "title", entry.title)
        _add(node, "updated", f"{edition.date}T00:00:00Z")
        _add(node, "link", href=edition.url(entry.page))
        _add(node, "summary", entry.words)
    made: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made


def _add(parent: etree._Element, name: str, words: str = "", **attributes: str) -> etree._Element:
    node = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    node.text = words or None
    return node


def _identifier(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"kunnskapsgrunnlag/{name}").urn


def _whole(edition: Edition, standing: Standing) -> Entry:
    words = ". ".join(filter(None, (standing.label, standing.draft)))
    return Entry("utgaven", f"{edition.title}, utgave {edition.key}", f"{words}.", NEWS)


def _items(diff: EditionDiff | None) -> Iterator[Entry]:
    if diff is None:
        return
    newer = Counter(change.item for change in diff.news)
    changed = Counter(number.item for number in diff.changed)
    for change in diff.items:
        words = [*_counted(change, newer[change.key], changed[change.key]), *change.words]
        if words:
            title = f"{change.item.label}: {change.item.title}"
            page = NEWS if change.state == DROPPED else item_page(change.key)
            yield Entry(change.key, title, " ".join(words), page)


def _counted(change: ItemChange, newer: int, changed: int) -> Iterator[str]:
    if change.state == ADDED:
        yield "Ny i denne utgaven."
    elif change.state == DROPPED:
        yield "Tatt ut av rapporten."
    if newer:
        yield f"{newer} {'rekke har' if newer == 1 else 'rekker har'} nyere tall enn før."
    if changed:
        yield f"{changed} tall for samme tid er endret."


def _erratum(erratum: Erratum) -> Entry:
    said, right = (
        "".join(words for words, _ in pieces_of(text)) for text in (erratum.said, erratum.right)
    )
    words = f"Det sto: {said} Det riktige: {right}"
    return Entry(erratum.id, f"Rettelse: {erratum.title}", words, f"{PAGE}#{erratum.card_id}")
