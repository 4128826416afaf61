from decimal import Decimal

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog, Measure
from kunnskapsgrunnlag.publish.downloads.table import measure_name, published
from kunnskapsgrunnlag.sources.receipt import Receipt
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import measure_of, spaced, value_of
from tests.publish.downloads.parts import part_of, real_parts


def year(text: str, value: float | None, at: int = 2020, **more: object) -> Value:
    return value_of(f"tabell-1/belop/{at}", text, value, year=at, **more)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7,9", Decimal("7.9")),
        ("6,0", Decimal("6.0")),
        (spaced("1 953 000"), Decimal(1_953_000)),
        ("−416", Decimal(-416)),
    ],
)
def test_a_number_is_the_one_that_was_published(text: str, number: Decimal) -> None:
    found = published(value_of("a", text, 0.123))
    assert isinstance(found, Decimal)
    assert found.as_tuple() == number.as_tuple()


@pytest.mark.parametrize(
    ("measure", "name"),
    [
        ({"title": "Med barn", "unit": "husholdninger"}, "Med barn (husholdninger)"),
        ({"title": "Personer", "unit": "personer"}, "Personer"),
        ({"title": "Personer", "unit": "prosent"}, "Personer (prosent)"),
        ({"title": "Antall", "unit": "lån", "group": "Startlån"}, "Startlån: antall"),
        ({"title": "Nivå", "unit": "tekst"}, "Nivå"),
    ],
)
def test_a_heading_says_the_unit(measure: dict[str, str], name: str) -> None:
    assert measure_name(Measure.model_validate(measure_of(**measure))) == name


def test_a_column_of_numbers_knows_the_signs_in_it() -> None:
    table = part_of(year("1", 1.0), year("..", None, 2021)).table
    assert (table.columns[1].kind, table.symbols) == ("number", ("..",))
    assert [row[1] for row in table.rows] == [Decimal(1), ".."]


def test_a_column_with_words_is_text() -> None:
    column = part_of(year("1", 1.0), year("om lag 3", None, 2021)).table.columns[1]
    assert (column.kind, column.symbols) == ("text", ())


def test_a_row_without_a_measure_has_a_gap() -> None:
    measures = {"belop": measure_of(), "lan": measure_of(title="Lån")}
    more = value_of("tabell-1/lan/2021", "5", 5.0, year=2021)
    table = part_of(year("1", 1.0), year("2", 2.0, 2021), more, measures=measures).table
    assert table.has_gaps
    assert [row[2] for row in table.rows] == [None, Decimal(5)]


def test_each_measure_tells_its_origin_where_a_row_mixes_them() -> None:
    measures = {"belop": measure_of(), "lan": measure_of(title="Lån")}
    more = value_of("tabell-1/lan/2020", "5", 5.0, year=2020, origin="estimat")

    part = part_of(year("1", 1.0), more, measures=measures)

    assert [column.name for column in part.table.columns[-2:]] == [
        "Opphav: Antall (personer)",
        "Opphav: Lån (personer)",
    ]
    assert part.table.rows[0][-2:] == ("trykt", "estimat")
    assert part.table.origins == {"trykt", "estimat"}
    assert part.title == "Tabell 1: Tittel (estimat)"


def test_equal_headings_are_refused() -> None:
    measures = {"belop": measure_of(title="År", unit="tekst")}
    with pytest.raises(KgError, match=r"items\.tabell-1: .*«År» to ganger"):
        assert part_of(measures=measures).table


def test_an_item_that_shows_nothing_is_refused() -> None:
    with pytest.raises(KgError, match="tabell-1: ingen tall vises"):
        assert part_of(year("1", 1.0, shown=False)).table


def test_every_shown_number_of_the_report_is_there_once(
    catalog: Catalog, real_values: dict[str, list[Value]], receipts: dict[str, Receipt]
) -> None:
    for part in real_parts(catalog, real_values, receipts):
        at = [n for n, c in enumerate(part.table.columns) if c.key in part.item.measures]
        measures = [part.table.columns[n] for n in at]
        cells = [row[n] for row in part.table.rows for n in at if row[n] is not None]
        shown = [r for r in real_values[part.key] if r.shown]
        assert len(cells) == len(shown) >= 4
        assert {m.key for m in measures} == {r.measure for r in shown}
        assert len({row[: part.table.keys] for row in part.table.rows}) == len(part.table.rows)
