import pytest

from kunnskapsgrunnlag.publish.lists.table_block import Entry, Listing


@pytest.fixture
def listing() -> Listing:
    rows = [
        (Entry("SSB"), Entry("1 000", number=True)),
        (Entry("NAV <x>", link="kilder.html#nav"), Entry("2 000", number=True)),
    ]
    return Listing(("Kilde", "Tall"), rows, ("1fr", "auto"))


def test_words_are_no_markup() -> None:
    assert Entry("a < b & c").html() == "a &lt; b &amp; c"
    assert Entry('si "a"').typst() == r'[#"si \"a\""]'


def test_an_origin_is_a_mark_on_the_page_and_a_word_in_the_pdf() -> None:
    entry = Entry("trykt", origin=True)

    assert 'class="kg-opphav kg-opphav-trykt"' in entry.html()
    assert entry.typst() == '[#"Trykt"]'


def test_a_page_of_ours_is_reached_from_the_root() -> None:
    assert Entry("a", link="kilder.html#nav").html() == '<a href="@UP@kilder.html#nav">a</a>'


def test_a_page_of_others_is_reached_as_it_is() -> None:
    entry = Entry("a", link="https://ssb.no/?a=1&b=2")

    assert entry.html() == '<a href="https://ssb.no/?a=1&amp;b=2">a</a>'
    assert entry.typst() == 'link("https://ssb.no/?a=1&b=2", [#"a"])'


def test_a_link_in_the_pdf_leads_to_the_place_on_the_page() -> None:
    assert Entry("a", link="x.html#tabell-6").typst() == 'link(<tabell-6>, [#"a"])'


def test_code_may_break_after_its_strokes_in_the_pdf() -> None:
    entry = Entry("ssb/1.json", code=True, below="abc")

    assert entry.html() == "<code>ssb/1.json</code><br><code>abc</code>"
    assert entry.typst() == '[#"ssb/\N{ZERO WIDTH SPACE}1.json" \\ #"abc"]'


def test_the_first_cell_of_a_row_names_it(listing: Listing) -> None:
    page = listing.html()

    assert '<th scope="col">Kilde</th><th scope="col">Tall</th>' in page
    assert '<tr><th scope="row">SSB</th><td class="kg-n">1 000</td></tr>' in page


def test_a_listing_in_the_pdf_has_widths_heads_and_rows(listing: Listing) -> None:
    lines = listing.typst().splitlines()

    assert lines[0] == '#kg-listing((1fr, auto), ([#"Kilde"], [#"Tall"],), ('
    assert lines[1] == '  [#"SSB"], [#"1 000"],'
    assert lines[-1] == "))"
