"""Calls over HTTP that end: paced, with time-outs, few attempts, a size limit and whole JSON."""

import email.utils
import gzip
import io
import json
import re
import time
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import httpx
import tenacity

from kunnskapsgrunnlag import __version__
from kunnskapsgrunnlag.fetch.provider import KEPT, ProviderError
from kunnskapsgrunnlag.fetch.record import Recorder
from kunnskapsgrunnlag.fetch.trust import LOGIN, system_trust, trouble

AGENT = f"kunnskapsgrunnlag/{__version__} (rapport, Velferdsetaten)"
# What passes by itself as a rule.
PASSING = (408, 425, 429, 500, 502, 503, 504, *range(520, 525))
_POLICY = re.compile(r"\s*(\d+)\s*;\s*w=([1-9]\d*)")


@dataclass(frozen=True)
class Clock:
    """Time, so that a test need not wait for it."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass
class Pace:
    """At most so many calls in a window of so many seconds, counted by this process."""

    calls: int
    seconds: float
    clock: Clock = field(default_factory=Clock)
    _times: deque[float] = field(default_factory=deque)

    def wait(self) -> None:
        while len(self._times) >= self.calls:
            left = self._times.popleft() + self.seconds - self.clock.now()
            if left > 0:
                self.clock.sleep(left)
        self._times.append(self.clock.now())

    def heed(self, policy: str) -> None:
        """Slow down to what a provider announces (`40;w=60`), if it is less than what we do."""
        if match := _POLICY.match(policy):
            calls, seconds = int(match[1]), float(match[2])
            if calls and calls / seconds < self.calls / self.seconds:
                self.calls, self.seconds = calls, seconds


@dataclass(frozen=True)
class Limits:
    """How long and how much we accept.

    Attributes:
        connect, read: Seconds for a connection, and between two pieces of an answer.
        total: Seconds for one whole answer, so that a slow drip ends.
        attempts: Calls in all for one answer.
        longest_wait: The longest wait between two attempts, in seconds.
        size: The largest answer, in bytes; 800 000 cells take some 30 million.
    """

    connect: float = 10
    read: float = 30
    total: float = 180
    attempts: int = 4
    longest_wait: float = 90
    size: int = 100_000_000


class PassingError(ProviderError):
    """A failure that may have passed by the next attempt."""


@dataclass
class Transport:
    """Calls to one provider, one at a time."""

    name: str
    pace: Pace
    limits: Limits = field(default_factory=Limits)
    calls: int = 0
    recorder: Recorder | None = None

    def __post_init__(self) -> None:
        # Proxies are those of the machine: its settings, or HTTPS_PROXY and NO_PROXY.
        self._client = httpx.Client(
            verify=system_trust(),
            headers={"User-Agent": AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(self.limits.read, connect=self.limits.connect),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get_json(self, url: str) -> Any:
        return self._json("GET", url, None)

    def post_json(self, url: str, body: Any) -> Any:
        return self._json("POST", url, body)

    def _json(self, method: str, url: str, body: Any) -> Any:
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(PassingError),
            stop=tenacity.stop_after_attempt(self.limits.attempts),
            wait=self._seconds_before_next,
            sleep=self.pace.clock.sleep,
            reraise=True,
        )
        try:
            return retrying(self._attempt, method, url, body)
        except PassingError as problem:
            raise ProviderError(
                f"{problem} Prøvd {self.limits.attempts} ganger. {KEPT}",
                status=problem.status,
                title=problem.title,
            ) from None

    def _seconds_before_next(self, state: tenacity.RetryCallState) -> float:
        problem = state.outcome.exception() if state.outcome else None
        assert isinstance(problem, PassingError)  # nothing else is tried again
        longest = self.limits.longest_wait
        if problem.after > longest:
            raise ProviderError(
                f"{problem} Eieren ber oss vente {problem.after:.0f} sekunder; vi venter høyst "
                f"{longest:.0f}. Prøv igjen etter det.",
                status=problem.status,
            ) from None
        longer = tenacity.wait_exponential_jitter(initial=1, max=longest)
        return max(problem.after, float(longer(state)))

    def _attempt(self, method: str, url: str, body: Any) -> Any:
        self.pace.wait()
        self.calls += 1
        address = httpx.URL(url)
        # An address with its query is too long for an error.
        where = f"{self.name}: {address.host}{address.path}"
        try:
            with self._client.stream(method, url, json=body) as answer:
                content = self._read(answer, where)
        except httpx.TimeoutException:
            raise PassingError(
                f"{where}: svarte ikke innen {self.limits.read:g} sekunder."
            ) from None
        except httpx.HTTPError as problem:
            if wrong := trouble(problem):
                raise ProviderError(f"{where}: {wrong}. {KEPT}") from None
            words = str(problem) or type(problem).__name__
            raise PassingError(f"{where}: forbindelsen sviktet ({words}).") from None
        self.pace.heed(answer.headers.get("x-ratelimit-policy", ""))
        if self.recorder:
            request = {"method": method, "url": url, "body": body}
            self.recorder.write(self.name, request, answer.status_code, answer.headers, content)
        if answer.status_code != 200:
            raise self._refused(answer, content, where)
        return decode(content, answer.headers.get("content-type", ""), where)

    def _read(self, answer: httpx.Response, where: str) -> bytes:
        ends = time.monotonic() + self.limits.total
        content = bytearray()
        is_packed = answer.headers.get("content-encoding", "").strip().lower() == "gzip"
        for piece in answer.iter_raw() if is_packed else answer.iter_bytes():
            content += piece
            if len(content) > self.limits.size:
                raise ProviderError(f"{where}: svaret er større enn {self.limits.size} byte.")
            if time.monotonic() > ends:
                raise PassingError(
                    f"{where}: svaret var ikke helt etter {self.limits.total:g} sekunder."
                )
        return self._unpacked(bytes(content), where) if is_packed else bytes(content)

    def _unpacked(self, content: bytes, where: str) -> bytes:
        """All members of a gzip: servers that join pieces send several; httpx reads the first."""
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                text = packed.read(self.limits.size + 1)
        except (EOFError, OSError, zlib.error):
            raise PassingError(f"{where}: svaret er ikke helt pakket.") from None
        if len(text) > self.limits.size:
            raise ProviderError(f"{where}: svaret er større enn {self.limits.size} byte.")
        return text

    def _refused(self, answer: httpx.Response, content: bytes, where: str) -> ProviderError:
        status, title = answer.status_code, provider_words(content)
        if answer.has_redirect_location:
            title = f"flyttet til {answer.headers['location']}; rett «providers» i params.yaml"
        message = f"{where}: HTTP {status}{title and f' ({title})'}."
        if status == 407:
            return ProviderError(f"{where}: {LOGIN}. {KEPT}", status=status)
        if status not in PASSING:
            return ProviderError(message, status=status, title=title)
        after = retry_after(answer.headers.get("retry-after", ""), self.pace.clock.now())
        if status == 429:
            # Without a time from the provider, its whole window must pass.
            after = after or self.pace.seconds
        return PassingError(message, status=status, title=title, after=after)


def decode(content: bytes, kind: str, where: str) -> Any:
    """The answer as JSON.

    Raises:
        PassingError: If it is a page instead of data, or half an answer.
    """
    if "json" not in kind.lower():
        start = content[:60].decode("utf-8", errors="replace").strip()
        raise PassingError(
            f"{where}: ventet JSON, fant {kind or 'ingen innholdstype'} som begynner {start!r}."
        )
    try:
        return json.loads(content.decode("utf-8-sig"))
    except ValueError as problem:
        raise PassingError(f"{where}: svaret er ikke hel JSON ({problem}).") from None


def provider_words(content: bytes) -> str:
    text = content[:4000].decode("utf-8", errors="replace").strip()
    if text.startswith("<"):
        return "en nettside"
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    if isinstance(answer, dict):
        parts = [str(answer[key]) for key in ("title", "detail", "error") if answer.get(key)]
        text = ": ".join(dict.fromkeys(parts)) or text
    return " ".join(text.split())[:200]


def retry_after(text: str, now: float) -> float:
    """Seconds to wait, of the header `Retry-After`: seconds or a date; 0 if it has neither."""
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except (TypeError, ValueError):
        return 0.0
