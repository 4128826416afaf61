import inspect
from pathlib import Path

import pandas as pd
import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.catalog.frame_names import FRAME_NAMES
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Catalog
from tests.conftest import ROOT, item_module

KEYS = list(read_catalog(ROOT / "params.yaml").items)


def mistake(folder: Path, text: str, old: str, new: str, marks: str) -> str:
    """The error for a catalogue in which `old` was replaced, after a look at its line number.

    `marks` is what the line that the error names must hold.
    """
    assert text.count(old) >= 1
    changed = text.replace(old, new, 1)
    path = folder / "params.yaml"
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(KgError) as error:
        read_catalog(path)
    words = str(error.value)
    number = int(words.removeprefix("params.yaml, linje ").partition(":")[0])
    assert marks in changed.splitlines()[number - 1]
    return words.partition(": ")[2]


def test_the_catalogue_reads(catalog: Catalog) -> None:
    assert catalog.items["tabell-6"].inputs == {"rents": "ssb-09895", "zones": "ssb-09895-soner"}


def test_a_code_stays_text_and_a_year_a_number(catalog: Catalog) -> None:
    assert catalog.edition.key == "2026"
    assert catalog.items["figur-38"].settings == {"years": [2022, 2024]}


def test_items_stand_in_the_order_of_their_numbers(catalog: Catalog) -> None:
    found = [entry.number for entry in catalog.numbered.values()]

    assert found == sorted(found)
    assert len(found) == len(catalog.items)


def test_an_item_has_a_label_for_readers(catalog: Catalog) -> None:
    assert catalog.items["figur-27"].label == "Figur 27"


def test_a_chapter_has_a_page(catalog: Catalog) -> None:
    assert catalog.chapters["kapittel-4"].html == "chapters/kapittel-4.html"


def test_an_item_is_found_by_its_key(catalog: Catalog) -> None:
    assert catalog.item("tabell-24").number == 24
    with pytest.raises(
        KgError,
        match=r"ingen tabell eller figur «tabel-24» i params\.yaml\. Mente du «tabell-24»\?",
    ):
        catalog.item("tabel-24")


def test_a_source_is_found_by_its_key(catalog: Catalog) -> None:
    assert catalog.source("ssb-09895").file == "ssb/2026/09895.json"
    with pytest.raises(
        KgError, match=r"ingen kilde «ssb-9895» i params\.yaml\. Mente du «ssb-09895»"
    ):
        catalog.source("ssb-9895")


def test_the_nearest_word_is_named_or_all_there_is() -> None:
    assert nearest("kaptel", ["kapittel", "kilder"]) == " Mente du «kapittel»?"
    assert nearest("xyz", ["b", "a"]) == " Det finnes a, b."


@pytest.mark.parametrize("key", KEYS)
def test_compute_takes_what_the_catalogue_gives(key: str, catalog: Catalog) -> None:
    parameters = inspect.signature(item_module(key).compute).parameters.values()
    inputs = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    settings = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]

    assert set(inputs) == set(catalog.items[key].inputs)
    assert set(settings) == set(catalog.items[key].settings)
    assert all(p.default is p.empty for p in parameters)


@pytest.mark.parametrize("key", KEYS)
def test_an_item_has_its_three_verbs(key: str) -> None:
    module = item_module(key)

    drawn = list(inspect.signature(module.draw).parameters)
    assert drawn in (["table", "chart"], ["table", "fig", "item"])
    if hasattr(module, "describe"):
        told = list(inspect.signature(module.describe).parameters)
        assert told == (["table", "chart"] if "chart" in drawn else ["table", "item"])


def test_every_module_of_an_item_is_in_the_catalogue() -> None:
    modules = (ROOT / "src" / "kunnskapsgrunnlag" / "items").glob("*_[0-9]*.py")
    names = {path.stem.replace("_", "-") for path in modules if path.stem != "__init__"}

    assert names == set(KEYS)


def test_every_source_is_used_by_an_item_or_compared_with(catalog: Catalog) -> None:
    used = {source for item in catalog.items.values() for source in item.inputs.values()}
    compared = {check.source for source in catalog.sources.values() for check in source.checks}

    assert set(catalog.sources) == used | (compared - {None})


def test_a_misspelt_key_names_the_right_one(tmp_path: Path, params_text: str) -> None:
    found = mistake(
        tmp_path,
        params_text,
        "category_title: Antall rom",
        "categori_title: Antall rom",
        "categori",
    )

    assert found.startswith("items.tabell-6.categori_title: ukjent nøkkel «categori_title».")
    assert found.endswith("Mente du «category_title»?")


def test_a_misspelt_key_of_a_measure_names_the_right_one(tmp_path: Path, params_text: str) -> None:
    found = mistake(tmp_path, params_text, "round_to: 1000", "round_too: 1000", "round_too")

    assert "items.tabell-24.measures.startlan_snitt.round_too" in found
    assert found.endswith("Mente du «round_to»?")


def test_a_missing_key_is_to_be_added(tmp_path: Path, params_text: str) -> None:
    line = "    subtitle: Kroner per måned etter antall rom og prissone, 2020 og 2025\n"

    found = mistake(tmp_path, params_text, line, "", "number: 6")

    assert found == "items.tabell-6.subtitle: nøkkelen «subtitle» mangler. Legg den til."


def test_a_key_that_stands_twice_is_refused(tmp_path: Path, params_text: str) -> None:
    line = "    number: 6\n"

    found = mistake(tmp_path, params_text, line, line + line, "number: 6")

    assert found == "«number» står to ganger. Ta bort den ene."


def test_an_item_that_stands_twice_is_refused(tmp_path: Path, params_text: str) -> None:
    found = mistake(tmp_path, params_text, "  figur-9:\n", "  tabell-6:\n", "  tabell-6:")

    assert found == "«tabell-6» står to ganger. Ta bort den ene."


def test_an_unquoted_code_is_to_be_quoted(tmp_path: Path, params_text: str) -> None:
    old = "regions: [hele-landet, oslo, bergen, trondheim]"

    found = mistake(tmp_path, params_text, old, "regions: [oslo, 0301]", "0301")

    assert found.startswith("koden 0301 står uten anførselstegn")
    assert found.endswith('Skriv "0301".')


@pytest.mark.parametrize("new", ["settings: {region: 0301}", "settings: {years: {0301: 1}}"])
def test_an_unquoted_code_among_settings_is_to_be_quoted(
    tmp_path: Path, params_text: str, new: str
) -> None:
    found = mistake(tmp_path, params_text, "settings: {years: [2020, 2025]}", new, "0301")

    assert found.endswith('Skriv "0301".')


def test_an_unquoted_edition_is_to_be_quoted(tmp_path: Path, params_text: str) -> None:
    found = mistake(tmp_path, params_text, 'key: "2026"', "key: 2026", "key: 2026")

    assert found.startswith("edition.key: ")
    assert found.endswith('Skriv "2026" i anførselstegn.')


def test_a_quoted_number_is_not_a_number(tmp_path: Path, params_text: str) -> None:
    found = mistake(tmp_path, params_text, "number: 6", 'number: "6"', 'number: "6"')

    assert found.startswith("items.tabell-6.number: ventet et helt tall, fant '6'")


def test_a_kind_is_one_of_two(tmp_path: Path, params_text: str) -> None:
    found = mistake(tmp_path, params_text, "kind: tabell", "kind: kart", "kind: kart")

    assert found.endswith("ventet 'tabell' eller 'figur', fant 'kart'.")


def test_an_item_without_a_module_is_refused(tmp_path: Path, params_text: str) -> None:
    changed = params_text.replace("  tabell-6:\n    number: 6", "  tabell-7:\n    number: 7", 1)

    found = mistake(tmp_path, changed, "owner", "owner", "number: 7")

    assert (
        "tabellen eller figuren har ingen modul. Skriv src/kunnskapsgrunnlag/items/tabell_7.py"
        in found
    )


def test_key_kind_and_number_agree(tmp_path: Path, params_text: str) -> None:
    found = mistake(tmp_path, params_text, "    number: 6\n", "    number: 7\n", "number: 7")

    assert found == "items.tabell-6: kind og number sier «tabell-7». Gi nøkkelen det navnet."


def test_a_measure_is_spelled_like_a_column(tmp_path: Path, params_text: str) -> None:
    found = mistake(tmp_path, params_text, "startlan_belop:", "startlan-belop:", "startlan_antall")

    assert "«startlan-belop» er også navnet på en kolonne" in found


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        ("name: household_size,", "name: size,", "estimat/figur-28.csv"),
        ("unit_of: {rent_nok_month: kr}", "unit_of: {values: kr}", "ssb/2026/09895.json"),
        ("startlan_belop:", "sum:", "startlan_antall"),
    ],
)
def test_a_column_has_no_name_of_pandas(
    tmp_path: Path, params_text: str, old: str, new: str, marks: str
) -> None:
    found = mistake(tmp_path, params_text, old, new, marks)

    assert "er pandas' eget navn" in found


def test_the_names_of_pandas_are_all_written_out() -> None:
    assert frozenset(n for n in dir(pd.DataFrame) if not n.startswith("_")) == FRAME_NAMES


def test_an_unknown_source_names_the_nearest(tmp_path: Path, params_text: str) -> None:
    found = mistake(tmp_path, params_text, "rents: ssb-09895", "rents: ssb-0995", "ssb-0995")

    expected = (
        "items.tabell-6.inputs.rents: det finnes ingen kilde «ssb-0995». Mente du «ssb-09895»?"
    )
    assert found == expected


def test_an_unknown_chapter_names_the_nearest(tmp_path: Path, params_text: str) -> None:
    found = mistake(tmp_path, params_text, "chapter: kapittel-4", "chapter: kapitel-4", "kapitel-4")

    assert found.startswith(
        "items.figur-4.chapter: det finnes ikke noe kapittel «kapitel-4». Mente du «kap"
    )


def test_an_unknown_region_names_the_nearest(tmp_path: Path, params_text: str) -> None:
    old = "regions: [hele-landet, oslo, bergen, trondheim]"

    found = mistake(tmp_path, params_text, old, old.replace("bergen", "bærgen"), "bærgen")

    assert found == "items.tabell-10.regions: det finnes ingen region «bærgen». Mente du «bergen»?"


def test_an_unknown_reader_names_the_nearest(tmp_path: Path, params_text: str) -> None:
    found = mistake(
        tmp_path, params_text, "reader: ssb_rents", "reader: ssb_rent", "ssb/2026/09895"
    )

    assert found == "sources.ssb-09895: det finnes ingen leser «ssb_rent». Mente du «ssb_rents»?"


def test_a_table_lays_out_every_dimension(tmp_path: Path, params_text: str) -> None:
    old = "table: {rows: [region, year], columns: [category]}"

    found = mistake(tmp_path, params_text, old, old.replace(", year", ""), "columns: [category]")

    assert found.startswith("items.tabell-6.table: rows og columns skal til sammen nevne")
    assert found.endswith("fant region, category.")


def test_a_table_lays_out_no_other_dimension(tmp_path: Path, params_text: str) -> None:
    old = "table: {rows: [region, year], columns: [category]}"
    new = "table: {rows: [region, yeer], columns: [category]}"

    found = mistake(tmp_path, params_text, old, new, "yeer")

    assert found.startswith("items.tabell-6.table.rows.1: ")
    assert "ventet 'measure', 'region', 'category' eller 'year'" in found


def test_a_dimension_is_laid_out_once(tmp_path: Path, params_text: str) -> None:
    old = "table: {rows: [region, year], columns: [category]}"

    mistake(tmp_path, params_text, old, old.replace("[category]", "[category, year]"), "columns")


def test_several_shown_measures_need_a_place(tmp_path: Path, params_text: str) -> None:
    head, _, tail = params_text.partition("  tabell-11:\n")
    tail = tail.replace("columns: [measure, region]", "columns: [region]", 1)

    mistake(tmp_path, f"{head}  tabell-11:\n{tail}", "owner", "owner", "columns: [region]")


def test_a_delivery_needs_its_key(tmp_path: Path, params_text: str) -> None:
    found = mistake(tmp_path, params_text, "    key: [age_group]\n", "", "trykt/tabell-17")

    assert (
        found == "sources.trykt-tabell-17: en leveranse trenger «key» og «columns». Legg dem til."
    )


def test_a_measure_of_a_delivery_needs_its_unit(tmp_path: Path, params_text: str) -> None:
    old = "role: measure, unit: lån, min: 50, max: 10000}"

    found = mistake(tmp_path, params_text, old, "role: measure}", "trykt/tabell-24")

    assert found.endswith("columns.startlån (antall): et mål trenger «unit». Legg den til.")


def test_words_of_a_delivery_need_their_list(tmp_path: Path, params_text: str) -> None:
    old = ", values: {statlig: statlig, kommunal: kommunal}"

    found = mistake(tmp_path, params_text, old, "", "trykt/figur-2")

    assert found.endswith("columns.forvaltningsnivå: text needs «values». Add them.")


def test_broken_yaml_names_its_line(tmp_path: Path, params_text: str) -> None:
    old = "dims: [region, category, year]"

    found = mistake(tmp_path, params_text, old, "dims: [region, category, year", "measures:")

    assert found.startswith("ikke gyldig YAML: ")


def test_an_empty_catalogue_is_restored_with_git(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text("# ingenting\n", encoding="utf-8")

    with pytest.raises(KgError, match=r"params\.yaml: filen er tom\. Hent den tilbake med git"):
        read_catalog(path)


def test_a_catalogue_that_is_a_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text("- tabell-6\n", encoding="utf-8")

    with pytest.raises(KgError, match=r"params\.yaml, linje 1: "):
        read_catalog(path)


def test_a_misspelt_key_that_is_needed_names_the_right_one(
    tmp_path: Path, params_text: str
) -> None:
    old = "    subtitle: Kroner per måned etter"

    found = mistake(tmp_path, params_text, old, "    subtitel: Kroner per måned etter", "subtitel")

    assert found.endswith("Mente du «subtitle»?")
