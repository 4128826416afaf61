"""KLASS, SSB's archive of classifications: the codes of areas, and how they change over time."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Provider
from kunnskapsgrunnlag.fetch.areas.area_codes import Change, Code, Policy
from kunnskapsgrunnlag.fetch.areas.area_findings import Finding, region_findings
from kunnskapsgrunnlag.fetch.http import Transport
from kunnskapsgrunnlag.fetch.provider import Fetched, ProviderError

# What KLASS calls a field, in the order of our own fields.
_CODE = ("code", "name", "parentCode", "level")
_CHANGE = ("changeOccurred", "oldCode", "oldName", "newCode", "newName")
_LINK = ("sourceCode", "sourceName", "targetCode", "targetName")


@dataclass(frozen=True, order=True)
class Link:
    """A code of one classification and the code of another that it belongs to."""

    source_code: str
    source_name: str
    target_code: str
    target_name: str


def codes_at(
    transport: Transport, provider: Provider, classification: str, date: str
) -> list[Code]:
    """The codes that are valid on a day (ISO), by code.

    Raises:
        KgError: If KLASS refuses, the list is empty, or a code stands in it twice.
    """
    url = _url(provider, classification, "codesAt", date=_iso(date))
    rows = _rows(transport, url, "codes", _CODE, ("validFrom", "validTo"))
    return _codes(rows, f"{transport.name}: classification {classification} on {date}")


def codes_between(
    transport: Transport, provider: Provider, classification: str, start: str, end: str
) -> list[Code]:
    """The codes that are valid on some day from start to end (ISO, both counted).

    A code stands once for each period in which it has one name. A code that takes up another area
    and keeps its name stands once: only `changes` tells.

    Raises:
        KgError: If KLASS refuses, the list is empty, or a code has two names on one day.
    """
    url = _url(provider, classification, "codes", **_period(start, end))
    within = ("validFromInRequestedRange", "validToInRequestedRange")
    where = f"{transport.name}: classification {classification} {start}–{end}"
    found = _codes(_rows(transport, url, "codes", _CODE, within), where)
    # KLASS ends what is still valid where the period asked for ends.
    after = _day_after(end)
    return [replace(each, valid_to="") if each.valid_to >= after else each for each in found]


def changes(
    transport: Transport, provider: Provider, classification: str, start: str, end: str
) -> list[Change]:
    """What changed after start, up to and with end (ISO); no change gives an empty list.

    Raises:
        KgError: If KLASS refuses, or a change has no date or neither an old nor a new code.
    """
    url = _url(provider, classification, "changes", **_period(start, end))
    found = {Change(*row) for row in _rows(transport, url, "codeChanges", _CHANGE)}
    if broken := [each for each in found if not each.date or each.old_code == each.new_code == ""]:
        raise ProviderError(
            f"{transport.name}: classification {classification}: expected a change with a date "
            f"and a code, found {broken[0]}. Report it to SSB."
        )
    return sorted(found)


def corresponds(
    transport: Transport, provider: Provider, classification: str, target: str, date: str
) -> list[Link]:
    """How the codes of two classifications belong together on a day (ISO).

    Raises:
        KgError: If KLASS refuses, or has no table of correspondence for that day.
    """
    asked = {"targetClassificationId": target, "date": _iso(date)}
    url = _url(provider, classification, "correspondsAt", **asked)
    found = sorted({Link(*row) for row in _rows(transport, url, "correspondenceItems", _LINK)})
    _refuse_empty(found, f"{transport.name}: from classification {classification} to {target}")
    return found


def check_regions(
    transport: Transport,
    provider: Provider,
    codes: Iterable[str],
    classification: str,
    dates: Iterable[str],
    policy: Policy,
) -> list[Finding]:
    """What happened to the areas of a table between its first and its last day.

    Args:
        codes: The codes of the table's region variable, as the table writes them.
        classification: 131 for municipalities, 103 for bydeler.
        dates: The days (ISO) that the table's numbers are about: see `day_of`.

    Raises:
        KgError: If KLASS refuses, or the policy does not fit what happened.
    """
    days = sorted(dates)
    if not days:
        raise KgError(f"classification {classification}: expected days to check, found none.")
    span = days[0], days[-1]
    known = codes_between(transport, provider, classification, *span)
    changed = changes(transport, provider, classification, *span)
    return region_findings(codes, known, changed, span, policy)


def fetch_codes(
    transport: Transport, provider: Provider, classification: str, start: str, end: str
) -> Fetched:
    """The codes of a period as a snapshot: CSV with one row per code and period of validity.

    Columns: `code`, `name`, `parent`, `level`, `valid_from` (first day), `valid_to` (the day after
    the last; empty if none is known).

    Raises:
        KgError: If KLASS refuses or the list is empty.
    """
    before = transport.calls
    found = codes_between(transport, provider, classification, start, end)
    content = _csv([each.name for each in fields(Code)], map(astuple, found))
    url = _url(provider, classification, "codes", **_period(start, end))
    return _snapshot(content, url, "koder som gjaldt", (start, end), transport.calls - before)


def fetch_changes(
    transport: Transport, provider: Provider, classification: str, start: str, end: str
) -> Fetched:
    """The changes of a period as a snapshot: CSV with one row per old and new code.

    Columns: `date`, `old_code`, `old_name`, `new_code`, `new_name`.

    Raises:
        KgError: If KLASS refuses.
    """
    before = transport.calls
    found = changes(transport, provider, classification, start, end)
    content = _csv([each.name for each in fields(Change)], map(astuple, found))
    url = _url(provider, classification, "changes", **_period(start, end))
    return _snapshot(content, url, "endringer", (start, end), transport.calls - before)


def _snapshot(content: bytes, url: str, what: str, days: tuple[str, str], calls: int) -> Fetched:
    first, last = map(norwegian_date, days)
    asked = url.partition("/classifications/")[2]
    # KLASS does not say when it was last updated.
    return Fetched(content, f"{what} fra {first} til {last}", "", url, asked, requests=calls)


def _csv(headings: list[str], rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerows([headings, *rows])
    return text.getvalue().encode("utf-8")


def _url(provider: Provider, classification: str, what: str, **asked: str) -> str:
    return f"{provider.url}/classifications/{classification}/{what}?{urlencode(asked)}"


def _period(start: str, end: str) -> dict[str, str]:
    if _iso(end) < _iso(start):
        raise KgError(f"expected a period, found {start}–{end}. Swap the two dates.")
    # KLASS does not count the last day.
    return {"from": start, "to": _day_after(end)}


def _iso(date: str) -> str:
    try:
        return datetime.date.fromisoformat(date).isoformat()
    except ValueError:
        raise KgError(f"expected a date such as 2020-01-01, found {date!r}.") from None


def _day_after(date: str) -> str:
    return (datetime.date.fromisoformat(date) + datetime.timedelta(days=1)).isoformat()


def _rows(
    transport: Transport, url: str, key: str, names: tuple[str, ...], dates: tuple[str, ...] = ()
) -> list[tuple[str, ...]]:
    """The entries of an answer as texts, in the order of the names."""
    where = f"{transport.name}: {url.partition('/classifications/')[2].partition('?')[0]}"
    try:
        answer = transport.get_json(url)
    except ProviderError as problem:
        if problem.status not in (400, 404):
            raise
        raise ProviderError(
            f"{problem} Enten finnes ikke klassifikasjonen («classification» i params.yaml), eller "
            "den har ingen versjon i disse årene, eller to versjoner av den mangler endringstabell "
            "eller har flere. Det siste må SSB rette.",
            status=problem.status,
            title=problem.title,
        ) from None
    items = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(items, list):
        raise ProviderError(f"{where}: expected a list under {key!r}, found {str(answer)[:80]!r}.")
    return [tuple(_text(item, name, where) for name in (*names, *dates)) for item in items]


def _text(item: Any, name: str, where: str) -> str:
    """A field as text, never as a number that has lost its zeros."""
    held = item.get(name) if isinstance(item, dict) else item
    if not isinstance(item, dict) or not isinstance(held, str | None):
        raise ProviderError(f"{where}: expected {name} as text, found {held!r}. Report it to SSB.")
    text = (held or "").strip()
    if name in _CODE[:2] and not text:
        raise ProviderError(f"{where}: expected a {name}, found none in {item!r}. Tell SSB.")
    if not (text and name.startswith(("valid", "change"))):
        return text
    try:
        return _iso(text)
    except KgError as problem:
        raise ProviderError(f"{where}: {name}: {problem} Report it to SSB.") from None


def _refuse_empty(found: list[Any], where: str) -> None:
    if not found:
        raise ProviderError(
            f"{where}: expected codes, found none. Check params.yaml: id and years."
        )


def _codes(rows: list[tuple[str, ...]], where: str) -> list[Code]:
    found = sorted((Code(*row) for row in rows), key=lambda each: (each.code, each.valid_from))
    _refuse_empty(found, where)
    for one, other in pairwise(found):
        if one.code == other.code and (not one.valid_to or other.valid_from < one.valid_to):
            raise ProviderError(
                f"{where}: expected one area for a code, found {one.code} for «{one.name}» and "
                f"«{other.name}» on the same day. Report it to SSB, and keep the old snapshot."
            )
    return found
