"""What a delivery says of itself: the sheet, or the rows above the table, «Om leveransen»."""

from collections.abc import Mapping

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.catalog.periods import read_period
from kunnskapsgrunnlag.sources.formats.grid import ABOUT, FileCell, plain

# Name -> the word in the file, and what is to be written there.
FACTS: dict[str, tuple[str, str]] = {
    "table": ("Tabell", "Hvilken tabell dette er. La det stå som det er"),
    "period": ("Periode", "Tidsrommet tallene gjelder: 2025, november 2025 eller 1. januar 2026"),
    "extracted": ("Uttrekksdato", "Dagen tallene ble hentet ut, for eksempel 3. mars 2026"),
    "owner": ("Eier", "Den som eier tallene: etat, direktorat eller byrå"),
    "definition": ("Definisjon", "Hva tallene teller, og hvem som er med og ikke"),
    "contact": ("Kontakt", "Kontor eller rolle som kan svare. Ikke navnet på en person"),
    "licence": ("Lisens", "Hva tallene kan brukes til: NLOD 2.0, CC BY 4.0 eller en avtale"),
    "total": ("Kontrollsum", "Alle tallene i tabellen lagt sammen, slik at vi ser at alle kom med"),
}
REQUIRED = ("period", "owner", "definition", "contact", "licence")


def read_facts(rows: list[list[FileCell]]) -> dict[str, str]:
    """The facts among these rows: a known word, and behind it what somebody has written."""
    names = {word.casefold(): name for name, (word, _) in FACTS.items()}
    facts: dict[str, str] = {}
    for row in rows:
        texts = [plain(cell.text) for cell in row]
        name = names.get(texts[0].rstrip(":").casefold()) if texts else None
        if name and len(texts) > 1 and texts[1]:
            facts[name] = texts[1]
    return facts


def is_fact(row: list[FileCell]) -> bool:
    """Whether a row above the table belongs to «Om leveransen»."""
    first = plain(row[0].text).rstrip(":").casefold() if row else ""
    return first in {ABOUT.casefold(), *(word.casefold() for word, _ in FACTS.values())}


def check_facts(where: str, facts: Mapping[str, str], remedy: str) -> None:
    lacking = [FACTS[name][0].lower() for name in REQUIRED if not facts.get(name, "").strip()]
    if lacking:
        raise KgError(
            f"{where}: leveransen mangler {', '.join(lacking)}. Den må selv si hva tallene gjelder "
            f"og hvem som har dem. {remedy}"
        )
    if read_period(facts["period"]) is None:
        raise KgError(
            f"{where}: perioden er «{facts['period']}», uten årstall. Skriv for eksempel 2025 "
            "eller november 2025."
        )
