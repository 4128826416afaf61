from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import read_written


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
