from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.pipeline.kernel import WarmKernel, run_sheet

# Jupyter's libraries tell of their own plans; what they do here is right.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_client"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:papermill"),
]


PLOT = "import matplotlib.pyplot as p"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another folder than the one that the tests stand in: the kernel is heard from anywhere."""
    return tmp_path_factory.mktemp("rot")


@pytest.fixture(scope="module")
def kernel(root: Path) -> Iterator[WarmKernel]:
    with WarmKernel(root) as warm:
        yield warm


def write(path: Path, *cells: str) -> Path:
    parameters = nbformat.v4.new_code_cell(
        'item = "ingen"', id="p", metadata={"tags": ["parameters"]}
    )
    code = [nbformat.v4.new_code_cell(text, id=f"c{n}") for n, text in enumerate(cells)]
    notebook = nbformat.v4.new_notebook(cells=[parameters, *code])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return path


def run(folder: Path, kernel: WarmKernel, *cells: str, key: str = "tabell-1") -> list[Any]:
    """What the cells after the parameters show, one text per cell."""
    sheet = write(folder / "ark.ipynb", *cells)
    run_sheet(sheet, folder / "ut" / "ark.ipynb", key, kernel)
    executed = nbformat.read(folder / "ut" / "ark.ipynb", as_version=4)
    return [shown(cell) for cell in executed.cells[-len(cells) :]]


def shown(cell: Any) -> str:
    return "".join(
        o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in cell.outputs
    )


def test_a_sheet_knows_its_item(tmp_path: Path, kernel: WarmKernel) -> None:
    assert run(tmp_path, kernel, "item", key="tabell-24") == ["'tabell-24'"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "hemmelig = 1; import json; item = 'x'",
            "[n for n in ('hemmelig', 'json') if n in globals()], item",
            "([], 'tabell-1')",
        ),
        ("def sum(_):\n    return 'feil'\nsum([])", "sum([1, 2])", "3"),
        ("'forrige ark'", "[n for n in ('_', '_1') if globals().get(n)]", "[]"),
        (f"{PLOT}\nf = p.figure()\np.get_fignums()", f"{PLOT}\np.get_fignums()", "[]"),
    ],
    ids=["variable", "function", "last result", "open figure"],
)
def test_nothing_leaks_into_the_next_sheet(
    tmp_path: Path, kernel: WarmKernel, first: str, second: str, expected: str
) -> None:
    run(tmp_path, kernel, first)
    assert run(tmp_path, kernel, second) == [expected]


def test_cells_of_one_sheet_share_their_variables(tmp_path: Path, kernel: WarmKernel) -> None:
    assert run(tmp_path, kernel, "a = 20", "a + 2") == ["", "22"]


def test_sheets_run_in_one_process(tmp_path: Path, kernel: WarmKernel) -> None:
    first = run(tmp_path, kernel, "import os\nos.getpid()")
    assert run(tmp_path, kernel, "import os\nos.getpid()") == first


def test_a_sheet_runs_in_the_projects_root(tmp_path: Path, root: Path, kernel: WarmKernel) -> None:
    where = run(tmp_path, kernel, "import os\nprint(os.environ['KG_ROOT'], os.getcwd(), sep='|')")
    assert "".join(where).strip().split("|") == [str(root), str(root)]


def test_an_executed_sheet_carries_no_times(tmp_path: Path, kernel: WarmKernel) -> None:
    run(tmp_path, kernel, "1")
    text = (tmp_path / "ut" / "ark.ipynb").read_text(encoding="utf-8")
    for word in ("start_time", "end_time", "duration", "iopub", "papermill", str(tmp_path)):
        assert word not in text


def test_the_same_sheet_gives_the_same_bytes(tmp_path: Path, kernel: WarmKernel) -> None:
    run(tmp_path, kernel, "a = 1", "a")
    first = (tmp_path / "ut" / "ark.ipynb").read_bytes()
    run(tmp_path, kernel, "a = 1", "a")
    assert (tmp_path / "ut" / "ark.ipynb").read_bytes() == first


def test_a_failing_cell_names_the_item_the_cell_and_the_error(
    tmp_path: Path, kernel: WarmKernel
) -> None:
    with pytest.raises(KgError, match=r"tabell-7: kontrollarket stoppet i celle \d+ med") as e:
        run(tmp_path, kernel, "1", "raise ValueError('ukjent region')", key="tabell-7")
    assert "ValueError: ukjent region" in str(e.value)
    assert "ark.ipynb" in str(e.value)


def test_a_failed_sheet_is_kept_for_the_one_who_looks(tmp_path: Path, kernel: WarmKernel) -> None:
    with pytest.raises(KgError):
        run(tmp_path, kernel, "print('hit kom vi')", "1 / 0")
    text = (tmp_path / "ut" / "ark.ipynb").read_text(encoding="utf-8")
    assert "hit kom vi" in text
    assert "start_time" not in text


def test_the_kernel_is_clean_after_a_failure(tmp_path: Path, kernel: WarmKernel) -> None:
    with pytest.raises(KgError):
        run(tmp_path, kernel, "rest = 1\nrest / 0")
    assert run(tmp_path, kernel, "'rest' in globals()") == ["False"]


def test_a_kernel_may_be_closed_twice(tmp_path: Path) -> None:
    warm = WarmKernel(tmp_path)
    warm.clean()
    warm.close()
    warm.close()
    assert not warm.manager.has_kernel


def test_a_kernel_leaves_nothing_in_the_checkout(root: Path, kernel: WarmKernel) -> None:
    kernel.clean()
    assert list(root.iterdir()) == []
    assert list(Path.cwd().glob("kernel-*")) == []
