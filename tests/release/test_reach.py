"""Asking for pages, against a server on this machine that answers well and badly."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kunnskapsgrunnlag.release.reach import reached


class Handler(BaseHTTPRequestHandler):
    asked: dict[str, int]

    def do_GET(self) -> None:
        count = self.asked[self.path] = self.asked.get(self.path, 0) + 1
        name, _, first = self.path.strip("/").partition("-")
        if name == "sen":
            time.sleep(2)
        if name == "videre":
            self.answer(302, "/ring" if first == "ring" else "/200")
        elif name == "ring":
            self.answer(302, "/ring")
        elif name == "snart":
            self.answer(503 if count == 1 else 200)
        else:
            self.answer(int(name) if name.isdigit() else 200)

    def answer(self, status: int, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Handler.asked = {}
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as held:
        thread = threading.Thread(target=held.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{held.server_port}"
        held.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/200", ""),
        ("/videre", ""),
        ("/403", ""),
        ("/405", ""),
        ("/snart", ""),
        ("/404", "svarte 404"),
        ("/410", "svarte 410"),
        ("/500", "svarte 500"),
        ("/videre-ring", "sender videre i ring"),
        ("/sen", "svarte ikke i tide"),
    ],
)
def test_page_is_there_or_it_is_said_what_is_wrong(server: str, path: str, wrong: str) -> None:
    assert reached([server + path], seconds=0.5) == {server + path: wrong}


def test_page_that_is_gone_is_asked_for_once(server: str) -> None:
    reached([f"{server}/404", f"{server}/404"])
    assert Handler.asked == {"/404": 1}


def test_host_that_is_not_there_is_told() -> None:
    (wrong,) = reached(["http://127.0.0.1:9/"], seconds=0.5).values()
    assert wrong.startswith("kunne ikke nås")


def test_address_that_is_none_is_told() -> None:
    (wrong,) = reached(["http://[1"], seconds=0.5).values()
    assert wrong.startswith("kunne ikke nås")
