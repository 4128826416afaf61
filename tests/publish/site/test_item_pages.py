import html

import pytest

from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.catalog.schema import Item
from kunnskapsgrunnlag.publish.site.item_pages import (
    Choices,
    bare_page,
    choices,
    frame_code,
    frame_height,
    plain,
    write_items,
)
from kunnskapsgrunnlag.publish.site.page_layout import Shell
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.store.tables import heading
from tests.checkout import Checkout
from tests.conftest import item_of, measure_of, result_of, value_of

ONE_YEAR = range(2020, 2021)


def table(rows: list[str], columns: list[str], unit: str = "prosent", title: str = "Andel") -> Item:
    return item_of(
        dims=["region", "year"],
        measures={"andel": measure_of(title=title, unit=unit)},
        table={"rows": rows, "columns": columns},
    )


def made(item: Item, *regions: str, years: range = ONE_YEAR) -> Choices:
    numbers = [
        value_of(f"tabell-1/andel/{region}/{year}", region=region, year=year)
        for region in regions
        for year in years
    ]
    return choices(item, result_of("tabell-1", numbers))


def test_bydeler_and_kommuner_are_held_against_oslo_and_the_country() -> None:
    item = table(["region"], ["measure"])
    found = made(item, "stovner", "bergen", "uoppgitt", "oslo", "hele-landet")
    assert found.areas == {"stovner": "Stovner", "bergen": "Bergen"}
    assert found.content["mot"] == ["oslo", "hele-landet"]


def test_nothing_is_compared_where_there_is_nothing_to_compare_with() -> None:
    item = table(["region"], ["measure"])
    assert not made(item, "stovner", "alna")
    assert not made(item, "oslo", "hele-landet")
    assert not made(table(["year"], ["measure", "region"]), "stovner", "oslo")


def test_years_are_chosen_where_there_are_at_least_three() -> None:
    item = table(["region"], ["year"])
    assert made(item, "oslo", years=range(2020, 2023)).years == [2020, 2021, 2022]
    assert made(item, "oslo", years=range(2020, 2023)).content["kolonner"]
    assert made(item, "oslo", years=range(2020, 2022)).years == []


@pytest.mark.parametrize(
    ("unit", "title", "words"),
    [
        ("prosent", "Andel", "prosentpoeng"),
        ("per 1 000", "Lån per 1 000 innbyggere", "per 1 000"),
        ("kr per måned", "Leie", "kroner"),
        ("kr", "Utbetalt per innbygger", "kroner"),
        ("kr", "Utbetalt", ""),
        ("mill. kr", "Utbetalt", ""),
        ("personer", "Personer", ""),
    ],
)
def test_only_what_does_not_grow_with_the_area_has_a_difference(
    unit: str, title: str, words: str
) -> None:
    found = made(table(["region"], ["measure"], unit, title), "stovner", "oslo")
    assert found.content["mal"] == [("andel", heading(title, unit), words)]


def test_code_for_other_sites_names_the_frame_and_is_safe() -> None:
    assert bare_page("figur-26") == "figurer/figur-26-ramme.html"
    code = frame_code("https://eksempel.no/a.html", 'Figur 26: «Lån» & "mer"', 600)
    assert 'title="Figur 26: «Lån» &amp; &quot;mer&quot;"' in code
    assert 'src="https://eksempel.no/a.html"' in code
    assert 'height="600"' in code


def test_frame_is_higher_for_a_longer_text_and_for_the_higher_drawing() -> None:
    def height(narrow: int, wide: int, words: str) -> int:
        svg = "".join(
            f'<svg class="kg-{kind}" a="b" viewBox="0 0 760 {high}">'
            for kind, high in (("bred", wide), ("smal", narrow))
        )
        return frame_height(svg, "Funn", [words])

    assert height(300, 200, "") - height(250, 200, "") == 50
    assert height(300, 900, "") - height(300, 800, "") == 100
    assert height(300, 200, "ord " * 40) > height(300, 200, "ord")


def test_plain_words_of_a_finding_that_does_not_hold() -> None:
    assert plain('Leien &amp; lånet <a href="x"><strong>[holder ikke]</strong></a>') == (
        "Leien & lånet [holder ikke]"
    )


def test_published_address_and_contact_stand_where_readers_share_and_report(
    built: Checkout,
) -> None:
    project = Project(built.root, "site-med-adresse")
    catalog = read_catalog(project.params)
    told = {"address": "https://eksempel.no/bolig/", "contact": "post@eksempel.no"}
    edition = catalog.edition.model_copy(update=told)
    report = Report(project, catalog.model_copy(update={"edition": edition}))

    write_items(Shell(report, project))

    page = html.unescape(built.read("build/site-med-adresse/figurer/figur-36.html"))
    own = "https://eksempel.no/bolig/figurer/figur-36.html"
    assert f'<meta property="og:url" content="{own}">' in page
    picture = "https://eksempel.no/bolig/items/figur-36/figur-36.png"
    assert f'<meta property="og:image" content="{picture}">' in page
    assert 'data-kopier="kg-adresse">Kopier lenken' in page
    assert f'<code id="kg-adresse">{own}</code>' in page
    assert f"Nettutgave, {own}.</span>" in page
    assert '<iframe src="https://eksempel.no/bolig/figurer/figur-36-ramme.html" ' in page
    subject = f"Feil%20i%20figur%2036%2C%20utgave%20{edition.key}"
    assert f'<dd><a href="mailto:post@eksempel.no?subject={subject}">' in page
    assert "ikke fått adresse" not in page
