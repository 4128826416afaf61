"""What git says of a checkout: who sits here, what is not committed, and who changed files."""

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
class Git:
    """One checkout."""

    root: Path

    def ask(self, *arguments: str, missing: str | None = None) -> str:
        """What a git command answers; `missing` where it fails."""
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
        except OSError:
            raise KgError("git finnes ikke på maskinen. Hent det fra git-scm.com.") from None
        if done.returncode == 0:
            return done.stdout
        if missing is not None:
            return missing
        lines = done.stderr.strip().splitlines()
        raise KgError(
            f"git {arguments[0]}: svarte {lines[-1] if lines else 'ingenting'}. Prosjektet må være "
            "hentet med git clone og ha minst én innsjekking."
        )

    def identity(self) -> tuple[str, str]:
        """Name and address of whoever works here."""
        name, email = (
            self.ask("config", "--get", f"user.{which}", missing="").strip()
            for which in ("name", "email")
        )
        if not name or "@" not in email:
            raise KgError(
                f"git kjenner deg som «{name}» med adressen «{email}», og en signatur trenger navn "
                'og e-post. Skriv git config --global user.name "…", og user.email på samme måte.'
            )
        return name, email

    def head(self) -> str:
        """The commit that is checked out."""
        return self.ask("rev-parse", "--verify", "HEAD^{commit}").strip()

    def check_history(self) -> None:
        """Refuse a checkout with only a part of its history."""
        if self.ask("rev-parse", "--is-shallow-repository").strip() == "true":
            raise KgError(
                "mappen har bare en del av historien, så ingen kan si hvem som har skrevet hva. "
                "Kjør git fetch --unshallow."
            )

    def dirty(self, paths: Sequence[str] = ()) -> list[str]:
        """The files under these paths that differ from the last commit, new ones too."""
        asked = ("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
        output = self.ask(*asked, "--", *paths)
        return [entry[3:] for entry in output.split("\0") if entry[3:]]

    def text(self, commit: str, file: str) -> str:
        """A file in a commit; empty if it is not there."""
        return self.ask("show", f"{commit}:./{file}", missing="")

    def knows(self, commit: str) -> bool:
        """Whether a commit is part of what is checked out: a squash or a rebase loses some."""
        if not re.fullmatch("[0-9a-f]{40,64}", commit):
            return False
        return self.ask("merge-base", "--is-ancestor", commit, "HEAD", missing="no") != "no"

    def authors_of_files(self, since: str, files: Iterable[str]) -> set[str]:
        """Everybody who has changed one of these files after a commit; ever, if it is empty."""
        files = sorted(set(files))
        if not files:
            return set()
        return _people(self.ask("log", f"--format={PEOPLE}", _range(since), "--", *files))

    def commits(self, since: str, *files: str) -> list[str]:
        """The commits after one, or all if it is empty, newest first; of these files if named."""
        return self.ask("log", "--format=%H", _range(since), "--", *files).split()

    def authors_of_commit(self, commit: str) -> set[str]:
        """Its author and co-authors."""
        return _people(self.ask("show", "-s", f"--format={PEOPLE}", commit))

    def removed(self, file: str) -> list[str]:
        """The lines that some commit of the history took out of a file."""
        asked = ("log", "-p", "--no-color", "--no-ext-diff", "--format=", "HEAD", "--", file)
        lines = self.ask(*asked, missing="").split("\n")
        return [line[1:] for line in lines if line.startswith("-") and not line.startswith("---")]


def _range(since: str) -> str:
    return f"{since}..HEAD" if since else "HEAD"


def _people(log: str) -> set[str]:
    return {line.strip() for line in log.splitlines() if NAMED.fullmatch(line.strip())}
