import gzip
from collections.abc import Iterator
from email.utils import formatdate
from typing import Any

import pytest

from kunnskapsgrunnlag.fetch.http import Clock, Pace, provider_words, retry_after
from kunnskapsgrunnlag.fetch.provider import ProviderError
from tests.fetch.fault_server import JSON, FakeTime, Reply, Server, json_reply, transport_to

OK = json_reply({"ja": 1})


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        running.routes["/"] = lambda _: OK
        yield running


def raw(body: bytes, kind: str = JSON, **more: Any) -> Reply:
    return Reply(200, body, {"Content-Type": kind}, **more)


def get(server: Server, time: FakeTime | None = None, **limits: float) -> Any:
    with transport_to(time, **limits) as transport:
        return transport.get_json(f"{server.url}/x")


def test_an_answer_is_read(server: Server) -> None:
    marked = raw(b"\xef\xbb\xbf" + OK.body)
    server.fail("/x", marked)
    with transport_to() as transport:
        assert transport.get_json(f"{server.url}/x") == {"ja": 1}
        assert transport.post_json(f"{server.url}/x", {"spør": "å"}) == {"ja": 1}

    assert transport.calls == 2
    assert server.requests[1].body == {"spør": "å"}
    assert server.requests[0].headers["accept"] == "application/json"


def test_a_window_that_is_full_is_waited_for_unless_it_has_passed() -> None:
    time = FakeTime()
    pace = Pace(2, 60, time.clock())
    for _ in range(5):
        pace.wait()
    assert time.waits == [60, 60]

    times = iter([0.0, 100.0, 100.0])
    Pace(1, 60, Clock(lambda: next(times), lambda _: pytest.fail("waited"))).wait()


def test_a_passing_failure_is_tried_again_and_a_lasting_one_ends(server: Server) -> None:
    time = FakeTime()
    server.fail("/x", Reply(500), Reply(503))
    assert get(server, time) == {"ja": 1}
    first, second = time.waits
    assert 1 <= first <= 2 <= second <= 3

    server.fail("/x", *[json_reply({"title": "Nede"}, 503)] * 9)
    with pytest.raises(ProviderError, match=r"\(Nede\)\. Prøvd 3 .*er beholdt") as caught:
        get(server)
    assert (len(server.requests), caught.value.status, caught.value.title) == (6, 503, "Nede")


@pytest.mark.parametrize("status", [408, 425, 429, 502, 504, 520, 524])
def test_what_passes_by_itself_is_asked_once_more(status: int, server: Server) -> None:
    server.fail("/x", Reply(status))
    assert get(server) == {"ja": 1}
    assert len(server.requests) == 2


def test_a_gzip_of_several_members_is_read_whole(server: Server) -> None:
    body = '{"a": "på", "b": [1, 2]}'.encode()
    packed = gzip.compress(body[:9]) + gzip.compress(body[9:])
    headers = {"Content-Type": JSON, "Content-Encoding": "gzip"}
    server.fail("/x", Reply(200, packed, headers))
    assert get(server) == {"a": "på", "b": [1, 2]}

    server.fail("/x", *[Reply(200, packed[:-9], headers)] * 2)
    with pytest.raises(ProviderError, match="svaret er ikke helt pakket"):
        get(server, attempts=2)
    server.fail("/x", Reply(200, gzip.compress(b" " * 60_000), headers))
    with pytest.raises(ProviderError, match="større enn 50000 byte"):
        get(server, size=50_000)


AT_ONCE = {
    "HTTP 400": Reply(400),
    "HTTP 403": Reply(403),
    "HTTP 404": Reply(404),
    r"flyttet til https://ny\.no/x; rett «prov": Reply(301, b"", {"Location": "https://ny.no/x"}),
    "vente 3600 sekunder; vi venter høyst 90": Reply(503, b"", {"Retry-After": "3600"}),
    "større enn 50000 byte": raw(b'"' + b"x" * 60_000 + b'"'),
}


@pytest.mark.parametrize("message", AT_ONCE)
def test_a_refusal_is_not_tried_again(message: str, server: Server) -> None:
    server.fail("/x", AT_ONCE[message])

    with pytest.raises(ProviderError, match=message):
        get(server, size=50_000)
    assert len(server.requests) == 1


@pytest.mark.parametrize(("headers", "least"), [({"Retry-After": "7"}, 7), ({}, 60)])
def test_a_provider_that_asks_us_to_wait_is_obeyed(
    headers: dict[str, str], least: int, server: Server
) -> None:
    time = FakeTime()
    server.fail("/x", Reply(429, b"", headers))
    get(server, time)

    assert least <= sum(time.waits) <= least + 3


BROKEN = {
    "cut in the middle": (Reply(200, OK.body * 99, OK.headers, cut=50), "forbindelsen sviktet"),
    "half JSON": (raw(b'{"a": [1, 2'), "ikke hel JSON"),
    "half a letter": (raw('{"å": "'.encode() + b"\xc3"), "ikke hel JSON"),
    "a page": (raw(b"<html>Vent litt", "text/html"), "ventet JSON, fant text/html"),
    "no type": (Reply(200, b"{}"), "fant ingen innholdstype"),
    "too slow to begin": (raw(b"{}", delay=2.5), "svarte ikke innen 0.3 sekunder"),
    "slow drip": (raw(b"[" + b" " * 400 + b"]", drip=0.05), "ikke helt etter 0.8 sekunder"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_half_an_answer_is_tried_again_and_then_refused(name: str, server: Server) -> None:
    reply, message = BROKEN[name]
    server.fail("/x", reply, reply)

    with pytest.raises(ProviderError, match=message):
        get(server, attempts=2, read=0.3, total=0.8)
    assert len(server.requests) == 2


def test_a_server_that_is_not_there_is_told_so_without_the_query() -> None:
    with (
        transport_to() as transport,
        pytest.raises(ProviderError, match=r"SSB: 127\.0\.0\.1/x: forbindelsen sviktet") as caught,
    ):
        transport.get_json("http://127.0.0.1:9/x?nokkel=hemmelig")

    assert (transport.calls, caught.value.status) == (3, 0)
    assert "hemmelig" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"title": "Too many", "detail": "Too many"}', "Too many"),
        (b'{"title": "A", "detail": "B"}', "A: B"),
        (b'{"error": "Bad"}', "Bad"),
        (b"[1]", "[1]"),
        (b"<!DOCTYPE html><p>Feil", "en nettside"),
        (b"x" * 9000, "x" * 200),
    ],
)
def test_the_words_of_the_provider_are_kept(body: bytes, words: str) -> None:
    assert provider_words(body) == words


@pytest.mark.parametrize(
    ("text", "now", "seconds"),
    [
        ("7", 0, 7),
        (formatdate(42, usegmt=True), 0, 42),
        (formatdate(1000, usegmt=True), 2000, 0),
        ("", 0, 0),
        ("snart", 0, 0),
        ("-3", 0, 0),
    ],
)
def test_a_wait_is_seconds_or_a_date(text: str, now: float, seconds: float) -> None:
    assert retry_after(text, now) == seconds
