"""What an edition published, written and read again."""

from pathlib import Path

import pytest

from kunnskapsgrunnlag.editions.published import (
    PublishedClaim,
    PublishedEdition,
    PublishedValue,
)
from kunnskapsgrunnlag.editions.released import files_of, read_files
from tests.editions import made
from tests.editions.made import item, source


def value(
    address: str = "tabell-1/belop/2020", text: str = "1,5", number: float | None = 1.5
) -> PublishedValue:
    return PublishedValue(address, text, number, "kr", 1, "trykt", ("k", "l"), "abc")


HISTORY = ({"date": "2026-01-01", "reason": "ny", "cause": "ny-periode"},)
ITEM = item(settings={"year": 2020}, notes=("En note.",), sources={"k": source(history=HISTORY)})
CLAIM = PublishedClaim("Noe steg.", True, "2 > 1", ("[Det]{.ref} steg.",), ("Det steg.",))


def edition(*values: PublishedValue) -> PublishedEdition:
    return made.edition("2022", *(values or (value(),)), held=ITEM, claims={"steg": CLAIM})


def written(folder: Path, held: PublishedEdition) -> Path:
    for name, content in files_of(held).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(
    "each",
    [
        value(),
        value(text="1\N{NO-BREAK SPACE}234"),
        value(text="−0,5", number=-0.5),
        value(text="..", number=None),
        value(text='ord; med «tegn», "sitat" og\nlinje', number=None),
        value(text="", number=0.1 + 0.2),
        PublishedValue("tabell-1/b", "1", 1.0, "kr", 0, "trykt", (), ""),
    ],
)
def test_what_is_written_is_read_again(tmp_path: Path, each: PublishedValue) -> None:
    held = edition(each)
    again = read_files(written(tmp_path, held), held.key, held.title, held.date)
    assert again == held
    assert files_of(again) == files_of(held)
