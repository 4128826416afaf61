"""`kg review` as the team types it: what awaits whom, what has changed, sign; and what stops it."""

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kunnskapsgrunnlag.catalog.read import read_catalog
from tests.checkout import ROOT, Checkout
from tests.signoff.parts import address

LEDGER = "data/signoff/ledger.jsonl"


def git(checkout: Checkout, *arguments: str, who: str = "Forfatter") -> None:
    name = ["-c", f"user.name={who}", "-c", f"user.email={address(who)}"]
    subprocess.run(["git", *name, *arguments], cwd=checkout.root, check=True, capture_output=True)


def commit(checkout: Checkout, who: str = "Forfatter") -> None:
    git(checkout, "add", "-A", who=who)
    git(checkout, "commit", "-qm", "endring", "--allow-empty", who=who)


def sit_down(checkout: Checkout, who: str) -> None:
    git(checkout, "config", "user.name", who)
    git(checkout, "config", "user.email", address(who))


def review(checkout: Checkout, *arguments: str) -> str:
    done = checkout.kg("review", *arguments)
    assert done.code == 0, done.out + done.err
    return done.out


def refused(checkout: Checkout, *arguments: str) -> str:
    done = checkout.kg("review", *arguments)
    assert done.code == 1, done.out
    return done.err


def approved(checkout: Checkout) -> set[str]:
    lines = review(checkout, "--alt").splitlines()
    return {line.split()[0] for line in lines if re.search(r" godkjent *$", line)}


def answered(checkout: Checkout, key: str, *answers: str) -> tuple[str, list[str]]:
    """Somebody sits there, looks at a thing and answers; what was printed, and asked."""
    asked: list[str] = []
    coming = iter(answers)

    def prompt(question: str) -> str:
        asked.append(question)
        return next(coming)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kunnskapsgrunnlag.cli.review.is_asked", lambda: True)
        patch.setattr("webbrowser.open", lambda _: False)
        patch.setattr("typer.prompt", prompt)
        return review(checkout, key), asked


@pytest.fixture
def desk(scratch: Checkout) -> Checkout:
    """A built checkout, committed by its author, with a reviewer before it."""
    commit(scratch)
    sit_down(scratch, "Kontrollør")
    return scratch


def test_a_review_from_first_look_to_lapse(desk: Checkout) -> None:
    """One checkout for all of it: each step stands on the one before."""
    # The screen: everything waits, a line for each chapter with what comes next.
    claims = desk.json("build/claims.json")["claims"].values()
    own = sum(
        any(place["file"] == "chapters/kapittel-6.md" for place in claim["places"][:1])
        for claim in claims
    )
    catalog = read_catalog(desk.root / "params.yaml")
    total = len(catalog.items) + len(catalog.chapters) + sum(bool(c["places"]) for c in claims)
    out = review(desk)
    assert f"0 av {total} deler er godkjent" in out
    assert "Venter på kontrollør (du kan ta det):" in out
    assert re.search(rf"kg review kapittel-6 +Boligøkonomiske .* og {own} påstander", out)
    assert out.rstrip().endswith("Neste for deg: kg review forside")
    start = desk.kg().words
    assert f"0 av {total} deler (kg review)" in start
    assert "og 8 kapitler å godkjenne" in start

    # One figure, looked at and approved; a build stays up to date, and git has it.
    out = review(desk, "figur-27")
    assert "Figur 27 Utbetalt statlig og kommunal bostøtte: venter på kontrollør" in out
    assert "Godkjenn 1 figur? Skriv kg review figur-27 --ja." in out
    page = desk.read("build/godkjenning/figur-27.html")
    assert "Skrevet eller endret av Forfatter." in page
    assert "<h3>Tegningen</h3>" in page
    assert "figur-27: godkjent av Kontrollør. Lagt inn i git." in review(desk, "figur-27", "--ja")
    assert "Ingenting var endret" in desk.build().out
    assert "figur-27: ingenting å godkjenne for deg." in review(desk, "figur-27")

    # An author's own approval is kept, and is not enough.
    sit_down(desk, "Forfatter")
    assert "én til, som ikke har endret det selv" in review(desk, "kapittel-5", "--ja")
    assert "Venter på en annen enn Forfatter:" in review(desk)
    sit_down(desk, "Kontrollør")
    review(desk, "kapittel-5", "--ja")
    assert "kapittel-5" in approved(desk)

    # Several at once, all or none; the edition is no part of itself.
    assert "Mente du «tabell-24»?" in refused(desk, "tabell-6", "tabell-2x", "--ja")
    assert "tabell-6" not in approved(desk)
    review(desk, "tabell-6", "tabell-24", "tabell-6", "--ja")
    assert {"tabell-6", "tabell-24"} <= approved(desk)
    assert "godkjenn den for seg" in refused(desk, "figur-28", "utgave", "--ja")

    # A claim: its sentence beside what is tested of it.
    name, claim = next((n, c) for n, c in desk.json("build/claims.json")["claims"].items())
    review(desk, name)
    page = " ".join(desk.read(f"build/godkjenning/{name}.html").split())
    assert f"<dt>Prøvd</dt><dd>{html.escape(' '.join(claim['words'].split()))} </dd>" in page

    # A chapter with all that is in it, in one act; what is approved already is not in it.
    out, asked = answered(desk, "kapittel-6", "nei")
    assert "Ingenting er signert." in out
    assert re.search(r"Godkjenn kapitlet, .* og \d+ påstander\? \[ja/nei/kommentar\]", asked[0])
    out, _ = answered(desk, "kapittel-6", "ja")
    assert f"og {own} påstander): godkjent av Kontrollør. Lagt inn i git." in out
    assert "Figur 27" not in out

    # The kommune corrects its numbers: what rests on them falls, all else stands.
    before = approved(desk)
    name = "data/raw/trykt/figur-27.csv"
    lines = desk.read(name).splitlines()
    cells = lines[-1].split(";")
    cells[2] = str(int(cells[2]) + 1)
    desk.write(name, "\n".join([*lines[:-1], ";".join(cells), ""]))
    assert "ikke lagt inn i git" in refused(desk, "kapittel-4", "--ja")
    git(desk, "commit", "-qam", "Kommunen retter 2020")
    assert "Kjør kg build" in refused(desk, "kapittel-4", "--ja")
    assert desk.build().code == 0
    commit(desk)
    fallen = before - approved(desk)
    assert "figur-27" in fallen
    assert len(fallen) < len(before) / 2
    assert "med «Kommunen retter 2020» (Forfatter)" in review(desk)

    # What was approved stands beside what there is, in words, numbers and drawing.
    review(desk, "figur-27", "--nettleser", "nei")
    page = desk.read("build/godkjenning/figur-27.html")
    assert "Utbetalt i året, 2020</th><td>518</td><td>519</td>" in page
    assert "<del>518</del>" in page
    assert "<ins>519</ins>" in page
    assert page.count('role="img"') == 2
    assert "<script" not in page

    # Sent back with a reason, and the whole edition waits.
    reason = "Stemmer ikke med leveransen"
    out, asked = answered(desk, "figur-27", "kommentar", reason, "returner")
    assert "figur-27: returnert av Kontrollør" in out
    assert asked[2].endswith("[ja/nei/returner]")
    out = review(desk)
    assert "Venter på Forfatter:" in out
    assert "figur-27: Kontrollør: Stemmer ikke med leveransen" in out
    assert "kan ikke signeres" in refused(desk, "utgave", "--ja")

    # A line that is taken out of the ledger is missed.
    desk.write(LEDGER, "".join(desk.read(LEDGER).splitlines(keepends=True)[1:]))
    assert "1 linjer fra siste innsjekking er borte" in refused(desk, "kapittel-4", "--ja")


def test_what_a_signature_is_not_given_for(desk: Checkout) -> None:
    assert "skriv hvorfor" in refused(desk, "figur-27", "--returner")
    assert "Mente du «figur-27»?" in refused(desk, "figur-277", "--ja")
    assert "bare én av --returner" in refused(desk, "figur-27", "--trekk", "--returner")
    assert "ikke sagt noe om den" in refused(desk, "figur-27", "--trekk")
    assert "ingenting å avklare" in refused(desk, "figur-27", "--avklar", "--kommentar", "ok")
    assert "skriv ja eller nei" in refused(desk, "figur-27", "--nettleser", "kanskje")
    assert "skriv hva det gjelder" in refused(desk, "--kommentar", "ok")
    assert not (desk.root / LEDGER).read_bytes()

    # Once the register has people, only they sign.
    people = desk.read("data/signoff/people.yaml")
    register = {"name": "Noen", "email": ["noen@example.org"], "roles": ["kontrollør"]}
    desk.write(
        "data/signoff/people.yaml", json.dumps({"people": [register | {"from": "2026-01-01"}]})
    )
    assert "people.yaml, linje 1: people.0.from" in refused(desk, "figur-27", "--ja")
    text = json.dumps({"people": [register]}).replace("}]}", ', "from": 2026-01-01}]}')
    desk.write("data/signoff/people.yaml", text)
    assert "ingen med adressen kontrollor@example.org" in refused(desk, "figur-27", "--ja")

    # What was never approved can be sent back; a merge that waits for its commit comes first.
    desk.write("data/signoff/people.yaml", people)
    review(desk, "figur-27", "--returner", "--kommentar", "Se på 2020")
    git(desk, "branch", "gren", "HEAD^")
    git(desk, "checkout", "-q", "gren")
    review(desk, "kapittel-4", "--ja")
    git(desk, "merge", "-q", "--no-commit", "-")
    assert "en fletting er ikke fullført" in refused(desk, "kapittel-5", "--ja")
    git(desk, "commit", "-q", "--no-edit")
    review(desk, "kapittel-5", "--ja")
    assert "figur-27: Kontrollør: Se på 2020" in review(desk)

    # A ledger that git could not merge.
    desk.write(LEDGER, "<<<<<<< HEAD\n")
    assert "Behold linjene fra begge sider" in refused(desk)


def test_a_rebuild_and_another_wrapping_leave_every_approval(desk: Checkout) -> None:
    review(desk, "kapittel-6", "--ja")
    before = approved(desk)
    lines = desk.read("chapters/kapittel-6.md").splitlines()
    wrapped = [line if set("#{") & set(line) else line.replace(", ", ",\n") for line in lines]
    assert wrapped != lines
    text = "\n".join([*wrapped, "", "<!-- til oss selv -->", ""])
    desk.write("chapters/kapittel-6.md", text)
    name = "src/kunnskapsgrunnlag/items/figur_28.py"
    desk.write(name, desk.read(name) + "\n# Ryddet.\n")
    os.utime(desk.root / "params.yaml")
    assert desk.build().code == 0

    assert approved(desk) == before


def approve_all(checkout: Checkout) -> list[str]:
    """Do what `kg review` says is next until only the edition is left; each act by its name."""
    acts = []
    while found := re.search(r"Neste for deg: kg review (?!utgave)(\S+)", review(checkout)):
        acts.append(found[1])
        review(checkout, found[1], "--ja")
        assert len(acts) < 25
    return acts


def test_two_people_in_two_clones_over_two_editions(desk: Checkout, tmp_path: Path) -> None:
    git(desk, "clone", "-q", "--bare", ".", str(tmp_path / "felles.git"))
    git(desk, "remote", "add", "origin", str(tmp_path / "felles.git"))
    branch = (desk.root / ".git/HEAD").read_text("utf-8").strip().removeprefix("ref: refs/heads/")
    other = desk.copy(tmp_path / "annen")
    sit_down(other, "Godkjenner")

    def exchange() -> None:
        """The one sends, the other merges and sends, the first takes it back."""
        git(desk, "push", "-q", "origin", branch)
        git(other, "pull", "-q", "--no-rebase", "--no-edit", "origin", branch, who="Godkjenner")
        git(other, "push", "-q", "origin", branch)
        git(desk, "pull", "-q", "--no-rebase", "--no-edit", "origin", branch)

    # Both approve the same chapter at the same time, and each one of their own.
    for clone, own in ((desk, "kapittel-4"), (other, "kapittel-5")):
        review(clone, "kapittel-6", "--ja")
        review(clone, own, "--ja")
    exchange()
    assert approved(desk) == approved(other) >= {"kapittel-4", "kapittel-5", "kapittel-6"}
    acts = approve_all(desk)
    assert not {"kapittel-4", "kapittel-5", "kapittel-6"} & set(acts)
    everything = approved(desk)

    # The edition after: what is as it was stays approved.
    sit_down(desk, "Forfatter")
    desk.replace("data/raw/trykt/figur-27.csv", ";518;", ";519;")
    git(desk, "commit", "-qam", "Kommunen retter 2020")
    assert desk.build().code == 0
    commit(desk)
    done = desk.process("edition", "new", "2027")
    assert done.code == 0, done.words
    commit(desk)
    fallen = everything - approved(desk)
    assert "figur-27" in fallen
    assert len(fallen) < len(everything) / 2
    # Who changed it last is one of the two, and is not enough alone.
    review(desk, "figur-27", "--ja")
    assert "figur-27" not in approved(desk)
    sit_down(desk, "Kontrollør")
    acts = approve_all(desk)
    assert approved(desk) == everything
    assert len(acts) <= len(read_catalog(desk.root / "params.yaml").chapters)

    # Both sign the whole at the same time.
    git(desk, "push", "-q", "origin", branch)
    shutil.rmtree(other.root)
    other = desk.copy(tmp_path / "annen")
    sit_down(other, "Godkjenner")
    for clone in (desk, other):
        assert "1 av 2 har godkjent utgaven" in review(clone, "utgave", "--ja")
    exchange()
    for clone in (desk, other):
        assert "Utgaven kan gis ut." in review(clone)


def test_an_edition_takes_at_most_25_acts() -> None:
    """One for each chapter with all that is in it, as above, and two for the whole."""
    assert len(read_catalog(ROOT / "params.yaml").chapters) + 2 <= 25
