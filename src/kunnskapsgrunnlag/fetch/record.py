"""`kg fetch --spill FOLDER`: what was asked and answered, so that tests can play it again.

One file per answer, without the names and numbers of the owner's staff. The register's tables are
left out: they have single households, and a recording is meant for git.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.io import write_bytes
from kunnskapsgrunnlag.catalog.query import Provider
from kunnskapsgrunnlag.fetch.contacts import without_contacts

# Of the headers, those that say how an answer is to be understood.
_HEADERS = ("content-type", "retry-after", "x-ratelimit-policy", "x-ratelimit-remaining")
_TABLE = "qMatrix"


@dataclass
class Recorder:
    """Writes the exchanges of one run.

    Attributes:
        owners: By name: whose answers they are, and under which licence.
    """

    folder: Path
    day: str
    owners: Mapping[str, Provider]
    _count: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        if self.folder.exists() and any(self.folder.iterdir()):
            raise KgError(f"--spill: {self.folder} er ikke tom. Velg en ny mappe.")
        self.folder.mkdir(parents=True, exist_ok=True)

    def write(
        self,
        owner: str,
        request: Mapping[str, Any],
        status: int,
        headers: Mapping[str, str],
        content: bytes | str,
    ) -> None:
        """Keep one answer; one that is no JSON is kept as text."""
        licence = next((p.licence for p in self.owners.values() if p.name == owner), "")
        text = content if isinstance(content, str) else content.decode("utf-8-sig", "replace")
        try:
            answer = json.loads(text)
        except ValueError:
            answer = text
        entry = {
            "origin": "opptak",
            "recorded": self.day,
            "owner": owner,
            "licence": licence,
            "request": dict(request),
            "status": status,
            "headers": {k: headers[k] for k in _HEADERS if k in headers},
            "answer": without_contacts(_without_tables(answer)),
        }
        self._count += 1
        url = str(request.get("url", ""))
        name = re.sub(r"[^\w.-]+", "-", url.split("://")[-1].split("?")[0])[-80:].strip("-")
        content = f"{json.dumps(entry, ensure_ascii=False, indent=1)}\n".encode()
        write_bytes(self.folder / f"{self._count:03d}-{name}.json", content)


def _without_tables(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {k: [] if k == _TABLE else _without_tables(v) for k, v in answer.items()}
    return [_without_tables(part) for part in answer] if isinstance(answer, list) else answer
