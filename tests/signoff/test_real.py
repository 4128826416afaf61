"""The real catalogue, text and claims are things that can be approved."""

from kunnskapsgrunnlag.catalog import Catalog
from kunnskapsgrunnlag.signoff.authors import entry_lines
from kunnskapsgrunnlag.signoff.sign import INPUTS
from kunnskapsgrunnlag.stamp import FILES, SIGNED, WATCHED
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
