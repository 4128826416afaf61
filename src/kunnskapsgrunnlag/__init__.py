"""Kunnskapsgrunnlag: a reproducible report pipeline, from frozen snapshots to HTML and PDF."""

__version__ = "1.0.0"
