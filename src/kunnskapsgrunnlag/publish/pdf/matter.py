"""What the PDF says of itself: state, and which numbers and files it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version

from kunnskapsgrunnlag.base.hashes import sha256
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.report import Report
from kunnskapsgrunnlag.sources.receipt import Receipt

APPENDIX = """# Vedlegg: kildene til hver figur og tabell {#vedlegg}

Vedlegget viser hva hver figur og tabell er laget av: kilde, årgang, lisens og opphav.
Det viser også filen med tallene slik kilden oppga dem.
Sjekksummen er de første 16 tegnene av SHA-256 av cellene i filen.

```{=typst}
#kg-appendix()
```
"""


def colophon(report: Report, engine: str) -> list[dict[str, str]]:
    """The lines of the page behind the cover, as `name` and `words`.

    The same content gives the same lines: no clock and no machine is asked.
    """
    edition, standing = report.catalog.edition, report.standing
    year, digest = edition.date[:4], sha256(report.project.values.read_bytes())
    lines = {
        "Utgave": f"{edition.key}. {standing.ages}. Den første utgaven ble trykt i "
        f"{edition.printed}; teksten her er skrevet på nytt.",
        "Utgiver": edition.owner,
        "Tilstand": f"{standing.draft}."
        if standing.draft
        else "Alle figurer og tabeller bygger på kildenes tall.",
        **carried(report),
        "Henvis slik": f"{edition.owner} ({year}). *{edition.title}: {edition.subtitle}.* "
        f"{standing.label}.{' Utkast.' if standing.draft else ''}",
        "Tall": f"SHA-256 av tallageret (values.json): {_grouped(digest)}",
        "Kilder": f"{len(report.receipts)} øyeblikksbilder. SHA-256 av filene under ett: "
        f"{_grouped(snapshots_hash(report.receipts.values()))}",
        "Lisenser": "Hver kilde har sin lisens. Den står i [vedlegget](#vedlegg).",
        "Laget med": f"kunnskapsgrunnlag {version('kunnskapsgrunnlag')}",
    }
    if engine == "embedded":
        lines["Format"] = (
            "Tilgjengelig PDF etter PDF/UA-1, og arkivformat etter PDF/A-2a. Figurene har tekst "
            "som beskriver dem for den som ikke ser dem, og tallene står i tabeller."
        )
    return [{"name": name, "words": words} for name, words in lines.items()]


def carried(report: Report) -> dict[str, str]:
    """How many items have the numbers of an earlier edition; nothing if none has.

    Estimates are none of them: no earlier edition had their numbers.
    """
    items = [
        item
        for key, item in report.catalog.items.items()
        if item.carried and item.carried.edition and not report.results[key].is_estimate
    ]
    if not items:
        return {}
    editions = listed(sorted({item.carried.edition for item in items if item.carried}))
    words = (
        f"{len(items)} av {len(report.catalog.numbered)} figurer og tabeller er videreført fra "
        f"{editions}-utgaven, fordi nyere tall ikke er kommet. De er merket med "
        "«Tall fra» og det tidsrommet tallene gjelder."
    )
    return {"Videreført": words}


def snapshots_hash(receipts: Iterable[Receipt]) -> str:
    """One SHA-256 over the files that all numbers come from, whatever their order."""
    lines = sorted(f"{r.sha256_bytes}  {r.file}\n" for r in receipts)
    return sha256("".join(lines).encode("utf-8"))


def _grouped(checksum: str) -> str:
    """A checksum that can be broken at the end of a line."""
    groups = (checksum[at : at + 16] for at in range(0, len(checksum), 16))
    return "\N{ZERO WIDTH SPACE}".join(groups)
