"""Write a snapshot and its provenance so that a reader finds the old pair or the new one.

Two files cannot be renamed at once. So both are written in full beside the old ones, the content is
renamed first, and a provenance that waits beside its content counts as soon as the content is the
one that it names: whenever the process is killed, what lies there is a whole pair.
"""

from pathlib import Path

import yaml

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.io import told_if_unwritable, write_synced
from kunnskapsgrunnlag.sources.provenance import (
    WAITING,
    Provenance,
    provenance_path,
    waited_for,
    waiting_path,
)


def save(path: Path, content: bytes, provenance: Provenance) -> None:
    if sha256(content) != provenance.sha256_bytes:
        raise KgError(f"{path.name}: opphavsfilen gjelder et annet innhold. Ingenting er lagret.")
    with told_if_unwritable(path):
        write_synced(waiting_path(path), content)
        write_synced(waiting_path(provenance_path(path)), dumped(provenance))
        waiting_path(path).replace(path)
        settle(path)


def save_provenance(path: Path, provenance: Provenance) -> None:
    beside = provenance_path(path)
    write_synced(waiting_path(beside), dumped(provenance))
    waiting_path(beside).replace(beside)


def settle(path: Path) -> bool:
    """Finish what a killed process began, if its content is in place; else leave all as it is."""
    if waited_for(path) is None:
        return False
    waiting_path(provenance_path(path)).replace(provenance_path(path))
    return True


def settle_interrupted(raw: Path) -> list[Path]:
    """Finish every snapshot under a folder whose content has taken its place already."""
    waiting = sorted(raw.rglob(f"*.source.yaml{WAITING}"))
    paths = [path.with_name(path.name.removesuffix(f".source.yaml{WAITING}")) for path in waiting]
    return [path for path in paths if settle(path)]


def settle_all(raw: Path) -> list[Path]:
    """Settle every snapshot under a folder and remove what was never finished.

    Only for a command that holds the lock on fetching: nobody else may be writing.
    """
    settled = settle_interrupted(raw)
    for left in raw.rglob(f"*{WAITING}"):
        left.unlink()
    return settled


def dumped(provenance: Provenance) -> bytes:
    text = yaml.safe_dump(
        provenance.model_dump(exclude_defaults=True), allow_unicode=True, sort_keys=False, width=100
    )
    return text.encode("utf-8")
