"""Which file a source is read from: its snapshot, or the delivery that has come in its place."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project, name_in_checkout
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.catalog.schema import Source
from kunnskapsgrunnlag.sources.formats.facts import REQUIRED, check_facts
from kunnskapsgrunnlag.sources.provenance import (
    WAITING,
    Provenance,
    provenance_path,
    read_provenance,
)
from kunnskapsgrunnlag.sources.snapshot import Snapshot, read_snapshot

# Text as Excel saves it goes by several endings; what stands in the file decides how it is read.
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".ods")


def delivered(project: Project, entry: Source) -> Path | None:
    """The delivery that lies in place for a source, if there is one."""
    if entry.delivery is None:
        return None
    candidates = [project.deliveries / f"{entry.delivery}{ending}" for ending in ENDINGS]
    present = [path for path in candidates if path.is_file()]
    if len(present) > 1:
        names = " og ".join(path.name for path in present)
        raise KgError(f"leveranser: ventet én fil, fant {names}. Ta bort den ene.")
    return present[0] if present else None


def refuse_strangers(project: Project, entries: Iterable[Source]) -> None:
    """A file among the deliveries that no table is read from would be left out unsaid."""
    known = {entry.delivery for entry in entries if entry.delivery}
    for path in sorted(project.deliveries.glob("*")):
        own = path.name.endswith((".source.yaml", WAITING)) or path.name == "LESMEG.md"
        # Excel and other programs keep a hidden file beside one that is open.
        if own or path.name.startswith(("~$", ".")) or not path.is_file():
            continue
        if path.stem in known and path.suffix in ENDINGS:
            continue
        advice = (
            f"Lagre den som {' eller '.join(ENDINGS)}."
            if path.stem in known
            else f"Gi den navnet på malen sin.{nearest(path.stem.lower(), known)}"
        )
        raise KgError(
            f"{name_in_checkout(path)}: ingen tabell leses fra en fil som heter det. {advice}"
        )


def source_path(project: Project, entry: Source) -> Path:
    return delivered(project, entry) or project.raw / entry.file


def open_source(project: Project, key: str, entry: Source) -> Snapshot:
    """The snapshot that a source is read from now.

    A delivery says itself what it is of, in its file or, where that is registered with the same
    content, in its provenance. Nothing is taken from the estimate in whose place it comes.
    """
    path = delivered(project, entry)
    if path is None:
        return read_snapshot(key, project.raw / entry.file, entry.columns, entry.sheet)
    known = read_provenance(path, key) if provenance_path(path).is_file() else None
    content = path.read_bytes()
    snapshot = Snapshot(key, path, known or UNKNOWN, content, entry.columns, entry.sheet)
    facts = dict(snapshot.table.facts)
    if known and not snapshot.changed:
        facts = {name: str(getattr(known, name)) for name in REQUIRED} | facts
    check_facts(snapshot.name, facts, f"Ta filen imot slik den kom: kg receive {path.name}.")
    return replace(snapshot, provenance=_provenance(known or UNKNOWN, entry, path, facts))


UNKNOWN = Provenance(
    title="", owner="", origin="leveranse", vintage="", licence="", sha256_bytes="", sha256_cells=""
)


def _provenance(
    known: Provenance, entry: Source, path: Path, facts: Mapping[str, str]
) -> Provenance:
    """What a delivery is, in its own words; hashes and history are those of its registration."""
    if not entry.title:
        raise KgError(f"params.yaml: leveransen {entry.delivery} mangler «title». Skriv den.")
    extracted = facts.get("extracted", "")
    vintage = known.vintage or f"leveranse {path.name}, ikke registrert"
    own = {name: facts[name] for name in REQUIRED}
    own |= {"title": f"{entry.title}, {facts['period']}", "origin": "leveranse"}
    return known.model_copy(
        update=own | {"vintage": f"uttrekk {extracted}" if extracted else vintage}
    )
