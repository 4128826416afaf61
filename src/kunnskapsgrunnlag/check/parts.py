"""What a finished page is made of: words with their marks, paragraphs, items."""

from __future__ import annotations

from dataclasses import dataclass, field

from kunnskapsgrunnlag.base.html_tree import Element


@dataclass
class SeenPart:
    """Words of a block in one go: what they are marked as, where their link leads, which mark."""

    kind: str
    text: str
    href: str
    line: int
    mark: int = 0


@dataclass
class Block:
    """A paragraph, heading, cell or the like, outside items and lists."""

    tag: str
    line: int
    parts: list[SeenPart] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(part.text for part in self.parts)


@dataclass
class SeenCell:
    """A cell of an item's table."""

    text: str
    href: str
    line: int
    header: bool


@dataclass
class SeenItem:
    """A numbered item as it stands on a page; the drawing is its element, of lxml."""

    line: int
    words: dict[str, str] = field(default_factory=dict)
    rows: list[list[SeenCell]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    drawing: Element | None = None
