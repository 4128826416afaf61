import itertools
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any, cast

import pytest
from websockets.sync.server import ServerConnection

from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.fetch.husbanken.app import check_fields, last_reload, open_app, select
from kunnskapsgrunnlag.fetch.husbanken.cube import Cube, QlikCell, cell_of, read_cube
from kunnskapsgrunnlag.fetch.husbanken.session import QlikApp, Timeouts, open_session
from tests.fetch import qlik_server
from tests.fetch.qlik_server import Fact, Facts, FakeQlik, Fault, Messages, Reply, push, raw_server

alone = qlik_server.alone
QUICK = Timeouts(connect=1, reply=1, session=4, close=0.3)
COUNT = "count({<Slag={'A'}>} distinct Hus)"
CUBE = Cube("houses by place", ("Fylke", "Dag"), {"antall": COUNT})
WIDE = Cube("wide", ("Fylke", "Dag"), {f"m{n}": COUNT for n in range(10)})


def facts(days: int = 3) -> list[Fact]:
    places = itertools.product(("Oslo", "Viken"), range(1, days + 1))
    return [{"Fylke": p, "Dag": d, "Slag": "A", "Hus": f"{p}{d}"} for p, d in places]


def app(url: str) -> QlikApp:
    return QlikApp(url, "app", "https://statistikk.example")


def read(
    server: FakeQlik, cube: Cube = CUBE, chosen: dict[str, str] | None = None
) -> list[list[QlikCell]]:
    with open_session(app(server.url), QUICK) as session:
        handle = open_app(session)
        if chosen is not None:
            select(session, handle, chosen)
        return read_cube(session, handle, cube)


def error(fault: Fault | None, days: int = 3, cube: Cube = CUBE) -> str:
    with FakeQlik(Facts(facts(days)), fault) as server, pytest.raises(KgError) as problem:
        read(server, cube, {})
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


def cutting(_: Reply, __: Reply, connection: ServerConnection) -> Messages:
    connection.socket.shutdown(socket.SHUT_RDWR)
    return []


def says(*messages: Any) -> Any:
    return lambda *_: messages


def test_a_table_is_read_with_its_dimensions_and_measures() -> None:
    with FakeQlik(Facts(facts())) as server:
        rows = read(server)

    assert [[cell.text for cell in row] for row in rows[:2]] == [
        ["Oslo", "1", "1"],
        ["Oslo", "2", "1"],
    ]
    assert rows[1][1].number == 2


def test_a_selection_holds_for_its_table_and_no_other() -> None:
    with FakeQlik(Facts(facts())) as server:
        chosen, everything = read(server, chosen={"Fylke": "Oslo"}), read(server, chosen={})

    assert {row[0].text for row in chosen} == {"Oslo"}
    assert len(everything) == 6


def test_pages_keep_both_limits() -> None:
    with FakeQlik(Facts(facts(600))) as server:
        wide, narrow = read(server, WIDE), read(server)
        areas = [r["params"][1][0] for r in server.asked("GetHyperCubeData")]

    assert [(a["qTop"], a["qHeight"]) for a in areas] == [
        (0, 833),
        (833, 367),
        (0, 1000),
        (1000, 200),
    ]
    assert len(wide) == len(narrow) == 1200


def test_the_session_says_where_it_comes_from_and_keeps_apart() -> None:
    with (
        FakeQlik(Facts(facts())) as server,
        open_session(app(server.url), QUICK, identity="17") as session,
    ):
        assert last_reload(session, open_app(session)) == "2026-08-04T05:33:00.000Z"

    assert server.origin == "https://statistikk.example"
    assert server.path == "/public/app/app/identity/17"


def test_pushes_between_call_and_reply_are_no_replies() -> None:
    def chatty(_: Reply, reply: Reply, __: ServerConnection) -> Messages:
        return [
            push("OnProgress", value=1),
            push("OnConnected", qSessionState="SESSION_CREATED"),
            reply,
        ]

    with FakeQlik(Facts(facts()), on("GetLayout", chatty)) as server:
        assert len(read(server)) == 6


def test_a_field_that_the_app_has_not_is_named_with_its_neighbour() -> None:
    with (
        FakeQlik(Facts(facts())) as server,
        open_session(app(server.url), QUICK) as session,
        pytest.raises(KgError, match=r"the field «Fylker», found 4 fields .* Nearest: Fylke"),
    ):
        check_fields(session, open_app(session), ("Dag", "Fylker"))


def test_a_value_that_the_field_has_not_is_refused() -> None:
    with FakeQlik(Facts(facts())) as server, pytest.raises(KgError, match="no such value"):
        read(server, chosen={"Fylke": "Oslø"})


def test_an_app_that_is_gone_is_named() -> None:
    with (
        FakeQlik(Facts(facts()), app="annen") as server,
        pytest.raises(
            KgError, match=r"the app app \(OpenDoc\), found the error 1003 App not found"
        ),
    ):
        read(server)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with pytest.raises(KgError, match="expected a websocket, found ConnectionRefusedError"):
        open_session(app(f"ws://127.0.0.1:{port}/public"), QUICK).__enter__()


def drip(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\n")
    while not over.wait(0.05):
        connection.sendall(b"X")


def silence(_: socket.socket, over: threading.Event) -> None:
    over.wait()


def page(connection: socket.socket, _: threading.Event) -> None:
    connection.recv(10_000)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")


def refusal(connection: socket.socket, _: threading.Event) -> None:
    connection.recv(10_000)
    connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")


def moved(connection: socket.socket, _: threading.Event) -> None:
    connection.recv(10_000)
    connection.sendall(b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n")


def hang_up(_: socket.socket, __: threading.Event) -> None:
    return


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (silence, "no connection within 1 seconds"),
        (drip, "no connection within 1 seconds"),
        (page, "expected a websocket, found InvalidStatus: .*200"),
        (refusal, "expected a websocket, found InvalidStatus: .*403"),
        (moved, "expected a websocket, found InvalidStatus: .*301"),
        (hang_up, "expected a websocket, found"),
    ],
)
def test_what_is_no_websocket_is_refused(answer: Any, words: str) -> None:
    with raw_server(answer) as url, pytest.raises(KgError, match=words):
        open_session(app(url), QUICK).__enter__()


def test_a_move_to_another_server_is_not_followed_unseen() -> None:
    with FakeQlik(Facts(facts())) as server:

        def there(connection: socket.socket, _: threading.Event) -> None:
            connection.recv(10_000)
            connection.sendall(
                b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n"
                b"Location: " + f"{server.url}/app/app".encode() + b"\r\n\r\n"
            )

        with raw_server(there) as url, pytest.raises(KgError, match=r"moved to 127|InvalidStatus"):
            open_session(app(url), QUICK).__enter__()

    assert not server.requests


@pytest.mark.parametrize("method", ["OpenDoc", "CreateSessionObject", "GetHyperCubeData"])
@pytest.mark.parametrize("how", [closing, cutting])
def test_a_closed_connection_says_what_was_asked(method: str, how: Any) -> None:
    assert f"({method}), the connection was closed" in error(on(method, how))


def test_closing_between_two_pages_gives_no_half_table() -> None:
    told = error(on("GetHyperCubeData", closing, nth=2), days=600)

    assert "rows 1001–1200 (GetHyperCubeData), the connection was closed" in told


def test_no_reply_ends_the_session() -> None:
    assert "(GetLayout), no reply within 1 seconds" in error(on("GetLayout", says()))


def test_pushes_for_ever_are_no_reply_either() -> None:
    def endless(*_: Any) -> Messages:
        return itertools.repeat(push("OnProgress"))

    assert "no reply within 1 seconds" in error(on("OpenDoc", endless))


def test_a_reply_that_drips_is_too_late() -> None:
    def dripping(_: Reply, reply: Reply, connection: ServerConnection) -> Messages:
        text = json.dumps(reply)
        waiting = threading.Event()

        def pieces() -> Iterator[str]:
            for letter in itertools.cycle(text):
                yield letter
                waiting.wait(0.05)

        connection.send(pieces())
        return []

    assert "no reply within 1 seconds" in error(on("GetLayout", dripping))


def test_the_whole_session_has_an_end() -> None:
    waiting = threading.Event()

    def slow(_: Reply, reply: Reply, __: ServerConnection) -> Messages | None:
        waiting.wait(0.4)
        return None

    tight = Timeouts(connect=1, reply=1, session=1.5, close=0.3)
    with (
        FakeQlik(Facts(facts()), slow) as server,
        pytest.raises(KgError, match=r"the session took longer than 1\.5 seconds"),
        open_session(app(server.url), tight) as session,
    ):
        read_cube(session, open_app(session), CUBE)
        read_cube(session, 1, CUBE)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("{nope", "expected JSON, found '{nope'"),
        ("<html>", "expected JSON, found '<html>'"),
        ("[1]", "expected a reply, found"),
        (b"\xff\xfe", "expected JSON, found"),
        ("[" * 100_000, "expected JSON, found"),
        (
            {"jsonrpc": "2.0", "id": 99, "result": {}},
            "expected the reply 1, found one with the id 99",
        ),
        ({"jsonrpc": "2.0", "id": None, "error": {"code": -32700}}, "found one with the id None"),
        ({"jsonrpc": "2.0", "id": 1}, "expected a result, found None"),
        ({"jsonrpc": "2.0", "id": 1, "result": {}}, "expected a handle, found None"),
        ({"jsonrpc": "2.0", "id": 1, "error": "ne"}, "found the error without code ne"),
        (push("OnSessionTimedOut"), "the server ended the session: OnSessionTimedOut"),
        (push("OnConnected", qSessionState="SESSION_ERROR_NO_LICENSE"), "SESSION_ERROR_NO_LICENSE"),
        (push("OnAuthenticationInformation", mustAuthenticate=True), "now wants a login"),
    ],
)
def test_what_is_no_answer_is_refused(message: Any, words: str) -> None:
    assert words in error(on("OpenDoc", says(message)))


def test_a_huge_message_is_not_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kunnskapsgrunnlag.fetch.husbanken.session.LARGEST", 10_000)

    assert "the connection was closed" in error(on("OpenDoc", says("x" * 20_000)))


def test_the_limit_of_cells_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kunnskapsgrunnlag.fetch.husbanken.cube.ROWS", 2_000)

    told = error(None, days=600)

    assert "rows 1–1200 (GetHyperCubeData), found the error 7009 hypercube too large" in told
    assert "lower ROWS or CELLS" in told


def test_an_error_inside_the_layout_is_an_error() -> None:
    def failed(result: Reply) -> None:
        result["qLayout"]["qHyperCube"]["qError"] = {"qErrorCode": 7009}

    # The first layout is that of the current selections.
    assert "houses by place, found the error 7009" in error(edited("GetLayout", failed, nth=2))


def cube_of(result: Reply) -> Reply:
    held: Reply = result["qLayout"]["qHyperCube"]
    return held


def matrix_of(result: Reply) -> list[list[Reply]]:
    held: list[list[Reply]] = result["qDataPages"][0]["qMatrix"]
    return held


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda c: c["qMeasureInfo"][0].update(qFallbackTitle="sum"),
            "found ['Fylke', 'Dag', 'sum']",
        ),
        (lambda c: c["qDimensionInfo"].reverse(), "found ['Dag', 'Fylke', 'antall']"),
        (lambda c: c.update(qColumnOrder=[2, 0, 1]), "in the order [2, 0, 1]"),
        (lambda c: c["qSize"].update(qcx=4), "expected 3 columns, found the size"),
        (lambda c: c["qSize"].update(qcy=0), "found 0"),
        (lambda c: c["qSize"].update(qcy=10**9), "expected 1 to 200000 rows"),
        (lambda c: c["qSize"].update(qcy=7), "expected 7 rows, found 6"),
        (lambda c: c["qSize"].update(qcy=5), "expected 5 rows, found 6 after the last page"),
        (lambda c: c.pop("qSize"), "found the size None"),
        (
            lambda c: c["qMeasureInfo"][0].update(qError={"qErrorCode": 7015}),
            "column 3, found the er",
        ),
    ],
)
def test_another_table_than_the_one_asked_for_is_refused(change: Any, words: str) -> None:
    seen: list[int] = []

    def once(result: Reply) -> None:
        if not seen:
            seen.append(1)
            change(cube_of(result))

    assert words in error(edited("GetLayout", once, nth=2))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda r: matrix_of(r).pop(),
            "rows 1001–1200, expected 200 rows, found 199",
        ),
        (lambda r: matrix_of(r).append(matrix_of(r)[0]), "expected 200 rows, found 201"),
        (lambda r: matrix_of(r)[0].pop(), "row 1001: expected 3 cells, found 2"),
        (
            lambda r: cast("list[Any]", matrix_of(r)[0]).__setitem__(0, 7),
            "row 1001: expected a cell, found 7",
        ),
        (lambda r: r["qDataPages"][0]["qArea"].update(qTop=0), "expected the area"),
        (lambda r: r["qDataPages"].clear(), "expected one page, found []"),
    ],
)
def test_a_page_that_is_not_whole_is_refused(change: Any, words: str) -> None:
    assert words in error(edited("GetHyperCubeData", change, nth=2), days=600)


def test_a_page_that_comes_twice_is_refused() -> None:
    first: list[list[list[Reply]]] = []

    def repeated(result: Reply) -> None:
        first.append(matrix_of(result))
        result["qDataPages"][0]["qMatrix"] = first[0][: len(first[-1])]

    told = error(edited("GetHyperCubeData", repeated), days=600)

    assert "row 1001: found Oslo, 1 again, which row 1 holds already" in told


def test_a_reload_between_two_pages_is_refused() -> None:
    def reloaded(_: Reply, reply: Reply, __: ServerConnection) -> Messages:
        return [reply | {"change": [2, 3]}]

    assert "reloaded while we read" in error(on("GetHyperCubeData", reloaded), days=600)


def test_a_change_that_the_layout_already_holds_is_none() -> None:
    def changed(_: Reply, reply: Reply, __: ServerConnection) -> Messages:
        return [reply | {"change": [2]}]

    with FakeQlik(Facts(facts()), on("CreateSessionObject", changed)) as server:
        assert len(read(server)) == 6


def test_selections_that_did_not_take_are_refused() -> None:
    def other(result: Reply) -> None:
        result["qLayout"]["qSelectionObject"]["qSelections"] = [
            {"qField": "År", "qSelected": "2020"}
        ]

    assert "expected the selections {}, found {'År': '2020'}" in error(edited("GetLayout", other))


@pytest.mark.parametrize(
    ("raw", "cell"),
    [
        ({"qText": "12", "qNum": 12}, QlikCell("12", 12.0, False)),
        ({"qText": "-", "qNum": "NaN", "qIsNull": True}, QlikCell("-", None, True)),
        ({"qText": "<4", "qNum": "NaN"}, QlikCell("<4", None, False)),
        ({"qText": "-"}, QlikCell("-", None, False)),
        ({"qText": "x", "qNum": float("nan")}, QlikCell("x", None, False)),
    ],
)
def test_a_cell_keeps_text_number_and_null_apart(raw: Reply, cell: QlikCell) -> None:
    assert cell_of(raw) == cell


@pytest.mark.parametrize(
    "raw", [None, 7, {"qNum": True}, {"qNum": "12"}, {"qNum": float("inf")}, {"qText": 12}]
)
def test_what_is_no_cell_is_refused(raw: Any) -> None:
    with pytest.raises(ValueError, match="found"):
        cell_of(raw)
