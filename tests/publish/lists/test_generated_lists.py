from kunnskapsgrunnlag.base.nb_numbers import NBSP
from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.book.marks import read_chapters
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.lists.generated_lists import contents
from kunnskapsgrunnlag.publish.lists.pandoc_ast import page_words
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import ROOT


def test_contents_have_the_parts_with_chapters_and_their_items(catalog: Catalog) -> None:
    texts = read_chapters(ROOT, catalog)
    book = Book(ROOT, catalog, Store({}, {}), texts, ClaimResults())
    parts = list(contents(book))
    words = ["".join(page_words(part)) for part in parts]
    assert len(parts) == len([part for part in catalog.parts if part])
    (market,) = (part for part in words if part.startswith("Boligmarkedet og de vanskeligstilte"))
    own = [item.label for item in catalog.numbered.values() if item.chapter == "kapittel-4"]
    assert own and all(label.replace(" ", NBSP) in market for label in own)
