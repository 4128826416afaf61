"""From one edition to the next and back, in a checkout of its own."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from kunnskapsgrunnlag.editions.workspace import lay_out
from kunnskapsgrunnlag.paths import Project
from tests.checkout import Checkout

pytestmark = pytest.mark.build


@pytest.fixture(scope="module")
def begun(built: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout in which the edition of 2027 has been begun."""
    target = tmp_path_factory.mktemp("begun") / "checkout"
    shutil.copytree(built.root, target, symlinks=True)
    checkout = Checkout(target)
    done = checkout.kg("edition", "new", "2027")
    assert done.code == 0, done.out + done.err
    return checkout


def catalog_of(checkout: Checkout) -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load(checkout.read("params.yaml"))
    return held


def test_new_edition_knows_the_one_before(built: Checkout, begun: Checkout) -> None:
    before, after = catalog_of(built)["edition"], catalog_of(begun)["edition"]

    assert (after["key"], after["data_year"]) == ("2027", 2026)
    assert (after["previous"], after["compared"]) == (before["key"], "2022")


def test_archive_holds_content_and_numbers_byte_for_byte(built: Checkout, begun: Checkout) -> None:
    key = catalog_of(built)["edition"]["key"]

    archived = begun.contents(f"editions/{key}/content")

    assert archived["params.yaml"] == (built.root / "params.yaml").read_bytes()
    assert {n for n in archived if n.startswith("chapters/")} == {
        f"chapters/{name}" for name in built.contents("chapters")
    }
    values = begun.read(f"editions/{key}/published/values.csv").splitlines()
    assert len(values) - 1 == len(built.json("build/values.json")["values"])


def test_snapshots_of_the_edition_before_stay_and_the_new_ones_begin_as_they_are(
    built: Checkout, begun: Checkout
) -> None:
    before, after = catalog_of(built)["live"], catalog_of(begun)["live"]

    for key, entry in after.items():
        old, new = f"data/raw/{before[key]['file']}", f"data/raw/{entry['file']}"
        assert "/2027/" in new
        assert (begun.root / old).read_bytes() == (built.root / old).read_bytes()
        assert (begun.root / new).read_bytes() == (begun.root / old).read_bytes()


def test_what_cannot_be_renewed_says_which_year_it_is_of(begun: Checkout) -> None:
    items = catalog_of(begun)["items"]

    assert items["tabell-13"]["carried"]["period"] == "2020"
    assert "leveransen tabell-13" in str(items["tabell-13"]["carried"])
    assert "carried" not in items["figur-1"]


def test_plan_names_what_to_fetch_and_which_templates_to_send(begun: Checkout) -> None:
    done = begun.kg("edition", "plan")

    assert "kg fetch ssb-09895" in done.out
    assert "kg delivery template tabell-13" in done.out


def test_status_says_what_comes_next(begun: Checkout) -> None:
    done = begun.kg("edition")

    assert done.out.startswith("Utgave i arbeid: 2027, med tall for 2026.")
    assert done.out.splitlines()[-1] == "Neste: kg build"


def test_changed_archive_is_refused(begun: Checkout) -> None:
    key = str(catalog_of(begun)["edition"]["previous"])
    path = begun.root / "editions" / key / "published" / "values.csv"
    kept = path.read_bytes()
    path.write_bytes(kept.replace(b"2020", b"2019", 1))

    done = begun.kg("build", "--edition", key)

    path.write_bytes(kept)
    assert done.code == 1
    assert f"editions/{key}/published/values.csv: expected the archived file" in done.err


def test_edition_that_is_not_there_is_named(begun: Checkout) -> None:
    done = begun.kg("build", "--edition", "2019")

    assert done.code == 1
    assert "there is no archived edition «2019»" in done.err


@pytest.mark.parametrize("key", ["2010", "neste", "20260"])
def test_edition_that_is_not_later_is_refused(scratch: Checkout, key: str) -> None:
    before = scratch.read("params.yaml")

    done = scratch.kg("edition", "new", key)

    assert done.code == 1
    assert "edition new: expected a year" in done.err
    assert scratch.read("params.yaml") == before
    assert not (scratch.root / "data/raw/ssb" / key).exists()


def test_nothing_is_archived_that_was_not_built(scratch: Checkout) -> None:
    scratch.write("index.md", scratch.read("index.md") + "\nEn ny setning.\n")

    done = scratch.kg("edition", "new", "2027")

    assert done.code == 1
    assert "an archive must hold what was built. Run: kg build" in done.err


def test_killed_step_is_taken_up_again(scratch: Checkout) -> None:
    """All but the last write has been done: the edition is still the one before."""
    before = scratch.read("params.yaml")
    assert scratch.kg("edition", "new", "2027").code == 0
    after = scratch.read("params.yaml")
    scratch.write("params.yaml", before)
    shutil.copytree(scratch.root / "editions", scratch.root / "editions.ny")
    shutil.rmtree(scratch.root / "editions.ny")
    scratch.kg("build", "--quiet")

    done = scratch.kg("edition", "new", "2027")

    assert done.code == 0, done.err
    assert scratch.read("params.yaml") == after


def test_undo_gives_the_edition_before_back_and_keeps_what_was_made(scratch: Checkout) -> None:
    before = {n: scratch.contents(n) for n in ("chapters", "assets/bib")}
    params = scratch.read("params.yaml")
    assert scratch.kg("edition", "new", "2027").code == 0
    scratch.write("chapters/kapittel-1.md", "Noe annet.\n")
    scratch.write("chapters/nytt-kapittel.md", "Noe nytt.\n")

    done = scratch.kg("edition", "undo")

    assert done.code == 0, done.err
    assert {n: scratch.contents(n) for n in before} == before
    assert scratch.read("params.yaml") == params
    (kept,) = sorted(Path(scratch.root / "build" / "angret").iterdir())
    assert (kept / "chapters/kapittel-1.md").read_text("utf-8") == "Noe annet.\n"
    assert (kept / "chapters/nytt-kapittel.md").read_text("utf-8") == "Noe nytt.\n"


def test_first_edition_has_nothing_to_go_back_to(scratch: Checkout) -> None:
    params = catalog_of(scratch)
    if params["edition"].get("previous"):
        pytest.skip("the edition in work has one before it")

    done = scratch.kg("edition", "undo")

    assert done.code == 1
    assert "is the first edition" in done.err


def test_archived_edition_keeps_the_delivery_that_it_had(begun: Checkout, tmp_path: Path) -> None:
    """The next year's delivery has the same name; the edition before is built from its own."""
    key = str(catalog_of(begun)["edition"]["previous"])
    name = "data/raw/trykt/tabell-30.csv"
    kept = begun.read(name)
    begun.write(name, kept.replace("769", "775"))

    laid_out = lay_out(Project(begun.root), key, tmp_path)

    begun.write(name, kept)
    assert (laid_out.root / name).read_text("utf-8") == kept


def test_snapshot_of_an_archived_edition_that_was_changed_is_refused(begun: Checkout) -> None:
    key = str(catalog_of(begun)["edition"]["previous"])
    name = next(
        f"data/raw/{source['file']}"
        for source in begun.json(f"editions/{key}/edition.json")["sources"].values()
        if source["file"].startswith("ssb/")
    )
    kept = begun.read(name)
    begun.write(name, kept + " ")

    done = begun.kg("build", "--edition", key)

    begun.write(name, kept)
    assert done.code == 1
    assert f"{name}: expected the snapshot of the {key} edition" in done.err
