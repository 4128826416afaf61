from kunnskapsgrunnlag.publish.fragments import item_page


def test_address_of_an_item_says_its_kind() -> None:
    assert item_page("figur-26") == "figurer/figur-26.html"
    assert item_page("tabell-6") == "tabeller/tabell-6.html"
