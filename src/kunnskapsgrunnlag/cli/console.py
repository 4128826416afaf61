"""The terminal as commands see it."""

import sys

from rich.console import Console
from rich.table import Table

# Words are printed as they are: what stands in brackets is no style, no number has a colour, and
# line 100 of a file, `:100:`, is no picture.
# A pipe has no width: tables in it are not squeezed to that of a terminal from 1978.
out = Console(
    width=None if sys.stdout.isatty() else 240, markup=False, emoji=False, highlight=False
)
err = Console(stderr=True, soft_wrap=True, markup=False, emoji=False, highlight=False)


def table_of(*heads: str) -> Table:
    """An empty table in the look that all commands have."""
    return Table(*heads, box=None, pad_edge=False)
