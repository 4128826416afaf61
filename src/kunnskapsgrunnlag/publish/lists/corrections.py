"""The list of the printed edition's errors: what was said, what is right, how it is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kunnskapsgrunnlag.base.nb_numbers import NBSP
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.claims.errata_checks import (
    FOUND,
    UNTESTED,
    Edition,
    Finding,
    Part,
    found,
    told,
)
from kunnskapsgrunnlag.claims.registry import all_claims
from kunnskapsgrunnlag.publish.fragments import trace_link
from kunnskapsgrunnlag.publish.lists.table_block import Card, Entry, Group, Line, Listing, Pieces
from kunnskapsgrunnlag.store.errata import PAGE, Erratum, card_id

KINDS = {
    "tekst": (
        "Teksten mot tabellene",
        "Her sier teksten noe annet enn tabellen den bygger på.",
    ),
    "tabell": (
        "Tall i tabellene",
        "Her er feilen i selve tabellen, eller to tabeller har hvert sitt tall.",
    ),
    "sammenheng": (
        "Utsagn som ikke passer sammen",
        "Her er to steder i teksten uenige, eller en opptelling går ikke opp.",
    ),
    "henvisning": (
        "Titler og henvisninger",
        "Her er det tallene rundt teksten som er feil: titler, numre og henvisninger.",
    ),
    "grunnlag": (
        "Hva tallene gjelder",
        "Her er det uklart eller feil hvem, hva eller hvilket år tallene gjelder.",
    ),
}
# What claims that no page carries say of themselves; on this page it goes without saying.
CLAIMED = " Påstått i 2022-utgaven"
GRADES = {"sterk": "Feil", "svak": "Upresist"}


def corrections(
    errata: Sequence[Erratum], edition: Edition, book: Book, claims: Mapping[str, Any]
) -> Pieces:
    """All errata by kind, errors before what is imprecise, under a table that counts them.

    Args:
        claims: The claims of `claims.json`, which know their places in the text.
    """
    findings = {e.id: found(e, edition, all_claims()) for e in errata}
    groups = []
    for kind, (title, about) in KINDS.items():
        own = sorted((e for e in errata if e.kind == kind), key=lambda e: [*GRADES].index(e.grade))
        cards = [_card(e, findings[e.id], edition, book, claims) for e in own]
        if cards:
            groups.append(Group(f"rettelser-{kind}", title, about, cards))
    return Pieces([_overview(errata, findings), *groups])


def _overview(errata: Sequence[Erratum], findings: Mapping[str, Finding]) -> Listing:
    kinds = [
        (Entry(KINDS[k][0], link=f"{PAGE}#rettelser-{k}"), [e for e in errata if e.kind == k])
        for k in KINDS
    ]
    rows = [
        (head, *(Entry(str(count), number=True) for count in _counts(own, findings)))
        for head, own in [*kinds, (Entry("I alt"), list(errata))]
        if own
    ]
    heads = ("Slag", *GRADES.values(), "Regnet ut")
    return Listing(heads, rows, ("2fr", "1fr", "1fr", "1fr"))


def _counts(errata: Sequence[Erratum], findings: Mapping[str, Finding]) -> list[int]:
    by_grade = [sum(e.grade == grade for e in errata) for grade in GRADES]
    return [*by_grade, sum(findings[e.id].state == FOUND for e in errata)]


def _card(
    erratum: Erratum, finding: Finding, edition: Edition, book: Book, claims: Mapping[str, Any]
) -> Card:
    def line(template: str) -> Line:
        return _linked(told(erratum, template, edition), edition)

    parts = [("Det sto", line(erratum.said)), ("Det riktige", line(erratum.right))]
    if finding.arithmetic:
        parts.append(("Regnestykke", _linked(finding.arithmetic, edition)))
    parts.append(("Slik er den funnet", _how(erratum, finding, book, claims)))
    return Card(
        card_id(erratum.id),
        erratum.id,
        erratum.title,
        GRADES[erratum.grade],
        _place(erratum, book),
        parts,
    )


def _linked(parts: Sequence[Part], edition: Edition) -> Line:
    """Numbers lead to their trace, as long as the trace has the number that stands here."""
    return [
        Entry(p.words, link=trace_link(p.address, ""), web_only=True)
        if p.address and edition.computed.values.get(p.address, {}).get("text") == p.words
        else Entry(p.words)
        for p in parts
    ]


def _place(erratum: Erratum, book: Book) -> Line:
    line = [Entry(f"Kapittel {_listed(erratum.sections)}")]
    for key in erratum.items:
        label = book.catalog.numbered[key].label.replace(" ", NBSP)
        line += [Entry(". " if len(line) == 1 else ", "), Entry(label, link=_item_link(key, book))]
    return line


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} og {last}" if first else last


def _item_link(key: str, book: Book) -> str:
    """Where an item stands in the site."""
    return f"{book.targets[key][1]}#{key}"


def _how(erratum: Erratum, finding: Finding, book: Book, claims: Mapping[str, Any]) -> Line:
    if finding.state == UNTESTED:
        return [Entry(f"Ved lesing. {finding.because}")]
    check = erratum.check
    if check.claim:
        return _claim(check.claim, finding, book, claims)
    if finding.state != FOUND:
        return [Entry("Programmet regner etter, og finner ikke lenger feilen.")]
    if check.printed:
        link = trace_link(check.printed[0], "")
        return [
            Entry("Programmet sammenligner det trykte tallet med det som regnes ut: "),
            Entry(finding.because, link=link, web_only=True),
            Entry("."),
        ]
    return [Entry("Programmet regner etter, og det som sto, går ikke opp.")]


def _claim(name: str, finding: Finding, book: Book, claims: Mapping[str, Any]) -> Line:
    words = all_claims()[name].words.partition(CLAIMED)[0]
    holds = "holder ikke" if finding.state == FOUND else "holder"
    # The page of claims lists those that a sentence carries, and only them.
    listed = claims.get(name, {}).get("places") and "pastander" in book.catalog.chapters
    link = f"{book.catalog.chapters['pastander'].html}#pastand-{name}" if listed else ""
    return [
        Entry("Programmet prøver påstanden «"),
        Entry(words, link=link, web_only=True),
        Entry(f"» mot de trykte tallene. Den {holds} ({finding.because})."),
    ]
