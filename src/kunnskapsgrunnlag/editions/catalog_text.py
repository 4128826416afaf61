"""Changes to params.yaml as text: every comment, order and form that people gave it is kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import composed, places

NAME = "params.yaml"
Path = tuple[str | int, ...]
ANCHOR, ALIAS = re.compile(r"&[^\s,\[\]{}]+"), re.compile(r"\*[^\s,\[\]{}]+")


@dataclass(frozen=True)
class Edit:
    """One change: from where to where in the text, and what stands there afterwards."""

    start: int
    end: int
    text: str


class CatalogText:
    """The catalogue's text, to be changed at places that are named by their keys."""

    def __init__(self, text: str) -> None:
        # Windows' editors end lines in their own way; so does what is added then.
        self._ends = "\r\n" if "\r\n" in text else "\n"
        self.text = text.replace("\r\n", "\n")
        self._nodes = dict(places(composed(self.text, NAME), ()))
        self._lines = [0]
        for line in self.text.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._edits: list[Edit] = []

    def has(self, *at: str | int) -> bool:
        return at in self._nodes

    def replace(self, value: Any, *at: str | int) -> None:
        """Another value for a key that there is; where it borrowed one, it gets its own.

        Raises:
            KgError: If others borrow the value.
        """
        node = self._node(at)
        start, end = self._at(node.start_mark), self._at(node.end_mark)
        if alias := self._alias(at):
            start, end = alias.span()
        elif shared := ANCHOR.match(self.text, start):
            raise KgError(
                f"{NAME}: {_format_path(at)} deles med andre ({shared[0]}). Skriv verdien ut hos "
                "dem, uten & og *, og så kommandoen igjen."
            )
        self._edits.append(Edit(start, end, flow(value)))

    def put(self, key: str, value: Any, *at: str | int) -> None:
        """The value of a key, whether the mapping has it or not."""
        if self.has(*at, key):
            self.replace(value, *at, key)
        else:
            self.add(key, value, *at)

    def remove(self, *at: str | int) -> None:
        """Take away a key that has its own line, and its lines."""
        mapping, node = self._node(at[:-1]), self._node(at)
        key = next(key for key, value in mapping.value if value is node)
        end = _end(key, node)
        is_block = end.column <= key.start_mark.column and end.line > key.start_mark.line
        start = self._lines[key.start_mark.line]
        self._edits.append(Edit(start, self._lines[end.line + (not is_block)], ""))

    def add(self, key: str, value: Any, *at: str | int) -> None:
        """One more key in a mapping that has a line for each key: it comes last."""
        self._add_last(at, [f"{key}: {flow(value)}"])

    def add_block(self, key: str, lines: Sequence[str], *at: str | int) -> None:
        """One more key as `add`, with lines of its own below it."""
        self._add_last(at, [f"{key}:", *(f"  {line}" for line in lines)])

    def _add_last(self, path: Path, lines: Sequence[str]) -> None:
        node = self._node(path)
        if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
            raise KgError(f"{NAME}: ventet nøkler på egne linjer under {_format_path(path)}.")
        first, end = node.value[0][0], _end(*node.value[-1])
        # The end of a nested block is the start of what follows; a value's end is in its own line.
        line = end.line if end.column > first.start_mark.column else end.line - 1
        texts = self.text.splitlines()
        at = min(line + 1, len(texts))
        # A blank line or a comment belongs to what follows.
        while at and (not texts[at - 1].strip() or texts[at - 1].lstrip().startswith("#")):
            at -= 1
        written = "".join(f"{' ' * first.start_mark.column}{line}\n" for line in lines)
        self._edits.append(Edit(self._lines[at], self._lines[at], written))

    def changed(self) -> str:
        text = self.text
        for edit in sorted(self._edits, key=lambda e: (e.start, e.end), reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text.replace("\n", self._ends)

    def _node(self, at: Path) -> yaml.Node:
        if at not in self._nodes:
            raise KgError(
                f"{NAME}: det står ingenting under {_format_path(at)}. Hent filen fra git."
            )
        node: yaml.Node = self._nodes[at]
        return node

    def _alias(self, at: Path) -> re.Match[str] | None:
        """The `*name` that stands for the value of a key, or of what the key lies in."""
        for depth in range(1, len(at) + 1):
            mapping, value = self._nodes[at[: depth - 1]], self._nodes[at[:depth]]
            if not isinstance(mapping, yaml.MappingNode):
                continue
            key = next(
                key for key, own in mapping.value if own is value and key.value == at[depth - 1]
            )
            if not _is_alias(key, value):
                continue
            if depth < len(at):
                raise KgError(
                    f"{NAME}: {_format_path(at[:depth])} er lånt fra et annet sted (*). Skriv "
                    "verdien ut her, og så kommandoen igjen."
                )
            return ALIAS.search(self.text, self._at(key.end_mark))
        return None

    def _at(self, mark: yaml.Mark) -> int:
        return self._lines[mark.line] + mark.column


def _end(key: yaml.Node, value: yaml.Node) -> yaml.Mark:
    """Where a key's value ends. An alias has the marks of what it points to, further up."""
    return key.end_mark if _is_alias(key, value) else value.end_mark


def _is_alias(key: yaml.Node, value: yaml.Node) -> bool:
    is_alias: bool = value.start_mark.index < key.start_mark.index
    return is_alias


def flow(value: Any) -> str:
    """A value as it stands in a line: text in quotation marks, so that no code becomes a number."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(element)}" for key, element in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(element) for element in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _format_path(at: Path) -> str:
    return ".".join(map(str, at)) or "toppen"
