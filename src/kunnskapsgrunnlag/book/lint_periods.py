"""The lints on what time a text speaks of: fixed years against the data, the edition's own name."""

from __future__ import annotations

import re
from collections import Counter

from kunnskapsgrunnlag.book.linted import Linted, Problems
from kunnskapsgrunnlag.book.marks import Mark
from kunnskapsgrunnlag.catalog.periods import Period, named_years
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store

_ITEM = re.compile(r"\b(tabell|figur) (\d{1,2})\b", re.IGNORECASE)
# A reason that says that the year is the data's.
_OF_DATA = re.compile(r"\bgjelder\b|\b(?:tallene|tabellen|figuren|estimatene)\b", re.IGNORECASE)
_EDITION = re.compile(r"\b\d{4}-\w+")
_ONLY_YEAR = re.compile(r"(?:19|20)\d{2}")


def fixed_year_problems(here: Linted) -> Problems:
    """Each `.fast` year whose reason names a table or figure that is of another time."""
    for mark in here.within("fast"):
        years = named_years(mark.words)
        reason = mark.attributes.pairs.get("grunn", "")
        keys = [f"{kind.lower()}-{number}" for kind, number in _ITEM.findall(reason)]
        if not years:
            continue
        if not keys and _ONLY_YEAR.fullmatch(mark.words) and _OF_DATA.search(reason):
            why = (
                "grunnen sier at året er tallenes, men ikke hvilke. Skriv for eksempel "
                'grunn="tabell 14 gjelder 2020", så blir året holdt opp mot tabellen.'
            )
            yield "periode", mark.start, mark.words, why
        for key in keys:
            known = _years_of(key, here.within("tall"), here.store)
            if known and not years <= known:
                why = (
                    f"{key.replace('-', ' ')} gjelder {Period(frozenset(known))}. Rett setningen "
                    "og grunnen."
                )
                yield "periode", mark.start, mark.words, why


def undated_problems(here: Linted) -> Problems:
    """A number of a table without years, in a sentence that names years, none of them its own."""
    named = named_years(_EDITION.sub("", here.text))
    if any(_ITEM.search(m.attributes.pairs.get("grunn", "")) for m in here.within("fast")):
        return  # that year is told already
    for mark in here.within("tall") if named else ():
        record = here.store.find(mark.words)
        taken = _taken(record, here.store) if record and record.year is None else frozenset()
        if record and taken and not named & taken:
            label = record.item.replace("-", " ")
            why = (
                f"setningen sier {', '.join(map(str, sorted(named)))}, men tallet fra {label} "
                f"gjelder {Period(taken)}. Rett setningen."
            )
            yield "periode", max(mark.start, here.sentence.start), mark.words, why


def _years_of(key: str, marks: list[Mark], store: Store) -> set[int]:
    """The years of an item; of one without a column of years, of what the sentence takes of it.

    Where the sentence takes no number of it, most of its numbers count: one row that stands from
    another time does not make the rest of that time.
    """
    records = [record for record in store.values.values() if record.item == key]
    dated = {record.year for record in records if record.year is not None}
    beside = [record for mark in marks if (record := store.find(mark.words))]
    own = [record for record in beside if record.item == key]
    if dated:
        return dated
    if own:
        return set().union(*(_taken(record, store) for record in own))
    counted = Counter(taken for record in records if (taken := _taken(record, store)))
    return {*counted.most_common(1)[0][0]} if counted else set()


def _taken(record: Value, store: Store) -> frozenset[int]:
    """The years that are taken of the sources of a number."""
    periods = store.periods.get(record.item, {})
    sources = {cell.partition(":")[0] for cell in record.cells}
    return frozenset(year for source in sources & periods.keys() for year in periods[source])


def edition_problems(here: Linted) -> Problems:
    """The name of the edition in work, typed: it would stand there in the next one too."""
    edition = here.catalog.edition
    if edition.key == edition.in_print:
        return
    for match in re.finditer(rf"\b{re.escape(edition.key)}-utgav\w*", here.text):
        why = (
            "utgavens eget navn er skrevet inn, og ville stå i neste utgave også. Skriv "
            '::: {.generert navn="utgaven"}, eller «denne utgaven».'
        )
        yield "utgave", here.at(match.start()), match[0], why
