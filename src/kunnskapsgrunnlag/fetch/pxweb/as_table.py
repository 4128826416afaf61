"""An answer in JSON-stat2 as the CSV that a source is kept in: a row per place, a column per name.

Some of Oslo's tables were first taken in as such files. Made anew from an answer, they keep their
headings, so that what reads them and what is told of them stays the same.
"""

import csv
import io
import itertools
import math
import re
from collections.abc import Mapping

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.formats.jsonstat import read_dataset

# «20-24 år»: a span is written with a dash.
_SPAN = re.compile(r"(?<=\d)-(?=\d)")
Columns = Mapping[str, str | dict[str, str]]


def as_csv(answer: object, columns: Columns, where: str) -> bytes:
    """The cells of an answer under the headings of a source.

    Args:
        columns: As `Live.columns`: heading -> variable, or the codes of a number.

    Raises:
        KgError: If a variable with several codes is in no column, or a number has no cell.
    """
    dataset = read_dataset(answer, where)
    names = {heading: made for heading, made in columns.items() if isinstance(made, str)}
    numbers = {heading: made for heading, made in columns.items() if not isinstance(made, str)}
    placed = [*names.values()]
    cells = {tuple(cell.codes.items()): cell for cell in dataset.cells}
    single = {n: next(iter(codes)) for n, codes in dataset.labels.items() if len(codes) == 1}
    rows = []
    for place in itertools.product(*(dataset.labels[name] for name in placed)):
        at = single | dict(zip(placed, place, strict=True))
        row = {h: _SPAN.sub("–", dataset.labels[name][at[name]]) for h, name in names.items()}
        for heading, codes in numbers.items():
            here = at | codes
            cell = cells.get(tuple((name, here.get(name, "")) for name in dataset.labels))
            if cell is None:
                lacks = [name for name in dataset.labels if name not in here]
                words = ", ".join(lacks) or "hver variabel"
                raise KgError(
                    f"{where}: «{heading}» har ingen celle for {here}. Si i «columns» i "
                    f"params.yaml hvilken kode kolonnen er av {words}."
                )
            row[heading] = cell.symbol if math.isnan(cell.value) else _number(cell.value)
        rows.append(row)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value).replace(".", ",")
