"""Everything that is approved, as the last build made it, and where each of it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.marks import Text
from kunnskapsgrunnlag.book.reading import chapter_words, code_of, filled, sentence_of
from kunnskapsgrunnlag.figures.drawn import read_drawn
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.signoff.authors import Authors, Own, base_of
from kunnskapsgrunnlag.signoff.content import Thing, chapter_thing, claim_thing, item_thing
from kunnskapsgrunnlag.signoff.ledger import Entry, LedgerFolder
from kunnskapsgrunnlag.signoff.people import People, read_people
from kunnskapsgrunnlag.signoff.state import (
    LAPSED,
    RELEASE_KEY,
    State,
    release_approvals,
    release_lacks,
    states,
)


@dataclass(frozen=True)
class ReleaseApproval:
    """Whether an edition is signed for release.

    Attributes:
        lacks: What it waits for, in Norwegian; empty if nothing.
    """

    approvals: tuple[Entry, ...]
    lacks: tuple[str, ...]


class Review:
    """A checkout under review: contents, ledger, register and git, each read once."""

    def __init__(self, report: Report, today: date | None = None) -> None:
        self.report, self.project, self.catalog = report, report.project, report.catalog
        self.today = today or date.today()
        self.book = LedgerFolder(report.project.signoff)
        self.git = Git(report.project.root)

    @cached_property
    def ledger(self) -> tuple[Entry, ...]:
        return self.book.read()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What counts now: a verdict follows its content, a release is its edition's."""
        edition = self.catalog.edition.key
        return tuple(e for e in self.ledger if e.kind != "release" or e.edition == edition)

    @cached_property
    def people(self) -> People:
        return read_people(self.project.signoff / "people.yaml")

    @cached_property
    def chapters(self) -> Book:
        self.report.book.check()
        return self.report.book

    @cached_property
    def things(self) -> tuple[Thing, ...]:
        """Items, chapters and the claims of the text, in the book's order."""
        kept = {text.key: filled(text, self.chapters.says) for text in self.chapters.texts}
        return (*self._items(), *self._chapters(kept), *self._claims(kept))

    @cached_property
    def states(self) -> list[State]:
        return states(self.things, self.entries, self.people, self.today, self.book.recall)

    @property
    def release(self) -> ReleaseApproval:
        return ReleaseApproval(
            release_approvals(self.states, self.entries, self.people),
            release_lacks(self.states, self.entries, self.people),
        )

    def state(self, key: str) -> State:
        by_key = {state.thing.key: state for state in self.states}
        if key not in by_key:
            hint = nearest(key, [*by_key, RELEASE_KEY])
            raise KgError(f"«{key}» er ingen tabell, figur, påstand eller kapittel.{hint}")
        return by_key[key]

    def authors(self, thing: Thing) -> list[str]:
        """Everybody with a part in what is new in a thing since somebody else approved it."""
        own = self._own(thing)
        mine = [entry for entry in self.entries if entry.thing == (thing.kind, thing.key)]
        since = base_of(mine, self.people, self.git)
        return self._authors.of(own, since)

    def cause(self, state: State) -> str:
        """Since when an approval no longer holds, and which change it fell with, in words."""
        if state.name != LAPSED or not state.earlier:
            return ""
        since = state.earlier.seen.commit
        if not self.git.knows(since):
            return f"godkjent {norwegian_date(state.earlier.when.date())}, endret siden"
        commits = self._authors.commits(self._own(state.thing), since)
        if not commits:
            return "bortfalt med noe som er felles for flere (kode eller oppsett)"
        first, more = commits[0], len(commits) - 1
        day = norwegian_date(date.fromtimestamp(first.seconds))
        author = first.people[0].partition(" <")[0]
        also = f", og {more} endring{'' if more == 1 else 'er'} til" if more else ""
        return f"bortfalt {day} med «{first.subject}» ({author}){also}"

    def _own(self, thing: Thing) -> Own:
        return self._authors.own(thing, self.chapters.texts, self.rests_on(thing))

    @cached_property
    def me(self) -> tuple[str, str]:
        """Name and address of whoever sits here; empty while git does not know."""
        try:
            return self.git.identity()
        except KgError:
            return "", ""

    def rests_on(self, thing: Thing) -> set[str]:
        """The items whose numbers a chapter prints, or a claim is judged by."""
        if thing.kind == "claim":
            numbers = self.report.claims.claims[thing.key].numbers
        else:
            marks = [m for t in self.chapters.texts if t.key == thing.key for m in t.marks]
            numbers = [mark.words for mark in marks if mark.kind in ("tall", "aar")]
        return {address.partition("/")[0] for address in numbers}

    @cached_property
    def _authors(self) -> Authors:
        return Authors(self.project, self.catalog, self.git)

    def _items(self) -> Iterator[Thing]:
        for key, item in sorted(self.catalog.items.items(), key=lambda pair: pair[1].number):
            drawn = read_drawn(self.project.item(key), key)
            words = [note.words for note in self.report.notes[key]]
            yield item_thing(key, item, self.report.results[key], words, drawn)

    def _chapters(self, kept: dict[str, list[str]]) -> Iterator[Thing]:
        labels = {key: item.label for key, item in self.catalog.numbered.items()}
        for text in self.chapters.texts:
            words = chapter_words(kept[text.key], labels)
            entry = self.catalog.chapters[text.key]
            images = self._images(text)
            yield chapter_thing(text.key, entry, words, code_of(text.content), images)

    def _images(self, text: Text) -> dict[str, str]:
        folder = (self.project.root / text.file).parent
        return {path: sha256((folder / path).read_bytes()) for _, path in text.images}

    def _claims(self, kept: dict[str, list[str]]) -> Iterator[Thing]:
        sentences: dict[str, list[tuple[str, str]]] = {}
        for text in (text for text in self.chapters.texts if text.language == "nb"):
            for mark in (mark for mark in text.marks if mark.kind == "pastand"):
                place = (text.key, sentence_of(mark, kept[text.key]))
                sentences.setdefault(mark.claim_name, []).append(place)
        for name, places in sentences.items():
            if name not in self.report.claims.claims:
                raise KgError(f"claims.json mangler påstanden «{name}». Kjør kg build.")
            words = [sentence for _, sentence in places]
            yield claim_thing(name, self.report.claims.claims[name], words, places[0][0])
