"""Which files of the package a module is made of, read from its import statements."""

import ast
from pathlib import Path


class ImportGraph:
    """The imports between the files of a package; each file is read once."""

    def __init__(self, package: Path) -> None:
        self._package = package
        self._imported: dict[Path, list[Path]] = {}

    def files_behind(self, *modules: Path) -> list[Path]:
        """The modules and all modules of the package that they import, directly or not, sorted.

        Imports inside functions count too: they run like the others.
        """
        files: set[Path] = set()
        queue = list(modules)
        while queue:
            path = queue.pop()
            if path not in files:
                files.add(path)
                queue += self._imports(path)
        return sorted(files)

    def _imports(self, path: Path) -> list[Path]:
        if path not in self._imported:
            names = _names_in(path.read_text(encoding="utf-8"), self._package.name)
            paths = [file for name in names for file in _files(self._package, name)]
            self._imported[path] = list(dict.fromkeys(paths))
        return self._imported[path]


def _names_in(source: str, package: str) -> list[str]:
    """Dotted names below the package that a file imports."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names if alias.name.split(".")[0] == package]
    return names


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
