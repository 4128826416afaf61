"""`kg ord`: put a word into the tables that claims are read by."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_written
from kunnskapsgrunnlag.base.paths import find_project
from kunnskapsgrunnlag.book.wording.word_tables import NEUTRAL
from kunnskapsgrunnlag.cli.console import out

NEUTRAL_WORDS = ("nøytral", "nøytralt", NEUTRAL)


def word(
    meaning: Annotated[
        str,
        typer.Argument(
            metavar="BETYDNING",
            help="opp, ned, høyest, over, nøytral …, eller et ord som betyr det.",
        ),
    ],
    form: Annotated[str, typer.Argument(metavar="ORD", help="Ordet slik det står i setningen.")],
) -> None:
    """Si hva et ord betyr der det står i en påstand, én gang for alle setninger."""
    out.print(add_word(find_project().word_tables, meaning, form))


def add_word(folder: Path, meaning: str, form: str) -> str:
    """Put a form into the table of its meaning, in the order of the alphabet.

    Returns:
        What was done, in words.

    Raises:
        KgError: If no table, or more than one, has the meaning, or one has the form already.
    """
    form, meaning = " ".join(form.lower().split()), meaning.lower()
    tables = {path.stem: _read(path) for path in sorted(folder.glob("*.csv"))}
    kind, row = _row(tables, meaning)
    heading, *rows = tables[kind]
    for other, known in tables.items():
        # A word may mean several things, but not one thing and nothing.
        clashes = kind in (other, NEUTRAL) or other == NEUTRAL
        if clashes and any(own[0] == form for own in known[1:]):
            raise KgError(f"«{form}» står alt i data/ord/{other}.csv. Ta den bort der først.")
    rows = sorted([*rows, [form, form, *row[2:]][: len(heading)]], key=";".join)
    with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows([heading, *rows])
    means = "sier ikke noe om tall" if kind == NEUTRAL else f"betyr «{row[2]}»"
    return f"«{form}» {means}: satt inn i data/ord/{kind}.csv."


def _row(tables: dict[str, list[list[str]]], meaning: str) -> tuple[str, list[str]]:
    if meaning in NEUTRAL_WORDS:
        return NEUTRAL, []
    named, _, rest = meaning.rpartition("/")
    rows_of = [
        (kind, row)
        for kind, rows in tables.items()
        for row in rows[1:]
        if named in ("", kind) and len(row) > 2 and rest in (row[0], row[2])
    ]
    # The word itself, before others that mean the same.
    rows_of = [(kind, row) for kind, row in rows_of if row[0] == rest] or rows_of
    found = {(kind, *row[2:]): row for kind, row in rows_of}
    if not found:
        raise KgError(f"ingen tabell i data/ord har «{meaning}». Skriv et ord som betyr det samme.")
    if len(found) > 1:
        choices = " eller ".join(
            sorted({f"kg ord {kind}/{row[0]} …" for (kind, *_), row in found.items()})
        )
        raise KgError(f"«{meaning}» betyr flere ting. Skriv {choices}")
    ((kind, *_), row) = next(iter(found.items()))
    return kind, row


def _read(path: Path) -> list[list[str]]:
    return list(csv.reader(read_written(path).splitlines(), delimiter=";"))
