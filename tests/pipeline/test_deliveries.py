"""A delivery that comes: it takes the estimate's place everywhere, or is refused with one error."""

import re

import pandas as pd
import pytest
from openpyxl import Workbook

from kunnskapsgrunnlag.sources.formats.facts import FACTS as ASKED
from tests.checkout import Checkout
from tests.pdfs import pdf_text

DELIVERED = "data/raw/leveranser/tabell-14.csv"
FACTS = {
    "Periode": "2020",
    "Uttrekksdato": "3. mars 2026",
    "Eier": "Statistisk sentralbyrå",
    "Definisjon": "Personer og husholdninger etter SSBs definisjon",
    "Kontakt": "Seksjon for inntektsstatistikk",
    "Lisens": "Avtale 12/345",
}
ABOUT = "".join(f"{name};{words}\n" for name, words in FACTS.items())


def table(checkout: Checkout) -> str:
    """A made-up table: the estimate with other numbers for Stovner."""
    text = (checkout.root / "data/raw/estimat/tabell-14.csv").read_text(encoding="utf-8-sig")
    return re.sub(r"^Stovner;.*$", "Stovner;12,3;9,9", text, flags=re.M)


def delivery(checkout: Checkout) -> str:
    """A made-up delivery: what it is of, and the table."""
    return ABOUT + table(checkout)


def first_error(checkout: Checkout) -> str:
    """What the stage that reads and checks all sources says, if it stops."""
    done = checkout.kg("stage", "sources")
    assert "Traceback" not in done.words
    return done.words if done.code else ""


def item(checkout: Checkout, key: str, chapter: str = "kapittel-5") -> str:
    """An item as it stands on its chapter's page."""
    text = checkout.read(f"build/site/chapters/{chapter}.html")
    found = text[text.index(f'<figure class="kg-item" id="{key}">') :]
    return found[: found.index("</figure>")]


def test_an_estimate_says_so_wherever_it_is_seen(built: Checkout) -> None:
    for key in ("tabell-13", "tabell-14", "tabell-15", "tabell-16", "figur-18", "figur-19"):
        words = item(built, key)
        assert "kg-opphav-estimat" in words[: words.index("</figcaption>")]
        assert ">Anslag<" in built.read(f"build/items/{key}/{key}.svg")
        rows = built.read(f"build/items/{key}/{key}.csv").splitlines()[1:]
        assert any(row.endswith(';"estimat"') for row in rows)


def test_a_delivery_takes_the_estimates_place_everywhere_until_it_is_gone(
    scratch: Checkout, mini: Checkout
) -> None:
    scratch.write(DELIVERED, delivery(scratch))

    done = scratch.build()

    assert done.code == 0, done.err
    words = item(scratch, "tabell-14")
    assert "estimat" not in words.lower()
    assert "Opphav: Levert; hele landet trykt" in words
    assert ">12,3<" in words
    assert "Statistisk sentralbyrå: Andel vanskeligstilte personer og husholdninger" in words
    assert "Personer og husholdninger etter SSBs definisjon" in words
    assert "Estimat" not in scratch.read("build/items/tabell-14/tabell-14.svg")
    csv = scratch.read("build/items/tabell-14/tabell-14.csv")
    assert '"Stovner";12,3;9,9;"leveranse"' in csv
    assert "estimat" not in csv
    assert re.search(
        r"Stovner\s+12,3\s+9,9", pdf_text(scratch.root / "build/kunnskapsgrunnlag.pdf")
    )
    other = "build/items/figur-28/figur-28.csv"
    assert scratch.read(other) == mini.read(other)

    # Without it the estimate is back.
    (scratch.root / DELIVERED).unlink()
    assert scratch.build().code == 0
    own = "build/items/tabell-14/tabell-14.csv"
    assert scratch.read(own) == mini.read(own)


def test_a_workbook_is_as_good(scratch: Checkout) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    about = book.create_sheet("Om leveransen")
    for name, said in FACTS.items():
        about.append([name, said])
    for row in table(scratch).strip().splitlines():
        first, *rest = row.split(";")
        numbers = [float(c.replace(",", ".")) if c[0].isdigit() else c for c in rest]
        sheet.append([first, *numbers])
    book.save(scratch.root / DELIVERED.replace(".csv", ".xlsx"))

    assert first_error(scratch) == ""
    receipt = scratch.json("build/receipts/levering-tabell-14.json")
    assert (receipt["file"], receipt["origin"]) == (f"{DELIVERED[:-4]}.xlsx", "leveranse")
    tidy = pd.read_parquet(scratch.root / "build/tidy/levering-tabell-14.parquet")
    assert tidy.set_index("region").loc["stovner", "persons_pct"] == 12.3


WRONG = {
    "a wrong bydel": (
        r"^Bjerke;",
        "Bjærke;",
        "tabell-14.csv, rad 16, kolonne A «område»: «Bjærke»",
    ),
    "a missing row": (
        r"^Bjerke;.*\n",
        "",
        "tabell-14.csv: ventet en rad for hver av 16",
    ),
    "a word": (r"^Bjerke;[^;]*", "Bjerke;mange", "rad 16, kolonne B «personer (prosent)»"),
    "over 100": (
        r"^Bjerke;[^;]*",
        "Bjerke;123,4",
        "rad 16 (Bjerke), kolonne B «personer (prosent)»: 123,4 er ikke fra 0,5 til 30",
    ),
    "no owner": (r"^Eier;.*$", "Eier;", "tabell-14.csv: leveransen mangler eier."),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_delivery_is_one_clear_error(scratch: Checkout, name: str) -> None:
    old, new, expected = WRONG[name]
    scratch.write(DELIVERED, re.sub(old, new, delivery(scratch), flags=re.M))
    assert expected in first_error(scratch)


def test_a_delivery_that_an_item_refuses_stops_the_build_and_costs_nothing(
    scratch: Checkout, mini: Checkout
) -> None:
    scratch.write(DELIVERED, delivery(scratch).replace("Periode;2020", "Periode;2025"))

    done = scratch.build()

    assert done.code == 1
    assert (
        "tabell-14: tallene er fra ulike tidsrom: settings ber om 2020; levering-tabell-14 gjelder "
        "2025; trykt-tabell-12 gjelder 2020" in done.words
    )
    assert "Traceback" not in done.err
    assert scratch.contents("build/site") == mini.contents("build/site")


def test_a_template_is_one_clear_error_until_somebody_has_filled_it_in(scratch: Checkout) -> None:
    assert scratch.kg("due", "--brev", "tabell-14").code == 0
    template = (scratch.root / "build/maler/tabell-14.csv").read_text(encoding="utf-8-sig")
    heading, first, *_, last = template.splitlines()[len(ASKED) + 2 :]
    assert heading == "område;personer (prosent);husholdninger (prosent)"
    assert (first, last) == ("Gamle Oslo;;", "Oslo;;")
    assert (scratch.root / "build/maler/tabell-14.xlsx").read_bytes().startswith(b"PK")

    for name, words in FACTS.items():
        template = re.sub(rf"^{name};", f"{name};{words}", template, flags=re.M)
    scratch.write(DELIVERED, template)
    said = first_error(scratch)
    assert "tabell-14.csv, rad 12" in said
    assert "ventet en hel rad, fant bare «Gamle Oslo»" in said
