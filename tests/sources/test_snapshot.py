import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.cells import SourceCell, column_of, describe_cell
from kunnskapsgrunnlag.sources.formats.grid import letters
from kunnskapsgrunnlag.sources.provenance import provenance_path
from kunnskapsgrunnlag.sources.snapshot import Snapshot, read_snapshot, verify
from tests.conftest import rewritten, write_provenance, write_snapshot

GRID = "år;område;antall\n2020;Oslo;550\n2020;Bergen;329\n"


def answer(**more: Any) -> str:
    dataset = {
        "class": "dataset",
        "label": "Folkemengde",
        "updated": "2026-01-01",
        "id": ["Region", "Tid"],
        "size": [2, 2],
        "dimension": {
            "Region": {"category": {"index": ["0301", "4601"], "label": {"0301": "Oslo"}}},
            "Tid": {"category": {"index": {"2020": 0, "2021": 1}}},
        },
        "value": [693494, 697010, None, 0.5],
        "status": {"2": ".."},
    }
    return json.dumps(dataset | more)


@pytest.fixture
def grid(tmp_path: Path) -> Snapshot:
    return write_snapshot(tmp_path, "trykt/figur-25.csv", GRID, "trykt-figur-25")


@pytest.fixture
def dataset(tmp_path: Path) -> Snapshot:
    return write_snapshot(tmp_path, "ssb/1.json", answer(), "ssb-1", origin="offisiell")


@given(st.integers(0, 20_000))
def test_letters_lead_back_to_their_column(column: int) -> None:
    assert column_of(letters(column + 1)) == column


@pytest.mark.parametrize(
    ("at", "place", "raw", "symbol"),
    [
        ("C3", "rad 3 (2020, Bergen), kolonne C «antall»", "329", ""),
        ("i1", "Region=0301 (Oslo), Tid=2021 (2021)", "697010", ""),
        ("i2", "Region=4601 (4601), Tid=2020 (2020)", "null", ".."),
        ("i3", "Region=4601 (4601), Tid=2021 (2021)", "0.5", ""),
    ],
)
def test_a_cell_is_described_by_its_row_and_heading_or_its_codes(
    grid: Snapshot, dataset: Snapshot, at: str, place: str, raw: str, symbol: str
) -> None:
    snapshot = dataset if at.startswith("i") else grid

    cell = describe_cell(snapshot, snapshot.cell(at))

    assert cell == SourceCell(snapshot.source, snapshot.name, place, raw, symbol)


SAME = {
    "line ends": GRID.replace("\n", "\r\n"),
    "old Mac": GRID.replace("\n", "\r"),
    "mark": "\ufeff" + GRID,
    "blank lines and cells": GRID + "\n ; ;\n",
    "blanks": GRID.replace(";", " ; "),
    "quotes": GRID.replace("Oslo", '"Oslo"'),
    "separator": GRID.replace(";", ","),
}


def test_another_way_to_write_it_changes_the_bytes_only(grid: Snapshot, dataset: Snapshot) -> None:
    keys = json.loads(dataset.text) | {"updated": "2026-02-01"}
    turned = rewritten(dataset, json.dumps(dict(reversed(keys.items())), indent=2))
    written = [(grid, rewritten(grid, content)) for content in SAME.values()]

    for first, again in [*written, (dataset, turned)]:
        assert again.sha256_bytes != first.sha256_bytes
        assert again.sha256_cells == first.sha256_cells
        assert not again.changed


@pytest.mark.parametrize(
    "content",
    [
        GRID.replace("329", "330"),
        GRID.replace("Bergen", "Asker"),
        GRID.replace("antall", "lån"),
        "\n".join(GRID.splitlines()[:2]),
        GRID.replace("550", "55;0"),
    ],
)
def test_another_content_of_a_grid_changes_the_cells(grid: Snapshot, content: str) -> None:
    assert rewritten(grid, content).changed


@pytest.mark.parametrize(
    "more",
    [{"value": [1, 2, None, 4]}, {"status": {"2": ":"}}, {"id": ["Tid", "Region"]}, {"size": [4]}],
)
def test_another_content_of_an_answer_changes_the_cells(
    dataset: Snapshot, more: dict[str, Any]
) -> None:
    assert rewritten(dataset, answer(**more)).changed


def test_a_file_that_cannot_be_read_is_named_with_its_line(
    grid: Snapshot, dataset: Snapshot
) -> None:
    latin = replace(grid, content=b"aar;navn\n2020;Oslo\n2020;T\xf8yen\n")

    with pytest.raises(KgError, match=r"trykt/figur-25\.csv, rad 3: filen er ikke UTF-8"):
        _ = latin.grid
    with pytest.raises(KgError, match=r"trykt/figur-25\.csv: filen er tom\. Hent den tilbake med"):
        _ = rewritten(grid, "\n\n").grid
    with pytest.raises(KgError, match=r"ssb/1\.json, linje 2: ikke JSON: "):
        rewritten(dataset, '{"id":\n]').json()
    with pytest.raises(KgError, match=r"ssb/1\.json"):
        verify(rewritten(dataset, "[]"))


def test_a_missing_file_is_restored_with_git(grid: Snapshot) -> None:
    for path in (provenance_path(grid.path), grid.path):
        path.unlink()
        with pytest.raises(KgError, match=rf"trykt-figur-25: ventet filen .*{path.name}, men den"):
            read_snapshot(grid.source, grid.path)


def test_a_registered_snapshot_is_accepted(grid: Snapshot, tmp_path: Path) -> None:
    receipt = verify(grid)
    entry = {"date": "2026-01-01", "reason": "Ny leveranse", "sha256_cells": "x"}
    later = verify(write_snapshot(tmp_path, "trykt/x.csv", GRID, history=[entry]))

    assert (receipt.registered, receipt.revised) == (True, False)
    assert (receipt.origin, receipt.file) == ("trykt", "data/raw/trykt/figur-25.csv")
    assert (later.registered, later.revised) == (True, True)


@pytest.mark.parametrize("origin", ["leveranse", "trykt", "estimat"])
def test_a_changed_delivery_is_accepted_and_says_so(tmp_path: Path, origin: str) -> None:
    snapshot = write_snapshot(tmp_path, "trykt/x.csv", GRID, origin=origin)

    receipt = verify(rewritten(snapshot, GRID.replace("550", "560")))

    assert (receipt.registered, receipt.revised) == (False, True)


def test_a_changed_extract_of_a_provider_is_refused_with_advice(dataset: Snapshot) -> None:
    changed = rewritten(dataset, answer(value=[1, 2, None, 4]))

    with pytest.raises(KgError, match=r"ssb/1\.json: innholdet er ikke det som er reg") as error:
        verify(changed)
    assert "Hent filen tilbake med git" in str(error.value)
    assert 'kg register ssb-1 --reason "…"' in str(error.value)
    assert changed.sha256_cells[:12] in str(error.value)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"origin": "rykte"}, "origin: ventet 'offisiell', 'leveranse', 'trykt' eller"),
        ({"vintage": 2022}, "vintage: ventet tekst, fant 2022"),
        ({"eier": "SSB"}, "eier: ukjent nøkkel «eier»"),
        ({"corrections": {"A1": {"printed": "1"}}}, "nøkkelen «corrected» mangler"),
    ],
)
def test_a_mistake_in_the_provenance_is_named(
    grid: Snapshot, more: dict[str, Any], message: str
) -> None:
    write_provenance(grid.path, grid.provenance.model_dump(exclude_defaults=True) | more)

    with pytest.raises(KgError) as error:
        read_snapshot(grid.source, grid.path)
    assert str(error.value).startswith("data/raw/trykt/figur-25.csv.source.yaml, linje ")
    assert message in str(error.value)


def test_the_committed_snapshots_are_the_registered_ones(snapshots: dict[str, Snapshot]) -> None:
    for snapshot in snapshots.values():
        assert snapshot.sha256_bytes == snapshot.provenance.sha256_bytes, snapshot.name
        assert not snapshot.changed, snapshot.name
