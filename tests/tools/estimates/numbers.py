"""The committed estimate files as numbers, and the inputs behind them."""

from functools import cache
from pathlib import Path

from kunnskapsgrunnlag.base.nb_numbers import parse_nb
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.sources.snapshot import read_snapshot
from tools.estimates.common import NAMES, Bases, Inputs, bases
from tools.estimates.inputs import read_inputs

ROOT = Path(__file__).parents[3]
ESTIMATES = ROOT / "data" / "raw" / "estimat"


@cache
def inputs() -> Inputs:
    return read_inputs(ROOT)


@cache
def base() -> Bases:
    return bases(inputs())


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    path = ESTIMATES / f"{name}.csv"
    return tuple(tuple(row) for row in read_snapshot(name, path).grid)


def column(name: str, heading: str) -> dict[str, float]:
    """First column -> number; cells without a number are left out."""
    head, *body = rows(name)
    at = head.index(heading)
    return {row[0]: parse_nb(row[at]) for row in body if row[at] != ".."}


def bydeler(name: str, heading: str) -> dict[str, float]:
    found = column(name, heading)
    return {bydel: found[bydel] for bydel in NAMES}


def delbydeler(name: str, heading: str) -> dict[str, float]:
    """The rows of delbydeler, by code."""
    return {code: number for code, number in column(name, heading).items() if len(code) == 4}


def bydeler_by_code(name: str, heading: str) -> dict[str, float]:
    """The rows of bydeler in a table that names areas by code."""
    found = column(name, heading)
    return {BY_KEY[k].name: found[BY_KEY[k].codes["oslo-delbydel"]] for k in BYDELER}


def in_bydel(shares: dict[str, float], bydel: str) -> dict[str, float]:
    codes = {area.code for area in inputs().areas if area.bydel == bydel}
    return {code: number for code, number in shares.items() if code in codes}


def highest(numbers: dict[str, float], count: int) -> set[str]:
    return set(sorted(numbers, key=lambda name: -numbers[name])[:count])


def weighted(shares: dict[str, float], weights: dict[str, float]) -> float:
    return sum(shares[k] * weights[k] for k in shares) / sum(weights[k] for k in shares)
