"""Read what stands in `sjekk="…"` beside a sentence; `docs/pastander.md` is the guide to it."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedEOF, UnexpectedInput

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.claims import tree
from kunnskapsgrunnlag.claims.tree import Names, Node, Rank


def parse_claim(text: str) -> tree.Claim:
    """Read what stands in `sjekk="…"`.

    Raises:
        KgError: If it does not follow the grammar; says at which character, and what may stand
            there.
    """
    claim: tree.Claim = _parse(text, "start")
    return claim


def parse_word(text: str) -> tree.ChosenWord:
    """Read what stands in `velg="…"`.

    Raises:
        KgError: If it does not follow the grammar.
    """
    word: tree.ChosenWord = _parse(text, "word")
    return word


def _parse(text: str, start: str) -> Any:
    expression = normalised(text)
    _refuse_three_decimals(expression)
    try:
        return _Reader().transform(_parser(start).parse(expression))
    except UnexpectedInput as problem:
        raise KgError(_explained(expression, problem)) from None


def normalised(text: str) -> str:
    """The expression with plain single spaces."""
    return " ".join(text.replace("\u00a0", " ").split())


@cache
def _parser(start: str) -> Lark:
    grammar = files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", start=start, maybe_placeholders=True)


def _words(token: str) -> str:
    return " ".join(token.split())


# More signs than a number of the report has.
_MOST_SIGNS = 16


def _number(token: str) -> tuple[float, int]:
    plain = token.replace(" ", "").replace(",", ".")
    if len(plain) > _MOST_SIGNS:
        raise KgError(f"«{token}» har flere sifre enn noe tall i rapporten.")
    return float(plain), len(plain.partition(".")[2])


@v_args(inline=True)
class _Reader(Transformer[Token, Any]):
    """Lark's tree to ours; each rule of the grammar by its name."""

    negation, quantified, only = tree.Negation, tree.Quantified, tree.Only
    course, shape = tree.Course, tree.Shape
    compare, between, about, nearly = tree.Compare, tree.Between, tree.About, tree.Nearly
    function, count = tree.Function, tree.Count
    NUMBER = staticmethod(_number)
    NAME = PHRASE = UNIT = DEGREE = RELATION = QUANTIFIER = STEP = staticmethod(_words)
    COURSE = SHAPE = FUNCTION = ORDINAL = SUPERLATIVE = PLURAL = staticmethod(_words)

    def start(self, *clauses: Node) -> tree.Claim:
        return tree.Claim(clauses)

    def names(self, *names: str) -> tuple[str, ...]:
        return names

    def rank(self, end: str, of: Node, names: Names) -> Rank:
        return Rank(end.removesuffix("e"), of, names)

    def rank_nth(self, place: str, end: str, of: Node, names: Names) -> Node:
        return Rank(end, of, names, place=tree.ORDINALS[place])

    def rank_set(self, number: tuple[float, int], end: str, of: Node, names: Names) -> Rank:
        return replace(self.rank(end, of, names), count=int(number[0]))

    def rank_among(self, *parts: Any) -> Node:
        return replace(self.rank_set(*parts), how="blant")

    def rank_within(self, *parts: Any) -> Node:
        return replace(self.rank_set(*parts), how="innen")

    def rank_of(self, *parts: Any) -> Node:
        count = int(parts[0][0]) if len(parts) == 3 else 1
        return Rank(parts[-2].removesuffix("e"), parts[-1], (), count=count)

    def binary(self, left: Node, sign: Token, right: Node) -> Node:
        return tree.Binary(tree.SIGNS[_words(sign)], left, right)

    def constant(self, number: tuple[float, int], unit: str | None) -> Node:
        return tree.Constant(*number, unit or "")

    def address(self, address: Token, without: tuple[str, ...] | None) -> Node:
        item, *parts = re.findall(r"\([^()]*\)|[^/]+", address)
        return tree.Address(item, tuple(map(_part, parts)), without or ())

    def word_direction(self, of: Node, more: str | None, less: str | None) -> Node:
        return tree.ChosenWord("retning", of, (more, less) if more and less else tree.DIRECTION)

    def word_names(self, of: Node) -> Node:
        return tree.ChosenWord("navn", of)

    def word_count(self, of: Node) -> Node:
        return tree.ChosenWord("antall", of)

    def word_count_of_all(self, of: Node) -> Node:
        return tree.ChosenWord("antall av alle", of)


def _part(text: str) -> tree.Part:
    if text.startswith("("):
        return tuple(choice.strip() for choice in text.strip("()").split(","))
    return text


def _refuse_three_decimals(expression: str) -> None:
    if match := re.search(r"(?<![\d.])\d+\.\d+(?![\d.])", expression):
        readings = " eller ".join(match[0].replace(".", sign) for sign in " ,")
        raise KgError(f"tegn {match.start() + 1}: «{match[0]}» har punktum. Skriv {readings}.")
    if match := re.search(r"(?<![\d,])\d+,\d{3}(?!\d)", expression):
        thousands = match[0].replace(",", " ")
        raise KgError(
            f"tegn {match.start() + 1}: «{match[0]}» kan leses som {thousands}. Skriv {thousands}, "
            "eller tallet med færre desimaler."
        )


# What a terminal of the grammar is called in a message.
_READABLE = {
    "ADDRESS": "en adresse",
    "NUMBER": "et tall",
    "NAME": "et navn",
    "RELATION": "over, under, minst, høyst eller =",
    "LPAR": "(",
    "RPAR": ")",
    "EQUAL": "=",
    "$END": "slutten",
    "SUPERLATIVE": "høyest eller lavest",
    "PLURAL": "høyeste eller laveste",
    "COURSE": "øker eller faller",
    "QUANTIFIER": "alle, ingen, noen eller de fleste",
    "OG": "og",
    "UTEN": "uten",
    "INNEN": "innen",
    "UNIT": "en enhet",
}
_KEYWORDS = (
    *("høyest", "lavest", "høyeste", "laveste", "nest", "tredje", "blant", "alle", "ingen"),
    *("noen", "bare", "øker", "faller", "jevn", "ujevn", "stabil", "over", "under", "minst"),
    *("høyst", "mellom", "omtrent", "nesten", "klart", "litt", "langt", "antall", "innen", "uten"),
)


def _explained(expression: str, problem: UnexpectedInput) -> str:
    """Where reading stopped, what stands there and what may stand there."""
    if isinstance(problem, UnexpectedEOF) or getattr(problem, "token", None) == "":
        return f"«{expression}» er ikke ferdig: her trengs {_listed(problem)}."
    at = problem.pos_in_stream or 0
    word = re.match(r"\S[^\s(),/]*|", expression[at:])
    found = word[0] if word and word[0] else expression[at : at + 1]
    if re.search(r"[{}\"“”„]", expression):
        return f"tegn {at + 1}: «{found}» kan ikke stå i sjekk. Bruk ikke klammer eller anførsel."
    if not found:
        return f"«{expression}» er ikke ferdig: her trengs {_listed(problem)}."
    if re.fullmatch(r"[A-ZÆØÅ].*", found):
        return f"tegn {at + 1}: «{found}» skrives «{found.lower()}»."
    close = get_close_matches(found, _KEYWORDS, n=1)
    hint = f" Mente du «{close[0]}»?" if close and close[0] != found else ""
    return f"tegn {at + 1}: «{found}» kan ikke stå her.{hint} Her kan stå {_listed(problem)}."


def _listed(problem: UnexpectedInput) -> str:
    found = (getattr(problem, name, None) for name in ("accepts", "expected", "allowed"))
    expected: set[str] = next(filter(None, found), set())
    words = [_READABLE[name] for name in sorted(expected) if name in _READABLE]
    return ", ".join(words) or "noe annet"
