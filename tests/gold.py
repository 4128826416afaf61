"""The 2022 edition, which tests compare with print, whichever edition is in work."""

import atexit
import shutil
import tempfile
from pathlib import Path

import yaml

from kunnskapsgrunnlag.editions.archive import CONTENT_FOLDERS, archived_files
from kunnskapsgrunnlag.editions.workspace import lay_out
from kunnskapsgrunnlag.paths import Project

GOLD = "2022"


def is_gold(root: Path) -> bool:
    """Whether the edition in work is the 2022 edition."""
    held = yaml.safe_load((root / "params.yaml").read_text(encoding="utf-8"))
    return bool(held["edition"]["key"] == GOLD)


def gold_edition(root: Path) -> Path:
    """A folder with the 2022 edition's content and all that editions share."""
    if is_gold(root):
        return root
    target = Path(tempfile.mkdtemp(prefix="kg-2022-"))
    atexit.register(shutil.rmtree, target, ignore_errors=True)
    return lay_out(Project(root), GOLD, target).root


def make_gold(root: Path) -> None:
    """Turn a copy of the checkout into one in which the 2022 edition is in work."""
    if is_gold(root):
        return
    for folder in CONTENT_FOLDERS:
        shutil.rmtree(root / folder)
    for name, path in archived_files(Project(root), GOLD).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, root / name)
    for path in (root / "editions").iterdir():
        if path.is_dir():
            shutil.rmtree(path)
