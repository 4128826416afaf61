"""A sentence's own words held against the expression that is meant to test them.

Each rule compares one kind of word. Place, year, number, unit, rank, negation, quantifier and
direction are mistakes; degree, what is counted and unknown words are questions that the tables of
data/ord answer once for all sentences. What a pronoun stands for, and why, is left to people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kunnskapsgrunnlag.base.regions import BY_KEY, GROUPS
from kunnskapsgrunnlag.book.wording.facts import LEVELS, Facts, Scope, is_change
from kunnskapsgrunnlag.book.wording.word_tables import COUNTED, GROUP_NAMES, Token
from kunnskapsgrunnlag.claims import tree
from kunnskapsgrunnlag.claims.numbers import ALL, KNOWN
from kunnskapsgrunnlag.store.value import Value

PLACE, YEAR, NUMBER, SHOWN, UNIT = "sted", "år", "tall", "vist tall", "enhet"
RANK, DIRECTION, COMPARED = "rang", "retning", "sammenligning"
NEGATION, QUANTIFIER, DEGREE, UNKNOWN = "nekting", "kvantor", "grad", "ukjent"
QUESTIONS = (DEGREE, COUNTED, UNKNOWN)
# These are data: a word may be excused, they may not.
NEVER_EXCUSED = (PLACE, YEAR, NUMBER, SHOWN)
SIGNS = {"opp": 1, "ned": -1, "høyest": 1, "lavest": -1, "over": 1, "under": -1}
SIGNS |= {"minst": 1, "høyst": -1}
# Before a year: it is the first of a span, or the last.
SINCE, UNTIL = ("siden", "fra", "etter"), ("til", "–")
# Before a place: it is what a number beside it is compared with.
BASE = ("av", "over", "under", "enn", "til", "nærmere")
# A part of a year.
DATE = re.compile(
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
    r"|(?:første|andre) halvår|(?:første|andre|tredje|fjerde) kvartal"
)
# What parts the words that a number stands among.
PARTS = ("mens", "men", "mot", ";", ")")


@dataclass(frozen=True)
class WordProblem:
    """Words of a span that do not fit its expression.

    Attributes:
        kind: Which rule stops: a table's name, or år, tall, vist tall, ukjent.
        at: Where they stand in the span.
        why: What is wrong with them.
    """

    kind: str
    words: str
    at: int
    why: str

    @property
    def is_question(self) -> bool:
        return self.kind in QUESTIONS


Problems = Iterator[WordProblem]
Span = Sequence[Token]


def check_wording(span: Span, facts: Facts) -> list[WordProblem]:
    """All words of a span that the expression does not answer for, and the names it lacks."""
    problems = [problem for rule in RULES for problem in rule(span, facts)]
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.at)


def check_around(span: Span, before: Span, behind: Span, facts: Facts) -> Iterator[tuple[str, str]]:
    """Words beside a span that would turn it: a negation, or a place that is not its answer."""
    for token, behind_it in pairwise([*before[-2:], None]):
        parted = behind_it is not None and behind_it.text in (*PARTS, ":", ",")
        if token and token.of(NEGATION) and not parted:
            yield token.text, "nekter ordene i klammene bak. Ta det inn i dem, eller skriv om."
    named = {*BY_KEY} & (_means(before, PLACE) | _means(behind, PLACE))
    answers = {*BY_KEY} & {name for rank in facts.of(tree.Rank) for name in rank.names}
    is_named = _means(span, PLACE) or any(token.mark for token in span)
    if len(answers) == 1 and named and not is_named and not answers & named:
        yield _name(min(answers)), "er svaret i uttrykket, og setningen nevner et annet sted."


def _problem(kind: str, token: Token, why: str) -> WordProblem:
    return WordProblem(kind, token.mark.words if token.mark else token.text, token.at, why)


def _lacks(kind: str, words: str) -> WordProblem:
    return WordProblem(kind, words, 0, "står i uttrykket, men ikke i setningen.")


def _means(span: Span, kind: str) -> set[str]:
    return {meaning for token in span for meaning in token.means(kind)}


def _words(span: Span) -> list[str]:
    return [token.text.lower() for token in span]


def _name(key: str) -> str:
    return BY_KEY[key].name if key in BY_KEY else key


# ------------------------------------------------------------------ places and years


def _places(span: Span, facts: Facts) -> Problems:
    for token in span:
        known = facts.whole.named | facts.whole.around
        if token.means(PLACE) and not known & {*token.means(PLACE)}:
            yield _problem(PLACE, token, "er ikke et sted i uttrykket.")
    spoken = _means(span, PLACE)
    quantified = [a for node in facts.of(tree.Quantified) for a in tree.addresses(node)]
    left_out = {key for address in quantified for key in address.without if key in BY_KEY}
    yield from (_lacks(PLACE, _name(key)) for key in sorted(left_out - spoken))
    # Without a place, or with one that data choose, a sentence points back: «de seks bydelene».
    if not spoken & {*BY_KEY} or any(token.mark and token.mark.kind == "ord" for token in span):
        return
    together = [names for names in facts.named_sets if len(names) > 1]
    together += [only.names for only in facts.of(tree.Only)]
    for address in facts.own:
        together += [part for part in address.parts[1:] if not isinstance(part, str)]
        together.append(tuple(k for k in facts.keys(address, "region") if k in GROUP_NAMES))
        together += [address.without] if "unntatt" in _means(span, QUANTIFIER) else []
    for name in dict.fromkeys(name for names in together for name in names):
        if name in facts.whole.named and not spoken.issuperset(GROUPS.get(name, (name,))):
            yield _lacks(PLACE, _name(name))
    answers = facts.answers & facts.whole.named
    left = {place for side, _ in facts.sides for place in side.named}
    if (answers and not spoken & answers) or (left and not spoken & facts.whole.named):
        yield _lacks(PLACE, _name(min(answers or left)))


def _years(span: Span, facts: Facts) -> Problems:
    shown = {token.value.year for token in span if token.value}
    ranges = facts.ranges(facts.claim)
    firsts, lasts = {first for first, _ in ranges}, {last for _, last in ranges}
    for earlier, before, token in zip([None, None, *span], ["", *_words(span)], span, strict=False):
        date = f"{before} {token.year}"
        undated = f"{before} 20" in facts.period_words and date not in facts.period_words
        if token.year and (token.year not in facts.whole.years | shown or (before and undated)):
            yield _problem(YEAR, token, "er ikke et år i uttrykket.")
        elif before in UNTIL and earlier and (earlier.year or 0) >= (token.year or 3000):
            yield _problem(YEAR, token, "kommer ikke etter året foran.")
        elif before in SINCE and token.year in lasts - firsts:
            yield _problem(YEAR, token, "er det siste året i uttrykket, ikke det første.")
        elif before in UNTIL and token.year in firsts - lasts:
            yield _problem(YEAR, token, "er det første året i uttrykket, ikke det siste.")


def _years_left_out(span: Span, facts: Facts) -> Problems:
    """Of the years that the expression writes, those that a sentence with a year must say."""
    shown = {token.value.year for token in span if token.value}
    spoken, words = {token.year for token in span if token.year}, {*_words(span)}
    for names in facts.named_sets if spoken else ():
        years = {int(name) for name in names if name.isdigit()} - spoken
        yield from (_lacks(YEAR, str(year)) for year in years if "–" not in words)
    compared = len(facts.of(tree.Compare)) if spoken and "enn" not in words else 0
    for left, right in facts.sides[:compared]:
        if len(left.years) == len(right.years) == 1 and not left.years & (spoken | shown):
            yield _lacks(YEAR, str(min(left.years)))
    for course in facts.of(tree.Course) if spoken and not spoken & shown else ():
        for first, last in facts.ranges(course):
            wanted = {last} if not words & {*SINCE, "enn"} or first not in spoken else set()
            wanted |= {first} if words & {"fra", "siden", "enn"} and last - first > 1 else set()
            for year in wanted & facts.typed_years(course) - spoken - shown:
                yield _lacks(YEAR, str(year))


def _dates(span: Span, facts: Facts) -> Problems:
    """Months and halves of a year, where the expression's own words have one."""
    for token in span:
        date = DATE.fullmatch(token.text.lower())
        if date and DATE.search(facts.all_words) and date[0] not in facts.all_words:
            yield _problem(YEAR, token, "er ikke tiden i uttrykket.")


def _compared(span: Span, facts: Facts) -> Problems:
    """What stands behind «enn» is of the right side, what stands before the sign of the left."""
    sign = next((at for at, token in enumerate(span) if token.of(COMPARED)), 0)
    pivot = _pivot(_words(span), sign)
    breaks = [at for at, token in enumerate(span) if token.value or token.text in ",;"]
    first = max((at for at in breaks if at < sign), default=-1)
    last = min((at for at in breaks if at > pivot), default=len(span))
    kinds = (PLACE, COUNTED, YEAR) if pivot < len(span) else (PLACE, COUNTED)
    middle = pivot if sign < pivot < len(span) else sign
    for side, words in enumerate((span[first + 1 : middle], span[pivot + 1 : last])):
        scopes = [sides[side] for sides in facts.sides]
        if side == 0:
            words = [token for token in words if not {*token.means(PLACE)} & facts.answers]
        for token, kind in ((token, kind) for token in words if scopes for kind in kinds):
            if not any(_is_of(token, kind, scope) for scope in scopes):
                where = ("til venstre", "til høyre")[side]
                yield _problem(kind, token, f"står ikke {where} i uttrykket.")


def _pivot(words: list[str], sign: int) -> int:
    """Where the right side begins: behind «enn», «så … som», or a bare «over» or «under»."""
    so = next((at for at, word in enumerate(words) if word.startswith("så ")), len(words))
    for word, start in (("som", so), ("enn", 0)):
        if word in words[start:]:
            return words.index(word, start)
    return sign if words and words[sign] in ("over", "under") else len(words)


def _is_of(token: Token, kind: str, side: Scope) -> bool:
    """Whether a word fits one side, or one of them says nothing of this kind."""
    if kind == YEAR:
        return not token.year or not side.years or token.year in side.years
    if kind == PLACE:
        places, known = {*token.means(PLACE)}, side.named | side.around
        return all(
            not places & kind or not known & kind or bool(places & known & kind)
            for kind in ({*BY_KEY}, {*LEVELS.values()})
        )
    entries = [e for e in token.of(COUNTED) if e.group in side.counted and e.group != "mål"]
    return not entries or any(side.counted[e.group] & {*e.means} for e in entries)


# ---------------------------------------------------------------- numbers and units


def _typed_numbers(span: Span, facts: Facts) -> Problems:
    for token in span:
        numbers = [] if token.mark or token.year or token.of(RANK) else _numbers_of(token)
        # A count is a numeral; «doblet» and «dobbelt» are factors.
        counts = facts.counts if token.entries and not token.of(DIRECTION, DEGREE) else set()
        if numbers and not any(_fits(n, facts.numbers) or n in counts for n in numbers):
            yield _problem(NUMBER, token, "er ikke et tall i uttrykket.")


def _numbers_of(token: Token) -> list[float]:
    """What a typed number is, in digits or words."""
    digits = None if token.entries or "-" in token.text else token.number
    words = [float(meaning.replace(",", ".")) for meaning in token.means("tallord")]
    return words if digits is None else [digits, *words]


def _fits(number: float, numbers: set[float]) -> bool:
    """Whether a number is one of these; a part may be a percentage."""
    spelt = {number, 100 * number} if number < 1 else {number}
    return any(abs(one - other) <= 0.004 * max(one, 1) for one in spelt for other in numbers)


def _is_number(token: Token | None) -> bool:
    return token is not None and bool(token.value or token.number is not None or _numbers_of(token))


def _units(span: Span, facts: Facts) -> Problems:
    shown = {unit for token in span for unit in _units_of(token, facts)}
    for before, token in zip([None, *span], span, strict=False):
        known = facts.units | shown
        if before and (before.value or _numbers_of(before)):
            typed = (unit for n in _numbers_of(before) for unit in facts.units_of(n))
            known = _units_of(before, facts) or {*typed}
        if token.means(UNIT) and not known & {*token.means(UNIT)}:
            yield _problem(UNIT, token, "er ikke enheten i uttrykket.")


def _units_of(token: Token, facts: Facts) -> set[str]:
    """The unit words of a shown number."""
    scales = {"tusen", "mill", "mrd"} if token.mark and token.mark.scaled else set()
    return scales | (facts.unit(token.value.unit) if token.value else set())


def _shown(span: Span, facts: Facts) -> Problems:
    """The numbers of a span: read by the expression, and of what stands beside them."""
    shown = [(at, token, token.value) for at, token in enumerate(span) if token.value]
    for at, token, value in shown:
        near, before, behind = _near(span, at), span[max(at - 5, 0) : at], span[at + 1 :]
        if any(other.address == value.address and n < at for n, _, other in shown):
            yield _problem(SHOWN, token, "vises to ganger.")
        elif not _is_read(value, behind, facts):
            yield _problem(SHOWN, token, "er ikke et tall som uttrykket leser, i den enheten.")
        elif not _is_of_place(value, near, before, facts):
            yield _problem(SHOWN, token, "er for et annet sted enn det i leddet.")
        elif not _is_of_year(value, near, span, facts):
            yield _problem(SHOWN, token, f"er for {value.year}, og det er ikke året i leddet.")
        elif not _is_of_group(value, near, facts):
            yield _problem(SHOWN, token, "er for en annen gruppe enn den i leddet.")
        elif not _is_counted(value, behind[:4], facts):
            yield _problem(SHOWN, token, "teller noe annet enn det som står bak det.")
    for (first, _, one), (at, token, other) in pairwise(shown):
        if not _is_paired(one, other, _words(span[first + 1 : at]), facts):
            yield _problem(SHOWN, token, "er ikke av samme slag som tallet det stilles opp mot.")


def _is_read(value: Value, behind: Span, facts: Facts) -> bool:
    """Whether the expression reads a number, or one from the same cells that has its unit."""
    if value.address in {own.address for own in facts.read}:
        return True
    cells = {cell for own in facts.read for cell in own.cells}
    has_unit = not facts.unit(value.unit) or bool(_means(behind, UNIT))
    return bool(value.cells) and cells.issuperset(value.cells) and has_unit


def _near(span: Span, at: int) -> Span:
    """The words around a shown number, up to the numbers and the clauses before and after it."""
    parts = [n for n, s in enumerate(span) if n != at and (s.value or s.text.lower() in PARTS)]
    first = max((n + 1 for n in parts if n < at), default=0)
    return span[first : min((n for n in parts if n > at), default=len(span))]


def _is_of_place(value: Value, near: Span, before: Span, facts: Facts) -> bool:
    """Whether the place beside a number is its own; without one it is of its side."""
    titles = facts.titles(facts.catalog.items[value.item], [value.category or ""])
    own = {value.region} if value.region else facts.places_in(" ".join(titles))
    right = {place for _, side in facts.sides for place in side.named}
    if not own or own & right & _means(before, PLACE):
        return True
    named = [
        token
        for at, token in enumerate(near)
        if not {*_words(near[max(at - 2, 0) : at])} & {*BASE} and {*token.means(PLACE)} & {*BY_KEY}
    ]
    if named:
        return bool(own & _means(named, PLACE))
    # «…, mot 3,4 i landet»: what stands behind «mot» is of the right side.
    if "mot" in _words(before):
        return not right or bool(own & right)
    wanted = {place for side, _ in facts.sides for place in side.named} | facts.answers
    wanted = wanted & {*BY_KEY} or facts.whole.named & {*BY_KEY}
    return not wanted or bool(own & wanted)


def _is_of_year(value: Value, near: Span, span: Span, facts: Facts) -> bool:
    if not value.year:
        return True
    bases, words = {*SINCE, "før", "enn"}, _words(near)
    years = [(at, token.year) for at, token in enumerate(near) if token.year]
    nearby = {own for at, own in years if not bases & {*words[max(at - 2, 0) : at]}}
    shift = ("året før" in words) - ("året etter" in words)
    if nearby and not shift:
        return value.year in nearby
    ends = {end for ends in facts.ranges(facts.claim) for end in ends} or facts.whole.years
    return value.year + shift in ends | {token.year for token in span}


def _is_of_group(value: Value, near: Span, facts: Facts) -> bool:
    nearby = _means(near, "kategori") & {*(facts.catalog.items[value.item].categories or {})}
    wanted = nearby or facts.answers or facts.whole.groups
    return not value.category or value.category in wanted or ALL in wanted


def _is_counted(value: Value, behind: Span, facts: Facts) -> bool:
    """Whether the noun right behind a number is what it counts."""
    item = facts.catalog.items[value.item]
    counted = facts.counted(item, item.measures[value.measure])
    stop = (at for at, word in enumerate(_words(behind)) if word in (*PARTS, ",", "enn", "og", "i"))
    nouns = [s for s in behind[: next(stop, 5)] if value.category not in s.means("kategori")]
    entries = [entry for token in nouns for entry in token.of(COUNTED) if entry.group in counted]
    return all(counted[entry.group] & {*entry.means} for entry in entries)


def _is_paired(one: Value, other: Value, between: list[str], facts: Facts) -> bool:
    """«A og B prosent» are of one unit, «A mot B» of one measure, «fra A til B» in order."""
    pair = [(value.item, value.measure) for value in (one, other)]
    same = pair[0] == pair[1] or any(
        pair[0] in left.measures and pair[1] in right.measures for left, right in facts.sides
    )
    if between[-1:] == ["til"] and pair[0] == pair[1]:
        if one.year and other.year and one.year != other.year:
            return one.year < other.year
        return (one.value or 0) <= (other.value or 0)
    return (same or between[-1:] != ["mot"]) and (one.unit == other.unit or between != ["og"])


# ------------------------------------------------------------------------ predicate


def _signs(span: Span, facts: Facts) -> Problems:
    """Rank, comparison and direction: high against low, up against down."""
    spoken = {kind: {s for token in span for s in _signs_of(token, kind)} for kind in facts.signs}
    known = _known_signs(span, facts, spoken)
    for token, behind in zip(span, [*span[1:], None], strict=False):
        for kind in facts.signs:
            own = _signs_of(token, kind)
            # «minst 20 prosent» is a bound, «minst» alone a rank.
            other = {RANK: COMPARED, COMPARED: RANK}.get(kind, "")
            is_other = token.of(other) and _is_number(behind) == (other == COMPARED)
            if own and not is_other and not own & known[kind]:
                why = "går den andre veien enn uttrykket." if known[kind] else "prøves ikke."
                yield _problem(kind, token, why)
    if len(spoken[RANK]) == 1 and len(_title_signs(facts)) == 2:
        yield _lacks(RANK, "den andre enden")
    if facts.of(tree.Rank) and facts.compares_changes and not spoken[DIRECTION]:
        yield _lacks(DIRECTION, "endringen")


def _known_signs(span: Span, facts: Facts, spoken: dict[str, set[int]]) -> dict[str, set[int]]:
    """The signs that words of each kind may have."""
    signs = {kind: {*own} for kind, own in facts.signs.items()}
    for value in (token.value for token in span if token.value and token.value.value):
        if is_change(facts.catalog.items[value.item].measures[value.measure]):
            signs[DIRECTION].add(1 if (value.value or 0) > 0 else -1)
    if facts.of(tree.Only) and "unntatt" in _means(span, QUANTIFIER):
        signs = {kind: {-sign for sign in own} for kind, own in signs.items()}
    known = {**signs, COMPARED: set.union(*signs.values())}
    if facts.is_change:
        # «økt mest» is the highest change, «falt mest» the lowest.
        ends, moves = signs[RANK], spoken[DIRECTION] or {1}
        known[RANK] = {end * move for end in ends for move in moves}
        known[DIRECTION] = signs[DIRECTION] | {a * b for a in ends for b in spoken[RANK] or {1}}
        known[DIRECTION] = known[DIRECTION] or {1}
    return {**known, RANK: known[RANK] | _title_signs(facts)}


def _signs_of(token: Token, kind: str) -> set[int]:
    return {SIGNS[meaning] for meaning in token.means(kind) if meaning in SIGNS}


def _title_signs(facts: Facts) -> set[int]:
    """Highest and lowest as the titles of measures and categories say them."""
    titles = [measure.title for a in facts.own for measure in facts.measures(a).values()]
    for address in facts.own:
        titles += facts.titles(facts.catalog.items[address.item], facts.whole.groups)
    words = (token for title in titles for token in facts.tables.read(title))
    return {sign for token in words for sign in _signs_of(token, RANK)}


def _ordinals(span: Span, facts: Facts) -> Problems:
    places = {rank.place for rank in facts.of(tree.Rank)} - {1}
    known = places if facts.of(tree.Rank) else (facts.numbers | facts.counts) - {2.0}
    for token in span:
        means = {int(meaning) for meaning in token.means(RANK) if meaning.isdigit()}
        if means and not means & known and not token.of("tallord"):
            yield _problem(RANK, token, "er ikke plassen i uttrykket.")
        places -= means
    yield from (_lacks(RANK, f"nr. {place}") for place in places)


def _negation(span: Span, facts: Facts) -> Problems:
    words = [token for token in span if token.of(NEGATION)]
    if not facts.of(tree.Negation):
        yield from (_problem(NEGATION, s, "nekter, og det gjør ikke uttrykket.") for s in words)
    if facts.of(tree.Negation) and not words and "ingen" not in _means(span, QUANTIFIER):
        yield _lacks(NEGATION, "ikke")


def _quantifiers(span: Span, facts: Facts) -> Problems:
    spoken, known = _means(span, QUANTIFIER), set(facts.quantifiers)
    known |= {"alle"} if "unntatt" in spoken & known else set()
    limited = any(facts.of(kind) for kind in (tree.Compare, tree.About, tree.Between, tree.Nearly))
    words = _words(span)
    for at, (token, behind) in enumerate(zip(span, [*span[1:], None], strict=False)):
        means = {*token.means(QUANTIFIER)}
        # «flere enn i noen av årene» is more than in all of them.
        is_any = words[at] in ("noen", "noen av") and "enn" in words[max(at - 2, 0) : at]
        means = {"alle"} if is_any else means
        is_focus = "bare" in means and limited and _is_number(behind)
        if means and not means & known and not is_focus:
            yield _problem(QUANTIFIER, token, "er ikke mengden i uttrykket.")
    if facts.of(tree.Only) and not spoken & {"bare", "unntatt"}:
        yield _lacks(QUANTIFIER, "bare")
    for quantifier in (node.quantifier for node in facts.of(tree.Quantified)):
        # A plural says «alle» by itself.
        if quantifier != "alle" and quantifier.replace(" ", "-") not in spoken:
            yield _lacks(QUANTIFIER, quantifier)


# ------------------------------------------------------------------------ questions


def _degrees(span: Span, facts: Facts) -> Problems:
    signs = set.union(*facts.signs.values())
    known = facts.degrees | {word for word in ("over", "under") if SIGNS[word] in signs}
    # A factor that is named («dobbelt så») has no room for a degree beside it.
    known = known - {"faktor"} if any(_numbers_of(token) for token in span) else known
    for token in span:
        if token.means(DEGREE) and not known & {*token.means(DEGREE)}:
            yield _problem(DEGREE, token, "sier en grad som uttrykket ikke har.")


def _counted(span: Span, facts: Facts) -> Problems:
    groups = facts.whole.groups
    known = {k for a in facts.own for k in facts.catalog.items[a.item].categories or {}}
    named = known if not groups & {ALL, KNOWN} or facts.answers & known else set()
    for token in span:
        own = {*token.means("kategori")}
        if own & named and not own & groups:
            yield _problem(COUNTED, token, "er ikke en gruppe i uttrykket.")
        for entry in token.of(COUNTED) if not own & groups else ():
            counted = facts.whole.counted.get(entry.group, set())
            if not counted & {*entry.means}:
                what = f" Det teller {', '.join(sorted(counted))}." if counted else ""
                yield _problem(COUNTED, token, f"er ikke det uttrykket teller.{what}")


def _both(span: Span, _facts: Facts) -> Problems:
    """«både A og B» are two things."""
    words = _words(span)
    start = words.index("både") if "både" in words else len(span)
    for at, token in enumerate(span):
        if at > start and token.of(COUNTED) and words[at] in words[start:at]:
            yield _problem(COUNTED, token, "er sagt to ganger etter «både».")


def _unknown(span: Span, _facts: Facts) -> Problems:
    for token in span:
        if token.text[0].isalpha() and not token.mark and not token.entries:
            yield _problem(UNKNOWN, token, "er ikke i ordtabellene. Sier det noe om tallet?")


RULES: tuple[Callable[[Span, Facts], Problems], ...] = (
    *(_places, _years, _years_left_out, _dates, _compared, _typed_numbers, _units, _shown, _signs),
    *(_ordinals, _negation, _quantifiers, _degrees, _counted, _both, _unknown),
)
