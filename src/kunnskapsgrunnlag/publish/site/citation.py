"""How one refers to the report and to one of its items."""

from __future__ import annotations

from kunnskapsgrunnlag.catalog.schema import Edition
from kunnskapsgrunnlag.store.standing import Standing


def reference(edition: Edition, standing: Standing, part: str = "", address: str = "") -> str:
    """A reference ready to be copied; a draft is referred to as one.

    Args:
        part: What of the report is referred to: number and name of an item.
        address: Where that part lies; else the report's own address, if it has one.
    """
    draft = " Utkast." if standing.draft else ""
    where = address or edition.address
    return (
        f"{edition.owner} ({edition.date[:4]}). {edition.title}. {edition.subtitle}. "
        f"{standing.label}.{draft}{f' {part}.' if part else ''} "
        f"Nettutgave{f', {where}' if where else ''}."
    )


def bibtex(edition: Edition, standing: Standing) -> str:
    """The same for a reference manager."""
    fields = {
        "title": f"{{{edition.title}}}: {edition.subtitle}",
        "author": f"{{{edition.owner}}}",
        "year": edition.date[:4],
        "edition": edition.key,
        "note": ". ".join(
            filter(None, ("Nettutgave", standing.ages, "Utkast" if standing.draft else ""))
        ),
    }
    if edition.address:
        fields["url"] = edition.address
    lines = "".join(f"  {name} = {{{words}}},\n" for name, words in fields.items())
    return f"@misc{{kunnskapsgrunnlag{edition.key},\n{lines}}}"
