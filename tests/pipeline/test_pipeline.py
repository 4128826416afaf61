"""The pipeline as a whole: what a build makes, what it repeats, what a mistake costs."""

import csv
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from filelock import FileLock

from kunnskapsgrunnlag.pipeline.build import BuildOutcome, dvc_words
from kunnskapsgrunnlag.publish.downloads.archive import unzipped
from kunnskapsgrunnlag.report import Report
from tests.checkout import Checkout, copy_checkout
from tests.pdfs import pdf_text

DELIVERY = "data/raw/trykt/tabell-30.csv"


def stages(checkout: Checkout) -> list[str]:
    """The stages that the last build ran."""
    return re.findall(r"Running stage '([^']+)'", checkout.read("build/log/dvc.log"))


def items_of(checkout: Checkout) -> list[str]:
    """The items that the last build computed."""
    return [name.partition("@")[2] for name in stages(checkout) if name.startswith("item@")]


def correct(checkout: Checkout) -> None:
    """Another number in a delivery: 843 for 801 in 2018."""
    checkout.replace(DELIVERY, "2018;801", "2018;843")


def test_second_build_does_nothing(scratch: Checkout) -> None:
    before = scratch.contents("build/site")
    done = scratch.build()
    assert done.code == 0
    assert stages(scratch) == []
    assert "Ingenting var endret" in done.out
    assert scratch.contents("build/site") == before


def test_changed_delivery_reaches_everything_and_nothing_else(
    scratch: Checkout, mini: Checkout
) -> None:
    correct(scratch)

    done = scratch.build()

    assert done.code == 0, done.err
    assert "trykt/tabell-30.csv er endret siden registreringen" in done.out
    assert items_of(scratch) == ["tabell-30"]
    before, after = mini.contents("build/items"), scratch.contents("build/items")
    assert {n for n in after if after[n] != before[n]} == {
        f"tabell-30/tabell-30{ending}" for ending in (".csv", ".svg", "-340.svg", ".json", ".ipynb")
    }
    chapter = scratch.read("build/site/chapters/kapittel-6.html")
    assert re.search(r'class="kg-tall">843</a>', chapter)
    assert ">801<" not in chapter
    lines = after["tabell-30/tabell-30.csv"].decode("utf-8-sig").splitlines()
    assert ["2018", "843", "trykt"] in list(csv.reader(lines, delimiter=";"))
    before, after = mini.contents("build/site"), scratch.contents("build/site")
    changed = {n for n in before if after[n] != before[n]}
    assert not any("kapittel-4" in n or "kapittel-5" in n for n in changed)
    assert not any("tabell-6" in n or "figur-27" in n for n in changed)
    text = pdf_text(scratch.root / "build/kunnskapsgrunnlag.pdf")
    assert re.search(r"2018\s+843", text)
    assert not re.search(r"2018\s+801", text)
    assert re.search(r"1\s+ulik, ny leveranse", scratch.kg("verify").out)


def test_changed_sentence_renders_only(scratch: Checkout) -> None:
    scratch.write("chapters/kapittel-6.md", scratch.read("chapters/kapittel-6.md") + "\nEn til.\n")
    done = scratch.build()
    assert done.code == 0
    assert {"html", "pdf", "check"} <= set(stages(scratch))
    assert not {"inputs", "values", "downloads"} & set(stages(scratch))
    assert items_of(scratch) == []
    assert "En til." in scratch.read("build/site/chapters/kapittel-6.html")


def test_changed_item_code_reruns_that_item_only(scratch: Checkout) -> None:
    name = "src/kunnskapsgrunnlag/items/tabell_24.py"
    scratch.write(name, scratch.read(name) + "\n# En merknad.\n")
    assert scratch.build().code == 0
    assert items_of(scratch) == ["tabell-24"]


def test_mistake_stops_the_build_until_it_is_mended_and_costs_nothing(
    scratch: Checkout, mini: Checkout
) -> None:
    scratch.replace(DELIVERY, "2018;801", "2018;åtte hundre")
    for _ in range(2):
        done = scratch.build()
        assert done.code == 1
        assert "trykt/tabell-30.csv, rad 4, kolonne B «husleie og strøm (mill. kr)»" in done.words
        assert "Traceback" not in done.err
    assert scratch.contents("build/site") == mini.contents("build/site")


def test_changed_extract_of_a_provider_is_refused(scratch: Checkout) -> None:
    scratch.replace("data/raw/ssb/2026/07459.json", "693494", "693495")
    done = scratch.kg("stage", "sources")
    assert done.code == 1
    assert "ssb/2026/07459.json" in done.words
    assert "kg register ssb-07459" in done.words


def test_mistake_in_the_catalogue_stops_before_any_stage(scratch: Checkout) -> None:
    scratch.replace("params.yaml", "decimals: 1", "desimals: 1")
    done = scratch.build()
    assert done.code == 1
    assert re.search(r"params\.yaml, linje \d+: .*ukjent nøkkel «desimals».*«decimals»", done.words)
    assert "Traceback" not in done.err


def test_unknown_address_stops_the_rendering_with_file_and_line(scratch: Checkout) -> None:
    name = "chapters/kapittel-6.md"
    text = scratch.read(name) + "\nSe [tabell-30/belopp/2018]{.tall}.\n"
    scratch.write(name, text)
    done = scratch.kg("render")
    assert done.code == 1
    assert f"{name}:{len(text.splitlines())}: ukjent adresse «tabell-30/belopp/2018»" in done.words
    assert "Mente du «tabell-30/belop/2018»?" in done.words


def test_difference_without_explanation_fails_the_check(scratch: Checkout) -> None:
    name = "data/published/2022/printed.csv"
    line = next(line for line in scratch.read(name).splitlines() if "/startlan_antall/2018" in line)
    item, address, printed, *rest = line.split(",")
    scratch.replace(name, line, ",".join([item, address, "12", *rest]))
    done = scratch.kg("stage", "check")
    assert done.code == 1
    assert f"{address}: trykt «12», beregnet «{printed}»" in done.words


def test_missing_drawing_stops_the_rendering(scratch: Checkout) -> None:
    (scratch.root / "build/items/figur-27/figur-27.svg").unlink()
    done = scratch.kg("render")
    assert done.code == 1
    assert "figur-27: tegningen figur-27.svg mangler. Kjør kg build." in done.words


def test_a_table_of_an_author_stands_in_page_and_pdf(scratch: Checkout) -> None:
    rows = "| Rolle | Ansvar |\n|---|--:|\n| Bydelen | søknad og vedtak |\n| Boligbygg | drift |"
    name = "chapters/kapittel-4.md"
    scratch.write(name, f"{scratch.read(name)}\n{rows}\n\n: Hvem gjør hva\n")
    done = scratch.kg("render")
    assert done.code == 0, done.words
    assert scratch.kg("stage", "check").code == 0
    page = scratch.read("build/site/chapters/kapittel-4.html")
    assert '<th scope="col">Ansvar</th>' in page
    assert '<th scope="row">Boligbygg</th>' in page
    assert "Hvem gjør hva" in pdf_text(scratch.root / "build/kunnskapsgrunnlag.pdf")


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("chapters/kapittel-4.md", "\n\n", "\n\n```\n漢\n```\n\n", "kapittel-4.md, ved «"),
        (
            "params.yaml",
            "title: Gjennomsnittlig månedlig leie",
            "title: 漢 Leie",
            "skriften i PDF-en har ikke tegnet «漢»",
        ),
    ],
)
def test_what_the_pdf_cannot_have_is_named_with_its_place(
    scratch: Checkout, name: str, old: str, new: str, words: str
) -> None:
    scratch.write(name, scratch.read(name).replace(old, new, 1))
    done = scratch.kg("render")
    assert done.code == 1
    assert words in done.words
    assert "Traceback" not in done.words


def test_two_builds_at_once_are_one(scratch: Checkout) -> None:
    scratch.replace("chapters/kapittel-4.md", "kostet det", "kostet det da")
    with FileLock(scratch.root / "build/log/bygg.laas"):
        done = scratch.build()
    assert done.code == 1
    assert "et annet bygg er i gang i denne mappen. Vent til det er ferdig." in done.words
    assert scratch.build().code == 0


def test_a_full_disk_is_one_sentence_and_keeps_what_was_there(scratch: Checkout) -> None:
    resource = pytest.importorskip("resource", reason="Windows sets no such limits")
    scratch.replace("chapters/kapittel-4.md", "kostet det", "kostet det da")
    pdf = scratch.root / "build/kunnskapsgrunnlag.pdf"
    before = pdf.read_bytes(), scratch.contents("build/site")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = subprocess.run(
        [sys.executable, "-m", "kunnskapsgrunnlag", "build", "--engine", "embedded"],
        cwd=scratch.root, env=os.environ | {"PYTHONPATH": str(scratch.root / "src")},
        capture_output=True, text=True, check=False, preexec_fn=limit,
    )  # fmt: skip
    assert done.returncode == 1
    assert "disken er full. Frigjør plass" in done.stderr
    assert "Traceback" not in done.stderr
    assert (pdf.read_bytes(), scratch.contents("build/site")) == before
    assert scratch.build().code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal to a group")
def test_a_build_that_is_stopped_says_so_and_goes_on_later(scratch: Checkout) -> None:
    scratch.replace("chapters/kapittel-4.md", "kostet det", "kostet det da")
    pdf = scratch.root / "build/kunnskapsgrunnlag.pdf"
    before, log = pdf.read_bytes(), scratch.root / "build/log/dvc.log"
    log.unlink()
    process = subprocess.Popen(
        [sys.executable, "-m", "kunnskapsgrunnlag", "build", "--engine", "embedded"],
        cwd=scratch.root, env=os.environ | {"PYTHONPATH": str(scratch.root / "src")},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    ends = time.monotonic() + 120
    while not (log.is_file() and log.stat().st_size) and time.monotonic() < ends:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "kg: avbrutt. Det som var ferdig, er beholdt." in errors.decode("utf-8")
    assert "Traceback" not in errors.decode("utf-8")
    assert pdf.read_bytes() == before
    # As DVC leaves it when it is stopped in the middle of writing.
    (scratch.root / ".dvc/tmp/rwlock").write_bytes(b"")
    assert scratch.build().code == 0


def test_a_disk_without_room_for_the_log_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dvc.log").touch()
    outcome = BuildOutcome(1, cast("Report", None), (), 0.0, tmp_path / "dvc.log")
    assert outcome.mistakes[0].startswith("DVC stoppet.")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    assert outcome.mistakes == ["disken er full. Frigjør plass, og kjør kg build igjen."]


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("ERROR: [Errno 28] No space left on device", "disken er full"),
        ("ERROR: Unable to acquire lock. Most likely another DVC process", "DVC er i gang"),
        ("ERROR: [Errno 13] Permission denied: 'dvc.lock'", "DVC får ikke skrive her"),
        ("ERROR: noe annet", "DVC stoppet. Slutten av build/log/dvc.log:\nERROR: noe annet"),
    ],
)
def test_what_stops_dvc_itself_is_told_in_norwegian(log: str, words: str) -> None:
    assert dvc_words(log).startswith(words)


def test_plain_dvc_runs_a_stage_without_the_warm_worker(scratch: Checkout) -> None:
    (scratch.root / "build/tidy/trykt-tabell-30.parquet").unlink()
    done = scratch.process("stage", "sources")
    assert done.code == 0, done.err
    assert (scratch.root / "build/tidy/trykt-tabell-30.parquet").is_file()


# ------------------------------------------------------------------------------ releases


def committed(checkout: Checkout) -> Checkout:
    """All files in a commit with the same author and day: the same commit everywhere."""
    who = {f"GIT_{role}_{what}": f"{what.lower()}@example.org"
           for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
    when = {f"GIT_{role}_DATE": "2026-01-01T00:00:00Z" for role in ("AUTHOR", "COMMITTER")}
    environment = os.environ | who | when
    for command in (["git", "add", "-A"], ["git", "commit", "-qm", "Alt"]):
        subprocess.run(command, cwd=checkout.root, env=environment, check=True)
    return checkout


def drafted(checkout: Checkout) -> dict[str, bytes]:
    done = committed(checkout).kg("release", "--draft", "--offline")
    assert done.code == 0, done.words
    return checkout.contents("build/utgivelse")


def test_bundle_is_what_its_list_of_hashes_says(scratch: Checkout) -> None:
    inside = unzipped(drafted(scratch)["kunnskapsgrunnlag-2026-utkast.zip"])

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
    assert "levering-tabell-14: Tabell 14" in done.words
    assert "kg register regler-bostotte" in done.words
    assert "6 tabeller og figurer er ikke godkjent" in done.words
    assert "0 av 2 har godkjent utgaven" in done.words
    assert not (scratch.root / "build/utgivelse").exists()


# ------------------------------------------------- the whole edition once more, in another place


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """The same files in another folder, built where it is already tomorrow and in plain C."""
    other = copy_checkout(tmp_path_factory.mktemp("et annet sted med æøå") / "kunnskap")
    done = other.process("build", more={"TZ": "Pacific/Kiritimati", "LC_ALL": "C"})
    assert done.code == 0, done.out + done.err
    return other


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(built: Checkout, elsewhere: Checkout) -> None:
    pdf = Path("build/kunnskapsgrunnlag.pdf")
    assert elsewhere.contents("build/items") == built.contents("build/items")
    assert elsewhere.contents("build/site") == built.contents("build/site")
    assert (elsewhere.root / pdf).read_bytes() == (built.root / pdf).read_bytes()


@pytest.mark.slow
def test_release_is_the_same_bytes_wherever_it_is_made(
    built: Checkout, elsewhere: Checkout, tmp_path: Path
) -> None:
    one = drafted(built.copy(tmp_path / "her"))
    other = drafted(elsewhere)
    assert {name for name in one if one[name] != other[name]} == set()
