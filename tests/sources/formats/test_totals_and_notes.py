import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Column
from kunnskapsgrunnlag.sources.formats.delivery import DeliveryTable, read_delivery

COLUMNS = {
    "år": Column(name="year", role="year"),
    "område": Column(name="region", role="region", system="navn"),
    "antall": Column(name="persons", role="measure", unit="personer", min=0),
    "mill. kr": Column(name="nok", role="measure", unit="kr", rounded_to=0.1),
}
HEAD = "år;område;antall;mill. kr\n"
ROWS = "2020;Alna;12;1,5\n2020;Sagene;8;2,4\n"


def read(text: str, **more: Column) -> DeliveryTable:
    columns = COLUMNS | more
    return read_delivery("x.csv", (HEAD + text).encode(), [*columns], columns=columns)


def refused(text: str, **more: Column) -> str:
    with pytest.raises(KgError) as problem:
        read(text, **more)
    return str(problem.value)


@pytest.mark.parametrize("word", ["I alt", "Sum", "Totalt", "TOTAL:", "Sum i alt"])
@pytest.mark.parametrize("total", ["20;3,9", "20;4,0", "20;", "..;3,9", "20 ; 3,9"])
def test_a_total_that_is_the_sum_is_left_out_and_told(word: str, total: str) -> None:
    for text in (f"{ROWS};{word};{total}\n", f"{word};;{total}\n{ROWS}"):
        grid = read(text)

        assert [row[1] for row in grid.rows] == ["område", "Alna", "Sagene"]
        assert any(word in line for line in grid.skipped)


@pytest.mark.parametrize(
    ("total", "column", "total_is"),
    [("21;3,9", "C «antall»", "20"), ("20;4,3", "D «mill. kr»", "3,9"), ("2 0;", "C", "")],
)
def test_a_total_that_is_not_the_sum_names_the_cell(total: str, column: str, total_is: str) -> None:
    words = refused(f"{ROWS};I alt;{total}\n")

    assert words.startswith(f"x.csv, rad 4, kolonne {column}")
    assert f"summen av radene, {total_is}" in words or "en sum av tall" in words
    assert "Ta bort raden, eller skriv ordet i params.yaml" in words


def test_each_total_is_that_of_its_own_year() -> None:
    text = "2020;Alna;12;1\n2020;Sum;12;1\n2021;Alna;15;2\n2021;Sum;15;2\nSum;;27;3\n"

    assert [row[:2] for row in read(text).rows[1:]] == [["2020", "Alna"], ["2021", "Alna"]]
    assert "rad 3, kolonne C «antall»: ventet summen av radene, 12" in refused(
        text.replace("2020;Sum;12", "2020;Sum;27")
    )


def test_a_table_without_a_number_in_its_first_row_may_be_a_template() -> None:
    assert "Er malen fylt ut?" in refused(f";Alna;;\n{ROWS}\n")
    assert "Er malen fylt ut?" not in refused(f"{ROWS};Alna;;\n")


def test_what_could_be_a_row_is_no_note_and_a_note_no_row() -> None:
    for word in ("Bjerke", "2021", "12", "Sum av noe", "..", "tekst"):
        alone = refused(f"{ROWS};{word};;\n")
        assert "rad 4, kolonne B: ventet en hel rad, fant bare" in alone
    for note in NOTES:
        among = refused(f'2020;Alna;12;1\n"{note}";;;\n2020;Sagene;8;2\n')
        assert among.startswith("x.csv, rad 3, kolonne A")
    for row in (";Bjerke 1);;", ";;12;", "2021;Alna;1;1", ";Bjerke;;"):
        assert "fant bare «Kilde: SSB»" in refused(f"{ROWS}Kilde: SSB;;;\n{row}\n")


@pytest.mark.parametrize("sign", ["..", ":", "."])
def test_a_row_without_number_makes_the_sum_a_lower_bound(sign: str) -> None:
    text = f"2020;Alna;12;1\n2020;Sagene;{sign};1\n"
    assert len(read(f"{text};Sum;15;2\n").rows) == 3
    assert "ventet minst summen av radene, 12" in refused(f"{text};Sum;11;2\n")


def test_the_schema_decides_what_is_a_total_and_what_may_be_empty() -> None:
    oslo = Column(name="region", role="region", system="navn", values={"oslo": "I alt"})
    empty = COLUMNS["antall"].model_copy(update={"symbols": [""]})

    assert read(f"{ROWS}2020;I alt;99;9\n", område=oslo).rows[-1] == ["2020", "I alt", "99", "9"]
    columns = {"område": COLUMNS["område"], "lån": empty, "tilskudd": empty}
    text = "område;lån;tilskudd\nAlna;1;2\nSagene;;\n"
    grid = read_delivery("x.csv", text.encode(), [*columns], columns=columns)
    assert grid.rows[-1] == ["Sagene", "", ""]


def test_one_file_has_one_mark_before_its_decimals() -> None:
    words = refused("2020;Alna;12;1,5\n2020;Sagene;8;2.4\n")
    assert "rad 3, kolonne D «mill. kr»: ventet et tall (kr), fant «2.4»" in words
    assert "Skriv alle tallene på samme måte" in words


def test_a_dash_counts_as_nothing() -> None:
    text = "2020;Alna;12;1\n2020;Sagene;-;1\n"
    assert len(read(f"{text};Sum;12;2\n").rows) == 3
    assert "ventet summen av radene, 12" in refused(f"{text};Sum;15;2\n")


NOTES = [
    "Kilde: SSB",
    "Kilder: SSB; Husbanken",
    "Merknad: gjelder hele året",
    "* Foreløpige tall",
    "1) Med Furuset",
    "¹ Med Furuset",
    ".. = Oppgave mangler",
    ": Vises ikke av hensyn til personvernet",
    "Sist oppdatert 3.3.2026",
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("before", ["", ";;;\n", "\n"])
def test_a_note_below_the_table_is_left_out_and_told(note: str, before: str) -> None:
    grid = read(f'{ROWS}{before}"{note}";;;\nog slik fortsetter den\n')
    assert len(grid.rows) == 3
    assert [line.partition(": ")[2] for line in grid.skipped] == [note, "og slik fortsetter den"]


MARKED = [
    ("2020;Alna*;12;1", "A", "Alna*"),
    ("2020;Alna;12 *;1", "C", "12 *"),
    ("2020;Alna;12;1,5*", "D", "1,5*"),
    ("2020*;Alna;12;1,5", "A", "2020*"),
]


@pytest.mark.parametrize(("row", "column", "text"), MARKED)
def test_a_mark_counts_only_with_the_note_that_explains_it(
    row: str, column: str, text: str
) -> None:
    plain = read(row.replace(" *", "").replace("*", "") + "\n").rows

    grid = read(f"{row}\n* Foreløpig;;;\n")

    assert grid.rows == plain
    assert any("tegnet «*»" in line for line in grid.skipped)
    for other in ("", "1) Foreløpig;;;\n", "** Foreløpig;;;\n"):
        words = refused(f"{row}\n{other}")
        assert f"fant «{text}» med fotnotetegnet «*», som ingen merknad" in words
