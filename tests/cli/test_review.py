"""`kg review` as the team types it: list, look, sign; and what stops a signature."""

import json
import os
import re
import subprocess

import pytest

from kunnskapsgrunnlag.catalog.read import read_catalog
from tests.checkout import Checkout
from tests.signoff.parts import address

LEDGER = "data/signoff/ledger.jsonl"


def git(checkout: Checkout, *arguments: str, who: str = "Forfatter") -> None:
    told = ["-c", f"user.name={who}", "-c", f"user.email={address(who)}"]
    subprocess.run(["git", *told, *arguments], cwd=checkout.root, check=True, capture_output=True)


def commit(checkout: Checkout, who: str = "Forfatter") -> None:
    git(checkout, "add", "-A", who=who)
    git(checkout, "commit", "-qm", "endring", who=who)


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


@pytest.fixture
def desk(scratch: Checkout) -> Checkout:
    """A built checkout, committed by its author, with a reviewer before it."""
    commit(scratch)
    sit_down(scratch, "Kontrollør")
    return scratch


def test_a_review_from_first_look_to_lapse(desk: Checkout) -> None:
    """One checkout for all of it: each step stands on the one before."""
    # The list: everything waits, claims by chapter.
    out = review(desk)
    claims = desk.json("build/claims.json")["claims"].values()
    own = sum(
        any(place["file"] == "chapters/kapittel-6.md" for place in claim["places"][:1])
        for claim in claims
    )
    catalog = read_catalog(desk.root / "params.yaml")
    placed = sum(bool(claim["places"]) for claim in claims)
    assert f"{len(catalog.items) + len(catalog.chapters) + placed} venter" in out
    assert f"kapittel-6: {own} påstander" in out

    # One figure, looked at and signed; a build stays up to date.
    out = review(desk, "figur-27", "--no-open")
    assert "Tilstand: venter på kontrollør" in out
    assert "Kilde: Husbanken: Statlig bostøtte per måned" in out
    assert "Endret av: Forfatter\n" in out
    assert "figur-27: godkjent av Kontrollør." in review(desk, "figur-27", "--approve")
    assert "Ingenting var endret" in desk.build().out
    assert "Tilstand: godkjent\n" in review(desk, "figur-27", "--no-open")

    # An author's own approval is kept, and is not enough.
    sit_down(desk, "Forfatter")
    assert "bare av forfatter" in review(desk, "kapittel-5", "--approve", "--yes")
    sit_down(desk, "Kontrollør")
    review(desk, "kapittel-5", "--approve", "--yes")
    assert "kapittel-5" in review(desk, "--state", "godkjent")

    # Several at once, all or none; the edition is no part of itself.
    assert "Mente du «tabell-24»?" in refused(desk, "tabell-6", "tabell-2x", "--approve")
    assert "tabell-6 " not in review(desk, "--state", "godkjent")
    out = review(desk, "tabell-6", "tabell-24", "tabell-6", "--approve")
    assert out.count("godkjent av Kontrollør.") == 2
    assert "signer den for seg" in refused(desk, "figur-28", "utgave", "--approve")

    # A claim: its sentence beside what is tested of it.
    name, claim = next((n, c) for n, c in desk.json("build/claims.json")["claims"].items())
    out = review(desk, name, "--no-open")
    assert f"\nPrøvd: {' '.join(claim['words'].split())}\nDom: " in out
    assert "\nSetningen: " in out
    assert "Side: build/site/kontroll/pastander.html" in out

    # A chapter with all that is in it, in one act; what is approved already is not in it.
    out = review(desk, "kapittel-6", "--approve", "--yes")
    assert re.search(
        rf"kapittel-6: kapitlet, .* og {own} påstander godkjent av Kontrollør\.",
        " ".join(out.split()),
    )
    assert "figur-27 (" not in out
    commit(desk, "Kontrollør")

    # The kommune corrects its numbers: what rests on them falls, all else stands.
    name = "data/raw/trykt/figur-27.csv"
    lines = desk.read(name).splitlines()
    cells = lines[-1].split(";")
    cells[2] = str(int(cells[2]) + 1)
    desk.write(name, "\n".join([*lines[:-1], ";".join(cells), ""]))
    assert "ikke lagt inn i git" in refused(desk, "figur-28", "--approve")
    commit(desk)
    assert "Kjør kg build" in refused(desk, "figur-28", "--approve")
    assert desk.build().code == 0
    commit(desk)
    out = review(desk, "figur-27", "--no-open")
    assert "Tilstand: bortfalt, venter på kontrollør" in out
    assert "figur-27/kommunal_utbetalt/2020: 518 → 519" in out
    listed = review(desk, "--kind", "pastand")
    assert re.search(rf"kapittel-6: {own} påstander +pastand +godkjent", listed)

    # Sent back with a reason, and the whole edition waits.
    review(desk, "figur-27", "--return", "--comment", "Stemmer ikke med leveransen")
    assert "Kontrollør: Stemmer ikke med leveransen" in review(desk, "--state", "returnert")
    assert "kan ikke signeres" in refused(desk, "utgave", "--approve")

    # A line that is taken out of the ledger is missed.
    commit(desk, "Kontrollør")
    desk.write(LEDGER, "".join(desk.read(LEDGER).splitlines(keepends=True)[1:]))
    assert "1 linjer fra siste innsjekking er borte" in refused(desk, "figur-28", "--approve")


def test_what_a_signature_is_not_given_for(desk: Checkout) -> None:
    assert "skriv hvorfor" in refused(desk, "figur-27", "--return")
    assert "Mente du «figur-27»?" in refused(desk, "figur-277", "--approve")
    assert "ventet én dom" in refused(desk, "figur-27", "--approve", "--return")
    assert "ikke sagt noe om den" in refused(desk, "figur-27", "--withdraw")
    assert "ingenting å avklare" in refused(desk, "figur-27", "--resolve", "--comment", "ok")
    assert not (desk.root / LEDGER).read_bytes()

    # Once the register has people, only they sign.
    register = {"name": "Noen", "email": ["noen@example.org"], "roles": ["kontrollør"]}
    desk.write(
        "data/signoff/people.yaml", json.dumps({"people": [register | {"from": "2026-01-01"}]})
    )
    assert "people.yaml, linje 1: people.0.from" in refused(desk, "figur-27", "--approve")
    text = json.dumps({"people": [register]}).replace("}]}", ', "from": 2026-01-01}]}')
    desk.write("data/signoff/people.yaml", text)
    assert "ingen med adressen kontrollor@example.org" in refused(desk, "figur-27", "--approve")


def test_a_rebuild_and_another_wrapping_leave_every_approval(desk: Checkout) -> None:
    review(desk, "kapittel-6", "--approve", "--yes")
    approved = review(desk, "--state", "godkjent")
    lines = desk.read("chapters/kapittel-6.md").splitlines()
    wrapped = [line if set("#{") & set(line) else line.replace(", ", ",\n") for line in lines]
    assert wrapped != lines
    text = "\n".join([*wrapped, "", "<!-- til oss selv -->", ""])
    desk.write("chapters/kapittel-6.md", text)
    name = "src/kunnskapsgrunnlag/items/figur_28.py"
    desk.write(name, desk.read(name) + "\n# Ryddet.\n")
    os.utime(desk.root / "params.yaml")
    assert desk.build().code == 0

    assert review(desk, "--state", "godkjent") == approved
