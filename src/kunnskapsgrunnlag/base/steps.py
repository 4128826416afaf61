"""A step of the work: files that change together, as one commit that can be undone and done again.

What a step is to write is put whole beside git's own files first. From then on the step is taken:
whoever is stopped midway has it finished by the next command, so that a checkout is as it was
before, or as it is afterwards. What was undone stays in git's history, where no clean-up reaches.
"""

from __future__ import annotations

import base64
import contextlib
import json
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.git import Git
from kunnskapsgrunnlag.base.io import told_if_unwritable, write_bytes, write_synced

# Lines in the message of a step's commit: its own id, and that of the step that it undoes.
ID, UNDOES = "Kg-steg", "Kg-angrer"
LOCK_FILE = "dvc.lock"
# Seconds after which a git that has kept a lock is one that was killed.
LONGEST_GIT = 10.0
Files = dict[str, bytes | None]


@dataclass(frozen=True)
class Step:
    """What is to change.

    Attributes:
        message: What was done, as git's history says it.
        files: Path from the checkout's root -> its new content; None where the file goes.
        undoes: The id of the step that this one takes back, or "".
    """

    message: str
    files: Files
    undoes: str = ""
    id: str = field(default_factory=lambda: uuid.uuid4().hex[:12])


@dataclass(frozen=True)
class Taken:
    """A step in git's history."""

    commit: str
    message: str
    id: str
    undoes: str


def take(root: Path, step: Step, build: Callable[[], bool] = lambda: False) -> None:
    """Write the files, build, and commit what the step wrote; nothing else of the checkout.

    dvc.lock follows if the build was good and nothing else was uncommitted: else it would speak of
    more than the step.

    Args:
        build: Builds; says whether it went well.

    Raises:
        KgError: If a file of the step has changes that git does not have, or cannot be written.
    """
    git = Git(root)
    git.identity()
    if dirty := git.dirty([*step.files]):
        raise KgError(
            f"{dirty[0]} har endringer som ikke er lagt inn i git. Legg dem inn først (git add og "
            "git commit), eller ta dem bort (git restore). Ingenting er endret."
        )
    was_clean = {*git.dirty()} <= {LOCK_FILE}
    with _alone(root):
        for name in step.files:
            _check_writable(root / name)
        _journal(root).parent.mkdir(parents=True, exist_ok=True)
        waiting = _journal(root).with_suffix(".ny")
        write_synced(waiting, _dumped(step))
        waiting.replace(_journal(root))
        _write(root, step)
        is_built = False
        try:
            is_built = build()
        except KeyboardInterrupt:
            raise KgError(
                f"«{step.message}» er lagt inn, men ikke bygget, siden du avbrøt. Kjør kg build, "
                "eller ta det tilbake med kg angre."
            ) from None
        finally:
            _commit(root, step, [LOCK_FILE] if is_built and was_clean else [])


def finish_interrupted(root: Path) -> str:
    """Finish the step that a killed command had begun; what it was, or ""."""
    if not _journal(root).is_file():
        return ""
    try:
        # A git that the killed command was about to start may have the lock for a moment.
        lock = _lock(root).acquire(timeout=1)
    except Timeout:
        return ""  # the command that takes it is still at work
    with lock:
        if not _journal(root).is_file():
            return ""
        step = _loaded(_journal(root).read_text(encoding="utf-8"))
        _write(root, step)
        _free_git(root)
        try:
            _commit(root, step, [])
        except KgError:
            # The git of the killed command was still at work.
            _free_git(root)
            _commit(root, step, [])
    return step.message


def last_step(root: Path, *, again: bool = False) -> Taken | None:
    """The newest step taken in this checkout that can be undone, or undone once more.

    Args:
        again: Ask for the newest undoing, which can be taken back itself.
    """
    own = _own_ids(root)
    steps = list(_history(root))
    by_id = {step.id: step for step in steps}
    gone: set[str] = set()
    for step in steps:
        if step.id in gone:
            continue
        gone.add(step.undoes)
        undone = by_id.get(step.undoes)
        is_undoing = undone is not None and not undone.undoes
        if step.id in own and (is_undoing if again else not step.undoes):
            return step
    return None


def reversed_step(root: Path, taken: Taken, message: str) -> Step:
    """The step that takes another one back, and leaves what has been changed elsewhere since.

    Raises:
        KgError: If the same lines have been changed since.
    """
    git = Git(root)
    asked = ("diff-tree", "--no-commit-id", "-r", "--relative", "--name-only", "-z")
    names = git.ask(*asked, taken.commit)
    files: Files = {}
    ends = (taken.commit, f"{taken.commit}^")
    for name in filter(None, names.split("\0")):
        if name == LOCK_FILE:
            continue
        after, before = (git.content(commit, name) for commit in ends)
        path = root / name
        now = path.read_bytes() if path.is_file() else None
        if now != before:
            files[name] = before if now == after else _merged(name, now, after, before, taken)
    return Step(message, files, taken.id)


def _merged(
    name: str, now: bytes | None, after: bytes | None, before: bytes | None, taken: Taken
) -> bytes:
    """What lies there now without what the step had changed in it."""
    if now is not None and after is not None and before is not None:
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / part for part in ("now", "after", "before")]
            for path, content in zip(paths, (now, after, before), strict=True):
                path.write_bytes(content)
            done = Git(Path(folder)).run("merge-file", "-p", *map(str, paths))
        if done.returncode == 0:
            return done.stdout
    raise KgError(
        f"{name} er endret på de samme stedene etter «{taken.message}», så den kan ikke angres av "
        f"seg selv. Rett filen, eller se på git show {taken.commit[:12]}. Ingenting er endret."
    )


def _history(root: Path) -> Iterator[Taken]:
    """The steps in the history of what is checked out, newest first."""
    form = f"%H%x1f%s%x1f%(trailers:key={ID},valueonly)%x1f%(trailers:key={UNDOES},valueonly)%x1e"
    log = Git(root).ask("log", f"--grep=^{ID}: ", f"--format={form}", missing="")
    for entry in log.split("\x1e"):
        if entry.strip():
            yield Taken(*(part.strip() for part in entry.split("\x1f")))


def _commit(root: Path, step: Step, more: Iterable[str]) -> None:
    git = Git(root)
    if f"{ID}: {step.id}" not in git.ask("log", "-1", "--format=%B", missing=""):
        asked = ("ls-tree", "-r", "-z", "--name-only", "HEAD", "--", *step.files)
        committed = set(git.ask(*asked, missing="").split("\0"))
        indexed = set(git.ask("ls-files", "-z", "--", *step.files).split("\0"))
        present = [n for n in (*step.files, *more) if (root / n).is_file()]
        names = [*present, *(n for n in step.files if n in committed and n not in present)]
        undoes = f"{UNDOES}: {step.undoes}\n" if step.undoes else ""
        words = f"{step.message}\n\n{ID}: {step.id}\n{undoes}"
        git.ask("add", "--all", "--", *(n for n in names if n in present or n in indexed))
        # The hook that builds would build once more; other staged files stay staged.
        asked = ("commit", "--quiet", "--no-verify", "--only", "--allow-empty", "-m", words)
        git.ask(*asked, "--", *names)
    own = _folder(root) / "steg"
    if step.id not in _own_ids(root):
        with own.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{step.id}\n")
    _journal(root).unlink()


def _write(root: Path, step: Step) -> None:
    for name, content in step.files.items():
        with told_if_unwritable(root / name):
            if content is None:
                (root / name).unlink(missing_ok=True)
            else:
                write_bytes(root / name, content)


def _free_git(root: Path) -> None:
    """Take away the locks of a git that was killed with its command; one at work is waited for."""
    folder = _folder(root).parent
    locks = (folder / "index.lock", folder / "HEAD.lock", *folder.glob("refs/heads/**/*.lock"))
    waits_until = time.monotonic() + LONGEST_GIT
    for lock in locks:
        while lock.exists() and time.monotonic() < waits_until:
            time.sleep(0.1)
        # Windows keeps a file that is open.
        with contextlib.suppress(PermissionError):
            lock.unlink(missing_ok=True)


def _check_writable(path: Path) -> None:
    """A file that is open in another program stops the step before it begins."""
    if path.is_file():
        with told_if_unwritable(path), path.open("r+b"):
            pass


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """No other command takes a step at the same time."""
    try:
        lock = _lock(root).acquire()
    except Timeout:
        raise KgError("en annen kommando er i gang her. Vent til den er ferdig.") from None
    with lock:
        yield


def _lock(root: Path) -> FileLock:
    _folder(root).mkdir(parents=True, exist_ok=True)
    return FileLock(_folder(root) / "laas", timeout=0)


def _folder(root: Path) -> Path:
    """A folder of ours among git's own files: never committed, and no clean-up reaches it."""
    git = next((f / ".git" for f in (root, *root.parents) if (f / ".git").exists()), root / ".git")
    if git.is_file():
        git = git.parent / git.read_text(encoding="utf-8").partition(":")[2].strip()
    return git / "kg"


def _journal(root: Path) -> Path:
    return _folder(root) / "steg.json"


def _own_ids(root: Path) -> set[str]:
    path = _folder(root) / "steg"
    return set(path.read_text(encoding="utf-8").split()) if path.is_file() else set()


def _dumped(step: Step) -> bytes:
    files = {
        name: None if content is None else base64.b64encode(content).decode()
        for name, content in step.files.items()
    }
    written = {"message": step.message, "files": files, "undoes": step.undoes, "id": step.id}
    return json.dumps(written, ensure_ascii=False).encode("utf-8")


def _loaded(text: str) -> Step:
    written = json.loads(text)
    files = {
        name: None if content is None else base64.b64decode(content)
        for name, content in written["files"].items()
    }
    return Step(written["message"], files, written["undoes"], written["id"])
