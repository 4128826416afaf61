"""More of what the project writes into chapters: paragraphs, lists, sections, compared words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kunnskapsgrunnlag.base.escape import esc, typst_text
from kunnskapsgrunnlag.publish.lists.table_block import Entry, Line, Listing

# Words of two sentences: in the old one, in the new one, the words.
Compared = Sequence[tuple[bool, bool, str]]


@dataclass(frozen=True)
class Difference(Entry):
    """A sentence in which the words that the other one lacks are marked.

    Attributes:
        compared: The words of both sentences.
        old: Whether this is the older one.
    """

    compared: Compared = field(default=())
    old: bool = False

    def _own(self) -> list[tuple[bool, str]]:
        mine = (
            (old, new, words) if self.old else (new, old, words)
            for old, new, words in self.compared
        )
        return [(other, words) for own, other, words in mine if own]

    def html(self) -> str:
        """Struck out in the older sentence, underlined in the newer: not by colour alone."""
        tag = "del" if self.old else "ins"
        return " ".join(
            esc(words) if both else f"<{tag}>{esc(words)}</{tag}>" for both, words in self._own()
        )

    def typst(self) -> str:
        """The same in the PDF."""
        how = "strike" if self.old else "underline"
        parts = (
            f"#{typst_text(words)}" if both else f"#{how}[#{typst_text(words)}]"
            for both, words in self._own()
        )
        return f"[{' '.join(parts)}]"


@dataclass(frozen=True)
class Passage:
    """A paragraph.

    Attributes:
        web_only: Whether only a page can use it, such as a way to a file.
    """

    line: Line
    web_only: bool = False

    def html(self) -> str:
        """The paragraph for a page."""
        return f"<p>{''.join(entry.html() for entry in self.line)}</p>"

    def typst(self) -> str:
        """The paragraph for the PDF."""
        return "" if self.web_only else "".join(f"#{entry.typst()}" for entry in self.line)


@dataclass(frozen=True)
class Points:
    """A list of points."""

    lines: Sequence[Line]

    def html(self) -> str:
        """The list for a page."""
        points = "".join(
            f"<li>{''.join(entry.html() for entry in line)}</li>\n" for line in self.lines
        )
        return f"<ul>\n{points}</ul>"

    def typst(self) -> str:
        """The list for the PDF."""
        points = (f"[{''.join(f'#{entry.typst()}' for entry in line)}]" for line in self.lines)
        return f"#list({', '.join(points)})"


Piece = Passage | Points | Listing


@dataclass(frozen=True)
class Section:
    """Pieces under a heading.

    Attributes:
        web: Pieces that the PDF leaves out; the site has them.
        level: 2 or 3.
    """

    id: str
    title: str
    pieces: Sequence[Piece]
    web: Sequence[Piece] = ()
    level: int = 2

    def html(self) -> str:
        """The section for a page."""
        head = f'<h{self.level} id="{esc(self.id)}">{esc(self.title)}</h{self.level}>'
        return "\n".join([head, *(piece.html() for piece in (*self.pieces, *self.web))])

    def typst(self) -> str:
        """The section for the PDF; nothing where all of it is on the site only."""
        if not self.pieces:
            return ""
        head = f"#heading(level: {self.level})[#{typst_text(self.title)}] <{self.id}>"
        return "\n\n".join([head, *(piece.typst() for piece in self.pieces)])
