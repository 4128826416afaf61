"""Points read back from a drawing: each where numbers of one row of the table say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.check.drawn import NEAR, Drawing
from kunnskapsgrunnlag.check.svg import Panel, Place, Scale, scale_of
from kunnskapsgrunnlag.store.value import Value


def points(drawing: Drawing, panel: Panel) -> Iterator[str]:
    """Every point lies at numbers of one row: by the scales, or the names, of its two axes."""
    axes = [(panel.across, 0), (panel.up, 1)]
    scales = [scale_of(ticks) for ticks, _ in axes]
    if not any(scales):
        return
    strict = _all_named(drawing, panel)
    for place in panel.points:
        rows = _at(drawing, panel, scales, place, strict=strict)
        if not rows:
            yield f"the point at {_said(panel, scales, place)} is no number of the item."
        drawing.found |= {r.address for r in rows}
    for place in panel.rules:
        drawing.found |= {
            r.address
            for scale, at in zip(scales, place, strict=True)
            if scale
            for r in drawing.records
            if _is_near(r, scale, at)
        }


def _all_named(drawing: Drawing, panel: Panel) -> bool:
    """Whether the names on an axis name every row of the table, so that points must obey them."""
    names = {tick.text for tick in (*panel.across, *panel.up)}
    return all(names & drawing.names(r) for r in drawing.shown)


def _at(
    drawing: Drawing,
    panel: Panel,
    scales: Sequence[Scale | None],
    place: Place,
    *,
    strict: bool,
) -> list[Value]:
    """The numbers that are drawn at a place; none if there is no such row."""
    name, measured = _name_at(panel, scales, place), _measured(drawing, scales)
    rows: dict[tuple[object, ...], list[Value]] = {}
    for record in drawing.records:
        if strict and name and name not in drawing.names(record):
            continue
        rows.setdefault(tuple(record.key(d) for d in drawing.item.dims), []).append(record)
    found: list[Value] = []
    for row in rows.values():
        hits = [[r for r in row if _is_near(r, scales[axis], place[axis])] for axis in measured]
        if all(hits) and _year_fits(drawing, scales, place, row[0]):
            found += [r for each in hits for r in each]
    return found


def _measured(drawing: Drawing, scales: Sequence[Scale | None]) -> list[int]:
    """The axes that show a measure; one that counts years shows a dimension."""
    return [
        axis for axis, scale in enumerate(scales) if scale and not _counts_years(drawing, scale)
    ]


def _counts_years(drawing: Drawing, scale: Scale) -> bool:
    years = [r.year for r in drawing.records if r.year is not None]
    if not years or abs(scale.step) >= 1:
        return False
    # The scale starts at the edge of the page, left of the first year by the room of the labels.
    room = max(2, max(years) - min(years))
    return bool(min(years) - room < scale.start < max(years) + 2)


def _year_fits(
    drawing: Drawing, scales: Sequence[Scale | None], place: Place, record: Value
) -> bool:
    years = [
        scale.value(at)
        for scale, at in zip(scales, place, strict=True)
        if scale and _counts_years(drawing, scale)
    ]
    return all(abs(year - (record.year or 0)) < 0.01 for year in years)


def _is_near(record: Value, scale: Scale | None, at: float) -> bool:
    if record.value is None or scale is None:
        return False
    return bool(abs(scale.value(at) - record.value) <= NEAR * abs(scale.step))


def _name_at(panel: Panel, scales: Sequence[Scale | None], place: Place) -> str:
    for axis, ticks in enumerate((panel.across, panel.up)):
        if ticks and scales[axis] is None:
            return min(ticks, key=lambda tick: abs(tick.at - place[axis])).text
    return ""


def _said(panel: Panel, scales: Sequence[Scale | None], place: Place) -> str:
    parts = [nb(scale.value(at), 2) for scale, at in zip(scales, place, strict=True) if scale]
    return ", ".join([*parts, *filter(None, [_name_at(panel, scales, place)])])
