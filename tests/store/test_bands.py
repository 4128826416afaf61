"""The error band of an estimate stands beside its number, from the snapshot to every format."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kunnskapsgrunnlag.catalog.schema import Catalog, Column, Source
from kunnskapsgrunnlag.publish.downloads.bundle import store_table
from kunnskapsgrunnlag.publish.downloads.covers import BANDS, notes_of
from kunnskapsgrunnlag.publish.downloads.csv_text import table_csv
from kunnskapsgrunnlag.publish.fragments import html_table, typst_table
from kunnskapsgrunnlag.store.bands import band_sentence, band_words, bound_word, cell_words
from kunnskapsgrunnlag.store.tables import grid
from kunnskapsgrunnlag.store.traced import Traced
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import item_values
from kunnskapsgrunnlag.tidy.delivery import tidy
from kunnskapsgrunnlag.tidy.table import traced
from tests.conftest import frame, item_of, measure_of, receipt_of, value_of, write_snapshot
from tests.publish.downloads.parts import part_of

# A limit that has no lower end, and one that is assumed to be five times the income.
ASSUMED = {"figur-23/fra/sosialhjelp", "figur-23/til/startlan", "figur-23/til_maned/startlan"}


def estimate(value: float = 8.7, low: float = 7.0, high: float = 10.4, **more: Any) -> Value:
    text = str(value).replace(".", ",")
    held = {"low": low, "high": high, "origin": "estimat", "decimals": 1, "region": "alna"}
    return value_of("tabell-1/belop/alna", text, value, **(held | more))


def by_region(**more: Any) -> Any:
    return item_of(dims=["region"], table={"rows": ["region"], "columns": ["measure"]}, **more)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (estimate(), "8,7 (7,0–10,4)"),
        (estimate(2.7, 2.2, 2.7), "høyst 2,7 (2,2–2,7)"),
        (estimate(2.2, 2.2, 2.7), "minst 2,2 (2,2–2,7)"),
        (estimate(origin="trykt"), "8,7"),
        (estimate(origin="offisiell"), "8,7"),
        (estimate(8.7, 8.7, 8.7), "8,7"),
        (value_of("tabell-1/belop/alna", "..", None, origin="estimat", low=None), ".."),
    ],
)
def test_a_cell_says_the_band_of_an_estimate_and_its_bound(record: Value, words: str) -> None:
    assert cell_words(record) == words


def test_the_band_stands_beside_the_number_and_in_a_sentence() -> None:
    record = estimate(4000.0, 3200.4, 4800.2, decimals=0)
    table = grid(by_region(), [estimate(2.7, 2.2, 2.7)])
    cell = '<td class="kg-n">høyst 2,7 <small class="kg-band">(2,2–2,7)</small></td>'

    assert band_words(record) == "3\u00a0200–4\u00a0800"
    assert band_sentence(record) == "Anslag: kan være fra 3\u00a0200 til 4\u00a0800."
    assert band_sentence(estimate(origin="trykt")) == ""
    assert cell in html_table(table)
    assert '[#"høyst 2,7" #kg-band("(2,2–2,7)")]' in typst_table(table)


def test_downloads_have_a_column_for_each_bound() -> None:
    measures = {"belop": measure_of(unit="prosent")}
    oslo = value_of("tabell-1/belop/oslo", "6,0", 6.0, decimals=1, region="oslo", low=5.95)

    part = part_of(
        estimate(), oslo, measures=measures, dims=["region"],
        table={"rows": ["region"], "columns": ["measure"]},
    )  # fmt: skip

    assert table_csv(part.table).splitlines() == [
        '\ufeff"Område";"Antall (prosent)";"Antall (prosent), nedre grense";'
        '"Antall (prosent), øvre grense";"Opphav"',
        '"Alna";8,7;7,0;10,4;"estimat"',
        '"Oslo";6,0;;;"trykt"',
    ]
    assert BANDS in notes_of(part)
    assert not part.table.has_gaps
    names = [column.name for column in store_table([part]).columns]
    row = dict(zip(names, store_table([part]).rows[0], strict=True))
    assert (row["Nedre grense"], row["Øvre grense"]) == (Decimal(7), Decimal("10.4"))


def test_a_band_is_read_from_the_provenance_and_flows_through_arithmetic(tmp_path: Path) -> None:
    columns = {
        "område": Column(name="region", role="region", system="navn"),
        "mill.": Column(name="paid", role="measure", unit="kr", scale=1000),
    }
    source = Source(file="k.csv", reader="delivery", key=["region"], columns=columns)
    about = {"origin": "estimat", "bands": {"B2": [7.0, 10.0]}, "printed": ["B3"]}
    snapshot = write_snapshot(tmp_path, "k.csv", "område;mill.\nAlna;8\nOslo;100\n", "k", **about)

    alna, oslo = traced(tidy(snapshot, source))["paid"]

    assert (alna.low, alna.value, alna.high) == (7000, 8000, 10000)
    assert (oslo.low, oslo.high) == (100_000, 100_000)
    share, rest = alna / oslo * 100, 1 - alna / oslo
    assert (share.low, share.value, share.high) == pytest.approx((7, 8, 10))
    assert (rest.low, rest.high) == pytest.approx((0.9, 0.93))


def test_a_known_total_in_an_estimates_file_is_printed_and_no_estimate() -> None:
    receipts = {
        "k": receipt_of("k", origin="estimat", printed=("k:B3",)),
        "a": receipt_of("a", origin="offisiell"),
    }
    paid = [Traced.cell(8, "k:B2"), Traced.cell(100, "k:B3") / Traced.cell(5, "a:A1")]
    item = by_region(measures={"belop": measure_of()})
    table = frame(region=["alna", "oslo"], belop=paid)

    origins = [value.origin for value in item_values("tabell-1", item, table, receipts)]

    assert origins == ["estimat", "trykt"]


def test_every_estimate_of_the_report_has_a_band_or_lies_on_a_bound_and_says_so(
    catalog: Catalog, real_values: dict[str, list[Value]]
) -> None:
    estimates = [
        record
        for found in real_values.values()
        for record in found
        if record.origin == "estimat" and record.value is not None
        if record.address not in ASSUMED
    ]

    assert len(estimates) > 400
    for record in estimates:
        low, value, high = record.low or 0, record.value or 0, record.high or 0
        assert low <= value <= high, record.address
        assert low < high, record.address
        word = bound_word(record)
        assert word in ("høyst", "minst") or low < value < high, record.address
