"""What is said below an item, with a link to where more is told."""

from __future__ import annotations

from dataclasses import dataclass

from kunnskapsgrunnlag.base.escape import esc, typst_text


@dataclass(frozen=True)
class Note:
    """What is said below an item, and the place that tells more.

    Attributes:
        link: `page#id` within the site; empty for none.
        link_words: What leads there.
    """

    words: str
    link: str = ""
    link_words: str = ""

    def html(self, up: str) -> str:
        """The note for a page; `up` leads from the page to the site's root."""
        more = f' <a href="{esc(up + self.link)}">{esc(self.link_words)}</a>' if self.link else ""
        return esc(self.words) + more

    def typst(self) -> str:
        """The note for the PDF, where the link leads to the place of the same id."""
        words = f"#{typst_text(self.words)}"
        if not self.link:
            return f"[{words}]"
        target = self.link.partition("#")[2]
        return f"[{words} #link(<{target}>)[#{typst_text(self.link_words)}]]"
