"""An edition from estimates to a release: deliveries come, people sign, and it goes out."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.downloads.archive import unzipped
from kunnskapsgrunnlag.sources.provenance import read_provenance
from tests.checkout import Checkout, Done
from tests.cli.test_review import commit, review, sit_down
from tests.release.owners_web import Web, owners_web

NAME = "kunnskapsgrunnlag-2026"
FACTS = (
    "--owner",
    "Eieren",
    "--definition",
    "Som før",
    "--contact",
    "Kontoret",
    "--licence",
    "NLOD 2.0",
)


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    with owners_web(tmp_path) as found:
        yield found


def release(checkout: Checkout, web: Web) -> Done:
    return checkout.kg("release", more=web.environment)


def deliver(checkout: Checkout, catalog: Catalog, folder: Path) -> None:
    """Deliveries made up for this test: the numbers that are there, sent in and received."""
    folder.mkdir()
    files = []
    for source in catalog.sources.values():
        if source.delivery and source.file.startswith("estimat/"):
            path = checkout.root / "data/raw" / source.file
            period = read_provenance(path).period
            about = f"Periode;{period}\n" if period else ""
            files.append(folder / f"{source.delivery}.csv")
            files[-1].write_text(about + path.read_text("utf-8-sig"), "utf-8", newline="\n")
    said = ("--eier", "Eieren", "--definisjon", "Som før", "--kontakt", "Kontoret")
    done = checkout.process("receive", *map(str, files), *said, "--lisens", "NLOD 2.0", "--ja")
    assert done.code == 0, done.out + done.err


def verify_rates(checkout: Checkout) -> None:
    """The rates, as if somebody had found them all in a source."""
    said = ("--reason", "Funnet for prøven", "--origin", "offisiell", "--title", "Satser")
    done = checkout.kg("register", "regler-bostotte", *said, *FACTS, "--period", "2020–2024")
    assert done.code == 0, done.err


def tell_readers(checkout: Checkout) -> None:
    """Whom they can write to, where the site lies, its number and the next edition."""
    path = checkout.root / "params.yaml"
    text = path.read_text(encoding="utf-8")
    told = {"contact": "post@eksempel.no", "address": "https://eksempel.no", "isbn": "1"}
    told |= {"next_edition": "høsten 2027", "access_statement": "https://eksempel.no/uu"}
    told |= {"organisation": "123456789"}
    for name, words in told.items():
        assert f'  {name}: ""' in text
        text = text.replace(f'  {name}: ""', f'  {name}: "{words}"')
    path.write_text(text, encoding="utf-8")


def approve_everything(checkout: Checkout, catalog: Catalog) -> None:
    for chapter in catalog.chapters:
        review(checkout, chapter, "--ja")


def test_an_edition_is_released_when_everything_holds_and_not_before(
    scratch: Checkout, web: Web, tmp_path: Path
) -> None:
    catalog = read_catalog(scratch.root / "params.yaml")
    commit(scratch)
    sit_down(scratch, "Forfatter")
    deliver(scratch, catalog, tmp_path / "post")
    verify_rates(scratch)
    tell_readers(scratch)
    done = scratch.build()
    assert done.code == 0, done.out + done.err
    commit(scratch)

    # No estimate is left; nobody has signed; one owner has taken a page away.
    web.gone.add("www.ssb.no")
    done = release(scratch, web)
    assert done.code == 1
    assert "Ingen anslag" not in done.words
    assert "Kildesidene finnes https://www.ssb.no/" in done.words
    assert f"{len(catalog.items)} tabeller og figurer er ikke godkjent" in done.words
    assert "statistikk.husbanken.no" in web.asked
    web.gone.clear()

    # A reviewer who wrote none of it reads everything, and two sign for the whole.
    sit_down(scratch, "Kontrollør")
    approve_everything(scratch, catalog)
    commit(scratch, "Kontrollør")
    assert "Utgaven mangler: 0 av 2 har godkjent utgaven." in review(scratch)
    review(scratch, "utgave", "--ja")
    commit(scratch, "Kontrollør")
    assert "1 av 2 har godkjent utgaven" in release(scratch, web).words
    sit_down(scratch, "Godkjenner")
    assert "Utgaven kan gis ut." in review(scratch, "utgave", "--ja")
    commit(scratch, "Godkjenner")

    # It goes out, and the bundle is what its list of hashes says.
    done = release(scratch, web)
    assert done.code == 0, done.words
    assert "0 feil" in done.out
    bundle = scratch.contents(f"build/utgivelse/{NAME}")
    assert "Gitt ut. Sjekklisten holdt" in bundle["LESMEG.md"].decode("utf-8")
    sums = dict(line.split("  ")[::-1] for line in bundle["SHA256SUMS"].decode().splitlines())
    hashed = {name: hashlib.sha256(content).hexdigest() for name, content in bundle.items()}
    beside = {"SHA256SUMS", "MASKIN.json", "sjekkliste.json"}
    assert sums == {name: found for name, found in hashed.items() if name not in beside}
    inside = unzipped((scratch.root / f"build/utgivelse/{NAME}.zip").read_bytes())
    assert set(inside) == {f"{NAME}/{name}" for name in {*sums, "SHA256SUMS"}}
    ledger = bundle["grunnlag/data/signoff/ledger.jsonl"].decode("utf-8")
    assert ledger.count('"kind": "release"') == 2
    assert "grunnlag/data/raw/leveranser/tabell-14.csv" in sums
