"""Small editions to compare: one item, one source, a few numbers."""

from dataclasses import replace
from typing import Any

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.editions.declared import Declared
from kunnskapsgrunnlag.editions.diff import EditionDiff, compare
from kunnskapsgrunnlag.editions.published import (
    PublishedClaim,
    PublishedEdition,
    PublishedItem,
    PublishedSource,
    PublishedValue,
)

ITEM = "tabell-1"


def number(
    address: str, value: float, /, cells: str = "a", decimals: int = 0, **more: Any
) -> PublishedValue:
    made = PublishedValue(
        f"{ITEM}/{address}", nb(value, decimals), value, "kr", decimals, "offisiell", ("k",), cells
    )
    return replace(made, **more)


def source(content: str = "0", **more: Any) -> PublishedSource:
    return replace(PublishedSource("Kilde", "Eier", "2020", "offisiell", content * 64), **more)


def item(**more: Any) -> PublishedItem:
    made = PublishedItem(
        "Tabell 1",
        "Tittel",
        "Kroner",
        "kapittel-4",
        "offisiell",
        {},
        ("year",),
        {"belop": "som oppgitt", "vekst": "beløpet delt på det første året"},
        {"belop": "Beløp", "vekst": "Vekst"},
        (),
        "",
        {"k": source()},
    )
    return replace(made, **more)


def by_region(period: int, **more: Any) -> PublishedItem:
    return item(dims=("region",), settings={"year": period}, subtitle=f"Kroner, {period}", **more)


def edition(
    key: str,
    *values: PublishedValue,
    held: PublishedItem | None = None,
    claims: dict[str, PublishedClaim] | None = None,
) -> PublishedEdition:
    items = {ITEM: held or item()}
    numbers = {each.address: each for each in values}
    return PublishedEdition(key, "Tittel", f"{key}-01-01", numbers, items, claims or {})


def between(
    old: PublishedEdition, new: PublishedEdition, declared: Declared | None = None
) -> EditionDiff:
    return compare(old, new, declared or Declared(), {})
