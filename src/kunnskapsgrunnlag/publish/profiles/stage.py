"""All profiles of the report: their numbers as one table a level, their files area by area."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd

from kunnskapsgrunnlag.publish.downloads.write import WHOLE
from kunnskapsgrunnlag.publish.profiles.areas import MAP, areas_of
from kunnskapsgrunnlag.publish.profiles.downloads import level_csv, level_json, level_workbook
from kunnskapsgrunnlag.publish.profiles.explorer import explorer_script
from kunnskapsgrunnlag.publish.profiles.index import index_html, map_html
from kunnskapsgrunnlag.publish.profiles.lookup import LevelNumbers
from kunnskapsgrunnlag.publish.profiles.make import ProfileKit, make_area, make_larger
from kunnskapsgrunnlag.publish.profiles.numbers import level_values
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.cells import SourceCell, describe_cell
from kunnskapsgrunnlag.sources.locate import open_source
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.tidy.table import traced

Files = dict[str, bytes]
# What makes an area's files, area after area, in the order in which they are ready.
MapAreas = Callable[[ProfileKit, Iterable[str]], Iterable[Files]]
CORES = 2


def make_profiles(report: Report, map_areas: MapAreas | None = None) -> int:
    """Write every level's numbers and every area's files to build/profiles; tells how many areas.

    Args:
        map_areas: What shares the areas out; the cores of this machine unless told otherwise.

    Raises:
        KgError: If a finding is not true of the numbers, or a hidden number could be worked out.
    """
    top = report.project.profiles
    shutil.rmtree(top, ignore_errors=True)
    top.mkdir(parents=True)
    count = 0
    for key in report.catalog.profiles:
        kit = profile_kit(report, key)
        folder = top / key
        _write(folder, {f"{key}.parquet": _parquet(kit.numbers.values)})
        for files in (map_areas or on_this_machine)(kit, kit.numbers.areas.names):
            _write(folder / "site", files)
            count += 1
        _write(folder / "site", make_larger(kit))
        _write(folder / "site", {f"{kit.numbers.level.folder}.html": index_html(kit).encode()})
        _write(folder / "site", explorer_script(kit) | level_json(kit))
        content, resource = level_csv(kit)
        name = f"{WHOLE}/profiler-{key}"
        _write(folder / "site", {f"{name}.xlsx": level_workbook(kit), f"{name}.csv": content})
        # `@UP@` is the way from a page up to the site's root.
        _write(folder, {"resource.json": resource, MAP: map_html(kit.numbers, "@UP@").encode()})
    return count


def on_this_machine(kit: ProfileKit, areas: Iterable[str]) -> Iterator[Files]:
    """Area by area: one core sets a print while the other makes the next area's page."""
    with ThreadPoolExecutor(CORES) as pool:
        yield from pool.map(lambda area: make_area(kit, area), areas)


def profile_kit(report: Report, key: str) -> ProfileKit:
    """What a level's profiles are made of, from the tidy tables."""
    project, level = report.project, report.catalog.profiles[key]
    areas = areas_of(level)
    tables = {source: traced(pd.read_parquet(project.tidy(source))) for source in level.sources}
    receipts = {source: report.receipts[source] for source in level.sources}
    values = level_values(key, level, areas, tables, receipts)
    return ProfileKit(
        numbers=LevelNumbers(key, level, areas, values),
        catalog=report.catalog,
        standing=report.standing,
        sources=receipts,
        cells=cells_of(report, level.sources, values),
        root=project.root,
    )


def cells_of(
    report: Report, sources: Iterable[str], values: Iterable[Value]
) -> Mapping[str, SourceCell]:
    """Where each cell behind these numbers lies, and what stands in it."""
    snapshots = {s: open_source(report.project, s, report.catalog.source(s)) for s in sources}
    ids = dict.fromkeys(cell for value in values for cell in value.cells)
    return {cell: describe_cell(snapshots[cell.partition(":")[0]], cell) for cell in ids}


def read_level(report: Report, key: str) -> LevelNumbers:
    """A level with the numbers that the last build wrote."""
    level = report.catalog.profiles[key]
    table = pd.read_parquet(report.project.profiles / key / f"{key}.parquet")
    rows = json.loads(table.to_json(orient="records"))
    return LevelNumbers(key, level, areas_of(level), [Value.from_json(row) for row in rows])


def _parquet(values: Iterable[Value]) -> bytes:
    """One row per number: where it is found, what it is, and what it is made of."""
    return pd.DataFrame([value.to_json() for value in values]).to_parquet(index=False)


def _write(folder: Path, files: Files) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
