"""The two marks of figur 3: a filled dot and a hollow diamond."""

from __future__ import annotations

from typing import Any

from kunnskapsgrunnlag.figures.theme import DARK_GREEN, PAPER, WARM_BLUE

FILLED: dict[str, Any] = {"marker": "o", "markersize": 7.4, "color": WARM_BLUE}
HOLLOW: dict[str, Any] = {
    "marker": "D",
    "markersize": 7,
    "color": PAPER,
    "markeredgecolor": DARK_GREEN,
    "markeredgewidth": 1.8,
}
