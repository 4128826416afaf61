"""What an edition published, written and read again."""

from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.editions.published import (
    PublishedClaim,
    PublishedEdition,
    PublishedItem,
    PublishedSource,
    PublishedValue,
)
from kunnskapsgrunnlag.editions.released import files_of, read_files


def value(
    address: str = "tabell-1/belop/2020", text: str = "1,5", number: float | None = 1.5
) -> PublishedValue:
    return PublishedValue(address, text, number, "kr", 1, "trykt", ("k", "l"), "abc")


def edition(*values: PublishedValue) -> PublishedEdition:
    history = ({"date": "2026-01-01", "reason": "ny", "cause": "ny-periode"},)
    source = PublishedSource("Kilde", "Eier", "2020", "trykt", "f" * 64, history)
    item = PublishedItem(
        "Tabell 1",
        "Tittel",
        "Undertittel, 2020",
        "kapittel-4",
        "trykt",
        {"year": 2020},
        ("year",),
        {"belop": "som oppgitt"},
        {"belop": "Beløp"},
        ("En note.",),
        "",
        {"k": source},
    )
    claim = PublishedClaim("Noe steg.", True, "2 > 1", ("Det steg.",))
    held = {each.address: each for each in values or (value(),)}
    return PublishedEdition(
        "2022", "Tittel", "2022-01-01", held, {"tabell-1": item}, {"steg": claim}
    )


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
    ],
)
def test_what_is_written_is_read_again(tmp_path: Path, each: PublishedValue) -> None:
    held = edition(each)

    again = read_files(written(tmp_path, held), held.key, held.title, held.date)

    assert again == held


def test_same_edition_gives_the_same_bytes() -> None:
    assert files_of(edition()) == files_of(edition())


def test_value_without_sources_has_none(tmp_path: Path) -> None:
    bare = PublishedValue("a/b", "1", 1.0, "kr", 0, "trykt", (), "")

    again = read_files(written(tmp_path, edition(bare)), "2022", "Tittel", "2022-01-01")

    assert again.values["a/b"].sources == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("values.csv", b"address,text\na,1\n"),
        ("items.json", b"{"),
        ("claims.json", b'{"a": {"words": "b"}}'),
    ],
)
def test_broken_release_is_told_with_its_place(tmp_path: Path, name: str, content: bytes) -> None:
    written(tmp_path, edition())
    (tmp_path / name).write_bytes(content)

    with pytest.raises(KgError, match=r"ventet det som en utgave ga ut.*Hent"):
        read_files(tmp_path, "2022", "Tittel", "2022-01-01")
