"""What people meet is Norwegian: the sentences of every error, and of the check of the product."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import kunnskapsgrunnlag

CODE = Path(kunnskapsgrunnlag.__file__).parent
# Words that make English sentences and are none of ours.
ENGLISH = {
    *("the", "is", "are", "was", "were", "and", "not", "this", "that", "there", "which", "with"),
    *("from", "found", "expected", "missing", "nothing", "cannot", "could", "must", "write", "run"),
    *("has", "have", "does", "do", "it", "its", "of", "or"),
}
# Names in params.yaml and of programs, which keep their spelling.
QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"|--[\w-]+|\bgit [\w -]+|[\w.]+\.(?:yaml|csv|md)|\w+_\w+")


def errors(tree: ast.AST) -> Iterator[ast.AST]:
    """What is raised for a user, or made to be: calls of an error class of ours."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ("KgError", "ProviderError", "PassingError", "error"):
                yield node


def sentences(node: ast.AST) -> Iterator[tuple[int, str]]:
    """The words of each text below a node, without those of docstrings."""
    docs = {
        id(part.body[0].value)
        for part in ast.walk(node)
        if isinstance(part, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(part.body[0], ast.Expr)
    }
    pieces = {
        id(value)
        for part in ast.walk(node)
        if isinstance(part, ast.JoinedStr)
        for value in part.values
    }
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            words = [v.value if isinstance(v, ast.Constant) else "…" for v in part.values]
            yield part.lineno, "".join(map(str, words))
        elif (
            isinstance(part, ast.Constant)
            and isinstance(part.value, str)
            and id(part) not in docs | pieces
        ):
            yield part.lineno, part.value


def english(node: ast.AST) -> list[tuple[int, str]]:
    return [
        (line, text)
        for line, text in sentences(node)
        if " " in text.strip() and ENGLISH & set(re.findall(r"\w+", QUOTED.sub(" ", text).lower()))
    ]


def test_every_error_is_norwegian() -> None:
    found = []
    for path in sorted(CODE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = [tree] if path.parent.name == "check" else errors(tree)
        found += [
            f"{path.relative_to(CODE).as_posix()}:{line}: {text}"
            for node in nodes
            for line, text in english(node)
        ]
    assert found == []


def test_an_english_error_is_seen() -> None:
    tree = ast.parse('def f():\n    raise KgError(f"{x}: expected a table, found {y}.")')
    assert [line for node in errors(tree) for line, _ in english(node)] == [2]
