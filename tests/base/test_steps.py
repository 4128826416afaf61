"""A step is taken whole or not at all, wherever it is stopped, and can be undone and done again."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base import steps
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.steps import Step, finish_interrupted, last_step, reversed_step, take

OLD = {"params.yaml": b"a\nb\nc\nd\ne\n", "gone.csv": b"1\n"}
NEW: steps.Files = {
    "params.yaml": b"A\nb\nc\nd\ne\n",
    "gone.csv": None,
    "data/new.xlsx": b"\r\n\x00\xff",
}


class StoppedError(BaseException):
    """What kills a command in the middle."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for arguments in (
        ("init", "-q"),
        ("config", "user.name", "A"),
        ("config", "user.email", "a@b"),
    ):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    for name, content in OLD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "own.md").write_text("min tekst\n")
    (tmp_path / "dvc.lock").write_text("før\n")
    commit(tmp_path)
    return tmp_path


def commit(root: Path) -> None:
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    subprocess.run(["git", "commit", "-qm", "endring"], cwd=root, check=True)


def contents(root: Path, names: steps.Files = NEW) -> steps.Files:
    return {n: (root / n).read_bytes() if (root / n).is_file() else None for n in names}


def before() -> steps.Files:
    return {name: OLD.get(name) for name in NEW}


def subject(root: Path) -> str:
    return Git(root).ask("log", "-1", "--format=%s").strip()


def test_a_step_is_one_commit_of_its_own_files_and_of_the_lock_of_its_build(root: Path) -> None:
    def build() -> bool:
        (root / "dvc.lock").write_text("etter\n")
        return True

    take(root, Step("Mottatt", NEW), build)

    assert (contents(root), subject(root)) == (NEW, "Mottatt")
    assert Git(root).dirty() == []


def test_other_work_is_left_as_it_is_and_the_lock_that_speaks_of_it_too(root: Path) -> None:
    (root / "own.md").write_text("ny tekst\n")
    (root / "staged.md").write_text("lagt til\n")
    Git(root).ask("add", "staged.md")

    def build() -> bool:
        (root / "dvc.lock").write_text("etter\n")
        return True

    take(root, Step("Mottatt", NEW), build)

    assert sorted(Git(root).dirty()) == ["dvc.lock", "own.md", "staged.md"]
    assert Git(root).ask("diff", "--cached", "--name-only").split() == ["staged.md"]


def test_who_stops_the_build_has_the_step_at_once_and_is_told_so(root: Path) -> None:
    def build() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KgError, match="lagt inn, men ikke bygget, siden du avbrøt"):
        take(root, Step("Mottatt", NEW), build)

    assert contents(root) == NEW
    assert subject(root) == "Mottatt"
    assert finish_interrupted(root) == ""


def test_own_changes_of_the_same_files_stop_a_step_before_it_begins(root: Path) -> None:
    (root / "params.yaml").write_bytes(b"min\n")
    with pytest.raises(KgError, match=r"params\.yaml har endringer som ikke er lagt inn i git"):
        take(root, Step("Mottatt", NEW))
    assert (contents(root)["params.yaml"], subject(root)) == (b"min\n", "endring")


def stopped_after(count: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the step be stopped before its file or command number `count`."""
    calls = 0

    def counting(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **more: object) -> object:
            nonlocal calls
            calls += 1
            if calls == count:
                raise StoppedError
            return real(*arguments, **more)

        return call

    for name in ("write_synced", "write_bytes"):
        monkeypatch.setattr(steps, name, counting(getattr(steps, name)))
    monkeypatch.setattr(Path, "replace", counting(Path.replace))
    monkeypatch.setattr(Path, "unlink", counting(Path.unlink))
    monkeypatch.setattr(Git, "ask", counting(Git.ask))
    return monkeypatch.undo


@pytest.mark.parametrize("at", range(1, 22))
def test_stopped_anywhere_a_step_is_not_begun_or_finished_by_the_next_command(
    root: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    resume = stopped_after(at, monkeypatch)
    try:
        take(root, Step("Mottatt", NEW))
        is_stopped = False
    except StoppedError:
        is_stopped = True
    resume()

    finished = finish_interrupted(root)

    assert contents(root) in ([before(), NEW] if is_stopped else [NEW])
    assert (subject(root) == "Mottatt") is (contents(root) == NEW)
    assert bool(finished) <= is_stopped
    assert Git(root).dirty() == []
    assert finish_interrupted(root) == ""
    if subject(root) == "Mottatt":
        assert (last := last_step(root)) and last.message == "Mottatt"
        assert Git(root).ask("log", "--format=%s").split() == ["Mottatt", "endring"]


def test_a_step_is_undone_and_done_again_and_what_others_changed_stays(root: Path) -> None:
    take(root, Step("Mottatt", NEW))
    (root / "params.yaml").write_bytes(b"A\nb\nc\nd\nE\n")
    commit(root)

    taken = last_step(root)
    assert taken is not None
    take(root, reversed_step(root, taken, "Angret: Mottatt"))

    assert contents(root) == before() | {"params.yaml": b"a\nb\nc\nd\nE\n"}
    assert last_step(root) is None
    undone = last_step(root, again=True)
    assert undone is not None and undone.message == "Angret: Mottatt"
    take(root, reversed_step(root, undone, "Igjen: Mottatt"))
    assert contents(root) == NEW | {"params.yaml": b"A\nb\nc\nd\nE\n"}
    assert last_step(root, again=True) is None
    again = last_step(root)
    assert again is not None and again.message == "Mottatt"


def test_a_step_whose_lines_have_been_changed_since_is_not_undone(root: Path) -> None:
    take(root, Step("Mottatt", NEW))
    (root / "params.yaml").write_bytes(b"noe annet\nb\nc\nd\ne\n")
    commit(root)
    taken = last_step(root)
    assert taken is not None
    with pytest.raises(KgError, match=r"params\.yaml er endret på de samme stedene"):
        reversed_step(root, taken, "Angret: Mottatt")


def test_a_clone_has_nothing_to_undo_of_what_others_did(root: Path, tmp_path: Path) -> None:
    take(root, Step("Mottatt", NEW))
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(root), str(clone)], check=True)
    assert last_step(clone) is None
