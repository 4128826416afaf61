"""What a Qlik app is asked before its tables: to open, its fields, its reload time, selections."""

from __future__ import annotations

from typing import Any

from kunnskapsgrunnlag.base.yaml_errors import nearest
from kunnskapsgrunnlag.fetch.husbanken.session import GLOBAL, Session


def open_app(session: Session) -> int:
    """Open the app with its data; its handle.

    Raises:
        ProviderError: If the app is not there or not open to us.
    """
    return handle_of(session, session.call("OpenDoc", GLOBAL, [session.app.app], "appen"), "appen")


def last_reload(session: Session, app: int) -> str:
    """ISO time at which the app last took in data, or "" if it does not say."""
    layout = session.call("GetAppLayout", app, [], "siste oppdatering").get("qLayout") or {}
    return str(layout.get("qLastReloadTime", ""))


def check_fields(session: Session, app: int, needed: tuple[str, ...]) -> None:
    """Check that the app has the fields that are asked for.

    Raises:
        ProviderError: If it has not; the engine itself would answer with empty cells.
    """
    window = [{"qcx": 1000, "qcy": 1000}, {"qcx": 0, "qcy": 0}, 30, True, False]
    tables = session.call("GetTablesAndKeys", app, window, "feltene").get("qtr") or []
    fields = {f.get("qName") for table in tables for f in table.get("qFields") or []}
    if missing := [name for name in needed if name not in fields]:
        raise session.error(
            f"ventet feltet «{missing[0]}», fant {len(fields)} felter uten det."
            f"{nearest(missing[0], map(str, fields))}",
            "Appen er endret: se datamodellen, og rett fetch/husbanken/allowance.py.",
        )


def select(session: Session, app: int, chosen: dict[str, str]) -> None:
    """Select one value in each field given, and nothing anywhere else.

    Raises:
        ProviderError: If the app does not then have exactly these selections.
    """
    session.call("ClearAll", app, [True], "ingen utvalg")
    for name, value in chosen.items():
        asked = f"utvalget {name}={value}"
        at = handle_of(session, session.call("GetField", app, {"qFieldName": name}, asked), asked)
        values = [{"qText": value, "qIsNumeric": False, "qNumber": 0}]
        how = {"qFieldValues": values, "qToggleMode": False}
        if session.call("SelectValues", at, how, asked).get("qReturn") is not True:
            raise session.error(f"spurte om {asked}, men appen har ingen slik verdi.")
    if (now := _selected(session, app)) != chosen:
        raise session.error(f"ventet utvalgene {chosen}, fant {now}.")


def _selected(session: Session, app: int) -> dict[str, str]:
    definition = {"qInfo": {"qType": "CurrentSelections"}, "qSelectionObjectDef": {}}
    _, _, layout = make_object(session, app, definition, "utvalgene")
    selections = (layout.get("qSelectionObject") or {}).get("qSelections") or []
    return {str(s.get("qField")): str(s.get("qSelected")) for s in selections}


def make_object(
    session: Session, app: int, definition: dict[str, Any], asked: str
) -> tuple[int, str, dict[str, Any]]:
    """A session object made and laid out: handle, id, layout.

    Raises:
        ProviderError: If the app does not make it.
    """
    made = session.call("CreateSessionObject", app, [definition], asked)
    handle = handle_of(session, made, asked)
    layout = session.call("GetLayout", handle, [], asked).get("qLayout") or {}
    return handle, str((layout.get("qInfo") or {}).get("qId", "")), layout


def handle_of(session: Session, result: dict[str, Any], asked: str) -> int:
    """The handle that a call returned; the engine gives none for an object that does not exist.

    Raises:
        ProviderError: If there is none.
    """
    handle = (result.get("qReturn") or {}).get("qHandle")
    if not isinstance(handle, int):
        raise session.error(f"spurte om {asked}, fant det ikke ({str(result)[:80]}).")
    return handle
