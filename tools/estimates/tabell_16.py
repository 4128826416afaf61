"""Tabell 16: share of disadvantaged households without and with children by bydel."""

from tools.estimates.common import NAMES, OSLO, Bases, share, total
from tools.estimates.tabell_15 import Households


def rows(households: Households, base: Bases) -> list[tuple[str, float, float]]:
    """The table: tabell 15 divided by the bases, the 15 bydeler and Oslo."""
    listed = [
        (
            name,
            share(households.without[name], base.without[name]),
            share(households.families[name], base.families[name]),
        )
        for name in NAMES
    ]
    whole = (
        OSLO,
        share(total(households.without), total(base.without)),
        share(total(households.families), total(base.families)),
    )
    return [*listed, whole]
