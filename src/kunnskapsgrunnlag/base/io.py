"""Files written whole or not at all, and JSON that is the same bytes for the same content."""

import json
from pathlib import Path


def json_bytes(content: object) -> bytes:
    """JSON with a line for each value, its keys sorted."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file beside and put it in its place at once; a killed run leaves the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f"{path.name}.ny")
    waiting.write_bytes(content)
    waiting.replace(path)
