import json
import re
from dataclasses import replace

from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.publish.fragments import item_page
from kunnskapsgrunnlag.publish.site.pages import bibtex, reference, trace_script
from kunnskapsgrunnlag.sources.cells import SourceCell
from kunnskapsgrunnlag.store.standing import Standing
from tests.conftest import item_of, receipt_of, result_of, value_of

EDITION = Edition(
    key="2022", title="Tittel", subtitle="Under", owner="Etaten, Oslo", printed="januar 2022",
    date="2022-01-01", data_year=2020,
)  # fmt: skip

STANDING = Standing("2022", 2021, "vanskeligstilte", 2020, estimated=10, numbered=37)
WHOLE = replace(STANDING, estimated=0)


def test_address_of_an_item_says_its_kind() -> None:
    assert item_page("figur-26") == "figurer/figur-26.html"
    assert item_page("tabell-6") == "tabeller/tabell-6.html"


def test_reference_names_owner_year_title_and_edition() -> None:
    words = (
        "Etaten, Oslo (2022). Tittel. Under. Utgave 2022. Nyeste tall 2021; vanskeligstilte 2020."
    )
    assert reference(EDITION, WHOLE) == f"{words} Nettutgave."
    assert reference(EDITION, STANDING) == f"{words} Utkast. Nettutgave."


def test_bibtex_keeps_the_owner_as_one_name() -> None:
    assert "  author = {{Etaten, Oslo}},\n" in bibtex(EDITION, STANDING)
    assert "{Nettutgave. Nyeste tall 2021; vanskeligstilte 2020. Utkast}" in bibtex(
        EDITION, STANDING
    )
    assert bibtex(EDITION, STANDING).count("{") == bibtex(EDITION, STANDING).count("}")


def test_script_of_an_items_numbers_holds_what_the_box_says() -> None:
    record = value_of("tabell-1/belop/2020", "1 197", cells=("k:A1", "k:A2"))
    source = receipt_of("k", owner="SSB", title="</script>")
    cells = {at: SourceCell("k", "data/raw/k.csv", f"rad {at[-1]}", "1") for at in record.cells}
    result = result_of("tabell-1", [record], sources={"k": source}, cells=cells)

    script = trace_script("tabell-1", item_of(), result, {"tabell-1/belop/2020": "197"})

    text = script.decode()
    held = json.loads(re.sub(r"^.*?\]=|;\n$", "", text))
    assert "<" not in text
    assert held["tall"] == {
        "belop.2020": [
            "1 197",
            "belop",
            "trykt",
            "",
            "data/raw/k.csv, rad 1, og 1 celle til",
            "197",
        ]
    }
    assert held["mal"]["belop"] == {"enhet": "mill. kr", "formel": "som oppgitt"}
    assert held["kilder"] == ["SSB: </script> (2022)"]
