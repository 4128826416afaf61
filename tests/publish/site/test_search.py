import json
import re

import pytest

from kunnskapsgrunnlag.publish.site.search import Section, as_script, index, sections_of, words_of

PAGE = """<html><head><title>x</title></head><body><nav>Meny</nav><main>
<h1>Kapittel</h1><p>Første ord<sup>1</sup>.</p>
<section id="kap-1"><h2><span>5.1</span> Bydelene</h2><p>Om <a href="#">Grünerløkka</a>.</p>
<figure id="figur-26"><figcaption>Figur 26</figcaption><p aria-hidden="true">Skyv</p>
<svg><text>skjult</text></svg>
<table><tr><td>Stovner</td></tr></table></figure><p>Etterpå.</p></section>
</main><footer>Bunn</footer></body></html>"""


@pytest.fixture
def sections() -> list[Section]:
    return sections_of(PAGE, "a.html", "Kapittel", {"figur-26": ("Figur 26", "Startlån")})


def test_a_page_is_cut_at_its_headings_and_items(sections: list[Section]) -> None:
    assert [(s.number, s.title, s.link) for s in sections] == [
        ("", "Kapittel", "a.html"),
        ("", "5.1 Bydelene", "a.html#kap-1"),
        ("Figur 26", "Startlån", "a.html#figur-26"),
    ]


def test_words_belong_to_the_innermost_section(sections: list[Section]) -> None:
    assert sections[0].text == "Første ord."
    assert sections[1].text == "Om Grünerløkka. Etterpå."
    assert sections[2].text == "Figur 26 Stovner"


def test_letters_that_keyboards_abroad_have_are_read_as_their_neighbours() -> None:
    assert words_of("Grünerløkka, 1 000 KÖER") == ["grunerløkka", "1", "000", "køer"]


def test_a_title_weighs_more_than_the_text_and_a_number_most() -> None:
    both = [
        Section("", "Barn", "a", "A", ["ord"]),
        Section("Figur 2", "Ord", "b", "B", ["barn"]),
    ]
    found = index(both)["ord"]
    assert found["barn"] == [0, 6, 1, 1]
    assert found["figur"] == [1, 8]


def test_a_text_cannot_end_the_script() -> None:
    script = as_script(index([Section("", "</script><b>", "a", "A")])).decode()
    assert "<" not in script
    held = json.loads(re.sub(r"^window\.KG_SOK=|;\n$", "", script))
    assert held["sider"][0]["tittel"] == "</script><b>"
