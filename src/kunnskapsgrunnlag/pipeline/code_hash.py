"""Which files of the package a module is made of, read from its import statements."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


def files_behind(package: Path, *modules: Path) -> list[Path]:
    """The modules and all modules of the package that they import, directly or not, sorted.

    Imports inside functions count too: they run like the others.
    """
    files: set[Path] = set()
    queue = list(modules)
    while queue:
        path = queue.pop()
        if path in files:
            continue
        files.add(path)
        queue += [p for name in _imported(path, package.name) for p in _files(package, name)]
    return sorted(files)


def _imported(path: Path, package: str) -> tuple[str, ...]:
    """Dotted names below the package that a file imports."""
    return _names_in(path.read_text(encoding="utf-8"), package)


@cache
def _names_in(source: str, package: str) -> tuple[str, ...]:
    """Kept by content: fourteen items ask about the same forty modules."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names if alias.name.split(".")[0] == package]
    return tuple(names)


def _files(package: Path, name: str) -> list[Path]:
    """The files that `package.a.b` touches: each package on the way, and the module itself."""
    files = []
    at = package
    for part in name.split(".")[1:]:
        if (at / "__init__.py").is_file():
            files.append(at / "__init__.py")
        at = at / part
        if at.with_suffix(".py").is_file():
            files.append(at.with_suffix(".py"))
    if (at / "__init__.py").is_file():
        files.append(at / "__init__.py")
    return files
