"""The second way in: the register as a spreadsheet, when the app cannot be reached.

The file is a table that people put together from what Husbanken's pages let them save, or that
Husbanken sends. How those pages look is not known to us; which columns are needed is ours to say.
"""

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import parse_nb
from kunnskapsgrunnlag.fetch.husbanken.check import check_register
from kunnskapsgrunnlag.fetch.husbanken.mask import mask_small_counts
from kunnskapsgrunnlag.sources.formats.delivery import DeliveryTable, read_delivery
from kunnskapsgrunnlag.sources.formats.grid import letters
from kunnskapsgrunnlag.sources.formats.register_csv import (
    LEVELS,
    MEANS,
    NOT_GIVEN,
    RegisterRow,
    content_of,
    is_mask,
    number_text,
    settled,
)

KEYS = ("Kommunenr", "Kommune", "År", "Månedsnr")
# Our heading -> the measure; docs/husbanken.md lists them.
HEADINGS = {
    "Husstander med utbetaling": "ant_husstander_utbetaling",
    "Husstander med terminvedtak": "ant_husstander_termin",
    "Husstander med søknad": "ant_soknader",
    "Husstander med avslag": "ant_avslag",
    "Utbetalt bostøtte (kroner)": "utbetalt_belop",
    "Gjennomsnittlig bostøtte (kroner per måned)": "gjsnitt_bostotte",
    "Gjennomsnittlig inntekt (kroner per måned)": "gjsnitt_inntekt_mnd",
    "Gjennomsnittlig boutgift (kroner per måned)": "gjsnitt_boutgift_mnd",
    "Husstander med boutgift over taket": "ant_over_tak",
}


def read_export(name: str, content: bytes) -> tuple[bytes, list[str]]:
    """A spreadsheet with the register in the form of the snapshot, and what must be said of it."""
    grid = read_delivery(name, content, [*KEYS, *HEADINGS])
    where = f"{name}, ark «{grid.sheet}»" if grid.sheet else name
    if len(grid.rows) == 1:
        raise KgError(f"{where}: det er ingen rader under overskriftene.")
    rows = [_row(where, grid, number) for number in range(1, len(grid.rows))]
    kept = [row for row in map(settled, rows) if row]
    notes = check_register(kept, where)
    return content_of(mask_small_counts(kept)), notes


def _row(where: str, grid: DeliveryTable, number: int) -> RegisterRow:
    heading = {text: at for at, text in enumerate(grid.rows[0])}

    def cell(column: str) -> tuple[str, str]:
        at = heading[column]
        row, place = grid.places[number][at]
        return grid.rows[number][at].strip(), f"{where}, rad {row}, kolonne {letters(place)}"

    return RegisterRow(
        _area(*cell("Kommunenr")),
        cell("Kommune")[0],
        _whole(*cell("År"), 1990, 2100),
        _whole(*cell("Månedsnr"), 1, 12),
        {measure: _measure(measure, *cell(column)) for column, measure in HEADINGS.items()},
    )


def _area(text: str, where: str) -> str:
    if text not in LEVELS and not (text.isdecimal() and len(text) == 4):
        raise KgError(
            f"{where}: ventet «Norge», «Oslo» eller fire sifre («0311»), fant «{text}». "
            "Er en null falt av, gjør kolonnen om til tekst og skriv kodene på nytt."
        )
    return text


def _whole(text: str, where: str, low: int, high: int) -> int:
    if not text.isdecimal() or not low <= int(text) <= high:
        raise KgError(f"{where}: ventet et helt tall fra {low} til {high}, fant «{text}».")
    return int(text)


def _measure(measure: str, text: str, where: str) -> str:
    """A measure's cell as the snapshot has it; «-» is what the app shows for null."""
    if is_mask(text):
        return text
    # An empty cell is a mean of nobody; a count that is left out may be anything.
    if text == "-" or (text == "" and measure in MEANS):
        return NOT_GIVEN
    try:
        return number_text(parse_nb(text))
    except ValueError:
        raise KgError(
            f"{where}: ventet et norsk tall eller et tegn («<4», «*», «:», «..»), fant «{text}»."
        ) from None
