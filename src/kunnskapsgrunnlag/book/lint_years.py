"""The lint on years: a typed year that the data will leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book import lint_words as forms
from kunnskapsgrunnlag.book.linted import Linted, Problems
from kunnskapsgrunnlag.book.marks import Mark
from kunnskapsgrunnlag.book.prose import Prose, Sentence
from kunnskapsgrunnlag.store.values import YEAR_WORDS, Store

IN_YEAR = re.compile(rf"^I (?:(?:{forms.MONTHS}) )?({forms.YEAR_FORM})\b")

SINCE = re.compile(r"\bsiden\s*$", re.IGNORECASE)
# «I 2016» anywhere in a sentence states its year; «enn i 2016» is what it compares with.
STATED = re.compile(rf"(?<!\benn )\bi (?:(?:{forms.MONTHS}) )?({forms.YEAR_FORM})\b", re.IGNORECASE)
# Words by which a sentence goes on to another year than the one that it states.
ANOTHER = re.compile(r"\bsiden\b|\båre(?:t|ne) (?:etter|før)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Number:
    """A number of the text that has a year.

    Attributes:
        year: The year it shows today.
        last: The last year that this number has.
        follows: Whether it is written with `siste` or `første`.
    """

    mark: Mark
    year: int
    last: int
    follows: bool

    @property
    def item(self) -> str:
        return self.mark.words.strip().partition("/")[0]


def year_problems(here: Linted) -> Problems:
    """Each year of a sentence that goes stale.

    Stale are, unless a `.fast` of the sentence or the words of the claim around it name the year:

    - a typed year that is the last one of its number, or of an item that the sentence cites (in a
      sentence that claims something: that its paragraph cites);
    - any typed year beside a number that follows the data (`siste`, `første`);
    - «I 2018 …» before numbers of other years only;
    - a number of a year that the sentence does not name, where it states another;
    - numbers of two tables that follow the data to different years, where it names none.
    """
    numbers = [n for m in here.within("tall") if (n := _dated(m, here.store))]
    if not numbers and not any(forms.years(here.text)):
        return
    fixed = _fixed_years(here)
    same = here.paragraph if forms.FIRM_WORDS.search(here.text) else [here.sentence]
    lasts = {n.last for n in numbers} | _last_years(here.prose, same, here.store)
    stale = _stale_addresses(here.prose, numbers, fixed)
    typed = dict(_typed_years(here, fixed))
    for year in sorted({*stale, *typed}):
        addresses = [number.mark.words for number in stale.get(year, [])]
        if addresses or year in lasts:
            why = (
                f"{year} er det siste året i tallene, men ikke lenge. Skriv "
                "[tabell-12/siste]{.aar} og «siste» i adressene, eller "
                f'[{year}]{{.fast grunn="…"}} hvis nettopp dette året er ment.'
            )
        elif any(n.follows for n in numbers):
            why = (
                "et skrevet år står ved et tall som følger dataene. Skriv "
                '[tabell-12/siste]{.aar} eller [tabell-12/første]{.aar}, eller {.fast grunn="…"}.'
            )
        else:
            continue
        typed_year = [str(year)] if year in typed else []
        at = typed[year] if year in typed else stale[year][0].mark.start
        yield "aar", at, ", ".join([*typed_year, *dict.fromkeys(addresses)]), why
    yield from list(_other_year(here, numbers, fixed)) or _unnamed_year(here, numbers)


def _stale_addresses(
    prose: Prose, numbers: list[_Number], fixed: set[int]
) -> dict[int, list[_Number]]:
    """Year -> the numbers that are written with it though it is their last one."""
    by_year: dict[int, list[_Number]] = {}
    for number in numbers:
        stale = not number.follows and number.year == number.last and number.year not in fixed
        if stale and not prose.over(number.mark.start, "fast"):
            by_year.setdefault(number.year, []).append(number)
    return by_year


def _other_year(here: Linted, numbers: list[_Number], fixed: set[int]) -> Problems:
    typed = IN_YEAR.match(here.text)
    years = {n.year for n in numbers if not n.follows}
    if (
        typed
        and int(typed[1]) not in fixed
        and years
        and not any(str(y) in here.text for y in years)
    ):
        own = ", ".join(str(year) for year in sorted(years))
        why = f"setningen sier {typed[1]}, men tallene er for {own}. Rett en av dem."
        yield "aar", here.at(typed.start(1)), typed[1], why


def _unnamed_year(here: Linted, numbers: list[_Number]) -> Problems:
    """The first number of a year that the sentence does not name, where it states another.

    One that follows the data counts as of the year of its table: where its own cell is missing,
    the whole sentence gets an earlier year (`render.years`).
    """
    stated = set()
    for mark in here.within("aar"):
        before = "".join(
            sign for sign, at in zip(here.text, here.sentence.at, strict=True) if at < mark.start
        )
        with suppress(KgError):
            # «Siden 2016» is where a change is counted from, not the year that it led to.
            if not SINCE.search(before):
                stated.add(here.store.year(mark.words))
    by_mark = bool(stated)
    if not ANOTHER.search(here.text):
        stated |= {int(year) for year in STATED.findall(here.text)}
    words = " ".join(mark.words for mark in here.within("fast", "ikke-data"))
    typed = [here.text[a:b] for a, b in forms.years(here.text, everywhere=True)]
    named = stated | {int(year) for year in (*typed, *re.findall(forms.YEAR_FORM, words))}
    if named and not stated:
        return
    first = numbers[0] if numbers else None
    for number in numbers:
        year = _table_year(number, here.store)
        if named:
            # A number that follows the data beside a typed year alone is stale: see above.
            is_other = year not in named and bool(by_mark or not number.follows)
            other = f"setningen sier {', '.join(map(str, sorted(named)))}"
        else:
            is_other = number.follows and _differs(number, first, here.store)
            other = "et annet tall i setningen gjelder et annet år"
        if is_other:
            why = f"tallet gjelder {year}, men {other}. Skriv året tallet gjelder."
            yield "aar", number.mark.start, number.mark.words, why
            return


def _differs(number: _Number, first: _Number | None, store: Store) -> bool:
    """Whether two numbers are of two tables and two years."""
    if first is None or number.item == first.item:
        return False
    return _table_year(number, store) != _table_year(first, store)


def _table_year(number: _Number, store: Store) -> int:
    """The year of a number; of one that follows the data, the year of its table."""
    item, *parts = number.mark.words.strip().split("/")
    word = next((part for part in parts if part in YEAR_WORDS), "")
    return store.year(f"{item}/{word}") if word else number.year


def _dated(mark: Mark, store: Store) -> _Number | None:
    """The year of a number; nothing for one without a year, or an unknown address."""
    record = store.find(mark.words)
    if record is None or record.year is None:
        return None
    year = record.year
    later = range(year, store.years[record.item][1] + 1)
    years = [y for y in later if store.spelled(record.address, str(year), y) in store.values]
    follows = any(part in YEAR_WORDS for part in mark.words.strip().split("/"))
    return _Number(mark, year, max(years), follows)


def _typed_years(here: Linted, fixed: set[int]) -> Iterator[tuple[int, int]]:
    """Year and place of each year in prose that no mark and no form holds; the first place last."""
    if here.sentence.is_footnote:
        return
    other = [f.span() for form in forms.NEVER_DATA.values() for f in form.finditer(here.text)]
    for first, last in reversed([*forms.years(here.text)]):
        year, at = int(here.text[first:last]), here.at(first)
        is_covered = any(a <= first < b for a, b in other) or here.over(at, "fast", "ikke-data")
        if not is_covered and year not in fixed:
            yield year, at


def _fixed_years(here: Linted) -> set[int]:
    """The years that a `.fast` of the sentence names, or the expression of a claim around it."""
    texts = [mark.words for mark in here.within("fast")]
    texts += [mark.expression for mark in here.within("pastand")]
    return {int(year) for words in texts for year in re.findall(forms.YEAR_FORM, words)}


def _last_years(prose: Prose, sentences: list[Sentence], store: Store) -> set[int]:
    """The last years of the items that these sentences name."""
    marks = [mark for s in sentences for mark in prose.within(s, "tall", "aar", "ref")]
    keys = {mark.words.strip().split("/")[0].lower() for mark in marks}
    return {store.years[key][1] for key in keys if key in store.years}
