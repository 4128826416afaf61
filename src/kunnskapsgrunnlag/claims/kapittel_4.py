"""What chapter 4 claims of rents, and of municipal dwellings per disadvantaged person."""

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.claims.judge import (
    at_least,
    both,
    every,
    highest,
    less,
    lowest,
    more,
    points,
    rises,
    verdict,
)
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict
from kunnskapsgrunnlag.claims.registry import claim
from kunnskapsgrunnlag.claims.vague import CLEAR

ROOMS = ("1-rom", "2-rom", "3-rom", "4-rom", "5-rom")
# «Om lag samme vekst»: no more than one percentage point apart.
SAME_GROWTH_POINTS = 1.0
# «Minst en femdel høyere», in percent of the other.
FIFTH_MORE = 1.20
OTHER_CITIES = ("bergen", "trondheim", "stavanger")
# What the text says of Oslo; the country's 0,6 is the 2022 edition's and not in the store.
PER_DISADVANTAGED_OSLO = 0.3


@claim
def leien_er_hoyest_i_oslo_og_baerum(n: Numbers) -> Verdict:
    """I 2020 var leien høyest i Oslo og Bærum av alle stedene som tabell 6 har tall for.

    Det gjelder alle boligstørrelser.
    """
    rents = (n.across("tabell-6", "leie", rooms, "2020", where_known=True) for rooms in ROOMS)
    return both(*(highest(rent, "Oslo og Bærum") for rent in rents))


@claim
def leien_er_langt_hoyere_i_oslo_og_baerum(n: Numbers) -> Verdict:
    """I 2020 var leien langt høyere i Oslo og Bærum enn i landet.

    «Langt» er minst 15 prosent, og det gjelder alle boligstørrelser.
    """
    of_country = [n(f"tabell-6/forhold/oslo-og-baerum/{rooms}/2020") for rooms in ROOMS]
    return every(of_country, lambda v: v >= 100 * CLEAR, "minst 15 prosent over leien i landet")


@claim
def leieavstanden_oker_med_antall_rom(n: Numbers) -> Verdict:
    """Jo flere rom, desto lengre lå leien i Oslo og Bærum over landet i 2020.

    Avstanden er leien i prosent av leien i landet.
    """
    return rises([n(f"tabell-6/forhold/oslo-og-baerum/{rooms}/2020") for rooms in ROOMS])


@claim
def leien_er_en_femdel_over_de_andre_storbyene(n: Numbers) -> Verdict:
    """I 2020 var leien minst 20 prosent høyere i Oslo og Bærum enn i tre andre storbyer.

    Det gjelder ett til fire rom i Bergen, Trondheim og Stavanger, der tabell 6 har tall for dem.
    """
    return both(*(_fifth_above(n, rooms) for rooms in ROOMS[:-1]))


def _fifth_above(n: Numbers, rooms: str) -> Verdict:
    own = n(f"tabell-6/leie/oslo-og-baerum/{rooms}/2020")
    others = n.across("tabell-6", "leie", rooms, "2020", regions=OTHER_CITIES, where_known=True)
    highest_other = max(others, key=lambda number: number.value)
    found = at_least(own, highest_other.value * FIFTH_MORE)
    said = f"{own.said} mot {highest_other.said} ({rooms})"
    return verdict(found.holds, said, own, *others)


@claim
def fem_rom_skiller_minst_fra_trondheim(n: Numbers) -> Verdict:
    """I 2020 var forskjellen til Trondheim i prosent minst for fem rom eller flere."""
    gaps = [_gap_to_trondheim(n, rooms) for rooms in ROOMS]
    found = lowest([gap for gap, _ in gaps], ROOMS[-1])
    above = [more(one, other) for _, (one, other) in gaps]
    numbers = tuple(number for _, pair in gaps for number in pair)
    judged = both(found, *above)
    return Verdict(judged.holds, judged.because, numbers)


def _gap_to_trondheim(n: Numbers, rooms: str) -> tuple[Number, tuple[Number, Number]]:
    one, other = (
        n(f"tabell-6/leie/{place}/{rooms}/2020") for place in ("oslo-og-baerum", "trondheim")
    )
    gap = (one.value / other.value - 1) * 100
    return one.derived(gap, f"{nb(gap, 0)} prosent", "prosent", rooms), (one, other)


@claim
def leien_for_to_rom_har_steget(n: Numbers) -> Verdict:
    """Leien for to rom i Oslo og Bærum er høyere siste år enn i 2020."""
    return more(
        n("tabell-6/leie/oslo-og-baerum/2-rom/siste"), n("tabell-6/leie/oslo-og-baerum/2-rom/2020")
    )


@claim
def leieveksten_er_om_lag_den_samme(n: Numbers) -> Verdict:
    """Leien for to rom har siden 2020 vokst om lag like mye i Oslo og Bærum som i landet.

    «Om lag» er ikke mer enn ett prosentpoeng over eller under.
    """
    return points(
        n("tabell-6/vekst/oslo-og-baerum/2-rom/siste"),
        n("tabell-6/vekst/hele-landet/2-rom/siste"),
        -SAME_GROWTH_POINTS,
        SAME_GROWTH_POINTS,
    )


@claim
def leien_for_tre_rom_vokste_mest_i_oslo_og_baerum(n: Numbers) -> Verdict:
    """Leien for tre rom har siden 2020 vokst mer i Oslo og Bærum enn i landet."""
    return more(
        n("tabell-6/vekst/oslo-og-baerum/3-rom/siste"), n("tabell-6/vekst/hele-landet/3-rom/siste")
    )


@claim
def leien_for_ett_rom_vokste_minst(n: Numbers) -> Verdict:
    """Av alle boligstørrelser er det leien for ett rom som har vokst minst siden 2020.

    Det gjelder Oslo og Bærum.
    """
    one, *others = (n(f"tabell-6/vekst/oslo-og-baerum/{rooms}/siste") for rooms in ROOMS)
    return both(*(less(one, other) for other in others))


@claim
def kommunale_boliger_per_vanskeligstilt(n: Numbers) -> Verdict:
    """I Oslo er det 0,3 kommunale boliger per vanskeligstilt person.

    Kommunale boliger er delt på vanskeligstilte personer i 2020 og avrundet til én desimal.
    """
    dwellings, persons = n("figur-32/boliger/oslo"), n("tabell-11/personer/oslo/2020")
    found = dwellings.value / persons.value
    because = f"{dwellings.text} / {persons.text} = {nb(found, 2)}"
    return verdict(round(found, 1) == PER_DISADVANTAGED_OSLO, because, dwellings, persons)
