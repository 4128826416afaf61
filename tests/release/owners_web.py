"""All the web there is, on loopback: a proxy that answers for every host, as the owners would."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

MOST = 65_536


@dataclass
class Web:
    """What is asked of the web, and what is gone from it.

    Attributes:
        environment: The variables that lead a program to it.
        gone: Hosts whose pages answer 404.
        asked: The hosts that were asked for a page.
    """

    environment: dict[str, str]
    gone: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)


@contextmanager
def owners_web(folder: Path) -> Iterator[Web]:
    """Run the proxy; `folder` gets the certificate that a program must trust."""
    authority = trustme.CA()
    trusted = folder / "tillit.pem"
    authority.cert_pem.write_to_path(str(trusted))
    web = Web({"NO_PROXY": "", "no_proxy": "", "SSL_CERT_FILE": str(trusted)})
    handler = type("Handler", (_Handler,), {"authority": authority, "web": web})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        proxy = f"http://127.0.0.1:{server.server_port}"
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
            web.environment[name] = proxy
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield web
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    authority: trustme.CA
    web: Web

    def do_CONNECT(self) -> None:
        """Open a tunnel, and be the host at its other end."""
        host = self.path.rpartition(":")[0]
        self.send_response(200)
        self.end_headers()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(host).configure_cert(context)
        with context.wrap_socket(self.connection, server_side=True) as tunnel:
            tunnel.recv(MOST)
            tunnel.sendall(self._answer(host))
        self.close_connection = True

    def do_GET(self) -> None:
        """A page without encryption: the whole address stands in the question."""
        self.wfile.write(self._answer(self.path.split("/")[2]))
        self.close_connection = True

    def _answer(self, host: str) -> bytes:
        self.web.asked.add(host)
        status = "404 Not Found" if host in self.web.gone else "200 OK"
        return f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
