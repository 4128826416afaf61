"""What git says is the same on every machine, and a git that fails says nothing of the checkout."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import Git

OWN_SETTINGS = """
[user]
    name = Kari Nordmann
    email = kari@example.org
[blame]
    ignoreRevsFile = finnes-ikke
[color]
    ui = always
[core]
    quotePath = true
    commentChar = ";"
    pager = finnes-ikke
[diff]
    external = finnes-ikke
    noprefix = true
[grep]
    patternType = fixed
[i18n]
    logOutputEncoding = ISO-8859-1
[log]
    showSignature = true
    date = relative
    follow = true
[commit]
    gpgSign = true
[gpg]
    program = finnes-ikke
[status]
    showUntrackedFiles = no
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Two commits of a file, and another one that nobody has added."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "innstillinger"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (tmp_path / "innstillinger").write_text(
        "[user]\n name = Kari Nordmann\n email = kari@example.org\n", encoding="utf-8"
    )
    root = tmp_path / "utsjekk"
    root.mkdir()
    git = Git(root)
    git.ask("init", "--quiet")
    for words in ("første\n", "blåbær\n"):
        (root / "å.md").write_text(words, encoding="utf-8", newline="\n")
        git.ask("add", "--all")
        git.ask("commit", "--quiet", "-m", f"Rettet: {words.strip()}")
    (root / "ny å.md").write_text("ny", encoding="utf-8")
    return git


def answers(git: Git) -> list[object]:
    return [
        git.dirty(),
        git.text("HEAD", "å.md"),
        git.content("HEAD^", "å.md"),
        git.content("HEAD", "finnes-ikke.md"),
        git.removed("å.md"),
        git.log("", "å.md"),
        git.ask("log", "--format=%s", "--grep=^Rettet: f"),
        git.unmerged(),
    ]


def test_own_settings_change_no_answer(checkout: Git, tmp_path: Path) -> None:
    before = answers(checkout)
    (tmp_path / "innstillinger").write_text(OWN_SETTINGS, encoding="utf-8")
    assert answers(checkout) == before
    assert before[:5] == [["ny å.md"], "blåbær\n", "første\n".encode(), None, ["første"]]
    checkout.ask("add", "--all")
    checkout.ask("commit", "--quiet", "-m", "Ny")  # neither signed nor stopped by a program


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1", "mappen eies av en annen enn deg"),
        ("GIT_CEILING_DIRECTORIES", "{tmp}", "er ikke hentet med git. Hent prosjektet med git"),
        ("PATH", "{tmp}", "git finnes ikke på maskinen"),
    ],
)
def test_a_git_that_fails_is_never_taken_for_nothing(
    checkout: Git,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    value: str,
    words: str,
) -> None:
    monkeypatch.setenv(setting, value.format(tmp=tmp_path))
    if setting == "GIT_CEILING_DIRECTORIES":
        shutil.rmtree(checkout.root / ".git")
    for ask in (
        lambda: checkout.text("HEAD", "å.md"),
        lambda: checkout.removed("å.md"),
        lambda: checkout.knows("0" * 40),
        checkout.dirty,
        checkout.unmerged,
    ):
        with pytest.raises(KgError, match=words):
            ask()


def test_a_merge_that_is_not_finished_names_its_files(checkout: Git) -> None:
    root = checkout.root
    (root / "ny å.md").unlink()
    checkout.ask("checkout", "--quiet", "-b", "kari", "HEAD^")
    (root / "å.md").write_text("annet\n", encoding="utf-8")
    checkout.ask("commit", "--quiet", "--all", "-m", "Annet")
    merge = ["git", "merge", "@{-1}"]
    done = subprocess.run(merge, cwd=root, env={**os.environ}, capture_output=True, check=False)
    assert done.returncode
    assert checkout.unmerged() == ["å.md"]
