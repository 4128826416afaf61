"""What a Qlik app is asked before its tables: to open, its fields, its reload time, selections."""

from __future__ import annotations

import difflib
from typing import Any

from kunnskapsgrunnlag.fetch.husbanken.session import GLOBAL, Session


def open_app(session: Session) -> int:
    """Open the app with its data; its handle.

    Raises:
        ProviderError: If the app is not there or not open to us.
    """
    app = session.app.app
    return handle_of(session, session.call("OpenDoc", GLOBAL, [app], f"the app {app}"), "the app")


def last_reload(session: Session, app: int) -> str:
    """ISO time at which the app last took in data, or "" if it does not say."""
    layout = session.call("GetAppLayout", app, [], "the time of the last reload").get("qLayout")
    time = layout.get("qLastReloadTime") if isinstance(layout, dict) else None
    return time if isinstance(time, str) else ""


def check_fields(session: Session, app: int, needed: tuple[str, ...]) -> None:
    """Check that the app has the fields that are asked for.

    Raises:
        ProviderError: If it has not; the engine itself would answer with empty cells.
    """
    window = [{"qcx": 1000, "qcy": 1000}, {"qcx": 0, "qcy": 0}, 30, True, False]
    tables = session.call("GetTablesAndKeys", app, window, "the fields").get("qtr")
    try:
        found = {f["qName"] for table in tables or [] for f in table.get("qFields") or []}
    except (AttributeError, TypeError, KeyError):
        raise session.error("asked for the fields, expected names, found something else.") from None
    if missing := [name for name in needed if name not in found]:
        close = difflib.get_close_matches(missing[0], sorted(found), n=3, cutoff=0.5)
        nearest = f" Nearest: {', '.join(close)}." if close else ""
        raise session.error(
            f"expected the field «{missing[0]}», found {len(found)} fields without it.{nearest}",
            "The app has changed: see its data model, and change fetch/husbanken/allowance.py.",
        )


def select(session: Session, app: int, chosen: dict[str, str]) -> None:
    """Select one value in each field given, and nothing anywhere else.

    Raises:
        ProviderError: If the app does not then have exactly these selections.
    """
    session.call("ClearAll", app, [True], "no selections")
    for name, value in chosen.items():
        asked = f"the selection {name}={value}"
        at = handle_of(session, session.call("GetField", app, {"qFieldName": name}, asked), asked)
        values = [{"qText": value, "qIsNumeric": False, "qNumber": 0}]
        how = {"qFieldValues": values, "qToggleMode": False}
        if session.call("SelectValues", at, how, asked).get("qReturn") is not True:
            raise session.error(f"asked for {asked}, found that the app has no such value.")
    if (found := _selected(session, app)) != chosen:
        raise session.error(f"expected the selections {chosen}, found {found}.")


def _selected(session: Session, app: int) -> dict[str, str]:
    definition = {"qInfo": {"qType": "CurrentSelections"}, "qSelectionObjectDef": {}}
    _, _, layout = make_object(session, app, definition, "the current selections")
    held = layout.get("qSelectionObject")
    if not isinstance(held, dict) or not isinstance(held.get("qSelections", []), list):
        raise session.error(f"asked for the current selections, found {layout!r:.80}.")
    chosen = [s for s in held.get("qSelections", []) if isinstance(s, dict)]
    return {str(s.get("qField")): str(s.get("qSelected")) for s in chosen}


def make_object(
    session: Session, app: int, definition: dict[str, Any], asked: str
) -> tuple[int, str, dict[str, Any]]:
    """A session object made and laid out: handle, id, layout.

    Raises:
        ProviderError: If the app does not make it.
    """
    made = session.call("CreateSessionObject", app, [definition], asked)
    handle = handle_of(session, made, asked)
    layout = session.call("GetLayout", handle, [], asked).get("qLayout")
    if not isinstance(layout, dict):
        raise session.error(f"asked for {asked}, expected a layout, found {layout!r:.80}.")
    info = layout.get("qInfo")
    return handle, str(info.get("qId", "")) if isinstance(info, dict) else "", layout


def handle_of(session: Session, result: dict[str, Any], asked: str) -> int:
    """The handle that a call returned; the engine gives none for an object that does not exist.

    Raises:
        ProviderError: If there is none.
    """
    returned = result.get("qReturn")
    handle = returned.get("qHandle") if isinstance(returned, dict) else None
    if isinstance(handle, bool) or not isinstance(handle, int):
        raise session.error(f"asked for {asked}, expected a handle, found {returned!r:.80}.")
    return handle
