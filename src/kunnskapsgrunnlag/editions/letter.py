"""The letter with which a delivery is ordered, made from the catalogue."""

from kunnskapsgrunnlag.base.dates import norwegian_date
from kunnskapsgrunnlag.base.nb_text import listed
from kunnskapsgrunnlag.catalog.schema import Catalog


def letter_of(catalog: Catalog, key: str) -> str:
    """What is asked for, of what time, how it is filled in, and where it will be used."""
    source, edition = catalog.sources[key], catalog.edition
    name = str(source.delivery).replace("-", " ")
    columns = [f"«{heading}»" for heading in source.columns or {}]
    items = catalog.items.values()
    used = [item.label.lower() for item in items if key in item.inputs.values()]
    days = [norwegian_date(f"{edition.key}-{day}") for day in source.due]
    deadline = (
        f"Vi trenger tallene innen {days[0]}." if days else "Si gjerne når vi kan få tallene."
    )
    title = f"{source.title[0].lower()}{source.title[1:]}"
    has_years = any(column.role == "year" for column in (source.columns or {}).values())
    until = "til og med" if has_years else "for"
    return "\n".join(
        (
            f"Til: {source.awaits or 'den som har tallene'}",
            f"Emne: Tall til {edition.title} {edition.key}: {name}",
            "",
            "Hei!",
            "",
            f"{edition.owner} lager {edition.title}, utgaven for {edition.key}.",
            f"Vi ber om {title}, {until} {edition.data_year}.",
            "",
            f"Tallene brukes i {listed(used)}." if used else "",
            f"Malen {source.delivery}.xlsx ligger ved, med kolonnene {listed(columns)}.",
            "Fyll ut arket «Leveranse», og arket «Om leveransen»: tid, uttrekksdato, eier,",
            "definisjon, kontakt og lisens. Skriv «..» der et tall mangler.",
            "Antall fra 1 til 3 som kan gjelde personer, skal være skjult før filen sendes.",
            "",
            deadline,
            "",
            "Hilsen",
            edition.owner,
            "",
        )
    )
