"""From the bytes of an answer to JSON, or to what is wrong with them."""

from __future__ import annotations

import email.utils
import json
import re
from typing import Any

from kunnskapsgrunnlag.fetch.provider import ProviderError


class PassingError(ProviderError):
    """A failure that may have passed by the next attempt.

    Attributes:
        after: Seconds that the provider asks us to wait first, or 0.
    """

    def __init__(self, message: str, *, status: int = 0, title: str = "", after: float = 0) -> None:
        """Keep the wait that was asked for."""
        super().__init__(message, status=status, title=title)
        self.after = after


def decoded(content: bytes, kind: str, where: str) -> Any:
    """The answer as JSON.

    Args:
        kind: Its content type.

    Raises:
        PassingError: If it is a page instead of data, or half an answer.
        ProviderError: If it is JSON that means nothing sure: a key twice, NaN, another encoding.
    """
    if "json" not in kind.lower():
        start = content[:60].decode("utf-8", errors="replace").strip()
        raise PassingError(
            f"{where}: expected JSON, found {kind or 'no content type'} that begins {start!r}."
        )
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as problem:
        half = problem.reason == "unexpected end of data"
        raise (PassingError if half else ProviderError)(
            f"{where}: the answer is not whole UTF-8 (byte {problem.start} of {len(content)})."
        ) from None
    except json.JSONDecodeError as problem:
        raise PassingError(
            f"{where}: the answer is not whole JSON ({problem.msg} at character {problem.pos}; "
            f"{len(content)} bytes)."
        ) from None
    except RecursionError:
        raise ProviderError(f"{where}: the answer is nested too deeply to be data.") from None
    except ValueError as problem:
        raise ProviderError(f"{where}: {problem}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON allows a key twice and keeps the last; a statistic may not."""
    held = dict(pairs)
    if len(held) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the answer has the key {twice!r} twice; expected each once.")
    return held


def _refuse_constant(text: str) -> Any:
    raise ValueError(f"the answer holds {text}; expected a number or null.")


def said(content: bytes) -> str:
    """What the provider says of an error, in at most 200 characters."""
    text = content[:4000].decode("utf-8", errors="replace").strip()
    if text.startswith("<"):
        return "a web page"
    try:
        held = json.loads(text)
        parts = [str(held[key]) for key in ("title", "detail", "error") if held.get(key)]
        text = ": ".join(dict.fromkeys(parts)) or text
    except (ValueError, AttributeError, TypeError, RecursionError):
        pass
    return " ".join(text.split())[:200]


def retry_after(text: str, now: float) -> float:
    """Seconds to wait, of the header `Retry-After`: seconds or a date; 0 if it says nothing."""
    if re.fullmatch(r"[0-9]{1,9}", text.strip()):
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return 0.0
