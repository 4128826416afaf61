"""Files that LibreOffice 7.4 wrote of filled-in templates: read as people see them there."""

from pathlib import Path

import pytest

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.intake.recognise import recognise

HERE = Path(__file__).parent / "libreoffice"
RENTS = [7012, 8345, 9876, 11250, 13999]
SHARES = {
    "prosent": [6.1, 7.25, 8, 9.9, 12.4, 5.5, 3.1],
    # Stored as 6,149, 7,04 and 3,06.
    "avrundet": [6.1, 7.0, 8, 9.9, 12.4, 5.5, 3.1],
}
PLAIN = ("tekst-og-tall", "samme-tall", "formel-merknad-gruppe")
REFUSED = {
    "skjult-av-format": "rad 4, kolonne B",
    "i-tusener": "rad 5, kolonne B",
    "skjult-rad": "rad 3, kolonne A",
    "hvit-skrift": "rad 6, kolonne B",
    "betinget": "rad 2, kolonne B",
}


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_libreoffice_shows_is_what_is_read(catalog: Catalog, kind: str) -> None:
    def numbers(name: str, table: str, column: str) -> list[float]:
        path = HERE / f"{name}.{kind}"
        return list(recognise(catalog, path, path.read_bytes(), table).rows[column])

    for name in PLAIN:
        assert sorted(numbers(name, "figur-28", "mean_rent_nok_month")) == RENTS
    for name, shares in SHARES.items():
        assert sorted(numbers(name, "tabell-17", "persons_pct")) == sorted(shares)
    for name, place in REFUSED.items():
        with pytest.raises(KgError, match=f"{name}.{kind}, ark «Leveranse», {place}"):
            numbers(name, "figur-28", "mean_rent_nok_month")


def test_a_comment_is_kept_apart_from_what_is_published(catalog: Catalog) -> None:
    for path in HERE.glob("formel-*"):
        table = recognise(catalog, path, path.read_bytes(), "figur-28").table
        assert table.skipped == ["rad 8: Kilde: Uttrekk"]
        assert table.comments == ["rad 2, kolonne B: kommentaren «Se notat»"]
