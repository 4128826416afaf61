"""What stands behind numbers, in short: the script that a number's box is filled from."""

import json
import re

from markupsafe import Markup

from kunnskapsgrunnlag.publish.trace_page import TracedMeasure, TracePage, trace_script
from kunnskapsgrunnlag.sources.cells import SourceCell
from tests.conftest import receipt_of, value_of


def test_script_of_an_items_numbers_holds_what_the_box_says() -> None:
    record = value_of("tabell-1/belop/2020", "1 197", cells=("k:A1", "k:A2"))
    source = receipt_of("k", owner="SSB", title="</script>")
    cells = {at: SourceCell("k", "data/raw/k.csv", f"rad {at[-1]}", "1") for at in record.cells}
    page = TracePage(
        name="Tabell 1: Beløp",
        heading="Spor tallene",
        intro=Markup(""),
        measures=[TracedMeasure("Beløp", "mill. kr", "som oppgitt", [record])],
        cells=cells,
        sources={"k": source},
        anchor=lambda value: "belop.2020",
        place=lambda value: "2020",
        printed={"tabell-1/belop/2020": "197"},
    )

    script = trace_script("tabell-1", page)

    text = script.decode()
    held = json.loads(re.sub(r"^.*?\]=|;\n$", "", text))
    assert "<" not in text
    assert held["tall"] == {
        "belop.2020": [
            "1 197",
            "0",
            "trykt",
            "",
            "data/raw/k.csv, rad 1, og 1 celle til",
            "197",
        ]
    }
    assert held["mal"]["0"] == {"enhet": "mill. kr", "formel": "som oppgitt"}
    assert held["kilder"] == ["SSB: </script> (2022)"]
