"""Files written whole or not at all."""

from pathlib import Path


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file beside and put it in its place at once; a killed run leaves the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f"{path.name}.ny")
    waiting.write_bytes(content)
    waiting.replace(path)
