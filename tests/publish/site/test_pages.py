import json
import re

from kunnskapsgrunnlag.publish.fragments import item_page
from kunnskapsgrunnlag.publish.site.pages import trace_script
from kunnskapsgrunnlag.sources.cells import SourceCell
from tests.conftest import item_of, receipt_of, result_of, value_of


def test_address_of_an_item_says_its_kind() -> None:
    assert item_page("figur-26") == "figurer/figur-26.html"
    assert item_page("tabell-6") == "tabeller/tabell-6.html"


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
