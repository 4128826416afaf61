"""dvc.yaml: every stage follows koden that it runs, and only `fetch` is for the network."""

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

from kunnskapsgrunnlag.pipeline.code_hash import ImportGraph
from kunnskapsgrunnlag.pipeline.stages import STAGES
from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "kunnskapsgrunnlag"
DECLARED: dict[str, Any] = yaml.safe_load((ROOT / "dvc.yaml").read_text("utf-8"))["stages"]
# Stages that load modules of a room by name.
BY_NAME = {"sources": "tidy", "claims": "claims"}
# Items follow a hash of their code; `fetch` is never out of date.
BY_HASH = {"fetch", "item"}


def imported(function: str) -> list[Path]:
    """The modules that a stage's function imports."""
    tree = ast.parse((PACKAGE / "pipeline" / "stages.py").read_text("utf-8"))
    (body,) = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == function)
    names = [n.module or "" for n in ast.walk(body) if isinstance(n, ast.ImportFrom)]
    paths = [PACKAGE.joinpath(*name.split(".")[1:]) for name in names]
    return [p.with_suffix(".py") if p.with_suffix(".py").is_file() else p / "__init__.py"
            for p in paths]  # fmt: skip


def test_dvc_calls_every_stage_there_is() -> None:
    assert set(DECLARED) == set(STAGES)


@pytest.mark.parametrize("stage", sorted(set(STAGES) - BY_HASH))
def test_a_stage_follows_the_code_it_runs(stage: str) -> None:
    modules = [path for path in imported(stage) if path.parent.name != "pipeline"]
    if stage in BY_NAME:
        modules += (PACKAGE / BY_NAME[stage]).glob("*.py")
    files = [path for path in ImportGraph(PACKAGE).files_behind(*modules) if path.parent != PACKAGE]
    rooms = {path.relative_to(ROOT).as_posix().rpartition("/")[0] for path in files}
    followed = [dep for dep in DECLARED[stage]["deps"] if dep.startswith("src/")]
    assert [r for r in rooms if not any(f"{r}/".startswith(f"{dep}/") for dep in followed)] == []


def test_only_fetching_is_frozen() -> None:
    assert [name for name, stage in DECLARED.items() if stage.get("do", stage).get("frozen")] == [
        "fetch"
    ]
