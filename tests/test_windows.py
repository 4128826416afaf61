"""What Windows asks of names: those in git, and those that a build makes."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from tests.checkout import Checkout
from tests.test_repo import tracked

RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.I)
# Of the 260 characters that a path may have, what is left beside a folder such as
# C:\Users\fornavn.etternavn\OneDrive - Oslo kommune\Dokumenter\kunnskapsgrunnlag.
LONGEST = 170


def faults(names: Iterable[str]) -> list[str]:
    """Names that Windows refuses, cuts or takes for each other."""
    every = list(names)
    same = Counter(name.casefold() for name in every)
    return [
        name
        for name in every
        if same[name.casefold()] > 1
        or len(name) > LONGEST
        or any(
            RESERVED.match(part) or re.search(r'[<>:"\\|?*\x00-\x1f]|[. ]$', part)
            for part in PurePosixPath(name).parts
        )
    ]


def test_a_name_that_windows_does_not_take_is_found() -> None:
    wrong = ["a/aux.csv", "Kart.csv", "kart.csv", "a:b", "slutt.", "x" * 171]
    assert faults([*wrong, "a/konto.csv", "æøå – 1.csv"]) == wrong


def test_names_in_git() -> None:
    assert not faults(tracked())


def test_names_that_a_build_makes(built: Checkout) -> None:
    made = (path.relative_to(built.root) for path in (built.root / "build").rglob("*"))
    assert not faults(path.as_posix() for path in made)
