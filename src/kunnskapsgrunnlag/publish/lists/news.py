"""What is new since the edition before, for readers: facts, causes, items, statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.editions import causes, diff_claims
from kunnskapsgrunnlag.editions.diff import EditionDiff, News, NumberChange
from kunnskapsgrunnlag.editions.diff_items import ADDED, DROPPED, ItemChange
from kunnskapsgrunnlag.editions.headlines import headlines
from kunnskapsgrunnlag.editions.names import Names
from kunnskapsgrunnlag.editions.published import PublishedValue
from kunnskapsgrunnlag.editions.sizes import Size, is_money
from kunnskapsgrunnlag.publish.downloads.changes import file_name
from kunnskapsgrunnlag.publish.downloads.write import WHOLE
from kunnskapsgrunnlag.publish.fragments import item_page, trace_link
from kunnskapsgrunnlag.publish.lists import pandoc_ast as ast
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Line, Node, NumberCell, Row, Words
from kunnskapsgrunnlag.store.errata import PAGE

# How many facts stand first, at most one an item, and how many rows an item's table has.
FACTS, ROWS = 12, 12
EXPLAINED = {
    causes.NEW_PERIOD: "tallet gjelder et senere år eller en senere måned enn i forrige utgave",
    causes.DELIVERED: "et anslag eller et avskrevet tall er erstattet av tall fra en annen kilde",
    causes.REVISED: "den som eier statistikken, har rettet tall for samme periode",
    causes.RECODED: "koder eller grenser er endret, så tallet gjelder en annen inndeling",
    causes.METHOD: "vi regner ut eller viser tallet på en annen måte enn før",
    causes.ERROR: "vi hadde feil i forrige utgave",
    causes.OURS: "vi har endret tallet i filen selv; det er ikke slik hos den som eier "
    "statistikken",
    causes.UNEXPLAINED: "årsaken er ikke funnet ennå, og utgaven gis ikke ut før den er det",
}
UNPRINTED = "Diagram eller tegning i den trykte rapporten, og derfor ikke sammenlignet"
# Which of the changes of statements are told first.
NEWS = {
    diff_claims.VERDICT: 0,
    diff_claims.ADDED: 1,
    diff_claims.NUMBERS: 2,
    diff_claims.WRITTEN: 3,
    diff_claims.DROPPED: 4,
}
HEADS = ("Tall", "Før", "Nå", "Endring", "Årsak")
WIDTHS = ("2.4fr", "1fr", "1fr", "1.2fr", "1.4fr")


def first_edition(book: Book) -> list[Node]:
    """What the first edition says instead: that there is none before it but the printed one."""
    edition = book.catalog.edition
    text = (
        f"Dette er den første digitale utgaven, så det er ingen tidligere å sammenligne med. "
        f"Tallene er holdt opp mot den trykte rapporten fra {edition.printed}; hva som er rettet, "
        "står i "
    )
    return [ast.paragraph(text, ast.link("rettelsene", f"{PAGE}#rettelser"), ".")]


def news(diff: EditionDiff, names: Names, book: Book) -> list[Node]:
    """All that is new: what matters first, then every change."""
    opening = [[words] for words in headlines(diff, book.catalog)]
    return [
        *([ast.points(opening)] if opening else []),
        *_overview(diff),
        ast.heading(2, "Nyere tall", identifier="nytt-serier"),
        *_facts(diff, names, book),
        ast.heading(2, "Tall som er endret, og hvorfor", identifier="nytt-arsaker"),
        *_causes(diff),
        *_whole(diff, book),
        *_items(diff, names),
        *_claims(diff),
    ]


def _overview(diff: EditionDiff) -> list[Node]:
    before = (
        f"rapporten som ble trykt i {diff.old.date}, slik den er trykt, med trykkfeil"
        if diff.old.is_print
        else f"{diff.old.key}-utgaven"
    )
    take = ast.link("Last ned alle endringene som CSV", f"{WHOLE}/{file_name(diff)}")
    compared = ast.paragraph(f"Denne utgaven er sammenlignet med {before}.")
    return [compared, ast.web_only(ast.paragraph(take, "."))]


def _facts(diff: EditionDiff, names: Names, book: Book) -> list[Node]:
    """The largest change of each item's table, latest against latest."""
    best: dict[str, News] = {}
    for change in sorted(diff.news, key=_weight, reverse=True):
        if names.is_shown(change.new.address) and change.item not in best:
            best[change.item] = change
    if not best:
        return [ast.paragraph("Ingen serier har fått en nyere periode.")]
    keys = [key for key in book.catalog.numbered if key in best][:FACTS]
    rows = [_fact(diff, names, best[key]) for key in keys]
    about = "Den største endringen i hver tabell og figur som har fått nye tall:"
    heads = ("Tall", "Før", "Nå", "Endring")
    return [ast.paragraph(about), ast.table(heads, rows, WIDTHS[:4], "Nyeste tall mot nyeste")]


def _weight(change: News | NumberChange) -> float:
    return change.size.is_large if change.size else 0.0


def _fact(diff: EditionDiff, names: Names, change: News) -> Row:
    item = diff.new.items[change.item]
    label = f"{item.label}: {names.label(item, change.new.address, year=False)}"
    return (
        ast.link(f"{label} ({_unit(change.new.unit)})", item_page(change.item), web_only=True),
        *_latest(change),
    )


def _unit(unit: str) -> str:
    """The unit of a number that is compared over years: amounts are not mended for prices."""
    return f"{unit}, løpende" if is_money(unit) else unit


def _latest(change: News) -> Row:
    before, now = f" ({change.before})", f" ({change.now})"
    return _before_and_now(change.old, change.new, before, now, change.size)


def _before_and_now(
    old: PublishedValue, new: PublishedValue, before: str, now: str, size: Size | None
) -> Row:
    newer = ast.link(new.text + now, trace_link(new.address, ""), web_only=True)
    return (
        old.text + before if old.value is None else NumberCell(old.text + before),
        newer if new.value is None else NumberCell(newer),
        NumberCell(size.words if size else ""),
    )


def _causes(diff: EditionDiff) -> list[Node]:
    if not diff.causes:
        return [ast.paragraph("Ingen av tallene som står i begge utgavene, er endret.")]
    rows = [
        (_capital(causes.WORDS[cause]), _capital(EXPLAINED[cause]), NumberCell(str(count)))
        for cause, count in diff.causes.items()
    ]
    heads = ("Årsak", "Det betyr", "Antall tall")
    return [ast.table(heads, rows, ("1.4fr", "3fr", "auto"), "Endrede tall etter årsak")]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _whole(diff: EditionDiff, book: Book) -> Iterator[Node]:
    """Items that are new, gone, or as they were because there are no newer numbers."""
    compared = {value.item for value in diff.old.values.values()}
    groups: dict[str, list[Line]] = {"Nye": [], "Tatt ut": [], UNPRINTED: [], "Videreført": []}
    for change in diff.items:
        name = f"{change.item.label}: {change.item.title}"
        if change.state == DROPPED:
            groups["Tatt ut"].append([name])
            continue
        place = ast.link(name, f"{book.targets[change.key][1]}#{change.key}")
        period = f" Tallene gjelder {change.carried}." if change.carried else ""
        if change.state == ADDED:
            groups["Nye"].append([place])
        elif diff.old.is_print and change.key not in compared:
            if change.words or period:
                estimates = "".join(f" {words}" for words in change.words[1:])
                groups[UNPRINTED].append([place, f".{period}{estimates}"])
        elif change.carried:
            groups["Videreført"].append([place, f".{period}"])
    if any(groups.values()):
        yield ast.heading(2, "Tabeller og figurer inn, ut og videre", identifier="nytt-tabeller")
    for title, lines in groups.items():
        if lines:
            yield from (ast.paragraph(f"{title}:"), ast.points(lines))


def _items(diff: EditionDiff, names: Names) -> Iterator[Node]:
    """A table an item; the PDF has the size of revisions, and leaves the rows to the site."""
    sizes = [[f"{diff.new.items[r.item].label}: {r.words}"] for r in diff.revisions]
    if sizes:
        title = "Hvor mye tall for samme periode er revidert"
        yield from (ast.heading(2, title, identifier="nytt-revisjoner"), ast.points(sizes))
    blocks = [block for change in diff.items for block in _item(diff, names, change)]
    if blocks:
        about = "De største endringene i hver tabell og figur; fila med alle endringer har resten."
        head = ast.heading(2, "Tall for tall", identifier="nytt-tall")
        yield ast.web_only(head, ast.paragraph(about), *blocks)


def _item(diff: EditionDiff, names: Names, change: ItemChange) -> list[Node]:
    if change.state == DROPPED:
        return []
    fresh = sorted((n for n in diff.news if n.item == change.key), key=_weight, reverse=True)
    fresh.sort(key=lambda n: not names.is_shown(n.new.address))
    fresh_addresses = {n.new.address for n in fresh}
    revised = [n for n in diff.changed if n.item == change.key and n.address not in fresh_addresses]
    revised.sort(key=_weight, reverse=True)
    rows = [_news_row(diff, names, n) for n in fresh] + [_row(diff, names, n) for n in revised]
    if not rows and (diff.old.is_print or not change.words):
        return []
    title = f"{change.item.label}: {change.item.title}"
    blocks = [ast.heading(3, title, identifier=f"nytt-{change.key}")]
    if change.words:
        blocks.append(ast.points([[words] for words in change.words]))
    if rows:
        blocks.append(ast.table(HEADS, rows[:ROWS], WIDTHS, f"{change.item.label}: endrede tall"))
    if len(rows) > ROWS:
        blocks.append(ast.paragraph(f"Og {len(rows) - ROWS} til."))
    return blocks


def _news_row(diff: EditionDiff, names: Names, change: News) -> Row:
    item = diff.new.items[change.item]
    label = f"{names.label(item, change.new.address, year=False)} ({_unit(change.new.unit)})"
    return (label, *_latest(change), causes.WORDS[causes.NEW_PERIOD])


def _row(diff: EditionDiff, names: Names, number: NumberChange) -> Row:
    assert number.old and number.new  # changed numbers are in both editions
    label = names.label(diff.new.items[number.item], number.address)
    unit = "" if number.new.unit == "tekst" else f" ({number.new.unit})"
    why = f"{causes.WORDS[number.cause]}{': ' if number.reason else ''}{number.reason}"
    sides = _before_and_now(number.old, number.new, "", "", number.size)
    return (label + unit, *sides, why)


def _claims(diff: EditionDiff) -> Iterator[Node]:
    """Sentences before and now, what is news first; those that are new or gone stand alone."""
    if not diff.claims:
        return
    yield ast.heading(2, "Utsagn som er endret", identifier="nytt-utsagn")
    # «Er» that has become «var» says no more than that a year has passed.
    reworded = [c for c in diff.claims if c.state == diff_claims.WRITTEN and _has_same_numbers(c)]
    changed = sorted((c for c in diff.claims if c not in reworded), key=lambda c: NEWS[c.state])
    if changed:
        about = "Setninger som er nye eller borte, eller som bygger på andre tall enn før."
        heads, widths = ("Utsagn", "Før", "Nå"), ("auto", "1fr", "1fr")
        rows = [_claim(claim) for claim in changed]
        yield ast.paragraph(about)
        yield ast.web_only(ast.table(heads, rows, widths, "Utsagn før og nå"))
    if reworded:
        count = f"{len(reworded)} {'setning er' if len(reworded) == 1 else 'setninger er'}"
        yield ast.paragraph(f"{count} bare skrevet om: De bygger på de samme tallene som før.")


def _has_same_numbers(claim: diff_claims.ClaimChange) -> bool:
    return claim.old_because == claim.new_because


def _claim(claim: diff_claims.ClaimChange) -> Row:
    state = _capital(claim.state)
    if claim.state in (diff_claims.ADDED, diff_claims.DROPPED):
        return state, claim.old, claim.new
    compared = diff_claims.word_difference(claim.old, claim.new)
    old = [words if new else ast.struck(words) for old, new, words in compared if old]
    new = [words if old else ast.inserted(words) for old, new, words in compared if new]
    return state, _spaced(old), _spaced(new)


def _spaced(parts: Sequence[Words]) -> list[Words]:
    return [words for part in parts for words in (" ", part)][1:]
