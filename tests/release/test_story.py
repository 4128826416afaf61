"""The team's year: from `kg edition new` to a released edition, and on to the next one."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.publish.downloads.archive import unzipped
from tests.checkout import Checkout, Done
from tests.cli.test_receive import log, status
from tests.cli.test_review import commit, review, sit_down
from tests.release.owners_web import Web, owners_web

NAME = "kunnskapsgrunnlag-2027"
FACTS = ("--eier", "Eieren", "--definisjon", "Som før", "--kontakt", "Kontoret")
OWNER = ("--owner", "Eieren", "--definition", "Som før", "--contact", "Kontoret")
LICENCE = "NLOD 2.0"
IMPRINT = {
    "contact": "post@eksempel.no",
    "address": "https://eksempel.no",
    "isbn": "1",
    "next_edition": "høsten 2028",
    "access_statement": "https://eksempel.no/uu",
    "organisation": "123456785",
}
# What people write anew once the numbers have come: file, old words, new words.
MENDED = (
    ("5", "Etter våre anslag var", "I 2022 var"),
    ("5", "prosent på Stovner vanskeligstilte i 2020", "prosent på Stovner vanskeligstilte"),
    ("6", "Etter våre anslag er taket for boutgiften", "Taket for boutgiften var"),
    ("6", "kroner for en som bor alene.", "kroner i 2021 for en som bor alene."),
    ("6", "lå etter våre anslag langt under boutgiften", "lå i 2025 under boutgiften"),
    ("6", "/2021 langt under figur-28/boutgift/*/2021", "/2025 under figur-28/boutgift/*/2025"),
)


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    with owners_web(tmp_path) as found:
        yield found


def release(checkout: Checkout, web: Web, *arguments: str) -> Done:
    return checkout.process("release", *arguments, more=web.environment)


def mail(checkout: Checkout, name: str, period: str, row: str = "", **cells: str) -> str:
    """A delivery made up for this test: the numbers that are there, others, and one row more."""
    source = next((checkout.root / "data/raw").glob(f"[et]*/{name}.csv"))
    text = source.read_text("utf-8-sig")
    for old, new in cells.items():
        assert old in text
        text = text.replace(old, new)
    path = checkout.root.with_name(f"{name} fra eieren.csv")
    path.write_text(f"Periode;{period}\n{text}{row}", "utf-8", newline="\n")
    return str(path)


def receive(checkout: Checkout, *files: str) -> Done:
    done = checkout.process("receive", *files, *FACTS, "--lisens", LICENCE, "--ja")
    assert done.code == 0, done.words
    return done


def revise(checkout: Checkout) -> None:
    """SSB corrects the rents in both extracts, and somebody accepts it with the reason."""
    for source in ("ssb-09895", "ssb-09895-soner"):
        file = f"data/raw/{read_catalog(checkout.root / 'params.yaml').sources[source].file}"
        table = checkout.json(file)
        table["value"] = [value + 10 if value else value for value in table["value"]]
        checkout.write(file, json.dumps(table, ensure_ascii=False))
        said = ("--reason", "SSB har rettet leiene", "--cause", "revidert-av-eier")
        done = checkout.kg("register", source, *said)
        assert done.code == 0, done.words


def write_text(checkout: Checkout) -> None:
    for chapter, old, new in MENDED:
        checkout.replace(f"chapters/kapittel-{chapter}.md", old, new)
    for name, words in IMPRINT.items():
        checkout.replace("params.yaml", f'  {name}: ""', f'  {name}: "{words}"')


def approve(checkout: Checkout, who: str, *keys: str) -> None:
    sit_down(checkout, who)
    assert "Lagt inn i git" in review(checkout, *keys, "--ja")


def verify_bundle(checkout: Checkout, name: str) -> dict[str, bytes]:
    """The files of a bundle, once they are what its list of hashes says."""
    bundle = checkout.contents(f"build/utgivelse/{name}")
    sums = dict(line.split("  ")[::-1] for line in bundle["SHA256SUMS"].decode().splitlines())
    hashed = {name: hashlib.sha256(content).hexdigest() for name, content in bundle.items()}
    beside = {"SHA256SUMS", "MASKIN.json", "sjekkliste.json"}
    assert sums == {name: found for name, found in hashed.items() if name not in beside}
    inside = unzipped((checkout.root / f"build/utgivelse/{name}.zip").read_bytes())
    assert set(inside) == {f"{name}/{file}" for file in {*sums, "SHA256SUMS"}}
    return bundle


@pytest.mark.slow
def test_a_year_of_the_team(scratch: Checkout, web: Web) -> None:
    commit(scratch)
    sit_down(scratch, "Forfatter")
    assert scratch.process("edition", "new", "2027").code == 0

    # Four deliveries in one go; one of them is corrected twice.
    revenue = "2021;755\n"
    done = receive(
        scratch,
        mail(scratch, "tabell-13", "2022"),
        mail(scratch, "tabell-14", "2022", **{"Stovner;10,9": "Stovner;11,2"}),
        mail(scratch, "tabell-24", "2016–2021", "2021;560;1400;150;60\n", **{";197;": ";1197;"}),
        mail(scratch, "tabell-30", "2016–2021", revenue),
    )
    assert "Tabell 14: undertittelen blir «Prosent: bydelene og Oslo 2022; hele landet 2020»" in (
        done.words
    )
    assert "chapters/kapittel-5.md:3: «tabell-14/personer/stovner»: setningen sier 2020" in done.out
    for corrected in ("2021;758\n", "2021;757\n"):
        receive(scratch, mail(scratch, "tabell-30", "2016–2021", corrected))
    revise(scratch)

    # What is lacking is told, and the draft is marked; the site is the new one all the same.
    done = release(scratch, web, "--offline")
    assert (done.code, "levering-figur-28" in done.words) == (1, True), done.words
    assert "Teksten følger tallene" in done.words
    assert "må skrives om" in scratch.read("build/site/chapters/kapittel-5.html")
    values = scratch.json("build/values.json")["values"]
    assert values["tabell-30/belop/2021"]["text"] == "757"

    # The last one comes late; then the text is written, and the rates get a source.
    receive(scratch, mail(scratch, "figur-28", "november 2025"))
    said = ("--reason", "Funnet", "--origin", "offisiell", "--title", "Satser", *OWNER)
    more = ("--licence", LICENCE, "--period", "2020–2026")
    done = scratch.kg("register", "regler-bostotte", *said, *more)
    assert done.code == 0, done.words
    write_text(scratch)
    done = scratch.process("build", "--lagre", "Teksten er rettet")
    assert (done.code, status(scratch)) == (0, ""), done.words
    assert scratch.kg("claims").code == 0

    # Nobody has signed, and one owner has taken a page away.
    web.gone.add("www.ssb.no")
    done = release(scratch, web)
    assert (done.code, "Ingen anslag" in done.words) == (1, False)
    assert "Kildesidene finnes (" in done.words
    assert "https://www.ssb.no/" in done.words
    assert "6 tabeller og figurer er ikke godkjent" in done.words
    web.gone.clear()

    # A reviewer who wrote none of it reads everything, and two sign for the whole.
    chapters = read_catalog(scratch.root / "params.yaml").chapters
    approve(scratch, "Kontrollør", *chapters)
    approve(scratch, "Kontrollør", "utgave")
    assert "1 av 2 har godkjent utgaven" in release(scratch, web).words
    approve(scratch, "Godkjenner", "utgave")

    done = release(scratch, web)
    assert done.code == 0, done.words
    assert "ingen punkter må ordnes" in done.out
    assert (log(scratch)[0], status(scratch)) == ("Utgaven 2027 er gitt ut", "")
    bundle = verify_bundle(scratch, NAME)
    assert "Gitt ut. Sjekklisten holdt" in bundle["LESMEG.md"].decode("utf-8")
    assert b"skrives om" not in bundle["nettsted/chapters/kapittel-5.html"]
    assert bundle["grunnlag/data/signoff/ledger.jsonl"].count(b'"kind": "release"') == 2
    assert "grunnlag/data/raw/leveranser/tabell-14.csv" in bundle

    # The edition after it is compared with what was released, and takes its site over.
    released = scratch.root.with_name("2027.zip")
    (scratch.root / f"build/utgivelse/{NAME}.zip").rename(released)
    done = scratch.process("edition", "new", "2028")
    assert (done.code, "aldri gitt ut" in done.out) == (0, False), done.words
    receive(scratch, mail(scratch, "tabell-30", "2016–2021", "2021;760\n"))
    done = scratch.kg("diff")
    assert done.code == 0, done.words
    assert "757" in done.out and "760" in done.out
    done = release(scratch, web, "--draft", "--offline", "--forrige", str(released))
    assert done.code == 0, done.words
    bundle = verify_bundle(scratch, "kunnskapsgrunnlag-2028-utkast")
    page = bundle["nettsted/utgaver/2027/index.html"].decode("utf-8")
    assert "Dette er 2027-utgaven." in page
    assert 'href="../../index.html">Gå til 2028-utgaven' in page
