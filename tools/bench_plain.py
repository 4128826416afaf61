"""`python tools/bench_plain.py FOLDER`: the plain project that `tools/bench.py` measures against.

It is DVC and papermill without this system: 12 CSV files of 36 rows copied twice by stages, 22
pandas scripts and 22 runs of a notebook of four cells with one line plot; 68 stages, one process
each, no warm kernel, nothing rendered.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SOURCES = [f"kilde-{number:02}" for number in range(1, 13)]
ITEMS = {f"tabell-{number:02}": SOURCES[number % len(SOURCES)] for number in range(1, 23)}

COPY = """import shutil
import sys

shutil.copyfile(sys.argv[1], sys.argv[2])
"""

ITEM = """import sys

import pandas as pd

rows = pd.read_csv(sys.argv[1])
table = rows.pivot_table(index="year", columns="group", values="value", aggfunc="sum")
table["share"] = table["owners"] / table.sum(axis=1)
table.round(3).to_csv(sys.argv[2])
"""

CELLS = [
    'item = "tabell-01"',
    """import matplotlib.pyplot as plt
import pandas as pd

table = pd.read_csv(f"items/{item}.csv")""",
    "table",
    """fig, ax = plt.subplots()
ax.plot(table["year"], table["share"])
ax.set_title(item);""",
]

STAGES = """stages:
  fetch:
    foreach: SOURCES
    do:
      cmd: python scripts/copy_csv.py source/${item}.csv raw/${item}.csv
      deps: [scripts/copy_csv.py, "source/${item}.csv"]
      outs: ["raw/${item}.csv"]
  tidy:
    foreach: SOURCES
    do:
      cmd: python scripts/copy_csv.py raw/${item}.csv tidy/${item}.csv
      deps: [scripts/copy_csv.py, "raw/${item}.csv"]
      outs: ["tidy/${item}.csv"]
  item:
    foreach: ITEMS
    do:
      cmd: python scripts/${key}.py tidy/${item}.csv items/${key}.csv
      deps: ["scripts/${key}.py", "tidy/${item}.csv"]
      outs: ["items/${key}.csv"]
  sheet:
    foreach: ITEMS
    do:
      cmd: papermill sheet.ipynb sheets/${key}.ipynb -p item ${key}
      deps: [sheet.ipynb, "items/${key}.csv"]
      outs: ["sheets/${key}.ipynb"]
"""


def make_plain_project(root: Path) -> None:
    """Write all files of the plain project and initialise git and DVC."""
    for number, source in enumerate(SOURCES):
        _write(root / "source" / f"{source}.csv", _source(number))
    _write(root / "scripts" / "copy_csv.py", COPY)
    for item in ITEMS:
        _write(root / "scripts" / f"{item}.py", ITEM)
    _write(root / "sheet.ipynb", json.dumps(_notebook(), indent=1))
    for folder in ("raw", "tidy", "items", "sheets"):
        (root / folder).mkdir()
    stages = STAGES.replace("SOURCES", json.dumps(SOURCES)).replace("ITEMS", json.dumps(ITEMS))
    _write(root / "dvc.yaml", stages)
    dvc = [sys.executable, "-m", "dvc"]
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run([*dvc, "init", "-q"], cwd=root, check=True)
    for option in ("core.analytics", "core.check_update"):
        subprocess.run([*dvc, "config", option, "false"], cwd=root, check=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _source(number: int) -> str:
    rows = [
        f"{year},{group},{1000 + 7 * number + 11 * (year - 2010) * (place + 1)}"
        for year in range(2010, 2022)
        for place, group in enumerate(("owners", "tenants", "others"))
    ]
    return "\n".join(["year,group,value", *rows]) + "\n"


def _notebook() -> dict[str, object]:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "cells": [_cell(number, source) for number, source in enumerate(CELLS)],
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(number: int, source: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": f"cell-{number}",
        "execution_count": None,
        "metadata": {} if number else {"tags": ["parameters"]},
        "outputs": [],
        "source": source,
    }


if __name__ == "__main__":
    make_plain_project(Path(sys.argv[1]))
