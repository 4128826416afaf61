"""What a profile says in words: findings that declared rules choose, each tested as a claim."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.profiles import MeasureWords, ProfileMeasure
from kunnskapsgrunnlag.catalog.schema import Catalog
from kunnskapsgrunnlag.claims.judge import ABOUT_PCT, judge, spelled
from kunnskapsgrunnlag.claims.language import parse_claim
from kunnskapsgrunnlag.claims.numbers import Numbers
from kunnskapsgrunnlag.publish.profiles.lookup import LevelNumbers
from kunnskapsgrunnlag.store.value import Value

# Words, and numbers among them.
Sentence = tuple[str | Value, ...]
NTH = ("", "nest ", "tredje ")
# Of each kind of measure: highest, lowest, above, below, about, and the noun with its pronoun.
FORMS = {
    "andel": (
        ("den {nth}høyeste andelen {of}", "den {nth}laveste andelen {of}"),
        ("en høyere andel {of}", "en lavere andel {of}", "omtrent samme andel {of}"),
        ("andelen", "den"),
    ),
    "antall": (
        ("{nth}flest {of}", "{nth}færrest {of}"),
        ("flere {of}", "færre {of}", "omtrent like mange {of}"),
        ("tallet", "det"),
    ),
    "belop": (
        ("den {nth}høyeste {definite}", "den {nth}laveste {definite}"),
        ("høyere {of}", "lavere {of}", "omtrent samme {of}"),
        ("beløpet", "det"),
    ),
}


@dataclass(frozen=True)
class Finding:
    """A finding.

    Attributes:
        headline: The finding without its numbers, as a title.
        brief: The same where the area's name stands before it.
        head: A few words: what is measured, and where the area stands.
        expressions: What is claimed, in the vocabulary of claims.
        score: By which findings are ordered.
        because: The numbers that it was tested by, side by side.
    """

    measure: str
    topic: str
    headline: str
    brief: str
    head: str
    sentences: tuple[Sentence, ...]
    expressions: tuple[str, ...]
    score: float
    because: str = ""


@dataclass(frozen=True)
class _Spread:
    """How the areas lie in a measure, in its last year.

    Attributes:
        places: Area -> its place from the highest, 1 the first; without those that share one, and
            empty where a number is missing: it might be any.
        distance, change: Standard deviations of the distances and of the changes.
        first: The first year that a change may be counted from; None if there is none.
    """

    year: int
    places: dict[str, int]
    distance: float
    change: float
    first: int | None


class Findings:
    """The findings of the areas of a level."""

    def __init__(self, numbers: LevelNumbers, catalog: Catalog) -> None:
        self.numbers, self.catalog = numbers, catalog
        self.level, self.areas = numbers.level, numbers.areas
        self.rules = numbers.level.findings
        self.whole, self.whole_name = numbers.areas.whole

    @cached_property
    def _spreads(self) -> dict[str, _Spread]:
        return {name: self._spread(name, m) for name, m in self.numbers.compared.items()}

    def of(self, area: str) -> list[Finding]:
        """An area's findings, the strongest first; one for each topic, and none to fill up.

        Raises:
            KgError: If one of its sentences is not true of the numbers.
        """
        found = (
            finding
            for name, measure in self.numbers.compared.items()
            if measure.words
            for finding in self._finding(area, name, measure, measure.words)
        )
        chosen: dict[str, Finding] = {}
        for finding in sorted(found, key=lambda one: -one.score):
            if len(chosen) < self.rules.most:
                chosen.setdefault(finding.topic, finding)
        return [replace(one, because=self.test(one.expressions)) for one in chosen.values()]

    def alike(self, area: str, findings: list[Finding]) -> Sentence:
        """What is much as in the whole, in one sentence; nothing where nothing else is."""
        told = {finding.topic for finding in findings}
        names = [
            name
            for name, measure in self.numbers.compared.items()
            if measure.words and (measure.topic or name) not in told and self._is_about(name, area)
        ]
        if not names:
            return ()
        self.test([self._about(name, area) for name in names])
        shorts = [_lower(m.words.short) for n in names if (m := self.level.measures[n]).words]
        return (f"Omtrent som i {self.whole_name}: {listed(shorts)}.",)

    def test(self, expressions: Iterable[str]) -> str:
        """What shows that all of these hold.

        Raises:
            KgError: If one does not: the expression and the numbers.
        """
        because = []
        for expression in expressions:
            numbers = Numbers(self.numbers.store, self.catalog)
            verdict, _ = judge(parse_claim(expression), numbers, {})
            if not verdict.holds:
                raise KgError(f"profilen sier «{expression}», men {verdict.because}.")
            because.append(verdict.because)
        return "; ".join(because)

    # --- how the areas lie

    def _spread(self, name: str, measure: ProfileMeasure) -> _Spread:
        last = {area: self.numbers.last(name, area) for area in self.areas.names}
        known = {area: _number(value) for area, value in last.items() if value is not None}
        ranked = sorted(known, key=lambda area: -known[area])
        texts = [value.text for area in ranked if (value := last[area]) is not None]
        places = {
            area: at for at, area in enumerate(ranked, 1) if texts.count(texts[at - 1]) == 1
        } if len(known) == len(last) else {}  # fmt: skip
        distances = [known[area] for area in ranked]
        first = self._first_year(name, measure)
        changes = [
            change for area in ranked if first and (change := self._change(name, area, first))
        ]
        year = self.numbers.last_years[name]
        return _Spread(year, places, _deviation(distances), _deviation(changes), first)

    def _first_year(self, name: str, measure: ProfileMeasure) -> int | None:
        """The first year since the last break, if it lies far enough back."""
        last = self.numbers.last_years[name]
        since = max((gap.year for gap in measure.breaks if gap.year <= last), default=0)
        whole = self.numbers.series(name, self.whole)
        years = [y for y, value in whole.items() if value.value is not None and y >= since]
        return years[0] if years and last - years[0] >= self.rules.change_years else None

    def _change(self, name: str, area: str, first: int) -> float | None:
        before = self.numbers.series(name, area).get(first)
        now = self.numbers.last(name, area)
        if before is None or before.value is None or now is None:
            return None
        return _number(now) - before.value

    # --- one finding

    def _finding(
        self, area: str, name: str, measure: ProfileMeasure, words: MeasureWords
    ) -> Iterator[Finding]:
        own, whole = self.numbers.last(name, area), self.numbers.last(name, self.whole)
        if own is None or whole is None:
            return
        spread, rules = self._spreads[name], self.rules
        place, from_high = self._place(area, spread)
        # What differs behind the decimals alone is neither above nor below for a reader.
        if own.text == whole.text and not place and not self._is_about(name, area):
            return
        points = rules.rank_points[place - 1] if place else 0.0
        distance = abs(_number(own) - _number(whole)) / (spread.distance or 1)
        change = self._compared_change(name, area, spread)
        is_near = distance < rules.distance or self._is_about(name, area)
        if not points and is_near and change < rules.change:
            return
        score = points + min(rules.largest, distance)
        score += rules.change_weight * min(rules.largest, change)
        form, stands, *expressions = self._standing(area, name, words, place, from_high)
        area_name = self.areas.name(area)
        when = measure.when.format(year=spread.year)
        values: Sentence = (own, f" {measure.unit} i {when}, mot ", whole)
        if place:
            the_many = self.level.words.the_many
            headline, brief = f"Av {the_many} har {area_name} {form}", f"{form} av {the_many}"
            opening = f"Av de {spelled(len(self.areas.names))} {the_many} har {area_name} {form}: "
            sentence: Sentence = (opening, *values, f" i {self.whole_name}.")
        else:
            joined = "som" if form.startswith("omtrent") else "enn"
            brief = f"{form} {joined} {self.whole_name}"
            headline = f"{area_name} har {brief}"
            sentence = (f"{headline}: ", *values, ".")
        moved, more = self._moved(name, area, spread, words)
        yield Finding(
            measure=name,
            topic=measure.topic or name,
            headline=headline,
            brief=brief,
            head=f"{words.short}: {stands}",
            sentences=(sentence, moved) if moved else (sentence,),
            expressions=(*expressions, *more),
            score=score,
        )

    def _place(self, area: str, spread: _Spread) -> tuple[int, bool]:
        """The place that counts, and whether it is from the highest; 0 for none."""
        at, count = spread.places.get(area, 0), len(self.areas.names)
        most = len(self.rules.rank_points)
        if not at:
            return 0, True
        ends = {at: True, count + 1 - at: False}
        place = min(ends)
        # «Nest høyest» needs a highest of its own.
        before = range(1, place) if ends[place] else range(count + 1 - place + 1, count + 1)
        is_clear = place <= most and {*before} <= {*spread.places.values()}
        return (place, ends[place]) if is_clear else (0, True)

    def _standing(
        self, area: str, name: str, words: MeasureWords, place: int, from_high: bool
    ) -> tuple[str, ...]:
        """Where the area stands: in a sentence, in short, and as expressions."""
        ranks, sides, _ = FORMS[words.kind]
        year = self.numbers.last_years[name]
        if place:
            nth, end = NTH[place - 1], "høyest" if from_high else "lavest"
            form = ranks[0 if from_high else 1].format(
                nth=nth, of=words.of, definite=words.definite
            )
            among = self.numbers.address(name, "*", year)
            larger = ", ".join(self.areas.larger)
            expression = f"{nth}{end}({among} uten {larger}) = {area}"
            stands = f"{nth}{end} av {self.level.words.the_many}"
            return form, stands, expression, self._against(name, area)
        if self._is_about(name, area):
            form = sides[2].format(of=words.of)
            return form, f"omtrent som {self.whole_name}", self._about(name, area)
        is_above = " over " in self._against(name, area)
        form = sides[0 if is_above else 1].format(of=words.of)
        side = "over" if is_above else "under"
        return form, f"{side} {self.whole_name}", self._against(name, area)

    def _against(self, name: str, area: str) -> str:
        """What holds of the area's number and the whole's, which stand side by side."""
        own, whole = self.numbers.last(name, area), self.numbers.last(name, self.whole)
        assert own is not None and whole is not None
        if own.text == whole.text:
            return self._about(name, area)
        side = "over" if _number(own) > _number(whole) else "under"
        return f" {side} ".join((own.address, whole.address))

    def _is_about(self, name: str, area: str) -> bool:
        own, whole = self.numbers.last(name, area), self.numbers.last(name, self.whole)
        if own is None or whole is None:
            return False
        return abs(_number(own) - _number(whole)) < ABOUT_PCT / 100 * abs(_number(whole))

    def _about(self, name: str, area: str) -> str:
        year = self.numbers.last_years[name]
        own, whole = (self.numbers.address(name, region, year) for region in (area, self.whole))
        return f"{own} omtrent {whole}"

    # --- its change

    def _compared_change(self, name: str, area: str, spread: _Spread) -> float:
        """How much more or less than the whole's an area's change is, in standard deviations."""
        if not spread.first or not spread.change:
            return 0.0
        own = self._change(name, area, spread.first)
        whole = self._change(name, self.whole, spread.first)
        return 0.0 if own is None or whole is None else abs(own - whole) / spread.change

    def _moved(
        self, name: str, area: str, spread: _Spread, words: MeasureWords
    ) -> tuple[Sentence, list[str]]:
        """What has happened since the last break, against the whole; nothing where nothing has."""
        if not spread.first:
            return (), []
        before = self.numbers.series(name, area).get(spread.first)
        now = self.numbers.last(name, area)
        whole_before = self.numbers.series(name, self.whole).get(spread.first)
        whole_now = self.numbers.last(name, self.whole)
        if not (before and now and whole_before and whole_now) or before.value is None:
            return (), []
        if before.text == now.text or whole_before.text == whole_now.text:
            return (), []
        rises, whole_rises = (
            _number(last) > _number(first)
            for first, last in ((before, now), (whole_before, whole_now))
        )
        noun, pronoun = FORMS[words.kind][2]
        span = f"{spread.first}..{spread.year}"
        own, whole = (self.numbers.address(name, region, span) for region in (area, self.whole))
        expressions = [f"{_course(rises)}({own})"]
        where = f"{noun} i {self.level.words.the_one}"
        opening = (f"Siden {spread.first} har {where} {_verb(rises)} fra ", before)
        if rises != whole_rises:
            expressions.append(f"{_course(whole_rises)}({whole})")
            ending = f", mens {pronoun} har {_verb(whole_rises)} i {self.whole_name}."
            return (*opening, ending), expressions
        gaps = [_number(a) - _number(b) for a, b in ((before, whole_before), (now, whole_now))]
        if self._is_about(name, area) or before.text == whole_before.text:
            return (*opening, "."), expressions
        if gaps[0] * gaps[1] <= 0:
            side, level = ("over", "høyere") if gaps[0] > 0 else ("under", "lavere")
            pair = (self.numbers.address(name, r, spread.first) for r in (area, self.whole))
            expressions.append(f" {side} ".join(pair))
            return (*opening, f", da {pronoun} var {level} enn i {self.whole_name}."), expressions
        larger = abs(gaps[1]) > abs(gaps[0])
        size = "større" if larger else "mindre"
        expressions.append(self._gap(name, area, spread, above=gaps[1] > 0, larger=larger))
        ending = f", og forskjellen til {self.whole_name} er blitt {size}."
        return (*opening, ending), expressions

    def _gap(self, name: str, area: str, spread: _Spread, *, above: bool, larger: bool) -> str:
        """That the distance to the whole is larger, or smaller, than in the first year."""
        ends = []
        for year in (spread.year, spread.first or 0):
            pair = [self.numbers.address(name, region, year) for region in (area, self.whole)]
            ends.append(" − ".join(pair if above else reversed(pair)))
        return f"{ends[0]} {'over' if larger else 'under'} {ends[1]}"


def plain(sentence: Sentence) -> str:
    """A sentence as text."""
    return "".join(part if isinstance(part, str) else part.text for part in sentence)


def _number(value: Value) -> float:
    assert value.value is not None
    return value.value


def _deviation(numbers: list[float]) -> float:
    return statistics.pstdev(numbers) if len(numbers) > 1 else 0.0


def _course(rises: bool) -> str:
    return "øker" if rises else "faller"


def _verb(rises: bool) -> str:
    return "økt" if rises else "gått ned"


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
