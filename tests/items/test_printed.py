"""Every item, computed from the committed snapshots, against the edition of January 2022."""

from collections import Counter

import pytest

from kunnskapsgrunnlag.base.nb_numbers import NBSP
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.errata import read_errata
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.verify import EQUAL, KNOWN, WITHIN, Comparison, Printed
from tests.conftest import ROOT

EDITION = ROOT / "data" / "published" / "2022"
# Equal, equal within the rounding of the source, known misprint.
COUNTS = {
    "figur-4": (3, 0, 0),
    "figur-5": (5, 0, 0),
    "tabell-6": (30, 0, 0),
    "figur-7": (6, 0, 0),
    "figur-9": (6, 0, 0),
    "tabell-10": (4, 0, 0),
    "tabell-11": (24, 0, 0),
    "tabell-12": (24, 0, 0),
    "tabell-17": (7, 0, 0),
    "figur-21": (9, 0, 0),
    "figur-22": (9, 0, 0),
    "tabell-24": (23, 5, 2),
    "figur-25": (28, 0, 0),
    "figur-27": (30, 0, 0),
    "tabell-29": (35, 0, 0),
    "tabell-30": (5, 0, 0),
    "tabell-31": (21, 0, 0),
}


def compared(key: str, found: dict[str, list[Value]]) -> list[Comparison]:
    printed = [p for p in verify.read_printed(EDITION) if p.item == key]
    by_address = {r.address: r for r in found[key]}
    return verify.compare(printed, by_address, read_errata(EDITION))


def plain(printed: Printed) -> float:
    """A printed number, read without the project's own reader."""
    digits = printed.text.removesuffix("%").replace(NBSP, "").replace(" ", "")
    return float(digits.replace(",", "."))


@pytest.mark.parametrize("key", COUNTS)
def test_an_item_gives_the_printed_numbers(key: str, real_values: dict[str, list[Value]]) -> None:
    states = Counter(c.state for c in compared(key, real_values))

    assert (states.pop(EQUAL, 0), states.pop(WITHIN, 0), states.pop(KNOWN, 0)) == COUNTS[key]
    assert not states


@pytest.mark.parametrize("key", COUNTS)
def test_an_equal_number_lies_within_half_a_printed_unit(
    key: str, real_values: dict[str, list[Value]]
) -> None:
    values = {r.address: r.value for r in real_values[key] if r.value is not None}
    equal = [c.printed for c in compared(key, real_values) if c.state == EQUAL]
    present = [p for p in equal if p.address in values]

    assert present or key in ("figur-21", "figur-22")
    for printed in present:
        assert abs(values[printed.address] - plain(printed)) <= (printed.step or 0) / 2 + 1e-9


def test_all_276_printed_numbers_are_accounted_for(real_values: dict[str, list[Value]]) -> None:
    states = Counter(c.state for key in COUNTS for c in compared(key, real_values))

    # The rest was printed without numbers to compare with, or came later.
    without = {key for key, item in verify.read_items(EDITION).items() if item.form != "tabell"}
    assert set(real_values) - set(COUNTS) <= without | {f"figur-{n}" for n in range(36, 41)}
    assert states == {EQUAL: 269, WITHIN: 5, KNOWN: 2}


def test_the_misprints_are_the_two_that_are_known(
    real_values: dict[str, list[Value]],
) -> None:
    known = {c.erratum: c for c in compared("tabell-24", real_values) if c.state == KNOWN}

    assert {e: (c.printed.text, c.computed.replace(NBSP, " ")) for e, c in known.items()} == {
        "E12": ("1 195 000", "1 953 000"),
        "E13": ("197", "1 197"),
    }
