"""Comparison with print: every number of a printed edition against what the project computes."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.base.nb_numbers import SYMBOLS, nb, parse_nb, rounded
from kunnskapsgrunnlag.base.paths import name_in_checkout
from kunnskapsgrunnlag.catalog.periods import last_period
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.store.errata import Erratum
from kunnskapsgrunnlag.store.value import Value

EQUAL = "lik"
WITHIN = "lik innenfor avrundingen av kilden"
KNOWN = "ulik, kjent feil i trykken"
NEW_DATA = "ulik, ny leveranse"
NEW_PERIOD = "ulik, ny periode"
UNEXPLAINED = "ulik uten forklaring"
NOT_COMPUTED = "ikke beregnet"
STATES = (EQUAL, WITHIN, KNOWN, NEW_DATA, NEW_PERIOD, UNEXPLAINED, NOT_COMPUTED)


@dataclass(frozen=True)
class Printed:
    """A printed number: address, text as printed, rounding step, section of the report."""

    address: str
    text: str
    step: float | None
    section: str

    @property
    def item(self) -> str:
        return self.address.partition("/")[0]


@dataclass(frozen=True)
class Comparison:
    """One printed number and what became of it."""

    printed: Printed
    computed: str
    state: str
    erratum: str = ""


def read_printed(folder: Path) -> list[Printed]:
    path = folder / "printed.csv"
    if not path.is_file():
        name = name_in_checkout(path)
        raise KgError(f"{name}: filen finnes ikke. Hent den tilbake med git restore {name}.")
    return [
        Printed(r["address"], r["printed"], float(r["step"]) if r["step"] else None, r["section"])
        for r in csv.DictReader(read_written(path).splitlines())
    ]


def compare(
    printed: Iterable[Printed],
    values: Mapping[str, Value],
    errata: Iterable[Erratum],
    changed: frozenset[str] = frozenset(),
    renewed: frozenset[str] = frozenset(),
) -> list[Comparison]:
    """Compare at printed precision.

    Args:
        changed: Sources whose content is another than the one registered for the edition: a
            difference that traces to one of them is explained by the new delivery.
        renewed: Items that are of another period than in print.
    """
    known = {address: erratum.id for erratum in errata for address in erratum.addresses}

    def compare_one(number: Printed) -> Comparison:
        value = values.get(number.address)
        if value is None:
            return Comparison(number, "", NOT_COMPUTED)
        state = _state(number, value)
        if state is not None:
            return Comparison(number, value.text, state)
        if not changed.isdisjoint(value.sources):
            return Comparison(number, value.text, NEW_DATA)
        if number.address in known:
            return Comparison(number, value.text, KNOWN, known[number.address])
        return Comparison(number, value.text, NEW_PERIOD if number.item in renewed else UNEXPLAINED)

    return [compare_one(number) for number in printed]


@dataclass(frozen=True)
class PrintedItem:
    """A table or figure of a printed edition.

    Attributes:
        form: How it was printed: tabell, diagram or tegning.
        period: What its numbers were of, where their addresses do not say the year; else "".
        numbers: Whether its numbers were printed: alle, noen (in the text) or ingen.
    """

    key: str
    form: str
    period: str
    numbers: str


def read_items(folder: Path) -> dict[str, PrintedItem]:
    return {
        row["item"]: PrintedItem(row["item"], row["form"], row["period"], row["numbers"])
        for row in csv.DictReader(read_written(folder / "items.csv").splitlines())
    }


def renewed_items(folder: Path, catalog: Catalog) -> frozenset[str]:
    """The items that are of another period than in print, where no address says the year."""
    printed = read_items(folder)
    return frozenset(
        key
        for key, item in catalog.items.items()
        if key in printed
        and printed[key].period
        and last_period(item.subtitle) != printed[key].period
    )


def _state(printed: Printed, value: Value) -> str | None:
    """EQUAL, WITHIN, or None if they differ."""
    if printed.step is None or printed.text in SYMBOLS or value.value is None:
        return EQUAL if printed.text == value.text else None
    expected = parse_nb(printed.text.removesuffix("%").strip())
    decimals = max(0, -int(Decimal(repr(printed.step)).normalize().as_tuple().exponent))
    if float(rounded(value.value, decimals, max(1, printed.step))) == expected:
        return EQUAL
    half = printed.step / 2
    low, high = value.low, value.high
    if low is None or high is None or low == high:
        return None
    return WITHIN if low < expected + half and expected - half < high else None


def summary(comparisons: Iterable[Comparison]) -> dict[str, int]:
    """How many numbers are in each state, every state named."""
    counts = Counter(comparison.state for comparison in comparisons)
    return {state: counts.get(state, 0) for state in STATES}


def as_printed(text: str) -> tuple[float | None, str]:
    """A printed number, and its text with spaces between thousands; words are no number."""
    digits = text.removesuffix("%").strip()
    try:
        number = parse_nb(digits)
    except ValueError:
        return None, text
    return number, nb(number, len(digits.partition(",")[2]))
