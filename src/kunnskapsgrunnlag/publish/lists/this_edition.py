"""What front page and foreword say of the edition: which it is, what is new in it, what is not."""

from __future__ import annotations

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Line, Node, link, paragraph, points
from kunnskapsgrunnlag.store.standing import Standing, newest_of


def this_edition(book: Book, standing: Standing) -> list[Node]:
    """Paragraphs and a list, from the catalogue and the value store: nobody types a year of them.

    New are the items that have numbers from an owner and are not carried over.
    """
    catalog = book.catalog
    new = [
        (key, item, year)
        for key, item in catalog.items.items()
        if not item.carried and (year := newest_of(key, book.store))
    ]
    ages = [f"Dette er {standing.key}-utgaven."]
    if standing.newest:
        ages.append(f"De nyeste tallene er fra {standing.newest}.")
    if standing.main_year:
        ages.append(f"Tallene for {standing.main} er fra {standing.main_year}.")
    blocks = [paragraph(" ".join(ages))]
    if new:
        lines: list[Line] = [
            [link(item.label, f"{book.targets[key][1]}#{key}"), f": {item.title}, til {year}"]
            for key, item, year in new
        ]
        blocks += [paragraph("Disse er nye eller har nyere tall enn før:"), points(lines)]
    carried = {key for key, item in catalog.items.items() if item.carried}
    if carried:
        made = carried & {r.item for r in book.store.values.values() if r.origin == "estimat"}
        # What no earlier edition had is not carried from it.
        anew = f", og {len(made)} har helt eller delvis anslag laget for denne" if made else ""
        words = (
            f"{len(carried - made)} av {standing.numbered} figurer og tabeller er videreført fra "
            f"en tidligere utgave{anew}. De er merket med «Tall fra» og tiden tallene gjelder."
        )
        blocks.append(paragraph(words))
    return blocks
