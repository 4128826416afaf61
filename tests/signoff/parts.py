"""Small things, verdicts and people for the tests of sign-off."""

from datetime import UTC, datetime, timedelta
from typing import Any

from kunnskapsgrunnlag.signoff.content import Thing
from kunnskapsgrunnlag.signoff.ledger import Entry, Seen
from kunnskapsgrunnlag.signoff.people import People

BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WRITER = "Forfatter <forfatter@example.org>"


def thing(text: str = "846", key: str = "figur-1", **more: Any) -> Thing:
    """An item with one number."""
    parts = {"tittel": "Tittel", f"tall {key}/belop/2020": f"{text} | kr | trykt | som oppgitt"}
    held: dict[str, Any] = {
        "kind": "item",
        "key": key,
        "label": f"Figur {key[-1]} Tittel",
        "parts": parts,
        "chapter": "kapittel-4",
    }
    return Thing(**held | more)


def entry(
    of: Thing, who: str = "Kontrollør", verdict: Any = "approved", day: int = 0, **more: Any
) -> Entry:
    """A line of the ledger, `day` days after the review has begun."""
    held: dict[str, Any] = {
        "edition": "2026",
        "kind": of.kind,
        "key": of.key,
        "verdict": verdict,
        "by": who,
        "email": address(who),
        "at": (BEGUN + timedelta(days=day)).isoformat(),
        "content": of.content,
        "seen": Seen(authors=[WRITER]),
    }
    return Entry(**held | more)


def address(who: str) -> str:
    """The address of a name that is a role."""
    return f"{who.lower().replace('ø', 'o')}@example.org"


def register(*names: str, assign: dict[str, str] | None = None, **until: str) -> People:
    """People who all may do everything, from 2026; `Kontrollør="2026-05-01"` leaves that day."""
    import yaml

    from kunnskapsgrunnlag.signoff.people import parse

    entries = [
        {
            "name": name,
            "email": [address(name)],
            "roles": ["forfatter", "kontrollør", "godkjenner"],
            "from": BEGUN.date(),
        }
        | ({"until": datetime.fromisoformat(until[name]).date()} if name in until else {})
        for name in [*names, *(name for name in until if name not in names)]
    ]
    return parse(yaml.safe_dump({"people": entries, "assign": assign or {}}, allow_unicode=True))
