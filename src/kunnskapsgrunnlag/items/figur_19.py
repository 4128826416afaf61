"""Figur 19: the share of children in disadvantaged families in each bydel and delbydel."""

import pandas as pd

from kunnskapsgrunnlag.items.delbydeler import describe, draw, ordered
from kunnskapsgrunnlag.items.kit import BY_KEY, BYDELER, KgError

__all__ = ["compute", "describe", "draw"]


def compute(areas: pd.DataFrame) -> pd.DataFrame:
    """Shares as delivered, delbydeler below their bydel.

    Args:
        areas: One row per bydel and per delbydel, with `children_pct`.

    Returns:
        `region` (bydel or delbydel), `andel` (percent of children aged 0-19), the highest bydel
        first.

    Raises:
        KgError: If a bydel lies above or below all of its delbydeler.
    """
    table = areas.rename(columns={"children_pct": "andel"})[["region", "andel"]]
    for bydel in BYDELER:
        _refuse_disagreement(table, bydel)
    return ordered(table)


def _refuse_disagreement(table: pd.DataFrame, bydel: str) -> None:
    """A bydel is the mean of its delbydeler, whatever their weights: it lies among them."""
    own = table[table["region"] == bydel]["andel"].tolist()
    parts = table[[BY_KEY[r].parent == bydel for r in table["region"]]]["andel"].tolist()
    if not own or not parts or any(share.is_missing for share in (*own, *parts)):
        return
    low, high = min(parts, key=float), max(parts, key=float)
    if not low.low <= own[0].high or not own[0].low <= high.high:
        raise KgError(
            f"{own[0].cells[0]} har {own[0].expr} prosent av barna i {BY_KEY[bydel].name}, men "
            f"delbydelene har fra {low.expr} ({low.cells[0]}) til {high.expr} "
            f"({high.cells[0]}). Rett leveringen."
        )
