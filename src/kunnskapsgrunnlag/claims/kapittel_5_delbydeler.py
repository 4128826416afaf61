"""What chapter 5 claims of delbydeler, and of how far apart the parts of the city lie."""

from collections.abc import Callable

from kunnskapsgrunnlag.base.regions import BY_KEY, BYDELER
from kunnskapsgrunnlag.claims.judge import above, both, exactly, highest, verdict
from kunnskapsgrunnlag.claims.kapittel_5_bydeler import bydeler
from kunnskapsgrunnlag.claims.numbers import Number, Numbers, Verdict, Word
from kunnskapsgrunnlag.claims.registry import claim, fitted_claim, word
from kunnskapsgrunnlag.claims.vague import NEAR, uneven
from kunnskapsgrunnlag.claims.wording import how_many

# «Noen av de høyeste», «en av de laveste»: among ten of the hundred delbydeler.
TEN = 10


def delbydeler(n: Numbers, item: str, bydel: str = "") -> list[Number]:
    """The shares of a bydel's delbydeler in figur 18 or 19; without a bydel, of all bydeler's."""
    parents = {bydel} if bydel else set(BYDELER)
    own = [key for key, region in BY_KEY.items() if region.parent in parents]
    return n.across(item, "andel", regions=own)


@fitted_claim("figur-18-09", "figur-18-11")
def stor_avstand_innad_i_bydelene(n: Numbers) -> Verdict:
    """I de fleste bydelene er det stor avstand mellom delbydelene.

    «Stor» er at den høyeste andelen er minst dobbelt så høy som den laveste, «de fleste» er
    over halvparten.
    """
    groups = {BY_KEY[key].name: delbydeler(n, "figur-18", key) for key in BYDELER}
    wide = [name for name, numbers in groups.items() if uneven(numbers).holds]
    because = f"{len(wide)} av {len(groups)}: {', '.join(wide) or 'ingen'}"
    numbers = (number for group in groups.values() for number in group)
    return verdict(len(wide) > len(groups) / 2, because, *numbers)


@fitted_claim("figur-18-03", "figur-18-04", "figur-18-05")
def to_delbydeler_pa_stovner_naer_20_prosent(n: Numbers) -> Verdict:
    """Nøyaktig to delbydeler på Stovner er nær 20 prosent: Fossum og Vestli.

    «Nær» er fra 18 til under 20 prosent.
    """
    return exactly(
        delbydeler(n, "figur-18", "stovner"),
        lambda share: 20 * (1 - NEAR) <= share < 20,
        ["Fossum (Stovner)", "Vestli (Stovner)"],
        "nær 20 prosent",
    )


@word
def delbydeler_pa_stovner_over_12_prosent(n: Numbers) -> Word:
    """Hvor mange delbydeler på Stovner der mer enn 12 prosent er vanskeligstilt."""
    return how_many(delbydeler(n, "figur-18", "stovner"), lambda share: share > 12)


@claim
def gamle_oslo_er_mer_blandet(n: Numbers) -> Verdict:
    """Gamle Oslo har noen av delbydelene med høyest andel og en av dem med lavest.

    «Noen» er minst to av de ti høyeste i byen, «en» er minst én av de ti laveste.
    """
    ranked = sorted(delbydeler(n, "figur-18"), key=lambda number: number.value)
    low, high = (
        [number.said for number in part if number.label.endswith("(Gamle Oslo)")]
        for part in (ranked[:TEN], ranked[-TEN:])
    )
    because = f"blant de høyeste: {', '.join(high) or 'ingen'}; blant de laveste: "
    because += ", ".join(low) or "ingen"
    return verdict(len(high) > 1 and bool(low), because, *ranked)


@fitted_claim("figur-18-09", "figur-18-10")
def hver_bydel_har_en_delbydel_under_snittet(n: Numbers) -> Verdict:
    """Hver bydel har minst én delbydel med en lavere andel vanskeligstilte personer enn Oslo."""
    oslo = n("tabell-14/personer/oslo")
    groups = {BY_KEY[key].name: delbydeler(n, "figur-18", key) for key in BYDELER}
    lowest = {name: min(group, key=lambda x: x.value) for name, group in groups.items()}
    lacking = [f"{name}: {low.text}" for name, low in lowest.items() if low.value >= oslo.value]
    because = f"ingen delbydel under {oslo.text} i {', '.join(lacking) or 'ingen bydel'}"
    if not lacking:
        because = f"den laveste i hver bydel er under {oslo.text}"
    numbers = (number for group in groups.values() for number in group)
    return verdict(not lacking, because, oslo, *numbers)


@fitted_claim("figur-19-02", "figur-19-03")
def nedre_toyen_er_hoyest_og_over_40(n: Numbers) -> Verdict:
    """Nedre Tøyen har den høyeste andelen barn av alle delbydelene, over 40 prosent."""
    ranked = highest(delbydeler(n, "figur-19"), "Nedre Tøyen (Gamle Oslo)")
    return both(ranked, above(n("figur-19/andel/delbydel-nedre-toyen"), 40))


@fitted_claim("figur-19-04", "figur-19-09")
def stovner_har_hoyest_andel_barn(n: Numbers) -> Verdict:
    """Stovner har den høyeste andelen vanskeligstilte barn av bydelene."""
    return highest(bydeler(n, "figur-19", "andel"), "Stovner")


@word
def delbydeler_pa_stovner_over_20_prosent_barn(n: Numbers) -> Word:
    """Hvor mange delbydeler på Stovner der mer enn 20 prosent av barna er vanskeligstilte."""
    return _over(n, "stovner", lambda share: share > 20)


@word
def delbydeler_i_gamle_oslo_over_30_prosent_barn(n: Numbers) -> Word:
    """Hvor mange delbydeler i Gamle Oslo der mer enn 30 prosent av barna er vanskeligstilte."""
    return _over(n, "gamle-oslo", lambda share: share > 30)


def _over(n: Numbers, bydel: str, fits: Callable[[float], bool]) -> Word:
    return how_many(delbydeler(n, "figur-19", bydel), fits)


@fitted_claim("tabell-14-01", "tabell-14-03")
def forskjellene_i_byen_er_store(n: Numbers) -> Verdict:
    """Forskjellene mellom bydelene i andelen vanskeligstilte personer er store.

    «Store» er at den høyeste er minst dobbelt så høy som den laveste.
    """
    return uneven(bydeler(n, "tabell-14", "personer"))
