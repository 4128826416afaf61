"""The claims and words that the chapters' modules declare, by name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from kunnskapsgrunnlag import claims
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.claims.numbers import Numbers, Verdict, Word

T = TypeVar("T")
Predicate = Callable[[Numbers], Verdict]
Chooser = Callable[[Numbers], Word]
# The tools; every other module of the package holds the claims of one page.
TOOLS = {"evaluate", "judge", "numbers", "proportions", "registry", "vague", "wording"}


@dataclass(frozen=True)
class Claim:
    """A named claim: what it says in words, where its function stands, and the function.

    Attributes:
        fitted: What the estimates that it reads were fitted to, if that settles it.
    """

    name: str
    words: str
    module: str
    judge: Predicate
    fitted: str = ""

    @property
    def is_printed(self) -> bool:
        """Whether a printed edition said it, and this one does not."""
        return self.module.startswith("trykt_")


@dataclass(frozen=True)
class Choice:
    """A named word that follows the data."""

    name: str
    words: str
    module: str
    choose: Chooser


_claims: dict[str, Claim] = {}
_words: dict[str, Choice] = {}


def claim(function: Predicate) -> Predicate:
    """Declare a claim; its name is the function's, with hyphens.

    Raises:
        KgError: If the name is taken, or the docstring does not say what is claimed.
    """
    name, words, module = _described(function, _claims)
    _claims[name] = Claim(name, words, module, function)
    return function


def fitted_claim(*facts: str) -> Callable[[Predicate], Predicate]:
    """Declare a claim that the models behind the estimates were given: no test of it is left.

    Once deliveries have taken the estimates' place it is tested like any other claim.

    Args:
        facts: Ids of what the models were given, in `data/raw/estimat/opplysninger.csv`.
    """

    def declare(function: Predicate) -> Predicate:
        claim(function)
        name = function.__name__.replace("_", "-")
        _claims[name] = replace(_claims[name], fitted="; ".join(facts))
        return function

    return declare


def word(function: Chooser) -> Chooser:
    """Declare a word that follows the data; its name is the function's, with hyphens.

    Raises:
        KgError: If the name is taken, or the docstring does not say what chooses it.
    """
    name, words, module = _described(function, _words)
    _words[name] = Choice(name, words, module, function)
    return function


def _described(
    function: Callable[[Numbers], object], taken: dict[str, Claim] | dict[str, Choice]
) -> tuple[str, str, str]:
    name = function.__name__.replace("_", "-")
    module = function.__module__.rpartition(".")[2]
    words = " ".join((function.__doc__ or "").split())
    if not words:
        raise KgError(f"claims/{module}.py: «{name}» needs a docstring that says what is claimed.")
    if name in taken and taken[name].module != module:
        raise KgError(f"claims/{module}.py: «{name}» is declared in {taken[name].module} already.")
    return name, words, module


@cache
def _load() -> None:
    for found in pkgutil.iter_modules(claims.__path__):
        if found.name not in TOOLS:
            importlib.import_module(f"{claims.__name__}.{found.name}")


def all_claims() -> dict[str, Claim]:
    """All claims, by name."""
    _load()
    return dict(sorted(_claims.items()))


def all_words() -> dict[str, Choice]:
    """All words that follow the data, by name."""
    _load()
    return dict(sorted(_words.items()))


def the_claim(name: str) -> Claim:
    """The claim of this name.

    Raises:
        KgError: If no function has it; names the nearest.
    """
    return _named(name, all_claims(), "claims")


def the_word(name: str) -> Choice:
    """The word of this name.

    Raises:
        KgError: If no function chooses it; names the nearest.
    """
    return _named(name, all_words(), "chooses the word")


def _named(name: str, held: dict[str, T], does: str) -> T:
    if name not in held:
        raise KgError(
            f"no function {does} «{name}».{nearest(name, held)} Write it in "
            "src/kunnskapsgrunnlag/claims/."
        )
    return held[name]
