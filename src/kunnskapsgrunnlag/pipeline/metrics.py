"""What `dvc metrics` and `dvc plots` show and compare between commits."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.store.value import Value
from kunnskapsgrunnlag.store.values import Store

VERDICTS = {True: "holder", False: "holder ikke", None: "kan ikke prøves"}


def metrics(
    store: Store, claims: ClaimResults, printed: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """Numbers by origin, claims by verdict, printed numbers by how they compare."""
    return {
        "tall": dict(Counter(value.origin for value in store.values.values())),
        "påstander": dict(Counter(VERDICTS[c.holds] for c in claims.claims.values())),
        "trykte tall": dict(printed),
    }


def write_plots(values: Iterable[Value], folder: Path) -> None:
    """Write a CSV per measure of an item, since DVC reads only commas: row and number."""
    rows: dict[str, list[tuple[str, float]]] = {}
    for value in values:
        item, measure, *row = value.address.split("/")
        if value.value is not None and row:
            rows.setdefault(f"{item}-{measure}", []).append((" ".join(row), value.value))
    folder.mkdir(parents=True, exist_ok=True)
    for name, numbers in rows.items():
        _write_csv(folder / f"{name}.csv", numbers)


def _write_csv(path: Path, numbers: Iterable[tuple[str, float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rad", "tall"))
        writer.writerows(numbers)
