import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import find_project, name_in_checkout
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from tests.checkout import Checkout
from tests.conftest import ROOT


def test_the_checkout_is_found_from_a_folder_in_it_or_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert find_project(ROOT / "data" / "raw").root == ROOT
    (tmp_path / "params.yaml").write_text("", encoding="utf-8")
    with pytest.raises(KgError, match=r"er prosjektet .*params\.yaml og dvc\.yaml"):
        find_project(tmp_path)
    monkeypatch.setenv("KG_ROOT", str(ROOT))
    monkeypatch.chdir(tmp_path)
    assert find_project().root == ROOT


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/a/data/raw/trykt/tabell-24.csv", "data/raw/trykt/tabell-24.csv"),
        ("/a/data/raw/ssb/2026/09895.json", "data/raw/ssb/2026/09895.json"),
        ("/data/kg/data/published/2022/printed.csv", "data/published/2022/printed.csv"),
        ("/tmp/x.csv", "/tmp/x.csv"),
    ],
)
def test_a_file_is_named_from_the_root_of_its_checkout(path: str, name: str) -> None:
    assert name_in_checkout(Path(path)) == name


def test_every_snapshot_has_the_name_under_which_it_is_found(
    snapshots: dict[str, Snapshot],
) -> None:
    assert [s.name for s in snapshots.values() if not (ROOT / s.name).is_file()] == []


def _texts(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".html", ".json", ".csv", ".md", ".txt"):
            yield path, path.read_text(encoding="utf-8")
        if path.suffix in (".xlsx", ".zip"):
            with zipfile.ZipFile(path) as packed:
                yield from (
                    (path, packed.read(name).decode("utf-8", "replace"))
                    for name in packed.namelist()
                    if name.endswith((".xml", ".json", ".csv", ".md", ".txt"))
                )


def test_every_data_file_that_is_named_lies_where_it_is_said_to(built: Checkout) -> None:
    """The store, receipts, pages, traces, control sheets, lists and downloads."""
    build = built.root / "build"
    folders = {path.name for path in (built.root / "data" / "raw").rglob("*") if path.is_dir()}
    pattern = re.compile(
        rf"(?<![\w/.-])[\w./-]*\b(?:{'|'.join(sorted(folders))})/[\w.-]+\.(?:csv|json|xlsx)\b"
    )
    named: dict[str, set[str]] = {}
    texts = [(build / n, (build / n).read_text(encoding="utf-8")) for n in ("values.json",)]
    for folder in ("receipts", "site", "downloads", "items"):
        texts += _texts(build / folder)
    for path, text in texts:
        for name in pattern.findall(text):
            named.setdefault(name, set()).add(path.relative_to(build).parts[0])

    assert {n: p for n, p in named.items() if not (built.root / n).is_file()} == {}
    assert {"values.json", "receipts", "site"} <= set().union(*named.values())
