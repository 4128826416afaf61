"""The error band of an estimate in words: what stands beside its number wherever it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kunnskapsgrunnlag.base.nb_numbers import nb

Record = Mapping[str, Any]
# Bounds that have gone through the same arithmetic as the number differ by less than this share.
_SAME = 1e-9


def has_band(record: Record) -> bool:
    """Whether the number is an estimate with a band; printed and official numbers have none."""
    return bool(
        record["origin"] == "estimat"
        and record["value"] is not None
        and record["low"] is not None
        and record["high"] is not None
        and record["low"] < record["high"]
    )


def bound_word(record: Record) -> str:
    """«høyst» or «minst» where the number lies on a bound of what it may be, else ""."""
    if not has_band(record):
        return ""
    near = _SAME * max(1.0, abs(record["value"]))
    if record["high"] - record["value"] <= near:
        return "høyst"
    return "minst" if record["value"] - record["low"] <= near else ""


def number_words(record: Record) -> str:
    """`8,7`, or `høyst 4 000` where the number lies on a bound."""
    return f"{bound_word(record)} {record['text']}".strip()


def band_words(record: Record) -> str:
    """`7,0–10,4` with the number's decimals; "" without a band, or one that is rounded away."""
    if not has_band(record) or {*_bounds(record)} == {record["text"]}:
        return ""
    return "–".join(_bounds(record))


def band_sentence(record: Record) -> str:
    """The band in a sentence; "" where there is none."""
    return "Anslag: kan være fra {} til {}.".format(*_bounds(record)) if band_words(record) else ""


def cell_words(record: Record) -> str:
    """What a table's cell says: the number, and the band in brackets."""
    band = band_words(record)
    return f"{number_words(record)} ({band})" if band else str(record["text"])


def _bounds(record: Record) -> tuple[str, str]:
    low, high = (nb(record[b], record["decimals"], record["round_to"]) for b in ("low", "high"))
    return low, high
