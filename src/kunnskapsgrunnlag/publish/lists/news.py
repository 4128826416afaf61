"""What is new since the edition before, for readers: facts, causes, items, statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.editions.causes import (
    DELIVERED,
    ERROR,
    METHOD,
    NEW_PERIOD,
    OURS,
    RECODED,
    REVISED,
    UNEXPLAINED,
    WORDS,
)
from kunnskapsgrunnlag.editions.diff import EditionDiff, News, NumberChange
from kunnskapsgrunnlag.editions.diff_claims import ADDED as CLAIM_ADDED
from kunnskapsgrunnlag.editions.diff_claims import DROPPED as CLAIM_DROPPED
from kunnskapsgrunnlag.editions.diff_claims import ClaimChange, word_difference
from kunnskapsgrunnlag.editions.diff_items import ADDED, DROPPED, ItemChange
from kunnskapsgrunnlag.editions.headlines import headlines
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.published import PublishedValue
from kunnskapsgrunnlag.editions.sizes import Size, is_money
from kunnskapsgrunnlag.publish.downloads.changes import file_name
from kunnskapsgrunnlag.publish.downloads.write import WHOLE
from kunnskapsgrunnlag.publish.fragments import item_page, trace_link
from kunnskapsgrunnlag.publish.lists.blocks import Difference, Passage, Piece, Points, Section
from kunnskapsgrunnlag.publish.lists.table_block import Entry, Line, Listing, Pieces, Row, Shown
from kunnskapsgrunnlag.store.errata import PAGE

# How many facts stand first, at most one an item, and how many rows an item's table has.
FACTS, ROWS = 12, 12
EXPLAINED = {
    NEW_PERIOD: "tallet gjelder et senere år eller en senere måned enn i forrige utgave",
    DELIVERED: "et anslag eller et avskrevet tall er erstattet av tall fra en annen kilde",
    REVISED: "den som eier statistikken, har rettet tall for samme periode",
    RECODED: "koder eller grenser er endret, så tallet gjelder en annen inndeling",
    METHOD: "vi regner ut eller viser tallet på en annen måte enn før",
    ERROR: "vi hadde feil i forrige utgave",
    OURS: "vi har endret tallet i filen selv; det er ikke slik hos den som eier statistikken",
    UNEXPLAINED: "årsaken er ikke funnet ennå, og utgaven gis ikke ut før den er det",
}
UNPRINTED = "Diagram eller tegning i den trykte rapporten, og derfor ikke sammenlignet"
HEADS = ("Tall", "Før", "Nå", "Endring", "Årsak")
WIDTHS = ("2.4fr", "1fr", "1fr", "1.2fr", "1.4fr")


def first_edition(book: Book) -> Pieces:
    """What the first edition says instead: that there is none before it but the printed one."""
    edition = book.catalog.edition
    told = (
        f"Dette er den første digitale utgaven, så det er ingen tidligere å sammenligne med. "
        f"Tallene er holdt opp mot den trykte rapporten fra {edition.printed}; hva som er rettet, "
        "står i "
    )
    return Pieces(
        [Passage([Entry(told), Entry("rettelsene", link=f"{PAGE}#rettelser"), Entry(".")])]
    )


def news(diff: EditionDiff, names: Names, book: Book) -> Pieces:
    """All that is new: what matters first, then every change."""
    opening = [[Entry(words)] for words in headlines(diff, book.catalog)]
    sections = [
        Section("nytt-serier", "Nyere tall", _facts(diff, names, book)),
        Section("nytt-arsaker", "Tall som er endret, og hvorfor", _causes(diff)),
        *_whole(diff, book),
        *_items(diff, names),
        *_claims(diff),
    ]
    return Pieces([*([Points(opening)] if opening else []), *_overview(diff), *sections])


def _overview(diff: EditionDiff) -> list[Shown]:
    before = (
        f"rapporten som ble trykt i {diff.old.date}, slik den er trykt, med trykkfeil"
        if diff.old.is_print
        else f"{diff.old.key}-utgaven"
    )
    take = Entry("Last ned alle endringene som CSV", link=f"{WHOLE}/{file_name(diff)}")
    return [
        Passage([Entry(f"Denne utgaven er sammenlignet med {before}.")]),
        Passage([take, Entry(".")], web_only=True),
    ]


def _facts(diff: EditionDiff, names: Names, book: Book) -> list[Piece]:
    """The largest change of each item's table, latest against latest."""
    best: dict[str, News] = {}
    for each in sorted(diff.news, key=_weight, reverse=True):
        if names.is_shown(each.new.address) and each.item not in best:
            best[each.item] = each
    if not best:
        return [Passage([Entry("Ingen serier har fått en nyere periode.")])]
    keys = [key for key in book.catalog.numbered if key in best][:FACTS]
    rows = [_fact(diff, names, best[key]) for key in keys]
    about = "Den største endringen i hver tabell og figur som har fått nye tall:"
    heads = ("Tall", "Før", "Nå", "Endring")
    return [Passage([Entry(about)]), Listing(heads, rows, WIDTHS[:4], "Nyeste tall mot nyeste")]


def _weight(each: News | NumberChange) -> float:
    return each.size.is_large if each.size else 0.0


def _fact(diff: EditionDiff, names: Names, each: News) -> Row:
    item = diff.new.items[each.item]
    label = f"{item.label}: {names.label(item, each.new.address, year=False)}"
    return (
        Entry(f"{label} ({_unit(each.new.unit)})", link=item_page(each.item), web_only=True),
        *_before_and_now(each.old, each.new, f" ({each.before})", f" ({each.now})", each.size),
    )


def _unit(unit: str) -> str:
    """The unit of a number that is compared over years: amounts are not mended for prices."""
    return f"{unit}, løpende" if is_money(unit) else unit


def _before_and_now(
    old: PublishedValue, new: PublishedValue, before: str, now: str, size: Size | None
) -> tuple[Entry, Entry, Entry]:
    return (
        Entry(old.text + before, number=old.value is not None),
        Entry(
            new.text + now,
            number=new.value is not None,
            link=trace_link(new.address, ""),
            web_only=True,
        ),
        Entry(size.words if size else "", number=True),
    )


def _causes(diff: EditionDiff) -> list[Piece]:
    if not diff.causes:
        return [Passage([Entry("Ingen av tallene som står i begge utgavene, er endret.")])]
    rows = [
        (_capital(WORDS[cause]), Entry(_capital(EXPLAINED[cause]).words), _count(count))
        for cause, count in diff.causes.items()
    ]
    heads = ("Årsak", "Det betyr", "Antall tall")
    return [Listing(heads, rows, ("1.4fr", "3fr", "auto"), "Endrede tall etter årsak")]


def _capital(words: str) -> Entry:
    return Entry(words[:1].upper() + words[1:])


def _count(count: int) -> Entry:
    return Entry(str(count), number=True)


def _whole(diff: EditionDiff, book: Book) -> Iterator[Section]:
    """Items that are new, gone, or as they were because there are no newer numbers."""
    compared = {value.item for value in diff.old.values.values()}
    groups: dict[str, list[Line]] = {"Nye": [], "Tatt ut": [], UNPRINTED: [], "Videreført": []}
    for each in diff.items:
        name = f"{each.item.label}: {each.item.title}"
        if each.state == DROPPED:
            groups["Tatt ut"].append([Entry(name)])
            continue
        link = Entry(name, link=_place(each.key, book))
        period = f" Tallene gjelder {each.carried}." if each.carried else ""
        if each.state == ADDED:
            groups["Nye"].append([link])
        elif diff.old.is_print and each.key not in compared:
            if each.words or period:
                estimates = "".join(f" {words}" for words in each.words[1:])
                groups[UNPRINTED].append([link, Entry(f".{period}{estimates}")])
        elif each.carried:
            groups["Videreført"].append([link, Entry(f".{period}")])
    pieces: list[Piece] = []
    for title, lines in groups.items():
        if lines:
            pieces += [Passage([Entry(f"{title}:")]), Points(lines)]
    if pieces:
        yield Section("nytt-tabeller", "Tabeller og figurer inn, ut og videre", pieces)


def _place(key: str, book: Book) -> str:
    return f"{book.targets[key][1]}#{key}"


def _items(diff: EditionDiff, names: Names) -> Iterator[Section]:
    """A table an item; the PDF has the size of revisions, and leaves the rows to the site."""
    sizes = [[Entry(f"{diff.new.items[r.item].label}: {r.words}")] for r in diff.revisions]
    if sizes:
        title = "Hvor mye tall for samme periode er revidert"
        yield Section("nytt-revisjoner", title, [Points(sizes)])
    found = [s for each in diff.items if (s := _item(diff, names, each))]
    if found:
        about = "De største endringene i hver tabell og figur; fila med alle endringer har resten."
        yield Section("nytt-tall", "Tall for tall", (), [Passage([Entry(about)])])
        yield from found


def _item(diff: EditionDiff, names: Names, each: ItemChange) -> Section | None:
    if each.state == DROPPED:
        return None
    fresh = sorted((n for n in diff.news if n.item == each.key), key=_weight, reverse=True)
    fresh.sort(key=lambda n: not names.is_shown(n.new.address))
    told = {n.new.address for n in fresh}
    revised = [n for n in diff.changed if n.item == each.key and n.address not in told]
    revised.sort(key=_weight, reverse=True)
    rows = [_news_row(diff, names, n) for n in fresh] + [_row(diff, names, n) for n in revised]
    if not rows and diff.old.is_print:
        return None
    pieces: list[Piece] = [Points([[Entry(words)] for words in each.words])] if each.words else []
    if rows:
        pieces.append(Listing(HEADS, rows[:ROWS], WIDTHS, f"{each.item.label}: endrede tall"))
    if len(rows) > ROWS:
        pieces.append(Passage([Entry(f"Og {len(rows) - ROWS} til.")]))
    title = f"{each.item.label}: {each.item.title}"
    return Section(f"nytt-{each.key}", title, (), pieces, level=3) if pieces else None


def _news_row(diff: EditionDiff, names: Names, each: News) -> Row:
    item = diff.new.items[each.item]
    label = f"{names.label(item, each.new.address, year=False)} ({_unit(each.new.unit)})"
    sides = _before_and_now(each.old, each.new, f" ({each.before})", f" ({each.now})", each.size)
    return (Entry(label), *sides, Entry(WORDS[NEW_PERIOD]))


def _row(diff: EditionDiff, names: Names, each: NumberChange) -> Row:
    assert each.old and each.new  # changed numbers are in both editions
    label = names.label(diff.new.items[each.item], each.address)
    unit = "" if each.new.unit == "tekst" else f" ({each.new.unit})"
    why = f"{WORDS[each.cause]}{': ' if each.reason else ''}{each.reason}"
    sides = _before_and_now(each.old, each.new, "", "", each.size)
    return (Entry(label + unit), *sides, Entry(why))


def _claims(diff: EditionDiff) -> Iterator[Section]:
    """Sentences before and now; those that are new or gone stand alone."""
    if not diff.claims:
        return
    rows = [_claim(each) for each in diff.claims]
    about = "Setninger som er nye, borte eller skrevet om, eller som bygger på andre tall enn før."
    table = Listing(("Utsagn", "Før", "Nå"), rows, ("auto", "1fr", "1fr"), "Utsagn før og nå")
    yield Section("nytt-utsagn", "Utsagn som er endret", [Passage([Entry(about)])], [table])


def _claim(each: ClaimChange) -> Row:
    state = _capital(each.state)
    if each.state in (CLAIM_ADDED, CLAIM_DROPPED):
        return state, Entry(each.old), Entry(each.new)
    pieces: Sequence[tuple[bool, bool, str]] = word_difference(each.old, each.new)
    return state, Difference("", compared=pieces, old=True), Difference("", compared=pieces)
