"""A delivery that comes: it takes the estimate's place everywhere, or is refused with one error."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.checkout import Checkout

pytestmark = pytest.mark.build
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


def item(checkout: Checkout, key: str, chapter: str = "kapittel-5") -> str:
    """An item as it stands on its chapter's page."""
    text = checkout.read(f"build/site/chapters/{chapter}.html")
    found = text[text.index(f'<figure class="kg-item" id="{key}">') :]
    return found[: found.index("</figure>")]


def test_an_estimate_says_so_wherever_it_is_seen(built: Checkout) -> None:
    for key in ("tabell-13", "tabell-14", "tabell-15", "tabell-16", "figur-18", "figur-19"):
        words = item(built, key)
        assert "kg-opphav-estimat" in words[: words.index("</figcaption>")]
        assert "Estimat, ikke statistikk" in built.read(f"build/items/{key}/{key}.svg")
        rows = built.read(f"build/items/{key}/{key}.csv").splitlines()[1:]
        assert any(row.endswith(';"estimat"') for row in rows)


def test_a_delivery_takes_the_estimates_place_everywhere(scratch: Checkout) -> None:
    from kunnskapsgrunnlag.check import pdf_text

    others = scratch.read("build/items/tabell-15/tabell-15.csv")
    scratch.write(DELIVERED, delivery(scratch))

    done = scratch.kg("build")

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
    assert scratch.read("build/items/tabell-15/tabell-15.csv") == others


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
    (scratch.root / "data/raw/leveranser").mkdir(exist_ok=True)
    book.save(scratch.root / DELIVERED.replace(".csv", ".xlsx"))

    done = scratch.kg("build")

    assert done.code == 0, done.err
    assert ">12,3<" in item(scratch, "tabell-14")
    assert "tabell-14.xlsx" in scratch.kg("show", "tabell-14/personer/stovner").out


def test_without_the_delivery_the_estimate_is_back(scratch: Checkout) -> None:
    before = scratch.read("build/items/tabell-14/tabell-14.csv")
    scratch.write(DELIVERED, delivery(scratch))
    assert scratch.kg("build").code == 0
    (scratch.root / DELIVERED).unlink()

    assert scratch.kg("build").code == 0

    assert scratch.read("build/items/tabell-14/tabell-14.csv") == before


WRONG = {
    "a wrong bydel": (
        r"^Bjerke;",
        "Bjærke;",
        "tabell-14.csv, row 16, column A «område»: «Bjærke»",
    ),
    "a missing row": (
        r"^Bjerke;.*\n",
        "",
        "tabell-14.csv: expected a row for each of 16",
    ),
    "a word": (r"^Bjerke;[^;]*", "Bjerke;mange", "row 16, column B «personer (prosent)»"),
    "over 100": (
        r"^Bjerke;[^;]*",
        "Bjerke;123,4",
        "rad 16 (Bjerke), kolonne B «personer (prosent)»: 123,4 er ikke fra 0,1 til 100",
    ),
    "no owner": (r"^Eier;.*$", "Eier;", "tabell-14.csv: leveransen mangler eier."),
    "another year": (
        r"^Periode;2020",
        "Periode;2025",
        "tabell-14: tallene er fra ulike tidsrom: settings ber om 2020; levering-tabell-14 gjelder "
        "2025; trykt-tabell-12 gjelder 2020",
    ),
    "no agreement": (
        r"^Bjerke;[^;]*",
        "Bjerke;45,0",
        "leveranser/tabell-14.csv, row 16, column B says 45 percent",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_delivery_is_one_clear_error_and_costs_nothing(
    scratch: Checkout, name: str
) -> None:
    old, new, expected = WRONG[name]
    site = scratch.contents("build/site")
    wrong = re.sub(old, new, delivery(scratch), flags=re.M)
    scratch.write(DELIVERED, wrong)

    done = scratch.kg("build")

    assert done.code == 1
    assert expected in done.err.replace("\n", " ")
    assert "Traceback" not in done.err
    assert scratch.contents("build/site") == site


def test_a_template_that_nobody_has_filled_in_is_one_clear_error(scratch: Checkout) -> None:
    site = scratch.contents("build/site")
    assert scratch.kg("delivery", "template", "figur-19").code == 0
    template = (scratch.root / "build/maler/figur-19.csv").read_text(encoding="utf-8-sig")
    for name, words in FACTS.items():
        template = re.sub(rf"^{name};", f"{name};{words}", template, flags=re.M)
    scratch.write("data/raw/leveranser/figur-19.csv", template)

    done = scratch.kg("build")

    said = done.err.replace("\n", " ")
    assert done.code == 1
    assert "figur-19.csv, row 10" in said
    assert "expected a number (prosent), found an empty cell" in said
    assert "Traceback" not in said
    assert scratch.contents("build/site") == site


def test_templates_are_written_for_every_delivery(built: Checkout) -> None:
    done = built.kg("delivery", "template", "tabell-14")

    assert done.code == 0
    text = (built.root / "build/maler/tabell-14.csv").read_text(encoding="utf-8-sig")
    heading, first, *_, last = text.splitlines()[len(FACTS) + 2 :]
    assert heading == "område;personer (prosent);husholdninger (prosent)"
    assert (first, last) == ("Gamle Oslo;;", "Oslo;;")
    assert Path(built.root / "build/maler/tabell-14.xlsx").read_bytes().startswith(b"PK")
