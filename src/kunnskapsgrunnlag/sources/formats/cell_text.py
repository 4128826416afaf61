"""How offices spell what the schema asks for: decimal marks, percent signs, footnote marks.

A spelling that can mean one thing only is put into the words of the schema; one that can mean two
is refused; one that means nothing is left as it is, for the schema to refuse.
"""

import math
import re
from typing import NamedTuple

from kunnskapsgrunnlag.base.nb_numbers import MINUS, SYMBOLS, parse_nb
from kunnskapsgrunnlag.catalog.schema import Column
from kunnskapsgrunnlag.sources.formats.grid import FileCell, plain

RAISED = "[¹²³⁰⁴-⁹]"
# A mark behind a number or a word; «1)» needs a space before it, or it could be one more digit.
MARK = rf"{RAISED}+[)⁾]?|(?<=\s)\d+\)|(?<![*])\*+"
_MARKED = re.compile(rf"(?P<text>.*\S)\s*(?P<mark>{MARK})")
_MARKED_WORD = re.compile(rf"(?P<text>.*[^\W\d_][.)]?)\s*(?P<mark>{MARK}|(?<=\w)\d\))")
_PERCENT = re.compile(r"(?P<number>.*\d)\s*%")
_POINT = re.compile(r"[^.,]*\d\.\d+")
_GROUPED = re.compile(rf"[-{MINUS}]?[1-9]\d{{0,2}}[.,]\d{{3}}")
# Marks are looked for in short texts only; the patterns take their time over long ones.
_LONGEST = 60
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", ")⁾.: ")


class Spelled(NamedTuple):
    """A cell in the words of its column's schema.

    Attributes:
        text: The word, or the number with a decimal comma.
        mark: The footnote mark behind it, as it stands in the file.
        decimal: The decimal mark of a number that is written as text.
        doubt: Why the cell can be understood in two ways, and what to do.
    """

    text: str
    mark: str = ""
    decimal: str = ""
    doubt: str = ""


def spelled(cell: FileCell, column: Column | None) -> Spelled:
    """What a cell says; `doubt` is filled if that cannot be told for sure."""
    text, mark = _without_mark(cell.text, column)
    if column is None or column.role != "measure":
        return Spelled(text, mark, doubt=_percent_sign(cell, text))
    if cell.number:
        return Spelled(text, doubt="" if column.unit == "prosent" else _percent_sign(cell, text))
    if column.unit == "prosent" and (share := _PERCENT.fullmatch(text)):
        text = share["number"]
    number = text.strip().replace(".", ",") if _POINT.fullmatch(text.strip()) else text
    if not is_number(number) or number.strip() in SYMBOLS:
        return Spelled(text, mark)
    if _GROUPED.fullmatch(text.strip()) and _may_be_thousands(text.strip(), column):
        return Spelled(text, mark, doubt=_two_readings(text.strip()))
    decimal = "." if number != text else "," if "," in text else ""
    return Spelled(number, mark, decimal)


def symbols_of(column: Column) -> frozenset[str]:
    """The signs that may stand in a column where a number is missing; «» is an empty cell."""
    return SYMBOLS if column.symbols is None else frozenset(column.symbols)


def allowed_words(column: Column | None) -> set[str]:
    return {*(column.values or {}).values()} if column else set()


def is_number(text: str) -> bool:
    """Whether a text is a number written in Norwegian, or a sign for a missing one."""
    try:
        return text.strip() in SYMBOLS or parse_nb(text) is not None
    except ValueError:
        return False


def mark_key(mark: str) -> str:
    """A footnote mark however it is written: «1» for «1)» and «¹»."""
    return mark.translate(_DIGITS)


def _without_mark(text: str, column: Column | None) -> tuple[str, str]:
    short = text.strip()
    if len(short) > _LONGEST or short in allowed_words(column) or short in ("*", *SYMBOLS):
        return text, ""
    if column is not None and column.role in ("region", "category", "text"):
        word = _MARKED_WORD.fullmatch(plain(short))
        return (word["text"], word["mark"]) if word else (text, "")
    marked = _MARKED.fullmatch(short)
    if marked is None:
        return text, ""
    number = marked["text"].removesuffix("%")
    numeric = is_number(number) or is_number(number.replace(".", ","))
    return (marked["text"], marked["mark"]) if numeric else (text, "")


def _percent_sign(cell: FileCell, text: str) -> str:
    if not cell.percent:
        return ""
    return (
        f"fant {text} %. Gi cellen et vanlig tallformat, eller skriv enheten «prosent» i "
        "params.yaml."
    )


def _may_be_thousands(text: str, column: Column) -> bool:
    """Whether «1,234» may be 1234 as well, by the decimals and bounds that the schema declares."""
    if column.rounded_to is not None and column.rounded_to <= 0.001:
        return False
    thousands = parse_nb(text.replace(",", "").replace(".", ""))
    low = -math.inf if column.min is None else column.min
    high = math.inf if column.max is None else column.max
    return low <= thousands <= high


def _two_readings(text: str) -> str:
    whole, decimals = text.replace(".", ",").split(",")
    return (
        f"fant «{text}», som er {whole}{decimals} med tegn mellom tusener og "
        f"{whole},{decimals} med tre desimaler. Skriv «{whole} {decimals}», eller skriv "
        "rounded_to: 0.001 i params.yaml."
    )
