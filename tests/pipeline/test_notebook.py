"""The control sheet as an analyst runs it in Jupyter, cell by cell."""

import os
from pathlib import Path
from typing import Any
from unittest import mock

import nbformat
import pytest
from nbclient import NotebookClient

from kunnskapsgrunnlag.pipeline import sheet
from tests.checkout import CLEAN, Checkout
from tests.conftest import ROOT, item_module

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_client")


def run(checkout: Checkout, *more: str) -> list[str]:
    """What the cells of the control sheet show from the folder of notebooks."""
    notebook = nbformat.read(checkout.root / "notebooks" / "item.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    code[0].source = code[0].source.replace("tabell-11", "tabell-30")
    notebook.cells += [nbformat.v4.new_code_cell(text) for text in more]
    folder = {"metadata": {"path": str(checkout.root / "notebooks")}}
    with mock.patch.dict(os.environ, CLEAN, clear=True):
        NotebookClient(notebook, timeout=120, resources=folder).execute()
    return [shown(cell) for cell in notebook.cells if cell.cell_type == "code"]


def shown(cell: Any) -> str:
    return "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)


def test_nothing_is_written_before_somebody_asks(mini: Checkout) -> None:
    before = mini.contents("build")

    shows = run(mini)

    assert any("<svg" in html for html in shows)
    assert shows[-1] == ""
    assert mini.contents("build") == before


def test_the_files_are_written_when_asked(scratch: Checkout) -> None:
    shows = run(scratch, "sheet.write(result)")

    assert shows[-1].startswith("<p>Skrevet: tabell-30.csv")
    written = scratch.contents("build/sheets/tabell-30")
    made = scratch.contents("build/items/tabell-30")
    assert written == {name: made[name] for name in written}
    assert len(written) == 4


def test_an_item_is_imported_as_it_is_saved_now(monkeypatch: pytest.MonkeyPatch) -> None:
    module = item_module("tabell-30")
    monkeypatch.setattr(module, "compute", None)

    assert sheet.open_module("tabell-30").compute is not None


def test_the_catalogue_is_read_anew_when_it_has_changed(tmp_path: Path) -> None:
    params = tmp_path / "params.yaml"
    params.write_text((ROOT / "params.yaml").read_text(encoding="utf-8"), encoding="utf-8")

    assert sheet.read_params(params, 1) is sheet.read_params(params, 1)
    assert sheet.read_params(params, 1) is not sheet.read_params(params, 2)
