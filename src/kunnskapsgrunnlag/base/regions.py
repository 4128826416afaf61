"""Regions: one key per region, and the code that each provider uses for it.

The same code means different things at different providers ("0301" is kommune Oslo at SSB,
delbydel Iladalen in Oslo's own codes, and a near-empty rest at Husbanken), so a code is only ever
looked up together with its code system.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from kunnskapsgrunnlag.base import delbydeler
from kunnskapsgrunnlag.base.errors import KgError


@dataclass(frozen=True)
class Region:
    """A region with its name for readers and its code in each system that knows it.

    Attributes:
        parent: For a delbydel the key of its bydel.
        discontinued: Whether the area was given up; old tables may still hold it.
    """

    key: str
    name: str
    codes: dict[str, str]
    level: str
    aliases: tuple[str, ...] = field(default=())
    parent: str = ""
    discontinued: bool = False


def _bydel(number: int, key: str, name: str, *aliases: str) -> Region:
    codes = {
        "ssb-bydel": f"0301{number:02d}",
        "ssb-10826": f"0301{number:02d}a",
        "oslo-statistikkbank": f"301{number:02d}",
        "oslo-delbydel": f"{number:02d}",
    }
    if number <= 15:
        codes["husbanken"] = f"{310 + number:04d}"
    return Region(
        key, name, codes, "bydel", (f"Bydel {name}", *aliases, *map("Bydel {}".format, aliases))
    )


def _kommune(code: str, key: str, name: str, **codes: str) -> Region:
    named = {f"ssb-{system}": other for system, other in codes.items()}
    return Region(key, name, {"ssb-kommune": code} | named, "kommune", (f"{name} kommune",))


def _prissone(code: str, key: str, name: str) -> Region:
    return Region(key, name, {"ssb-prissone": code}, "prissone", (f"{name} kommune",))


def _delbydel(code: str, name: str, *, discontinued: bool = False) -> Region:
    """A delbydel; many share their name with a bydel, so the key says which of the two it is."""
    codes = {"oslo-delbydel": code, "oslo-statistikkbank": code.removeprefix("0")}
    slug = "-".join(name.lower().translate(_ASCII).replace(".", "").replace("-", " ").split())
    parent = _BYDELER[int(code[:2])].key
    return Region(f"delbydel-{slug}", name, codes, "delbydel", (), parent, discontinued)


_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ü": "u"})
_BYDELER = {
    number: _bydel(number, *names)
    for number, names in enumerate(
        (
            ("gamle-oslo", "Gamle Oslo"),
            ("grunerlokka", "Grünerløkka", "Grunerløkka"),
            ("sagene", "Sagene"),
            ("st-hanshaugen", "St. Hanshaugen", "St.Hanshaugen"),
            ("frogner", "Frogner"),
            ("ullern", "Ullern"),
            ("vestre-aker", "Vestre Aker"),
            ("nordre-aker", "Nordre Aker"),
            ("bjerke", "Bjerke"),
            ("grorud", "Grorud"),
            ("stovner", "Stovner"),
            ("alna", "Alna"),
            ("ostensjo", "Østensjø"),
            ("nordstrand", "Nordstrand"),
            ("sondre-nordstrand", "Søndre Nordstrand"),
            ("sentrum", "Sentrum"),
            ("marka", "Marka"),
        ),
        1,
    )
}
REGIONS = (
    Region(
        "hele-landet",
        "Hele landet",
        {"ssb-kommune": "0", "ssb-prissone": "00", "husbanken": "Norge"},
        "land",
        ("Norge", "Landet"),
    ),
    Region(
        "oslo",
        "Oslo",
        {"ssb-kommune": "0301", "husbanken": "Oslo", "ssb-10826": "030100aa"},
        "kommune",
        ("Oslo kommune", "Hele Oslo", "Oslo i alt"),
    ),
    _kommune("3005", "drammen", "Drammen"),
    _kommune("4204", "kristiansand", "Kristiansand"),
    _kommune("1103", "stavanger", "Stavanger", prissone="05"),
    _kommune("4601", "bergen", "Bergen", prissone="03"),
    _kommune("5001", "trondheim", "Trondheim", prissone="04"),
    _prissone("01", "oslo-og-baerum", "Oslo og Bærum"),
    _prissone("02", "akershus-utenom-baerum", "Akershus utenom Bærum"),
    _prissone("20", "store-tettsteder", "Tettsteder med minst 20\N{NO-BREAK SPACE}000 innbyggere"),
    _prissone(
        "21",
        "mellomstore-tettsteder",
        "Tettsteder med 2\N{NO-BREAK SPACE}000–19\N{NO-BREAK SPACE}999 innbyggere",
    ),
    _prissone("22", "sma-tettsteder", "Små tettsteder og spredt bebyggelse"),
    *_BYDELER.values(),
    Region("uoppgitt", "Uoppgitt bydel", {"ssb-bydel": "030199", "ssb-10826": "030199a"}, "bydel"),
    Region("husbanken-rest", "Oslo uten bydel", {"husbanken": "0301"}, "bydel"),
    *(_delbydel(code, name) for code, name in delbydeler.CURRENT.items()),
    *(_delbydel(code, name, discontinued=True) for code, name in delbydeler.DISCONTINUED.items()),
)

BY_KEY = {region.key: region for region in REGIONS}
BYDELER = tuple(
    r.key
    for r in REGIONS
    if r.level == "bydel" and "husbanken" in r.codes and r.key != "husbanken-rest"
)
DELBYDELER = tuple(r.key for r in REGIONS if r.level == "delbydel" and not r.discontinued)
CITIES = ("oslo", "bergen", "trondheim", "stavanger", "kristiansand", "drammen")
# What an area of several regions is called in the catalogue and in claims.
GROUPS = {
    "bydeler": BYDELER,
    "delbydeler": DELBYDELER,
    "byer": CITIES,
    "andre-byer": CITIES[1:],
    "storbyene": ("bergen", "trondheim", "stavanger"),
    "groruddalen": ("bjerke", "grorud", "stovner", "alna"),
    "sentrum-ost": ("gamle-oslo", "grunerlokka", "sagene"),
}
_BY_CODE = {(system, code): r for r in REGIONS for system, code in r.codes.items()}
# A bare name means the larger area: a delbydel is named with its code.
_BY_NAME = {name: r for r in REGIONS if r.level != "delbydel" for name in (r.name, *r.aliases)}


def members(names: Iterable[str]) -> list[Region]:
    """The regions that keys stand for, in their order; the name of a group stands for its members.

    Raises:
        KeyError: If a name is neither; the catalogue lets none through.
    """
    return [BY_KEY[key] for name in names for key in GROUPS.get(name, (name,))]


def region_of(code: str, system: str | None) -> Region:
    """The region that a provider's code (or, with system `navn`, a name) stands for."""
    if not system:
        raise KgError(
            f"Regionkoden «{code}» har ikke noe kodesystem: samme kode er ulike regioner "
            "hos SSB, Oslo kommune og Husbanken. Si hvilket system den hører til."
        )
    region = (
        _BY_NAME.get(code.strip()) if system == "navn" else _BY_CODE.get((system, code.strip()))
    )
    if region is None:
        raise KgError(_unknown(code, system))
    return region


def _unknown(code: str, system: str) -> str:
    systems = sorted({s for s, _ in _BY_CODE} | {"navn"})
    if system not in systems:
        return f"Ukjent kodesystem «{system}». Det finnes {', '.join(systems)}."
    known = list(_BY_NAME) if system == "navn" else [c for s, c in _BY_CODE if s == system]
    close = difflib.get_close_matches(code, known, n=1)
    hint = f"Mente du «{close[0]}»?" if close else f"Kjent: {', '.join(sorted(known)[:20])} …"
    return f"«{code}» er ingen region i kodesystemet {system}. {hint}"
