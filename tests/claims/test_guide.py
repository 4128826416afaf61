"""The guide for those who write claims: what it shows can be written as it stands."""

import re

import pytest

from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.language import parse_claim, parse_word
from kunnskapsgrunnlag.claims.names import check_names
from tests.conftest import ROOT

GUIDE = (ROOT / "docs/pastander.md").read_text(encoding="utf-8")
ROWS = re.findall(r"\| `([^`]*(?:tabell|figur|konstant)[^`]*)` \|$", GUIDE, re.M)
CLAIMS = [*re.findall(r'sjekk="([^"…]+)"', GUIDE), *(r for r in ROWS if not r.startswith("navn("))]
WORDS = [*re.findall(r'velg="([^"…]+)"', GUIDE), *(r for r in ROWS if r.startswith("navn("))]


@pytest.mark.parametrize("expression", CLAIMS)
def test_an_example_of_a_claim_can_be_written(catalog: Catalog, expression: str) -> None:
    check_names(parse_claim(expression), catalog)


@pytest.mark.parametrize("expression", WORDS)
def test_an_example_of_a_word_can_be_written(catalog: Catalog, expression: str) -> None:
    check_names(parse_word(expression), catalog)
