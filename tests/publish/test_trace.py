"""Lineage as people see it: `kg trace` in a terminal, and the trace pages of the site."""

import io
import re
from types import SimpleNamespace
from typing import cast

from rich.console import Console

from kunnskapsgrunnlag.book.claim_results import ClaimPlace, ClaimResults
from kunnskapsgrunnlag.book.marks import read_text
from kunnskapsgrunnlag.book.usages import Use, uses_of
from kunnskapsgrunnlag.publish.trace import trace_address
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.store.values import Store
from tests.checkout import Checkout
from tests.conftest import claim_of, item_of, measure_of, receipt_of, value_of

ADDRESS = "tabell-24/startlan_belop/2017"
STORE = Store({ADDRESS: value_of(ADDRESS)})
TEXT = read_text(
    "kapittel-6",
    "chapters/kapittel-6.md",
    f"# Lån {{#kapittel-6}}\n\n## Beløp {{#kap-6-1}}\n\nDet var [{ADDRESS}]{{.tall}} kroner.\n",
)


def claim(*places: ClaimPlace) -> ClaimResults:
    return ClaimResults({"vokste": claim_of(numbers=[ADDRESS], places=list(places))})


def test_a_number_knows_where_it_stands_and_which_claims_rest_on_it() -> None:
    place = ClaimPlace("chapters/kapittel-6.md", 5)
    found = uses_of(STORE, [TEXT], claim(place))
    assert found == {
        ADDRESS: [
            Use("tall", "", "chapters/kapittel-6.md", 5, "kap-6-1"),
            Use("pastand", "vokste", "chapters/kapittel-6.md", 5, "kap-6-1"),
        ]
    }


def test_a_claim_that_stands_nowhere_rests_on_the_number_too() -> None:
    found = uses_of(STORE, [], claim())
    assert found == {ADDRESS: [Use("pastand", "vokste", "", 0, "")]}


def test_trace_prints_hashes_cells_correction_and_print(built: Checkout) -> None:
    done = built.kg("trace", ADDRESS)
    receipt = built.json("build/receipts/trykt-tabell-24.json")
    out = " ".join(done.out.split())

    assert done.code == 0
    wanted = (
        "trykt-tabell-24:C3",
        "rettet til 1197 (E13)",
        "Trykt i 2022: 197",
        receipt["sha256_bytes"],
        receipt["sha256_cells"],
        "sporing/tabell-24.html#startlan_belop.2017",
    )
    assert [words for words in wanted if words not in out] == []


def test_trace_says_why_a_number_that_does_not_fit_was_accepted() -> None:
    place = "rad 3 (2017, 509), kolonne C «mill. kr»"
    why = "197 er for lite. Godtatt 1. juni 2026: Eieren har bekreftet det"
    receipt = receipt_of(accepted=(f"{place}: {why}", f"{place}1: noe annet"))
    source = SourceCell("k", "data/raw/k.csv", place, "197")
    report = SimpleNamespace(
        store=Store({ADDRESS: value_of(ADDRESS)}, cells={"k:A1": source}),
        catalog=SimpleNamespace(
            items={"tabell-24": item_of(measures={"startlan_belop": measure_of()})},
            edition=SimpleNamespace(in_print="2022"),
        ),
        receipts={"k": receipt},
        printed_texts={},
        uses={},
    )
    out = io.StringIO()

    trace_address(Console(file=out, width=200), cast("Report", report), ADDRESS)

    lines = out.getvalue().splitlines()
    at = lines.index(f"  k:A1  data/raw/k.csv, {place}: 197")
    assert lines[at + 1 : at + 3] == [f"    Kontrollen stanset tallet: {why}", "Kilder:"]


def test_trace_names_the_claims_and_lines_that_use_a_number(built: Checkout) -> None:
    claims = built.json("build/claims.json")["claims"]
    name, held = next((n, c) for n, c in claims.items() if c["places"] and c["numbers"])
    place = held["places"][0]
    out = " ".join(built.kg("trace", held["numbers"][0]).out.split())
    assert f"{place['file']}:{place['line']} påstanden {name}" in out


def test_trace_page_holds_hashes_links_and_claims(built: Checkout) -> None:
    claims = built.json("build/claims.json")["claims"]
    name, held = next((n, c) for n, c in claims.items() if c["places"] and c["numbers"])
    item, _, rest = held["numbers"][0].partition("/")
    page = built.read(f"build/site/sporing/{item}.html")
    identifier = rest.replace("/", ".")
    row = page[page.index(f'<section class="kg-spor" id="{identifier}">') :]
    row = row[: row.index("</section>")]

    assert f'<a href="#{identifier}">' in row
    assert f'href="../kontroll/pastander.html#pastand-{name}"' in row
    for source in {c.partition(":")[0] for c in re.findall(r"<code>([^<]+:[A-Z]+\d+)</code>", row)}:
        receipt = built.json(f"build/receipts/{source}.json")
        assert receipt["sha256_bytes"] in page
        assert receipt["sha256_cells"] in page
