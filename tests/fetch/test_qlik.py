import itertools
import socket
from typing import Any

import pytest
from websockets.sync.server import ServerConnection

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.fetch.husbanken.app import (
    Cube,
    QlikCell,
    cell_of,
    check_fields,
    last_reload,
    open_app,
    read_cube,
    select,
)
from kunnskapsgrunnlag.fetch.husbanken.session import QlikApp, Timeouts, open_session
from tests.fetch import qlik_server
from tests.fetch.qlik_server import Fact, Facts, FakeQlik, Fault, Messages, Reply, push

alone = qlik_server.alone
PATIENT = Timeouts(connect=5, reply=10, session=60)
HASTY = Timeouts(connect=5, reply=0.5, session=60)
COUNT = "count({<Slag={'A'}>} distinct Hus)"
CUBE = Cube("hus etter sted", ("Fylke", "Dag"), {"antall": COUNT})
WIDE = Cube("bred", ("Fylke", "Dag"), {f"m{n}": COUNT for n in range(10)})


def facts(days: int = 3) -> list[Fact]:
    places = itertools.product(("Oslo", "Viken"), range(1, days + 1))
    return [{"Fylke": p, "Dag": d, "Slag": "A", "Hus": f"{p}{d}"} for p, d in places]


def app(url: str) -> QlikApp:
    return QlikApp(url, "app", "https://statistikk.example")


def read(
    server: FakeQlik,
    cube: Cube = CUBE,
    chosen: dict[str, str] | None = None,
    timeouts: Timeouts = PATIENT,
) -> list[list[QlikCell]]:
    with open_session(app(server.url), timeouts) as session:
        handle = open_app(session)
        if chosen is not None:
            select(session, handle, chosen)
        return read_cube(session, handle, cube)


def error(fault: Fault | None, days: int = 3, timeouts: Timeouts = PATIENT) -> str:
    with FakeQlik(Facts(facts(days)), fault) as server, pytest.raises(KgError) as problem:
        read(server, chosen={}, timeouts=timeouts)
    assert server.url in str(problem.value)
    return str(problem.value)


def on(method: str, messages: Any, nth: int = 1) -> Fault:
    """From the nth call of a method on, other messages than the reply."""
    seen = itertools.count(1)

    def fault(request: Reply, reply: Reply, connection: ServerConnection) -> Messages | None:
        if request["method"] != method or next(seen) < nth:
            return None
        result: Messages = messages(request, reply, connection)
        return result

    return fault


def edited(method: str, change: Any, nth: int = 1) -> Fault:
    """The reply with something done to its result."""

    def messages(_: Reply, reply: Reply, __: ServerConnection) -> Messages:
        change(reply["result"])
        return [reply]

    return on(method, messages, nth)


def closing(_: Reply, __: Reply, connection: ServerConnection) -> Messages:
    connection.close()
    return []


def says(*messages: Any) -> Any:
    return lambda *_: messages


def test_a_selection_holds_for_its_table_and_no_other() -> None:
    def chatty(_: Reply, reply: Reply, __: ServerConnection) -> Messages:
        return [push("OnProgress", value=1), push("OnConnected", qSessionState="CREATED"), reply]

    # Pushes between call and reply are no replies.
    with FakeQlik(Facts(facts()), on("GetLayout", chatty)) as server:
        chosen, everything = read(server, chosen={"Fylke": "Oslo"}), read(server, chosen={})

    assert [cell.text for cell in everything[1]] == ["Oslo", "2", "1"]
    assert everything[1][1].number == 2
    assert {row[0].text for row in chosen} == {"Oslo"}
    assert len(everything) == 6


def test_pages_keep_both_limits() -> None:
    with FakeQlik(Facts(facts(600))) as server:
        wide, narrow = read(server, WIDE), read(server)
        areas = [r["params"][1][0] for r in server.asked("GetHyperCubeData")]

    pages = [(area["qTop"], area["qHeight"]) for area in areas]
    assert pages == [(0, 833), (833, 367), (0, 1000), (1000, 200)]
    assert len(wide) == len(narrow) == 1200


def test_the_session_tells_where_it_comes_from_and_keeps_apart() -> None:
    with (
        FakeQlik(Facts(facts())) as server,
        open_session(app(server.url), PATIENT, identity="17") as session,
    ):
        assert last_reload(session, open_app(session)) == "2026-08-04T05:33:00.000Z"

    assert server.origin == "https://statistikk.example"
    assert server.path == "/public/app/app/identity/17"


def test_what_the_app_has_not_is_refused() -> None:
    with FakeQlik(Facts(facts())) as server, open_session(app(server.url), PATIENT) as session:
        with pytest.raises(KgError, match=r"«Fylker», fant 4 felter uten det. Mente du «Fylke»"):
            check_fields(session, open_app(session), ("Dag", "Fylker"))
        with pytest.raises(KgError, match="ingen slik verdi"):
            read(server, chosen={"Fylke": "Oslø"})
    gone = r"spurte om appen \(OpenDoc\), fant feilen .*App not"
    with FakeQlik(Facts(facts()), app="annen") as server, pytest.raises(KgError, match=gone):
        read(server)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with pytest.raises(KgError, match=r"får ikke kontakt .*er beholdt; prøv igjen senere"):
        open_session(app(f"ws://127.0.0.1:{port}/public"), PATIENT).__enter__()


def endless(*_: Any) -> Messages:
    return itertools.repeat(push("OnProgress"))


def test_a_lost_connection_or_no_reply_ends_the_session() -> None:
    lost = error(on("GetHyperCubeData", closing, nth=2), days=600)
    silent = error(on("GetLayout", says()), timeouts=HASTY)

    assert "radene 1001–1200 (GetHyperCubeData), forbindelsen ble brutt" in lost
    assert "(GetLayout), fikk ikke svar innen 0.5 sekunder" in silent
    assert "fikk ikke svar innen" in error(on("OpenDoc", endless), timeouts=HASTY)


def test_a_request_that_the_engine_aborts_is_sent_once_more() -> None:
    left = 1

    def abort(request: Reply, _: Reply, __: ServerConnection) -> Messages | None:
        nonlocal left
        if request["method"] != "GetLayout" or left == 0:
            return None
        left -= 1
        return [{"jsonrpc": "2.0", "id": request["id"], "error": {"code": 15, "message": "Nei"}}]

    with FakeQlik(Facts(facts()), abort) as server:
        again = read(server)
    with FakeQlik(Facts(facts())) as server:
        assert again == read(server)
    left = 2
    assert "fant feilen" in error(abort)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("<html>", "svaret er ikke JSON"),
        ({"jsonrpc": "2.0", "id": 99, "result": {}}, "fikk svar på noe annet"),
        ({"jsonrpc": "2.0", "id": 1, "result": {}}, "spurte om appen, fant det ikke"),
        (push("OnSessionTimedOut"), "økten ble avsluttet: OnSessionTimedOut"),
        (push("OnConnected", qSessionState="SESSION_ERROR_NO_LICENSE"), "SESSION_ERROR_NO_LICENSE"),
        (push("OnAuthenticationInformation", mustAuthenticate=True), "krever nå innlogging"),
    ],
)
def test_what_is_no_answer_is_refused(message: Any, words: str) -> None:
    assert words in error(on("OpenDoc", says(message)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda c: c["qDimensionInfo"].reverse(), "fant ['Dag', 'Fylke', 'antall']"),
        (lambda c: c.update(qColumnOrder=[2, 0, 1]), "ventet kolonnene"),
        (lambda c: c["qSize"].update(qcy=0), "ventet rader, fant 0"),
        (lambda c: c["qSize"].update(qcy=7), "radene 1–7, fant 6 rader"),
        (lambda c: c.update(qError={"qErrorCode": 7009}), "fant feilen {'qErrorCode': 7009}"),
    ],
)
def test_another_table_than_the_one_asked_for_is_refused(change: Any, words: str) -> None:
    # The first layout is that of the current selections.
    fault = edited("GetLayout", lambda result: change(result["qLayout"]["qHyperCube"]), nth=2)
    assert words in error(fault)


def matrix_of(result: Reply) -> list[list[Reply]]:
    matrix: list[list[Reply]] = result["qDataPages"][0]["qMatrix"]
    return matrix


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: matrix_of(r).pop(), "radene 1001–1200, fant 199 rader"),
        (lambda r: matrix_of(r)[0].pop(), "skjeve rader"),
        (lambda r: r["qDataPages"].clear(), "fant 0 rader"),
    ],
)
def test_a_page_that_is_not_whole_is_refused(change: Any, words: str) -> None:
    assert words in error(edited("GetHyperCubeData", change, nth=2), days=600)


def test_a_page_that_comes_twice_is_refused() -> None:
    pages: list[list[list[Reply]]] = []

    def repeated(result: Reply) -> None:
        pages.append(matrix_of(result))
        result["qDataPages"][0]["qMatrix"] = pages[0][: len(pages[-1])]

    assert "en rad kom to ganger" in error(edited("GetHyperCubeData", repeated), days=600)


def test_a_cell_keeps_text_number_and_null_apart() -> None:
    assert cell_of({"qText": "12", "qNum": 12}) == ("12", 12.0, False)
    assert cell_of({"qText": "-", "qNum": "NaN", "qIsNull": True}) == ("-", None, True)
    assert cell_of({"qText": "<4", "qNum": "NaN"}) == ("<4", None, False)
    assert cell_of({"qText": "-"}) == ("-", None, False)
    assert cell_of({"qText": "x", "qNum": float("nan")}) == ("x", None, False)


def test_selections_that_did_not_take_are_refused() -> None:
    def other(result: Reply) -> None:
        selections = [{"qField": "År", "qSelected": "2020"}]
        result["qLayout"]["qSelectionObject"]["qSelections"] = selections

    assert "ventet utvalgene {}, fant {'År': '2020'}" in error(edited("GetLayout", other))
