"""The checks that the housing allowance register must pass before it is kept.

Evidenced on the extract of 4 August 2026: the bydeler and the rest add up to Oslo for all counts
and the amount, the months have no gap, the rest 0301 has rows only where it has households, and
the mean times the households is the amount (off by 0.02 per thousand at most).
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import NBSP, nb
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER, region_of
from kunnskapsgrunnlag.sources.formats.register_csv import (
    ADDITIVE,
    AMOUNT,
    COUNTRY,
    COUNTS,
    LEVELS,
    MEANS,
    MEASURES,
    NAMES,
    NOT_GIVEN,
    OSLO,
    OVER_CAP,
    REST,
    RegisterRow,
    is_mask,
    month_text,
)

# One household may be counted in two bydeler in the month in which it moves.
_MOVED = Decimal("0.001")
# A household may be paid twice in a month; the mean is over payments.
_MEAN = Decimal("0.01")


def check_register(rows: list[RegisterRow], where: str) -> list[str]:
    """Check that rows are the whole register, and what must be said of them."""
    areas: dict[str, dict[int, RegisterRow]] = {}
    for row in rows:
        _check_area(row, where)
        _check_numbers(row, where)
        if row.at in areas.setdefault(row.code, {}):
            raise KgError(f"{where}: {row.where} har to rader.")
        areas[row.code][row.at] = row
    _check_months(areas, where)
    _check_country(areas, where)
    moved = list(_sums(areas, where))
    return [*_moved_note(moved), *_masked_note(rows), *_open_note(areas[COUNTRY])]


def check_areas(rows: list[RegisterRow], codes: Sequence[str], where: str) -> None:
    """Check rows of single municipalities, which add up to nothing that we have."""
    months: dict[str, list[int]] = {code: [] for code in codes}
    for row in rows:
        if row.code not in months:
            raise KgError(f"{where}: spurte om {', '.join(codes)}, fant også {row.code}.")
        _check_numbers(row, where)
        _check_amount(row, where)
        months[row.code].append(row.at)
    for code, at in months.items():
        if not at:
            raise KgError(f"{where}: {code} har ingen måneder. Har den fått nytt nummer?")
        if sorted(at) != list(range(min(at), max(at) + 1)):
            raise KgError(f"{where}: {code} mangler en måned, eller har en to ganger.")


def _check_area(row: RegisterRow, where: str) -> None:
    try:
        region = region_of(row.code, "husbanken")
        named = region_of(row.name, "navn") if row.code not in NAMES else region
    except KgError as problem:
        raise KgError(f"{where}, {row.where}: {problem}") from None
    if named != region:
        raise KgError(
            f"{where}, {row.where}: ventet {region.name}, fant navnet «{row.name}». Kodene kan "
            "være endret: sammenlign med base/regions.py."
        )


def _check_numbers(row: RegisterRow, where: str) -> None:
    for measure, text in row.values.items():
        number = row.number(measure)
        at = f"{where}, {row.where}, {measure}"
        whole = measure in COUNTS or measure == OVER_CAP
        if number is None:
            empty = text == "" and measure in MEANS and row.number(COUNTS[0]) == 0
            if not empty and not is_mask(text):
                raise KgError(f"{at}: ventet et tall eller et tegn, fant «{text}».")
            if not empty and row.code in LEVELS:
                raise KgError(
                    f"{at}: ventet et tall, fant «{text}». Et så stort område er aldri skjult: er "
                    "et felt eller en kode i uttrykket endret?"
                )
        elif number < 0 or (whole and number % 1):
            raise KgError(f"{at}: ventet {'et antall' if whole else 'et tall ≥ 0'}, fant {text}.")


def _check_months(areas: dict[str, dict[int, RegisterRow]], where: str) -> None:
    needed = [COUNTRY, OSLO, *(BY_KEY[key].codes["husbanken"] for key in BYDELER)]
    if missing := [code for code in needed if code not in areas]:
        raise KgError(f"{where}: mangler rader for {missing[0]}.")
    first, last = min(areas[COUNTRY]), max(areas[COUNTRY])
    for code in [*needed, *(c for c in areas if c not in needed)]:
        gaps = [at for at in range(first, last + 1) if at not in areas[code]]
        if gaps and code != REST:
            raise KgError(f"{where}: {code} mangler {month_text(gaps[0])}.")
        if outside := [at for at in areas[code] if not first <= at <= last]:
            raise KgError(f"{where}: {code} har {month_text(outside[0])}, landet ikke.")


def _check_country(areas: dict[str, dict[int, RegisterRow]], where: str) -> None:
    """Numbers of the country that a changed field or code would turn into nothing."""
    country = areas[COUNTRY]
    for measure in MEASURES:
        if not any(row.number(measure) for row in country.values()):
            raise KgError(
                f"{where}: landet har ikke {measure} i noen måned. Er et felt eller en kode i "
                "uttrykket endret?"
            )
    for at, row in country.items():
        _check_amount(row, where)
        _check_amount(areas[OSLO][at], where)
        for measure in ADDITIVE:
            oslo, whole = areas[OSLO][at].number(measure), row.number(measure)
            if oslo is not None and whole is not None and oslo > whole:
                raise KgError(
                    f"{where}, {month_text(at)}, {measure}: Oslo ({oslo}) er mer enn landet "
                    f"({whole}). Er utvalgene feil?"
                )


def _check_amount(row: RegisterRow, where: str) -> None:
    """The amount is the mean times the households, unless units or columns are mixed up."""
    paid, households, mean = (row.number(m) for m in (AMOUNT, COUNTS[0], MEANS[0]))
    if paid is None or households is None or mean is None:
        return
    if abs(households * mean - paid) > _MEAN * paid:
        raise KgError(
            f"{where}, {row.where}, {AMOUNT}: ventet om lag {households} husstander ganger {mean} "
            f"kroner, fant {paid}. Er enhetene kroner, og kolonnene på plass?"
        )


def _sums(areas: dict[str, dict[int, RegisterRow]], where: str) -> Iterator[Decimal]:
    """How much bydeler and rest exceed Oslo, where one household may be in two of them."""
    for at, oslo in areas[OSLO].items():
        parts = [rows[at] for code, rows in areas.items() if code not in LEVELS and at in rows]
        for measure in ADDITIVE:
            whole = oslo.number(measure) or Decimal(0)
            bounds = [_bounds(part, measure) for part in parts]
            over = sum((low for low, _ in bounds), Decimal(0)) - whole
            under = sum((high for _, high in bounds), Decimal(0)) - whole
            most = max(Decimal(3), whole * _MOVED) if measure != AMOUNT else Decimal(1)
            if over > most or under < (-1 if measure == AMOUNT else 0):
                raise KgError(
                    f"{where}, {month_text(at)}, {measure}: bydelene og resten er "
                    f"{whole + (over if over > most else under)} til sammen, Oslo er {whole}."
                )
            if over > 0 and measure != AMOUNT:
                yield over


def _bounds(row: RegisterRow, measure: str) -> tuple[Decimal, Decimal]:
    """The least and the most that a cell can be: a count that the provider hides is 1–3."""
    number, text = row.number(measure), row.values[measure]
    if number is not None:
        return number, number
    if measure == AMOUNT or text == NOT_GIVEN:
        return Decimal(0), Decimal("Infinity")
    return Decimal(1), Decimal(3)


def _moved_note(moved: list[Decimal]) -> list[str]:
    if not moved:
        return []
    return [
        f"I {nb(len(moved))}{NBSP}celler er summen av bydelene høyere enn Oslo, med høyst "
        f"{nb(float(max(moved)))}: en husstand kan telle med i to bydeler."
    ]


def _masked_note(rows: Iterable[RegisterRow]) -> list[str]:
    symbols = sorted({text for r in rows for text in r.values.values() if is_mask(text)})
    if not symbols:
        return []
    count = sum(is_mask(text) for row in rows for text in row.values.values())
    shown = ", ".join(f"«{symbol}»" for symbol in symbols)
    return [f"{nb(count)}{NBSP}celler er ikke oppgitt av Husbanken ({shown})."]


def _open_note(country: dict[int, RegisterRow]) -> list[str]:
    last = country[max(country)]
    if last.number(COUNTS[1]) != 0:
        return []
    return [f"Terminen for {month_text(last.at)} er ikke kjørt ennå: 0 betyr ikke ingen mottakere."]
