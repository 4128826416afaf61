"""Mistakes in params.yaml, found in the YAML itself: where they stand and what to write instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from kunnskapsgrunnlag.base.errors import KgError

# libyaml where the wheel has it: ten times faster than the same in Python.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that names what was probably meant, or what there is."""
    known = list(known)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f" Write «{close[0]}»?"
    return f" There is: {', '.join(sorted(known))}." if len(known) <= 40 else ""


def composed(text: str, name: str) -> yaml.Node:
    """The YAML as nodes, which know their lines."""
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        line = mark.line + 1 if mark else 1
        raise KgError(f"{name}, line {line}: not valid YAML: {problem.problem}.") from None
    if root is None:
        raise KgError(f"{name}: the file is empty. Restore it with git.")
    _refuse_duplicate_keys(root, name)
    _refuse_unquoted_codes(root, name)
    return root


def places(node: yaml.Node, at: tuple[str | int, ...]) -> Iterator[tuple[Any, yaml.Node]]:
    """Every node with its path of keys, from the top down."""
    yield at, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from places(value, (*at, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from places(value, (*at, index))


def _refuse_duplicate_keys(root: yaml.Node, name: str) -> None:
    for _, node in places(root, ()):
        seen: set[str] = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if key.value in seen:
                line = key.start_mark.line + 1
                raise KgError(f"{name}, line {line}: «{key.value}» is declared twice. Remove one.")
            seen.add(key.value)


def _refuse_unquoted_codes(root: yaml.Node, name: str) -> None:
    """YAML reads 0301 as the number 193, and 1-12 as text: a code is text and says so."""
    for _, node in places(root, ()):
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        for scalar in (node, *(key for key, _ in pairs)):
            is_plain = isinstance(scalar, yaml.ScalarNode) and not scalar.style
            if is_plain and re.fullmatch("0[0-9]+", scalar.value):
                line = scalar.start_mark.line + 1
                raise KgError(
                    f"{name}, line {line}: the code {scalar.value} is not quoted, so YAML reads it "
                    f'as another number. Write "{scalar.value}".'
                )


def explain(
    problem: ValidationError, at_path: dict[Any, yaml.Node], name: str, top: type[BaseModel]
) -> str:
    """One sentence for the first mistake of a validation: where, what, and what to write."""
    # A misspelt key is both unknown and missing: to say what is unknown helps more.
    error = min(problem.errors(), key=lambda e: e["type"] != "extra_forbidden")
    at = tuple(part for part in error["loc"] if part != "[key]")
    node = at_path.get(at) or at_path.get(at[:-1]) or at_path[()]
    line = node.start_mark.line + 1
    where = f"{name}, line {line}: {'.'.join(map(str, at))}"
    if error["type"] == "extra_forbidden":
        known = _known_keys(at[:-1], top)
        return f"{where}: unknown key «{at[-1]}».{nearest(str(at[-1]), known)}"
    if error["type"] == "missing":
        return f"{where}: the key «{at[-1]}» is missing. Add it."
    given = error.get("input")
    advice = ""
    if error["type"] == "string_type":
        raw = node.value if isinstance(node, yaml.ScalarNode) else given
        advice = f' Write "{raw}" in quotation marks.'
    if error["type"] == "literal_error":
        advice = f" Allowed: {error['ctx']['expected']}."
    return f"{where}: {error['msg']}; found {given!r}.{advice}"


def _known_keys(at: tuple[Any, ...], top: type[BaseModel]) -> list[str]:
    """The keys that the entry at this place may have, read from the types themselves."""
    model = top
    for part in at:
        field = model.model_fields.get(str(part))
        annotation = field.annotation if field else None
        if annotation is None:
            continue
        inner = _model_in(annotation)
        model = inner or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        model = _model_in(part)
        if model:
            return model
    return None
