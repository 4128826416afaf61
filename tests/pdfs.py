"""The words of a PDF, page by page, for tests that look for some of them."""

from pathlib import Path

import pypdfium2


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
