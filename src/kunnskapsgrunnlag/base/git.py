"""What git says of a checkout: who sits here, what is not committed, and who changed files."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError

# Name and address of the author and of every co-author, a line each, in the mailmap's spelling.
PEOPLE = "%aN <%aE>%n%(trailers:key=Co-authored-by,valueonly)"
# What people set for their own eyes, or for other projects, and what their shell says of others.
SETTINGS = (
    *("core.quotePath=false", "color.ui=false", "diff.external=", "commit.gpgSign=false"),
    *("log.showSignature=false", "i18n.logOutputEncoding=UTF-8", "i18n.commitEncoding=UTF-8"),
    *(
        "grep.patternType=default",
        "log.follow=false",
        "diff.noprefix=false",
        "commit.cleanup=whitespace",
    ),
    *("status.showUntrackedFiles=all", "status.renames=false"),
)
OTHERS = ("GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_CONFIG_PARAMETERS", "GIT_LITERAL_PATHSPECS")
NAMED = re.compile(r"\S.*<[^<>\s]+>")


@dataclass(frozen=True, order=True)
class Commit:
    """One commit.

    Attributes:
        seconds: When it was made, since 1970.
        people: `Name <email>` of its author, and of every co-author.
    """

    seconds: int
    name: str
    subject: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Git:
    """One checkout."""

    root: Path

    def ask(self, *arguments: str, missing: str | None = None) -> str:
        """What a git command answers; `missing` where it fails in a checkout that git can read."""
        done = self.run(*arguments)
        if done.returncode == 0:
            return done.stdout.decode("utf-8", "replace")
        if missing is not None and self.run("rev-parse", "--git-dir").returncode == 0:
            return missing
        raise self._failed(arguments[0], done.stderr)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run git so that it answers alike on every machine, whatever its owner has set."""
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
        try:
            return subprocess.run(
                ["git", *settings, *arguments],
                cwd=self.root,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                # A question takes no lock: a killed one would leave it for the next command.
                env={name: value for name, value in os.environ.items() if name not in OTHERS}
                | {"GIT_OPTIONAL_LOCKS": "0"},
                check=False,
            )
        except FileNotFoundError:
            raise KgError("git finnes ikke på maskinen. Hent det fra git-scm.com.") from None

    def _failed(self, command: str, errors: bytes) -> KgError:
        words = errors.decode("utf-8", "replace").strip()
        if "dubious ownership" in words:
            return KgError(
                "mappen eies av en annen enn deg, og git leser den ikke. Kjør "
                f"git config --global --add safe.directory {self.root.as_posix()}."
            )
        if "not a git repository" in words:
            return KgError(
                f"{self.root.as_posix()} er ikke hentet med git. Hent prosjektet med git clone."
            )
        last = words.splitlines()[-1] if words else "ingenting"
        return KgError(
            f"git {command}: svarte {last}. Prosjektet må være hentet med git clone og ha minst én "
            "innsjekking."
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
        return (self.content(commit, file) or b"").decode("utf-8", "replace")

    def content(self, commit: str, file: str) -> bytes | None:
        """The bytes of a file in a commit; None if it is not there."""
        if not self.ask("ls-tree", commit, "--", file):
            return None
        done = self.run("show", f"{commit}:./{file}")
        if done.returncode:
            raise self._failed("show", done.stderr)
        return done.stdout

    def unmerged(self) -> list[str]:
        """The files in which a merge has left two sides, in a merge that is not finished."""
        entries = filter(None, self.ask("ls-files", "--unmerged", "-z").split("\0"))
        return sorted({entry.partition("\t")[2] for entry in entries})

    def knows(self, commit: str) -> bool:
        """Whether a commit is part of what is checked out: a squash or a rebase loses some."""
        if not re.fullmatch("[0-9a-f]{40,64}", commit):
            return False
        return self.ask("merge-base", "--is-ancestor", commit, "HEAD", missing="no") != "no"

    def log(self, since: str, *files: str) -> list[Commit]:
        """The commits after one, or all if it is empty, newest first; of these files if named."""
        span = f"{since}..HEAD" if since else "HEAD"
        output = self.ask("log", f"--format=%x1e%H%x1f%ct%x1f%s%x1f{PEOPLE}", span, "--", *files)
        return [_commit(*entry.split("\x1f")) for entry in output.split("\x1e")[1:]]

    def commit(self, message: str, *paths: str) -> None:
        """Commit all that lies under these paths and nothing else; what is staged stays staged."""
        self.ask("add", "--all", "--", *paths)
        # The hook that builds has nothing to build here.
        self.ask("commit", "--quiet", "--no-verify", "--only", "-m", message, "--", *paths)

    def removed(self, file: str) -> list[str]:
        """The lines that some commit of the history took out of a file."""
        asked = ("log", "-p", "--no-color", "--no-ext-diff", "--format=", "HEAD", "--", file)
        lines = self.ask(*asked, missing="").split("\n")
        return [line[1:] for line in lines if line.startswith("-") and not line.startswith("---")]


def _commit(name: str, seconds: str, subject: str, people: str) -> Commit:
    lines = [line.strip() for line in people.splitlines()]
    named = tuple(line for line in lines if NAMED.fullmatch(line))
    return Commit(int(seconds), name, subject, named)
