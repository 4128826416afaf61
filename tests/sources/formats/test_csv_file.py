import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.sources.formats.csv_file import csv_grid, csv_text
from kunnskapsgrunnlag.sources.formats.grid import letters

HEADINGS = ["år", "område", "andel"]
TABLE = [["år", "område", "andel"], ["2020", "Østensjø", "6,1"], ["2021", "Sagene", "−1 200"]]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
NORWEGIAN = "abcxyzæøåÆØÅéü 0123456789,.;-–«»()\t\n\"'"

words = st.text(NORWEGIAN, max_size=12)
norwegian_numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False).map(
    lambda number: f"{number:,}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
)


def written(table: list[list[str]], separator: str = ";", end: str = "\r\n") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(table)
    return text.getvalue()


def refused(content: str | bytes) -> str:
    with pytest.raises(KgError) as problem:
        csv_grid("x.csv", content if isinstance(content, bytes) else content.encode(), HEADINGS)
    return str(problem.value)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_each_way_of_saving_gives_the_same_cells(separator: str, encoding: str, end: str) -> None:
    table = written(TABLE, separator, end)

    # The first line `sep=;` is hidden by Excel, and no row.
    for text in (table, f"sep={separator}\r\n{table}"):
        assert csv_grid("x.csv", text.encode(encoding), HEADINGS) == TABLE


@given(
    body=st.lists(st.tuples(words, words, norwegian_numbers), max_size=6),
    separator=st.sampled_from([";", ",", "\t"]),
    encoding=st.sampled_from(ENCODINGS),
)
@example(body=[("a;b", "c,d", "1,5")], separator=",", encoding="cp1252")
def test_any_table_reads_back_cell_for_cell(
    body: list[tuple[str, str, str]], separator: str, encoding: str
) -> None:
    table = [HEADINGS, *([*row] for row in body)]

    content = written(table, separator).encode(encoding)

    assert csv_grid("x.csv", content, HEADINGS) == table


@given(st.binary(max_size=200), st.integers(0, 60))
def test_no_bytes_give_anything_but_a_grid_or_an_error(noise: bytes, at: int) -> None:
    whole = written(TABLE).encode("cp1252", errors="replace")
    for content in (noise, whole[:at] + noise + whole[at:], whole[:at]):
        try:
            rows = csv_grid("x.csv", content, HEADINGS)
        except KgError:
            continue
        assert any({*HEADINGS} <= {" ".join(cell.split()) for cell in row} for row in rows)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("år;område;andel\når,område,andel\n", "semikolon og komma er like rimelige"),
        ("år,område,andel\n2020,Oslo,6,1\n", "et tall med desimalkomma faller i to celler"),
        ("år;område;andel\n2020;Oslo\n", "rad 2: ventet 3 celler, fant 2"),
        ("år;område;andel\n2020;Oslo;1;\n", "rad 2: ventet 3 celler, fant 4"),
        ("år;område;andeler\n2020;Oslo;1\n", "ventet overskriften «andel»"),
        ("år;område;andeler\n2020;Oslo;1\n", "Skal «andeler»"),
        ('år;område;andel\n2020;"Oslo;1\n', "Se på anførselstegnene"),
        ("sep=,\når;område;andel\n", "ventet overskriften «år»"),
        ("sep=|\når|område|andel\n", "fant «sep=|»"),
        ("", "ventet overskriften"),
        ("\ufeff\n\n", "ventet overskriften"),
        ("år;område;andel\r\n\0;1;2", "rad 2, byte 19"),
        ("år;område;andel\r\n\0;1;2".encode("utf-16"), "rad 2, byte 36"),
        (written(TABLE).encode("utf-16")[:-5], "rad 3, byte"),
        (written(TABLE).encode("utf-16-be"), "rad 1, byte"),
    ],
)
def test_a_file_in_doubt_is_refused_with_its_problem(content: str | bytes, problem: str) -> None:
    assert problem in refused(content)


def test_titles_above_the_headings_do_not_choose_the_separator() -> None:
    content = f"Tabell 24, foreløpige, usikre tall\n\n{written(TABLE)}"
    assert csv_grid("x.csv", content.encode(), HEADINGS)[2] == HEADINGS


@pytest.mark.parametrize("letter", "æøåÆØÅ")
def test_letters_of_other_encodings_are_never_guessed(letter: str) -> None:
    for encoding in ("mac-roman", "cp850", "cp865"):
        with pytest.raises(KgError, match="5"):
            csv_text("x.csv", f"a;b\n1{letter};2\n".encode(encoding))
    whole = f"å;b\n{letter};2\n".encode()
    for cut in (6, 7):
        with pytest.raises(KgError, match=r"UTF-8 .* Windows-1252"):
            csv_text("x.csv", whole[: cut - 1] + whole[cut:])


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    names = {1: "A", 26: "Z", 27: "AA", 52: "AZ", 702: "ZZ", 703: "AAA"}
    assert {column: letters(column) for column in names} == names


def test_letters_in_parts_and_what_nobody_sees_are_read_as_people_see_them() -> None:
    text = "a\u030ar;omra\u030ade;andel\n2020;Sa\u00adgene\u200b;6,\ufeff1\n"
    assert csv_grid("x.csv", text.encode(), HEADINGS)[1] == ["2020", "Sagene", "6,1"]
