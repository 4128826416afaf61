"""Statlig bostøtte from Husbanken's statistics app: the country, Oslo and its bydeler by month.

Evidenced by others' live use of the app: its address and id, the fields, the nine expressions, that
Oslo is the selection Fylke=Oslo while the KommuneNr under it are the bydeler (0311–0325), and that
0301 is a rest of a few households. 0326 is a bydel given up before 2004. The app takes in new data
every night and corrects the past; older versions are not public.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.fetch.husbanken.app import (
    Cube,
    QlikCell,
    check_fields,
    last_reload,
    open_app,
    read_cube,
    select,
)
from kunnskapsgrunnlag.fetch.husbanken.check import check_areas, check_register
from kunnskapsgrunnlag.fetch.husbanken.mask import ALONE, NOTE, mask_alone, mask_small_counts
from kunnskapsgrunnlag.fetch.husbanken.session import (
    PATIENT,
    QlikApp,
    Session,
    Timeouts,
    open_session,
)
from kunnskapsgrunnlag.fetch.provider import Fetched, vintage
from kunnskapsgrunnlag.fetch.record import Recorder
from kunnskapsgrunnlag.sources.formats.register_csv import (
    COUNTRY,
    MEASURES,
    NOT_GIVEN,
    OSLO,
    RegisterRow,
    content_of,
    is_mask,
    month_text,
    number_text,
    settled,
)

_PAID = "TypeTilstand={'Utbetaling'}, BostøtteUtbetalingTeller={1}"
_CORE = {
    "ant_husstander_utbetaling": (
        "count(… distinct HusstandId)",
        "TypeTilstand={'Utbetaling'}, BstVedtaksutfall={'Innvilget'}",
    ),
    "ant_husstander_termin": (
        "count(… distinct HusstandId)",
        "TypeTilstand={'Terminutbetaling'}, BostøtteVedtakTeller={1}",
    ),
    "ant_soknader": (
        "count(… distinct HusstandId)",
        "TypeTilstand={'Søknad'}, BostøtteSøknadTeller={1}",
    ),
    "ant_avslag": (
        "count(… distinct HusstandId)",
        "TypeTilstand={'Avslag'}, BostøtteAvslagTeller={1}",
    ),
    "utbetalt_belop": ("Sum(… [Beregnet bostøtte])", _PAID),
    "gjsnitt_bostotte": ("Avg(… [Beregnet bostøtte])", _PAID),
    # The app holds yearly incomes and housing costs.
    "gjsnitt_inntekt_mnd": ("Avg(… [Samlet inntekt]/12)", _PAID),
    "gjsnitt_boutgift_mnd": ("Avg(… [Beregnet boutgift]/12)", _PAID),
    "ant_over_tak": ("count(… distinct HusstandId)", f"{_PAID}, [Boutgift over tak]={{1}}"),
}
EXPRESSIONS = {
    label: call.replace("…", f"{{<VirkemiddelKode={{'BOSTØTTE'}}, {which}>}}")
    for label, (call, which) in _CORE.items()
}
AREA, NAME, YEAR, MONTH, COUNTY = "KommuneNr", "Kommune", "År", "Månedsnr", "Fylke"
FIELDS = (
    *(AREA, NAME, YEAR, MONTH, COUNTY),
    *("VirkemiddelKode", "TypeTilstand", "BstVedtaksutfall", "HusstandId"),
    *("BostøtteUtbetalingTeller", "BostøtteVedtakTeller", "BostøtteSøknadTeller"),
    *("BostøtteAvslagTeller", "Beregnet bostøtte", "Samlet inntekt", "Beregnet boutgift"),
    "Boutgift over tak",
)
# Name, selection, dimensions, and the area's code where it is no dimension.
Part = tuple[str, dict[str, str], tuple[str, ...], str]
PARTS: tuple[Part, ...] = (
    ("landet per måned", {}, (YEAR, MONTH), COUNTRY),
    ("Oslo per måned", {COUNTY: "Oslo"}, (YEAR, MONTH), OSLO),
    ("bydelene per måned", {COUNTY: "Oslo"}, (AREA, NAME, YEAR, MONTH), ""),
)
NOTES = (
    "Registeret rettes bakover i tid, og eldre uttrekk er ikke offentlige.",
    "Termin m utbetales i måned m+1. Tallene her følger utbetalingsmåneden.",
    NOTE,
)


def fetch_housing_allowance(
    app: QlikApp, timeouts: Timeouts = PATIENT, recorder: Recorder | None = None
) -> Fetched:
    """The register as a snapshot: one row per area and month of payment, small counts hidden."""
    rows, read = _read(app, PARTS, timeouts, recorder)
    notes = check_register(rows, app.address)
    kept = mask_small_counts(rows)
    return replace(read, content=content_of(kept), query=query_text(kept), notes=(*NOTES, *notes))


def fetch_municipalities(
    app: QlikApp,
    codes: Sequence[str],
    timeouts: Timeouts = PATIENT,
    recorder: Recorder | None = None,
) -> Fetched:
    """The register of single municipalities, in the same form; small counts hidden.

    Args:
        codes: As the app has them; one that it lacks is refused.
    """
    place = (AREA, NAME, YEAR, MONTH)
    parts = [(f"{code} per måned", {AREA: code}, place, "") for code in codes]
    rows, read = _read(app, parts, timeouts, recorder)
    check_areas(rows, codes, app.address)
    content, query = content_of(mask_alone(rows)), f"{AREA}={','.join(codes)}"
    return replace(read, content=content, query=query, notes=(*NOTES[:2], ALONE))


def _read(
    app: QlikApp, parts: Iterable[Part], timeouts: Timeouts, recorder: Recorder | None
) -> tuple[list[RegisterRow], Fetched]:
    """Rows from one session, and what is known of the answer before it is checked and hidden."""
    # The time sets our session apart from others.
    identity = str(time.time_ns() // 10**6)
    with open_session(app, timeouts, identity=identity, recorder=recorder) as session:
        handle = open_app(session)
        updated = last_reload(session, handle)
        check_fields(session, handle, FIELDS)
        rows = [row for part in parts for row in _part(session, handle, *part)]
        if (after := last_reload(session, handle)) != updated:
            raise session.error(f"appen ble oppdatert mens vi leste ({updated} → {after}).")
        calls = session.calls
    known = vintage("Husbanken", updated)
    return rows, Fetched(b"", known, updated, app.address, "", requests=calls)


def _part(
    session: Session,
    app: int,
    name: str,
    chosen: dict[str, str],
    fields: tuple[str, ...],
    code: str,
) -> list[RegisterRow]:
    select(session, app, chosen)
    cells = read_cube(session, app, Cube(name, fields, EXPRESSIONS))
    return rows_of(cells, fields, code, f"{session.app.address}: {name}")


def rows_of(
    cells: list[list[QlikCell]], fields: tuple[str, ...], code: str, where: str
) -> list[RegisterRow]:
    """A table of the app as rows of the register; rows in which nothing is are left out.

    Args:
        code: The area, if the table has no dimension for it.
    """
    rows = []
    for number, line in enumerate(cells, 1):
        at = f"{where}, rad {number}"
        place = dict(zip(fields, line, strict=False))
        measures = zip(MEASURES, line[len(fields) :], strict=True)
        row = RegisterRow(
            code or place[AREA].text.strip(),
            code or place[NAME].text.strip(),
            _whole(place[YEAR], 1990, 2100, at, YEAR),
            _whole(place[MONTH], 1, 12, at, MONTH),
            {name: cell_text(cell, f"{at}, {name}") for name, cell in measures},
        )
        if kept := settled(row):
            rows.append(kept)
    return rows


def cell_text(cell: QlikCell, where: str) -> str:
    """A cell as the register's file has it: a number, the symbol for a masked one, or «..».

    A symbol wins over a number behind it: what the app does not show is not ours to show. Null is
    «not given», never zero.
    """
    text = cell.text.strip()
    if is_mask(text):
        return text
    if cell.is_null or (cell.number is None and text in ("", "-")):
        return NOT_GIVEN
    if cell.number is None or not any(letter.isdigit() for letter in text):
        raise KgError(
            f"{where}: ventet et tall eller et kjent tegn, fant «{text}». Står det for en skjult "
            "celle, legg det til i sources/formats/register_csv.py."
        )
    return number_text(cell.number)


def _whole(cell: QlikCell, low: int, high: int, where: str, field: str) -> int:
    number = cell.number
    if cell.is_null or number is None or not number.is_integer() or not low <= number <= high:
        raise KgError(f"{where}: ventet {field} fra {low} til {high}, fant «{cell.text}».")
    return int(number)


def query_text(rows: list[RegisterRow]) -> str:
    months = sorted({row.at for row in rows})
    expressions = "; ".join(f"{label} = {text}" for label, text in EXPRESSIONS.items())
    return (
        "Landet, Fylke=Oslo og bydelene 0311–0325, alle måneder "
        f"{month_text(months[0])} til {month_text(months[-1])}. Mål: {expressions}"
    )
