"""Whether each erratum of a printed edition is there to be found, and the numbers that show it.

An erratum is judged by the numbers as they were printed, with the misprints put right, and never
by a newer delivery: it says something of the edition and not of the world.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.expressions import calculate, holds
from kunnskapsgrunnlag.base.nb_numbers import nb, parse_nb
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import Claim
from kunnskapsgrunnlag.store import verify
from kunnskapsgrunnlag.store.errata import Erratum
from kunnskapsgrunnlag.store.values import Record, Store

FOUND, NOT_FOUND, UNTESTED = "funnet", "ikke funnet", "ikke prøvbar"
# What stands in braces: a sum, or a name or address, perhaps as it was printed.
BRACES = re.compile(r"\{(?:=(?P<sum>[^{}:]+)(?::\s*(?P<decimals>\d)\s*)?|(?P<name>[^{}=]+))\}")
PRINTED = "trykt:"


@dataclass(frozen=True)
class Part:
    """A piece of a text: words, or a number with the address that it stands at."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Finding:
    """What the check of an erratum said.

    Attributes:
        state: FOUND, NOT_FOUND or UNTESTED.
        because: The numbers that show it, or why nothing was tested.
        arithmetic: The erratum's arithmetic with the numbers put in.
    """

    state: str
    because: str
    arithmetic: tuple[Part, ...]


@dataclass(frozen=True)
class Edition:
    """The numbers that errata are judged by.

    Attributes:
        printed: Address -> number as it was printed.
        computed: The value store.
        misprints: Addresses where the computed number stands for the printed one.
        renewed: Items whose computed numbers are of another period than print's.
    """

    printed: Mapping[str, verify.Printed]
    computed: Store
    misprints: frozenset[str]
    renewed: frozenset[str] = frozenset()

    @cached_property
    def store(self) -> Store:
        """The store as the edition had it: printed numbers, and computed ones where none were.

        A table ends with its last printed year, and what was not printed with the edition's.
        """
        last: dict[str, int] = {}
        for address in self.printed:
            year = _bare(address).get("year", 0)
            item = address.partition("/")[0]
            last[item] = max(year, last.get(item, 0))
        end = max(last.values(), default=0)
        own = {
            address: record
            for address, record in self.computed.values.items()
            if record["item"] not in self.renewed
            and ("year" not in record or record["year"] <= (last.get(record["item"]) or end))
        }
        for address, printed in self.printed.items():
            if address not in own or address not in self.misprints:
                own[address] = _as_printed(own.get(address) or _bare(address), printed.text)
        years: dict[str, list[int]] = {}
        for record in own.values():
            if "year" in record and record["item"] in self.computed.years:
                first, latest = years.get(record["item"], (record["year"],) * 2)
                years[record["item"]] = [min(first, record["year"]), max(latest, record["year"])]
        return Store({"values": own, "years": years, "cells": {}})


def _bare(address: str) -> Record:
    """The record of a number that was printed, and that no item computes any longer."""
    item, measure, *parts = address.split("/")
    year = {"year": int(parts[-1])} if parts and parts[-1].isdigit() else {}
    return {"address": address, "item": item, "measure": measure, "unit": "", **year}


def _as_printed(record: Record, text: str) -> Record:
    value, words = as_printed(text)
    return record | {"value": value, "text": words}


def as_printed(text: str) -> tuple[float | None, str]:
    """A printed number, and its text with spaces between thousands; words are no number."""
    try:
        return parse_nb(text.removesuffix("%").strip()), _spaced(text)
    except ValueError:
        return None, text


def read_edition(folder: Path, store: Store, catalog: Catalog) -> Edition:
    """The printed numbers of an edition together with the value store."""
    printed = {p.address: p for p in verify.read_printed(folder)}
    misprints = frozenset(a for e in verify.read_errata(folder) for a in e.addresses)
    return Edition(printed, store, misprints, verify.renewed_items(folder, catalog))


def found(erratum: Erratum, edition: Edition, claims: Mapping[str, Claim]) -> Finding:
    """Run an erratum's check.

    Raises:
        KgError: If it names a claim, a number or an address that there is not.
    """
    told_sum = told(erratum, erratum.arithmetic, edition)
    check = erratum.check
    if check.reason:
        return Finding(UNTESTED, check.reason, told_sum)
    if check.claim:
        verdict = _judged(erratum, edition, claims)
        return Finding(_state(verdict.holds), verdict.because, told_sum)
    if check.printed:
        differences = _differences(check.printed, edition)
        return Finding(_state(not differences), "; ".join(differences), told_sum)
    right = holds(check.arithmetic, _values(erratum, edition))
    return Finding(_state(right), "", told_sum)


def as_if_right(erratum: Erratum, edition: Edition) -> tuple[Erratum, Edition]:
    """The erratum and the edition had the edition printed what makes its statement hold."""
    texts = {a: text for a, text in erratum.right_if.items() if a in edition.printed}
    own = {name: text for name, text in erratum.right_if.items() if name in erratum.numbers}
    printed = {a: replace(edition.printed[a], text=text) for a, text in texts.items()}
    misprints = edition.misprints - texts.keys()
    return (
        erratum.model_copy(update={"numbers": erratum.numbers | own}),
        replace(edition, printed={**edition.printed, **printed}, misprints=misprints),
    )


def _state(edition_is_right: bool) -> str:
    return NOT_FOUND if edition_is_right else FOUND


def _judged(erratum: Erratum, edition: Edition, claims: Mapping[str, Claim]) -> Verdict:
    name = erratum.check.claim
    if name not in claims:
        raise KgError(f"errata.yaml: {erratum.id}: no claim «{name}».{nearest(name, claims)}")
    return claims[name].judge(Numbers(edition.store))


def _differences(addresses: list[str], edition: Edition) -> list[str]:
    printed = [edition.printed[address] for address in addresses]
    return [
        f"trykt {_spaced(c.printed.text)}, regnet ut {c.computed}"
        for c in verify.compare(printed, edition.computed.values, [])
        if c.state not in (verify.EQUAL, verify.WITHIN, verify.NOT_COMPUTED)
    ]


def _spaced(text: str) -> str:
    """A printed number with the spaces between thousands that print left out at places."""
    number = text.removesuffix("%").strip()
    return nb(parse_nb(number), len(number.partition(",")[2]))


def _values(erratum: Erratum, edition: Edition) -> dict[str, float]:
    return {name: _number(erratum, name, edition)[1] for name in erratum.numbers}


def _number(erratum: Erratum, name: str, edition: Edition) -> tuple[str, float, str]:
    """Text, value and address (if any) of a name of the erratum, or of an address."""
    said = erratum.numbers.get(name, name)
    if "/" not in said:
        try:
            return _spaced(said), parse_nb(said), ""
        except ValueError:
            raise KgError(
                f"errata.yaml: {erratum.id}: «{name}» is neither an address nor among its numbers."
                f"{nearest(name, erratum.numbers)}"
            ) from None
    record = edition.store.get(said)
    if record["value"] is None:
        raise KgError(f"errata.yaml: {erratum.id}: there is no number at «{said}».")
    return record["text"], record["value"], record["address"]


def told(erratum: Erratum, template: str, edition: Edition) -> tuple[Part, ...]:
    """A text of an erratum with its numbers put in.

    Raises:
        KgError: If a name, an address or a sum in braces cannot be read.
    """
    parts: list[Part] = []
    at = 0
    for brace in BRACES.finditer(template):
        parts += [Part(template[at : brace.start()]), _filled(erratum, brace, edition)]
        at = brace.end()
    return tuple(part for part in [*parts, Part(template[at:])] if part.words)


def _filled(erratum: Erratum, brace: re.Match[str], edition: Edition) -> Part:
    if brace["sum"]:
        value = calculate(brace["sum"], _values(erratum, edition))
        return Part(nb(value, int(brace["decimals"] or 0)))
    name = brace["name"]
    if not name.startswith(PRINTED):
        text, _, address = _number(erratum, name, edition)
        return Part(text, address)
    address = name.removeprefix(PRINTED)
    if address not in edition.printed:
        raise KgError(f"errata.yaml: {erratum.id}: nothing was printed at «{address}».")
    return Part(_spaced(edition.printed[address].text))
