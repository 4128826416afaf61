"""Accept a snapshot's present content: new hashes, and the reason in its history."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.sources.formats.facts import REQUIRED, check_facts
from kunnskapsgrunnlag.sources.provenance import CAUSES, ORIGINS, Cause, Provenance, Registration
from kunnskapsgrunnlag.sources.save import save_provenance
from kunnskapsgrunnlag.sources.snapshot import Snapshot


@dataclass(frozen=True)
class Submission:
    """What a person who registers a content says of it."""

    reason: str
    vintage: str = ""
    origin: str = ""
    cause: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def register_snapshot(snapshot: Snapshot, submission: Submission) -> str:
    _check(snapshot.source, submission)
    is_known = snapshot.sha256_bytes == snapshot.provenance.sha256_bytes
    if is_known and not (submission.vintage or submission.origin or submission.facts):
        return f"{snapshot.name} er allerede registrert med dette innholdet."
    save_provenance(snapshot.path, _provenance(snapshot, submission))
    return f"{snapshot.name} er registrert på nytt: {snapshot.sha256_cells[:16]}."


def _check(source: str, submission: Submission) -> None:
    if not submission.reason.strip():
        raise KgError(f'{source}: et nytt innhold må ha en grunn. Skriv --reason "…".')
    if submission.origin and submission.origin not in ORIGINS:
        raise KgError(
            f"{source}: opphavet «{submission.origin}» finnes ikke. Skriv {listed(ORIGINS)}."
        )
    if submission.cause and submission.cause not in CAUSES:
        raise KgError(
            f"{source}: årsaken «{submission.cause}» finnes ikke. Skriv én av {', '.join(CAUSES)}."
        )


def _provenance(snapshot: Snapshot, submission: Submission) -> Provenance:
    """The provenance with the present hashes; a new content adds a line of history.

    A first registration and a change of mere bytes (line ends) are no revision, so they add none.
    Nothing that is written of an estimate, of what was printed or of an earlier delivery holds of
    a content that comes in its place.
    """
    old = snapshot.provenance
    changes: dict[str, Any] = dict(submission.facts) | {
        "origin": submission.origin or old.origin,
        "sha256_bytes": snapshot.sha256_bytes,
        "sha256_cells": snapshot.sha256_cells,
    }
    if snapshot.changed and old.sha256_cells:
        entry = Registration(
            date=_today().isoformat(),
            reason=submission.reason,
            sha256_cells=snapshot.sha256_cells,
            cause=_cause(submission, old.origin, changes["origin"]),
        )
        changes["history"] = [*old.history, entry]
    if _is_delivered(snapshot, changes["origin"]):
        _check_all(snapshot.name, submission.facts)
        vintage = submission.vintage or _registered_today()
        return Provenance(**{"history": old.history, "vintage": vintage} | changes)
    if changes["origin"] == "leveranse":
        _check_all(snapshot.name, _facts_in(old) | dict(submission.facts))
    changes["vintage"] = submission.vintage or old.vintage
    if changes["origin"] != "trykt":
        changes["transcribed_from"] = None
    return old.model_copy(update=changes)


def _cause(submission: Submission, old: str, new: str) -> Cause | None:
    """Only a fetch knows that an owner has revised official numbers: the change is ours."""
    if submission.cause:
        return cast("Cause", submission.cause)
    return "endret-hos-oss" if old == new == "offisiell" else None


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


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.UTC).date()


def _registered_today() -> str:
    return f"registrert {norwegian_date(_today())}"
