"""An invented register of housing allowance, as the app would give it: whole, and not masked."""

from collections.abc import Sequence

from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.sources.formats.register_csv import (
    ADDITIVE,
    MEASURES,
    REST,
    RegisterRow,
    number_text,
)

Months = Sequence[tuple[int, int]]
YEAR: Months = [(2016, month) for month in range(1, 13)]
CODES = [str(BY_KEY[key].codes["husbanken"]) for key in BYDELER]


def area(
    code: str, months: Months, paid: Sequence[int], refused: Sequence[int], mean: int = 3000
) -> list[RegisterRow]:
    """An area whose decisions of one month are the payments of the next."""
    rows = []
    for number, (year, month) in enumerate(months):
        households = paid[number]
        decided = paid[number + 1] if number + 1 < len(paid) else 0
        amount = households * mean
        counts = [households, decided, decided + refused[number], refused[number]]
        means = [amount / households, 12000.5, 9000] if households else []
        texts = [number_text(value) for value in (*counts, amount, *means)]
        texts += ["", "", ""][: 3 - len(means)]
        name = next((BY_KEY[key].name for key in BYDELER if code in BY_KEY[key].codes.values()), "")
        values = dict(zip(MEASURES, [*texts, str(households // 2)], strict=True))
        rows.append(RegisterRow(code, name or "Oslo", year, month, values))
    return rows


def with_totals(parts: list[RegisterRow]) -> list[RegisterRow]:
    """The parts with Oslo as their sum, and a country that is ten times as large."""
    rows = list(parts)
    for year, month in sorted({(row.year, row.month) for row in parts}):
        here = [row for row in parts if (row.year, row.month) == (year, month)]
        for code, times in (("Oslo", 1), ("Norge", 10)):
            sums = {m: float(sum(row.number(m) or 0 for row in here)) * times for m in ADDITIVE}
            count, amount = sums["ant_husstander_utbetaling"], sums["utbetalt_belop"]
            texts = {m: number_text(sums.get(m, 9000)) for m in MEASURES}
            texts["gjsnitt_bostotte"] = number_text(amount / count) if count else ""
            if not count:
                texts |= {"gjsnitt_inntekt_mnd": "", "gjsnitt_boutgift_mnd": ""}
            rows.append(RegisterRow(code, code, year, month, texts))
    return rows


def whole_register() -> list[RegisterRow]:
    """2016 and the first half of 2026; some months have one to three households without a bydel."""
    later: Months = [(2026, month) for month in range(1, 8)]
    parts = []
    for months in (YEAR, later):
        for at, code in enumerate(CODES):
            # The smallest bydel is one in the middle.
            size = 300 + 90 * ((at + 9) % 15)
            paid = [size + 7 * number for number in range(len(months))]
            parts += area(code, months, paid, [10 + at] * len(months))
    rest = area(REST, YEAR[:5], [0, 2, 3, 1, 0], [0, 0, 1, 0, 0], 4000)
    # In the last month of each run, the term has not been run yet.
    return with_totals([*parts, *(row for row in rest if row.month < 5)])
