"""Files that people write are looked at before a build, and by `kg doctor`."""

import os
import subprocess
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.pipeline.doctor import diagnose
from kunnskapsgrunnlag.pipeline.written import check_written

CONFLICT = "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> kari\n"
WRITTEN = [
    *("params.yaml", "dvc.yaml", "dvc.lock", "_quarto.yml", "index.md", "chapters/en.md"),
    *("data/endringer.yaml", "data/signoff/ledger.jsonl", "data/signoff/people.yaml"),
    *("data/raw/ssb/1.json.source.yaml", "data/published/2022/printed.csv", "data/ord/sted.csv"),
]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name in WRITTEN:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a: 1\n", encoding="utf-8")
    return Project(tmp_path)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_merge_or_another_encoding_stops_before_any_stage(project: Project, name: str) -> None:
    check_written(project)
    for content, words in ((CONFLICT.encode(), "etter en fletting"), (b"\xff\xfea\0", "UTF-8")):
        (project.root / name).write_bytes(content)
        with pytest.raises(KgError, match=f"{name.rpartition('/')[2]}, linje .*{words}"):
            check_written(project)


def test_the_doctor_names_a_merge_that_is_not_finished(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    who = {f"GIT_{role}_{what}": f"{what.lower()}@example.org"
           for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip

    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], check=False, capture_output=True, env=os.environ | who)

    git("init", "--quiet")
    for branch, words in (("felles", "a: 1"), ("kari", "a: 2"), ("ola", "a: 3")):
        git("checkout", "--quiet", *([] if branch == "felles" else ["felles"]))
        git("checkout", "--quiet", "-b", branch)
        (project.root / "data/endringer.yaml").write_text(f"{words}\n", encoding="utf-8")
        git("add", "--all")
        git("commit", "--quiet", "-m", words)
    assert ("filer", "ok") in {(one.name, one.state) for one in diagnose()}
    git("merge", "kari")
    (files,) = (one for one in diagnose() if one.name == "filer")
    assert files.state == "feil"
    assert "ikke fullført: data/endringer.yaml. Rett, git add og git commit." in files.words
