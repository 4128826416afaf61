"""The page that a reviewer reads before signing: what was approved beside what there is now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.nb_numbers import unbroken
from kunnskapsgrunnlag.editions.diff_claims import Piece, word_difference
from kunnskapsgrunnlag.figures.drawn import Drawn, read_drawn
from kunnskapsgrunnlag.figures.inline_svg import inline_drawing
from kunnskapsgrunnlag.publish.fragments import CLAIMS_PAGE, draft_html, html_table
from kunnskapsgrunnlag.publish.templates import page_templates
from kunnskapsgrunnlag.signoff.changes import Changes, changes
from kunnskapsgrunnlag.signoff.content import Parts, Thing
from kunnskapsgrunnlag.signoff.gather import Review
from kunnskapsgrunnlag.signoff.ledger import VERDICTS
from kunnskapsgrunnlag.signoff.state import State
from kunnskapsgrunnlag.store.tables import dim_label, grid

SITE = "../site/"
SIGNS = re.compile(r"\*\*|^\s*(?:#+|-) ")
HEADS = {"setninger": "Setningen", "påstand": "Prøvd", "dom": "Dom", "grunn": "Tallene"}


@dataclass(frozen=True)
class Card:
    """A thing as its reviewer meets it.

    Attributes:
        about: What is known of it: who changed it, who has said what.
        link: Where all of it stands, from the site's root, and the words that lead there.
        rows: Heading -> words with what has changed in them.
        pairs: Name of a part, and the words of a sentence before and now.
        numbers: What the number is of, before, now.
        pictures: Heading -> drawing as HTML, or the table where nothing is approved yet.
        gone: What is another and cannot be shown as it was.
    """

    key: str
    label: str
    state: str
    about: Sequence[str]
    link: tuple[str, str]
    is_claim: bool = False
    rows: dict[str, list[Piece]] = field(default_factory=dict)
    pairs: list[tuple[str, list[Piece]]] = field(default_factory=list)
    numbers: list[tuple[str, str, str]] = field(default_factory=list)
    pictures: dict[str, Markup] = field(default_factory=dict)
    gone: Sequence[str] = ()


def write_changes(review: Review, name: str, states: Sequence[State]) -> Path:
    """Write the page of some things; `name` is that of its file."""
    cards = [_card(review, state) for state in states]
    edition, standing = review.catalog.edition, review.report.standing
    text = page_templates(review.project.root).get_template("godkjenning.html").render(
        edition=edition,
        standing=standing,
        banner=Markup(draft_html(standing)),
        site=SITE,
        title=cards[0].label if cards else name,
        parts=[card for card in cards if not card.is_claim],
        claims=[card for card in cards if card.is_claim],
    )  # fmt: skip
    path = review.project.build / "godkjenning" / f"{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(unbroken(text).encode("utf-8"))
    return path


def _card(review: Review, state: State) -> Card:
    thing, before = state.thing, None
    if state.earlier and not state.is_approved:
        before = review.book.recall(state.earlier.content)
    found = changes(before, thing.parts) if before is not None else Changes({}, {}, [])
    is_claim = thing.kind == "claim"
    return Card(
        key=thing.key,
        label=thing.parts["setninger"].replace("\n", " … ") if is_claim else thing.label,
        state=state.name,
        about=[*_about(review, state)],
        link=link_of(review, thing),
        is_claim=is_claim,
        rows=_rows(review, thing, before or thing.parts) if is_claim else {},
        pairs=[] if is_claim else [*_pairs(found)],
        numbers=[(number_words(review, at), *pair) for at, pair in found.numbers.items()],
        pictures=_pictures(review, thing, before) if thing.kind == "item" else {},
        gone=[*_gone(review, state, before, found)],
    )


def link_of(review: Review, thing: Thing) -> tuple[str, str]:
    """Where a thing stands in the site, and what stands there."""
    if thing.kind == "item":
        return f"kontrollark/{thing.key}.html", "Kontrollarket med hele utregningen"
    if thing.kind == "claim":
        return f"{CLAIMS_PAGE}#pastand-{thing.key}", "Påstanden med alt som er prøvd"
    return review.catalog.chapters[thing.key].html, "Kapitlet"


def _about(review: Review, state: State) -> Iterator[str]:
    thing = state.thing
    if state.returned:
        yield f"{state.comment}."
    if cause := review.cause(state):
        yield f"{cause[0].upper()}{cause[1:]}."
    elif thing.kind != "claim" and not state.is_approved:
        names = [author.partition(" <")[0] for author in review.authors(thing)]
        yield f"Skrevet eller endret av {', '.join(dict.fromkeys(names)) or 'ingen'}."
    for entry in review.entries:
        if entry.thing == (thing.kind, thing.key):
            comment = f": {entry.comment}" if entry.comment else ""
            day = norwegian_date(entry.when.date())
            yield f"{day}: {VERDICTS[entry.verdict]} av {entry.by}{comment}."


def _rows(review: Review, claim: Thing, before: Parts) -> dict[str, list[Piece]]:
    """A claim's sentence if it is another, what is tested of it, and what would turn it."""
    parts, turns = claim.parts, review.report.claims.claims[claim.key].turns
    rows = {
        head: word_difference(before.get(name, ""), parts[name])
        for name, head in HEADS.items()
        if name != "setninger" or before.get(name) != parts[name]
    }
    return rows | ({"Usann": [(True, True, turns)]} if turns else {})


def _pairs(found: Changes) -> Iterator[tuple[str, list[Piece]]]:
    for name, pairs in found.words.items():
        for old, new in pairs:
            plain = [SIGNS.sub("", words) for words in (old, new)]
            # Where only the signs of Markdown differ, they are what is shown.
            yield name, word_difference(*(plain if plain[0] != plain[1] else (old, new)))


def number_words(review: Review, address: str) -> str:
    """What a number is of: `Statlig: mottakere i desember, 2016`."""
    key, name, *places = address.split("/")
    item = review.catalog.items[key]
    measure = item.measures.get(name)
    title = measure.title if measure else name.replace("_", " ")
    group = f"{measure.group}: " if measure and measure.group else ""
    words = [dim_label(item, dim, place) for dim, place in zip(item.dims, places, strict=False)]
    return ", ".join([f"{group}{title}", *words])


def _pictures(review: Review, thing: Thing, before: Parts | None) -> dict[str, Markup]:
    """The drawings before and now where they differ; all of an item that is new."""
    item = review.catalog.items[thing.key]
    result = review.report.results[thing.key]
    drawn = read_drawn(review.project.item(thing.key), thing.key)
    if before is None:
        table = Markup(html_table(grid(item, result.values)))
        return {"Tegningen": _drawing(drawn, f"{thing.key}-na"), "Tabellen": table}
    if before["tegning"] == thing.parts["tegning"]:
        return {}
    old = review.book.drawn(before)
    was = {"Før": _drawing(old, f"{thing.key}-for")} if old else {}
    return was | {"Nå": _drawing(drawn, f"{thing.key}-na")}


def _drawing(drawn: Drawn, key: str) -> Markup:
    return Markup(inline_drawing(drawn, key, "Tallene i tegningen står i tabellen"))


def _gone(review: Review, state: State, before: Parts | None, found: Changes) -> Iterator[str]:
    if before is None:
        if state.earlier and not state.is_approved:
            yield "Det som ble godkjent, er ikke lagret her, og kan ikke sammenlignes."
        return
    for name in found.pictures:
        if name != "tegning":
            yield f"Bildet {name.removeprefix('bilde ')} er endret."
        elif not review.book.drawn(before):
            yield "Tegningen er endret. Den som ble godkjent, er ikke lagret her."
