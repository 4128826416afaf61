"""Zip files whose bytes depend on their content and the edition's date alone."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping

UNIX = 3
READABLE = 0o100644 << 16


def zipped(files: Mapping[str, bytes], day: datetime.date) -> bytes:
    """A zip with the files in their order, all from the given day (1980 or later)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Python writes the system that it runs on.
            entry.create_system = UNIX
            entry.external_attr = READABLE
            archive.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
