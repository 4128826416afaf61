"""Calls over HTTP that end: each has time-outs, few attempts, a size limit and a checked answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import httpx
import tenacity

from kunnskapsgrunnlag import __version__
from kunnskapsgrunnlag.fetch.deadline import Deadline
from kunnskapsgrunnlag.fetch.decode import PassingError, decoded, retry_after, said
from kunnskapsgrunnlag.fetch.pace import Budget, Rate
from kunnskapsgrunnlag.fetch.provider import ProviderError

AGENT = f"kunnskapsgrunnlag/{__version__} (rapport, Velferdsetaten)"
# 429 is told by the provider; the others pass by themselves as a rule.
PASSING = (429, 500, 502, 503, 504)
POLICY = re.compile(r"\s*([1-9]\d{0,5})\s*;\s*w=([1-9]\d{0,5})s?\s*$")
# Others unpack so much from so little that one piece could take the memory.
ENCODINGS = ("", "identity", "gzip")


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


@dataclass
class Transport:
    """Calls to one provider, one at a time, within its budget.

    Attributes:
        name: The provider, as errors name it.
        calls: How many calls have been made.
    """

    name: str
    budget: Budget
    limits: Limits = field(default_factory=Limits)
    calls: int = 0

    def __post_init__(self) -> None:
        """Open a pool of connections."""
        held = self.limits
        self._known: dict[str, Any] = {}
        self._client = httpx.Client(
            headers={
                "User-Agent": AGENT,
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            },
            timeout=httpx.Timeout(held.read, connect=held.connect),
            follow_redirects=False,
            # Each call makes its own connection, so that its deadline knows the one to cut.
            limits=httpx.Limits(max_keepalive_connections=0),
            # Nothing that a provider sets follows us to the next call.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Transport:
        """Close after use."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.close()

    def get_json(self, url: str) -> Any:
        """The JSON behind an address.

        Raises:
            ProviderError: If no attempt gave a whole JSON answer.
        """
        return self._json("GET", url, None)

    def get_json_once(self, url: str) -> Any:
        """The JSON behind an address that is the same for as long as we are connected.

        Raises:
            ProviderError: If no attempt gave a whole JSON answer.
        """
        if url not in self._known:
            self._known[url] = self.get_json(url)
        return self._known[url]

    def post_json(self, url: str, body: Any) -> Any:
        """The JSON that a query is answered with.

        Raises:
            ProviderError: If no attempt gave a whole JSON answer.
        """
        return self._json("POST", url, body)

    def _json(self, method: str, url: str, body: Any) -> Any:
        def attempt() -> Any:
            content, kind = self._once(method, url, body)
            return decoded(content, kind, self._where(url))

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(PassingError),
            stop=tenacity.stop_after_attempt(self.limits.attempts),
            wait=self._wait,
            sleep=self.budget.clock.sleep,
            reraise=True,
        )
        try:
            return retrying(attempt)
        except PassingError as problem:
            raise ProviderError(
                f"{problem} Tried {self.limits.attempts} times. The last good snapshot is kept; "
                "try again later.",
                status=problem.status,
                title=problem.title,
            ) from None

    def _wait(self, state: tenacity.RetryCallState) -> float:
        problem = state.outcome.exception() if state.outcome else None
        asked = problem.after if isinstance(problem, PassingError) else 0
        if asked > self.limits.longest_wait:
            raise ProviderError(
                f"{problem} It asks us to wait {asked:.0f} seconds, which is longer than the "
                f"{self.limits.longest_wait:.0f} we wait. Try again after that.",
                status=getattr(problem, "status", 0),
            ) from None
        backing_off = tenacity.wait_exponential_jitter(
            initial=1, max=self.limits.longest_wait, jitter=1
        )
        return max(asked, float(backing_off(state)))

    def _once(self, method: str, url: str, body: Any) -> tuple[bytes, str]:
        self.budget.take()
        self.calls += 1
        where = self._where(url)
        try:
            with (
                Deadline(self.limits.total) as deadline,
                deadline.told(where),
                self._client.stream(
                    method, url, json=body, extensions={"trace": deadline.watch}
                ) as answer,
            ):
                content = self._body(answer, where)
                self._obey(answer)
                self._refuse_status(answer, content, where)
                return content, answer.headers.get("content-type", "")
        except httpx.TimeoutException:
            raise PassingError(f"{where}: no answer within {self.limits.read:g} seconds.") from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as problem:
            raise ProviderError(f"{where}: not an address: {problem}.") from None
        except httpx.HTTPError as problem:
            words = str(problem).strip() or type(problem).__name__
            raise PassingError(f"{where}: the connection failed ({words}).") from None

    def _body(self, answer: httpx.Response, where: str) -> bytes:
        """The whole answer, within the limit of size."""
        encoding = answer.headers.get("content-encoding", "").strip().lower()
        if encoding not in ENCODINGS:
            raise ProviderError(f"{where}: expected gzip or no encoding, found {encoding!r}.")
        pieces, size = [], 0
        for piece in answer.iter_bytes():
            pieces.append(piece)
            size += len(piece)
            if size > self.limits.size:
                raise ProviderError(
                    f"{where}: the answer is larger than {self.limits.size:,} bytes. Ask for less."
                )
        return b"".join(pieces)

    def _obey(self, answer: httpx.Response) -> None:
        """Colleagues behind the same address use the same allowance: the headers know of them."""
        ours = self.budget.rate
        # SSB: «40;w=60s».
        if policy := POLICY.match(answer.headers.get("x-ratelimit-policy", "")):
            rate = Rate(int(policy[1]), float(policy[2]))
            if rate.calls / rate.seconds < ours.calls / ours.seconds:
                self.budget = replace(self.budget, rate=rate)
        if answer.headers.get("x-ratelimit-remaining", "").strip() == "0":
            self.budget.pause(self.budget.rate.seconds)

    def _refuse_status(self, answer: httpx.Response, content: bytes, where: str) -> None:
        status = answer.status_code
        if status == 200:
            return
        if 300 <= status < 400:
            raise ProviderError(
                f"{where}: HTTP {status}: moved to {answer.headers.get('location', 'nowhere')}. "
                "If that is right, change the address under «providers» in params.yaml.",
                status=status,
            )
        title = said(content)
        message = f"{where}: HTTP {status}{title and f' ({title})'}."
        if status not in PASSING:
            raise ProviderError(message, status=status, title=title)
        after = retry_after(answer.headers.get("retry-after", ""), self.budget.clock.now())
        if status == 429:
            # Without a time from the provider, its whole window must pass.
            after = after or self.budget.rate.seconds
            self.budget.pause(min(after, self.limits.longest_wait))
        raise PassingError(message, status=status, title=title, after=after)

    def _where(self, url: str) -> str:
        """The provider and the path: an address with its query is too long for an error."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return f"{self.name}: an address that cannot be read"
        return f"{self.name}: {parts.hostname or ''}{parts.path}"
