"""Say an expression in Norwegian, as reviewers read it beside the sentence that it tests."""

from __future__ import annotations

from collections.abc import Sequence

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.nb_text import listed, region_name
from kunnskapsgrunnlag.base.regions import BY_KEY
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims import tree
from kunnskapsgrunnlag.claims.numbers import (
    ALL,
    CONSTANT,
    DELBYDELER_OF,
    KNOWN,
)
from kunnskapsgrunnlag.claims.quantity import unit_behind

SETS = {
    "bydeler": "alle bydelene",
    "delbydeler": "alle delbydelene",
    "byer": "de seks byene",
    "andre-byer": "de andre byene",
    "storbyene": "de tre andre storbyene",
    "groruddalen": "Groruddalen",
    "sentrum-ost": "sentrum øst",
    ALL: "alle",
    KNOWN: "alle som har tall",
}
ORDINAL_WORDS = {2: "nest ", 3: "tredje "}
SIGNS = {"+": "pluss", "−": "minus", "*": "ganger", "/": "delt på"}


def say_claim(claim: tree.Claim, catalog: Catalog) -> str:
    """What the expression tests, as a sentence: «Stovner er høyest av alle bydelene: …»."""
    words = "; ".join(_Speaker(catalog).clause(clause) for clause in claim.clauses)
    return f"{words[:1].upper()}{words[1:]}."


def say_word(word: tree.ChosenWord, catalog: Catalog) -> str:
    """What chooses a word, as a sentence."""
    speaker = _Speaker(catalog)
    if isinstance(word.of, tree.Rank):
        of, count = word.of, word.of.count
        said = f"{'den' if count == 1 else f'de {count}'} {of.end}e: {speaker.number(of.of)}"
    elif word.kind == "retning":
        said = f"{' eller '.join(word.words)}: {speaker.number(word.of)}"
    else:
        said = f"{word.kind}: {speaker.clause(word.of)}"
    return f"{said[:1].upper()}{said[1:]}."


class _Speaker:
    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def clause(self, node: tree.Node) -> str:
        match node:
            case tree.Negation(of):
                return f"det er ikke slik at {self.clause(of)}"
            case tree.Rank():
                return self._rank(node)
            case tree.Quantified(quantifier, condition):
                return f"{quantifier}: {self.clause(condition)}"
            case tree.Only(condition, names):
                return f"bare {self._names(names, condition)}: {self.clause(condition)}"
            case tree.Course(direction, step, of):
                how = f" {step}" if step else ""
                return f"{self.number(of)} {direction}{how}"
            case tree.Shape(shape, of, within):
                bound = f" (innen {within.text})" if within else ""
                return f"{self.number(of)} er {shape}{bound}"
        return self._comparison(node)

    def _comparison(self, node: tree.Node) -> str:
        match node:
            case tree.Compare(left, degree, relation, right):
                how = "lik" if relation == "=" else relation
                how = f"{degree} {how}" if degree else how
                return f"{self.number(left)} er {how} {self.number(right)}"
            case tree.Between(left, low, high):
                ends = f"{self.number(low)} og {self.number(high)}"
                return f"{self.number(left)} er mellom {ends}"
            case tree.About(left, right, within):
                bound = f" (innen {within.text})" if within else ""
                return f"{self.number(left)} er omtrent {self.number(right)}{bound}"
            case tree.Nearly(left, right):
                return f"{self.number(left)} er nesten {self.number(right)}"
        return self.number(node)

    def number(self, node: tree.Node) -> str:
        match node:
            case tree.Constant():
                return node.text
            case tree.Address():
                return self._address(node)
            case tree.Function(name, of):
                return f"{name} {self.number(of)}"
            case tree.Count(condition):
                return f"antallet der {self.clause(condition)}"
            case tree.Binary(sign, left, right):
                return f"{self.number(left)} {SIGNS[sign]} {self.number(right)}"
        raise TypeError(f"no number: {node}")

    def _rank(self, node: tree.Rank) -> str:
        names, among = self._names(node.names, node), self.number(node.of)
        if node.how == "innen":
            return f"de {node.count} {node.end}e er blant {names}: {among}"
        if node.how == "blant":
            return f"{names} er blant de {node.count} {node.end}e: {among}"
        if node.count > 1:
            return f"{names} er de {node.count} {node.end}e: {among}"
        return f"{names} er {ORDINAL_WORDS.get(node.place, '')}{node.end}: {among}"

    def _address(self, address: tree.Address) -> str:
        if address.item == CONSTANT:
            constant = self._catalog.constants[address.constant]
            number = f"{nb(constant.value, constant.decimals)}{unit_behind(constant.unit)}"
            return f"{number} ({constant.words}, {constant.period})"
        item = self._catalog.items[address.item]
        measures, *parts = address.parts
        titles = [
            item.measures[m].title for m in ((measures,) if isinstance(measures, str) else measures)
        ]
        # Within a sentence the titles have no capitals.
        if len(titles) > 1:
            titles = [title[:1].lower() + title[1:] for title in titles]
        words = [_either(titles), *(self._part(part, address.item) for part in parts)]
        without = f", uten {self._names(address.without, address)}" if address.without else ""
        return f"{', '.join(words)}{without} ({item.label.lower()})"

    def _part(self, part: str | Sequence[str], item: str) -> str:
        if not isinstance(part, str):
            return _either([self._key(key, item) for key in part])
        if ".." in part:
            return part.replace("..", "–")
        return self._key(part, item)

    def _key(self, key: str, item: str) -> str:
        if key.startswith(DELBYDELER_OF):
            return f"delbydelene i {region_name(key.removeprefix(DELBYDELER_OF))}"
        if key in SETS:
            return SETS[key]
        if "&" in key:
            return listed(self._key(part, item) for part in key.split("&"))
        if key in BY_KEY:
            return region_name(key)
        return (self._catalog.items[item].categories or {}).get(key, key)

    def _names(self, names: Sequence[str], node: tree.Node) -> str:
        item = next(a.item for a in tree.addresses(node) if a.item != CONSTANT)
        return listed(self._key(name, item) for name in names)


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"både {listed(words)}"
