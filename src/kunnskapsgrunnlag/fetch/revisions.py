"""What a provider changed in history: two snapshots of a table compared, cell by cell."""

import csv
import io
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.sources.snapshot import Snapshot
from kunnskapsgrunnlag.tidy import reader
from kunnskapsgrunnlag.tidy.table import CELL, SYMBOL, dimensions_of, measures_of

Kind = Literal["revidert", "ny celle", "borte", "nytt symbol", "ny periode"]
# In the order in which people want to see them.
KINDS: tuple[Kind, ...] = ("revidert", "nytt symbol", "borte", "ny celle", "ny periode")
Key = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Point:
    """A number at a place that means the same in every snapshot.

    Attributes:
        key: Dimension and code, pair by pair; the measure is one of them.
        period: What sorts it in time; empty where the table has no time.
        measure: What it measures, where a table has several measures.
    """

    key: Key
    period: str
    value: float
    symbol: str
    cell: str
    measure: str = ""


@dataclass(frozen=True)
class Change:
    """One cell that is not as it was; `old` or `new` is None where there is no such cell."""

    kind: Kind
    old: Point | None
    new: Point | None

    @property
    def key(self) -> Key:
        return (self.new or self.old).key  # type: ignore[union-attr]  # one of them is there

    @property
    def relative(self) -> float:
        """How much a revised number changed, as a part of what it was; NaN for other kinds."""
        if self.kind != "revidert" or self.old is None or self.new is None:
            return math.nan
        if self.old.value == 0:
            return math.inf
        return (self.new.value - self.old.value) / abs(self.old.value)

    @property
    def size(self) -> str:
        """The class of size of a revision, as people judge it; empty for other kinds."""
        relative = self.relative
        if math.isnan(relative):
            return ""
        # A factor of ten and more is as a rule another unit, and not another number.
        if relative >= 9 or relative <= -0.9:
            return "annen størrelsesorden"
        for limit, words in ((0.005, "under 0,5 prosent"), (0.05, "0,5–5 prosent")):
            if abs(relative) < limit:
                return words
        return "5 prosent og mer"


def points_of(snapshot: Snapshot, entry: Source | None) -> dict[Key, Point]:
    """All numbers of a snapshot, by what they are about.

    An answer of JSON-stat is compared whole; a table is compared as its reader understands it.
    """
    if snapshot.path.suffix == ".json":
        return {point.key: point for point in _of_dataset(snapshot)}
    assert entry is not None  # the catalogue has checked it
    return {point.key: point for point in _of_table(snapshot, entry)}


def _of_dataset(snapshot: Snapshot) -> Iterable[Point]:
    dataset = snapshot.dataset
    role = snapshot.json().get("role", {})
    time = [n for n in dataset.labels if n in (*role.get("time", []), "Tid", "år")]
    metric = [n for n in role.get("metric", []) if n in dataset.labels]
    for cell in dataset.cells:
        period = "".join(cell.codes[name] for name in time)
        key = tuple(cell.codes.items())
        measure = ", ".join(dataset.labels[name][cell.codes[name]] for name in metric)
        place = snapshot.cell(f"i{cell.index}")
        yield Point(key, period, cell.value, cell.symbol, place, measure)


def _of_table(snapshot: Snapshot, entry: Source) -> Iterable[Point]:
    table = reader(entry.reader)(snapshot, entry)
    dimensions, measures = dimensions_of(table), measures_of(table)
    for row in table.to_dict("records"):
        place = tuple((name, str(row[name])) for name in dimensions)
        period = f"{row.get('year', '')}{int(row['month']):02d}" if "month" in row else ""
        period = period or str(row.get("year", ""))
        for name in measures:
            value, symbol = float(row[name]), str(row[f"{name}{SYMBOL}"] or "")
            key = (*place, ("mål", name))
            yield Point(key, period, value, symbol, row[f"{name}{CELL}"], name)


def compare(old: Mapping[Key, Point], new: Mapping[Key, Point]) -> list[Change]:
    """The changes from one snapshot to the next, in the order of `KINDS`, largest first.

    A cell in a period later than all that there was is no revision but a new period.
    """
    last = max((point.period for point in old.values()), default="")
    changes = [
        change
        for key in dict.fromkeys([*old, *new])
        if (change := _change(old.get(key), new.get(key), last))
    ]
    return sorted(changes, key=_weight)


def empty_periods(old: Mapping[Key, Point], new: Mapping[Key, Point]) -> list[str]:
    """New periods in which a measure that had numbers has none: all are 0 or missing.

    Of a table that was never fetched, the last period is the new one.
    """
    last = max((point.period for point in old.values()), default=None)
    newest = max((point.period for point in new.values()), default="")
    points: dict[tuple[str, str], list[Point]] = {}
    for point in new.values():
        if point.period > last if last is not None else point.period == newest:
            points.setdefault((point.period, point.measure), []).append(point)
    had = {point.measure for point in old.values() if _is_number(point)}
    return [
        f"{period}{measure and f' «{measure}»'} ({len(cells)} tall)"
        for (period, measure), cells in sorted(points.items())
        if not any(map(_is_number, cells)) and (last is None or measure in had)
    ]


def _is_number(point: Point) -> bool:
    return not math.isnan(point.value) and point.value != 0


def _weight(change: Change) -> tuple[int, float]:
    relative = change.relative
    return KINDS.index(change.kind), -abs(relative) if relative == relative else 0.0


def _change(old: Point | None, new: Point | None, last: str) -> Change | None:
    if old is None or new is None:
        if old is not None:
            return Change("borte", old, None)
        assert new is not None  # a key comes from one of the two
        return Change("ny periode" if last and new.period > last else "ny celle", None, new)
    if old.symbol != new.symbol or math.isnan(old.value) != math.isnan(new.value):
        return Change("nytt symbol", old, new)
    if old.value != new.value and not math.isnan(old.value):
        return Change("revidert", old, new)
    return None


def counts(changes: Iterable[Change]) -> dict[str, int]:
    numbers = Counter(change.kind for change in changes)
    return {kind: numbers[kind] for kind in KINDS if numbers[kind]}


def as_csv(changes: Iterable[Change]) -> bytes:
    """All changes as a table for people: UTF-8 with a mark that Excel understands, semicolons."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["endring", "størrelse", "celle", "før", "nå", "tegn før", "tegn nå"])
    for change in changes:
        place = ", ".join(f"{name}={code}" for name, code in change.key)
        sides = (change.old, change.new)
        symbols = [point.symbol if point else "" for point in sides]
        writer.writerow([change.kind, change.size, place, *map(_number, sides), *symbols])
    return text.getvalue().encode("utf-8-sig")


def _number(point: Point | None) -> str:
    if point is None or math.isnan(point.value):
        return ""
    return repr(point.value).removesuffix(".0").replace(".", ",")
