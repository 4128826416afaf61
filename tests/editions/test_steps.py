"""From one edition to the next, back, and out, in a checkout of its own."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.checkout import Checkout
from tests.cli.test_review import commit


@pytest.fixture(scope="module")
def begun(mini: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout in which the edition of 2027 has been begun."""
    checkout = mini.copy(tmp_path_factory.mktemp("begun") / "checkout")
    done = checkout.kg("edition", "new", "2027")
    assert done.code == 0, done.out + done.err
    assert "2026 er aldri gitt ut" in done.out
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
    assert "kg delivery template tabell-14" in done.out


def test_status_says_what_comes_next(begun: Checkout) -> None:
    done = begun.kg("edition")
    assert done.out.startswith("Utgave i arbeid: 2027, med tall for 2026.\nGitt ut: ingen.")
    assert done.out.splitlines()[-1] == "Neste: kg build"


@pytest.mark.parametrize("key", ["2010", "neste", "20260"])
def test_edition_that_is_not_later_is_refused(mini: Checkout, key: str) -> None:
    before = mini.read("params.yaml")
    done = mini.kg("edition", "new", key)
    assert done.code == 1
    assert "edition new: ventet et år" in done.err
    assert mini.read("params.yaml") == before


def test_undo_takes_back_what_git_has_not_and_leaves_the_text(scratch: Checkout) -> None:
    commit(scratch)
    params = scratch.read("params.yaml")
    assert scratch.kg("edition", "undo", "--yes").code == 1
    assert scratch.kg("edition", "new", "2027").code == 0
    scratch.write("chapters/kapittel-4.md", "Noe annet.\n")

    done = scratch.kg("edition", "undo", "--yes")

    assert done.code == 0, done.err
    assert scratch.read("params.yaml") == params
    assert scratch.read("chapters/kapittel-4.md") == "Noe annet.\n"
    assert 'key: "2027"' in scratch.read("params.2027.yaml")
    assert not list((scratch.root / "data/raw").glob("*/2027/*"))


def test_checkout_that_began_nothing_has_nothing_to_undo(scratch: Checkout) -> None:
    commit(scratch)
    before = scratch.read("params.yaml")
    done = scratch.kg("edition", "undo", "--yes")
    assert done.code == 1
    assert "det er ingenting å angre" in done.err
    assert scratch.read("params.yaml") == before


def test_an_edition_after_a_draft_is_built_and_drafted(begun: Checkout) -> None:
    """A fresh checkout is all it takes: no earlier edition has to be built first."""
    commit(begun)
    done = begun.build()
    assert done.code == 0, done.out + done.err

    done = begun.kg("release", "--draft", "--offline")

    assert done.code == 0, done.out + done.err
    folder = begun.root / "build/utgivelse/kunnskapsgrunnlag-2027-utkast"
    assert (folder / "nettsted/index.html").is_file()
    assert json.loads((folder / "sjekkliste.json").read_text("utf-8"))
    assert not Path(begun.root / "editions/2027").exists()
