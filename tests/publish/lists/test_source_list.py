from dataclasses import replace

from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Line, headings, link, page_words
from kunnskapsgrunnlag.publish.lists.source_list import by_owner, licences, source_list
from kunnskapsgrunnlag.sources.receipt import Receipt
from tests.conftest import receipt_of

SOURCE = Source(file="a.csv", reader="a")


def owned(*owners: str, licence: str = "CC BY 4.0") -> dict[str, Receipt]:
    return {
        f"k{at}": replace(receipt_of(f"k{at}"), owner=owner, licence=licence)
        for at, owner in enumerate(owners)
    }


def listed(receipts: dict[str, Receipt], source: Source = SOURCE) -> str:
    return "".join(page_words(source_list(receipts, dict.fromkeys(receipts, source), {})))


def test_only_a_source_that_was_changed_since_says_so() -> None:
    changed = {"a": receipt_of("a", vintage="2022", registered=False)}
    assert "2022 (endret siden registreringen)." in listed(changed)
    assert "endret siden" not in listed({"a": receipt_of("a", vintage="2021")})


def test_a_source_says_what_is_made_of_it() -> None:
    receipts = {"a": receipt_of("a"), "b": receipt_of("b")}
    uses: dict[str, Line] = {"a": [link("figur 5", "kapittel-4.html#figur-5"), ", ", "tabell 6"]}
    words = "".join(page_words(source_list(receipts, dict.fromkeys(receipts, SOURCE), uses)))
    assert words.count("Brukt i") == 1
    assert "Brukt i figur 5, tabell 6." in words


def test_a_part_of_an_owner_stands_with_the_whole_and_single_ones_at_the_end() -> None:
    receipts = owned("Oslo kommune, Agresso", "Husbanken", "Oslo kommune", "Lindorff, Oslo")
    blocks = source_list(receipts, dict.fromkeys(receipts, SOURCE), {})
    assert [words for words, _ in headings(blocks)] == ["Oslo kommune (2)", "Andre eiere (2)"]
    assert by_owner(receipts)["Oslo kommune"] == ["k0", "k2"]
    words = "".join(page_words(blocks))
    assert "Eier: Oslo kommune, Agresso." in words and "Eier: Oslo kommune." not in words


def test_an_estimate_says_from_whom_the_numbers_are_to_come() -> None:
    awaited = SOURCE.model_copy(update={"awaits": "SSB"})
    receipt = receipt_of("a")
    assert "må komme fra SSB" in listed({"a": replace(receipt, origin="estimat")}, awaited)
    assert "SSB" not in listed({"a": replace(receipt, origin="leveranse")}, awaited)


def test_an_owner_has_each_of_its_licences_once() -> None:
    receipts = owned("SSB", "SSB", "SSB") | {"ny": replace(receipt_of("ny"), owner="SSB")}
    assert licences(receipts) == {"SSB": ["CC BY 4.0", receipt_of("ny").licence]}
