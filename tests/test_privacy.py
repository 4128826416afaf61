"""Nothing that is committed shows one to three persons or households."""

import csv
import io
from pathlib import Path

import pytest

from kunnskapsgrunnlag.sources.snapshot import read_snapshot
from tests.conftest import ROOT

RAW = ROOT / "data" / "raw"
SMALL = {"1", "2", "3"}
# Headings under which a 1, 2 or 3 counts nobody: months, percentages, rates, bounds of an estimate.
NO_COUNTS = {"manedsnr", "verdi", "nedre", "øvre", "område", "nivå"}


def snapshots(ending: str) -> list[str]:
    return sorted(path.relative_to(RAW).as_posix() for path in RAW.rglob(f"*{ending}"))


@pytest.mark.parametrize("name", snapshots(".csv"))
def test_no_table_counts_one_to_three(name: str) -> None:
    """The printed tables of 2022 too: they are public, and have no such count."""
    text = Path(RAW / name).read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    heading, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    counts = [
        at for at, name in enumerate(heading) if name not in NO_COUNTS and "(prosent)" not in name
    ]

    assert not [row for row in rows if any(row[at].strip() in SMALL for at in counts)]


@pytest.mark.parametrize("name", snapshots(".json"))
def test_no_answer_counts_one_to_three(name: str) -> None:
    dataset = read_snapshot(name, RAW / name).dataset

    assert not [cell for cell in dataset.cells if 0 < cell.value <= 3]


def test_the_register_has_nobody_outside_the_bydeler() -> None:
    for path in (RAW / "husbanken").rglob("*.csv"):
        codes = {line.split(",")[1] for line in path.read_text(encoding="utf-8").splitlines()}
        assert "0301" not in codes
