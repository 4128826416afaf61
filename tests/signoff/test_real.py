"""The real catalogue, text and claims are things that can be approved."""

import pytest

from kunnskapsgrunnlag.base.build_stamp import FILES, SIGNED, WATCHED
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.signoff.authors import entry_lines
from kunnskapsgrunnlag.signoff.git import Git, Lines
from kunnskapsgrunnlag.signoff.sign import INPUTS
from tests.checkout import ROOT


def test_every_entry_of_the_catalogue_has_lines_that_begin_with_its_key(catalog: Catalog) -> None:
    text = (ROOT / "params.yaml").read_text(encoding="utf-8")
    lines, found = text.splitlines(), entry_lines(text)

    for section in ("items", "sources", "chapters"):
        for key in getattr(catalog, section):
            (span,) = found[section, key]
            assert lines[span.first - 1].startswith(f"  {key}:")
            assert all(line.startswith("   ") for line in lines[span.first : span.last] if line)


def test_what_must_be_committed_is_what_a_build_watches() -> None:
    made = {"build", "dvc.lock"}

    assert {*WATCHED, *FILES} - made == {name for name in INPUTS if not name.startswith(":")}
    assert "/".join(SIGNED) == "data/signoff"


@pytest.fixture
def git() -> Git:
    """The history of this checkout."""
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    return Git(ROOT)


def test_authors_of_a_chapters_entries_are_found_in_this_history(
    git: Git, catalog: Catalog
) -> None:
    """Git 2.39 stops when it is asked for all of chapter 5's runs of lines at once."""
    entries = entry_lines(git.text("HEAD", "params.yaml"))
    for chapter in {item.chapter for item in catalog.items.values()}:
        own = {k: i for k, i in catalog.items.items() if i.chapter == chapter}
        names = {("items", key) for key in own}
        names |= {("sources", key) for item in own.values() for key in item.inputs.values()}

        assert git.authors_of_lines("", [each for name in names for each in entries.get(name, [])])


def test_lines_that_git_cannot_follow_count_the_whole_file(git: Git) -> None:
    beyond = Lines("Makefile", 10_000, 10_001)

    assert git.authors_of_lines("", [beyond]) == git.authors_of_files("", ["Makefile"])
