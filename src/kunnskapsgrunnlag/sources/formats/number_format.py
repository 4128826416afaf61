"""What a spreadsheet's number format makes of a number: what people see in the cell."""

import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

_COMPARE = {
    **{"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge},
    **{"=": operator.eq, "<>": operator.ne},
}
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_SECTION = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*(?P<filled>.)|\[\$(?P<symbol>[^\]-]*)[^\]]*\]'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>general|standard|@)|(?P<digit>[0#?])|(?P<power>e[+-])"
    r"|(?P<mark>[,.%/])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SCALED = re.compile(r"[0#?.],+(?![0#?,])")
_WHITE = re.compile(r"white|color ?2", re.IGNORECASE)
_SCALED_WORDS = re.compile(r"tusen|mill|mrd|mio|\b[tmk]kr|\b[tmk]nok|000|‰|promille", re.IGNORECASE)
_PERCENT_WORDS = re.compile(r"%|prosent|\bpst\b", re.IGNORECASE)
# Words round a number that say nothing of how large it is.
_BEFORE = re.compile(r"([^\W\d]+[.:]?|[\s€$£])*")
_AFTER = re.compile(r"[^\d*<>=~¹²³⁰⁴-⁹]*")
_SHOWN = re.compile(
    r"(?P<before>([^\W\d]+[.:]?|[\s€$£])*)(?P<sign>[-−(]?)\s*(?P<digits>\d([\d\s.,']*\d)?)(?P<after>.*)",
    re.DOTALL,
)
_MINUS = re.compile("[-−(]")


class Shown(NamedTuple):
    """A number as people see it.

    Attributes:
        number: With as many decimals as are shown, of hundredths if in percent.
        exact: The stored number, in the same unit.
        percent: Whether there is a percent sign behind it.
        zeros: How many digits are shown at least, if the format is that of a code.
        symbol: The dash that accountants have for zero, where that is shown.
        problem: Why people do not see this number, as the end of «fant 12 i et format som …».
    """

    number: Decimal
    exact: Decimal
    percent: bool = False
    zeros: int = 0
    symbol: str = ""
    problem: str = ""


@dataclass
class _Section:
    """A section of a number format, taken apart."""

    white: bool = False
    general: bool = False
    power: bool = False
    before: str = ""
    between: str = ""
    after: str = ""
    # The digits and marks in their order; a space for words between them.
    places: str = ""

    @property
    def words(self) -> str:
        return self.before + self.between + self.after


def shown(value: float | Decimal, code: str) -> Shown:
    """The number that a format shows."""
    exact = Decimal(value) if isinstance(value, (int, Decimal)) else Decimal(f"{value:.15g}")
    sections = _SECTION.split(code)
    conditional = bool(_CONDITION.search(code))
    at = _chosen(exact, sections) if conditional else _by_sign(exact, sections)
    if at is None:
        return Shown(exact, exact, problem="ikke viser det, men viser «####»")
    section = _taken_apart(sections[at])
    if exact == 0 and section.words.strip() == "-" and "0" not in section.places:
        return Shown(exact, exact, symbol="-")
    marks = section.places.replace(" ", "")
    percent = marks.count("%") == 1
    scaled = exact.scaleb(2) if percent else exact
    whole, _, fraction = marks.replace("%", "").partition(".")
    decimals = sum(letter in "0#?" for letter in fraction)
    number = scaled
    if not section.general:
        number = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    is_code = set(section.places) == {"0"}
    return Shown(
        number,
        scaled,
        percent or _PERCENT_WORDS.search(section.words) is not None,
        len(whole) if is_code else 0,
        problem=_problem(number, section, own_sign=len(sections) > 1 and (at > 0 or conditional)),
    )


def text_problem(code: str) -> str:
    """Why people do not see the words of a cell, as the end of «fant Oslo i et format som …»."""
    sections = _SECTION.split(code)
    if len(sections) < 4 and not any("@" in section for section in sections):
        return ""
    section = _taken_apart(sections[3] if len(sections) > 3 else sections[-1])
    if section.white or not section.general:
        words = section.words.strip()
        return "ikke viser det" + (f", men viser «{words}»" if words else "")
    return "viser andre tegn i tillegg" if section.words.strip() else ""


def _by_sign(number: Decimal, sections: list[str]) -> int:
    at = 0 if number > 0 or len(sections) == 1 else 1 if number < 0 else 2
    return at if at < len(sections) else 0


def _chosen(number: Decimal, sections: list[str]) -> int | None:
    """The section whose condition holds; None if all have one and none does."""
    for at, section in enumerate(sections[:3]):
        condition = _CONDITION.search(section)
        if condition is None or _COMPARE[condition[1]](number, Decimal(condition[2])):
            return at
    return None


def _taken_apart(code: str) -> _Section:
    section = _Section()
    tokens = [*_TOKEN.finditer(code)]
    at_places = [n for n, token in enumerate(tokens) if token["digit"] or token["general"]]
    for n, token in enumerate(tokens):
        section.white |= bool(token["bracket"] and _WHITE.fullmatch(token["bracket"]))
        section.general |= bool(token["general"])
        section.power |= bool(token["power"]) or token["mark"] == "/"
        section.places += token["digit"] or (token["mark"] or "").replace("/", "")
        words = token["quoted"] or token["escaped"] or token["symbol"] or token["other"] or ""
        words += (token["filled"] or "").strip()
        if not at_places or n < at_places[0]:
            section.before += words
        elif n > at_places[-1]:
            section.after += words
        elif words:
            section.between += words
            section.places += " "
    return section


def _problem(number: Decimal, section: _Section, *, own_sign: bool) -> str:
    places, words = section.places, section.words.strip()
    digits = [letter for letter in places if letter in "0#?"]
    is_empty = number == 0 and not section.general and "0" not in places
    if section.white or is_empty or not (digits or section.general):
        return "ikke viser det" + (f", men viser «{words}»" if words else "")
    if section.power:
        return "viser det som brøk eller potens"
    whole = places.partition(".")[0].replace("%", "").strip()
    if _SCALED.search(places) or _SCALED_WORDS.search(words) or places.count("%") > 1:
        return "viser det i tusener eller millioner"
    signed = _MINUS.search(section.before) is not None
    if number < 0 and own_sign and not signed:
        return "viser det uten minus"
    if signed and not (number < 0 and own_sign):
        return "viser det med minus"
    before = _MINUS.sub("", section.before) if own_sign else section.before
    is_grouped = all(len(group) == 3 for group in whole.split(" ")[1:])
    odd = section.between.strip() or not is_grouped or " " in places.partition(".")[2]
    if odd or places.count(".") > 1 or not _BEFORE.fullmatch(before):
        return "viser andre tegn i tillegg"
    return "" if _AFTER.fullmatch(section.after) else "viser andre tegn i tillegg"


def read_shown(text: str, stored: Decimal) -> Shown:
    """The number in a cell whose file keeps what it shows beside what it stores.

    The decimal mark may be that of any language: the stored number tells which mark it is.
    """
    match = _SHOWN.fullmatch(text.strip())
    if match and not _SCALED_WORDS.search(match["before"] + match["after"]):
        sign = -1 if match["sign"] else 1
        after = match["after"].removesuffix(")") if "(" in match["sign"] else match["after"]
        percent = "%" in after or _PERCENT_WORDS.search(after) is not None
        for digits, decimals in _readings(match["digits"].strip()):
            number = sign * Decimal(digits).scaleb(-decimals)
            for exact in (stored.scaleb(2), stored) if "%" in after else (stored,):
                slack = Decimal(5).scaleb(-decimals - 1)
                if abs(exact - number) <= slack and _AFTER.fullmatch(after):
                    zeros = len(digits) if digits.startswith("0") and not decimals else 0
                    return Shown(number, exact, percent, zeros)
    words = f", men viser «{text}»" if text.strip() else ""
    return Shown(stored, stored, problem=f"ikke viser det{words}")


def _readings(text: str) -> Iterator[tuple[str, int]]:
    """All digits, and how many of them are decimals: with the last mark for that, or for none."""
    whole, *groups = re.split(r"[\s'.,]", text)
    for is_decimal in (True, False):
        thousands = groups[:-1] if is_decimal else groups
        if is_decimal and not re.search(r"[.,]\d+$", text):
            continue
        if all(len(group) == 3 for group in thousands):
            yield whole + "".join(groups), len(groups[-1]) if is_decimal else 0
