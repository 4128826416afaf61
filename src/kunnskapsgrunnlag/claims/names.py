"""The names of an expression against the catalogue: what is misspelt is told at its sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.regions import BY_KEY, GROUPS
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.catalog.schema import Catalog, Item
from kunnskapsgrunnlag.claims.numbers import ALL, CONSTANT, DELBYDELER_OF, DIM_WORDS, KNOWN
from kunnskapsgrunnlag.claims.tree import Address, Node, Only, Rank, addresses, walk
from kunnskapsgrunnlag.store.values import YEAR, YEAR_WORDS

PLACES = (*BY_KEY, *GROUPS)


def check_names(node: Node, catalog: Catalog) -> None:
    """Every item, measure, place, category and year that an expression names must exist.

    Raises:
        KgError: If one does not; names the nearest.
    """
    items = []
    for address in addresses(node):
        if address.item == CONSTANT:
            _check(address.constant, catalog.constants, "konstanten")
        else:
            _check(address.item, catalog.items, "tabellen eller figuren")
            items.append(catalog.items[address.item])
            _check_address(address, items[-1])
    for part in walk(node):
        if isinstance(part, Rank | Only):
            for name in part.names:
                _check_name(name, items)


def _check_address(address: Address, item: Item) -> None:
    measures, *parts = (part if isinstance(part, tuple) else (part,) for part in address.parts)
    for measure in measures:
        _check(measure, item.measures, f"målet i {item.label.lower()},")
    if len(parts) != len(item.dims):
        wanted = "/".join((item.key, "mål", *(DIM_WORDS[dim] for dim in item.dims)))
        raise KgError(f"«{address.text}» har ikke de delene tabellen har. Skriv {wanted}.")
    for keys, dim in zip(parts, item.dims, strict=True):
        for key in (key for choice in keys for key in choice.split("&")):
            if key not in (ALL, KNOWN):
                _check_key(key, dim, item)


def _check_key(key: str, dim: str, item: Item) -> None:
    if dim == "region":
        _check(key.removeprefix(DELBYDELER_OF), PLACES, "stedet")
    elif dim == "year":
        if span := re.fullmatch(r"(\d{4})[-–](\d{4})", key):
            raise KgError(f"«{key}» er ikke et år. Skriv {span[1]}..{span[2]}.")
        for end in key.split(".."):
            if not YEAR.fullmatch(end):
                _check(end, YEAR_WORDS, "året")
    elif item.categories:
        _check(key, item.categories, "gruppen")


def _check_name(name: str, items: Sequence[Item]) -> None:
    """A name behind `=`: a place, a year, or a category of an item of the expression."""
    categories = {key for item in items for key in item.categories or {}}
    # Without categories in the catalogue, their keys are known from the numbers alone.
    has_keys = all(item.categories for item in items if "category" in item.dims)
    if has_keys and not YEAR.fullmatch(name) and name not in YEAR_WORDS:
        _check(name.removeprefix(DELBYDELER_OF), (*PLACES, *categories), "navnet")


def _check(name: str, known: Collection[str], what: str) -> None:
    if name not in known:
        raise KgError(f"{what} «{name}» finnes ikke.{nearest(name, known)}")
