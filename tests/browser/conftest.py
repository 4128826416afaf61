"""A real browser, and what it says while a page is open."""

import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser.walk import ARGUMENTS
from tests.checkout import Checkout
from tools.screens import find_browser


@dataclass
class Seen:
    """What happened while a page was open: requests, and what the browser complained of."""

    tab: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


Opener = Callable[..., Seen]


def program_or_skip() -> str:
    program = find_browser()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium for the browser tests: apt-get install chromium")
        pytest.skip("no Chromium on the PATH")
    return program


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    program = program_or_skip()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, built: Checkout) -> Iterator[Opener]:
    """Open a page of the built site in a browser of its own; `base` is another place it lies at."""
    contexts = []

    def open_page(name: str, width: int = 1000, scheme: str = "light", base: str = "") -> Seen:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        seen = Seen(context.new_page())
        seen.tab.on("request", lambda request: seen.requests.append(request.url))
        seen.tab.on("console", lambda message: seen.complaints.append(message.text))
        seen.tab.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.tab.goto(f"{base or (built.root / 'build/site').as_uri()}/{name}")
        return seen

    yield open_page
    for context in contexts:
        context.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def sub_folder(built: Checkout) -> Iterator[str]:
    """The site in a sub-folder of a web server."""
    handler = functools.partial(_Quiet, directory=str(built.root / "build"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site"
        server.shutdown()
