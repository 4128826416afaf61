"""What git says of a checkout."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kunnskapsgrunnlag.base.errors import KgError


def git(root: Path, *arguments: str) -> str:
    """The answer of a git command."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=True
        )
    except (OSError, subprocess.CalledProcessError) as problem:
        reason = str(getattr(problem, "stderr", "") or problem).strip()
        raise KgError(
            f"git {' '.join(arguments[:2])}: svarte {reason}. Prosjektet må være hentet med git "
            "clone og ha minst én innsjekking."
        ) from None
    return done.stdout


def commit(root: Path) -> str:
    """The commit that is checked out."""
    return git(root, "rev-parse", "HEAD").strip()
