"""The pipeline as a whole: what a build makes, what it repeats, what a mistake costs."""

import csv
import re
from pathlib import Path

import pytest

from tests.checkout import Checkout

pytestmark = pytest.mark.build
DELIVERY = "data/raw/trykt/tabell-30.csv"


def stages(checkout: Checkout) -> list[str]:
    """The stages that the last build ran."""
    return re.findall(r"Running stage '([^']+)'", checkout.read("build/log/dvc.log"))


def test_build_makes_site_and_pdf(built: Checkout) -> None:
    assert (built.root / "build/site/index.html").is_file()
    assert (built.root / "build/kunnskapsgrunnlag.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_second_build_does_nothing(scratch: Checkout) -> None:
    before = scratch.contents("build/site")

    done = scratch.kg("build")

    assert done.code == 0
    assert stages(scratch) == []
    assert "Ingenting var endret" in done.out
    assert scratch.contents("build/site") == before


def test_two_builds_give_the_same_bytes(built: Checkout, tmp_path: Path) -> None:
    from tests.checkout import copy_checkout

    other = copy_checkout(tmp_path)
    assert other.kg("build").code == 0

    assert other.contents("build/items") == built.contents("build/items")
    assert other.contents("build/site") == built.contents("build/site")
    assert (other.root / "build/kunnskapsgrunnlag.pdf").read_bytes() == (
        built.root / "build/kunnskapsgrunnlag.pdf"
    ).read_bytes()


def test_changed_delivery_reaches_everything_and_nothing_else(scratch: Checkout) -> None:
    before = scratch.contents("build/items")
    pages = scratch.contents("build/site")
    assert "777" in scratch.read("build/site/chapters/kapittel-6.html")
    scratch.write(DELIVERY, scratch.read(DELIVERY).replace("2018;801", "2018;843"))

    done = scratch.kg("build")

    assert done.code == 0, done.err
    assert stages(scratch) == [
        "fetch@trykt-tabell-30", "tidy@trykt-tabell-30", "inputs", "item@tabell-30", "values",
        "claims", "downloads", "html", "pdf", "check",
    ]  # fmt: skip
    after = scratch.contents("build/items")
    assert {n for n in after if after[n] != before[n]} == {
        f"tabell-30/tabell-30.{ending}" for ending in ("csv", "svg", "json", "ipynb")
    }
    chapter = scratch.read("build/site/chapters/kapittel-6.html")
    assert re.search(r'class="kg-tall">843</a>', chapter)
    assert "843 i 2018" in chapter
    assert ">801<" not in chapter
    rows = list(csv.reader(after["tabell-30/tabell-30.csv"].decode("utf-8-sig").splitlines(),
                           delimiter=";"))  # fmt: skip
    assert ["2018", "843", "trykt"] in rows
    changed = {n for n in pages if scratch.contents("build/site")[n] != pages[n]}
    assert not any(n.startswith(("chapters/kapittel-4", "chapters/kapittel-5")) for n in changed)
    assert not any("tabell-11" in n or "figur-27" in n for n in changed)


def test_changed_delivery_reaches_the_pdf(scratch: Checkout) -> None:
    from kunnskapsgrunnlag.check import pdf_text

    scratch.write(DELIVERY, scratch.read(DELIVERY).replace("2018;801", "2018;843"))
    assert scratch.kg("build").code == 0

    text = pdf_text(scratch.root / "build/kunnskapsgrunnlag.pdf")

    assert re.search(r"2018\s+843", text)
    assert not re.search(r"2018\s+801", text)


def test_changed_delivery_is_told_and_explained(scratch: Checkout) -> None:
    scratch.write(DELIVERY, scratch.read(DELIVERY).replace("2018;801", "2018;843"))

    done = scratch.kg("build")

    assert "trykt/tabell-30.csv er endret siden registreringen" in done.out
    assert re.search(r"1\s+ulik, ny leveranse", scratch.kg("verify").out)


def test_changed_extract_of_a_provider_is_refused(scratch: Checkout) -> None:
    name = "data/raw/ssb/07459.json"
    scratch.write(name, scratch.read(name).replace("693494", "693495"))
    site = scratch.contents("build/site")

    done = scratch.kg("build")

    assert done.code == 1
    assert "ssb/07459.json" in done.err
    assert "kg register ssb-07459" in done.err
    assert scratch.contents("build/site") == site


def test_wrong_cell_in_a_delivery_names_file_row_and_column(scratch: Checkout) -> None:
    scratch.write(DELIVERY, scratch.read(DELIVERY).replace("2018;801", "2018;åtte hundre"))
    site = scratch.contents("build/site")

    done = scratch.kg("build")

    assert done.code == 1
    assert "trykt/tabell-30.csv, row 4, column B «husleie og strøm (mill. kr)»" in done.err
    assert "Traceback" not in done.err
    assert scratch.contents("build/site") == site


def test_unknown_address_stops_the_build_with_file_and_line(scratch: Checkout) -> None:
    name = "chapters/kapittel-6.md"
    text = scratch.read(name) + "\nSe [tabell-30/belopp/2018]{.tall}.\n"
    scratch.write(name, text)
    site = scratch.contents("build/site")

    done = scratch.kg("build")

    assert done.code == 1
    assert f"{name}:{len(text.splitlines())}: unknown address «tabell-30/belopp/2018»" in done.err
    assert "Write «tabell-30/belop/2018»?" in done.err
    assert scratch.contents("build/site") == site


def test_changed_sentence_renders_only(scratch: Checkout) -> None:
    name = "chapters/kapittel-6.md"
    scratch.write(name, scratch.read(name) + "\nEn helt ny setning om bolig.\n")

    done = scratch.kg("build")

    assert done.code == 0
    assert stages(scratch) == ["claims", "html", "pdf", "check"]
    assert "En helt ny setning om bolig." in scratch.read("build/site/chapters/kapittel-6.html")


def test_changed_item_code_reruns_that_item_only(scratch: Checkout) -> None:
    name = "src/kunnskapsgrunnlag/items/tabell_17.py"
    scratch.write(name, scratch.read(name) + "\n# En merknad.\n")

    scratch.kg("build")

    assert [s for s in stages(scratch) if s.startswith("item@")] == ["item@tabell-17"]


def test_difference_without_explanation_fails_the_build(scratch: Checkout) -> None:
    name = "data/published/2022/errata.yaml"
    text = scratch.read(name)
    scratch.write(name, text[: text.index("- id: E13")])

    done = scratch.kg("build")

    assert done.code == 1
    assert "tabell-24/startlan-belop/2017: printed «197», computed «1 197»" in done.err.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_missing_drawing_stops_the_rendering(scratch: Checkout) -> None:
    (scratch.root / "build/items/figur-27/figur-27.svg").unlink()

    done = scratch.kg("render")

    assert done.code == 1
    assert "figur-27.svg is missing" in done.err


def test_plain_dvc_runs_a_stage_without_the_warm_worker(scratch: Checkout) -> None:
    (scratch.root / "build/tidy/trykt-tabell-30.parquet").unlink()

    done = scratch.kg("stage", "tidy", "trykt-tabell-30")

    assert (done.code, done.out.strip()) == (0, "5 rader")
    assert (scratch.root / "build/tidy/trykt-tabell-30.parquet").is_file()
