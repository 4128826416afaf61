from kunnskapsgrunnlag.base.nb_text import listed, moved, region_name


def test_words_around_numbers() -> None:
    assert listed(["Bergen"]) == "Bergen"
    assert listed(["Bergen", "Oslo"]) == "Bergen og Oslo"
    assert listed(["Bergen", "Trondheim", "Oslo"]) == "Bergen, Trondheim og Oslo"
    assert region_name("grunerlokka") == "Grünerløkka"
    assert [moved(*pair) for pair in ((1, 2), (2, 1), (2, 2))] == ["økte", "falt", "var uendret"]
