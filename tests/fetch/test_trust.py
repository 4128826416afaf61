"""The machine's certificates and proxies: what is let through, and the words for what is not."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from kunnskapsgrunnlag.fetch.husbanken.session import QlikApp, Timeouts, open_session
from kunnskapsgrunnlag.fetch.provider import ProviderError
from kunnskapsgrunnlag.fetch.trust import trouble
from tests.fetch.fault_server import Reply, Server, json_reply, transport_to

AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An organisation's own authority, which the machine trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "root.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
    return authority


@contextmanager
def tls_server(certificate: trustme.LeafCert) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    server = Server()
    server.routes["/"] = lambda _: json_reply({"ja": 1})
    server._http.socket = context.wrap_socket(server._http.socket, server_side=True)
    with server.running():
        yield server.url.replace("http:", "https:")


def get(url: str) -> object:
    with transport_to() as transport:
        try:
            return transport.get_json(f"{url}/x")
        finally:
            # What no second attempt mends is asked for once.
            assert transport.calls == 1


def test_who_the_machine_trusts_is_trusted(authority: trustme.CA) -> None:
    with tls_server(authority.issue_cert("127.0.0.1")) as url:
        assert get(url) == {"ja": 1}


def refused(certificate: trustme.LeafCert) -> str:
    with tls_server(certificate) as url, pytest.raises(ProviderError) as caught:
        get(url)
    return str(caught.value)


def test_a_certificate_that_is_wrong_is_told_in_a_sentence(authority: trustme.CA) -> None:
    stranger = trustme.CA().issue_cert("127.0.0.1")
    assert "stoler ikke på den som har utstedt sertifikatet" in refused(stranger)
    expired = authority.issue_cert("127.0.0.1", not_before=AGO, not_after=AGO)
    assert "sertifikatet gjelder ikke i dag" in refused(expired)
    assert "gjelder en annen adresse" in refused(authority.issue_cert("annen.example"))


def test_the_app_is_trusted_in_the_same_way(authority: trustme.CA) -> None:
    with tls_server(trustme.CA().issue_cert("127.0.0.1")) as url:
        app = QlikApp(url.replace("https:", "wss:"), "app", "https://example.org")
        with (
            pytest.raises(ProviderError, match="stoler ikke på den som har utstedt"),
            open_session(app, Timeouts(connect=5)),
        ):
            pass


@contextmanager
def proxy(answer: bytes) -> Iterator[str]:
    """A proxy that gives every connection the same answer."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(4000))
                connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
        assert asked


def test_a_proxy_that_wants_a_login_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """By either interface, and by either kind of address."""
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n") as url:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            monkeypatch.setenv(name, url)
        for address in ("http://ssb.example", "https://ssb.example"):
            with pytest.raises(ProviderError, match=r"krever innlogging \(407\)"):
                get(address)
        app = QlikApp("wss://qlik.example", "app", "https://example.org")
        with (
            pytest.raises(ProviderError, match=r"krever innlogging \(407\)"),
            open_session(app, Timeouts(connect=5)),
        ):
            pass


def test_a_name_that_is_not_found_may_want_a_proxy() -> None:
    outer = OSError("forbindelsen sviktet")
    outer.__cause__ = socket.gaierror(-2, "Name or service not known")
    assert "fant ikke maskinen" in trouble(outer)
    assert trouble(OSError("brutt")) == ""


@pytest.mark.parametrize(
    ("policy", "pace"),
    [
        ("40;w=60s", (40, 60)),
        ("5000;w=60", (40, 60)),
        ("ukjent", (40, 60)),
        ("0;w=60", (40, 60)),
        ("2;w=10", (2, 10)),
    ],
)
def test_a_lower_pace_that_the_owner_announces_is_kept(
    policy: str, pace: tuple[int, float]
) -> None:
    reply = json_reply({})
    with Server().running() as server, transport_to() as transport:
        transport.pace.calls = 40
        server.fail("/x", Reply(200, reply.body, reply.headers | {"X-RateLimit-Policy": policy}))
        transport.get_json(f"{server.url}/x")
        assert (transport.pace.calls, transport.pace.seconds) == pace
