"""Saving a snapshot: killed anywhere, a reader finds the old pair or the new one."""

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources import save
from kunnskapsgrunnlag.sources.provenance import Provenance, provenance_path, read_provenance

OLD, NEW = b'{"value": [1]}\n', b'{"value": [2]}\n'


def provenance(content: bytes) -> Provenance:
    return Provenance(
        title="t",
        owner="o",
        origin="offisiell",
        vintage=content.decode().strip(),
        licence="l",
        sha256_bytes=hashlib.sha256(content).hexdigest(),
        sha256_cells="",
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A saved snapshot."""
    path = tmp_path / "ssb" / "1.json"
    save.save(path, OLD, provenance(OLD))
    return path


def is_whole(path: Path) -> bool:
    named = read_provenance(path)
    return named == provenance(path.read_bytes())


def test_saved_pair_reads_back(path: Path) -> None:
    save.save(path, NEW, provenance(NEW))

    assert path.read_bytes() == NEW
    assert is_whole(path)
    assert sorted(p.name for p in path.parent.iterdir()) == ["1.json", "1.json.source.yaml"]


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


@pytest.mark.parametrize("step", range(1, 9))
def test_killed_before_any_step(path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    steps = 0

    def counted(original: Any) -> Any:
        def call(*arguments: Any, **more: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == step:
                raise Killed
            return original(*arguments, **more)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", counted(Path.replace))
        patched.setattr(Path, "open", counted(Path.open))
        patched.setattr(os, "fsync", counted(os.fsync))
        with contextlib.suppress(Killed):
            save.save(path, NEW, provenance(NEW))
    assert path.read_bytes() in (OLD, NEW)
    assert is_whole(path)

    save.settle_all(path.parent)

    assert is_whole(path)
    assert not list(path.parent.glob("*.ny"))


def test_provenance_of_another_content_does_not_count(path: Path) -> None:
    with pytest.raises(KgError, match="et annet innhold"):
        save.save(path, NEW, provenance(OLD))
    assert path.read_bytes() == OLD

    beside = provenance_path(path)
    beside.with_name(beside.name + ".ny").write_bytes(save.dumped(provenance(NEW)))
    assert read_provenance(path) == provenance(OLD)
    assert save.settle(path) is False


def test_full_disk_keeps_the_old_pair(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KgError, match="disken er full"):
        save.save(path, NEW, provenance(NEW))

    assert is_whole(path)
    assert path.read_bytes() == OLD
