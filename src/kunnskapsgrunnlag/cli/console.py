"""The terminal as commands see it: where they write, and the checkout they stand in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from kunnskapsgrunnlag.report import Report

# A pipe has no width: tables in it are not squeezed to that of a terminal from 1978.
out = Console(width=None if sys.stdout.isatty() else 240)
err = Console(stderr=True, soft_wrap=True)


def context() -> Report:
    """The report of the checkout around the current folder.

    Raises:
        KgError: If there is no checkout, or its catalogue has a mistake.
    """
    from kunnskapsgrunnlag.base.paths import find_project
    from kunnskapsgrunnlag.catalog.read import read_catalog
    from kunnskapsgrunnlag.report import Report

    project = find_project()
    return Report(project, read_catalog(project.params))
