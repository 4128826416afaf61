"""Mistakes in params.yaml, found in the YAML itself: where they stand and what to write instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from kunnskapsgrunnlag.base.errors import KgError

M = TypeVar("M", bound=BaseModel)
# What pydantic calls a mistake -> what was expected.
EXPECTED = {
    "string_type": "ventet tekst",
    "int_type": "ventet et helt tall",
    "float_type": "ventet et tall",
    "bool_type": "ventet true eller false",
    "list_type": "ventet en liste",
    "tuple_type": "ventet en liste",
    "dict_type": "ventet nøkler med verdier",
    "model_type": "ventet nøkler med verdier",
    "date_from_datetime_parsing": "ventet en dato som 2026-01-31",
    "date_type": "ventet en dato som 2026-01-31",
    "greater_than": "ventet et større tall",
    "greater_than_equal": "ventet et større tall",
    "less_than": "ventet et mindre tall",
    "less_than_equal": "ventet et mindre tall",
    "string_pattern_mismatch": "ventet en annen form",
    "string_too_short": "ventet tekst",
    "missing": "nøkkelen mangler",
    "extra_forbidden": "ukjent nøkkel",
}
NO_YAML = (
    "ikke gyldig YAML. Se etter kolon, anførselstegn eller innrykk som mangler, her eller på "
    "linjen over."
)
# libyaml where the wheel has it: ten times faster than the same in Python.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that names what was probably meant, or what there is."""
    known = list(known)
    if not known:
        return ""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f" Mente du «{close[0]}»?"
    return f" Det finnes {', '.join(sorted(known))}." if len(known) <= 40 else ""


def check_known(name: str, known: Collection[str], what: str) -> None:
    """Refuse a name that is none of these: «what «name». Mente du «…»?»."""
    if name not in known:
        raise KgError(f"{what} «{name}».{nearest(name, known)}")


def read_model(text: str, name: str, model: type[M]) -> tuple[M, dict[Any, yaml.Node]]:
    """What a YAML file says, and the node of each path of keys.

    Raises:
        KgError: One sentence for the first mistake: file, line, what was expected and found.
    """
    root = composed(text, name)
    at_path = dict(places(root, ()))
    try:
        return model.model_validate(yaml.load(text, Loader=LOADER)), at_path
    except ValidationError as problem:
        raise KgError(_explain(problem, at_path, name, model)) from None
    except ValueError:
        raise KgError(f"{name}: en dato finnes ikke i kalenderen. Rett den.") from None


def read_yaml(text: str, name: str) -> Any:
    """What a YAML file says where no model describes it.

    Raises:
        KgError: If it is no YAML, or more than data.
    """
    composed(text, name)
    return yaml.load(text, Loader=LOADER)


def composed(text: str, name: str) -> yaml.Node:
    """The YAML as nodes, which know their lines; nothing in it is read as something else."""
    root = parsed(text, name)
    _refuse_loops(root, name, ())
    _refuse_duplicate_keys(root, name)
    _refuse_unquoted_codes(root, name)
    _refuse_cut_words(root, name, text.splitlines())
    return root


def parsed(text: str, name: str) -> yaml.Node:
    """The YAML as nodes, whatever they say."""
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        line = mark.line + 1 if mark else 1
        raise KgError(f"{name}, linje {line}: {NO_YAML}") from None
    except yaml.YAMLError:
        raise KgError(f"{name}: {NO_YAML}") from None
    if root is None:
        raise KgError(f"{name}: filen er tom. Hent den tilbake med git.")
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


def _refuse_loops(node: yaml.Node, name: str, above: tuple[int, ...]) -> None:
    """Nodes that lie within themselves, and tags that ask for more than data."""
    where = f"{name}, linje {node.start_mark.line + 1}"
    if id(node) in above:
        raise KgError(f"{where}: stedet viser til seg selv. Skriv verdien i stedet for «*».")
    if not node.tag.startswith("tag:yaml.org,2002:") or ":python" in node.tag:
        raise KgError(f"{where}: «{node.tag}» er ikke lov her. Ta bort det som begynner med «!».")
    inner = node.value if isinstance(node, yaml.SequenceNode | yaml.MappingNode) else []
    for part in inner:
        for child in part if isinstance(part, tuple) else (part,):
            _refuse_loops(child, name, (*above, id(node)))


def _refuse_cut_words(root: yaml.Node, name: str, lines: list[str]) -> None:
    """`title: A #2` is «A» to YAML, and the rest a comment."""
    for _, node in places(root, ()):
        end = node.end_mark
        is_plain = isinstance(node, yaml.ScalarNode) and not node.style and end.line < len(lines)
        if is_plain and (cut := re.match(r"\s+#(?=\S)\S*", lines[end.line][end.column :])):
            raise KgError(
                f"{name}, linje {end.line + 1}: «{cut[0].strip()}» blir lest som en kommentar. "
                "Sett teksten i anførselstegn."
            )


def _refuse_duplicate_keys(root: yaml.Node, name: str) -> None:
    for _, node in places(root, ()):
        seen: set[str] = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if key.value in seen:
                where = f"{name}, linje {key.start_mark.line + 1}"
                raise KgError(f"{where}: «{key.value}» står to ganger. Ta bort den ene.")
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
                    f"{name}, linje {line}: koden {scalar.value} står uten anførselstegn, og YAML "
                    f'leser den som et annet tall. Skriv "{scalar.value}".'
                )


def _explain(
    problem: ValidationError, at_path: dict[Any, yaml.Node], name: str, top: type[BaseModel]
) -> str:
    """One sentence for the first mistake of a validation: where, what, and what to write."""
    # A misspelt key is both unknown and missing: to say what is unknown helps more.
    error = min(problem.errors(), key=lambda e: e["type"] != "extra_forbidden")
    at = tuple(part for part in error["loc"] if part != "[key]")
    node = at_path.get(at) or at_path.get(at[:-1]) or at_path[()]
    line = node.start_mark.line + 1
    where = f"{name}, linje {line}: {'.'.join(map(str, at))}"
    if error["type"] == "extra_forbidden":
        known = _known_keys(at[:-1], top)
        return f"{where}: ukjent nøkkel «{at[-1]}».{nearest(str(at[-1]), known)}"
    if error["type"] == "missing":
        return f"{where}: nøkkelen «{at[-1]}» mangler. Legg den til."
    given = error.get("input")
    raw = node.value if isinstance(node, yaml.ScalarNode) else given
    advice = f' Skriv "{raw}" i anførselstegn.' if error["type"] == "string_type" else ""
    return f"{where}: {expectation(error)}, fant {given!r}.{advice}"


def expectation(error: Any) -> str:
    """What one of pydantic's errors expected, in Norwegian; a check of ours says it itself."""
    if error["type"] == "literal_error":
        return f"ventet {error['ctx']['expected'].replace(' or ', ' eller ')}"
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return EXPECTED.get(error["type"], "ventet noe annet")


def _known_keys(at: tuple[Any, ...], top: type[BaseModel]) -> list[str]:
    """The keys that the entry at this place may have, read from the types themselves."""
    model = top
    for part in at:
        if field := model.model_fields.get(str(part)):
            model = _model_in(field.annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = map(_model_in, getattr(annotation, "__args__", ()))
    return next(filter(None, inner), None)
