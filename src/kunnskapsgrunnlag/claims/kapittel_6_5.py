"""What chapter 6 claims of social assistance in cities, of dwellings, and in its summary.

The vague words mean what they mean in `kapittel_6.py`; besides, in kroner «så vidt» is no more than
1 percent, and the dwellings are «få» where they are fewer than the disadvantaged households.
"""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.claims.judge import above, both, count, every, highest, less, times, verdict
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import bydeler
from kunnskapsgrunnlag.claims.kapittel_6 import cities
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict, Word
from kunnskapsgrunnlag.claims.registry import claim, fitted_claim, word
from kunnskapsgrunnlag.claims.vague import clearly_more
from kunnskapsgrunnlag.claims.wording import how_many

# Temaplan for kommunale boliger, end of 2019: owned by Boligbygg, and rented by the bydeler.
OWNED, RENTED = 11_380, 1_582
# The 2022 edition, chapter 6.6: municipal dwellings per disadvantaged person in Oslo and in the
# country, and Oslo's share of the country's municipal dwellings.
PER_PERSON, PER_PERSON_COUNTRY = 0.3, 0.6
SHARE_OF_DWELLINGS_PCT = 12


def _below_country(n: Numbers, measure: str) -> list[Number]:
    country = n(f"tabell-31/{measure}/hele-landet")
    return [city for city in cities(n, "tabell-31", measure) if city.value < country.value]


def _names(numbers: list[Number]) -> str:
    return listed(number.label for number in numbers) if numbers else "ingen av byene"


@claim
def tabell_31_har_seks_byer_og_landet(n: Numbers) -> Verdict:
    """Tabellen har tall for seks byer og for landet."""
    return count(n.across("tabell-31", "brutto"), lambda amount: amount > 0, 7, "med")


@claim
def oslo_klart_hoyest_i_sosialhjelp(n: Numbers) -> Verdict:
    """Oslo er høyest per innbygger og per tilfelle, minst 15 prosent over alle andre."""
    return both(*(_clear_of_all(n, measure) for measure in ("per_innbygger", "per_tilfelle")))


def _clear_of_all(n: Numbers, measure: str) -> Verdict:
    own, rows = n(f"tabell-31/{measure}/oslo"), n.across("tabell-31", measure)
    next_one = max((row for row in rows if row.label != "Oslo"), key=lambda row: row.value)
    return clearly_more(own, next_one)


@claim
def noen_byer_ligger_under_landet_i_sosialhjelp(n: Numbers) -> Verdict:
    """Noen, men ikke alle, byer er under landet, og per tilfelle høyst 1 prosent under."""
    people, cases = (_below_country(n, measure) for measure in ("per_innbygger", "per_tilfelle"))
    rows = [*n.across("tabell-31", "per_innbygger"), *n.across("tabell-31", "per_tilfelle")]
    said = f"under landet: {_names(people)} per innbygger, {_names(cases)} per tilfelle"
    limit = n("tabell-31/per_tilfelle/hele-landet").value * 0.99
    return both(
        verdict(0 < len(people) < 6 and 0 < len(cases) < 6, said, *rows),
        every(cases, lambda amount: amount >= limit, f"minst {nb(limit)}"),
    )


@word
def byer_under_landet_per_innbygger(n: Numbers) -> Word:
    """Byene som betaler mindre sosialhjelp per innbygger enn landet."""
    rows = n.across("tabell-31", "per_innbygger")
    return Word(_names(_below_country(n, "per_innbygger")), tuple(rows))


@word
def byer_under_landet_per_tilfelle(n: Numbers) -> Word:
    """Byene som betaler mindre sosialhjelp per tilfelle enn landet."""
    rows = n.across("tabell-31", "per_tilfelle")
    return Word(_names(_below_country(n, "per_tilfelle")), tuple(rows))


@claim
def flere_husholdninger_naar_leieprisene_er_med(n: Numbers) -> Verdict:
    """Med leieprisene i definisjonen er andelen husholdninger minst en femdel over SSBs."""
    ssb = n("figur-9/husholdninger/ssb")
    names = ("kapabilitet-leie", "kapabilitet-leie-og-eie")
    return both(*(times(n(f"figur-9/husholdninger/{name}"), ssb, 1.2, 10) for name in names))


@claim
def boligene_er_eid_eller_leid(n: Numbers) -> Verdict:
    """Boligene Boligbygg eier og bydelene leier, er til sammen alle de kommunale boligene."""
    dwellings = n("figur-32/boliger/oslo")
    said = f"{nb(OWNED)} + {nb(RENTED)} = {nb(OWNED + RENTED)} mot {dwellings.said}"
    return verdict(dwellings.value == OWNED + RENTED, said, dwellings)


@word
def bydeler_under_tusen_boliger(n: Numbers) -> Word:
    """Antall bydeler med under 1 000 kommunale boliger, i ord og med stor forbokstav."""
    return _capital(how_many(bydeler(n, "figur-32", "boliger"), lambda number: number < 1000))


@word
def bydeler_under_tjue_per_tusen(n: Numbers) -> Word:
    """Antall bydeler med under 20 kommunale boliger per tusen innbyggere, med stor forbokstav."""
    return _capital(how_many(bydeler(n, "figur-32", "per_1000"), lambda rate: rate < 20))


def _capital(word: Word) -> Word:
    return Word(word.text.capitalize(), word.numbers)


@word
def bydeler_med_tusen_boliger(n: Numbers) -> Word:
    """Navnene på bydelene som har 1 000 kommunale boliger eller mer."""
    rows = bydeler(n, "figur-32", "boliger")
    names = [row.label for row in rows if row.value >= 1000]
    return Word(listed(names) if names else "ingen", tuple(rows))


@fitted_claim("figur-32-02", "figur-32-04")
def tre_bydeler_har_tusen_boliger(n: Numbers) -> Verdict:
    """Tolv av femten bydeler har under 1 000 kommunale boliger; de tre andre er over."""
    return both(
        count(bydeler(n, "figur-32", "boliger"), lambda number: number < 1000, 12, "under 1 000"),
        count(bydeler(n, "figur-32", "boliger"), lambda number: number >= 1000, 3, "1 000 og over"),
    )


@fitted_claim("figur-32-03", "figur-32-04", "figur-32-05")
def fire_bydeler_over_tjue_per_tusen(n: Numbers) -> Verdict:
    """Fire bydeler er over 20 boliger per tusen innbyggere, de tre med over 1 000 blant dem."""
    dwellings, rates = (bydeler(n, "figur-32", measure) for measure in ("boliger", "per_1000"))
    many = {row.label for row in dwellings if row.value >= 1000}
    return both(
        count(rates, lambda rate: rate < 20, 11, "under 20 per tusen"),
        every([rate for rate in rates if rate.label in many], lambda rate: rate > 20, "over 20"),
    )


@claim
def oslo_har_faerre_boliger_per_vanskeligstilt(n: Numbers) -> Verdict:
    """Kommunale boliger per vanskeligstilt person i Oslo er 0,3 avrundet, under landets 0,6."""
    dwellings, persons = n("figur-32/boliger/oslo"), n("tabell-11/personer/oslo/2020")
    return both(
        times(dwellings, persons, PER_PERSON - 0.05, PER_PERSON + 0.05),
        times(dwellings, persons, 0, PER_PERSON_COUNTRY),
    )


@claim
def oslo_har_storre_del_av_de_vanskeligstilte_enn_av_boligene(n: Numbers) -> Verdict:
    """Oslos andel av de vanskeligstilte er over 12 prosent, andelen av de kommunale boligene."""
    shares = (n(f"tabell-11/{kind}_andel/oslo/siste") for kind in ("personer", "husholdninger"))
    return both(*(above(share, SHARE_OF_DWELLINGS_PCT) for share in shares))


@claim
def faerre_boliger_enn_vanskeligstilte_husholdninger(n: Numbers) -> Verdict:
    """Oslo har færre kommunale boliger enn vanskeligstilte husholdninger."""
    return less(n("figur-32/boliger/oslo"), n("tabell-11/husholdninger/oslo/siste"))


@claim
def dyrest_a_leie_i_oslo_og_baerum(n: Numbers) -> Verdict:
    """Leien var i 2020 høyest i prissonen Oslo og Bærum for alle antall rom.

    Det gjelder sonene som tabell 6 har tall for.
    """
    rooms = [f"{number}-rom" for number in range(1, 6)]
    return both(*(_dearest(n, room) for room in rooms))


def _dearest(n: Numbers, room: str) -> Verdict:
    return highest(n.across("tabell-6", "leie", room, "2020", where_known=True), "Oslo og Bærum")
