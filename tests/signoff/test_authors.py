"""Who wrote what: from git, since somebody else approved it."""

import subprocess
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.signoff.authors import Authors, Own, base_of, read_entries
from kunnskapsgrunnlag.signoff.ledger import Seen
from kunnskapsgrunnlag.signoff.people import People
from tests.signoff.parts import WRITER, address, entry, thing


class Repo:
    """A git checkout with a few commits by different people."""

    def __init__(self, root: Path) -> None:
        self.root, self.git = root, Git(root)
        self.run("init", "-q", "-b", "main")

    def run(self, *arguments: str, who: str = "Forfatter") -> None:
        told = ["-c", f"user.name={who}", "-c", f"user.email={address(who)}"]
        subprocess.run(["git", *told, *arguments], cwd=self.root, check=True, capture_output=True)

    def write(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_bytes(text.encode())

    def commit(self, who: str, message: str = "endring", **files: str) -> str:
        for name, text in files.items():
            self.write(name.replace("_", "."), text)
        self.run("add", "-A", who=who)
        self.run("commit", "-qm", message, who=who)
        return self.git.head()

    def authors(self, own: Own, since: str = "") -> list[str]:
        return Authors(Project(self.root), Catalog.model_construct(), self.git).of(own, since)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path)


CHAPTER = Own(files={"a.md"})


def test_everybody_who_changed_a_file_after_the_approval_is_its_author(repo: Repo) -> None:
    start = repo.commit("Forfatter", a_md="en\n")
    repo.commit("Kontrollør", a_md="to\n")
    repo.commit("Godkjenner", b_md="annet\n")
    assert repo.authors(CHAPTER) == [WRITER, "Kontrollør <kontrollor@example.org>"]
    assert repo.authors(CHAPTER, start) == ["Kontrollør <kontrollor@example.org>"]
    assert repo.authors(CHAPTER, repo.git.head()) == []


def test_co_authors_are_authors(repo: Repo) -> None:
    repo.commit("Forfatter", "x\n\nCo-authored-by: Medforfatter <med@example.org>", a_md="en\n")
    assert repo.authors(CHAPTER) == [WRITER, "Medforfatter <med@example.org>"]


def params(**titles: str) -> str:
    return "items:\n" + "".join(f"  {key}: {{title: {title}}}\n" for key, title in titles.items())


ENTRY = Own(entries={("items", "a")})
REVIEWER = "Kontrollør <kontrollor@example.org>"


def test_of_the_catalogue_only_the_own_entries_count(repo: Repo) -> None:
    start = repo.commit("Forfatter", params_yaml=params(a="en", b="to"))
    repo.commit("Kontrollør", params_yaml=params(a="en", b="tre"))
    assert repo.authors(ENTRY, start) == []
    repo.commit("Kontrollør", params_yaml=params(c="ny", a="fire", b="tre"))
    assert repo.authors(ENTRY, start) == [REVIEWER]
    assert repo.authors(ENTRY, repo.git.head()) == []
    assert repo.authors(ENTRY) == [WRITER, REVIEWER]


def test_who_takes_an_entry_away_is_an_author(repo: Repo) -> None:
    start = repo.commit("Forfatter", params_yaml=params(a="en", b="to"))
    repo.commit("Kontrollør", params_yaml=params(b="to"))
    assert repo.authors(ENTRY, start) == [REVIEWER]


def test_who_sits_here_is_the_author_of_what_is_not_committed(repo: Repo) -> None:
    head = repo.commit("Forfatter", params_yaml=params(a="en", b="to"), a_md="en\n")
    repo.run("config", "user.name", "Kontrollør")
    repo.run("config", "user.email", "kontrollor@example.org")
    repo.write("params.yaml", params(a="en", b="tre"))
    assert repo.authors(ENTRY, head) == repo.authors(CHAPTER, head) == []
    repo.write("params.yaml", params(a="fem", b="to"))
    repo.write("a.md", "to\n")
    assert repo.authors(ENTRY, head) == repo.authors(CHAPTER, head) == [REVIEWER]
    assert repo.git.dirty(["a.md"]) == ["a.md"]


def test_an_author_under_her_mailmap_address_is_one(repo: Repo) -> None:
    repo.write(".mailmap", f"{WRITER} <privat@example.org>\n")
    repo.run("-c", "user.email=privat@example.org", "commit", "--allow-empty", "-qm", "x")
    repo.commit("Forfatter", a_md="en\n")
    assert repo.authors(CHAPTER) == [WRITER]


def test_a_shallow_checkout_says_so_and_guesses_nothing(repo: Repo, tmp_path: Path) -> None:
    repo.commit("Forfatter", a_md="en\n")
    repo.commit("Forfatter", a_md="to\n")
    target = tmp_path / "grunn"
    asked = ["git", "clone", "-q", "--depth", "1", repo.root.as_uri(), str(target)]
    subprocess.run(asked, check=True, capture_output=True)
    with pytest.raises(KgError, match="git fetch --unshallow"):
        Git(target).check_history()


def test_without_a_name_nobody_signs(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, str(repo.root / "ingen"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Fra miljøet")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "miljo@example.org")
    with pytest.raises(KgError, match="git config --global"):
        repo.git.identity()


def test_changes_are_counted_from_the_last_independent_approval_that_git_knows(
    repo: Repo,
) -> None:
    commits = [repo.commit("Forfatter", a_md=text) for text in ("en\n", "to\n", "tre\n")]
    seen = [Seen(commit=commit, authors=[WRITER]) for commit in commits]
    said = [
        entry(thing("1"), seen=seen[0]),
        entry(thing("2"), day=1, seen=seen[1]),
        entry(thing("3"), "Forfatter", day=2, seen=seen[2]),
        entry(thing("4"), "Godkjenner", day=3, seen=Seen(commit="0" * 40)),
    ]

    assert base_of(said, People(), repo.git) == commits[1]
    assert base_of([said[2]], People(), repo.git) == ""
    taken_back = entry(thing("9"), verdict="withdrawn", day=4)
    assert base_of([*said, taken_back], People(), repo.git) == ""


def test_a_ledger_whose_history_lost_lines_is_found(repo: Repo) -> None:
    repo.commit("Forfatter", l_jsonl="{1}\n")
    repo.commit("Forfatter", l_jsonl="{1}\n{2}\n")
    assert repo.git.removed("l.jsonl") == []
    repo.commit("Forfatter", l_jsonl="{2}\n")
    assert repo.git.removed("l.jsonl") == ["{1}"]


def test_a_catalogue_that_was_no_yaml_once_has_no_entries() -> None:
    assert read_entries("items: [a\n") == {}
    assert read_entries("items:\n  a: {title: b}\nfelles: 1\n") == {("items", "a"): {"title": "b"}}
