"""The error band of an estimate in words: what stands beside its number wherever it is shown."""

from __future__ import annotations

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.store.value import Value

# Bounds that have gone through the same arithmetic as the number differ by less than this share.
_SAME = 1e-9


def band(value: Value) -> tuple[float, float] | None:
    """The least and the most that an estimate may be; printed and official numbers have no band."""
    low, high = value.low, value.high
    if not value.is_estimate or value.value is None or low is None or high is None:
        return None
    return (low, high) if low < high else None


def has_band(value: Value) -> bool:
    return band(value) is not None


def bound_word(value: Value) -> str:
    """«høyst» or «minst» where the number lies on a bound of what it may be, else ""."""
    bounds = band(value)
    if bounds is None or value.value is None:
        return ""
    near = _SAME * max(1.0, abs(value.value))
    if bounds[1] - value.value <= near:
        return "høyst"
    return "minst" if value.value - bounds[0] <= near else ""


def number_words(value: Value) -> str:
    """`8,7`, or `høyst 4 000` where the number lies on a bound."""
    return f"{bound_word(value)} {value.text}".strip()


def band_words(value: Value) -> str:
    """`7,0–10,4` with the number's decimals; "" without a band, or one that is rounded away."""
    bounds = _bounds(value)
    return "" if {*bounds} <= {value.text} else "–".join(bounds)


def band_sentence(value: Value) -> str:
    """The band in a sentence; "" where there is none."""
    return "Anslag: kan være fra {} til {}.".format(*_bounds(value)) if band_words(value) else ""


def cell_words(value: Value) -> str:
    """What a table's cell says: the number, and the band in brackets."""
    words = band_words(value)
    return f"{number_words(value)} ({words})" if words else value.text


def _bounds(value: Value) -> list[str]:
    return [nb(bound, value.decimals, value.round_to) for bound in band(value) or ()]
