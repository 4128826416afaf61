"""How many faults the wording check catches: each span with one word or number made wrong.

`python tools/claim_mutants.py` prints, by kind, how many faults there were and how many stopped;
with `--missed KIND` those of a kind that slipped. A span that already stops is left out.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from kunnskapsgrunnlag.base.regions import BY_KEY
from kunnskapsgrunnlag.book.evaluate import evaluate
from kunnskapsgrunnlag.book.lint_words import NUMBER
from kunnskapsgrunnlag.book.marks import read_chapters
from kunnskapsgrunnlag.book.prose import CLAIM, Prose
from kunnskapsgrunnlag.book.wording.check import check_wording
from kunnskapsgrunnlag.book.wording.facts import Facts
from kunnskapsgrunnlag.book.wording.lint import facts_of, marked_text
from kunnskapsgrunnlag.book.wording.word_tables import Mark, Tables, Token, read_tables
from kunnskapsgrunnlag.book.years import SentenceYears
from kunnskapsgrunnlag.catalog.read import read_catalog
from kunnskapsgrunnlag.store.values import Store

PLACES = ("Oslo", "landet", "Bergen", "Alna", "Frogner", "Vestre Aker")
# A form -> one that says something else in its place.
SWAPS = {
    "retning": "øker faller, økte falt, økt falt, vokste sank, vokst sunket, steg sank, opp ned, "
    "veksten nedgangen, vekst nedgang, økning nedgang, stiger synker",
    "rang": "høyest lavest, høyeste laveste, flest færrest, størst minst, mest minst, "
    "største minste, øverst nederst",
    "sammenligning": "høyere lavere, flere færre, mer mindre, større mindre, over under",
    "kvantor": "alle noen, bare også, hver ingen, ingen alle, noen alle, begge ingen, "
    "de#fleste alle",
    "enhet": "prosent prosentpoeng, prosent kroner, kroner prosent, millioner milliarder, "
    "ganger prosent",
    "grad": "klart litt, langt litt, litt langt, så#vidt langt, nesten langt, omtrent klart, "
    "ujevnt jevnt, jevnt ujevnt, stabilt ujevnt, tydelig svakt, store små, rundt nesten",
    "hva": "personer husholdninger, personene husholdningene, husholdninger personer, "
    "husholdningene personene, startlån tilskudd, tilskudd startlån, bostøtte sosialhjelp, "
    "sosialhjelp bostøtte, statlig kommunal, statlige kommunale, kommunal statlig, "
    "kommunale statlige, andelen antallet, andel antall, antallet andelen, antall andel, "
    "beløpet antallet, utbetalingene mottakerne, mottakere utbetalinger, boliger personer, "
    "lån tilskudd, innbyggere husholdninger, barn voksne, barna eldste, leien prisen, "
    "boutgifter leier, beløpet gjennomsnittet",
}
INSERTED = {"nekting": "ikke", "grad inn": "klart", "kvantor inn": "bare", "rang (nest)": "nest"}
BEFORE = ("rang", "sammenligning", "retning")


@dataclass(frozen=True)
class Span:
    """The words of a claim, with its marks, and what its expression says."""

    place: str
    text: str
    marks: tuple[Mark, ...]
    facts: Facts

    def stops(self, tables: Tables) -> bool:
        """Whether the check has anything to say."""
        return bool(check_wording(tables.read(self.text, self.marks), self.facts))

    def with_words(self, token: Token, words: str) -> Span:
        """The span with other words in the place of these."""
        end = token.at + len(token.text)
        return replace(self, text=self.text[: token.at] + words + self.text[end:])


def mutants(span: Span, store: Store, tables: Tables) -> Iterator[tuple[str, Span]]:
    """Kind and span of each fault."""
    read = tables.read(span.text, span.marks)
    for token in read:
        if token.mark is None:
            yield from _other_words(span, token)
            yield from _other_numbers(span, token)
            if token.means("sted"):
                yield from _other_places(span, token, read)
    signs = [token for token in read if any(token.of(kind) for kind in BEFORE)]
    for kind, word in INSERTED.items():
        fitting = [s for s in signs if kind != "rang (nest)" or s.of("rang")]
        graded = kind == "grad inn" and any(token.of("grad") for token in read)
        if fitting and word not in span.text.lower() and not graded:
            yield kind, span.with_words(fitting[0], f"{word} {fitting[0].text}")
    for at, mark in enumerate(span.marks):
        if mark.value:
            yield from _other_shown(span, at, mark, store)


def _other_words(span: Span, token: Token) -> Iterator[tuple[str, Span]]:
    for kind, pairs in SWAPS.items():
        for pair in pairs.split(", "):
            one, other = pair.replace("#", "\u00a0").split(" ")
            forms = (one, other) if kind not in BEFORE else (one, other, one)
            for form, wrong in pairwise(forms):
                if token.text.lower() == form.replace("\u00a0", " "):
                    yield kind, span.with_words(token, wrong.replace("\u00a0", " "))
    if token.text.lower() in ("ikke", "aldri"):
        yield "nekting", span.with_words(token, "")


def _other_numbers(span: Span, token: Token) -> Iterator[tuple[str, Span]]:
    if token.year:
        for year in {token.year - 1, token.year + 1} | (span.facts.whole.years - {token.year}):
            yield "år", span.with_words(token, str(year))
    elif token.number is not None and "-" not in token.text:
        yield "skrevet tall", span.with_words(token, str(int(token.number * 2 + 1)))
    elif token.means("tallord"):
        yield "tallord", span.with_words(token, "sju" if token.text != "sju" else "fire")


def _other_places(span: Span, token: Token, read: list[Token]) -> Iterator[tuple[str, Span]]:
    own = set(token.means("sted"))
    if not own & set(BY_KEY):
        return
    known = {key for other in read for key in other.means("sted")}
    tables = span.facts.tables
    fitting = [
        place
        for place in PLACES
        if not own & {k for s in tables.read(place) for k in s.means("sted")}
        and place not in span.text
    ]
    for place in fitting[:2]:
        yield "sted", span.with_words(token, place)
    for key in sorted((span.facts.whole.named & set(BY_KEY)) - own - known):
        yield "sted", span.with_words(token, BY_KEY[key].name)
    others = [s for s in read if set(s.means("sted")) & set(BY_KEY) and s.at > token.at]
    between = span.text[token.at + len(token.text) : others[0].at] if others else ""
    if set(re.findall(r"\w+", between)) - {"og", "i"}:
        swapped = span.with_words(others[0], token.text).with_words(token, others[0].text)
        yield "steder byttet", swapped


def _other_shown(span: Span, at: int, mark: Mark, store: Store) -> Iterator[tuple[str, Span]]:
    own = mark.value
    assert own is not None
    for dim in ("region", "category", "year", "measure"):
        for value in store.values.values():
            same = all(
                value.key(other) == own.key(other)
                for other in ("item", "region", "category", "year", "measure")
                if other != dim
            )
            if same and value.key(dim) != own.key(dim) and value.text != own.text and value.cells:
                marks = list(span.marks)
                marks[at] = replace(mark, words=value.address, value=value)
                yield f"vist tall: {dim}", replace(span, marks=tuple(marks))
                break


def read_spans(root: Path) -> Iterator[Span]:
    """All spans of the chapters."""
    catalog, store = read_catalog(root / "params.yaml"), Store.read(root / "build/values.json")
    texts, tables = read_chapters(root, catalog), read_tables(root / "data/ord")
    claims = evaluate(store, texts, catalog)
    years = SentenceYears(store, texts, claims)
    for text in texts:
        prose = Prose(text)
        for mark in prose.marks:
            result = claims.claims.get(mark.claim_name)
            if mark.kind == CLAIM and mark.expression and result:
                words, marks, _ = marked_text(prose, mark, years)
                facts = facts_of(mark, result, store, catalog, tables)
                yield Span(f"{mark.file}:{mark.line}", words, tuple(marks), facts)


def write(line: str) -> None:
    """One line of what is told."""
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Print how many were caught, by kind."""
    root = Path.cwd()
    store, tables = Store.read(root / "build/values.json"), read_tables(root / "data/ord")
    missed = sys.argv[sys.argv.index("--missed") + 1] if "--missed" in sys.argv else ""
    spans = list(read_spans(root))
    right = [span for span in spans if not span.stops(tables)]
    count, caught = Counter[str](), Counter[str]()
    for span in right:
        for kind, mutant in mutants(span, store, tables):
            count[kind] += 1
            if mutant.stops(tables):
                caught[kind] += 1
            elif kind == missed:
                shown = [m.words for m in mutant.marks if m.kind == "tall"]
                write(f"{span.place}: {mutant.text.replace(NUMBER, '#')} {shown}")
    write(f"{len(spans)} klammer, {len(spans) - len(right)} stanser i dag")
    for kind in sorted(count):
        write(f"{kind:20} {count[kind]:4} {100 * caught[kind] / count[kind]:4.0f} %")
    write(f"{'alle':20} {count.total():4} {100 * caught.total() / count.total():4.0f} %")


if __name__ == "__main__":
    main()
