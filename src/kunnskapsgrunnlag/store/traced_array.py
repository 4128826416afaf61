"""Columns of traced numbers: the pandas dtype `traced`.

A column holds value, low and high as floats and a trail per row, so that an analyst writes
`table.loans / table.residents * 1000`, `.sum()` and `groupby` as with floats. A row is a number, a
missing number with its source's symbol, or absent: no number at all, which is not published.
`isna` is true of the last two. What pandas can do with floats but would lose the source cells is
refused, in a sentence that says what to write instead.
"""

from __future__ import annotations

import builtins
import math
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import (  # type: ignore[attr-defined]
    ExtensionArray,
    ExtensionDtype,
    ExtensionScalarOpsMixin,
    register_extension_dtype,
)
from pandas.api.indexers import check_array_indexer
from pandas.api.types import is_list_like, is_scalar, pandas_dtype

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import MINUS
from kunnskapsgrunnlag.store.traced import Traced, is_operand, joined, lift, mean, total
from kunnskapsgrunnlag.store.trail import Cell, Trail, digits

FLOAT = "Skal tallet ikke publiseres, skriv astype(float) først."
SIGNS = "Skriv regnestykket med + − * /, sum, mean, min eller max."
# What keeps no lineage -> what to write instead.
REFUSED = {
    "quantile": "Sorter med ranked() og velg raden.",
    "median": "Sorter med ranked() og velg raden.",
    "rank": "Sorter med ranked(); rangen prøves som påstand i teksten.",
    "rolling": "Legg sammen kolonnen og kolonne.shift().",
    "interpolate": "Et manglende tall mangler: la raden stå.",
    "round": "Avrundingen står i params.yaml (decimals, round_to).",
    "cumsum": "Legg sammen kolonnen og kolonne.shift(), eller bruk groupby(…).sum().",
}


OPERATORS = {"add": "+", "sub": MINUS, "mul": "·", "truediv": "/"}


class LineageError(KgError, TypeError):
    """A step that would lose the source cells of a number."""


def refuse(what: str) -> LineageError:
    """The error for a step that keeps no lineage."""
    return LineageError(
        f"«{what}» holder ikke rede på kildecellene bak tallene. {REFUSED.get(what, SIGNS)} {FLOAT}"
    )


def _refusal(name: str) -> Callable[..., Any]:
    def method(*args: Any, **more: Any) -> Any:
        raise refuse(name)

    return method


@register_extension_dtype
class TracedDtype(ExtensionDtype):
    """The dtype of a column of traced numbers."""

    name = "traced"
    type = Traced
    kind = "f"
    na_value = pd.NA
    _is_numeric = True

    @classmethod
    def construct_array_type(cls) -> builtins.type[TracedArray]:
        return TracedArray


class TracedArray(ExtensionScalarOpsMixin, ExtensionArray):  # type: ignore[misc]
    """A column of traced numbers.

    Attributes:
        value, low, high: Floats; NaN where there is no number.
        trail: The tree behind each number; None where a row is absent.
    """

    _readonly: bool

    def __init__(
        self, value: np.ndarray, low: np.ndarray, high: np.ndarray, trail: np.ndarray
    ) -> None:
        self.value, self.low, self.high, self.trail = value, low, high, trail

    # ------------------------------------------------------------------------------- making one

    @classmethod
    def from_cells(
        cls,
        value: np.ndarray,
        cells: Sequence[str],
        *,
        low: np.ndarray | None = None,
        high: np.ndarray | None = None,
        text: Sequence[str] | None = None,
        symbol: Sequence[str] | None = None,
        places: Sequence[int | None] | None = None,
    ) -> TracedArray:
        """A column as it stands in a source: one cell per row."""
        nothing: list[Any] = [""] * len(cells)
        rows = zip(
            cells,
            value.tolist(),
            nothing if text is None else text,
            nothing if symbol is None else symbol,
            [None] * len(cells) if places is None else places,
            strict=True,
        )
        low = value if low is None else low
        return cls(
            value, low, value if high is None else high, _objects([Cell(*row) for row in rows])
        )

    @classmethod
    def of(cls, numbers: Iterable[Traced | None]) -> TracedArray:
        """A column of these numbers; None where a row is absent."""
        rows = list(numbers)
        ends = np.array(
            [(math.nan,) * 3 if n is None else (n.value, n.low, n.high) for n in rows], dtype=float
        ).reshape(-1, 3)
        value, low, high = (ends[:, at].copy() for at in range(3))
        return cls(value, low, high, _objects([None if n is None else n.trail for n in rows]))

    @classmethod
    def _from_sequence(
        cls, scalars: Iterable[Any], *, dtype: object = None, copy: bool = False
    ) -> TracedArray:
        if isinstance(scalars, TracedArray):
            return scalars.copy() if copy else scalars
        return cls.of(_traced_or_absent(scalar) for scalar in scalars)

    @classmethod
    def _from_factorized(cls, values: np.ndarray, original: TracedArray) -> TracedArray:
        return cls._from_sequence(values)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[TracedArray]) -> TracedArray:
        return cls(
            *(
                np.concatenate([getattr(part, of) for part in to_concat])
                for of in ("value", "low", "high", "trail")
            )
        )

    # ---------------------------------------------------------------------------- rows of it

    @property
    def dtype(self) -> TracedDtype:
        return TracedDtype()

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays; trees are shared between columns and not counted."""
        return sum(part.nbytes for part in (self.value, self.low, self.high, self.trail))

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> Iterator[Any]:
        ends = (self.value.tolist(), self.low.tolist(), self.high.tolist(), self.trail)
        for value, low, high, trail in zip(*ends, strict=True):
            yield pd.NA if trail is None else Traced(value, low, high, trail)

    def __getitem__(self, item: Any) -> Any:
        item = check_array_indexer(self, item)
        trail = self.trail[item]
        if isinstance(trail, Trail):
            value, low, high = (float(part[item]) for part in self._parts()[:3])
            return Traced(value, low, high, trail)
        if trail is None:
            return pd.NA
        rows = type(self)(self.value[item], self.low[item], self.high[item], trail)
        rows._readonly = self._readonly and isinstance(item, slice)
        return rows

    def __setitem__(self, key: Any, value: Any) -> None:
        if self._readonly:
            raise ValueError("Cannot modify read-only array")
        key = check_array_indexer(self, key)
        if is_list_like(value):
            if is_scalar(key):
                raise ValueError("setting an array element with a sequence.")
            other: Any = self._from_sequence(value)
        else:
            other = _traced_or_absent(value) or ABSENT
        for part in ("value", "low", "high", "trail"):
            getattr(self, part)[key] = getattr(other, part)

    def take(
        self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None
    ) -> TracedArray:
        """The rows at these places; with `allow_fill`, −1 is an absent row (or `fill_value`)."""
        at = np.asarray(indices, dtype=np.intp)
        if not allow_fill:
            return type(self)(*(part.take(at) for part in self._parts()))
        if len(at) and at.min() < -1:
            raise ValueError("An index below -1 is no row.")
        if len(at) and at.max() >= len(self):
            raise IndexError("out of bounds value in 'indices'.")
        filled = at == -1
        if not len(self):
            taken = self.of([None] * len(at))
        else:
            taken = type(self)(*(part.take(at) for part in self._parts()))
        if filled.any():
            taken[filled] = fill_value
        return taken

    def copy(self) -> TracedArray:
        return type(self)(*(part.copy() for part in self._parts()))

    def view(self, dtype: Any = None) -> Any:
        if dtype is not None:
            raise NotImplementedError(dtype)
        return self[:]

    def _parts(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        return self.value, self.low, self.high, self.trail

    def isna(self) -> np.ndarray:
        """Rows with neither number nor words: missing in the source, or absent."""
        lacking: np.ndarray = np.isnan(self.value)
        for at in np.flatnonzero(lacking):
            if self.trail[at] is not None and self.trail[at].text:
                lacking[at] = False
        return lacking

    def fillna(self, value: Any, limit: int | None = None, copy: bool = True) -> TracedArray:
        """Missing and absent rows filled; what is absent in `value` leaves a row as it is."""
        if not is_list_like(value):
            value = _traced_or_absent(value)
        elif len(value) == len(self) and not isinstance(value, dict):
            value = self._from_sequence(value, copy=True)
            absent = value.is_absent()
            value[absent] = self[absent]
        filled: TracedArray = super().fillna(value, limit=limit, copy=copy)
        return filled

    def is_absent(self) -> np.ndarray:
        """Rows that have no number at all, not even a missing one."""
        return np.array([trail is None for trail in self.trail], dtype=bool)

    # ---------------------------------------------------------------------------- leaving it

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        if copy is False:
            raise ValueError("A traced column cannot become an array without a copy.")
        if dtype is not None and np.dtype(dtype).kind in "fc":
            floats: np.ndarray = self.value.astype(dtype)
            return floats
        objects: np.ndarray = _objects(list(self)).astype(dtype or object)
        return objects

    def to_numpy(
        self, dtype: Any = None, copy: bool = False, na_value: Any = pd.api.extensions.no_default
    ) -> np.ndarray:
        """As objects, or as floats without lineage."""
        if dtype is not None and np.dtype(dtype).kind == "f" and isinstance(na_value, float):
            # What pandas calls for rolling, expanding, ewm, corr and cov. A TypeError would be
            # hidden behind an English one.
            raise KgError(str(refuse("rolling")))
        result = np.asarray(self, dtype=dtype)
        if na_value is not pd.api.extensions.no_default:
            result[self.isna()] = na_value
        return result

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        """As floats (without lineage), objects or text; never as whole numbers."""
        dtype = pandas_dtype(dtype)
        if isinstance(dtype, TracedDtype):
            return self.copy() if copy else self
        if dtype.kind in "iub":
            raise LineageError(
                f"Et sporet tall kan ikke gjøres om til «{dtype}»: det mangler kanskje, og kilden "
                f"går tapt. Avrundingen står i params.yaml (decimals, round_to). {FLOAT}"
            )
        return super().astype(dtype, copy=copy)

    def _formatter(self, boxed: bool = False) -> Callable[[Any], str | None]:
        return lambda number: _shown(number) if isinstance(number, Traced) else str(number)

    def _values_for_argsort(self) -> np.ndarray:
        texts = [trail.text if trail is not None else "" for trail in self.trail]
        return np.array(texts, dtype=object) if any(texts) else self.value

    def _values_for_factorize(self) -> tuple[np.ndarray, Any]:
        rows = _objects(list(self))
        rows[self.isna()] = pd.NA
        return rows, pd.NA

    # ---------------------------------------------------------------------------- arithmetic

    def _operand(self, other: Any) -> Any:
        """The other side as a column, or one number for each row."""
        if isinstance(other, np.ndarray) and other.ndim == 0:
            other = other.item()
        if is_list_like(other):
            column = self._from_sequence(other)
            if len(column) != len(self):
                raise ValueError("Lengths must match")
            return column
        number = lift(other) if is_operand(other) else _traced_or_absent(other) or pd.NA
        return repeat(number, len(self))

    @classmethod
    def _create_arithmetic_method(cls, op: Callable[..., Any]) -> Callable[[Any, Any], Any]:
        """What pandas sets as `__add__`, `__radd__` and so on."""
        name = op.__name__.removeprefix("r")
        # `1000 * x` is written as `x · 1000`.
        is_swapped = op.__name__ in ("radd", "rsub", "rtruediv")

        def act(column: TracedArray, other: Any) -> Any:
            if isinstance(other, pd.Series | pd.Index | pd.DataFrame):
                return NotImplemented
            if name not in OPERATORS:
                raise refuse("// % **")
            sides = column, column._operand(other)
            return column.of(
                None if a is pd.NA or b is pd.NA else joined(OPERATORS[name], a, b)
                for a, b in zip(*(reversed(sides) if is_swapped else sides), strict=True)
            )

        return act

    def __neg__(self) -> TracedArray:
        return self.of(None if number is pd.NA else -number for number in self)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **more: Any) -> Any:
        if any(isinstance(side, pd.Series | pd.Index | pd.DataFrame) for side in inputs):
            return NotImplemented
        act = UFUNCS.get(ufunc)
        if act is None or method != "__call__" or more:
            raise refuse(f"np.{ufunc.__name__}")
        left, *right = (
            side.item() if isinstance(side, np.ndarray) and not side.ndim else side
            for side in inputs
        )
        if right and isinstance(left, np.ndarray):
            left = self._from_sequence(left)
        return act(left, *right)

    # ---------------------------------------------------------------------------- comparison

    def _compare(self, other: Any, act: Callable[[Any, Any], Any]) -> Any:
        if isinstance(other, pd.Series | pd.Index | pd.DataFrame):
            return NotImplemented
        if isinstance(other, np.ndarray) and other.ndim == 0:
            other = other.item()
        if isinstance(other, str) and act in (operator.eq, operator.ne):
            texts = np.array([t.text if t is not None else "" for t in self.trail], dtype=object)
            return act(texts, other)
        if isinstance(other, np.ndarray) and other.dtype.kind in "iuf":
            return act(self.value, other)
        if is_list_like(other):
            other = self._operand(other)
            same = act(self.value, other.value)
            words = [at for at in np.flatnonzero(~self.isna()) if self.trail[at].text]
            for at in words:
                same[at] = act(self[at], other[at]) is True
            return same
        if isinstance(other, Traced) and other.text:
            return self._compare(other.text, act)
        if is_operand(other):
            return act(self.value, float(other))
        if act in (operator.eq, operator.ne) or other is pd.NA:
            return np.full(len(self), act is operator.ne)
        raise LineageError(f"Et sporet tall kan ikke sammenlignes med «{other}».")

    @classmethod
    def _create_comparison_method(cls, op: Callable[..., Any]) -> Callable[[Any, Any], Any]:
        return lambda column, other: column._compare(other, op)

    # ---------------------------------------------------------------------------- reductions

    def _reduce(
        self, name: str, *, skipna: bool = True, keepdims: bool = False, **more: Any
    ) -> Any:
        """One number for the column: missing if one of them is; absent rows are passed over."""
        if name == "count":
            return int((~self.isna()).sum())
        if name not in REDUCTIONS:
            raise refuse(name)
        present = [number for number in self if number is not pd.NA]
        number = REDUCTIONS[name](present) if present else None
        if keepdims:
            return self.of([number])
        return pd.NA if number is None else number

    def _groupby_op(
        self,
        *,
        how: str,
        has_dropped_na: bool,
        min_count: int,
        ngroups: int,
        ids: np.ndarray,
        **more: Any,
    ) -> TracedArray:
        if how not in REDUCTIONS:
            raise refuse(how)
        groups: list[list[Traced]] = [[] for _ in range(ngroups)]
        for group, number in zip(ids.tolist(), self, strict=True):
            if group >= 0 and number is not pd.NA:
                groups[group].append(number)
        return self.of(REDUCTIONS[how](group) if group else None for group in groups)

    def _accumulate(self, name: str, *, skipna: bool = True, **more: Any) -> Any:
        raise refuse(name)

    _quantile, _rank = _refusal("quantile"), _refusal("rank")
    # A number that is made up has no source, and the store rounds what is published.
    interpolate, round = _refusal("interpolate"), _refusal("round")


TracedArray._add_arithmetic_ops()
TracedArray._add_comparison_ops()

# What an absent row has in each of a column's arrays.
ABSENT = SimpleNamespace(value=math.nan, low=math.nan, high=math.nan, trail=None)

UFUNCS: dict[Any, Callable[..., Any]] = {
    np.add: operator.add,
    np.subtract: operator.sub,
    np.multiply: operator.mul,
    np.divide: operator.truediv,
    np.negative: operator.neg,
    np.equal: operator.eq,
    np.not_equal: operator.ne,
    np.less: operator.lt,
    np.less_equal: operator.le,
    np.greater: operator.gt,
    np.greater_equal: operator.ge,
}


def _extreme(numbers: list[Traced], best: Callable[[Iterable[float]], float], word: str) -> Traced:
    """The largest or smallest; all were looked at, and what is missing might have been it."""
    if len(numbers) == 1:
        return numbers[0]
    missing = next((n for n in numbers if math.isnan(n.value)), None)
    words = f"{word} av {len(numbers)} tall"
    if missing is not None:
        return Traced.noted(math.nan, words, numbers, symbol=missing.symbol)
    band = best(n.low for n in numbers), best(n.high for n in numbers)
    return Traced.noted(best(n.value for n in numbers), words, numbers, band=band)


REDUCTIONS: dict[str, Callable[[list[Traced]], Traced]] = {
    "sum": total,
    "mean": mean,
    "min": lambda numbers: _extreme(numbers, min, "minst"),
    "max": lambda numbers: _extreme(numbers, max, "størst"),
    "first": operator.itemgetter(0),
    "last": operator.itemgetter(-1),
}


def _objects(values: list[Any]) -> np.ndarray:
    """An object array of these, whatever they are."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _traced_or_absent(value: Any) -> Traced | None:
    if isinstance(value, Traced):
        return value
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    raise LineageError(
        f"«{value}» er et tall uten kilde og kan ikke stå i en sporet kolonne. Bruk en sporet "
        "kolonne, eller Traced.noted(…, cells=…) for et tall som en regel gir."
    )


def _shown(number: Traced) -> str:
    """A number as a notebook shows it in a table."""
    return number.text or (number.symbol or ".." if number.is_missing else digits(number.value))
