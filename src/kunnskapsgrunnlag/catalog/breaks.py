"""What readers are told of the breaks in an item's series."""

from __future__ import annotations

from kunnskapsgrunnlag.catalog.schema import Break, Item


def break_note(each: Break) -> str:
    """What is said of a break below an item."""
    return f"Brudd i serien i {each.year}: {each.words}"


def break_words(item: Item) -> str:
    """What the alternative text says of the breaks; "" where there are none."""
    return "".join(f" {break_note(each).rstrip('.')}." for each in item.breaks)
