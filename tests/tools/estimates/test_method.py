"""The chapter on method says what the models do: its numbers are computed here."""

from statistics import mean

from kunnskapsgrunnlag.base.nb_numbers import nb
from kunnskapsgrunnlag.sources.snapshot import read_snapshot
from tests.tools.estimates.numbers import ROOT, base, column, inputs
from tools.estimates import figur_28, tabell_13, tabell_15
from tools.estimates.common import NAMES, by_bydel, proportional, share

CHAPTER = (ROOT / "chapters" / "metode.md").read_text(encoding="utf-8")


def social_assistance() -> dict[str, int]:
    path = ROOT / "data" / "raw" / "oslo" / "sosialhjelp-bydel-2020.csv"
    rows = read_snapshot("sosialhjelp", path).grid
    return {name: int(number) for name, number in rows if name in NAMES}


def off(known: dict[str, int]) -> dict[str, float]:
    """Percent that the distribution of low income lies off a known distribution."""
    low = by_bydel(inputs().areas, "low")
    guess = proportional({name: low[name] for name in NAMES}, sum(known.values()))
    return {name: 100 * (guess[name] / known[name] - 1) for name in NAMES}


def unfitted_persons() -> dict[str, float]:
    without, families = tabell_15.prior(inputs(), base())
    whole = tabell_15.Households(
        {name: round(number) for name, number in without.items()},
        {name: round(number) for name, number in families.items()},
    )
    return proportional(tabell_13.prior(inputs(), whole), inputs().totals["persons"])


def said(number: float, decimals: int = 0) -> None:
    text = nb(number, decimals).replace("\N{NO-BREAK SPACE}", " ")
    assert f"[{text}" in CHAPTER, text


def told(address: str) -> None:
    """The chapter reads the estimate itself from the store."""
    assert f"[{address}]{{.tall" in CHAPTER, address


def test_chapter_starts_with_its_heading() -> None:
    assert CHAPTER.startswith("# Metode {#metode}\n")


def test_deviation_from_known_distributions_is_what_the_chapter_says() -> None:
    for known in (social_assistance(), inputs().allowance):
        said(mean(abs(number) for number in off(known).values()))
    worst = off(social_assistance())
    assert max(worst, key=lambda name: abs(worst[name])) == "Vestre Aker"
    said(worst["Vestre Aker"])


def test_distance_before_and_after_fitting_is_what_the_chapter_says() -> None:
    before, after = unfitted_persons(), column("tabell-13", "personer")
    said(mean(100 * abs(before[name] / after[name] - 1) for name in NAMES))
    said(before["Vestre Aker"])
    said(before["Grünerløkka"])


def test_childless_households_of_nordre_aker_were_lifted_as_the_chapter_says() -> None:
    without, families = tabell_15.prior(inputs(), base())
    said(without["Nordre Aker"])
    told("tabell-15/uten_barn/nordre-aker")
    said(share(families["Stovner"], base().families["Stovner"]), 1)


def test_about_three_of_four_recipients_live_alone_as_the_chapter_says() -> None:
    costs = column("figur-28", "gjennomsnittlig boutgift (kr per måned)")
    alone = figur_28.weights(list(costs.values()), 11140)[0]

    assert 0.70 <= alone <= 0.80


def test_instruments_are_further_off_as_the_chapter_says() -> None:
    allowance = inputs().allowance
    large = sum(allowance[name] for name in ("Gamle Oslo", "Grünerløkka", "Sagene"))
    said(share(large, sum(allowance.values())))
