"""Accept a snapshot's present content: new hashes, and the reason in its history."""

from __future__ import annotations

import datetime
from pathlib import Path

import yaml

from kunnskapsgrunnlag.errors import KgError
from kunnskapsgrunnlag.fetch.snapshot import (
    Provenance,
    Registration,
    Snapshot,
    provenance_path,
    read_snapshot,
)


def register_snapshot(source: str, path: Path, reason: str, vintage: str) -> str:
    """Write the snapshot's provenance anew.

    Returns:
        What was done, for the person who asked.

    Raises:
        KgError: If the reason is empty or the snapshot cannot be read.
    """
    if not reason.strip():
        raise KgError(f'{source}: a new content needs a reason. Write --reason "…".')
    snapshot = read_snapshot(source, path)
    if not snapshot.changed and snapshot.sha256_bytes == snapshot.provenance.sha256_bytes:
        return f"{snapshot.name} er allerede registrert med dette innholdet."
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    held = registered(snapshot, today, reason, vintage)
    text = yaml.safe_dump(
        held.model_dump(exclude_defaults=True), allow_unicode=True, sort_keys=False, width=100
    )
    beside = provenance_path(path)
    new = beside.with_name(beside.name + ".ny")
    new.write_bytes(text.encode("utf-8"))
    new.replace(beside)
    return f"{snapshot.name} er registrert på nytt: {snapshot.sha256_cells[:16]}."


def registered(snapshot: Snapshot, date: str, reason: str, vintage: str) -> Provenance:
    """The provenance with the present hashes and one more line of history."""
    old = snapshot.provenance
    entry = Registration(date=date, reason=reason, sha256_cells=snapshot.sha256_cells)
    return old.model_copy(
        update={
            "vintage": vintage or old.vintage,
            "sha256_bytes": snapshot.sha256_bytes,
            "sha256_cells": snapshot.sha256_cells,
            "history": [*old.history, entry],
        }
    )
