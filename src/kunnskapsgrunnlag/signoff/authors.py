"""Who wrote what is to be approved: the commits since somebody else approved it.

Of a file that is one thing's own, every commit counts; of a file that many share (params.yaml, a
module of claims), the commits that touched the thing's own lines. Code that all items share is
nobody's: what it changes is seen in the content.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from kunnskapsgrunnlag.base.yaml_errors import LOADER
from kunnskapsgrunnlag.book.marks import without_code
from kunnskapsgrunnlag.claims.registry import the_claim
from kunnskapsgrunnlag.signoff.content import Thing
from kunnskapsgrunnlag.signoff.git import Git, Lines
from kunnskapsgrunnlag.signoff.ledger import Entry
from kunnskapsgrunnlag.signoff.people import People
from kunnskapsgrunnlag.signoff.state import is_independent, standing_of
from kunnskapsgrunnlag.sources.locate import source_path
from kunnskapsgrunnlag.sources.provenance import provenance_path

if TYPE_CHECKING:
    from kunnskapsgrunnlag.base.paths import Project
    from kunnskapsgrunnlag.book.marks import Text
    from kunnskapsgrunnlag.catalog.schema import Catalog

PARAMS = "params.yaml"


@dataclass
class Own:
    """The files and lines that make a thing what it is."""

    files: set[str] = field(default_factory=set)
    lines: list[Lines] = field(default_factory=list)


class Ownership:
    """Which files and lines belong to which thing."""

    def __init__(self, project: Project, catalog: Catalog, git: Git) -> None:
        """Read where the entries of the committed catalogue stand."""
        self.project, self.catalog = project, catalog
        self.entries = entry_lines(git.text("HEAD", PARAMS))

    def of(self, thing: Thing, texts: Iterable[Text], rests_on: Iterable[str]) -> Own:
        """The files and lines of a thing.

        Args:
            rests_on: The items whose numbers it prints or is judged by.
        """
        own = Own()
        for key in [thing.key] if thing.kind == "item" else sorted(set(rests_on)):
            self._item(own, key)
        if thing.kind == "chapter":
            own.files.add(self.catalog.chapters[thing.key].file)
            own.lines += self.entries.get(("chapters", thing.key), [])
        if thing.kind == "claim":
            self._claim(own, thing.key, texts)
        return own

    def _item(self, own: Own, key: str) -> None:
        if key not in self.catalog.items:
            return
        own.files.add(f"src/kunnskapsgrunnlag/items/{key.replace('-', '_')}.py")
        own.lines += self.entries.get(("items", key), [])
        for source in self.catalog.items[key].inputs.values():
            path = source_path(self.project, self.catalog.sources[source])
            own.files |= {self._name(path), self._name(provenance_path(path))}
            own.lines += self.entries.get(("sources", source), [])

    def _claim(self, own: Own, name: str, texts: Iterable[Text]) -> None:
        judge = the_claim(name).judge
        source, first = inspect.getsourcelines(judge)
        module = f"src/kunnskapsgrunnlag/claims/{the_claim(name).module}.py"
        own.lines.append(Lines(module, first, first + len(source) - 1))
        for text in texts:
            plain = without_code(text.content)
            for mark in text.marks:
                if mark.kind == "pastand" and mark.attributes.pairs.get("navn") == name:
                    more = plain.count("\n", mark.start, mark.end)
                    own.lines.append(Lines(mark.file, mark.line, mark.line + more))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.project.root).as_posix()


def entry_lines(params: str) -> dict[tuple[str, str], list[Lines]]:
    """Where each entry of the catalogue stands: (`items`, `figur-27`) -> its lines."""
    root = yaml.compose(params, Loader=LOADER) if params else None
    found: dict[tuple[str, str], list[Lines]] = {}
    for section, held in root.value if isinstance(root, yaml.MappingNode) else []:
        for key, value in held.value if isinstance(held, yaml.MappingNode) else []:
            first = key.start_mark.line + 1
            found[section.value, key.value] = [Lines(PARAMS, first, max(first, _last_line(value)))]
    return found


def _last_line(node: yaml.Node) -> int:
    """The last line of a node. YAML lets a block end where the next begins: ask what is in it.

    An alias lies where it was named first, before its entry: it adds nothing.
    """
    if isinstance(node, yaml.MappingNode | yaml.SequenceNode) and not node.flow_style:
        parts = [part for each in node.value for part in (each if type(each) is tuple else [each])]
        return max(map(_last_line, parts), default=0)
    return node.end_mark.line + (node.end_mark.column > 0)


def edition_start(git: Git, catalog: Catalog) -> str:
    """The commit after which this edition's work was done; empty for the first edition: ever.

    It is the one before the commit that gave the catalogue its present edition key.
    """
    lines = entry_lines(git.text("HEAD", PARAMS)).get(("edition", "key"))
    named = git.blamed(lines[0]) if lines else ""
    before = git.text(f"{named}^", PARAMS) if named else ""
    held = yaml.load(before, Loader=LOADER) if before else None
    edition = held.get("edition", {}) if isinstance(held, dict) else {}
    if edition.get("key") in (None, catalog.edition.key):
        return ""
    return f"{named}^"


def base_of(entries: Sequence[Entry], people: People, git: Git, start: str) -> str:
    """The commit after which changes are new: that of the last independent approval that stands."""
    standing = [e for e in standing_of(entries, people) if e.verdict == "approved"]
    commits = [e.seen.commit for e in reversed(standing) if is_independent(e, people)]
    return next((commit for commit in commits if git.knows(commit)), start)


def authors_of(own: Own, git: Git, since: str) -> list[str]:
    """`Name <email>` of everybody who changed a thing after a commit, sorted.

    Who sits here is among them while a file of the thing is not committed.
    """
    found = git.authors_of_files(since, own.files) | git.authors_of_lines(since, own.lines)
    files = sorted(own.files | {lines.file for lines in own.lines})
    if files and git.dirty(files):
        name, email = git.identity()
        found.add(f"{name} <{email}>")
    return sorted(found)
