"""Norwegian numbers: non-breaking space between thousands, decimal comma, true minus."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
# What providers put where a number is missing.
SYMBOLS = frozenset({"..", ".", ":", "-", "..."})


def rounded(value: float, decimals: int = 0, step: float = 1) -> Decimal:
    """Round half up, as the printed report does, to `decimals` or to a multiple of `step`.

    `step` above 1 rounds to whole thousands and the like. Going through the shortest decimal
    text of the float keeps 73.25 from becoming 73.2 through its binary neighbour.
    """
    exact = Decimal(repr(float(value)))
    if step > 1:
        quantum = Decimal(repr(float(step)))
        return (exact / quantum).quantize(Decimal(1), ROUND_HALF_UP) * quantum
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def nb(value: float, decimals: int = 0, step: float = 1) -> str:
    """Write a number as Norwegian readers expect it: 1 382 863, 6,0, −416."""
    if math.isnan(value):
        return ".."
    number = rounded(value, decimals, step)
    digits = f"{abs(number):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return (MINUS if number < 0 else "") + digits


_TO_ENGLISH = str.maketrans({NBSP: ",", ",": "."})


def english(text: str) -> str:
    """`1 382 863` as `1,382,863` and `6,0` as `6.0`; the minus stays."""
    return text.translate(_TO_ENGLISH)


# What no line of a page ends in: a tag, code, a drawing; or the space between groups of thousands.
_TAG_OR_GAP = re.compile(
    r"<(?P<own>pre|svg)\b.*?</(?P=own)>|<[^>]*>|(?<!\d)(?P<group>\d{1,3}) (?=\d{3}(?!\d))",
    re.DOTALL,
)


def unbroken(html: str) -> str:
    """The same text or page, in whose words no line ends inside `1 000`."""
    return _TAG_OR_GAP.sub(lambda at: f"{at['group']}{NBSP}" if at["group"] else at[0], html)


# Digits in groups of three or none at all, and a comma for decimals: a full stop is not guessed at.
_SPACES = f"[ {NBSP}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]"
_NUMBER = re.compile(rf"[-{MINUS}]?(\d{{1,3}}({_SPACES}\d{{3}})+|\d+)(,\d+)?")


def parse_nb(text: str) -> float:
    """Read a number as `nb` or a Norwegian office writes it.

    Raises:
        ValueError: If the text is not one number written in Norwegian.
    """
    plain = text.strip()
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"«{text}» is no number written in Norwegian")
    return float(re.sub(_SPACES, "", plain).replace(MINUS, "-").replace(",", "."))
