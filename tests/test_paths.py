from pathlib import Path

import pytest

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.paths import find_project
from tests.conftest import ROOT


def test_the_checkout_is_found_from_a_folder_in_it() -> None:
    assert find_project(ROOT / "data" / "raw").root == ROOT


def test_the_checkout_may_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KG_ROOT", str(ROOT))
    monkeypatch.chdir(tmp_path)

    assert find_project().root == ROOT


def test_a_folder_outside_is_no_checkout(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"neither this folder nor any above it is a checkout"):
        find_project(tmp_path)


def test_a_folder_with_half_a_checkout_is_none(tmp_path: Path) -> None:
    (tmp_path / "params.yaml").write_text("", encoding="utf-8")

    with pytest.raises(KgError, match=r"params\.yaml and dvc\.yaml were not found"):
        find_project(tmp_path)


def test_everything_made_lies_under_build() -> None:
    project = find_project(ROOT)
    made = [project.site, project.pdf, project.values, project.render, project.cache]
    made += [project.receipt("k"), project.tidy("k"), project.item("tabell-6")]

    assert all(path.is_relative_to(project.build) for path in made)
    assert not project.raw.is_relative_to(project.build)
