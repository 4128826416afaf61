import errno
from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_made, read_written, told_if_unwritable


@pytest.mark.parametrize(
    "content",
    [
        "på\nto".encode(),
        "på\r\nto".encode(),
        "på\rto".encode(),
        "på\nto".encode("utf-8-sig"),
        "pa\u030a\nto".encode(),
    ],
)
def test_every_way_of_saving_utf8_gives_the_same_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.md").write_bytes(content)

    assert read_written(tmp_path / "a.md") == "på\nto"


@pytest.mark.parametrize(
    "content",
    ["en\npå".encode("cp1252"), b"en\n\0", "en\npå".encode("utf-16"), "på".encode("utf-16-le")],
)
def test_another_encoding_is_told_with_file_line_and_what_to_do(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "a.md").write_bytes(content)

    with pytest.raises(KgError, match=r"a\.md, linje [12]: ventet tekst i UTF-8.* sett Koding"):
        read_written(tmp_path / "a.md")


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("chapters/kapittel-5.md", "Behold det som skal stå"),
        ("dvc.lock", "Ta bort filen, og kjør kg build"),
        ("data/signoff/ledger.jsonl", "Behold linjene fra begge sider"),
    ],
)
def test_what_a_merge_left_is_told_with_line_and_remedy(
    tmp_path: Path, name: str, remedy: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("en\n<<<<<<< HEAD\nto\n=======\ntre\n>>>>>>> kari\n", encoding="utf-8")

    with pytest.raises(KgError, match=rf"^{name}, linje 2: «<<<<<<<» er et merke .* {remedy}"):
        read_written(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "er ikke laget ennå. Kjør: kg build"), ('{"a"', "er skadet. Kjør kg build")],
)
def test_what_a_stage_made_is_made_again(tmp_path: Path, content: str | None, words: str) -> None:
    path = tmp_path / "values.json"
    if content:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(KgError, match=f"^values.json {words}"):
        read_made(path)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disken er full. Frigjør plass, og kjør igjen. Det som lå der, er beholdt."),
        (errno.EACCES, "du har ikke tilgang. Lukk filen der den er åpen, eller gi deg selv"),
        (errno.EROFS, "mappen kan bare leses. Kopier prosjektet til en mappe du kan skrive i"),
    ],
)
def test_a_file_that_cannot_be_written_is_one_sentence(number: int, words: str) -> None:
    with (
        pytest.raises(KgError, match=f"^data/raw/a.csv: kan ikke leses eller skrives: {words}"),
        told_if_unwritable(Path("/a/data/raw/a.csv")),
    ):
        raise OSError(number, "in English")
