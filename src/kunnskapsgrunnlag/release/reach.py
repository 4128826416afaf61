"""Whether the pages that readers are sent to answer: each asked twice at most, never for long."""

from collections.abc import Iterable

import httpx

from kunnskapsgrunnlag.fetch.http import AGENT

SECONDS = 15.0
ATTEMPTS = 2
# A server that refuses programs, or that question, has the page all the same.
REFUSES = {401, 403, 405, 429}


def reached(addresses: Iterable[str], seconds: float = SECONDS) -> dict[str, str]:
    """Each address with what was wrong, "" where nothing was."""
    limits = httpx.Timeout(seconds)
    with httpx.Client(
        headers={"User-Agent": AGENT}, timeout=limits, follow_redirects=True, max_redirects=5
    ) as client:
        return {url: _wrong(client, url) for url in dict.fromkeys(addresses)}


def _wrong(client: httpx.Client, url: str) -> str:
    reason = ""
    for _ in range(ATTEMPTS):
        try:
            # Only the head of the answer is read: a page may be large.
            with client.stream("GET", url) as answer:
                status = answer.status_code
        except httpx.TooManyRedirects:
            return "sender videre i ring"
        except httpx.TimeoutException:
            reason = "svarte ikke i tide"
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            reason = f"kunne ikke nås ({type(problem).__name__})"
        else:
            if status < 400 or status in REFUSES:
                return ""
            reason = f"svarte {status}"
            if status < 500:
                return reason
    return reason
