import gzip
import json
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import httpx
import pytest

from kunnskapsgrunnlag.fetch.decode import decoded, retry_after, said
from kunnskapsgrunnlag.fetch.http import Transport
from kunnskapsgrunnlag.fetch.pace import Rate
from kunnskapsgrunnlag.fetch.provider import ProviderError
from tests.fetch.fault_server import JSON, FakeTime, Reply, Server, json_reply, line

OK = json_reply({"ja": 1})


@pytest.fixture
def server() -> Iterator[Server]:
    held = Server()
    held.routes["/"] = lambda _: OK
    with held.running():
        yield held


def raw(body: bytes, kind: str = JSON, **more: Any) -> Reply:
    return Reply(200, body, {"Content-Type": kind}, **more)


def test_an_answer_is_read(server: Server, tmp_path: Path) -> None:
    with line(tmp_path) as transport:
        assert transport.get_json(f"{server.url}/x") == {"ja": 1}
        assert transport.post_json(f"{server.url}/x", {"spør": "å"}) == {"ja": 1}

    assert transport.calls == 2
    assert server.requests[1].body == {"spør": "å"}


def test_an_answer_that_stays_the_same_is_asked_for_once(server: Server, tmp_path: Path) -> None:
    with line(tmp_path) as transport:
        assert transport.get_json_once(f"{server.url}/x") == {"ja": 1}
        assert transport.get_json_once(f"{server.url}/x") == {"ja": 1}

    assert len(server.requests) == 1


def test_each_call_has_a_limit_for_every_wait(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, float | None]] = []
    send = httpx.Client.send

    def watched(self: httpx.Client, request: httpx.Request, **more: Any) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return send(self, request, **more)

    monkeypatch.setattr(httpx.Client, "send", watched)
    with line(tmp_path) as transport:
        transport.get_json(f"{server.url}/x")
        transport.post_json(f"{server.url}/x", {})

    assert [sorted(each) for each in seen] == [["connect", "pool", "read", "write"]] * 2
    assert all(isinstance(seconds, int | float) for each in seen for seconds in each.values())


def test_nothing_that_a_provider_sets_follows_us(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = tmp_path / "netrc"
    secrets.write_text("machine 127.0.0.1 login bruker password hemmelig\n", encoding="utf-8")
    secrets.chmod(0o600)
    monkeypatch.setenv("NETRC", str(secrets))
    server.fail("/x", json_reply({}, headers={"Set-Cookie": "spor=1; Path=/"}))
    with line(tmp_path) as transport:
        transport.get_json(f"{server.url}/x")
        transport.get_json(f"{server.url}/x")

    assert [{"cookie", "authorization"} & set(r.headers) for r in server.requests] == [set(), set()]


def test_an_error_names_no_secret_of_the_address(tmp_path: Path) -> None:
    with line(tmp_path, attempts=1) as transport, pytest.raises(ProviderError) as caught:
        transport.get_json("http://bruker:hemmelig@127.0.0.1:1/sti?nøkkel=hemmelig")

    assert "hemmelig" not in str(caught.value)
    assert "127.0.0.1/sti" in str(caught.value)


@pytest.mark.parametrize("url", ["ftp://x.no/a", "x", "http://", "http://[::1/"])
def test_what_is_no_address_is_not_tried_again(url: str, tmp_path: Path) -> None:
    with (
        line(tmp_path) as transport,
        pytest.raises(ProviderError, match=r"address|connection failed"),
    ):
        transport.get_json(url)

    assert transport.calls <= 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(status: int, server: Server, tmp_path: Path) -> None:
    held = FakeTime()
    server.fail("/x", Reply(status), Reply(status))
    with line(tmp_path, held) as transport:
        assert transport.get_json(f"{server.url}/x") == {"ja": 1}

    first, second = held.waits
    assert 1 <= first <= 2 <= second <= 3


def test_a_lasting_failure_ends_after_the_attempts(server: Server, tmp_path: Path) -> None:
    server.fail("/x", *[json_reply({"title": "Nede"}, 503)] * 9)
    with (
        line(tmp_path) as transport,
        pytest.raises(ProviderError, match=r"HTTP 503 \(Nede\)\. Tried 3 times\..* snapshot") as c,
    ):
        transport.get_json(f"{server.url}/x")

    assert (len(server.requests), c.value.status, c.value.title) == (3, 503, "Nede")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 204, 206])
def test_a_refusal_is_not_tried_again(status: int, server: Server, tmp_path: Path) -> None:
    server.fail("/x", Reply(status))
    with line(tmp_path) as transport, pytest.raises(ProviderError, match=f"HTTP {status}") as c:
        transport.get_json(f"{server.url}/x")

    assert (len(server.requests), c.value.status) == (1, status)


@pytest.mark.parametrize(("header", "least"), [({"Retry-After": "7"}, 7), ({}, 60)])
def test_a_provider_that_asks_us_to_wait_is_obeyed(
    header: dict[str, str], least: int, server: Server, tmp_path: Path
) -> None:
    held = FakeTime()
    server.fail("/x", Reply(429, b"", header))
    with line(tmp_path, held) as transport:
        transport.get_json(f"{server.url}/x")

    assert least <= sum(held.waits) <= least + 3


def test_a_wait_may_be_a_date(server: Server, tmp_path: Path) -> None:
    held = FakeTime()
    server.fail("/x", Reply(429, b"", {"Retry-After": formatdate(held.at + 42, usegmt=True)}))
    with line(tmp_path, held) as transport:
        transport.get_json(f"{server.url}/x")

    assert 41 <= sum(held.waits) <= 45


def test_a_wait_holds_for_every_command_on_the_machine(server: Server, tmp_path: Path) -> None:
    held = FakeTime()
    server.fail("/x", Reply(429, b"", {"Retry-After": "50"}))
    with line(tmp_path, held, attempts=1) as transport, pytest.raises(ProviderError):
        transport.get_json(f"{server.url}/x")
    with line(tmp_path, held) as other:
        other.get_json(f"{server.url}/x")

    assert held.waits == [pytest.approx(50)]


def test_a_wait_that_is_too_long_is_an_error_at_once(server: Server, tmp_path: Path) -> None:
    held = FakeTime()
    server.fail("/x", Reply(503, b"", {"Retry-After": "3600"}))
    with line(tmp_path, held) as transport, pytest.raises(ProviderError, match="wait 3600 seconds"):
        transport.get_json(f"{server.url}/x")

    assert (len(server.requests), held.waits) == (1, [])


def test_a_spent_allowance_is_seen_before_the_refusal(server: Server, tmp_path: Path) -> None:
    held = FakeTime()
    server.fail("/x", json_reply({}, headers={"x-ratelimit-remaining": "0"}))
    with line(tmp_path, held) as transport:
        transport.get_json(f"{server.url}/x")
        transport.get_json(f"{server.url}/x")

    assert sum(held.waits) == pytest.approx(60)


@pytest.mark.parametrize(
    ("policy", "calls"), [("10;w=60s", 10), ("4000;w=60s", 1000), ("0;w=60s", 1000), ("ti", 1000)]
)
def test_a_lower_rate_that_is_announced_is_kept(
    policy: str, calls: int, server: Server, tmp_path: Path
) -> None:
    server.fail("/x", json_reply({}, headers={"x-ratelimit-policy": policy}))
    with line(tmp_path) as transport:
        transport.get_json(f"{server.url}/x")

        assert transport.budget.rate == Rate(calls, 60)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_move_is_not_followed(status: int, server: Server, tmp_path: Path) -> None:
    server.fail("/x", Reply(status, b"", {"Location": "https://ny.no/x"}))
    with (
        line(tmp_path) as transport,
        pytest.raises(ProviderError, match=r"moved to https://ny\.no/x\..*«providers» in params"),
    ):
        transport.get_json(f"{server.url}/x")

    assert len(server.requests) == 1


BROKEN = {
    "cut in the middle": (Reply(200, OK.body * 99, OK.headers, cut=50), "connection failed"),
    "cut before the end": (raw(b'{"a": [1, 2'), "not whole JSON"),
    "a page": (raw(b"<html>Vent litt", "text/html"), "expected JSON, found text/html"),
    "no type": (Reply(200, b"{}"), "found no content type"),
    "nothing": (raw(b""), "not whole JSON"),
    "half a letter": (raw('{"å": "'.encode() + b"\xc3"), "not whole UTF-8"),
    "too slow to begin": (raw(b"{}", delay=2.5), "no answer within 0.3 seconds"),
    "slow drip": (raw(b"[" + b" " * 400 + b"]", drip=0.05), "not complete after 0.8 seconds"),
    "not gzip": (Reply(200, b"{}", OK.headers | {"Content-Encoding": "gzip"}), "connection failed"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_half_an_answer_is_tried_again_and_then_refused(
    name: str, server: Server, tmp_path: Path
) -> None:
    reply, message = BROKEN[name]
    server.fail("/x", reply, reply)
    with (
        line(tmp_path, attempts=2, read=0.3, total=0.8) as transport,
        pytest.raises(ProviderError, match=message),
    ):
        transport.get_json(f"{server.url}/x")

    assert len(server.requests) == 2


def test_half_an_answer_once_does_no_harm(server: Server, tmp_path: Path) -> None:
    server.fail("/x", BROKEN["cut in the middle"][0])
    with line(tmp_path) as transport:
        assert transport.get_json(f"{server.url}/x") == {"ja": 1}


def test_headers_that_drip_end_as_well(server: Server, tmp_path: Path) -> None:
    server.fail("/x", Reply(200, b"{}", {"Content-Type": JSON}, drip_head=0.1))
    with (
        line(tmp_path, attempts=1, read=0.5, total=0.7) as transport,
        pytest.raises(ProviderError, match=r"not complete after 0\.7 seconds"),
    ):
        transport.get_json(f"{server.url}/x")


STRANGE = {
    "a key twice": (raw(b'{"a": 1, "a": 2}'), "has the key 'a' twice"),
    "a key twice inside": (raw(b'[{"a": {"b": 1, "b": 1}}]'), "has the key 'b' twice"),
    "NaN": (raw(b'{"a": NaN}'), "holds NaN"),
    "infinity": (raw(b"[-Infinity]"), "holds -Infinity"),
    "Windows letters": (raw('{"å": 1}'.encode("cp1252")), "not whole UTF-8"),
    "nested without end": (raw(b"[" * 40_000), "nested too deeply"),
    "a number without end": (raw(b"1" * 5000), "digits"),
    "an encoding we do not ask for": (
        Reply(200, b"x", OK.headers | {"Content-Encoding": "zstd"}),
        "found 'zstd'",
    ),
    "too large": (raw(b'"' + b"x" * 60_000 + b'"'), "larger than 50,000 bytes"),
    "a bomb": (
        Reply(
            200,
            gzip.compress(b"[" + b" " * 30_000_000),
            OK.headers | {"Content-Encoding": "gzip"},
        ),
        "larger than 50,000 bytes",
    ),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_means_nothing_sure_is_refused_at_once(
    name: str, server: Server, tmp_path: Path
) -> None:
    reply, message = STRANGE[name]
    server.fail("/x", reply)
    with (
        line(tmp_path, size=50_000) as transport,
        pytest.raises(ProviderError, match=message),
    ):
        transport.get_json(f"{server.url}/x")

    assert len(server.requests) == 1


def test_gzip_is_read(server: Server, tmp_path: Path) -> None:
    packed = Reply(200, gzip.compress(b"[1]"), OK.headers | {"Content-Encoding": "gzip"})
    server.fail("/x", packed)
    with line(tmp_path) as transport:
        assert transport.get_json(f"{server.url}/x") == [1]


def test_a_server_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with line(tmp_path) as transport, pytest.raises(ProviderError, match="connection failed") as c:
        transport.get_json("http://127.0.0.1:9/x")

    assert (transport.calls, c.value.status) == (3, 0)


def test_a_mark_of_byte_order_is_no_part_of_the_answer() -> None:
    assert decoded(b"\xef\xbb\xbf[1]", JSON, "x") == [1]


@pytest.mark.parametrize("kind", ["application/json", "application/vnd.x+json; charset=utf-8"])
def test_kinds_of_json(kind: str) -> None:
    assert decoded(b"{}", kind, "x") == {}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"title": "Too many cells selected", "detail": "Too many cells selected"}, "Too many"),
        ({"title": "A", "detail": "B"}, "A: B"),
        ({"error": "Bad"}, "Bad"),
        ({"x": 1}, '{"x": 1}'),
        ([1], "[1]"),
    ],
)
def test_what_the_provider_says_is_kept(body: Any, words: str) -> None:
    assert said(json.dumps(body).encode()).startswith(words)


def test_a_page_is_not_quoted() -> None:
    assert said(b"<!DOCTYPE html><p>Feil") == "a web page"
    assert len(said(b"x" * 9000)) == 200
    assert said(b"Bad\r\n  Request") == "Bad Request"


@pytest.mark.parametrize("text", ["", "snart", "-3", "1.5", "9" * 400, "Wed, 99 Foo 2026"])
def test_a_wait_that_says_nothing_is_none(text: str) -> None:
    assert retry_after(text, 0) == 0


def test_a_date_that_has_passed_is_no_wait() -> None:
    assert retry_after(formatdate(1000, usegmt=True), 2000) == 0


def test_connections_are_closed(server: Server, tmp_path: Path) -> None:
    transport: Transport = line(tmp_path)
    with transport:
        transport.get_json(f"{server.url}/x")

    with pytest.raises(RuntimeError, match="closed"):
        transport.get_json(f"{server.url}/x")
