"""Tabell 14: share of disadvantaged persons and households by bydel."""

from tools.estimates.common import NAMES, OSLO, Bases, Counts, share, total
from tools.estimates.tabell_15 import Households


def rows(persons: Counts, households: Households, base: Bases) -> list[tuple[str, float, float]]:
    """The table: tabell 13 and 15 divided by the bases, the 15 bydeler and Oslo."""
    listed = [
        (
            name,
            share(persons[name], base.persons[name]),
            share(
                households.without[name] + households.families[name],
                base.without[name] + base.families[name],
            ),
        )
        for name in NAMES
    ]
    whole = (
        OSLO,
        share(total(persons), total(base.persons)),
        share(
            total(households.without) + total(households.families),
            total(base.without) + total(base.families),
        ),
    )
    return [*listed, whole]
