"""Earlier editions are taken over from a bundle, with a note on every page, and listed."""

import datetime
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.publish.downloads.archive import zipped
from kunnskapsgrunnlag.release.earlier import LIST, taken_over, with_list

DAY = datetime.date(2027, 1, 1)
PAGE = '<body><main id="m"><p>Tekst</p></main></body>'


def bundle(folder: Path, key: str, site: dict[str, bytes], state: str = "Gitt ut.") -> Path:
    top = f"kunnskapsgrunnlag-{key}/"
    files = {f"{top}nettsted/{name}": content for name, content in site.items()}
    files[f"{top}LESMEG.md"] = f"# Rapport\n\n{state}\n\n## Slik\n".encode()
    path = folder / f"kunnskapsgrunnlag-{key}.zip"
    path.write_bytes(zipped(files, DAY))
    return path


def test_each_page_of_an_earlier_edition_says_that_there_is_a_newer_one(tmp_path: Path) -> None:
    site = {"index.html": PAGE.encode(), "chapters/a.html": PAGE.encode(), "a.csv": b"<main>"}
    moved = taken_over(bundle(tmp_path, "2026", site), "2027")
    assert set(moved) == {f"utgaver/2026/{name}" for name in site}
    assert b'href="../../index.html">' in moved["utgaver/2026/index.html"]
    assert b'href="../../../index.html">' in moved["utgaver/2026/chapters/a.html"]
    assert "Gå til 2027-utgaven" in moved["utgaver/2026/chapters/a.html"].decode()
    assert moved["utgaver/2026/a.csv"] == b"<main>"


def test_what_an_edition_had_taken_over_lies_beside_it_and_has_one_note(tmp_path: Path) -> None:
    first = taken_over(bundle(tmp_path, "2026", {"index.html": PAGE.encode()}), "2027")
    about = f"<main>{LIST}</main>".encode()
    site = with_list({"index.html": PAGE.encode(), "om.html": about}, ["2026"], "januar 2022")
    moved = taken_over(bundle(tmp_path, "2027", site | first), "2028")
    assert {name.split("/")[1] for name in moved} == {"2026", "2027"}
    old = moved["utgaver/2026/index.html"].decode()
    assert old.count("kg-nyere") == 1 and "2028" in old and "2027" not in old
    assert b'href="../2026/index.html"' in moved["utgaver/2027/om.html"]


def test_the_list_names_every_earlier_edition_and_print(tmp_path: Path) -> None:
    site = {"om.html": LIST.encode(), "chapters/a.html": LIST.encode()}
    listed = with_list(site, ["2026", "2027"], "januar 2022")
    text = listed["chapters/a.html"].decode()
    assert text.index("../utgaver/2027/index.html") < text.index("../utgaver/2026/index.html")
    assert "Trykt utgave, januar 2022" in text
    assert "<li>Utgave" not in with_list(site, [], "januar 2022")["om.html"].decode()


def test_a_draft_or_a_later_edition_or_no_bundle_is_refused(tmp_path: Path) -> None:
    site = {"index.html": PAGE.encode()}
    other = tmp_path / "noe.zip"
    other.write_bytes(b"ikke en pakke")

    for path, words in (
        (bundle(tmp_path, "2026", site, "UTKAST. Pakken"), "pakken er et utkast"),
        (bundle(tmp_path, "2027", site), "ventet pakken til en utgave før 2027"),
        (other, "ventet pakken til en tidligere utgave"),
    ):
        with pytest.raises(KgError, match=words):
            taken_over(path, "2027")
