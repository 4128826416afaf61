from dataclasses import replace
from typing import Any

from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.store.tables import Grid, Head, grid
from kunnskapsgrunnlag.store.value import Value
from tests.conftest import item_of, measure_of, value_of

MEASURES = {
    "personer": measure_of(title="Personer"),
    "husholdninger": measure_of(title="Husholdninger", unit="husholdninger"),
}


def item(rows: list[str], columns: list[str], **more: Any) -> Item:
    dims = [d for d in ("region", "category", "year") if d in {*rows, *columns}]
    return item_of(
        **({"measures": MEASURES, "dims": dims, "table": {"rows": rows, "columns": columns}} | more)
    )


def record(measure: str, text: str = "1", **dims: Any) -> Value:
    address = "/".join(["tabell-1", measure, *map(str, dims.values())])
    return value_of(address, text, **dims)


def both(**dims: Any) -> list[Value]:
    return [record(measure, **dims) for measure in MEASURES]


def words(table: Grid) -> list[list[tuple[str, int]]]:
    return [[(head.text, head.span) for head in level] for level in table.levels]


def numbers(table: Grid) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row.cells] for row in table.rows]


def test_a_number_stands_below_its_measure_and_region() -> None:
    places = ("oslo", "hele-landet")
    records = [
        record(m, f"{m[0]} {r} {y}", region=r, year=y)
        for y in (2019, 2020)
        for r in places
        for m in reversed(MEASURES)
    ]

    table = grid(item(["year"], ["measure", "region"]), records)

    # Columns follow the catalogue, and not the records.
    assert words(table) == [
        [("Personer", 2), ("Husholdninger", 2)],
        [("Oslo", 1), ("Hele landet", 1), ("Oslo", 1), ("Hele landet", 1)],
    ]
    assert numbers(table) == [[f"{m} {r} {y}" for m in "ph" for r in places] for y in (2019, 2020)]


def test_the_corner_names_the_row_headers() -> None:
    rooms = item(["category"], ["measure"], category_title="Antall rom")
    places = item(["region", "year"], ["measure"])

    assert grid(places, both(region="oslo", year=2020)).corner == ("Område", "År")
    assert grid(rooms, both(category="1-rom")).corner == ("Antall rom",)


def test_what_is_not_shown_takes_no_place() -> None:
    measures = {"antall": measure_of(), "endring": measure_of(group="Endring", show=False)}
    one = grid(item(["year"], ["measure"], measures=measures), [record("antall", year=2020)])
    hidden = [replace(r, shown=False) for r in both(region="alna")]
    shown = grid(item(["region"], ["measure"]), [record("personer", region="oslo"), *hidden])

    assert words(one) == [[("Antall", 1)]]
    assert words(shown) == [[("Personer", 1)]]
    assert [row.heads[0] for row in shown.rows] == [Head("Oslo")]


def test_columns_of_words_are_not_numeric() -> None:
    words = replace(record("personer", "statlig", year=2020), value=None)
    missing = replace(record("husholdninger", "..", year=2019), value=None)
    number = record("husholdninger", year=2020)

    assert grid(item(["year"], ["measure"]), [words, missing, number]).numeric == (False, True)


def test_a_region_covers_its_years() -> None:
    records = [
        record("personer", region=r, year=y)
        for r, y in (("oslo", 2020), ("oslo", 2025), ("bergen", 2020))
    ]

    heads = [row.heads for row in grid(item(["region", "year"], ["measure"]), records).rows]

    assert heads == [
        (Head("Oslo", 2), Head("2020")),
        (None, Head("2025")),
        (Head("Bergen"), Head("2020")),
    ]


def test_a_group_stands_over_its_measures() -> None:
    measures = {
        "antall": measure_of(group="Startlån"),
        "belop": measure_of(group="Startlån", title="Beløp", unit="mill. kr"),
        "tilskudd": measure_of(group="Tilskudd"),
    }
    records = [record(m, year=2020) for m in measures]

    table = grid(item(["year"], ["measure"], measures=measures), records)

    assert words(table) == [
        [("Startlån", 2), ("Tilskudd", 1)],
        [("Antall", 1), ("Beløp (mill. kr)", 1), ("Antall", 1)],
    ]


def test_a_number_that_does_not_exist_leaves_its_cell_empty() -> None:
    records = [*both(year=2019), record("personer", year=2020)]
    assert numbers(grid(item(["year"], ["measure"]), records)) == [["1", "1"], ["1", None]]


def test_categories_across_have_the_readers_words() -> None:
    entry = item(
        ["year"],
        ["category"],
        measures={"leie": measure_of()},
        categories={"1-rom": "1 rom", "5-rom": "5 rom eller flere"},
    )
    records = [record("leie", category=c, year=2020) for c in ("1-rom", "5-rom")]

    assert words(grid(entry, records)) == [[("1 rom", 1), ("5 rom eller flere", 1)]]
