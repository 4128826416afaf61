"""KLASS, SSB's archive of classifications: what happened to the areas of a table over its years."""

import datetime
import re
from collections.abc import Iterable
from urllib.parse import urlencode

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.query import Provider
from kunnskapsgrunnlag.fetch.http import Transport

# K-0301 and F-03 in code lists, 030101a in table 10826.
_WRITTEN = re.compile(r"(?:[KF]-)?(\d\d|\d{4}|\d{6})a?")
_PERIOD = re.compile(r"(\d{4})(?:([MK])(\d{1,2}))?")


def area_findings(
    transport: Transport,
    provider: Provider,
    codes: Iterable[str],
    classification: str,
    periods: Iterable[str],
) -> tuple[str, ...]:
    """What people should know of a table's areas, in Norwegian: changed, reused, not checked.

    Args:
        classification: 131 for municipalities, 103 for bydeler.
    """
    days = sorted(day_of(period) for period in periods)
    base = f"{provider.url}/classifications/{classification}"
    # KLASS does not count the last day.
    after = datetime.date.fromisoformat(days[-1]) + datetime.timedelta(days=1)
    span = urlencode({"from": days[0], "to": after.isoformat()})
    names: dict[str, list[str]] = {}
    for row in _rows(transport, f"{base}/codes?{span}", "codes"):
        names.setdefault(row["code"], []).append(row["name"])
    written = {code: match[1] for code in codes if (match := _WRITTEN.fullmatch(code))}
    ours = {*written.values()} & {*names}
    if not ours:
        raise KgError(f"klassifikasjon {classification} har ingen av kodene {', '.join(codes)}.")
    changes = _rows(transport, f"{base}/changes?{span}", "codeChanges")
    unknown = ", ".join(code for code in codes if written.get(code) not in ours)
    return (
        *sorted(_change_words(c) for c in changes if ours & {c["oldCode"], c["newCode"]}),
        *(_reuse_words(c, names[c]) for c in sorted(ours) if len({*names[c]}) > 1),
        *([f"Ikke koder i klassifikasjonen, ikke kontrollert: {unknown}"] if unknown else []),
    )


def day_of(period: str) -> str:
    """First day (ISO) of a year, a month (2015M05) or a quarter (2015K2)."""
    match = _PERIOD.fullmatch(period)
    if not match:
        raise KgError(f"ventet en periode som 2015, 2015M05 eller 2015K2, fant «{period}».")
    year, unit, number = match.groups()
    month = 3 * int(number) - 2 if unit == "K" else int(number or 1)
    return f"{year}-{month:02d}-01"


def _change_words(change: dict[str, str]) -> str:
    old = f"{change['oldCode']} {change['oldName']}".strip() or "∅"
    new = f"{change['newCode']} {change['newName']}".strip() or "∅"
    return f"{change['changeOccurred']}: {old} → {new} (brudd i serien)"


def _reuse_words(code: str, names: list[str]) -> str:
    return (
        f"Koden {code} er brukt om {' og om '.join(dict.fromkeys(names))}: kontroller at det er "
        "samme område"
    )


def _rows(transport: Transport, url: str, key: str) -> list[dict[str, str]]:
    """The entries of an answer; a field that is null is empty."""
    return [
        {name: text or "" for name, text in row.items()} for row in transport.get_json(url)[key]
    ]
