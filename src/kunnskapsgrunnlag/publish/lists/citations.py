"""What the footnotes cite is in the list of works: by the same name, year, letter and title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.book.marks import FOOTNOTE, Text
from kunnskapsgrunnlag.publish.lists.bibliography import Work

LINK = re.compile(r"<[^>\s]*>")
SPAN = re.compile(r"\[([^\[\]]*)\]\{[^{}]*\}")
# «Dyb, E. og H. Zeiner (2021), «Bostedsløse …», NIBR», «Sørvoll (2021b), side 156».
NAMED = re.compile(
    r"(?P<names>[^;:«»()]*?)(?: \(red\.\))? \((?P<year>\d{4})(?P<letter>[a-z]?)\)(?P<rest>[^;]*)"
)
# What may stand before the first name: the end of a sentence, or a word that leads on.
LEAD = re.compile(
    r"^(?:.*(?:[a-zæøå]{3}\.|\b(?:er|står i)|, i) )?[\s,.]*(?:og |i |etter |[Ss]e også )*"
)
# «Bolig for velferd. Nasjonal strategi …» (2014–2020): a work without an author.
TITLED = re.compile(r"«([^»]+)» \(\d{4}(?:–\d{4})?\)")
REPORT = re.compile(r"([A-ZÆØÅ]\w+), årsrapport(?:er)? for (\d{4})(?:–(\d{4}))?")
DOCUMENT = re.compile(r"(NOU) (\d{4}:\d+)|(Meld\. St\.) (\d+ \(\d{4}–\d{4}\))")
# «A.S.», and «H. » before a family name.
INITIALS = re.compile(r"^(?:[A-ZÆØÅ]\.-?)+ ?")
# The title follows at once, or behind what kind of paper it is: «byrådssak 499/97 «Sosialt …»».
TITLE = re.compile(r"^, [^«».]{0,60}«([^»]+)»")
NO_TITLE = re.compile(r"^(?:$|[.;]|, (?:side|kapittel|§))")


@dataclass(frozen=True)
class Listed:
    """A work as the list shows it.

    Attributes:
        names: Of its first author or editor: the family name, or the whole of an institution.
        families: These names of all its authors.
        letter: What tells works of the same author and year apart, as the list has it.
    """

    names: str
    families: frozenset[str]
    year: str
    letter: str
    title: str
    number: str

    def __str__(self) -> str:
        return f"{self.names} ({self.year}{self.letter}), «{self.title}»"


def check_citations(texts: Sequence[Text], works: Sequence[Work]) -> None:
    """Every citation of the footnotes has its work in the list.

    Raises:
        KgError: All that have not, with file and line.
    """
    if wrong := list(wrong_citations(texts, listed(works))):
        raise KgError("\n".join(wrong))


def listed(works: Sequence[Work]) -> list[Listed]:
    """The works with the letters that the list gives those of one author and year."""
    alike: dict[tuple[str, str], list[Work]] = defaultdict(list)
    for work in works:
        alike[str(work.get("author") or work.get("editor")), _year(work)].append(work)
    return [
        Listed(
            _names(work)[0],
            frozenset(_names(work)),
            year,
            letter,
            work.get("title", ""),
            str(work.get("number", "")),
        )
        for (authors, year), group in alike.items()
        for letter, work in zip(
            ascii_lowercase if len(group) > 1 and year and authors != "None" else [""] * len(group),
            sorted(group, key=lambda work: _letters(work.get("title", ""))),
            strict=False,
        )
    ]


def wrong_citations(texts: Sequence[Text], works: Sequence[Listed]) -> Iterator[str]:
    """One sentence for each citation whose work the list has not, or has by another name."""
    for text in texts:
        for note in FOOTNOTE.finditer(text.content):
            place = f"{text.file}:{text.content.count(chr(10), 0, note.start()) + 1}"
            for cited, reason in _wrong_in(_words(note[0].partition(":")[2]), works):
                yield f"{place}: «{cited}» {reason} Rett noten, eller verket i assets/bib."


def _wrong_in(note: str, works: Sequence[Listed]) -> Iterator[tuple[str, str]]:
    for match in NAMED.finditer(note):
        names = LEAD.sub("", match["names"]).strip()
        if names and (reason := _wrong_named(names, match, works)):
            yield f"{names} ({match['year']}{match['letter']})", reason
    for title in TITLED.findall(note):
        if not any(_same_title(title, work.title) for work in works):
            yield title, "står ikke som tittel i listen over referanser."
    for author, *span in REPORT.findall(note):
        for year in filter(None, span):
            title = f"Årsrapport for {year}"
            if not any((work.names, work.title) == (author, title) for work in works):
                yield f"{author}, årsrapport for {year}", "står ikke i listen over referanser."
    for groups in DOCUMENT.findall(note):
        kind, number = filter(None, groups)
        if not any(work.number == number for work in works):
            yield f"{kind} {number}", "står ikke i listen over referanser."


def _wrong_named(names: str, match: re.Match[str], works: Sequence[Listed]) -> str:
    """What is wrong with an author, a year, a letter or a title; empty when nothing is."""
    cited = [INITIALS.sub("", name) for name in re.split(r", | m\.fl\.| og ", names)]
    families = {name for name in cited if name and name != "m.fl."}
    of_author = (
        [work for work in works if work.names == names]
        or [work for work in works if work.families == families and "m.fl." not in names]
        or [work for work in works if work.names == cited[0] and families < work.families]
    )
    if not of_author:
        return "står ikke i listen over referanser: Ingen verk der har det navnet."
    of_year = [work for work in of_author if work.year == match["year"]]
    if not of_year:
        years = ", ".join(sorted({work.year or "uten år" for work in of_author}))
        return f"står ikke i listen over referanser: {of_author[0].names} har {years} der."
    if title := TITLE.search(match["rest"]):
        of_title = [work for work in of_year if _same_title(title[1], work.title)]
        if not of_title:
            return f"har en annen tittel i listen over referanser: {of_year[0]}."
        of_year = of_title
    letters = {work.letter for work in of_year}
    if match["letter"] and match["letter"] not in letters:
        return f"har en annen bokstav i listen over referanser: {of_year[0]}."
    if not match["letter"] and len(letters) > 1 and NO_TITLE.match(match["rest"]):
        return f"kan være flere verk i listen over referanser: {', '.join(map(str, of_year))}."
    return ""


def _names(work: Work) -> list[str]:
    people = work.get("author") or work.get("editor") or [{"literal": ""}]
    particles = "dropping-particle", "non-dropping-particle", "family"
    return [
        person.get("literal") or " ".join(filter(None, map(person.get, particles)))
        for person in people
    ]


def _year(work: Work) -> str:
    return str(work["issued"]["date-parts"][0][0]) if "issued" in work else ""


def _same_title(cited: str, title: str) -> bool:
    """One is the beginning of the other: a subtitle may be left out."""
    shorter, longer = sorted((_letters(cited), _letters(title)), key=len)
    return bool(shorter) and longer.startswith(shorter)


def _letters(title: str) -> str:
    return re.sub(r"<[^>]*>|\W", "", title).casefold()


def _words(note: str) -> str:
    return SPAN.sub(r"\1", LINK.sub("", note)).replace("\\[", "[").replace("\\]", "]").strip()
