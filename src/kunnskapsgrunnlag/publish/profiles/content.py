"""What a profile holds, before it becomes a page or a print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kunnskapsgrunnlag.base.dates import MONTHS
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.profiles import ProfileDrawing
from kunnskapsgrunnlag.claims.judge import spelled
from kunnskapsgrunnlag.publish.profiles.drawings import (
    Draw,
    groups_drawing,
    map_drawing,
    months_drawing,
)
from kunnskapsgrunnlag.publish.profiles.findings import Finding, Findings, Sentence
from kunnskapsgrunnlag.publish.profiles.lookup import ByYear, LevelNumbers
from kunnskapsgrunnlag.store.value import Value

# With more areas than this, a profile does not list them all.
MOST_LISTED = 20
# What stands for the place of an area that shares its number with another.
SHARED = "delt"


@dataclass(frozen=True)
class Row:
    """A measure of the table: the area, the whole, and the years behind them.

    Attributes:
        place: From the highest, `delt` where it is shared, "" where it is not known.
    """

    title: str
    short: str
    unit: str
    own: Value | None
    whole: Value | None
    place: str
    series: ByYear
    whole_series: ByYear
    breaks: tuple[int, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing with its words, and the numbers in it as a table.

    Attributes:
        heads: The heading of each column of the table.
        rows: The heading of each row, and its numbers.
    """

    kind: str
    title: str
    subtitle: str
    note: str
    alt: str
    draw: Draw
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Value | None, ...]], ...]


@dataclass(frozen=True)
class Profile:
    """One area's profile."""

    area: str
    name: str
    headline: str
    lead: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    alike: Sentence
    rows: tuple[Row, ...]
    pictures: tuple[Picture, ...]
    estimates: tuple[Row, ...]
    breaks: tuple[str, ...]


def profile_of(numbers: LevelNumbers, findings: Findings, area: str) -> Profile:
    """An area's profile.

    Raises:
        KgError: If a finding is not true of the numbers.
    """
    own = findings.of(area)
    level, name = numbers.level, numbers.areas.name(area)
    rows = {key: _row(numbers, key, area) for key in level.measures}
    drawn = {entry.measure for entry in level.drawings}
    shown = [m for key, m in level.measures.items() if m.role != "series" or key in drawn]
    breaks = {gap.note: None for measure in shown for gap in measure.breaks}
    return Profile(
        area=area,
        name=name,
        headline=own[0].headline if own else f"{name} ligger nær {numbers.areas.whole[1]}",
        lead=_lead(numbers, area),
        findings=tuple(own),
        alike=findings.alike(area, own),
        rows=tuple(rows[key] for key in numbers.compared),
        pictures=tuple(_pictures(numbers, area)),
        estimates=tuple(rows[k] for k, m in level.measures.items() if numbers.is_estimate(k, m)),
        breaks=tuple(breaks),
    )


def _lead(numbers: LevelNumbers, area: str) -> tuple[Sentence, ...]:
    """How many live there, and how much their number has grown."""
    roles = {measure.role: key for key, measure in numbers.level.measures.items()}
    sentences: list[Sentence] = []
    residents = numbers.last(roles.get("residents", ""), area)
    if residents:
        sentences.append((residents, f" innbyggere 1. januar {residents.year}."))
    growth, (whole, whole_name) = roles.get("growth", ""), numbers.areas.whole
    own, other = numbers.last(growth, area), numbers.last(growth, whole)
    if own and other:
        # «Endret seg med −3 prosent» where it has not grown.
        verb = "økt" if (own.value or 0) > 0 and (other.value or 0) > 0 else "endret seg"
        first = min(numbers.series(roles["residents"], area))
        begun = f"Siden {first} har folketallet {verb} med "
        sentences.append((begun, own, " prosent, mot ", other, f" prosent i {whole_name}."))
    return tuple(sentences)


def _row(numbers: LevelNumbers, key: str, area: str) -> Row:
    measure, whole = numbers.level.measures[key], numbers.areas.whole[0]
    year = numbers.last_years.get(key)
    return Row(
        title=measure.title,
        short=measure.words.short if measure.words else measure.title,
        unit=f"{measure.unit}, {measure.when.format(year=year)}" if year else measure.unit,
        own=numbers.last(key, area),
        whole=numbers.last(key, whole),
        place=place_of(numbers, key, area),
        series=numbers.series(key, area),
        whole_series=numbers.series(key, whole),
        breaks=tuple(gap.year for gap in measure.breaks),
    )


def place_of(numbers: LevelNumbers, key: str, area: str) -> str:
    """The place from the highest as readers see the numbers; "" where one is missing."""
    last = [numbers.last(key, region) for region in numbers.areas.names]
    own = numbers.last(key, area)
    known = [value for value in last if value is not None]
    if own is None or len(known) < len(last):
        return ""
    if sum(value.text == own.text for value in known) > 1:
        return SHARED
    return str(1 + sum((value.value or 0) > (own.value or 0) for value in known))


def _pictures(numbers: LevelNumbers, area: str) -> list[Picture]:
    makers = {"months": _months, "map": _map, "groups": _groups}
    made = (makers[entry.kind](numbers, entry, area) for entry in numbers.level.drawings)
    return [picture for picture in made if picture]


def _months(numbers: LevelNumbers, entry: ProfileDrawing, area: str) -> Picture | None:
    measure = numbers.level.measures[entry.measure]
    by_month = {
        month: numbers.series(entry.measure, area, f"{month:02d}") for month in range(1, 13)
    }
    points = sorted(
        (year + (month - 1) / 12, value)
        for month, series in by_month.items()
        for year, value in series.items()
    ) if any(by_month.values()) else []  # fmt: skip
    known = [(at, value) for at, value in points if value.value is not None]
    if not known:
        return None
    top, first, last = max(known, key=lambda p: p[1].value or 0), known[0], known[-1]
    labels = {at: f"{_month(value)}: {value.text}" for at, value in (first, top, last)}
    breaks = [gap.year for gap in measure.breaks]
    # The same month of the year before: other months have other numbers, and breaks part years.
    before = by_month[int(last[1].category or 1)].get((last[1].year or 0) - 1)
    # A break may come in any month of its year.
    is_known = before is not None and before.value is not None
    is_apart = not is_known or any(last[0] - 2 < year <= last[0] for year in breaks)
    words = {
        "area": numbers.areas.name(area),
        "first_month": _month(points[0][1]),
        "last_month": _month(last[1]),
        "last": last[1].text,
        "before": before.text if before else "",
    }
    years = sorted({year for series in by_month.values() for year in series})
    notes = [f"Stiplede linjer er brudd i serien ({listed(map(str, breaks))})."] if breaks else []
    if len(known) < len(points):
        notes.append("Linjen er åpen der tallet er skjult.")
    return Picture(
        kind=entry.kind,
        title=(entry.none_title if is_apart else entry.title).format(**words),
        subtitle=entry.subtitle.format(**words),
        note=" ".join(filter(None, [entry.note, *notes])),
        alt=" ".join(f"{label.capitalize()}." for label in labels.values()),
        draw=months_drawing(points, breaks, labels),
        heads=("År", *(name[:3] for name in MONTHS)),
        rows=tuple(
            (str(year), tuple(by_month[month].get(year) for month in by_month)) for year in years
        ),
    )


def _month(value: Value) -> str:
    return f"{MONTHS[int(value.category or 1) - 1]} {value.year}"


def _map(numbers: LevelNumbers, entry: ProfileDrawing, area: str) -> Picture | None:
    areas, year = numbers.areas, numbers.last_years.get(entry.measure)
    values = {key: value for key in areas.names if (value := numbers.last(entry.measure, key))}
    parts = [
        (name, value)
        for key, (name, of) in areas.parts.items()
        if of == area and (value := numbers.last(entry.parts, key))
    ]
    parts.sort(key=lambda part: -(part[1].value or 0))
    # A line with one part, or two that share the first place, has no highest.
    if len(parts) < 2 or parts[0][1].text == parts[1][1].text or not values:
        highest = None
    else:
        highest = parts[0]
    if not values:
        return None
    words = {"area": areas.name(area), "year": year}
    measure = numbers.level.measures[entry.measure]
    title = f"{measure.title} i {areas.name(area)}"
    if highest:
        title = entry.title.format(part=highest[0], value=highest[1].text, **words)
    own = values.get(area)
    listing = "; ".join(f"{name} {value.text}" for name, value in parts)
    return Picture(
        kind=entry.kind,
        title=title,
        subtitle=entry.subtitle.format(**words),
        note=entry.note,
        alt=(
            f"Kart over {numbers.level.words.the_many}. {areas.name(area)} har "
            f"{own.text if own else 'ikke noe tall'}. {listing + '.' if listing else ''}"
        ),
        draw=map_drawing(numbers.level.tiles, values, areas.names, area, parts),
        heads=(measure.title, measure.unit),
        rows=tuple((name, (value,)) for name, value in parts),
    )


def _groups(numbers: LevelNumbers, entry: ProfileDrawing, area: str) -> Picture | None:
    measure, areas = numbers.level.measures[entry.measure], numbers.areas
    rows: list[tuple[str, Value]] = []
    whole: dict[str, Value] = {}
    for key, name in measure.categories.items():
        own = numbers.last(entry.measure, area, key)
        other = numbers.last(entry.measure, areas.whole[0], key)
        if own and other:
            rows.append((name, own))
            whole[name] = other
    if not rows:
        return None
    higher = sum(
        (v.value or 0) > (whole[n].value or 0) and v.text != whole[n].text for n, v in rows
    )
    ends = {0: entry.none_title, len(rows): entry.all_title}
    words = {
        "count": spelled(higher), "all": spelled(len(rows)),
        "year": numbers.last_years[entry.measure],
    }  # fmt: skip
    told = "; ".join(f"{n} {v.text}, {areas.whole[1]} {whole[n].text}" for n, v in rows)
    return Picture(
        kind=entry.kind,
        title=(ends.get(higher) or entry.title).format(**words),
        subtitle=entry.subtitle.format(**words),
        note=f"Strekene viser {areas.whole[1]}. {entry.note}".strip(),
        alt=f"{told}.",
        draw=groups_drawing(rows, whole),
        heads=("", areas.name(area), areas.whole[1]),
        rows=tuple((name, (value, whole[name])) for name, value in rows),
    )


def all_areas(numbers: LevelNumbers) -> Sequence[tuple[str, tuple[Value | None, ...]]]:
    """Every area's last numbers in the measures that are compared; none of a level with many."""
    if len(numbers.areas.names) > MOST_LISTED:
        return ()
    regions = [*numbers.areas.names, numbers.areas.whole[0]]
    return [
        (region, tuple(numbers.last(key, region) for key in numbers.compared)) for region in regions
    ]
