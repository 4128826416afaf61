"""Who wrote what is to be approved: whoever changed its files since somebody else approved it.

params.yaml is everybody's file: of it, the commits count that changed an entry of the thing. Code
that all items share is nobody's: what it changes is seen in the content.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from kunnskapsgrunnlag.base.git import Commit, Git
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.base.yaml_errors import LOADER
from kunnskapsgrunnlag.book.marks import Text
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.signoff.content import Thing
from kunnskapsgrunnlag.signoff.ledger import Entry
from kunnskapsgrunnlag.signoff.people import People
from kunnskapsgrunnlag.signoff.state import is_independent, standing_of
from kunnskapsgrunnlag.sources.locate import source_path
from kunnskapsgrunnlag.sources.provenance import provenance_path

PARAMS = "params.yaml"
# Section and key of an entry of the catalogue: `items`, `figur-27`.
EntryKey = tuple[str, str]


@dataclass
class Own:
    """The files, and the entries of the catalogue, that make a thing what it is."""

    files: set[str] = field(default_factory=set)
    entries: set[EntryKey] = field(default_factory=set)


class Authors:
    """The authors of things in one checkout."""

    def __init__(self, project: Project, catalog: Catalog, git: Git) -> None:
        self.project, self.catalog, self.git = project, catalog, git
        self._log = cache(git.log)
        self._entries = cache(lambda commit: read_entries(git.text(commit, PARAMS)))

    def own(self, thing: Thing, texts: Iterable[Text], rests_on: Iterable[str]) -> Own:
        """The files and entries of a thing.

        Args:
            rests_on: The items whose numbers it prints or is judged by.
        """
        own = Own()
        for key in [thing.key] if thing.kind == "item" else rests_on:
            self._add_item(own, key)
        if thing.kind == "chapter":
            own.files.add(self.catalog.chapters[thing.key].file)
            own.entries.add(("chapters", thing.key))
        if thing.kind == "claim":
            own.files |= {text.file for text in texts if _claims(text, thing.key)}
        return own

    def of(self, own: Own, since: str) -> list[str]:
        """`Name <email>` of everybody who changed these after a commit, sorted.

        Who sits here is among them while any of it is not committed.
        """
        people = {person for commit in self.commits(own, since) for person in commit.people}
        if own.files & self._dirty or own.entries & self._uncommitted:
            name, email = self.git.identity()
            people.add(f"{name} <{email}>")
        return sorted(people)

    def commits(self, own: Own, since: str) -> list[Commit]:
        """The commits after one that changed any of these, oldest first."""
        files = self._log(since, *sorted(own.files)) if own.files else []
        entries = self._log(since, PARAMS) if own.entries else []
        return sorted({*files, *(c for c in entries if own.entries & self._changed_entries[c])})

    def _add_item(self, own: Own, key: str) -> None:
        if key not in self.catalog.items:
            return
        own.files.add(f"src/kunnskapsgrunnlag/items/{key.replace('-', '_')}.py")
        own.entries.add(("items", key))
        for source in self.catalog.items[key].inputs.values():
            path = source_path(self.project, self.catalog.sources[source])
            own.files |= {self._name(path), self._name(provenance_path(path))}
            own.entries.add(("sources", source))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.project.root).as_posix()

    @cached_property
    def _changed_entries(self) -> dict[Commit, frozenset[EntryKey]]:
        """Commit of params.yaml -> the entries that it changed, added or removed."""
        commits = self._log("", PARAMS)
        states = [*(self._entries(commit.name) for commit in commits), {}]
        return {
            commit: _differing(before, after)
            for commit, (after, before) in zip(commits, pairwise(states), strict=True)
        }

    @cached_property
    def _dirty(self) -> set[str]:
        return set(self.git.dirty())

    @cached_property
    def _uncommitted(self) -> frozenset[EntryKey]:
        if PARAMS not in self._dirty:
            return frozenset()
        return _differing(
            self._entries("HEAD"), read_entries(self.project.params.read_text("utf-8"))
        )


def read_entries(params: str) -> dict[EntryKey, Any]:
    """The entries of a catalogue as it stood once; none where it was no YAML."""
    try:
        sections = yaml.load(params, Loader=LOADER)
    except yaml.YAMLError:
        return {}
    return {
        (str(section), str(key)): entry
        for section, entries in (sections.items() if isinstance(sections, dict) else ())
        for key, entry in (entries.items() if isinstance(entries, dict) else ())
    }


def base_of(entries: Sequence[Entry], people: People, git: Git) -> str:
    """The commit after which changes are new: that of the last independent approval that stands.

    Empty if there is none that git knows: then all history is new.
    """
    standing = [e for e in standing_of(entries, people) if e.verdict == "approved"]
    commits = [e.seen.commit for e in reversed(standing) if is_independent(e, people)]
    return next((commit for commit in commits if git.knows(commit)), "")


def _claims(text: Text, name: str) -> bool:
    return any(mark.kind == "pastand" and mark.claim_name == name for mark in text.marks)


def _differing(before: dict[EntryKey, Any], after: dict[EntryKey, Any]) -> frozenset[EntryKey]:
    keys = before.keys() | after.keys()
    return frozenset(key for key in keys if before.get(key) != after.get(key))
