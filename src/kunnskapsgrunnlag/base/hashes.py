"""The hash that names a content wherever the project names one."""

import hashlib


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
