"""Figur 18: the share of disadvantaged persons in each bydel and delbydel."""

import pandas as pd

from kunnskapsgrunnlag.items.delbydeler import describe, draw, ordered
from kunnskapsgrunnlag.items.kit import BYDELER

__all__ = ["compute", "describe", "draw"]


def compute(areas: pd.DataFrame, bydeler: pd.DataFrame) -> pd.DataFrame:
    """Shares as delivered, delbydeler below their bydel.

    Args:
        areas: One row per delbydel, with `persons_pct`.
        bydeler: One row per bydel, with `persons_pct` (tabell 14).

    Returns:
        `region` (bydel or delbydel), `andel` (percent of persons), the highest bydel first.
    """
    own = bydeler[bydeler["region"].isin(BYDELER)][["region", "persons_pct"]]
    both = pd.concat([own, areas[["region", "persons_pct"]]], ignore_index=True)
    return ordered(both.rename(columns={"persons_pct": "andel"}))
