"""What `siste` and `første` stand for in the chapters: one year in each sentence, for all of it.

A sentence that states a year, `[tabell-12/siste]{.aar}`, states it for its own numbers and for
those of the sentences behind it in the paragraph that state none. All of them get the same year:
the last one that every number has, and that the claims and words marked there were judged on. A
sentence that states the years of several items has a year for each of them. Where no year is
stated, readers take the table's last one, so that must be it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.claim_results import ClaimResult, ClaimResults, WordResult
from kunnskapsgrunnlag.book.lint_years import IN_YEAR
from kunnskapsgrunnlag.book.marks import Mark, Text
from kunnskapsgrunnlag.book.prose import Prose, Sentence
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import YEAR_WORDS, Store

Judged = ClaimResult | WordResult
# What a draft shows where a sentence has lost its number, or its year.
REWRITE = "[må skrives om]"


@dataclass(frozen=True)
class OtherYear:
    """A place where `siste` is not the last year of the table (or `første` not its first).

    Attributes:
        lacking: The numbers that are missing in the table's own year, in the sentence or in its
            claims, which are then named.
    """

    file: str
    line: int
    word: str
    year: int
    lacking: tuple[str, ...]

    def __str__(self) -> str:
        why = ", ".join(self.lacking)
        return f"{self.file}:{self.line}: «{self.word}» er {self.year}, fordi tall mangler: {why}"


@dataclass(frozen=True)
class _Part:
    """What a sentence has of `siste`, or of `første`.

    Attributes:
        claims: The claims and words marked in it, by name.
        typed: The typed year that it, or one before it, begins with («I 2020 …»); 0 for none.
    """

    sentence: Sentence
    numbers: list[Mark]
    stated: list[Mark]
    claims: dict[str, Judged]
    typed: int


class SentenceYears:
    """The year of each mark that is written with `siste` or `første`.

    Attributes:
        errors: The sentences in which one year cannot be had, with file and line.
        others: The places where it is not the first or last one of the table.
        limits: Claim or word -> the year that it must be judged anew for, to follow its sentence.
    """

    def __init__(self, store: Store, texts: Sequence[Text], claims: ClaimResults) -> None:
        """Settle all sentences of the chapters.

        Args:
            claims: What the claims stage says of each claim and word.
        """
        self._store, self._claims = store, claims
        self._years: dict[tuple[str, int], int] = {}
        self._unsettled: set[tuple[str, int]] = set()
        self.errors: list[str] = []
        self.others: list[OtherYear] = []
        self.limits: dict[str, dict[str, int]] = {}
        for text in texts:
            if any(_word(mark) for mark in text.marks):
                self._read(Prose(text))

    def address(self, mark: Mark) -> str:
        """The plain address of a `.tall` mark.

        Raises:
            KgError: If there is no such number.
        """
        return self._store.resolve(mark.words, self._years.get((mark.file, mark.start)))

    def is_lost(self, mark: Mark) -> bool:
        """Whether a mark has no number, or no year, to show until its sentence is rewritten."""
        is_gone = mark.kind == "tall" and bool(self._store.gone(mark.words))
        return is_gone or (mark.file, mark.start) in self._unsettled

    def value(self, mark: Mark) -> Value | None:
        """The number that a `.tall` mark shows; None where its sentence must be rewritten.

        Raises:
            KgError: If there is no such number.
        """
        return None if self.is_lost(mark) else self._store.values[self.address(mark)]

    def year(self, mark: Mark) -> int:
        """The year that an `.aar` mark shows.

        Raises:
            KgError: If the item has no years, or the word is neither siste nor første.
        """
        return self._years.get((mark.file, mark.start)) or self._store.year(mark.words)

    def _read(self, prose: Prose) -> None:
        places = [mark.start for mark in prose.marks if _word(mark)]
        for _, block in groupby(prose.sentences, key=lambda sentence: sentence.block):
            sentences = list(block)
            if any(sentences[0].start <= place <= sentences[-1].end for place in places):
                for word in YEAR_WORDS:
                    for group in _groups(list(self._parts(prose, sentences, word))):
                        self._settle(prose, word, group)

    def _parts(self, prose: Prose, sentences: list[Sentence], word: str) -> Iterator[_Part]:
        typed = 0
        for sentence in sentences:
            begins = IN_YEAR.match(sentence.text)
            part = self._part(prose, sentence, word, int(begins[1]) if begins else typed)
            typed = 0 if part.stated else part.typed
            yield part

    def _part(self, prose: Prose, sentence: Sentence, word: str, typed: int) -> _Part:
        marks = [m for m in prose.within(sentence, "tall", "aar") if _word(m) == word]
        known: dict[str, Mapping[str, Judged]]
        known = {"pastand": self._claims.claims, "ord": self._claims.words}
        claims = {
            mark.claim_name: result
            for mark in prose.within(sentence, *known)
            if (result := known[mark.kind].get(mark.claim_name))
        }
        numbers = [m for m in marks if m.kind == "tall" and self._store.rows_of(m.words)]
        stated = [m for m in marks if m.kind == "aar" and _item(m) in self._store.years]
        return _Part(sentence, numbers, stated, claims, typed)

    def _settle(self, prose: Prose, word: str, group: list[_Part]) -> None:
        numbers = [mark for part in group for mark in part.numbers]
        stated = [mark for part in group for mark in part.stated]
        # A claim on given years, in a sentence without numbers of ours, speaks of those years.
        claims = {
            name: claim
            for part in group
            for name, claim in part.claims.items()
            if part.numbers or part.stated or claim.years
        }
        items = list(dict.fromkeys(_item(mark) for mark in stated))
        try:
            if len(items) == 1:
                self._settle_together(prose, word, [*stated, *numbers], claims)
            else:
                for item in items or dict.fromkeys(_item(mark) for mark in numbers):
                    own = [mark for mark in [*stated, *numbers] if _item(mark) == item]
                    self._settle_together(prose, word, own, claims, is_stated=bool(items))
                _refuse_unstated(word, numbers, items)
            self._refuse_typed(group)
        except KgError as problem:
            marks = [*stated, *numbers]
            self._unsettled |= {(mark.file, mark.start) for mark in marks}
            at = min((mark.start for mark in marks), default=group[0].sentence.start)
            self.errors.append(f"{prose.file}:{prose.line(at)}: {problem}")

    def _settle_together(
        self,
        prose: Prose,
        word: str,
        marks: list[Mark],
        claims: Mapping[str, Judged],
        *,
        is_stated: bool = True,
    ) -> None:
        """Give marks one year: that of their claims, or the last one that all numbers have."""
        items = list(dict.fromkeys(_item(mark) for mark in marks))
        numbers = list(dict.fromkeys(mark.words for mark in marks if mark.kind == "tall"))
        own = {self._own_year(item, word) for item in items}
        judged = {
            name: claim.years[item][word]
            for name, claim in claims.items()
            for item in items
            if word in claim.years.get(item, {})
        }
        if is_stated:
            year = self._common_year(word, items, numbers, judged.values())
        else:
            (year,) = own
            self._refuse_lacking(word, year, numbers)
        for name, other in judged.items():
            if other != year and not is_stated:
                raise KgError(
                    f"påstanden «{claims[name].expression}» er prøvd på tall fra {other}, men "
                    f"setningen viser {year}. Skriv året i setningen."
                )
            if other != year:
                self.limits.setdefault(name, {})[word] = year
        self._refuse_later(word, year, items, claims.values())
        for mark in marks:
            self._years[mark.file, mark.start] = year
        if own != {year}:
            line = prose.line(min(mark.start for mark in marks))
            why = self._lacking(numbers, word) or tuple(
                f"«{claims[name].expression}»" for name in judged
            )
            self.others.append(OtherYear(prose.file, line, word, year, why))

    def _lacking(self, numbers: Sequence[str], word: str) -> tuple[str, ...]:
        """The numbers that are missing in the last (or first) year of their table."""
        return tuple(
            self._store.spelled(number, word, last)
            for number in numbers
            for last in [self._own_year(_key(number), word)]
            if last not in self._store.years_of(number)
        )

    def _refuse_typed(self, group: list[_Part]) -> None:
        """«I 2020 …» before a number that has gone on to 2021 says what is not so."""
        for part in group:
            for mark in [] if part.stated else part.numbers:
                year = self._years[mark.file, mark.start]
                if part.typed and part.typed != year:
                    raise KgError(
                        f"setningen sier {part.typed}, men «{mark.words}» er fra {year}. Skriv "
                        f"{part.typed} i adressen, eller [{_item(mark)}/siste]{{.aar}} i setningen."
                    )

    def _own_year(self, item: str, word: str) -> int:
        return self._store.year(f"{item}/{word}")

    def _common_year(
        self, word: str, items: list[str], numbers: list[str], judged: Iterable[int]
    ) -> int:
        limit = YEAR_WORDS["første" if word == "siste" else "siste"](judged, default=None)
        spans = [self._store.years[item] for item in items if item in self._store.years]
        common = set.intersection(
            *(set(range(first, last + 1)) for first, last in spans),
            *(set(self._store.years_of(number)) for number in numbers),
        )
        common = {y for y in common if limit is None or YEAR_WORDS[word](y, limit) == limit}
        if not common:
            lacking = self._lacking(numbers, word) or numbers
            raise KgError(
                f"det finnes ikke noe år som alle tallene her har ({', '.join(lacking)} mangler). "
                f"Gi dem hver sin setning med [{items[0]}/{word}]{{.aar}}."
            )
        return YEAR_WORDS[word](common)

    def _refuse_lacking(self, word: str, year: int, numbers: Sequence[str]) -> None:
        """Without a stated year, numbers must be those of the table's own."""
        for number in numbers:
            item = _key(number)
            if year not in self._store.years_of(number):
                raise KgError(
                    f"«{number}» mangler for {year}, som er det {word} året i {item}, og setningen "
                    f"sier ikke noe år. Skriv [{item}/{word}]{{.aar}} i den, så viser den året "
                    "tallet gjelder."
                )

    def _refuse_later(
        self, word: str, year: int, items: Sequence[str], claims: Iterable[Judged]
    ) -> None:
        """A claim that reads a later year than the sentence states tests something else."""
        for claim in claims:
            for address in claim.numbers:
                record = self._store.values[address]
                if record.item not in items or record.year is None:
                    continue
                if YEAR_WORDS[word](year, record.year) != year:
                    raise KgError(
                        f"påstanden «{claim.expression}» leser «{address}», men setningen "
                        f"viser {year}. Gi tallene hver sin setning med eget år."
                    )


def _groups(parts: list[_Part]) -> Iterator[list[_Part]]:
    """Each sentence that states a year, with those behind it that state none."""
    group: list[_Part] = []
    for part in parts:
        if group and (part.stated or not group[0].stated):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _refuse_unstated(word: str, numbers: list[Mark], items: list[str]) -> None:
    """Where the years of several items are stated, a number of another item has none of its own."""
    lacking = next((mark for mark in numbers if _item(mark) not in items), None)
    if items and lacking:
        raise KgError(
            f"setningen sier år for {' og '.join(items)}, men ikke for «{lacking.words}». "
            f"Skriv [{_item(lacking)}/{word}]{{.aar}} ved tallet."
        )


def _word(mark: Mark) -> str:
    """`siste` or `første`, if a mark is written with it."""
    parts = mark.words.strip().split("/") if mark.kind in ("tall", "aar") and mark.end else []
    return next((part for part in parts[1:] if part in YEAR_WORDS), "")


def _item(mark: Mark) -> str:
    return _key(mark.words)


def _key(address: str) -> str:
    return address.strip().partition("/")[0]
