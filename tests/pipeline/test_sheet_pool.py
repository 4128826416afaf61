import asyncio
import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.pipeline.sheet_pool import SheetPool, stale_items
from tests.pipeline.test_kernel import write

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_client"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:papermill"),
]
CELL = """import os, pathlib
pathlib.Path('build/sheets', item, 'prosess.txt').write_text(str(os.getpid()))
assert item != 'tabell-9'"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("rot"))


@pytest.fixture(scope="module")
def pool(project: Project) -> Iterator[SheetPool]:
    pool = SheetPool(project, write(project.root / "ark.ipynb", CELL))
    yield pool
    pool.close()


def files(project: Project, key: str) -> list[str]:
    return sorted(path.name for path in project.item(key).iterdir())


def test_a_sheet_that_was_not_begun_is_executed_when_its_stage_asks(
    project: Project, pool: SheetPool
) -> None:
    pool.finish("tabell-1")
    assert files(project, "tabell-1") == ["prosess.txt", "tabell-1.ipynb"]


def test_a_sheet_that_is_begun_changes_nothing_until_its_stage_asks(
    project: Project, pool: SheetPool
) -> None:
    pool.begin(["tabell-2", "tabell-3"])
    pool.finish("tabell-3")
    assert files(project, "tabell-3") == ["prosess.txt", "tabell-3.ipynb"]
    assert not project.item("tabell-2").exists()


def test_a_file_that_a_sheet_no_longer_writes_is_gone(project: Project, pool: SheetPool) -> None:
    project.item("tabell-4").mkdir(parents=True)
    (project.item("tabell-4") / "gammel.svg").touch()
    pool.finish("tabell-4")
    assert files(project, "tabell-4") == ["prosess.txt", "tabell-4.ipynb"]


def test_a_sheet_that_fails_leaves_the_results_of_yesterday(
    project: Project, pool: SheetPool
) -> None:
    project.item("tabell-9").mkdir(parents=True)
    (project.item("tabell-9") / "tabell-9.csv").touch()
    with pytest.raises(KgError, match=r"tabell-9: kontrollarket stoppet i celle"):
        pool.finish("tabell-9")
    assert files(project, "tabell-9") == ["tabell-9.csv"]


def test_a_pool_that_is_closed_leaves_no_event_loop(tmp_path: Path) -> None:
    """A forgotten one warns whenever it is collected, in the middle of something else."""
    notebook = write(tmp_path / "ark.ipynb", "1")
    counts = []
    for _ in range(2):
        pool = SheetPool(Project(tmp_path), notebook)
        pool.finish("tabell-1")
        pool.close()
        loops = [o for o in gc.get_objects() if isinstance(o, asyncio.AbstractEventLoop)]
        counts.append(sum(not loop.is_closed() for loop in loops))

    # The first one leaves the loop of this thread, which the next one uses again.
    assert counts[0] == counts[1]


def test_only_items_with_other_inputs_or_without_results_are_stale(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for key in ("lik", "endret", "ny"):
        project.item(key).mkdir(parents=True)
    keys = ("lik", "endret", "ny", "borte")
    made = {key: "1" for key in keys}
    (project.build / "inputs.json").write_text(json.dumps(made), encoding="utf-8")
    locked = {"lik": "1", "endret": "0", "borte": "1"}
    stages = {f"item@{k}": {"params": {"build/inputs.json": {k: v}}} for k, v in locked.items()}
    (tmp_path / "dvc.lock").write_text(yaml.safe_dump({"stages": stages}), encoding="utf-8")

    assert stale_items(project, keys) == ["endret", "ny", "borte"]
