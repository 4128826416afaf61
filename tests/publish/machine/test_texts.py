import re

from tests.checkout import Checkout

LEFT = re.compile(r"\]\{|:::|\{[#.]|@UP@|\x00|\[laget|\\ ")


def test_the_text_has_every_chapter_with_its_numbers_and_each_table_once(mini: Checkout) -> None:
    text = mini.read("build/site/kunnskapsgrunnlag.txt")
    index = mini.json("build/site/data/index.json")

    assert not LEFT.search(text)
    for title in re.findall(r"^# (.*) \{#kapittel", mini.read("chapters/kapittel-5.md"), re.M):
        assert title in text
    for item in index["items"]:
        label = item["title"].partition(":")[0]
        assert text.count(f"\n**{label}: {item['finding']}**\n") == 1
        table = mini.read(f"build/site/items/{item['key']}/{item['key']}.csv")
        assert table.removeprefix("\ufeff").replace("\r\n", "\n").strip() in text


def test_the_guide_for_models_has_the_form_of_llms_txt_and_leads_to_files(mini: Checkout) -> None:
    text = mini.read("build/site/llms.txt")

    assert text.startswith("# Kunnskapsgrunnlag for boligsosialt arbeid\n\n> ")
    links = re.findall(r"^- \[[^\]]+\]\(([^)]+)\)", text, re.M)
    assert len(links) > 15
    assert not [link for link in links if not (mini.root / "build/site" / link).is_file()]
