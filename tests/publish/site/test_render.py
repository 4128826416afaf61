"""The finished pages: structure, numbers, links, and what a browser makes of them."""

import hashlib
import json
import re
from collections import Counter
from itertools import pairwise

import pytest

from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.publish.fragments import draft_html, item_page
from kunnskapsgrunnlag.publish.machine.write import ENGLISH
from kunnskapsgrunnlag.publish.site.item_pages import bare_page
from kunnskapsgrunnlag.publish.site.page_layout import POLICY
from kunnskapsgrunnlag.store.standing import standing_of
from kunnskapsgrunnlag.store.values import Store
from tests.browser.pages import KINDS
from tests.checkout import ROOT, Checkout
from tests.publish.tags import Tags

SUMMARY = "chapters/english.html"
ITEMS = read_catalog(ROOT / "params.yaml").items


@pytest.fixture(scope="module")
def pages(built: Checkout) -> dict[str, Tags]:
    """Every page of the site by its path."""
    site = built.root / "build/site"
    # The short address of the summary in English only leads on.
    paths = sorted({*site.rglob("*.html")} - {site / ENGLISH})
    assert len(paths) > 100
    return {p.relative_to(site).as_posix(): Tags(p.read_text(encoding="utf-8")) for p in paths}


def test_every_page_has_language_title_one_h1_and_landmarks(pages: dict[str, Tags]) -> None:
    once = ("title", "h1", "main", "header", "footer")
    for name, tags in pages.items():
        assert tags.of("html")[0]["lang"] == ("en" if name == SUMMARY else "nb"), name
        assert [len(tags.of(t)) for t in once] == [1] * 5, name


def test_no_two_pages_have_the_same_title(built: Checkout, pages: dict[str, Tags]) -> None:
    titles = {n: re.findall("<title>(.*?)</title>", built.read(f"build/site/{n}")) for n in pages}
    assert all(len(found) == 1 and found[0] for found in titles.values())
    assert len({found[0] for found in titles.values()}) == len(titles)


def test_first_link_of_every_page_leads_past_the_menu(pages: dict[str, Tags]) -> None:
    bare = [name for name, tags in pages.items() if not tags.of("nav")]
    assert bare == sorted(bare_page(key) for key in ITEMS)
    for name, tags in pages.items():
        if name in bare:
            continue
        first = tags.of("a")[0]
        assert (first["class"], first["href"]) == ("kg-hopp", "#innhold"), name
        assert [main["id"] for main in tags.of("main")] == ["innhold"], name


def test_headings_of_every_page_begin_with_h1_and_skip_no_level(pages: dict[str, Tags]) -> None:
    for name, tags in pages.items():
        levels = [int(t[1]) for t, _ in tags.found if re.fullmatch(r"h[1-6]", t)]
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_ids_are_unique_on_every_page(pages: dict[str, Tags]) -> None:
    for name, tags in pages.items():
        ids = [a["id"] for _, a in tags.found if a.get("id")]
        assert len(ids) == len(set(ids)), name


def test_no_page_asks_another_host_for_anything(pages: dict[str, Tags]) -> None:
    for name, tags in pages.items():
        asked = [a.get("src") for t in ("script", "img", "iframe") for a in tags.of(t)]
        asked += [a.get("href") for a in tags.of("link")]
        assert not [link for link in asked if link and "//" in link], name


def test_marked_words_say_what_their_claim_rests_on(built: Checkout) -> None:
    """✓ after statistics, ≈ after estimates, nothing after what estimates were made to fulfil."""
    claims = json.loads(built.read("build/claims.json"))["claims"]
    signs = {"statistikk": "✓", "anslag": "≈"}
    wanted = Counter(
        (place["file"], name, signs[claim["basis"]])
        for name, claim in claims.items()
        for place in claim["places"]
        if claim["basis"] in signs
    )
    seen: Counter[tuple[str, str, str]] = Counter()
    for file in dict.fromkeys(place["file"] for c in claims.values() for place in c["places"]):
        page = built.read(f"build/site/{file.removesuffix('.md')}.html")
        for name, label, sign in re.findall(
            r'<a class="kg-holder[^"]*" href="[^"#]*#pastand-([^"]+)" title="([^"]*)"[^>]*>(.)</a>',
            page,
        ):
            seen[file, name, sign] += 1
            assert re.search(r"\d", label), name
    assert set(signs.values()) == {sign for _, _, sign in wanted}
    assert seen == wanted


def test_an_estimate_in_a_sentence_is_marked_and_other_numbers_are_not(built: Checkout) -> None:
    values = json.loads(built.read("build/values.json"))["values"]
    page = built.read("build/site/chapters/kapittel-5.html")
    found = re.findall(r'href="\.\./sporing/([^"#]+)\.html#([^"]+)" class="(kg-tall[^"]*)"', page)
    assert {classes for _, _, classes in found} == {"kg-tall", "kg-tall kg-anslag"}
    for item, anchor, classes in found:
        record = values[f"{item}/{anchor.replace('.', '/')}"]
        assert ("kg-anslag" in classes) == (record["origin"] == "estimat"), anchor


def test_every_page_carries_the_policy_and_nothing_that_it_forbids(pages: dict[str, Tags]) -> None:
    for name, tags in pages.items():
        held = [m["content"] for m in tags.of("meta") if m.get("http-equiv")]
        assert held == [POLICY], name
        assert not tags.of("style"), name
        scripts = [s for s in tags.of("script") if s.get("type") != "application/ld+json"]
        assert all(script.get("src") for script in scripts), name
        broken = [t for t, a in tags.found if any(k == "style" or k[:2] == "on" for k in a)]
        assert not broken, name


@pytest.mark.parametrize("which", ["kinds", pytest.param("all", marks=pytest.mark.slow)])
def test_every_page_is_valid_html(built: Checkout, pages: dict[str, Tags], which: str) -> None:
    html5lib = pytest.importorskip("html5lib", reason="html5lib is not installed")
    broken = {}
    kinds = {re.split("[?#]", path)[0] for path in KINDS}
    for name in kinds if which == "kinds" else pages:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(built.read(f"build/site/{name}"))
        if parser.errors:
            broken[name] = [(place, code) for place, code, _ in parser.errors]

    assert broken == {}
    parser = html5lib.HTMLParser(strict=False)
    parser.parse('<!DOCTYPE html><title>x</title><p id="a"><div></p>')
    assert parser.errors


def test_every_item_has_a_page_that_says_where_it_comes_from(built: Checkout) -> None:
    for key in (path.name for path in (built.root / "build/items").iterdir()):
        text = built.read(f"build/site/{item_page(key)}")
        parts = ["<dt>Opphav</dt>", "Årgang: ", "Lisens: ", f'id="kg-adresse">{item_page(key)}<']
        parts += [f'.html#{key}">', f"../sporing/{key}.html", f"../kontrollark/{key}.html"]
        assert [part for part in parts if part not in text] == [], key
        offered = re.findall(r'<li><a href="\.\./(items/[^"]+)" download>(\w+), [\d,]+\s', text)
        files = {p.name for p in (built.root / "build/site/items" / key).iterdir()}
        assert {path.rpartition("/")[2] for path, _ in offered} == files, key


def test_every_page_says_that_a_draft_is_one_and_how_new_its_numbers_are(
    built: Checkout, pages: dict[str, Tags]
) -> None:
    standing = standing_of(
        read_catalog(built.root / "params.yaml"), Store.read(built.root / "build/values.json")
    )
    assert standing.draft

    for name in pages:
        text = built.read(f"build/site/{name}")
        assert text.count('<aside class="kg-utkast"') == 1, name
        assert ("<strong>Draft:</strong> " if name == SUMMARY else draft_html(standing)) in text, (
            name
        )
        assert f'class="kg-utgave">{standing.label}</span>' in text, name
        # Head, description and foot; a bare page has only the last of them.
        assert text.count(standing.label) >= (1 if "-ramme" in name else 3), name


def test_bare_page_of_an_item_shows_its_drawing_and_leads_back(
    built: Checkout, pages: dict[str, Tags]
) -> None:
    for key in ITEMS:
        tags = pages[bare_page(key)]
        assert [a["class"] for a in tags.of("svg")] == ["kg-bred", "kg-smal"], key
        assert [a["href"] for a in tags.of("a")] == [f"{key}.html"], key
        assert not tags.of("script"), key
        text = built.read(f"build/site/{bare_page(key)}")
        assert re.search(r'<p class="kg-kilde"[^>]*>Kilde: \w', text), key
    assert "-ramme" not in built.read("build/site/assets/site/sok-data.js")


def test_shared_link_to_an_item_says_its_finding(built: Checkout, pages: dict[str, Tags]) -> None:
    told = {m.get("name") or m.get("property"): m.get("content")
            for m in pages["figurer/figur-36.html"].of("meta")}  # fmt: skip
    title = re.findall("<h1>(.*?)</h1>", built.read("build/site/figurer/figur-36.html"))[0]
    assert told["og:title"] == f"Figur 36: {title}"
    assert (told["og:description"] or "").startswith(f"{title}. Mottakere")
    assert (told["description"] or "").startswith(told["og:description"] or "-")
    # Neither can be said before the site has an address.
    assert "og:url" not in told and "og:image" not in told


def test_list_of_figures_and_tables_names_all_with_number_and_chapter(built: Checkout) -> None:
    text = built.read("build/site/figurer-og-tabeller.html")
    rows = re.findall(r"<li><a [^>]*>((?:Figur|Tabell) \d+)</a>\n", text)
    assert len(rows) == len(set(rows)) == 40


def test_what_is_taken_of_the_whole_is_the_data_and_changes_are_called_so(built: Checkout) -> None:
    text = built.read("build/site/figurer-og-tabeller.html").partition('id="alt">Last ned<')[2]
    taken = re.findall(r'<a href="[^"]*?([\w-]+\.\w+)" download>([^<(]+)', text)
    assert [(name.split(".")[1], words.strip()) for name, words in taken] == [
        ("pdf", "Rapporten som PDF"),
        ("xlsx", "Alle tallene i Excel"),
        ("zip", "Datapakken"),
        ("csv", "Tallene i profilene"),
        ("xlsx", "Tallene i profilene"),
        ("csv", "Alle endringer siden forrige utgave"),
    ]
    assert taken[-1][0].startswith("endringer-")


def test_about_page_gives_the_edition_and_the_fingerprint_of_its_numbers(built: Checkout) -> None:
    text = built.read("build/site/om.html")
    values = (built.root / "build/values.json").read_bytes()
    assert hashlib.sha256(values).hexdigest()[:16] in text
    assert "@misc{kunnskapsgrunnlag2026," in text
    assert "Statistisk sentralbyrå" in text


def test_misprints_are_told_where_the_reader_sees_them(built: Checkout) -> None:
    text = built.read("build/site/chapters/kapittel-6.html").replace("\N{NO-BREAK SPACE}", " ")
    assert "2022-utgaven oppga 197 millioner kroner i startlån for 2017" in text
    assert "992 millioner kroner fordelt på 508 lån gir 1 953 000 kroner" in text
