"""What profiles cost: the report's own bydeler, copied until there are as many areas as asked for.

Prints one line of JSON: areas, CPU and wall seconds of numbers and of files, peak memory in MB.
`make bench` runs it for several counts; a number here is a process of its own.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import pandas as pd

from kunnskapsgrunnlag.publish.profiles.areas import Areas, areas_of
from kunnskapsgrunnlag.publish.profiles.lookup import LevelNumbers
from kunnskapsgrunnlag.publish.profiles.make import ProfileKit
from kunnskapsgrunnlag.publish.profiles.numbers import level_values
from kunnskapsgrunnlag.publish.profiles.stage import cells_of, on_this_machine
from kunnskapsgrunnlag.report import Report, open_report
from kunnskapsgrunnlag.tidy.table import traced

LEVEL = "bydel"


def copied(areas: Areas, count: int) -> tuple[Areas, dict[str, list[str]]]:
    """So many areas with their parts, and the copies of each region."""
    copies: dict[str, list[str]] = {areas.whole[0]: [areas.whole[0]]}
    names: dict[str, str] = {}
    parts: dict[str, tuple[str, str]] = {}
    for at in range(count):
        source = list(areas.names)[at % len(areas.names)]
        key = f"{source}-{at}"
        names[key] = f"{areas.names[source]} {at}"
        copies.setdefault(source, []).append(key)
        for part, (name, of) in areas.parts.items():
            if of == source:
                parts[f"{part}-{at}"] = (name, key)
                copies.setdefault(part, []).append(f"{part}-{at}")
    return Areas(names, areas.whole, parts), copies


def copied_table(table: pd.DataFrame, copies: dict[str, list[str]]) -> pd.DataFrame:
    """The rows of each region under the keys of its copies."""
    if "region" not in table:
        return table
    rows = [
        table[table["region"] == region].assign(region=key)
        for region, keys in copies.items()
        for key in keys
    ]
    return pd.concat(rows, ignore_index=True)


def kit_of(report: Report, count: int) -> ProfileKit:
    """What so many profiles are made of."""
    level = report.catalog.profiles[LEVEL].model_copy(update={"tiles": []})
    areas, copies = copied(areas_of(level), count)
    tables = {
        source: copied_table(traced(pd.read_parquet(report.project.tidy(source))), copies)
        for source in level.sources
    }
    receipts = {source: report.receipts[source] for source in level.sources}
    values = level_values(LEVEL, level, areas, tables, receipts)
    cells = cells_of(report, level.sources, values)
    numbers = LevelNumbers(LEVEL, level, areas, values)
    root = report.project.root
    return ProfileKit(numbers, report.catalog, report.standing, receipts, cells, root)


def main() -> None:
    """Measure one count in this process."""
    count, target = int(sys.argv[1]), Path(sys.argv[2])
    report = open_report()
    cpu, wall = time.process_time(), time.perf_counter()
    kit = kit_of(report, count)
    numbers = time.process_time() - cpu
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu, files = time.process_time(), 0
    for made in on_this_machine(kit, kit.numbers.areas.names):
        for path, content in made.items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(content)
            files += len(content)
    line = {
        "areas": count,
        "cpu_numbers": round(numbers, 2),
        "cpu_files": round(time.process_time() - cpu, 2),
        "wall": round(time.perf_counter() - wall, 2),
        "megabytes_before": round(before),
        "megabytes_after": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "megabytes_written": round(files / 1e6),
    }
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
