"""The hash that names a content wherever the project names one."""

import hashlib


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
