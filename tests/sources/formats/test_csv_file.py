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


def refused(content: str | bytes, headings: list[str] = HEADINGS) -> str:
    held = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(KgError) as problem:
        csv_grid("x.csv", held, headings)
    return str(problem.value)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_each_way_of_saving_gives_the_same_cells(separator: str, encoding: str, end: str) -> None:
    content = written(TABLE, separator, end).encode(encoding)

    assert csv_grid("x.csv", content, HEADINGS) == TABLE


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


def test_titles_above_the_headings_do_not_choose_the_separator() -> None:
    content = f"Tabell 24, foreløpige, usikre tall\n\n{written(TABLE)}"

    assert csv_grid("x.csv", content.encode(), HEADINGS)[2] == HEADINGS


def test_a_second_heading_row_with_another_separator_is_in_doubt() -> None:
    words = refused("år;område;andel\når,område,andel\n")

    assert "semicolon and comma are equally plausible" in words


def test_a_decimal_comma_among_commas_is_named() -> None:
    words = refused("år,område,andel\n2020,Oslo,6,1\n")

    assert words.startswith("x.csv, row 2: expected 3 cells, found 4.")
    assert "a number with a decimal comma falls into two cells" in words


def test_a_row_that_is_short_or_long_is_refused() -> None:
    assert "row 2: expected 3 cells, found 2" in refused("år;område;andel\n2020;Oslo\n")
    assert "row 2: expected 3 cells, found 4" in refused("år;område;andel\n2020;Oslo;1;\n")


def test_a_missing_heading_names_the_nearest() -> None:
    words = refused("år;område;andeler\n2020;Oslo;1\n")

    assert "row 1: expected the heading «andel»" in words
    assert "Rename «andeler»" in words


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "x"])
def test_a_file_without_headings_is_refused(content: str) -> None:
    assert "expected the heading" in refused(content)


@pytest.mark.parametrize("encoding", ["mac-roman", "cp850", "cp865"])
@pytest.mark.parametrize("letter", "æøåÆØÅ")
def test_letters_of_other_encodings_are_never_guessed(encoding: str, letter: str) -> None:
    with pytest.raises(KgError, match="row 2, byte 5"):
        csv_text("x.csv", f"a;b\n1{letter};2\n".encode(encoding))


@pytest.mark.parametrize("letter", "æøåÆØÅ")
def test_half_a_letter_of_utf8_is_no_windows_1252(letter: str) -> None:
    whole = f"å;b\n{letter};2\n".encode()

    for cut in (6, 7):
        with pytest.raises(KgError, match="expected text in UTF-8 or Windows-1252"):
            csv_text("x.csv", whole[: cut - 1] + whole[cut:])


def test_control_characters_are_no_text() -> None:
    assert "row 2, byte 19" in refused("år;område;andel\r\n\0;1;2")
    assert "row 2, byte 36" in refused("år;område;andel\r\n\0;1;2".encode("utf-16"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_text_without_its_mark_is_refused(encoding: str) -> None:
    assert "row 1, byte" in refused(written(TABLE).encode(encoding))


def test_half_a_letter_of_utf16_is_named() -> None:
    assert "row 3, byte" in refused(written(TABLE).encode("utf-16")[:-5])


def test_an_open_quotation_mark_is_found() -> None:
    assert "Check the quotation marks" in refused('år;område;andel\n2020;"Oslo;1\n')


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_line_that_excel_hides_is_obeyed_and_no_row(separator: str, encoding: str) -> None:
    content = f"sep={separator}\r\n{written(TABLE, separator)}".encode(encoding)

    assert csv_grid("x.csv", content, HEADINGS) == TABLE


def test_a_declared_separator_is_not_overruled() -> None:
    assert "expected the heading «år»" in refused("sep=,\når;område;andel\n")
    assert "found «sep=|»" in refused("sep=|\når|område|andel\n")


@pytest.mark.parametrize(
    ("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA")]
)
def test_columns_are_lettered_as_in_a_spreadsheet(column: int, name: str) -> None:
    assert letters(column) == name
