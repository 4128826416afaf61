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
    "tekst": "Teksten mot tabellene",
    "tabell": "Tall i tabellene",
    "sammenheng": "Utsagn som ikke passer sammen",
    "henvisning": "Titler og henvisninger",
    "grunnlag": "Hva tallene gjelder",
}
GRADES = {"sterk": "Feil", "svak": "Upresist"}


def corrections(
    errata: Sequence[Erratum], book: Book, claims: Mapping[str, ClaimResult]
) -> list[Node]:
    """All errata in the order of the printed chapters, under a table that counts them."""
    chapters: dict[int, list[Erratum]] = {}
    for erratum in sorted(errata, key=_place_in_print):
        chapters.setdefault(_place_in_print(erratum)[0], []).append(erratum)
    blocks = [_overview(chapters, book)]
    for chapter, own in chapters.items():
        words = _chapter_words(chapter, book)
        blocks.append(ast.heading(2, words, identifier=f"rettelser-{chapter}"))
        blocks += [_card(erratum, book, claims) for erratum in own]
    return blocks


def _place_in_print(erratum: Erratum) -> tuple[int, ...]:
    return tuple(map(int, erratum.sections[0].split(".")))


def _chapter_words(number: int, book: Book) -> str:
    """The chapter's number, and its title where the book still has it."""
    titles = {chapter.number: chapter.title for chapter in book.catalog.chapters.values()}
    return f"Kapittel {number}: {titles[number]}" if number in titles else f"Kapittel {number}"


def _overview(chapters: Mapping[int, Sequence[Erratum]], book: Book) -> Node:
    rows: list[Row] = [
        (ast.link(_chapter_words(number, book), f"{PAGE}#rettelser-{number}"), *_counts(own))
        for number, own in chapters.items()
    ]
    rows.append(("I alt", *_counts([erratum for own in chapters.values() for erratum in own])))
    heads = ("Kapittel i 2022-utgaven", *GRADES.values(), "Regnet ut")
    return ast.table(heads, rows, ("2fr", "1fr", "1fr", "1fr"))


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
    parts: list[tuple[Words, Line]] = [
        (head, _linked(text, book)) for head, text in texts.items() if text
    ]
    # Print says once, before the list, how errors are found.
    parts.append((ast.span("Slik er den funnet", ast.WEB_ONLY), _how(erratum, book, claims)))
    head = ast.heading(3, ast.span(erratum.id, "kg-nr"), f" {erratum.title}")
    kind = KINDS[erratum.kind]
    place = [ast.span(GRADES[erratum.grade], "kg-merke"), f" {kind}. ", *_place(erratum, book)]
    blocks = [head, ast.plain_div(place, "kg-under"), ast.definitions(parts)]
    slag = {"data-slag": kind}
    return ast.div(blocks, "section", "kg-kort", identifier=erratum.card_id, **slag)


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
