"""Which engine renders: Quarto, or pandoc and typst from their wheels."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Literal, cast

from kunnskapsgrunnlag.base.errors import KgError

Engine = Literal["quarto", "embedded"]
ENGINES = ("auto", "quarto", "embedded")


def choose_engine(wanted: str) -> Engine:
    """Quarto where it is on the PATH, otherwise pandoc and typst from their wheels."""
    if wanted not in ENGINES:
        raise KgError(f"There is no engine «{wanted}». Write one of: {', '.join(ENGINES)}.")
    is_installed = find_quarto() is not None
    if wanted == "quarto" and not is_installed:
        raise KgError(
            "quarto is not on the PATH. Install it from quarto.org (1.9 or newer), or leave out "
            "--engine quarto: the embedded engine needs no installation."
        )
    if wanted == "auto":
        return "quarto" if is_installed else "embedded"
    return cast("Engine", wanted)


def find_quarto() -> str | None:
    """The quarto of the PATH, or the one that the optional extra put beside this Python."""
    beside = str(Path(sys.executable).parent)
    return shutil.which("quarto") or shutil.which("quarto", path=beside)
