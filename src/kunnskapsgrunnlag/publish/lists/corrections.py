"""The list of the printed edition's errors: what was said, what is right, how it is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kunnskapsgrunnlag.base.nb_numbers import NBSP
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import ClaimResult
from kunnskapsgrunnlag.book.marks import claim_name
from kunnskapsgrunnlag.publish.fragments import CLAIMS_PAGE, trace_link
from kunnskapsgrunnlag.publish.lists import pandoc_ast as ast
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Line, Node, NumberCell, Row, Words
from kunnskapsgrunnlag.store.errata import PAGE, Erratum, Proof, pieces_of

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
GRADES = {"sterk": "Feil", "svak": "Upresist"}


def corrections(
    errata: Sequence[Erratum], book: Book, claims: Mapping[str, ClaimResult]
) -> list[Node]:
    """All errata by kind, errors before what is imprecise, under a table that counts them."""
    blocks = [_overview(errata)]
    for kind, (title, about) in KINDS.items():
        own = sorted((e for e in errata if e.kind == kind), key=lambda e: [*GRADES].index(e.grade))
        if own:
            head = ast.heading(2, title, identifier=f"rettelser-{kind}")
            blocks += [head, ast.paragraph(about), *(_card(e, book, claims) for e in own)]
    return blocks


def _overview(errata: Sequence[Erratum]) -> Node:
    by_kind = {kind: [e for e in errata if e.kind == kind] for kind in KINDS}
    rows: list[Row] = [
        (ast.link(KINDS[kind][0], f"{PAGE}#rettelser-{kind}"), *_counts(own))
        for kind, own in by_kind.items()
        if own
    ]
    rows.append(("I alt", *_counts(errata)))
    return ast.table(("Slag", *GRADES.values(), "Regnet ut"), rows, ("2fr", "1fr", "1fr", "1fr"))


def _counts(errata: Sequence[Erratum]) -> list[NumberCell]:
    by_grade = [sum(e.grade == grade for e in errata) for grade in GRADES]
    computed = sum(not e.check.reason for e in errata)
    return [NumberCell(str(count)) for count in (*by_grade, computed)]


def _card(erratum: Erratum, book: Book, claims: Mapping[str, ClaimResult]) -> Node:
    """A case under a heading of its own: how grave it is, where it stands, and what was wrong."""
    texts = {
        "Det sto": erratum.said,
        "Det riktige": erratum.right,
        "Regnestykke": erratum.arithmetic,
    }
    parts = [(head, _linked(text, book)) for head, text in texts.items() if text]
    parts.append(("Slik er den funnet", _how(erratum, book, claims)))
    head = ast.heading(3, ast.span(erratum.id, "kg-nr"), f" {erratum.title}")
    place = [ast.span(GRADES[erratum.grade], "kg-merke"), " ", *_place(erratum, book)]
    blocks = [head, ast.plain_div(place, "kg-under"), ast.definitions(parts)]
    return ast.div(blocks, "section", "kg-kort", identifier=erratum.card_id)


def _linked(text: str, book: Book) -> Line:
    """Numbers lead to their trace, as long as the trace has the number that stands here."""
    return [
        ast.link(words, trace_link(address, ""), web_only=True)
        if address and (value := book.store.values.get(address)) and value.text == words
        else words
        for words, address in pieces_of(text)
    ]


def _place(erratum: Erratum, book: Book) -> Line:
    line: list[Words] = [f"Kapittel {listed(erratum.sections)}"]
    for key in erratum.items:
        label = book.catalog.numbered[key].label.replace(" ", NBSP)
        line += [". " if len(line) == 1 else ", ", ast.link(label, f"{book.targets[key][1]}#{key}")]
    return line


def _how(erratum: Erratum, book: Book, claims: Mapping[str, ClaimResult]) -> Line:
    check = erratum.check
    if check.reason:
        return [f"Ved lesing. {check.reason}"]
    if check.claim:
        return _claim(check, claims)
    if check.printed:
        return [
            "Programmet sammenligner det trykte tallet med det som regnes ut: ",
            ast.link(check.because, trace_link(check.printed[0], ""), web_only=True),
            ".",
        ]
    return ["Programmet regner etter, og det som sto, går ikke opp."]


def _claim(check: Proof, claims: Mapping[str, ClaimResult]) -> Line:
    # The page of claims lists those that a sentence carries, and only them.
    name = claim_name(check.claim)
    result = claims.get(name)
    page = CLAIMS_PAGE if result and result.places else ""
    return [
        "Programmet prøver påstanden «",
        ast.link(check.words, f"{page}#pastand-{name}" if page else "", web_only=True),
        f"» mot de trykte tallene. Den holder ikke ({check.because}).",
    ]
