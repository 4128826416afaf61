"""What chapter 5 claims of bydeler, of households with and without children."""

from collections.abc import Callable

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.claims.judge import both, count, every, exactly, highest, more, verdict
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict, Word
from kunnskapsgrunnlag.claims.registry import claim, fitted_claim, word
from kunnskapsgrunnlag.claims.vague import uneven
from kunnskapsgrunnlag.claims.wording import how_many, name_of_highest

GRORUDDALEN = {"Bjerke", "Grorud", "Stovner", "Alna"}
SENTRUM_OST = {"Gamle Oslo", "Grünerløkka", "Sagene"}
# A share that the text takes from elsewhere, as it says it.
SINGLE_PARENTS_PCT = 28
# «En av de største» of the fifteen bydeler.
AMONG_LARGEST = 3
# «Store» and «små» differences between bydeler: the five largest against the five smallest.
FIVE = 5


def bydeler(n: Numbers, item: str, measure: str) -> list[Number]:
    """A measure's numbers for the fifteen bydeler.

    Raises:
        KgError: If a bydel has no number: «flest», «bare» and «alle» are then not to be said.
    """
    found = n.across(item, measure, regions=BYDELER)
    if len(found) != len(BYDELER):
        raise KgError(
            f"påstanden trenger «{item}/{measure}» for alle {len(BYDELER)} bydelene, og "
            f"{len(found)} har tall. Be om en hel leveranse, eller skriv om setningen."
        )
    return found


@fitted_claim("tabell-13-02", "tabell-13-05")
def vanskeligstilte_er_ujevnt_fordelt(n: Numbers) -> Verdict:
    """Antallet vanskeligstilte personer er ujevnt fordelt på bydelene.

    «Ujevnt» er at den med flest har minst dobbelt så mange som den med færrest.
    """
    return uneven(bydeler(n, "tabell-13", "personer"))


@word
def bydelen_med_flest_vanskeligstilte(n: Numbers) -> Word:
    """Bydelen med flest vanskeligstilte personer."""
    return name_of_highest(bydeler(n, "tabell-13", "personer"))


@fitted_claim("tabell-13-02", "tabell-13-03", "tabell-13-04")
def bare_en_bydel_har_over_4000(n: Numbers) -> Verdict:
    """Nøyaktig én bydel har mer enn 4 000 vanskeligstilte personer."""
    return count(bydeler(n, "tabell-13", "personer"), lambda v: v > 4000, 1, "over 4 000")


@fitted_claim("tabell-13-02", "tabell-13-03", "tabell-13-04")
def fire_bydeler_til_har_over_3000(n: Numbers) -> Verdict:
    """Grünerløkka, Alna, Søndre Nordstrand og Stovner har også mer enn 3 000.

    Ut over dem og Gamle Oslo er det ingen.
    """
    named = ["Gamle Oslo", "Grünerløkka", "Alna", "Søndre Nordstrand", "Stovner"]
    return exactly(bydeler(n, "tabell-13", "personer"), lambda v: v > 3000, named, "over 3 000")


@fitted_claim("tabell-13-05")
def to_bydeler_har_under_1000(n: Numbers) -> Verdict:
    """Ullern og Vestre Aker, og ingen andre, har færre enn 1 000 vanskeligstilte personer."""
    numbers = bydeler(n, "tabell-13", "personer")
    return exactly(numbers, lambda v: v < 1000, ["Ullern", "Vestre Aker"], "under 1 000")


@claim
def gamle_oslo_er_en_av_de_storste(n: Numbers) -> Verdict:
    """Folketallet i Gamle Oslo er blant de tre høyeste av bydelene."""
    people, numbers = residents(n)
    ranked = sorted(people, key=lambda label: -people[label])
    because = "; ".join(f"{label}: {nb(people[label], 0, 100)}" for label in ranked[:AMONG_LARGEST])
    return verdict("Gamle Oslo" in ranked[:AMONG_LARGEST], because, *numbers)


def residents(n: Numbers) -> tuple[dict[str, float], tuple[Number, ...]]:
    """The residents of each bydel, and the numbers of figur 36 that they follow from."""
    year = n("figur-36/mottakere/alna/siste").address.rpartition("/")[2]
    counts, rates = (
        n.across("figur-36", measure, year, regions=BYDELER)
        for measure in ("mottakere", "per_1000")
    )
    people = {a.label: 1000 * a.value / b.value for a, b in zip(counts, rates, strict=True)}
    return people, (*counts, *rates)


@fitted_claim("tabell-14-01")
def stovner_har_hoyest_andel(n: Numbers) -> Verdict:
    """Stovner har den høyeste andelen vanskeligstilte personer av bydelene."""
    return highest(bydeler(n, "tabell-14", "personer"), "Stovner")


@word
def bydeler_over_snittet_for_oslo(n: Numbers) -> Word:
    """Hvor mange bydeler som har en høyere andel vanskeligstilte personer enn Oslo."""
    return _compared_with(n, "oslo", lambda share, oslo: share > oslo)


def _compared_with(n: Numbers, place: str, fits: Callable[[float, float], bool]) -> Word:
    limit = n(f"tabell-14/personer/{place}")
    found = how_many(bydeler(n, "tabell-14", "personer"), lambda share: fits(share, limit.value))
    return Word(found.text, (*found.numbers, limit))


@fitted_claim("tabell-14-03")
def bare_tre_bydeler_ligger_under_landet(n: Numbers) -> Verdict:
    """Bare Nordstrand, Vestre Aker og Ullern har en lavere andel personer enn landet."""
    country = n("tabell-14/personer/hele-landet")
    found = exactly(
        bydeler(n, "tabell-14", "personer"),
        lambda share: share < country.value,
        ["Nordstrand", "Vestre Aker", "Ullern"],
        f"under {country.text}",
    )
    return Verdict(found.holds, found.because, (*found.numbers, country))


@fitted_claim("tabell-14-06")
def husholdningsandelen_er_lavere_unntatt_i_nordre_aker(n: Numbers) -> Verdict:
    """Andelen husholdninger er lavere enn andelen personer, bare ikke i Nordre Aker."""
    persons, households = (bydeler(n, "tabell-14", m) for m in ("personer", "husholdninger"))
    pairs = zip(households, persons, strict=True)
    others = [f"{a.label} ({a.text} mot {b.text})" for a, b in pairs if a.value >= b.value]
    holds = [name.partition(" (")[0] for name in others] == ["Nordre Aker"]
    because = f"ikke lavere i {', '.join(others) or 'noen'}"
    return verdict(holds, because, *households, *persons)


@claim
def nordberg_er_hoyest_i_nordre_aker(n: Numbers) -> Verdict:
    """Nordberg har den høyeste andelen vanskeligstilte personer av delbydelene i Nordre Aker."""
    own = [key for key, region in BY_KEY.items() if region.parent == "nordre-aker"]
    return highest(n.across("figur-18", "andel", regions=own), "Nordberg (Nordre Aker)")


@fitted_claim("tabell-15-06")
def stor_forskjell_folger_barnefamilier(n: Numbers) -> Verdict:
    """Der andelen personer ligger mest over andelen husholdninger, har flere av dem barn.

    De fem bydelene der avstanden er størst, sammenlignes med de fem der den er minst. Det som
    måles, er hvor stor del av de vanskeligstilte husholdningene som har barn.
    """
    persons, households = (bydeler(n, "tabell-14", m) for m in ("personer", "husholdninger"))
    gaps = {a.label: a.value - b.value for a, b in zip(persons, households, strict=True)}
    with_children, all_of_them = (bydeler(n, "tabell-15", m) for m in ("med_barn", "i_alt"))
    ranked = sorted(gaps, key=lambda label: gaps[label])
    small, large = (
        _share_with_children(with_children, all_of_them, set(names))
        for names in (ranked[:FIVE], ranked[-FIVE:])
    )
    because = f"størst avstand: {nb(large, 0)} prosent med barn; minst: {nb(small, 0)} prosent"
    numbers = (*persons, *households, *with_children, *all_of_them)
    return verdict(large > small, because, *numbers)


def _share_with_children(part: list[Number], whole: list[Number], names: set[str]) -> float:
    above_line, below_line = (sum(x.value for x in xs if x.label in names) for xs in (part, whole))
    return 100 * above_line / below_line


@word
def bydeler_med_flest_uten_barn(n: Numbers) -> Word:
    """De to bydelene med flest vanskeligstilte husholdninger uten barn."""
    return name_of_highest(bydeler(n, "tabell-15", "uten_barn"), by=2)


@word
def bydeler_med_flest_med_barn(n: Numbers) -> Word:
    """De to bydelene med flest vanskeligstilte husholdninger med barn."""
    return name_of_highest(bydeler(n, "tabell-15", "med_barn"), by=2)


@claim
def andelen_er_hoyere_med_barn(n: Numbers) -> Verdict:
    """I Oslo er andelen vanskeligstilte høyere blant husholdninger med barn enn uten barn."""
    return more(n("tabell-16/med_barn/oslo"), n("tabell-16/uten_barn/oslo"))


@word
def bydeler_over_10_prosent_med_barn(n: Numbers) -> Word:
    """Hvor mange bydeler der mer enn 10 prosent av husholdningene med barn er vanskeligstilte."""
    return how_many(bydeler(n, "tabell-16", "med_barn"), lambda share: share > 10)


@fitted_claim("tabell-16-03", "tabell-16-04")
def bydelene_over_10_prosent_ligger_mest_i_ost(n: Numbers) -> Verdict:
    """De fleste bydelene over 10 prosent ligger i Groruddalen eller sentrum øst.

    Det gjelder andelen av husholdninger med barn. «De fleste» er over halvparten. Groruddalen
    er Bjerke, Grorud, Stovner og Alna, sentrum øst er Gamle Oslo, Grünerløkka og Sagene.
    """
    numbers = bydeler(n, "tabell-16", "med_barn")
    names = [number.label for number in numbers if number.value > 10]
    east = [name for name in names if name in GRORUDDALEN | SENTRUM_OST]
    because = f"{len(east)} av {len(names)}: {', '.join(east) or 'ingen'}"
    return verdict(len(east) > len(names) / 2, because, *numbers)


@claim
def enslige_forsorgere_ligger_over_barnefamiliene(n: Numbers) -> Verdict:
    """28 prosent er mer enn andelen av alle husholdninger med barn.

    Det gjelder Oslo og hver bydel. De 28 prosentene er enslige forsørgere med små barn.
    """
    numbers = [n("tabell-16/med_barn/oslo"), *bydeler(n, "tabell-16", "med_barn")]
    return every(numbers, lambda share: share < SINGLE_PARENTS_PCT, "under 28 prosent")


@fitted_claim("tabell-13-02", "tabell-13-03", "tabell-14-01", "tabell-14-02")
def antall_og_andel_er_hoyest_i_ost_og_sor(n: Numbers) -> Verdict:
    """Antall og andel er høyest i sentrum øst, Groruddalen og Søndre Nordstrand.

    De fem bydelene med flest og de fem med høyest andel ligger der. Sentrum øst er Gamle Oslo,
    Grünerløkka og Sagene, Groruddalen er Bjerke, Grorud, Stovner og Alna.
    """
    areas = GRORUDDALEN | SENTRUM_OST | {"Søndre Nordstrand"}
    return both(
        *(_top_five_in(bydeler(n, i, "personer"), areas) for i in ("tabell-13", "tabell-14"))
    )


def _top_five_in(numbers: list[Number], areas: set[str]) -> Verdict:
    top = sorted(numbers, key=lambda number: -number.value)[:FIVE]
    because = "; ".join(number.said for number in top)
    return verdict({number.label for number in top} <= areas, because, *numbers)
