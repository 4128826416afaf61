"""Changes to the catalogue's text."""

import pytest
import yaml

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.editions.catalog_text import CatalogText, flow

TEXT = """# Øverst.
edition:
  key: "2022"   # nøkkelen
  year: 2020
items:
  tabell-1:
    title: Tittel
    settings: {year: 2020}
    notes:
      - En note.

  # Om tabell 2.
  tabell-2:
    title: "To"
sist: slutt
"""


def changed(*edits: tuple[str, object, tuple[str, ...]], add: bool = False) -> str:
    text = CatalogText(TEXT)
    for key, value, at in edits:
        if add:
            text.add(key, value, *at)
        else:
            text.replace(value, *at, key)
    return text.changed()


def test_replaced_value_leaves_everything_else_as_it_was() -> None:
    assert changed(("key", "2026", ("edition",))) == TEXT.replace('"2022"', '"2026"')
    inside = changed(("year", 2025, ("items", "tabell-1", "settings")))
    assert inside == TEXT.replace("{year: 2020}", "{year: 2025}")


def test_line_ends_of_windows_stay_also_for_what_is_added() -> None:
    text = CatalogText(TEXT.replace("\n", "\r\n"))
    text.replace("2026", "edition", "key")
    text.add("carried", "x", "items", "tabell-1")
    text.remove("edition", "year")
    made = text.changed()
    assert made.count("\r\n") == made.count("\n") == TEXT.count("\n")
    assert yaml.safe_load(made)["items"]["tabell-1"]["carried"] == "x"


def test_several_changes_do_not_move_each_other() -> None:
    made = changed(("key", "2026-lang", ("edition",)), ("year", 1, ("edition",)))
    assert yaml.safe_load(made)["edition"] == {"key": "2026-lang", "year": 1}


def test_added_key_comes_last_in_its_own_mapping() -> None:
    made = changed(("carried", {"period": "2020"}, ("items", "tabell-1")), add=True)
    assert '      - En note.\n    carried: {period: "2020"}\n\n  # Om tabell 2.' in made
    assert yaml.safe_load(made)["items"]["tabell-1"]["carried"] == {"period": "2020"}


ALIASED = """items:
  tabell-1:
    breaks: &brudd
      - 2017
    title: En
  tabell-2:
    title: To
    breaks: *brudd
"""


def test_added_key_comes_after_an_alias_and_not_where_it_points() -> None:
    text = CatalogText(ALIASED)
    text.add("carried", "x", "items", "tabell-2")
    assert text.changed() == ALIASED + '    carried: "x"\n'


def test_alias_is_removed_and_what_it_points_to_stays() -> None:
    text = CatalogText(ALIASED)
    text.remove("items", "tabell-2", "breaks")
    assert text.changed() == ALIASED.replace("    breaks: *brudd\n", "")


def test_a_borrowed_value_gives_way_to_an_own_one_and_a_lent_one_stays() -> None:
    text = CatalogText(ALIASED)
    text.replace([2020], "items", "tabell-2", "breaks")
    assert text.changed() == ALIASED.replace("*brudd", "[2020]")
    with pytest.raises(KgError, match=r"items\.tabell-1\.breaks deles med andre \(&brudd\)"):
        CatalogText(ALIASED).replace([2020], "items", "tabell-1", "breaks")
    with pytest.raises(KgError, match=r"items\.tabell-2\.breaks er lånt"):
        CatalogText(ALIASED).replace(2020, "items", "tabell-2", "breaks", 0)


def test_added_key_at_the_end_of_a_block_before_another() -> None:
    made = changed(
        ("carried", "x", ("items", "tabell-2")), ("previous", "2022", ("edition",)), add=True
    )
    held = yaml.safe_load(made)
    assert held["items"]["tabell-2"] == {"title": "To", "carried": "x"}
    assert held["edition"]["previous"] == "2022"
    assert held["sist"] == "slutt"


def test_key_added_at_the_top_comes_last() -> None:
    assert changed(("mer", "ja", ()), add=True) == f'{TEXT}mer: "ja"\n'


@pytest.mark.parametrize(
    ("at", "gone"),
    [
        (("edition", "year"), "  year: 2020\n"),
        (("items", "tabell-1", "settings"), "    settings: {year: 2020}\n"),
        (("edition", "key"), '  key: "2022"   # nøkkelen\n'),
        (("items", "tabell-2", "title"), '    title: "To"\n'),
    ],
)
def test_removed_key_takes_its_own_line_with_it(at: tuple[str, ...], gone: str) -> None:
    text = CatalogText(TEXT)
    text.remove(*at)
    assert text.changed() == TEXT.replace(gone, "")


def test_place_that_cannot_be_changed_is_told() -> None:
    with pytest.raises(KgError, match=r"det står ingenting under items\.tabell-9\.title"):
        CatalogText(TEXT).replace("x", "items", "tabell-9", "title")
    with pytest.raises(KgError, match=r"egne linjer under items\.tabell-1\.settings"):
        CatalogText(TEXT).add("a", 1, "items", "tabell-1", "settings")


@pytest.mark.parametrize(
    "value",
    ["0301", "ja", 'med "sitat"', "a: b", "tilbake\\strek", 3, 2.5, True, ["a", 1], {"a": "b"}],
)
def test_value_is_read_back_as_it_was(value: object) -> None:
    assert yaml.safe_load(f"a: {flow(value)}") == {"a": value}


def test_a_block_comes_last_with_lines_of_its_own() -> None:
    text = CatalogText(TEXT)
    text.add_block("tabell-3", ["title: Tre", "dims: [year]"], "items")

    made = text.changed()
    assert '    title: "To"\n  tabell-3:\n    title: Tre\n    dims: [year]\nsist: slutt\n' in made
    assert list(yaml.safe_load(made)["items"]) == ["tabell-1", "tabell-2", "tabell-3"]
