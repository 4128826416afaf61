"""From one edition to the next, back, and out, in a checkout of its own."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.checkout import Checkout
from tests.cli.test_review import commit, sit_down


@pytest.fixture(scope="module")
def begun(mini: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout in which the edition of 2027 has been begun."""
    checkout = mini.copy(tmp_path_factory.mktemp("begun") / "checkout")
    commit(checkout)
    sit_down(checkout, "Forfatter")
    done = checkout.process("edition", "new", "2027")
    assert done.code == 0, done.out + done.err
    assert "2026 er aldri gitt ut" in done.out
    assert "Lagt inn i git: «Utgaven for 2027 er begynt»." in done.out
    return checkout


def catalog_of(checkout: Checkout) -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load(checkout.read("params.yaml"))
    return held


def test_new_edition_moves_the_year_and_keeps_print(begun: Checkout) -> None:
    edition = catalog_of(begun)["edition"]
    assert (edition["key"], edition["data_year"], edition["compared"]) == ("2027", 2026, "2022")


def test_snapshots_of_the_edition_before_stay_and_the_new_ones_begin_as_they_are(
    mini: Checkout, begun: Checkout
) -> None:
    before, after = catalog_of(mini)["live"], catalog_of(begun)["live"]
    for key, entry in after.items():
        old, new = f"data/raw/{before[key]['file']}", f"data/raw/{entry['file']}"
        assert "/2027/" in new
        assert (begun.root / old).read_bytes() == (mini.root / old).read_bytes()
        assert (begun.root / new).read_bytes() == (begun.root / old).read_bytes()


def test_plan_names_what_to_fetch_and_which_templates_to_send(begun: Checkout) -> None:
    done = begun.kg("edition", "plan")
    assert "kg fetch ssb-09895" in done.out
    assert "kg due --brev tabell-14" in done.out


def test_kg_alone_says_where_one_stands_and_what_comes_next(begun: Checkout) -> None:
    lines = begun.kg().out.splitlines()
    assert lines[0].endswith("utgaven for 2027, med tall for 2026.")
    assert "ja, og ingenting er endret siden" in lines[2]
    assert re.fullmatch(r"  Venter på deg:   \d+ kilder kan hentes .*", lines[3])
    assert "SSB, på bestilling fra kommunen (2)" in lines[4]
    assert re.fullmatch(r"  Godkjent:        0 av \d+ deler .*", lines[6])
    assert lines[7].startswith("  Neste:           kg due viser")


@pytest.mark.parametrize("key", ["2010", "neste", "20260"])
def test_edition_that_is_not_later_is_refused(mini: Checkout, key: str) -> None:
    before = mini.read("params.yaml")
    done = mini.kg("edition", "new", key)
    assert done.code == 1
    assert "edition new: ventet et år" in done.err
    assert mini.read("params.yaml") == before


def test_an_edition_that_was_begun_is_taken_back_with_the_text_kept(
    begun: Checkout, tmp_path: Path
) -> None:
    own = begun.copy(tmp_path / "own")
    params = own.read("params.yaml")
    own.write("chapters/kapittel-4.md", "Noe annet.\n")

    done = own.kg("angre")
    assert (done.code, own.read("params.yaml")) == (1, params)
    assert "Skriv --ja for å svare ja" in done.err
    done = own.process("angre", "--ja")

    assert "Lagt inn i git: «Angret: Utgaven for 2027 er begynt»." in done.out
    assert 'key: "2026"' in own.read("params.yaml")
    assert own.read("chapters/kapittel-4.md") == "Noe annet.\n"
    assert not list((own.root / "data/raw").glob("*/2027/*"))


def test_an_edition_after_a_draft_is_built_and_drafted(begun: Checkout) -> None:
    """A fresh checkout is all it takes: no earlier edition has to be built first."""
    done = begun.kg("release", "--draft", "--offline")

    assert done.code == 0, done.out + done.err
    folder = begun.root / "build/utgivelse/kunnskapsgrunnlag-2027-utkast"
    assert (folder / "nettsted/index.html").is_file()
    assert json.loads((folder / "sjekkliste.json").read_text("utf-8"))
    assert not Path(begun.root / "editions/2027").exists()
