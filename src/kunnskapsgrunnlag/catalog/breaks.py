"""What readers are told of the breaks in an item's series."""

from __future__ import annotations

from kunnskapsgrunnlag.catalog.schema import Break, Item


def break_note(series_break: Break) -> str:
    """What is said of a break below an item."""
    return f"Brudd i serien i {series_break.year}: {series_break.words}"


def break_words(item: Item) -> str:
    """What the alternative text says of the breaks; "" where there are none."""
    return "".join(f" {break_note(series_break).rstrip('.')}." for series_break in item.breaks)
