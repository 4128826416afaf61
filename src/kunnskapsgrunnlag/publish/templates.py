"""The templates of assets/site."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def page_templates(root: Path) -> Environment:
    """The templates of the checkout at `root`."""
    return Environment(
        loader=FileSystemLoader(root / "assets" / "site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
