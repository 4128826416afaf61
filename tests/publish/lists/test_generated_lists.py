from kunnskapsgrunnlag.publish.lists.generated_lists import _sources
from kunnskapsgrunnlag.publish.lists.pandoc_ast import page_words
from tests.conftest import receipt_of


def test_only_a_source_that_was_changed_since_says_so() -> None:
    receipts = {
        "a": receipt_of("a", vintage="2021"),
        "b": receipt_of("b", vintage="2022", registered=False),
    }
    words = list(page_words(_sources(receipts)))
    assert "2021" in words
    assert "2022 (endret siden registreringen)" in words
