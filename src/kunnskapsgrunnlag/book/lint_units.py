"""The lints on units: per cent and percentage points, and the unit word behind a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kunnskapsgrunnlag.book import lint_words as forms
from kunnskapsgrunnlag.book.linted import Linted, Problems
from kunnskapsgrunnlag.book.marks import Mark
from kunnskapsgrunnlag.store.value import Value

# «[…] og […] prosent»: the unit word stands behind the last of them.
UNIT_BEHIND = re.compile(
    rf"(?:\s+(?:og|til|eller|mot)\s+{forms.NUMBER})*[\s\u00a0]*(?P<word>{forms.UNIT_WORDS.pattern})"
    r"(?!\w)",
    re.IGNORECASE,
)
# The measures in per cent that tell a change and not a level.
CHANGES = re.compile(r"vekst|endring|over|avstand|utenfor")


def unit_problems(here: Linted) -> Problems:
    """Each number whose unit and words disagree."""
    marks = here.within("tall")
    places = [at for at, sign in enumerate(here.text) if sign == forms.NUMBER]
    for mark, place in zip(marks, places, strict=False):
        before, behind = here.text[:place], here.text[place + 1 :]
        unit = UNIT_BEHIND.match(behind)
        word = unit["word"].lower() if unit else ""
        if record := here.store.find(mark.words):
            for rule, why in _disagreement(mark, record, before, word):
                yield rule, mark.start, f"{mark.words} {word}".strip(), why


def _disagreement(mark: Mark, record: Value, before: str, word: str) -> Iterator[tuple[str, str]]:
    unit, scale = record.unit, mark.attributes.pairs.get("vis", "")
    kind = forms.KINDS.get(word, "")
    fitting = forms.SCALED.get(scale) or forms.FITTING.get(unit, set())
    if {kind, unit} == {"prosent", "prosentpoeng"}:
        yield "prosent", f"tallet er i {unit}. Skriv «{unit}»."
    elif scale and kind not in fitting:
        yield "enhet", f'det vises med vis="{scale}". Skriv «{min(fitting)}» bak det.'
    elif kind and kind not in fitting and not _is_part_of_count(unit, kind):
        fit = f"«{min(fitting)}»" if fitting else f"det tallet teller, {unit}"
        yield "enhet", f"enheten til tallet er {unit}. Skriv {fit}."
    elif (
        unit == "prosent" and not CHANGES.search(record.measure) and forms.CHANGED_BY.search(before)
    ):
        why = "en andel er fortalt som en endring. Skriv adressen til endringen, i prosentpoeng."
        yield "prosent", why


def _is_part_of_count(unit: str, kind: str) -> bool:
    """«38 723 personer» may be said of any unit that counts, but not of money or shares."""
    return unit not in forms.FITTING and kind in ("personer", "husholdninger")
