"""One fetch at a time in a checkout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from kunnskapsgrunnlag.base.errors import KgError


@dataclass
class Alone:
    """A lock that nobody waits for: two fetches of one checkout would compare with each other."""

    path: Path

    def __enter__(self) -> None:
        """Take the lock.

        Raises:
            KgError: If another process has it.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(self.path)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise KgError(
                "Another kg fetch is at work in this checkout. Wait for it, or end it."
            ) from None

    def __exit__(self, *_: object) -> None:
        """Give the lock back."""
        self._lock.release()
