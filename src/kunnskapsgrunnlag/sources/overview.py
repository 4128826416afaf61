"""What is known of each source today: owner, table, vintage, age, and when the next is expected."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from kunnskapsgrunnlag.base.dates import MONTHS
from kunnskapsgrunnlag.base.paths import Project
from kunnskapsgrunnlag.catalog.query import Live
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.sources.locate import delivered, open_source
from kunnskapsgrunnlag.sources.provenance import Provenance, provenance_path, read_provenance


@dataclass(frozen=True)
class Overview:
    """One source, in the words of the report team.

    Attributes:
        expected: When the next content is expected, or what it waits for.
    """

    key: str
    owner: str
    table: str
    vintage: str
    origin: str
    age: str
    expected: str


def overviews(project: Project, catalog: Catalog, today: datetime.date) -> list[Overview]:
    """All sources of the catalogue, then what can be fetched and is no source yet."""
    rows = [_overview(project, catalog, key, today) for key in catalog.sources]
    for key, live in catalog.live.items():
        if key not in catalog.sources:
            owner = catalog.providers[live.provider].name
            table = live.query.table if live.query else ""
            rows.append(Overview(key, owner, table, "ikke i bruk", "", "", f"kg fetch {key}"))
    return rows


def _overview(project: Project, catalog: Catalog, key: str, today: datetime.date) -> Overview:
    entry, live = catalog.sources[key], catalog.live.get(key)
    provenance = open_source(project, key, entry).provenance
    seen = last_seen(provenance)
    if entry.delivery and not delivered(project, entry):
        expected = f"venter på leveransen {entry.delivery}"
    elif live is None:
        expected = ""
    elif not fulfilled(project, key, live):
        expected = f"katalogen ber om et nytt uttrekk: kg fetch {key}"
    else:
        expected = _due(live.months, seen, today)
    return Overview(
        key,
        owner=provenance.owner,
        table=live.query.table if live and live.query else (live.title if live else ""),
        vintage=provenance.vintage,
        origin=provenance.origin,
        age=_age(seen, today),
        expected=expected,
    )


def last_seen(provenance: Provenance) -> str:
    """The last day on which the owner is known to have had this content."""
    return max(provenance.retrieved, provenance.confirmed, provenance.updated[:10])


def fulfilled(project: Project, key: str, entry: Live) -> bool:
    """Whether the snapshot is what the catalogue asks for: no older, and the same query."""
    path = project.raw / entry.file
    if not (path.is_file() and provenance_path(path).is_file()):
        return False
    provenance = read_provenance(path, key)
    same = entry.query is None or provenance.query == entry.query.text()
    return same and last_seen(provenance) >= entry.wanted


def _age(seen: str, today: datetime.date) -> str:
    if not seen:
        return ""
    days = (today - datetime.date.fromisoformat(seen)).days
    if days < 60:
        return "1 dag" if days == 1 else f"{days} dager"
    return f"{days // 30} måneder" if days < 720 else f"{days // 365} år"


def _due(months: Iterable[int], seen: str, today: datetime.date) -> str:
    due = next_due(months, seen)
    if due is None:
        return ""
    late = ", skal være ute" if due <= today else ""
    return f"{MONTHS[due.month - 1]} {due.year}{late}"


def next_due(months: Iterable[int], seen: str) -> datetime.date | None:
    """The first day of the first publishing month after a day; None if nothing is known."""
    if not seen:
        return None
    day = datetime.date.fromisoformat(seen)
    days = [datetime.date(day.year + years, month, 1) for years in (0, 1) for month in months]
    return min((due for due in days if (due.year, due.month) > (day.year, day.month)), default=None)
