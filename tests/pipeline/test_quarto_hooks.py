"""What `quarto render` runs before and after the pages. Runs without Quarto."""

import shutil
import subprocess
import sys
from pathlib import Path

from kunnskapsgrunnlag.publish.engines.quarto import OURS
from tests.checkout import ROOT, Checkout

WHOLE = {"QUARTO_PROJECT_RENDER_ALL": "1"}


def test_before_the_pages_all_that_they_look_up_is_there(scratch: Checkout) -> None:
    shutil.rmtree(scratch.root / "build/render")
    scratch.root.joinpath("build/kunnskapsgrunnlag.pdf").unlink()

    done = scratch.process("quarto", "before", more=WHOLE)

    assert done.code == 0, done.words
    assert "tall" in scratch.json("build/render/data.json")
    assert (
        scratch.json("build/render/quarto.yml")["book"]["author"] == "Velferdsetaten, Oslo kommune"
    )
    assert "kg-utgavelinje" in scratch.read("build/render/utgave.html")
    assert scratch.root.joinpath("build/kunnskapsgrunnlag.pdf").is_file()


def test_for_the_pdf_one_document_is_written(scratch: Checkout) -> None:
    scratch.root.joinpath("build/render/kunnskapsgrunnlag.md").unlink()

    done = scratch.process("quarto", "before", more={"QUARTO_PROFILE": "pdf"}, path=quarto(scratch))

    assert done.code == 0, done.words
    head = scratch.read("build/render/kunnskapsgrunnlag.md").partition("\n---")[0]
    assert 'format: "typst"' in head
    assert 'quarto: "1.9.38"' in head


def quarto(checkout: Checkout) -> str:
    program = checkout.root / "bin" / "quarto"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho 1.9.38\n")
    program.chmod(0o755)
    return f"{program.parent}:/usr/bin:/bin"


def test_after_the_pages_the_rest_of_the_site_is_added(scratch: Checkout) -> None:
    before = {*scratch.contents("build/site")}
    # As Quarto leaves the folder: its own pages, and no others.
    for path in scratch.root.glob("build/site/*"):
        if path.is_dir() and path.name != "chapters":
            shutil.rmtree(path)

    done = scratch.process("quarto", "after", more=WHOLE)

    assert done.code == 0, done.words
    assert {*scratch.contents("build/site")} == before
    assert scratch.json("build/site/engine.json")["engine"] == "quarto"


def test_a_mistake_in_a_chapter_stops_before_the_pages(scratch: Checkout) -> None:
    scratch.replace("chapters/kapittel-4.md", "# ", "[figur-99/a]{.tall}\n\n# ")

    done = scratch.process("quarto", "before")

    assert done.code == 1
    assert "chapters/kapittel-4.md:" in done.err
    assert "figur-99" in done.err


def test_when_kg_runs_quarto_the_hooks_have_nothing_to_do(scratch: Checkout) -> None:
    shutil.rmtree(scratch.root / "build/render")

    for when in ("before", "after"):
        assert scratch.process("quarto", when, more={OURS: "1"}).code == 0

    assert not scratch.root.joinpath("build/render").exists()


def test_a_clone_without_an_installation_is_told_what_to_do(tmp_path: Path) -> None:
    hook = tmp_path / "filters" / "quarto_hook.py"
    hook.parent.mkdir()
    shutil.copyfile(ROOT / "filters" / "quarto_hook.py", hook)

    done = subprocess.run(
        [sys.executable, "-E", "-S", str(hook), "before"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 1
    assert "prosjektet er ikke installert i denne mappen" in done.stderr
