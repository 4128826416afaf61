"""A made-up level of areas: its declaration, its tables, and the kit of its profiles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kunnskapsgrunnlag.catalog.profiles import ProfileLevel
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.figures.look import add_fonts
from kunnskapsgrunnlag.publish.profiles.areas import Areas
from kunnskapsgrunnlag.publish.profiles.lookup import LevelNumbers
from kunnskapsgrunnlag.publish.profiles.make import ProfileKit
from kunnskapsgrunnlag.publish.profiles.numbers import level_values
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.sources.provenance import Origin
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.standing import Standing
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.tidy.table import CELL, SYMBOL, traced

ROOT = Path(__file__).resolve().parents[3]
YEARS = range(2015, 2026)
RULES = {
    "most": 5, "rank_points": [3.0, 2.0, 1.5], "largest": 3.0, "change_weight": 1.2,
    "distance": 0.25, "change": 1.0, "change_years": 2,
}  # fmt: skip
WORDS = {"one": "krets", "the_one": "kretsen", "many": "kretser", "the_many": "kretsene"}


def level(measures: Mapping[str, Mapping[str, Any]], **more: Any) -> ProfileLevel:
    """A level of made-up areas with these measures."""
    return ProfileLevel.model_validate(
        {
            "title": "Kretsene", "areas": "kretser", "whole": "riket", "folder": "kretser",
            "words": WORDS | {"profile": "Kretsprofil"}, "findings": RULES,
            "measures": {key: measure(**m) for key, m in measures.items()},
        }
        | more
    )  # fmt: skip


def measure(**more: Any) -> dict[str, Any]:
    """The declaration of a rate per 1 000, with what is given instead."""
    return {
        "title": "Mottakere", "unit": "per 1 000 innbyggere", "decimals": 1,
        "formula": "mottakere delt på innbyggere, ganger 1 000", "times": 1000,
        "of": {"source": "mottak", "columns": ["recipients"]},
        "per": {"source": "folk", "columns": ["residents"]},
        "words": {"kind": "antall", "of": "mottakere per innbygger", "short": "Mottakere"},
    } | more  # fmt: skip


def tidy(source: str, rows: list[dict[str, Any]], *measures: str) -> pd.DataFrame:
    """A tidy table with a cell for each number; a text instead of one is its source's sign."""
    table = pd.DataFrame(rows)
    for at, name in enumerate(measures):
        signs = [n if isinstance(n, str) else "" for n in table[name]]
        table[f"{name}{CELL}"] = [f"{source}:{'BCDEF'[at]}{row}" for row in range(2, len(rows) + 2)]
        table[f"{name}{SYMBOL}"] = signs
        table[name] = [
            np.nan if sign else float(n) for n, sign in zip(table[name], signs, strict=True)
        ]
    return traced(table)


def receipt(source: str, origin: Origin = "offisiell", period: str = "") -> Receipt:
    return Receipt(
        source=source, title=f"Tall om {source}", owner="Eieren", origin=origin, vintage="2026",
        period=period, definition="", licence="NLOD 2.0", url=None, file=f"{source}.csv",
        sha256_bytes="a", sha256_cells="b", registered=True, revised=False,
    )  # fmt: skip


def values_of(
    wanted: ProfileLevel, areas: Areas, tables: Mapping[str, pd.DataFrame], **origins: Origin
) -> list[Value]:
    receipts = {s: receipt(s, origins.get(s, "offisiell"), "2020") for s in wanted.sources}
    return level_values("krets", wanted, areas, tables, receipts)


def numbers_of(
    wanted: ProfileLevel, areas: Areas, tables: Mapping[str, pd.DataFrame], **origins: Origin
) -> LevelNumbers:
    return LevelNumbers("krets", wanted, areas, values_of(wanted, areas, tables, **origins))


def kit_of(numbers: LevelNumbers, catalog: Catalog) -> ProfileKit:
    """What profiles of made-up numbers are made of."""
    add_fonts(ROOT / "assets" / "fonts")
    cells = {
        cell: SourceCell(cell.partition(":")[0], "fil.csv", "rad 2", "1")
        for value in numbers.values
        for cell in value.cells
    }
    sources = {source: receipt(source) for source in numbers.level.sources}
    standing = Standing("2026", 2025, "", None, 0, 37)
    return ProfileKit(numbers, catalog, standing, sources, cells, ROOT)


def made_up(count: int) -> tuple[ProfileLevel, Areas, dict[str, pd.DataFrame]]:
    """A level of `count` areas: four of two that merged, one without a year, two hidden."""
    own = {f"krets-{at}": f"Krets {at}" for at in range(count)}
    former = {f"gammel-{at}": f"krets-{at // 2}" for at in range(8)}
    rng = np.random.default_rng(19)
    people: list[dict[str, Any]] = []
    taken: list[dict[str, Any]] = []
    for year in YEARS:
        names = [*former, *list(own)[4:]] if year < 2020 else list(own)
        counts = rng.integers(2_000, 60_000, len(names))
        shares = rng.uniform(0.005, 0.06, len(names)) * (1 + 0.02 * (year - 2015))
        rows = dict(zip(names, (int(n) for n in counts), strict=True))
        helped = {name: int(rows[name] * share) for name, share in zip(names, shares, strict=True)}
        people += [{"region": n, "year": year, "residents": c} for n, c in rows.items()]
        people.append({"region": "riket", "year": year, "residents": sum(rows.values())})
        taken.append({"region": "riket", "year": year, "recipients": sum(helped.values())})
        hidden = {"krets-5", "krets-6"} if year == 2016 else set()
        absent = {"krets-7"} if year == 2018 else set()
        taken += [
            {"region": n, "year": year, "recipients": ":" if n in hidden else c}
            for n, c in helped.items()
            if n not in absent
        ]
    tables = {
        "folk": tidy("folk", people, "residents"),
        "mottak": tidy("mottak", taken, "recipients"),
    }
    wanted = level(
        {
            "folk": {
                "title": "Innbyggere", "unit": "innbyggere", "decimals": 0, "times": 1, "per": None,
                "of": {"source": "folk", "columns": ["residents"]}, "role": "residents",
                "words": None,
            },
            "mottak": {},
        }
    )  # fmt: skip
    return wanted, Areas(own, ("riket", "Riket"), merged=former), tables
