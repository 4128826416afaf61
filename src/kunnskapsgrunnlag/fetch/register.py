"""Accept a snapshot's present content: new hashes, and the reason in its history."""

from __future__ import annotations

import datetime
from typing import Any, cast

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.fetch.provenance import CAUSES, ORIGINS, Cause, Provenance, Registration
from kunnskapsgrunnlag.fetch.save import save_provenance
from kunnskapsgrunnlag.fetch.snapshot import Snapshot


def register_snapshot(
    snapshot: Snapshot, reason: str, *, vintage: str = "", origin: str = "", cause: str = ""
) -> str:
    """Write the snapshot's provenance anew.

    Returns:
        What was done, for the person who asked.

    Raises:
        KgError: If the reason is empty, the origin or the cause unknown, or the snapshot cannot be
            read.
    """
    if not reason.strip():
        raise KgError(f'{snapshot.source}: a new content needs a reason. Write --reason "…".')
    if origin and origin not in ORIGINS:
        raise KgError(
            f"{snapshot.source}: no origin «{origin}». Write one of {', '.join(ORIGINS)}."
        )
    if cause and cause not in CAUSES:
        raise KgError(
            f"{snapshot.source}: årsaken «{cause}» finnes ikke. Skriv én av {', '.join(CAUSES)}."
        )
    old = snapshot.provenance
    if snapshot.sha256_bytes == old.sha256_bytes and not (vintage or origin):
        return f"{snapshot.name} er allerede registrert med dette innholdet."
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    new = registered(snapshot, today, reason, vintage=vintage, origin=origin, cause=cause)
    save_provenance(snapshot.path, new)
    return f"{snapshot.name} er registrert på nytt: {snapshot.sha256_cells[:16]}."


def registered(
    snapshot: Snapshot, date: str, reason: str, *, vintage: str, origin: str, cause: str = ""
) -> Provenance:
    """The provenance with the present hashes; a new content adds a line of history.

    A first registration and a change of mere bytes (line ends) are no revision, so they add none.
    Only a fetch knows that the owner has revised official numbers: without a cause, another content
    of such a file is a change of ours.
    """
    old = snapshot.provenance
    ours: Cause | None
    ours = "endret-hos-oss" if old.origin == "offisiell" and origin in ("", "offisiell") else None
    entry = Registration(
        date=date,
        reason=reason,
        sha256_cells=snapshot.sha256_cells,
        cause=cast("Cause", cause) if cause else ours,
    )
    changes: dict[str, Any] = {
        "vintage": vintage or old.vintage,
        "origin": origin or old.origin,
        "sha256_bytes": snapshot.sha256_bytes,
        "sha256_cells": snapshot.sha256_cells,
    }
    if snapshot.changed and old.sha256_cells:
        changes["history"] = [*old.history, entry]
    if changes["origin"] != "trykt":
        changes["transcribed_from"] = None
    return old.model_copy(update=changes)
