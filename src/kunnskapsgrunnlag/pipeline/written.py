"""The files that people write, looked at before anything is made of them."""

from collections.abc import Iterator
from pathlib import Path

from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.base.yaml_errors import parsed


def check_written(project: Project) -> None:
    """Refuse a file that is no UTF-8, or in which a merge has left its marks.

    Raises:
        KgError: For the first such file: file, line, and what to do.
    """
    for name in ("dvc.yaml", "dvc.lock"):
        if (project.root / name).is_file():
            parsed(read_written(project.root / name), name)
    for path in _texts(project):
        read_written(path)


def _texts(project: Project) -> Iterator[Path]:
    yield from project.root.glob("*.yml")
    yield from (project.params, project.root / "index.md")
    yield from sorted(project.root.glob("chapters/*.md"))
    data = project.root / "data"
    for ending in ("*.yaml", "*.jsonl"):
        yield from sorted(data.rglob(ending))
    for folder in (project.published, project.word_tables):
        yield from sorted(folder.rglob("*.csv"))
