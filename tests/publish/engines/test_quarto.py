"""What Quarto says is heard. Runs without Quarto.

Its output was recorded from Quarto 1.9.38, and is cut down; paths are others.
"""

import os
import sys
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.publish.engines import quarto

CHAPTER = """\
# A {#a}

Se {{< finnesikke >}} her.

::: {.note}
Uten slutt

## To {#to}

## To {#to}

[lenke](finnes-ikke.md)

@fig-borte
"""
OUTPUT = """\
\r[1/3] index.md
\r[2/3] chapters/a.md
[WARNING] Div at line 4 column 1 unclosed at line 42 column 1, closing implicitly.
[WARNING] Duplicate identifier 'to' at line 11 column 1
\x1b[33mWARNING (/opt/quarto/share/filters/main.lua:399) Shortcode 'finnesikke' not found
\x1b[39mWARN: Unable to resolve link target: chapters/finnes-ikke.md
\r[3/3] chapters/b.md

WARN: chapters/a.html: Unable to resolve crossref @fig-borte
Output created: _book/index.html
"""
INCLUDE = """\
\x1b[91mERROR: Include directive failed.
  in file chapters/a.md,\x20
  could not find file chapters/_borte.md.

Stack trace:
    at retrieveInclude (file:///opt/quarto/bin/quarto.js:61:13)
"""
LUA_ERROR = """\
\x1b[1m\x1b[34m\r[1/3] index.md\x1b[39m\x1b[22m
\x1b[31mERROR (../filters/x.lua:1) gammelt ord
\x1b[39m\x1b[31mERROR (../filters/x.lua:1) gammelt ord
\x1b[39mOutput created: _book/index.html
"""
FILTER = """\
\x1b[1m\x1b[34m\r[1/3] index.md\x1b[39m\x1b[22m
Error running filter /opt/quarto/share/filters/main.lua:
filters/kg.lua:16: kg.lua: the item figur-99 står ikke i build/render/data.json. Kjør kg build.
stack traceback:
\tfilters/kg.lua:16: in function <filters/kg.lua:16>
\x1b[33mWARN: Error encountered when rendering files\x1b[39m
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters/a.md").write_text(CHAPTER, encoding="utf-8")
    return Project(tmp_path)


def install(
    monkeypatch: pytest.MonkeyPatch, folder: Path, says: str, *, code: int = 0, version: str = "1.9"
) -> None:
    """Put a program called quarto on the PATH that says this, and ends so."""
    program = folder / "bin" / "quarto"
    program.parent.mkdir()
    (folder / "says.txt").write_text(says, encoding="utf-8", newline="")
    program.write_text(
        f"#!{sys.executable}\nimport sys, time\n"
        f"if sys.argv[1] == '--version': sys.exit(print({version!r}))\n"
        f"if not open({str(folder / 'says.txt')!r}).read(): time.sleep(60)\n"
        f"sys.stdout.buffer.write(open({str(folder / 'says.txt')!r}, 'rb').read())\n"
        f"sys.exit({code})\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def test_every_warning_is_a_mistake_with_its_place(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, tmp_path, OUTPUT)

    with pytest.raises(KgError) as caught:
        quarto.run_quarto(project)

    assert str(caught.value).splitlines() == [
        "chapters/a.md: Quarto: Div at line 4 column 1 unclosed at line 42 column 1, closing "
        "implicitly.",
        "chapters/a.md:10: Quarto: Duplicate identifier 'to' at line 11 column 1",
        "chapters/a.md:3: Quarto: Shortcode 'finnesikke' not found",
        "chapters/a.md:12: Quarto: Unable to resolve link target: chapters/finnes-ikke.md",
        "chapters/a.md:14: Quarto: Unable to resolve crossref @fig-borte",
        "Alt som Quarto skrev, står i build/log/quarto.log.",
    ]
    log = (tmp_path / "build/log/quarto.log").read_text(encoding="utf-8")
    assert "Output created: _book/index.html" in log


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (
            INCLUDE,
            "Quarto: Include directive failed. in file chapters/a.md, could not find file "
            "chapters/_borte.md.",
        ),
        (LUA_ERROR, "index.md: Quarto: gammelt ord"),
        (
            FILTER,
            "index.md: Quarto: the item figur-99 står ikke i build/render/data.json. "
            "Kjør kg build.",
        ),
    ],
)
def test_an_error_is_one_sentence_without_colours_and_traces(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, words: str
) -> None:
    install(monkeypatch, tmp_path, output, code=1)

    with pytest.raises(KgError) as caught:
        quarto.run_quarto(project)

    assert str(caught.value).splitlines()[:-1] == [words]


def test_what_ends_badly_without_a_word_is_a_mistake_too(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, tmp_path, "Killed\n\n", code=137)

    with pytest.raises(KgError, match="quarto render stoppet med kode 137: Killed"):
        quarto.run_quarto(project)


def test_a_quarto_that_hangs_is_stopped_with_a_sentence(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, tmp_path, "")
    monkeypatch.setattr(quarto, "TIMEOUT_S", 0.5)

    with pytest.raises(KgError, match=r"ble ikke ferdig på .* sekunder, og er stoppet"):
        quarto.run_quarto(project)


@pytest.mark.parametrize("version", ["1.3.450", "0.9", "1.8.27"])
def test_too_old_a_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    install(monkeypatch, tmp_path, "", version=version)

    with pytest.raises(KgError, match=f"Quarto {version} er for gammel"):
        quarto.choose_engine("quarto", "embedded")


@pytest.mark.parametrize("version", ["1.9.38", "1.10.2", "2.0", "99.9.9"])
def test_the_catalogue_and_not_the_machine_chooses_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    install(monkeypatch, tmp_path, "", version=version)

    assert quarto.choose_engine("auto", "embedded") == "embedded"
    assert quarto.choose_engine("auto", "quarto") == "quarto"
    assert quarto.choose_engine("quarto", "embedded") == "quarto"
    assert quarto.choose_engine("embedded", "quarto") == "embedded"
