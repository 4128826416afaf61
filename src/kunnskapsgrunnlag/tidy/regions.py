"""Regions: one key per region, and the code that each provider uses for it.

The same code means different things at different providers ("0301" is kommune Oslo at SSB,
delbydel Iladalen in Oslo's own codes, and a near-empty rest at Husbanken), so a code is only ever
looked up together with its code system.
"""

import difflib
from dataclasses import dataclass, field

from kunnskapsgrunnlag.errors import KgError


@dataclass(frozen=True)
class Region:
    """A region with its name for readers and its code in each system that knows it."""

    key: str
    name: str
    codes: dict[str, str]
    level: str
    aliases: tuple[str, ...] = field(default=())


def _bydel(number: int, key: str, name: str, *aliases: str) -> Region:
    codes = {"ssb-bydel": f"0301{number:02d}", "ssb-10826": f"0301{number:02d}a"}
    if number <= 15:
        codes["husbanken"] = f"{310 + number:04d}"
    return Region(key, name, codes, "bydel", aliases)


def _kommune(code: str, key: str, name: str) -> Region:
    return Region(key, name, {"ssb-kommune": code}, "kommune", (f"{name} kommune",))


def _prissone(code: str, key: str, name: str) -> Region:
    return Region(key, name, {"ssb-prissone": code}, "prissone", (f"{name} kommune",))


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
        ("Oslo kommune", "Hele Oslo"),
    ),
    _kommune("3005", "drammen", "Drammen"),
    _kommune("4204", "kristiansand", "Kristiansand"),
    Region(
        "stavanger",
        "Stavanger",
        {"ssb-kommune": "1103", "ssb-prissone": "05"},
        "kommune",
        ("Stavanger kommune",),
    ),
    Region(
        "bergen",
        "Bergen",
        {"ssb-kommune": "4601", "ssb-prissone": "03"},
        "kommune",
        ("Bergen kommune",),
    ),
    Region(
        "trondheim",
        "Trondheim",
        {"ssb-kommune": "5001", "ssb-prissone": "04"},
        "kommune",
        ("Trondheim kommune",),
    ),
    _prissone("01", "oslo-og-baerum", "Oslo og Bærum"),
    _prissone("02", "akershus-utenom-baerum", "Akershus utenom Bærum"),
    _bydel(1, "gamle-oslo", "Gamle Oslo"),
    _bydel(2, "grunerlokka", "Grünerløkka", "Grunerløkka"),
    _bydel(3, "sagene", "Sagene"),
    _bydel(4, "st-hanshaugen", "St. Hanshaugen", "St.Hanshaugen"),
    _bydel(5, "frogner", "Frogner"),
    _bydel(6, "ullern", "Ullern"),
    _bydel(7, "vestre-aker", "Vestre Aker"),
    _bydel(8, "nordre-aker", "Nordre Aker"),
    _bydel(9, "bjerke", "Bjerke"),
    _bydel(10, "grorud", "Grorud"),
    _bydel(11, "stovner", "Stovner"),
    _bydel(12, "alna", "Alna"),
    _bydel(13, "ostensjo", "Østensjø"),
    _bydel(14, "nordstrand", "Nordstrand"),
    _bydel(15, "sondre-nordstrand", "Søndre Nordstrand"),
    _bydel(16, "sentrum", "Sentrum"),
    _bydel(17, "marka", "Marka"),
    Region("uoppgitt", "Uoppgitt bydel", {"ssb-bydel": "030199", "ssb-10826": "030199a"}, "bydel"),
    Region("husbanken-rest", "Oslo uten bydel", {"husbanken": "0301"}, "bydel"),
)

BY_KEY = {region.key: region for region in REGIONS}
BYDELER = tuple(
    r.key
    for r in REGIONS
    if r.level == "bydel" and "husbanken" in r.codes and r.key != "husbanken-rest"
)
_BY_CODE = {(system, code): r for r in REGIONS for system, code in r.codes.items()}
_BY_NAME = {name: r for r in REGIONS for name in (r.name, *r.aliases)}


def region_of(code: str, system: str | None) -> Region:
    """The region that a provider's code (or, with system `navn`, a name) stands for.

    Raises:
        KgError: If the code system is missing, or does not know the code.
    """
    if not system:
        raise KgError(
            f"The region code «{code}» has no code system: the same code means different regions "
            "at SSB, Oslo kommune and Husbanken. Say which system it belongs to."
        )
    found = _BY_NAME.get(code.strip()) if system == "navn" else _BY_CODE.get((system, code.strip()))
    if found is None:
        raise KgError(_unknown(code, system))
    return found


def _unknown(code: str, system: str) -> str:
    systems = sorted({s for s, _ in _BY_CODE} | {"navn"})
    if system not in systems:
        return f"Unknown code system «{system}». There is: {', '.join(systems)}."
    known = list(_BY_NAME) if system == "navn" else [c for s, c in _BY_CODE if s == system]
    close = difflib.get_close_matches(code, known, n=1)
    hint = f"Write «{close[0]}»?" if close else f"Known: {', '.join(sorted(known)[:20])} …"
    return f"«{code}» is no region in the code system {system}. {hint}"
