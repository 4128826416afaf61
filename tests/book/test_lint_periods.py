"""Fixed years against the data, and the edition's own name."""

from pathlib import Path

import pytest

from kunnskapsgrunnlag.book.chapters import Book
from kunnskapsgrunnlag.book.claim_results import ClaimResults
from kunnskapsgrunnlag.book.lint import lint
from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.publish.lists.generated_lists import this_edition
from kunnskapsgrunnlag.publish.lists.pandoc_ast import Node, page_words
from kunnskapsgrunnlag.store.standing import standing_of
from kunnskapsgrunnlag.store.values import Store
from tests.conftest import item_of, value_of

FILE = "kapitler/en.md"
INPUTS = {"shares": "levering-tabell-1", "national": "trykt-tabell-2"}


def catalog_of(key: str = "2027", compared: str | None = "2022", **item: object) -> Catalog:
    """An edition of one table."""
    edition = dict.fromkeys(("title", "subtitle", "owner", "printed", "date"), "x")
    held = {"key": key, "compared": compared, "data_year": 2026}
    return Catalog.model_validate(
        {
            "edition": edition | held,
            "sources": {},
            "items": {"tabell-1": item_of(chapter="en", inputs=INPUTS, **item).model_dump()},
            "chapters": {"en": {"file": FILE, "title": "Først", "number": 1}},
        }
    )


def store_of(delivered: int, country: int = 2020) -> Store:
    """Shares of three bydeler, delivered, and of the country, from print."""
    regions = dict.fromkeys(("alna", "bjerke", "stovner"), "levering-tabell-1:B2")
    regions["hele-landet"] = "trykt-tabell-2:B2"
    records = [
        value_of(
            f"tabell-1/andel/{region}",
            unit="prosent",
            region=region,
            cells=[cell],
            origin="leveranse" if cell.startswith("lev") else "trykt",
        )
        for region, cell in regions.items()
    ]
    periods = {"levering-tabell-1": [delivered], "trykt-tabell-2": [country]}
    return Store({r.address: r for r in records}, periods={"tabell-1": periods})


def found(line: str, store: Store, catalog: Catalog | None = None) -> list[tuple[str, int, str]]:
    content = "\n".join(["# Først {#kapittel-1}", "", line, ""])
    findings = lint(
        [read_text("en", FILE, content)], store, catalog or catalog_of(), ClaimResults()
    )
    return [(f.rule, f.line, f.why) for f in findings if f.rule in ("periode", "utgave")]


FIXED = '[2020]{.fast grunn="tabell 1 gjelder 2020"}'
BESIDE = "[tabell-1/andel/stovner]{.tall} prosent i Stovner"
COUNTRY = "[tabell-1/andel/hele-landet]{.tall} prosent i landet"


@pytest.mark.parametrize("line", [f"Andelen var i {FIXED} {BESIDE}.", f"Den var høy i {FIXED}."])
def test_a_fixed_year_is_that_of_the_table_that_its_reason_names(line: str) -> None:
    assert found(line, store_of(2020)) == []

    ((rule, number, why),) = found(line, store_of(2025))
    assert (rule, number) == ("periode", 3)
    assert why.startswith("tabell 1 gjelder 2025.")


def test_the_number_beside_it_decides_where_the_table_is_of_two_times() -> None:
    assert found(f"Andelen var i {FIXED} {COUNTRY}.", store_of(2025)) == []
    assert len(found(f"Andelen var i {FIXED} {COUNTRY}.", store_of(2025, country=2025))) == 1


def test_a_reason_that_speaks_of_the_data_names_the_table() -> None:
    vague = '[2020]{.fast grunn="året de videreførte tallene gjelder"}'

    ((rule, _, why),) = found(f"Den var høy i {vague}.", store_of(2020))
    assert rule == "periode"
    assert 'grunn="tabell 14 gjelder 2020"' in why
    assert found('Loven kom i [2020]{.fast grunn="Lovdata"}.', store_of(2025)) == []
    # A table of SSB is none of ours.
    assert found('Det var [2020]{.fast grunn="SSB, tabell 10826"}.', store_of(2025)) == []


def test_the_edition_never_types_its_own_name() -> None:
    ((rule, _, why),) = found("Dette er 2027-utgaven.", store_of(2025))

    assert rule == "utgave"
    assert 'navn="utgaven"' in why
    assert found("Tallet sto i 2022-utgaven.", store_of(2025)) == []
    assert found("Dette er 2022-utgaven.", store_of(2020), catalog_of("2022", None)) == []


def listed_words(blocks: list[Node]) -> str:
    return "".join(page_words(blocks))


def test_a_later_edition_says_what_is_true_of_it(tmp_path: Path) -> None:
    text = read_text("en", FILE, '# Først {#kapittel-1}\n\n::: {.item key="tabell-1"}\n:::\n')
    catalog, store = catalog_of(), store_of(2026)
    book = Book(tmp_path, catalog, store, [text], ClaimResults())

    words = listed_words(this_edition(book, standing_of(catalog, store)))

    assert "Dette er 2027-utgaven. De nyeste tallene er fra 2026." in words
    assert "Tabell 1: Tittel, til 2026" in words
    assert "2026-utgaven" not in words
    assert "videreført" not in words


def test_what_is_carried_over_is_not_told_as_new(tmp_path: Path) -> None:
    text = read_text("en", FILE, '# Først {#kapittel-1}\n\n::: {.item key="tabell-1"}\n:::\n')
    catalog = catalog_of(carried={"edition": "2022", "period": "2020"})
    book = Book(tmp_path, catalog, store_of(2020), [text], ClaimResults())

    words = listed_words(this_edition(book, standing_of(catalog, book.store)))

    assert "nyere tall" not in words
    assert "1 av 1 figurer og tabeller er videreført" in words


def test_a_typed_year_beside_a_number_without_one_is_that_of_its_table() -> None:
    line = "Andelen var [tabell-1/andel/stovner]{.tall} prosent i 2020."
    assert found(line, store_of(2020)) == []
    ((rule, number, why),) = found(line, store_of(2025))
    assert (rule, number) == ("periode", 3)
    assert "setningen sier 2020, men tallet fra tabell 1 gjelder 2025" in why
    same = "Ifølge 2022-utgaven er andelen [tabell-1/andel/stovner]{.tall} prosent."
    assert found(same, store_of(2025)) == []
