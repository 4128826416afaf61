"""Sums written as text, such as `(nå / før - 1) * 100`: read as sums and never run as code."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import nearest

_SUMS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
}


def calculate(expression: str, numbers: Mapping[str, float]) -> float:
    """The value of a sum.

    Args:
        expression: `+ - * /`, brackets, numbers, names and abs().

    Raises:
        KgError: If it holds anything else, a name that stands for nothing, or divides by zero.
    """
    return float(_evaluated(expression, numbers, float))


def holds(statement: str, numbers: Mapping[str, float]) -> bool:
    """Whether a comparison of sums is true; several may be joined by `and`.

    Raises:
        KgError: As `calculate`, and if nothing is compared.
    """
    return bool(_evaluated(statement, numbers, bool))


def _evaluated(text: str, numbers: Mapping[str, float], kind: type) -> Any:
    try:
        found = _value(ast.parse(text.strip(), mode="eval").body, numbers)
    except SyntaxError:
        raise KgError(f"«{text}» is no sum. Write it with + - * / and brackets.") from None
    except ZeroDivisionError:
        raise KgError(f"«{text}» divides by zero.") from None
    if isinstance(found, bool) is not (kind is bool):
        wanted = "a comparison, such as a + b > c" if kind is bool else "a number"
        raise KgError(f"«{text}»: expected {wanted}.")
    return found


def _value(node: ast.expr, numbers: Mapping[str, float]) -> Any:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return node.value
        case ast.Name(id=name):
            return _named(name, numbers)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, numbers)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SUMS:
            return _SUMS[type(op)](_value(left, numbers), _value(right, numbers))
        case ast.Call(func=ast.Name(id="abs"), args=[one], keywords=[]):
            return abs(_value(one, numbers))
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_value(each, numbers) for each in values)
        case ast.Compare():
            return _compared(node, numbers)
    raise KgError(f"«{ast.unparse(node)}» is not allowed in a sum.")


def _compared(node: ast.Compare, numbers: Mapping[str, float]) -> bool:
    values = [_value(each, numbers) for each in (node.left, *node.comparators)]
    signs = [_SUMS.get(type(op)) for op in node.ops]
    if None in signs:
        raise KgError(f"«{ast.unparse(node)}»: compare with < <= == >= >.")
    pairs = zip(signs, pairwise(values), strict=True)
    return all(sign(one, other) for sign, (one, other) in pairs if sign is not None)


def _named(name: str, numbers: Mapping[str, float]) -> float:
    if name not in numbers:
        raise KgError(f"«{name}» stands for no number.{nearest(name, numbers)}")
    return numbers[name]
