"""The quick way to write dvc.lock writes what DVC itself would write."""

from collections import OrderedDict
from pathlib import Path
from typing import Any

import yaml
from dvc.utils.serialize import dumps_yaml
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.pipeline.dvc_launch import dumped, modify_lock
from tests.checkout import ROOT

HASH = st.text("0123456789abcdef", min_size=16, max_size=32)
NAME = st.from_regex(r"[a-z]{2,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)


def test_the_committed_lock_is_written_byte_for_byte() -> None:
    text = (ROOT / "dvc.lock").read_text(encoding="utf-8")
    held = yaml.safe_load(text)

    assert dumped(held) == text
    assert dumps_yaml(held) == text


@given(st.dictionaries(NAME, HASH, min_size=1, max_size=4), HASH, st.integers(0, 10**9))
def test_any_entry_is_written_as_dvc_writes_it(params: dict[str, str], md5: str, size: int) -> None:
    def entry() -> dict[str, Any]:
        return OrderedDict(path="build/a b/ø.json", hash="md5", md5=md5, size=size)

    stage: dict[str, Any] = {
        "cmd": "kg stage item x",
        "deps": [entry()],
        "params": {"build/inputs.json": params},
        "outs": [entry()],
    }
    held = {"schema": "2.0", "stages": {"item@x": stage}}

    assert dumped(held) == dumps_yaml(held)


def test_what_the_caller_changes_is_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "dvc.lock"
    with modify_lock(path) as held:
        held["schema"] = "2.0"
    with modify_lock(path) as held:
        held["stages"] = {"a": {"cmd": "b"}}

    assert path.read_text(encoding="utf-8") == "schema: '2.0'\nstages:\n  a:\n    cmd: b\n"
