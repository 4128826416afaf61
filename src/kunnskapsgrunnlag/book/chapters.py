"""What the chapters name, checked with file and line before any engine runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.base.nb_numbers import english, nb
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.base.yaml_errors import check_known, nearest
from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.book.item_findings import ItemFinding, finding_mistakes, item_findings
from kunnskapsgrunnlag.book.lint import Finding, lint
from kunnskapsgrunnlag.book.lint_markup import FONT, markup_mistakes
from kunnskapsgrunnlag.book.marks import Mark, Text, check_read, unread_braces
from kunnskapsgrunnlag.book.reading import filled, on_one_line
from kunnskapsgrunnlag.book.translation import Translations
from kunnskapsgrunnlag.book.years import REWRITE, SentenceYears
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store

# What a page made by the project, and not written by people, may hold.
GENERATED = (
    "kilder",
    "nedlastinger",
    "avstemming",
    "innhold",
    "pastander",
    "rettelser",
    "nytt",
    "referanser",
    "utgaven",
)
# Divs that only say how what is in them is laid out.
LAYOUT = ("hovedfunn", "ruter", "todelt", "veier", "vei")
# What may stand in the braces of a mark; those of `.tall` have values of their own.
ATTRIBUTES = {
    "aar": (),
    "ref": (),
    "fast": ("grunn",),
    "ikke-data": ("grunn",),
    "ord": ("velg", "gitt"),
    "pastand": ("sjekk", "kode", "gitt", "unntak"),
    "item": ("key",),
    "generert": ("navn",),
    "utdrag": ("key",),
    "profilkart": ("niva",),
    "rute": ("linje",),
    "oversatt": ("fra",),
    **dict.fromkeys(LAYOUT, ()),
}
ENGLISH = (
    ("kapittel ", "chapter "),
    ("figur ", "figure "),
    ("tabell ", "table "),
    ("«", "“"),
    ("»", "”"),
)
# What the estimates were made to fit: `gitt="…"` names its rows.
FACTS = "data/raw/estimat/opplysninger.csv"
SCALES = {"tusen": 1e3, "mill": 1e6, "mrd": 1e9}
# The lints that a sentence comes under by itself when newer numbers come.
MOVED_ON = ("aar", "periode", "anslag", "ordlyd")
# What one of a unit is worth in the unit that `vis` scales.
UNIT_FACTORS = {"mill. kr": 1e6, "1 000 kr": 1e3}


class Book:
    """The chapters together with the store: what every mark stands for."""

    def __init__(
        self,
        root: Path,
        catalog: Catalog,
        store: Store,
        texts: list[Text],
        claims: ClaimResults,
    ) -> None:
        """Index headings and items; `check` says what is wrong.

        Args:
            claims: What the claims stage says of each claim and word.
        """
        self.root, self.catalog, self.store, self.texts = root, catalog, store, texts
        self.years = SentenceYears(store, texts, claims)
        self._claims = claims
        self.languages = {text.file: text.language for text in texts}
        self.targets: dict[str, tuple[str, str]] = {}
        self.places: dict[str, Text] = {}
        for text in texts:
            page = catalog.chapters[text.key].html
            for heading in text.headings:
                if heading.id:
                    number = heading.number
                    words = f"kapittel {number}" if number else f"«{heading.words}»"
                    self.targets[heading.id] = (words, page)
            for mark in text.marks:
                key = mark.attributes.pairs.get("key", "")
                if mark.kind == "item" and key in catalog.numbered:
                    label = catalog.numbered[key].label
                    self.targets[key] = (label[0].lower() + label[1:], page)
                    self.places[key] = text

    @cached_property
    def _facts(self) -> frozenset[str]:
        path = self.root / FACTS
        rows = read_written(path).splitlines()[1:] if path.is_file() else []
        return frozenset(row.partition(";")[0] for row in rows)

    def check(self, *, lints: bool = False) -> None:
        """Every mark must stand for something.

        Args:
            lints: Whether what the lints find is a mistake too.

        Raises:
            KgError: All mistakes of all chapters, one line each, with file and line.
        """
        mistakes = [
            f"{text.file}:{line}:{column}: {why}"
            for text in self.texts
            for line, column, why in markup_mistakes(text.content, self.root / FONT)
        ]
        mistakes += [m for text in self.texts for m in self._mistakes(text)]
        mistakes += self._repeated()
        mistakes += self.translations.errors
        if lints:
            mistakes += (str(found) for found in self._found if found.rule not in MOVED_ON)
        if mistakes:
            raise KgError("\n".join(mistakes))

    @cached_property
    def translations(self) -> Translations:
        """What the translated chapters follow, and what is out of date in them."""
        return Translations(self.texts, self.store)

    def is_english(self, mark: Mark) -> bool:
        return self.languages.get(mark.file) == "en"

    @cached_property
    def _found(self) -> list[Finding]:
        folder = Project(self.root).word_tables
        return lint(self.texts, self.store, self.catalog, self._claims, folder, self.years)

    @cached_property
    def rewrites(self) -> list[str]:
        """The sentences that numbers have moved on from, or a translation's original, and why.

        They are no mistakes: a draft is built with them and marks them. None is published.
        """
        gone = [
            f"{mark.file}:{mark.line}: {why}"
            for text in self.texts
            for mark in text.marks
            if mark.kind == "tall" and (why := self.store.gone(mark.words))
        ]
        unchosen = [
            f"{place.file}:{place.line}: {word.lacks}"
            for word in self._claims.words.values()
            for place in word.places
            if word.lacks
        ]
        moved_on = [str(found) for found in self._found if found.rule in MOVED_ON]
        stale = map(str, self.translations.stale)
        return list(dict.fromkeys([*gone, *unchosen, *self.years.errors, *moved_on, *stale]))

    def _mistakes(self, text: Text) -> Iterator[str]:
        for mark in text.marks:
            try:
                self._check_mark(mark)
            except KgError as problem:
                yield f"{mark.file}:{mark.line}: {problem}"
        yield from finding_mistakes(text, self.catalog.numbered)
        for line, column in unread_braces(text):
            yield (
                f"{text.file}:{line}:{column}: klammene blir ikke lest, og ville stå i teksten. "
                'Skriv verdiene mellom rette anførselstegn ("), og ingen { } i dem.'
            )
        for line, target in text.links:
            if target not in self.targets:
                hint = nearest(target, self.targets)
                yield f"{text.file}:{line}: ingenting har id-en «{target}».{hint}"
        for line, target in text.images:
            if not (self.root / text.file).parent.joinpath(target).is_file():
                yield f"{text.file}:{line}: bildet «{target}» finnes ikke."
        for heading in text.headings:
            if not heading.id:
                yield (
                    f"{text.file}:{heading.line}: overskriften «{heading.words}» har ingen id. "
                    "Skriv {#kap-…} bak den."
                )

    def _check_mark(self, mark: Mark) -> None:
        checks: dict[str, Callable[[Mark], object]] = {
            "tall": self.number,
            "aar": self.year,
            "ord": self._check_judged,
            "ref": lambda mark: self.reference(mark.words),
            "fast": lambda mark: _check_reason(mark, "et tall som skal stå som skrevet,"),
            "ikke-data": lambda mark: _check_reason(mark, "en setning som ikke bygger på tall,"),
            "pastand": self._check_judged,
            "item": self._check_item,
            "generert": _check_generated,
            "utdrag": self._item_of,
            "profilkart": lambda mark: check_known(
                mark.attributes.pairs.get("niva", ""),
                self.catalog.profiles,
                "det finnes ingen profil",
            ),
            "oversatt": lambda mark: self._check_translated(mark),
            "rute": lambda mark: self.series(mark.attributes.pairs.get("linje", "")),
            **dict.fromkeys(LAYOUT, bool),
        }
        if not mark.kind:
            raise KgError("klammene har ingen klasse. Skriv {.tall}, {.ref} eller en av de andre.")
        if mark.kind not in checks:
            raise KgError(f"ukjent klasse «.{mark.kind}».{nearest(mark.kind, checks)}")
        check_read(mark)
        checks[mark.kind](mark)
        # A misspelt attribute would be passed over without a word.
        for name in mark.attributes.pairs if mark.kind in ATTRIBUTES else ():
            check_known(name, ATTRIBUTES[mark.kind], "ukjent attributt")

    def _check_translated(self, mark: Mark) -> None:
        if not self.is_english(mark):
            raise KgError(".oversatt hører hjemme i et kapittel på et annet språk (language: en).")

    def _check_judged(self, mark: Mark) -> None:
        if self.is_english(mark) and mark.kind == "pastand":
            return  # that of its original, or the translation is refused
        if not mark.words.strip():
            raise KgError("klammene er tomme. Sett dem om ordene som blir prøvd.")
        for fact in filter(None, re.split(r",\s*", mark.attributes.pairs.get("gitt", ""))):
            check_known(fact, self._facts, f"gitt: {FACTS} har ingen")
        if mark.claim_name not in (self._claims.claims | self._claims.words):
            raise KgError("påstanden er ny siden sist den ble prøvd. Kjør kg build.")

    def _check_item(self, mark: Mark) -> None:
        key = self._item_of(mark)
        chapter = self.catalog.numbered[key].chapter
        if self.catalog.chapters[chapter].file != mark.file:
            raise KgError(f"«{key}» hører til {chapter} (params.yaml). Flytt en av dem.")

    def _item_of(self, mark: Mark) -> str:
        key = mark.attributes.pairs.get("key", "")
        check_known(key, self.catalog.numbered, "det finnes ingen tabell eller figur")
        return key

    def _repeated(self) -> list[str]:
        seen: dict[str, str] = {}
        repeated = []
        for text in self.texts:
            named = [(h.id, h.line) for h in text.headings if h.id]
            named += [
                (m.attributes.pairs.get("key", ""), m.line) for m in text.marks if m.kind == "item"
            ]
            for identifier, line in named:
                where = f"{text.file}:{line}"
                if identifier in seen:
                    repeated.append(f"{where}: «{identifier}» står alt i {seen[identifier]}.")
                seen[identifier] = where
        lacking = [k for k in self.catalog.numbered if k not in seen]
        return repeated + [
            f"{self.catalog.chapters[self.catalog.numbered[k].chapter].file}: «{k}» står i "
            f'params.yaml, men ikke i kapitlet. Skriv ::: {{.item key="{k}"}} der den hører hjemme.'
            for k in lacking
        ]

    def finding(self, key: str) -> str:
        """What an item shows, as readers get it: its title, with numbers and words filled in."""
        return self._finding_words[key]

    @cached_property
    def findings(self) -> dict[str, ItemFinding]:
        return {finding.key: finding for text in self.texts for finding in item_findings(text)}

    @cached_property
    def _finding_words(self) -> dict[str, str]:
        words = {}
        for text in self.texts:
            kept = filled(text, self.says)
            for one in item_findings(text):
                words[one.key] = on_one_line("".join(kept[one.start : one.end]))
        return words

    def says(self, mark: Mark) -> str:
        """What is printed in the place of a `.tall`, `.aar`, `.ord` or `.ref` span."""
        if mark.kind == "tall":
            return self.number(mark)
        if mark.kind == "aar":
            return self.year(mark)
        if mark.kind == "ord":
            return self._claims.words[mark.claim_name].text
        return self.reference(mark.words, is_english=self.is_english(mark))[0]

    def year(self, mark: Mark) -> str:
        """The text that an `.aar` span prints.

        Raises:
            KgError: If the item has no years, or the word is neither siste nor første.
        """
        return REWRITE if self.years.is_lost(mark) else str(self.years.year(mark))

    def number(self, mark: Mark) -> str:
        """The text that a `.tall` span prints, in the language of its chapter.

        Raises:
            KgError: If the address or an attribute is unknown.
        """
        words = self._number(mark)
        return english(words) if self.is_english(mark) else words

    def _number(self, mark: Mark) -> str:
        record = self.years.value(mark)
        pairs = mark.attributes.pairs
        _check_pairs(pairs)
        if record is None:
            return REWRITE
        if not pairs or record.value is None:
            return record.text
        scale = pairs.get("vis", "")
        value = record.value
        if scale:
            value *= UNIT_FACTORS.get(record.unit, 1.0) / SCALES[scale]
        if pairs.get("fortegn") == "uten":
            value = abs(value)
        decimals = int(pairs.get("desimaler", 0 if scale else record.decimals))
        return nb(value, decimals, 1 if scale else record.round_to)

    def series(self, address: str) -> list[Value]:
        """The numbers of a series, year by year: `figur-36/over_tid/oslo`.

        Raises:
            KgError: If no number has such an address with a year behind it.
        """
        own = [
            value
            for value in self.store.values.values()
            if value.year and value.address.rpartition("/")[0] == address
        ]
        if any(value.is_estimate for value in own):
            raise KgError(f"linje: «{address}» bygger på anslag. En rute viser bare statistikk.")
        if not own:
            series = {known.rpartition("/")[0] for known in self.store.values}
            raise KgError(
                f"linje: det finnes ingen rekke over år som heter «{address}»."
                f"{nearest(address, series)}"
            )
        return sorted(own, key=lambda value: value.address)

    def reference(self, words: str, *, is_english: bool = False) -> tuple[str, str, str]:
        """What a `.ref` span prints, the page it leads to and the id there.

        Raises:
            KgError: If nothing has that id.
        """
        identifier = words[0].lower() + words[1:] if words else ""
        if identifier not in self.targets:
            raise KgError(
                f"henvisningen «{words}» fører ingen steder.{nearest(identifier, self.targets)}"
            )
        label, page = self.targets[identifier]
        for norwegian, ours in ENGLISH if is_english else ():
            label = label.replace(norwegian, ours)
        return (label[0].upper() + label[1:] if words[0].isupper() else label), page, identifier


def _check_reason(mark: Mark, what: str) -> None:
    if not mark.attributes.pairs.get("grunn", "").strip():
        raise KgError(f'{what} trenger en grunn. Skriv grunn="…".')


def _check_generated(mark: Mark) -> None:
    check_known(mark.attributes.pairs.get("navn", ""), GENERATED, "ingenting lages som")


def _check_pairs(pairs: dict[str, str]) -> None:
    """The attributes of a `.tall` span and what they may say."""
    allowed = {"vis": [*SCALES], "desimaler": [*"0123"], "fortegn": ["uten"]}
    for name, value in pairs.items():
        check_known(name, allowed, "ukjent attributt")
        if value not in allowed[name]:
            raise KgError(f'{name}="{value}": skriv en av {", ".join(allowed[name])}.')


def mark_key(mark: Mark) -> str:
    """How the Lua filter looks a `.tall` span up: words and attributes together."""
    pairs = mark.attributes.pairs
    return "|".join([mark.words, *(pairs.get(n, "") for n in ("vis", "desimaler", "fortegn"))])
