import inspect
import re
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
    assert catalog.edition.key == "2026"
    assert catalog.items["tabell-6"].inputs == {"rents": "ssb-09895", "zones": "ssb-09895-soner"}
    assert catalog.items["figur-38"].settings == {"years": [2022, 2024]}
    assert catalog.items["figur-27"].label == "Figur 27"
    assert catalog.chapters["kapittel-4"].html == "chapters/kapittel-4.html"


def test_items_stand_in_the_order_of_their_numbers(catalog: Catalog) -> None:
    found = [entry.number for entry in catalog.numbered.values()]

    assert found == sorted(found)
    assert len(found) == len(catalog.items)


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


def test_every_source_is_used_or_compared_with(catalog: Catalog) -> None:
    used = {source for item in catalog.items.values() for source in item.inputs.values()}
    used |= {source for level in catalog.profiles.values() for source in level.sources}
    compared = {check.source for source in catalog.sources.values() for check in source.checks}

    assert set(catalog.sources) == used | (compared - {None})


REGIONS = "regions: [hele-landet, oslo, bergen, trondheim]"
LAYOUT = "table: {rows: [region, year], columns: [category]}"
SUBTITLE = "    subtitle: Kroner per måned etter antall rom og prissone, 2020 og 2025\n"
# What is wrong -> what is replaced by what, the line that is named, and what is said (… for more).
MISTAKES = {
    "a misspelt key": (
        *("category_title: Antall rom", "categori_title: Antall rom", "categori"),
        "items.tabell-6.categori_title: ukjent nøkkel «categori_title».…Mente du «category_title»?",
    ),
    "a misspelt key of a measure": (
        *("round_to: 1000", "round_too: 1000", "round_too"),
        "…items.tabell-24.measures.startlan_snitt.round_too…Mente du «round_to»?",
    ),
    "a misspelt key that is needed": (
        *("    subtitle: Kroner per måned", "    subtitel: Kroner per måned", "subtitel"),
        "…Mente du «subtitle»?",
    ),
    "a missing key": (
        *(SUBTITLE, "", "number: 6"),
        "items.tabell-6.subtitle: nøkkelen «subtitle» mangler. Legg den til.",
    ),
    "a key that stands twice": (
        *("    number: 6\n", "    number: 6\n" * 2, "number: 6"),
        "«number» står to ganger. Ta bort den ene.",
    ),
    "an item that stands twice": (
        *("  figur-9:\n", "  tabell-6:\n", "  tabell-6:"),
        "«tabell-6» står to ganger. Ta bort den ene.",
    ),
    "an unquoted code": (
        *(REGIONS, "regions: [oslo, 0301]", "0301"),
        'koden 0301 står uten anførselstegn…Skriv "0301".',
    ),
    "an unquoted code among settings": (
        *("settings: {years: [2020, 2025]}", "settings: {region: 0301}", "0301"),
        '…Skriv "0301".',
    ),
    "an unquoted key among settings": (
        *("settings: {years: [2020, 2025]}", "settings: {years: {0301: 1}}", "0301"),
        '…Skriv "0301".',
    ),
    "an unquoted edition": (
        *('key: "2026"', "key: 2026", "key: 2026"),
        'edition.key: …Skriv "2026" i anførselstegn.',
    ),
    "a quoted number": (
        *("number: 6", 'number: "6"', 'number: "6"'),
        "items.tabell-6.number: ventet et helt tall, fant '6'…",
    ),
    "a kind that is none": (
        *("kind: tabell", "kind: kart", "kind: kart"),
        "…ventet 'tabell' eller 'figur', fant 'kart'.",
    ),
    "an item without a module": (
        *("  tabell-6:\n    number: 6", "  tabell-7:\n    number: 7", "number: 7"),
        "…tabellen eller figuren har ingen modul. Skriv src/kunnskapsgrunnlag/items/tabell_7.py…",
    ),
    "a key that is not kind and number": (
        *("    number: 6\n", "    number: 7\n", "number: 7"),
        "items.tabell-6: kind og number sier «tabell-7». Gi nøkkelen det navnet.",
    ),
    "a measure that is not spelled like a column": (
        *("startlan_belop:", "startlan-belop:", "startlan_antall"),
        "…«startlan-belop» er også navnet på en kolonne…",
    ),
    "a column with a name of pandas": (
        *("name: household_size,", "name: size,", "estimat/figur-28.csv"),
        "…er pandas' eget navn…",
    ),
    "a unit's column with a name of pandas": (
        *("unit_of: {rent_nok_month: kr}", "unit_of: {values: kr}", "ssb/2026/09895.json"),
        "…er pandas' eget navn…",
    ),
    "a measure with a name of pandas": (
        *("startlan_belop:", "sum:", "startlan_antall"),
        "…er pandas' eget navn…",
    ),
    "an unknown source": (
        *("rents: ssb-09895", "rents: ssb-0995", "ssb-0995"),
        "items.tabell-6.inputs.rents: det finnes ingen kilde «ssb-0995». Mente du «ssb-09895»?",
    ),
    "an unknown chapter": (
        *("chapter: kapittel-4", "chapter: kapitel-4", "kapitel-4"),
        "items.figur-4.chapter: det finnes ikke noe kapittel «kapitel-4». Mente du «kap…",
    ),
    "an unknown region": (
        *(REGIONS, REGIONS.replace("bergen", "bærgen"), "bærgen"),
        "items.tabell-10.regions: det finnes ingen region «bærgen». Mente du «bergen»?",
    ),
    "an unknown reader": (
        *("reader: ssb_rents", "reader: ssb_rent", "ssb/2026/09895"),
        "sources.ssb-09895: det finnes ingen leser «ssb_rent». Mente du «ssb_rents»?",
    ),
    "a dimension that is not laid out": (
        *(LAYOUT, LAYOUT.replace(", year", ""), "columns: [category]"),
        "items.tabell-6.table: rows og columns skal til sammen nevne…fant region, category.",
    ),
    "a layout of what is no dimension": (
        *(LAYOUT, LAYOUT.replace("year", "yeer"), "yeer"),
        "items.tabell-6.table.rows.1: …ventet 'measure', 'region', 'category' eller 'year'…",
    ),
    "a dimension that is laid out twice": (
        *(LAYOUT, LAYOUT.replace("[category]", "[category, year]"), "columns", "…"),
    ),
    "a delivery without its key": (
        *("    key: [age_group]\n", "", "trykt/tabell-17"),
        "sources.trykt-tabell-17: en leveranse trenger «key» og «columns». Legg dem til.",
    ),
    "a delivered measure without its unit": (
        *("role: measure, unit: lån, min: 50, max: 10000}", "role: measure}", "trykt/tabell-24"),
        "…columns.startlån (antall): et mål trenger «unit». Legg den til.",
    ),
    "delivered words without their list": (
        *(", values: {statlig: statlig, kommunal: kommunal}", "", "trykt/figur-2"),
        "…columns.forvaltningsnivå: text trenger «values». Legg dem til.",
    ),
    "broken YAML": (
        *("dims: [region, category, year]", "dims: [region, category, year", "measures:"),
        "ikke gyldig YAML. …",
    ),
}


@pytest.mark.parametrize(("old", "new", "marks", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, params_text: str, old: str, new: str, marks: str, words: str
) -> None:
    wanted = ".*".join(re.escape(part) for part in words.split("…"))
    assert re.fullmatch(wanted, mistake(tmp_path, params_text, old, new, marks), re.DOTALL)


def test_several_shown_measures_need_a_place(tmp_path: Path, params_text: str) -> None:
    head, _, tail = params_text.partition("  tabell-11:\n")
    tail = tail.replace("columns: [measure, region]", "columns: [region]", 1)

    mistake(tmp_path, f"{head}  tabell-11:\n{tail}", "owner", "owner", "columns: [region]")


def test_the_names_of_pandas_are_all_written_out() -> None:
    assert frozenset(n for n in dir(pd.DataFrame) if not n.startswith("_")) == FRAME_NAMES


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("# ingenting\n", r"params\.yaml: filen er tom\. Hent den tilbake med git"),
        ("- tabell-6\n", r"params\.yaml, linje 1: "),
    ],
)
def test_what_is_no_catalogue_is_refused(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "params.yaml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(KgError, match=words):
        read_catalog(path)
