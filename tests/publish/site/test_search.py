import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.publish.site.search import (
    BYDELER,
    CHAPTERS,
    ITEMS,
    LISTS,
    OTHER,
    Number,
    Section,
    as_script,
    index,
    kind_of,
    read_words,
    sections_of,
    sections_of_site,
)
from tests.conftest import NBSP, ROOT

PAGE = """<html><head><title>x</title></head><body><nav>Meny</nav><main>
<h1>Kapittel</h1><p>Første ord<sup>1</sup>.</p>
<section id="kap-1"><h2><span>5.1</span> Bydelene</h2><p>Om <a href="#">Grünerløkka</a>.</p>
<figure id="figur-26"><figcaption>Figur 26</figcaption>
<table><tr><td>Stovner</td></tr></table></figure><p>Etterpå 8&nbsp;850.</p></section>
<section id="footnotes" role="doc-endnotes"><ol><li>En kilde.</li></ol></section>
</main><footer>Bunn</footer></body></html>"""
ITEM = """<main><h1>Grorud ga flest</h1><figure id="figur-26"><p class="kg-funn">Grorud</p>
<p aria-hidden="true">Skyv</p><svg><text>skjult</text></svg>
<table><tr><th>Stovner</th><td>12</td></tr></table><p class="kg-last">Last ned</p></figure>
<h2 id="om">Om figuren</h2><dl class="kg-fakta"><dt>Kilder</dt></dl></main>"""


@pytest.fixture
def sections() -> list[Section]:
    return sections_of(PAGE, "chapters/kapittel-5.html")


def unpacked(script: bytes) -> Any:
    (packed,) = re.findall(rb'^window\.KG_SOK="([A-Za-z0-9+/=]+)";\n$', script)
    return json.loads(zlib.decompress(base64.b64decode(packed), -15))


def test_a_page_is_cut_at_its_headings(sections: list[Section]) -> None:
    assert [(s.kind, s.title, s.link, s.place) for s in sections] == [
        (CHAPTERS, "Kapittel", "chapters/kapittel-5.html", "Kapittel"),
        (CHAPTERS, "5.1 Bydelene", "chapters/kapittel-5.html#kap-1", "Kapittel"),
        (OTHER, "Noter", "chapters/kapittel-5.html#footnotes", "Kapittel"),
    ]


def test_words_belong_to_their_section_and_an_item_to_its_own_page(
    sections: list[Section],
) -> None:
    assert sections[0].text == "Første ord."
    assert sections[1].text == f"Om Grünerløkka. Etterpå 8{NBSP}850."
    assert sections[2].text == "En kilde."


def test_the_page_of_an_item_is_one_hit_without_what_all_of_them_say() -> None:
    (section,) = sections_of(ITEM, "figurer/figur-26.html", "Figur 26", "Startlån. Lån, 2020")
    assert (section.number, section.title) == ("Figur 26", "Grorud ga flest")
    assert (section.under, section.link) == ("Startlån. Lån, 2020", "figurer/figur-26.html")
    assert section.text == "Stovner 12 Om figuren"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("tabeller/tabell-6.html", ITEMS),
        ("bydeler/stovner.html", BYDELER),
        ("chapters/rettelser.html", LISTS),
        ("kontroll/pastander.html", LISTS),
        ("chapters/referanser.html", OTHER),
        ("chapters/kapittel-1.html", CHAPTERS),
        ("en-ny-side.html", OTHER),
    ],
)
def test_the_path_of_a_page_says_its_kind(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_every_page_is_found_but_machinery_older_editions_and_what_others_frame(
    tmp_path: Path,
) -> None:
    framed = "<body><figure><p>Bare tegningen</p></figure></body>"
    for name in ("om.html", "bydeler/stovner.html", "sporing/a.html", "utgaver/2022/om.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"<main><h1>{name}</h1></main>", encoding="utf-8")
    (tmp_path / "ramme.html").write_text(framed, encoding="utf-8")

    assert [s.title for s in sections_of_site(tmp_path, {})] == ["bydeler/stovner.html", "om.html"]


def test_a_bydel_is_called_what_the_trail_calls_it() -> None:
    trail = '<nav><a href="x">Bydeler</a><span aria-current="page">Alna</span></nav>'
    html = f"<main>{trail}<h1>Alna har flere mottakere</h1><h2>Funn</h2><p>Tekst.</p></main>"
    (section,) = sections_of(html, "bydeler/alna.html")
    assert (section.number, section.title) == ("Alna", "Alna har flere mottakere")
    assert (section.link, section.text) == ("bydeler/alna.html", "Funn Tekst.")


def test_a_page_that_searches_shall_not_find_is_not_found() -> None:
    html = '<head><meta name="robots" content="noindex"></head><main><h1>Innfelt</h1></main>'
    assert sections_of(html, "figurer/figur-26-ramme.html") == []


def test_a_list_that_repeats_the_text_is_found_by_its_name_alone() -> None:
    html = "<main><h1>Alle påstander</h1><h2>Kapittel</h2><p>En setning.</p></main>"
    (section,) = sections_of(html, "kontroll/pastander.html")
    assert (section.title, section.text) == ("Alle påstander", "")


def test_the_index_comes_back_whole_from_its_script(sections: list[Section]) -> None:
    words = read_words(ROOT / "assets/site/sokeord.yaml")
    number = Number("61 lån", "Startlån, Grorud", "startlan.grorud", True, True)

    content = index(sections, {"figurer/figur-26.html": [number]}, words)

    assert unpacked(as_script(content)) == content
    assert content["tall"] == {
        "figurer/figur-26.html": [["61 lån", "Startlån, Grorud", "startlan.grorud", True, True]]
    }


def test_a_question_without_an_answer_needs_a_place_to_lead_to(sections: list[Section]) -> None:
    words = read_words(ROOT / "assets/site/sokeord.yaml")
    place = Section(CHAPTERS, "", "Boliger", "", words.ubesvart[0].lenke, "Kapittel")

    assert index(sections, {}, words)["ubesvart"] == []
    assert index([place], {}, words)["ubesvart"] == [words.ubesvart[0].model_dump()]


def test_a_mistake_in_the_words_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "sokeord.yaml"
    path.write_text("likeord:\n  - bolig\nfyllord: av\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"sokeord\.yaml"):
        read_words(path)
