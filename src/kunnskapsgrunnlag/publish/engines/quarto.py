"""Which engine renders, and Quarto, the one of them that must be installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Literal, get_args

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.schema import Engine

Wanted = Literal["auto", "quarto", "embedded"]
TIMEOUT_S = 600
OLDEST = (1, 9)
# Set while a command of ours runs Quarto: what Quarto runs before and after has nothing to do then.
OURS = "KG_RENDERS"
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\r")
# `[ 3/21] chapters/kapittel-2.md`: which file the lines after it are about.
_PROGRESS = re.compile(r"^\s*\[\s*\d+/\d+\]\s+(\S+)\s*$")
# Quarto warns and goes on where a reader would find a hole, so a warning is a mistake too.
_COMPLAINT = re.compile(r"^\s*\[?(?:ERROR|WARN(?:ING)?)\]?:?\s+(\(\S+:\d+\)\s+)?(\S.*)$")
# Of a filter that stopped, the next line says why.
_FILTER = re.compile(r"^Error running filter ")
# Quarto's last word after an error that it has already given.
_ECHO = ("Error encountered when rendering files",)


def choose_engine(wanted: str, catalogue: Engine) -> Engine:
    """The engine that a command asks for; `auto` is the one that params.yaml names.

    Raises:
        KgError: There is no such engine, or Quarto is asked for and cannot be used.
    """
    if wanted not in get_args(Wanted):
        raise KgError(
            f"Det finnes ingen motor «{wanted}». Skriv en av: {', '.join(get_args(Wanted))}."
        )
    engine: Engine = (
        catalogue if wanted == "auto" else "quarto" if wanted == "quarto" else "embedded"
    )
    if engine == "quarto":
        quarto_version()
    return engine


def find_quarto() -> str | None:
    """The Quarto that runs this, that of the PATH, or the one that the extra put beside Python."""
    places = (os.environ.get("QUARTO_BIN_PATH"), None, str(Path(sys.executable).parent))
    return next(filter(None, (shutil.which("quarto", path=place) for place in places)), None)


def engine_of(project: Project) -> str:
    path = project.site / "engine.json"
    if not path.is_file():
        raise KgError("nettstedet er ikke bygd. Kjør kg build.")
    return str(json.loads(path.read_text(encoding="utf-8"))["engine"])


def quarto_version() -> str:
    """The version of the Quarto that is installed.

    Raises:
        KgError: None is, or it is too old, or it does not answer.
    """
    with TemporaryFile() as file:
        code, output = _quarto(["--version"], None, file)
    version = output.strip()
    numbers = re.match(r"(\d+)\.(\d+)", version)
    if code or not numbers:
        raise KgError(f"quarto --version svarte ikke med en versjon: {version or 'ingen ting'}.")
    if tuple(map(int, numbers.groups())) < OLDEST:
        raise KgError(
            f"Quarto {version} er for gammel: her trengs 1.9 eller nyere. Hent den fra quarto.org, "
            "eller bygg med --engine embedded."
        )
    return version


def _quarto(arguments: Sequence[str], folder: Path | None, log: IO[bytes]) -> tuple[int, str]:
    """Run Quarto, and return its exit code and all that it wrote, which the file keeps."""
    program = find_quarto()
    if program is None:
        raise KgError(
            "Quarto er ikke på PATH. Hent den fra quarto.org (1.9 eller nyere), eller bygg med "
            "--engine embedded, som ikke trenger noe mer."
        )
    own = {OURS: "1", "NO_COLOR": "1"} | ({"KG_ROOT": str(folder)} if folder else {})
    with subprocess.Popen(
        [program, *arguments],
        # A file, since a pipe would wait for what outlives a Quarto that is stopped.
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        env=os.environ | own,
        start_new_session=True,
    ) as process:
        try:
            code = process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            _end(process)
            raise KgError(
                f"quarto {' '.join(arguments)} ble ikke ferdig på {TIMEOUT_S} sekunder, og er "
                "stoppet. Kjør igjen, eller bygg med --engine embedded."
            ) from None
        except BaseException:
            _end(process)
            raise
    log.seek(0)
    return code, _COLOURS.sub("", log.read().decode("utf-8", "replace"))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop Quarto with all that it has started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)


def run_quarto(project: Project, *arguments: str) -> None:
    """Run `quarto render`; what it writes lies in build/log/quarto.log.

    Raises:
        KgError: Every error and warning, with the file and, where it can be known, the line.
    """
    log = project.build / "log" / "quarto.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w+b") as file:
        code, output = _quarto(["render", *arguments], project.root, file)
    found = list(dict.fromkeys(complaints(output, project.root)))
    if code and not found:
        last = next((line for line in reversed(output.splitlines()) if line.strip()), "")
        found = [f"quarto render stoppet med kode {code}: {last.strip() or 'uten et ord'}"]
    if found:
        where = log.relative_to(project.root).as_posix()
        raise KgError("\n".join([*found, f"Alt som Quarto skrev, står i {where}."]))


def complaints(output: str, root: Path) -> Iterator[str]:
    """What Quarto complains of in its output, each with its file and line where they are known."""
    file, lines = "", iter(output.splitlines())
    for line in lines:
        if progress := _PROGRESS.match(line):
            file = progress[1]
        elif _FILTER.match(line):
            words = re.sub(r"^(\S+\.lua:\d+: |kg\.lua: )*", "", next(lines, line).strip())
            yield f"{_place(root, file, words)}Quarto: {words}"
        elif (complaint := _COMPLAINT.match(line)) and complaint[2] not in _ECHO:
            # An error of Quarto's own goes on below, up to an empty line; a filter's does not.
            more = takewhile(str.strip, lines) if "ERROR" in line and not complaint[1] else ()
            words = " ".join(part.strip() for part in (complaint[2], *more))
            if page := re.match(r"(\S+)\.html: ", words):
                file, words = f"{page[1]}.md", words[page.end() :]
            yield f"{_place(root, file, words)}Quarto: {words}"


def _place(root: Path, file: str, words: str) -> str:
    """`chapters/kapittel-4.md:12: `, the line being that of what the words are about."""
    path = root / file
    if not file or not path.is_file():
        return f"{file}: " if file else ""
    text = path.read_text(encoding="utf-8").splitlines()
    last = words.split()[-1].rstrip(".")
    names = [*re.findall(r"[\"'«]([^\"'»]+)[\"'»]", words), last, last.rpartition("/")[2]]
    for wanted in [*(f"{{#{name}" for name in names), *names]:
        # A doubled id is the last of its kind.
        if found := [at for at, line in enumerate(text, 1) if wanted in line]:
            return f"{file}:{found[-1]}: "
    return f"{file}: "


def render_book(project: Project) -> None:
    run_quarto(project, "--to", "html", "--output-dir", str(project.site.relative_to(project.root)))


def render_typst(project: Project, document: Path) -> None:
    """Set the document of the PDF, and put the PDF where it belongs."""
    run_quarto(
        project, str(document.relative_to(project.root)), "--profile", "pdf", "--to", "typst"
    )
    take_pdf(project, document)


def take_pdf(project: Project, document: Path) -> None:
    """Move the PDF from where a version of Quarto leaves it to where it belongs."""
    made = document.with_suffix(".pdf")
    places = (made, project.build / "pdf" / made.relative_to(project.root))
    pdf = next((path for path in places if path.is_file()), None)
    if pdf is None:
        raise KgError(f"Quarto ble ferdig, men laget ingen PDF av {document.name}.")
    shutil.move(str(pdf), project.pdf)
