"""Control sheets on several warm kernels, begun before DVC asks for them.

DVC runs one stage at a time. Once it has asked for one sheet, those that it will ask for next are
executed beside it, each into a folder of its own; a stage puts the finished sheet in its place.
"""

import json
import os
import shutil
import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import yaml

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.base.yaml_errors import LOADER
from kunnskapsgrunnlag.pipeline.kernel import WarmKernel, run_sheet

KERNELS = min(2, os.cpu_count() or 1)


class SheetPool:
    """Threads with a kernel each; a thread and its kernel start when there is work for them."""

    def __init__(self, project: Project, notebook: Path) -> None:
        self._project, self._notebook = project, notebook
        self._kernels: list[WarmKernel] = []
        self._own = threading.local()
        self._pool = ThreadPoolExecutor(KERNELS, "sheets", initializer=self._start)
        self._begun: dict[str, Future[None]] = {}

    @property
    def has_begun(self) -> bool:
        return bool(self._begun)

    def warm_up(self) -> None:
        self._pool.submit(int)

    def begin(self, keys: Iterable[str]) -> None:
        """Execute the sheets of these items, as soon as kernels are free."""
        for key in keys:
            if key not in self._begun:
                self._begun[key] = self._pool.submit(self._execute, key)

    def finish(self, key: str) -> None:
        """Wait for an item's sheet and put its files in their place."""
        self.begin([key])
        self._begun[key].result()
        shutil.rmtree(self._project.item(key), ignore_errors=True)
        self._project.item(key).parent.mkdir(parents=True, exist_ok=True)
        self._project.executed(key).rename(self._project.item(key))

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        for kernel in self._kernels:
            kernel.close()

    def _start(self) -> None:
        self._own.kernel = WarmKernel(self._project.root)
        self._kernels.append(self._own.kernel)

    def _execute(self, key: str) -> None:
        folder = self._project.executed(key)
        shutil.rmtree(folder, ignore_errors=True)
        run_sheet(self._notebook, folder / f"{key}.ipynb", key, self._own.kernel)


def stale_items(project: Project, keys: Iterable[str]) -> list[str]:
    """The items that DVC will probably ask for: gone, or made of other things than in dvc.lock."""
    lock = yaml.load((project.root / "dvc.lock").read_text(encoding="utf-8"), Loader=LOADER)
    hashes = json.loads((project.build / "inputs.json").read_text(encoding="utf-8"))

    def is_fresh(key: str) -> bool:
        stage = lock["stages"].get(f"item@{key}", {})
        locked = stage.get("params", {}).get("build/inputs.json", {})
        return locked.get(key) == hashes[key] and project.item(key).is_dir()

    return [key for key in keys if not is_fresh(key)]
