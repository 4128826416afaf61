"""The housing allowance register as it is kept: its rows and the file that they are written to.

Both ways in, the app and a spreadsheet export of it, end here. How the provider masks a cell is not
evidenced: our own expressions have never met one, while the app's pages mask counts under 4. What
we mask ourselves is in mask.py.
"""

import csv
import io
import re
from dataclasses import dataclass, replace
from decimal import Decimal

COUNTS = ("ant_husstander_utbetaling", "ant_husstander_termin", "ant_soknader", "ant_avslag")
AMOUNT = "utbetalt_belop"
MEANS = ("gjsnitt_bostotte", "gjsnitt_inntekt_mnd", "gjsnitt_boutgift_mnd")
OVER_CAP = "ant_over_tak"
MEASURES = (*COUNTS, AMOUNT, *MEANS, OVER_CAP)
HEADING = ("nivaa", "kode", "navn", "aar", "manedsnr", *MEASURES)
ADDITIVE = (*COUNTS, AMOUNT, OVER_CAP)
COUNTRY, OSLO, REST = "Norge", "Oslo", "0301"
# The app calls the rest «Oslo», which it is not.
NAMES = {COUNTRY: "Norge", OSLO: "Oslo", REST: "Rest (Oslo uten bydel)"}
LEVELS = {COUNTRY: "landet", OSLO: "fylke"}
# Not given, as against masked: what the engine calls null where a number is due.
NOT_GIVEN = ".."
_MASK = re.compile(r"(<|under|færre enn|mindre enn)\s*\d+|\*{1,3}|:|\.{1,3}", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class RegisterRow:
    """The register for one area and month of payment.

    Attributes:
        code: «Norge», «Oslo», 0311–0325, or 0301 for Oslo outside the bydeler, which is checked
            and not kept.
        values: By measure what stands in the file: a number with a decimal point, nothing where
            a mean has nobody to be a mean of, or the symbol that the provider gave.
    """

    code: str
    name: str
    year: int
    month: int
    values: dict[str, str]

    @property
    def where(self) -> str:
        return f"{self.code} {self.year}-{self.month:02d}"

    @property
    def at(self) -> int:
        """The month, counted."""
        return 12 * self.year + self.month - 1

    def number(self, measure: str) -> Decimal | None:
        """The number of a measure; None if there is a symbol or nothing."""
        text = self.values[measure]
        return Decimal(text) if _NUMBER.fullmatch(text) else None


def is_mask(text: str) -> bool:
    """Whether a text is a symbol for a number that is not shown."""
    return bool(_MASK.fullmatch(text.strip()))


def number_text(value: float) -> str:
    """A number as the register's file has it: whole, or with at most two decimals."""
    return str(int(value)) if float(value).is_integer() else str(round(float(value), 2))


def settled(row: RegisterRow) -> RegisterRow | None:
    """A row with empty means where nobody was paid; None if nothing at all is in it."""
    values = dict(row.values)
    if row.number(COUNTS[0]) == 0:
        values |= {name: "" for name in MEANS if values[name] == NOT_GIVEN}
    if all(row.number(name) == 0 for name in ADDITIVE) and not any(values[m] for m in MEANS):
        return None
    return replace(row, values=values)


def month_text(at: int) -> str:
    """`2026-07` for a counted month."""
    return f"{at // 12}-{at % 12 + 1:02d}"


def content_of(rows: list[RegisterRow]) -> bytes:
    """The snapshot's bytes: country, Oslo and bydeler, each by month."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADING)
    for row in sorted(rows, key=lambda r: (*_place(r.code), r.at)):
        level, name = LEVELS.get(row.code, "bydel"), NAMES.get(row.code, row.name)
        values = [row.values[measure] for measure in MEASURES]
        writer.writerow([level, row.code, name, row.year, row.month, *values])
    return text.getvalue().encode("utf-8")


def _place(code: str) -> tuple[int, str]:
    return (list(LEVELS).index(code) if code in LEVELS else len(LEVELS), code)
