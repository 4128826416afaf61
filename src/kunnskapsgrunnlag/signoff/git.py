"""What git knows: who sits here, what is not committed, and who changed files and lines."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError

# Name and address of the author and of every co-author, a line each, in the mailmap's spelling.
PEOPLE = "%aN <%aE>%n%(trailers:key=Co-authored-by,valueonly)"
NAMED = re.compile(r"\S.*<[^<>\s]+>")


@dataclass(frozen=True)
class Lines:
    """Lines of a file as the last commit has them, both ends included."""

    file: str
    first: int
    last: int


class Git:
    """One checkout."""

    def __init__(self, root: Path) -> None:
        """Name the checkout."""
        self.root = root
        self._known: dict[tuple[str, Lines], frozenset[str]] = {}

    def identity(self) -> tuple[str, str]:
        """Name and address of whoever works here.

        Raises:
            KgError: If git has not been told.
        """
        name = self._ask("config", "--get", "user.name", missing="")
        email = self._ask("config", "--get", "user.email", missing="")
        if not name or "@" not in email:
            raise KgError(
                f"git knows your name as «{name}» and your address as «{email}»; a signature needs "
                'both. Run: git config --global user.name "…", and user.email likewise.'
            )
        return name, email

    def head(self) -> str:
        """The commit that is checked out.

        Raises:
            KgError: If there is none yet, or history is cut off: nobody can tell who wrote what.
        """
        if self._ask("rev-parse", "--is-shallow-repository") == "true":
            raise KgError(
                "The checkout has only a part of its history, so that nobody can tell who wrote "
                "what. Run: git fetch --unshallow."
            )
        return self._ask("rev-parse", "--verify", "HEAD^{commit}")

    def dirty(self, paths: Sequence[str]) -> list[str]:
        """The files under these paths that differ from the last commit, new ones too."""
        asked = ("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
        held = self._ask(*asked, "--", *paths, strip=False)
        return [entry[3:] for entry in held.split("\0") if entry[3:]]

    def text(self, commit: str, file: str) -> str:
        """A file in a commit; empty if it is not there."""
        return self._ask("show", f"{commit}:{file}", missing="", strip=False)

    def knows(self, commit: str) -> bool:
        """Whether a commit is part of what is checked out: a squash or a rebase loses some."""
        if not re.fullmatch("[0-9a-f]{40,64}", commit):
            return False
        return self._ask("merge-base", "--is-ancestor", commit, "HEAD", missing="no") != "no"

    def blamed(self, lines: Lines) -> str:
        """The commit that last changed the first of some lines."""
        place = f"{lines.first},{lines.first}"
        held = self._ask("blame", "--porcelain", "-L", place, "HEAD", "--", lines.file, missing="")
        return held.partition(" ")[0].lstrip("^")

    def authors_of_files(self, since: str, files: Iterable[str]) -> set[str]:
        """Everybody who has changed one of these files after a commit; ever, if it is empty."""
        files = sorted(set(files))
        if not files:
            return set()
        return _people(self._ask("log", f"--format={PEOPLE}", _range(since), "--", *files))

    def authors_of_lines(self, since: str, lines: Iterable[Lines]) -> set[str]:
        """Everybody who has changed one of these lines, or removed one there, after a commit."""
        if since and not self._ask("rev-list", "-1", _range(since)):
            # Git does not follow lines through no commits at all.
            return set()
        return {who for each in lines for who in self._authors_of(since, each)}

    def _authors_of(self, since: str, lines: Lines) -> frozenset[str]:
        """As above, of lines that stand together.

        Git is asked for one such run at a time: it stumbles over several in the same file whose
        lines once stood in another order. If it stumbles over one, the whole file counts.
        """
        if (since, lines) not in self._known:
            place = f"-L{lines.first},{lines.last}:{lines.file}"
            try:
                log = self._ask("log", "-s", f"--format={PEOPLE}", place, _range(since))
                found = _people(log)
            except KgError:
                found = self.authors_of_files(since, [lines.file])
            self._known[since, lines] = frozenset(found)
        return self._known[since, lines]

    def removed(self, file: str) -> list[str]:
        """The lines that some commit of the history took out of a file."""
        asked = ("log", "-p", "--no-color", "--no-ext-diff", "--format=", "HEAD", "--", file)
        held = self._ask(*asked, missing="")
        lines = held.split("\n")
        return [line[1:] for line in lines if line.startswith("-") and not line.startswith("---")]

    def _ask(self, *arguments: str, missing: str | None = None, strip: bool = True) -> str:
        """What git answers; `missing` where it fails.

        Raises:
            KgError: If git is not there, or fails and nothing is to be said instead.
        """
        try:
            done = subprocess.run(
                ["git", "-c", "core.quotePath=false", *arguments],
                cwd=self.root,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                encoding="utf-8",
                errors="replace",
                check=False,
            )
        except FileNotFoundError:
            raise KgError("git was not found. Install it from git-scm.com.") from None
        if done.returncode == 0:
            return done.stdout.strip() if strip else done.stdout
        if missing is not None:
            return missing
        said = done.stderr.strip().splitlines()
        raise KgError(
            f"git {arguments[0]}: {said[-1] if said else 'no answer'}. The project must be a git "
            "checkout with at least one commit."
        )


def _range(since: str) -> str:
    return f"{since}..HEAD" if since else "HEAD"


def _people(log: str) -> set[str]:
    return {line.strip() for line in log.splitlines() if NAMED.fullmatch(line.strip())}
