"""A shared budget of calls per provider: all stages and commands on this machine draw on one.

Providers count calls per address, so two commands that each keep the limit can break it together.
The budget is a small file of times, guarded by a lock: who comes takes the next free time and
waits for it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_cache_path

from kunnskapsgrunnlag.fetch.provider import ProviderError


@dataclass(frozen=True)
class Rate:
    """At most so many calls in a window of so many seconds."""

    calls: int
    seconds: float


@dataclass(frozen=True)
class Clock:
    """Time, so that a test need not wait for it."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Budget:
    """The calls that a provider allows.

    Attributes:
        name: The provider; one file each.
        rate: What it allows.
        folder: Where the file lies; the user's cache, so that all clones share it.
        patience: The longest wait for a turn, in seconds.
    """

    name: str
    rate: Rate
    folder: Path = field(default_factory=lambda: user_cache_path("kunnskapsgrunnlag"))
    clock: Clock = field(default_factory=Clock)
    patience: float = 300

    def take(self) -> float:
        """Wait for the next free time and take it.

        Returns:
            The seconds waited.

        Raises:
            ProviderError: If the turn lies further ahead than our patience, or the file of times
                cannot be kept.
        """
        now = self.clock.now()
        with self._locked() as path:
            taken = self._counting(path, now)
            wait = _next_free(taken, now, self.rate) - now
            if wait > self.patience:
                raise ProviderError(
                    f"{self.name}: the allowed {self.rate.calls} calls in {self.rate.seconds:g} "
                    f"seconds are taken for the next {wait:.0f} seconds, by another command on "
                    "this machine or because the provider asked for a pause. Try again later."
                )
            _write(path, [*taken, now + wait])
        if wait > 0:
            self.clock.sleep(wait)
        return wait

    def pause(self, seconds: float) -> None:
        """The provider asks for a pause: nobody on this machine calls it before that.

        A pause longer than our patience is as long as that.
        """
        now = self.clock.now()
        with self._locked() as path:
            # A full window that ends when the pause ends keeps everybody out until then.
            end = now + min(seconds, self.patience) - self.rate.seconds
            _write(path, [*self._counting(path, now), *[end] * self.rate.calls])

    def _counting(self, path: Path, now: float) -> list[float]:
        """The times that still count, in order."""
        times = _read(path)
        if times is None:
            # What was taken is not known, so all of it may be.
            return [now] * self.rate.calls
        # Nobody takes a turn further ahead than this, unless the clock was set back since.
        latest = now + self.patience + self.rate.seconds
        return sorted(each for each in times if now - self.rate.seconds < each <= latest)

    @contextmanager
    def _locked(self) -> Iterator[Path]:
        """The file of times, held by one process at a time."""
        path = self.folder / f"{self.name}.json"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(path.with_suffix(".lock"), timeout=30):
                yield path
        except Timeout:
            raise ProviderError(
                f"{path}: another process has held the budget of calls for 30 seconds. End it."
            ) from None
        except OSError as problem:
            raise ProviderError(
                f"{path}: the times of calls must be kept here, and cannot be "
                f"({problem.strerror or problem}). Give yourself the right to write there."
            ) from None


def _read(path: Path) -> list[float] | None:
    """The times in the file; None if it is damaged."""
    if not path.exists():
        return []
    try:
        return [float(each) for each in json.loads(path.read_text(encoding="utf-8"))]
    except (ValueError, TypeError):
        return None


def _next_free(taken: list[float], now: float, rate: Rate) -> float:
    if len(taken) < rate.calls:
        return now
    return max(now, taken[-rate.calls] + rate.seconds)


def _write(path: Path, times: list[float]) -> None:
    """Write beside and rename: a process that ends here must not leave half a file."""
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(sorted(times)), encoding="utf-8")
    beside.replace(path)
