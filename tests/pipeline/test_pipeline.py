"""The pipeline as a whole: what a build makes, what it repeats, what a mistake costs."""

import csv
import hashlib
import os
import re
import subprocess

import pytest

from kunnskapsgrunnlag.publish.downloads.archive import unzipped
from tests.checkout import Checkout, copy_checkout

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


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """The same files in another folder, built where it is already tomorrow and in plain C."""
    other = copy_checkout(tmp_path_factory.mktemp("et annet sted med æøå") / "kunnskap")
    done = other.kg("build", more={"TZ": "Pacific/Kiritimati", "LC_ALL": "C"})
    assert done.code == 0, done.out + done.err
    return other


def committed(checkout: Checkout) -> Checkout:
    """All files in a commit with the same author and day: the same commit everywhere."""
    who = {f"GIT_{role}_{what}": f"{what.lower()}@example.org"
           for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    when = {f"GIT_{role}_DATE": "2026-01-01T00:00:00Z" for role in ("AUTHOR", "COMMITTER")}
    environment = os.environ | who | when
    for command in (["git", "add", "-A"], ["git", "commit", "-qm", "Alt"]):
        subprocess.run(command, cwd=checkout.root, env=environment, check=True)
    return checkout


def test_release_is_the_same_bytes_wherever_it_is_made(
    scratch: Checkout, elsewhere: Checkout
) -> None:
    bundles = []
    for checkout in (committed(scratch), committed(elsewhere)):
        done = checkout.kg("release", "--draft", "--offline")
        assert done.code == 0, done.out + done.err
        bundles.append(checkout.contents("build/utgivelse"))

    one, other = bundles
    assert {name for name in one if one[name] != other[name]} == set()
    inside = unzipped(one["kunnskapsgrunnlag-2026-utkast.zip"])
    sums = {
        line[66:]: line[:64]
        for name, content in inside.items()
        if name.endswith("-utkast/SHA256SUMS")
        for line in content.decode("utf-8").splitlines()
    }
    top = "kunnskapsgrunnlag-2026-utkast/"
    hashed = {n.removeprefix(top): hashlib.sha256(c).hexdigest() for n, c in inside.items()}
    assert sums == {n: digest for n, digest in hashed.items() if n != "SHA256SUMS"}
    assert {"kunnskapsgrunnlag-2026.pdf", "nettsted/index.html", "grunnlag/dvc.lock"} <= set(sums)


def test_release_that_does_not_hold_is_refused(scratch: Checkout) -> None:
    done = committed(scratch).kg("release", "--offline")

    assert done.code == 1
    assert "levering-tabell-13: Tabell 13" in done.out
    assert "kg register regler-startlan" in " ".join(done.out.split())
    assert "37 tabeller og figurer er ikke godkjent" in done.out
    assert "0 av 2 har godkjent utgaven" in done.out
    assert not (scratch.root / "build/utgivelse").exists()


def test_two_builds_give_the_same_bytes(built: Checkout, elsewhere: Checkout) -> None:
    other = elsewhere
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
        "sources", "inputs", "item@tabell-30", "values", "claims", "downloads", "html", "pdf",
        "check",
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
    name = "data/raw/ssb/2026/07459.json"
    scratch.write(name, scratch.read(name).replace("693494", "693495"))
    site = scratch.contents("build/site")

    done = scratch.kg("build")

    assert done.code == 1
    assert "ssb/2026/07459.json" in done.err
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

    done = scratch.kg("stage", "sources")

    assert done.code == 0, done.err
    assert (scratch.root / "build/tidy/trykt-tabell-30.parquet").is_file()
