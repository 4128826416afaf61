"""What a DVC user does: a shared remote, an experiment with one setting, its numbers compared."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dvc.utils.hydra import apply_overrides

from kunnskapsgrunnlag.catalog.read import read_catalog
from tests.checkout import CLEAN, ROOT, Checkout


def dvc(checkout: Checkout, *arguments: str) -> str:
    scripts = Path(sys.executable).parent
    path = f"{scripts}{os.pathsep}{CLEAN['PATH']}"
    environment = CLEAN | {"PATH": path, "PYTHONPATH": str(checkout.root / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "dvc", *arguments],
        cwd=checkout.root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def committed_clone(checkout: Checkout, target: Path) -> Checkout:
    """A clone of all that the checkout has, its lock included."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    for command in (["add", "-A"], [*who, "commit", "-qm", "Bygd"], ["clone", "-q", ".", target]):
        subprocess.run(["git", *command], cwd=checkout.root, check=True)
    return Checkout(target)


def test_a_clone_pulls_the_build_and_has_nothing_to_compute(
    scratch: Checkout, tmp_path: Path
) -> None:
    remote = ("remote", "add", "--local", "--default", "deling", str(tmp_path / "deling"))
    dvc(scratch, *remote)
    dvc(scratch, "push")
    clone = committed_clone(scratch, tmp_path / "klone")
    dvc(clone, *remote)

    dvc(clone, "pull")

    for folder in ("build/site", "build/items", "build/downloads"):
        assert clone.contents(folder) == scratch.contents(folder)
    assert "up to date" in dvc(clone, "status")
    assert "Running stage" not in dvc(clone, "repro")


@pytest.mark.slow
def test_a_setting_is_tried_beside_the_checkout_and_its_numbers_compared(
    scratch: Checkout,
) -> None:
    clone = committed_clone(scratch, scratch.root.parent / "forsok")
    dvc(clone, "cache", "dir", "--local", str(scratch.root / ".dvc" / "cache"))
    dvc(clone, "checkout")
    setting = "items.figur-28.settings.costs_year=2022"

    dvc(clone, "exp", "run", "--temp", "-n", "senere", "-S", setting, "values")

    assert clone.read("params.yaml") == scratch.read("params.yaml")
    changed = json.loads(dvc(clone, "params", "diff", "--json", "HEAD", "senere"))["params.yaml"]
    assert list(changed) == ["items.figur-28.settings.costs_year"]
    dvc(clone, "plots", "diff", "HEAD", "senere")
    assert "figur-28-boutgift" in clone.read("dvc_plots/index.html")


def test_the_catalogue_outlives_what_dvc_writes_with_a_new_setting(tmp_path: Path) -> None:
    copy = tmp_path / "params.yaml"
    shutil.copyfile(ROOT / "params.yaml", copy)

    apply_overrides(copy, ["items.figur-23.settings.interest_pct=4"])

    before, after = read_catalog(ROOT / "params.yaml"), read_catalog(copy)
    assert after.items["figur-23"].settings["interest_pct"] == 4
    assert after.chapters == before.chapters
    assert after.sources == before.sources
    others = {key: item for key, item in after.items.items() if key != "figur-23"}
    assert others == {key: item for key, item in before.items.items() if key != "figur-23"}
