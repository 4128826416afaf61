"""Accept a snapshot's present content: new hashes, and the reason in its history."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any, cast

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.sources.formats.facts import REQUIRED, check_facts
from kunnskapsgrunnlag.sources.locate import NOT_REGISTERED
from kunnskapsgrunnlag.sources.provenance import CAUSES, ORIGINS, Cause, Provenance, Registration
from kunnskapsgrunnlag.sources.save import save_provenance
from kunnskapsgrunnlag.sources.snapshot import Snapshot


def register_snapshot(
    snapshot: Snapshot,
    reason: str,
    *,
    vintage: str = "",
    origin: str = "",
    cause: str = "",
    facts: Mapping[str, str] | None = None,
) -> str:
    """Write the snapshot's provenance anew.

    Args:
        facts: What was told of the content: title, period, owner and so on.

    Returns:
        What was done, for the person who asked.

    Raises:
        KgError: If the reason is empty, the origin or the cause unknown, facts of a delivery lack
            or the snapshot cannot be read.
    """
    if not reason.strip():
        raise KgError(f'{snapshot.source}: et nytt innhold må ha en grunn. Skriv --reason "…".')
    if origin and origin not in ORIGINS:
        raise KgError(
            f"{snapshot.source}: opphavet «{origin}» finnes ikke. Skriv {listed(ORIGINS)}."
        )
    if cause and cause not in CAUSES:
        raise KgError(
            f"{snapshot.source}: årsaken «{cause}» finnes ikke. Skriv én av {', '.join(CAUSES)}."
        )
    old = snapshot.provenance
    if snapshot.sha256_bytes == old.sha256_bytes and not (vintage or origin or facts):
        return f"{snapshot.name} er allerede registrert med dette innholdet."
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    new = registered(
        snapshot, today, reason, vintage=vintage, origin=origin, cause=cause, facts=facts
    )
    save_provenance(snapshot.path, new)
    return f"{snapshot.name} er registrert på nytt: {snapshot.sha256_cells[:16]}."


def register_delivery(
    snapshot: Snapshot, reason: str, *, vintage: str = "", origin: str = "", cause: str = ""
) -> str:
    """Register a file in `data/raw/leveranser/`: it has said itself what it is of.

    Raises:
        KgError: If somebody calls it something else than a delivery.
    """
    if origin not in ("", "leveranse"):
        raise KgError(
            f"{snapshot.name}: en fil i leveranser har opphavet «leveranse», ikke «{origin}». "
            "Ta bort --origin."
        )
    told = snapshot.provenance
    today = datetime.datetime.now(tz=datetime.UTC).date()
    is_new = told.vintage.endswith(NOT_REGISTERED)
    vintage = vintage or (f"registrert {norwegian_date(today)}" if is_new else told.vintage)
    return register_snapshot(snapshot, reason, vintage=vintage, cause=cause, facts=_facts_in(told))


def registered(
    snapshot: Snapshot,
    date: str,
    reason: str,
    *,
    vintage: str = "",
    origin: str = "",
    cause: str = "",
    facts: Mapping[str, str] | None = None,
) -> Provenance:
    """The provenance with the present hashes; a new content adds a line of history.

    A first registration and a change of mere bytes (line ends) are no revision, so they add none.
    Only a fetch knows that the owner has revised official numbers: without a cause, another content
    of such a file is a change of ours.

    Nothing that was said of an estimate, of what was printed or of an earlier delivery is said of
    a content that comes in its place.
    """
    old, told = snapshot.provenance, dict(facts or {})
    changes: dict[str, Any] = told | {
        "origin": origin or old.origin,
        "sha256_bytes": snapshot.sha256_bytes,
        "sha256_cells": snapshot.sha256_cells,
    }
    if snapshot.changed and old.sha256_cells:
        ours: Cause | None = (
            "endret-hos-oss" if old.origin == changes["origin"] == "offisiell" else None
        )
        entry = Registration(
            date=date,
            reason=reason,
            sha256_cells=snapshot.sha256_cells,
            cause=cast("Cause", cause) if cause else ours,
        )
        changes["history"] = [*old.history, entry]
    if _is_delivered(snapshot, changes["origin"]):
        _check_all(snapshot.name, told)
        vintage = vintage or f"registrert {norwegian_date(date)}"
        return Provenance(**{"history": old.history, "vintage": vintage} | changes)
    if changes["origin"] == "leveranse":
        _check_all(snapshot.name, _facts_in(old) | told)
    changes["vintage"] = vintage or old.vintage
    if changes["origin"] != "trykt":
        changes["transcribed_from"] = None
    return old.model_copy(update=changes)


def _is_delivered(snapshot: Snapshot, origin: str) -> bool:
    """Whether somebody has delivered this content: it must say itself what it is of."""
    before = snapshot.provenance
    if origin == "leveranse":
        # A provenance file that somebody has written for a new source speaks of that content.
        is_registered = re.fullmatch("[0-9a-f]{64}", before.sha256_cells) is not None
        return before.origin != origin or (snapshot.changed and is_registered)
    return before.origin == "estimat" != origin


def _facts_in(provenance: Provenance) -> dict[str, str]:
    return {name: str(getattr(provenance, name)) for name in ("title", *REQUIRED)}


def _check_all(name: str, facts: Mapping[str, str]) -> None:
    options = " ".join(f'--{option} "…"' for option in ("title", *REQUIRED))
    if not facts.get("title"):
        raise KgError(f"{name}: det som er levert, må ha sin egen tittel. Skriv {options}.")
    check_facts(name, facts, f"Skriv {options}.")
