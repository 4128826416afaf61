"""A workbook's archive: no larger than a table needs, and with numbers of its own."""

from __future__ import annotations

import io
import zipfile

from kunnskapsgrunnlag.base.errors import KgError

MOST_CELLS = 500_000
_MOST_BYTES = 50_000_000
# Parts that a table does not need, and what to do about them.
_FOREIGN = {
    "vbaproject": ("makroer", "Lagre den som «Excel-arbeidsbok (.xlsx)»."),
    "externallink": (
        "koblinger til andre bøker",
        "Bryt koblingene (Data > Rediger koblinger).",
    ),
    "connections": ("en tilkobling til en datakilde", "Kopier tabellen som verdier til en ny fil."),
}


def check_archive(name: str, content: bytes) -> None:
    """Refuse a workbook that unpacks to too much, or that takes its numbers from elsewhere.

    Raises:
        KgError: What the workbook has, and what to do about it.
        zipfile.BadZipFile: If it is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        total = sum(entry.file_size for entry in archive.infolist())
        if total > _MOST_BYTES:
            raise KgError(
                f"{name}: ventet en tabell, fant en fil som pakkes ut til {total} byte. Kopier "
                "tabellen til en ny arbeidsbok."
            )
        for part in archive.namelist():
            for sign, (what, remedy) in _FOREIGN.items():
                if sign in part.lower():
                    raise KgError(f"{name}: ventet en tabell, fant {what}. {remedy}")
        if damaged := archive.testzip():
            raise zipfile.BadZipFile(damaged)
