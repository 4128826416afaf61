"""`kg serve`: the site on this machine, built anew whenever something it is made of is saved."""

import functools
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kunnskapsgrunnlag.base import build_stamp
from kunnskapsgrunnlag.base.errors import KgError
from kunnskapsgrunnlag.base.paths import Project

PAUSE_S = 0.5


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line in the terminal for each, and lets the browser keep none."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


def serve(
    project: Project, port: int, engine: str, tell: Callable[[str], None], *, rounds: int = 0
) -> None:
    """Show the site on loopback until someone presses Ctrl+C.

    Each build is a process of its own, so that changed code counts too. A build that fails leaves
    the site as it was.

    Args:
        rounds: Stop after so many looks at the files; 0 for never.
    """
    seen = build_stamp.inputs(project)
    handler = functools.partial(_Quiet, directory=str(project.site))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except (OSError, OverflowError):
        fault = "er opptatt" if 1024 <= port <= 65535 else "er ikke fra 1024 til 65535"
        raise KgError(f"port {port} {fault}. Velg en annen: --port 8001.") from None
    _build(project, engine, tell)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tell(f"http://127.0.0.1:{server.server_port}/ (avslutt med Ctrl+C)")
    try:
        looked = 0
        while rounds == 0 or looked < rounds:
            time.sleep(PAUSE_S)
            looked += 1
            now = build_stamp.inputs(project)
            if now != seen:
                seen = now
                _build(project, engine, tell)
    finally:
        server.shutdown()
        server.server_close()


def _build(project: Project, engine: str, tell: Callable[[str], None]) -> None:
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "kunnskapsgrunnlag", "build", "--quiet", "--engine", engine],
        cwd=project.root,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    seconds = f"{time.perf_counter() - begun:.1f}".replace(".", ",")
    if done.returncode:
        tell(f"{done.stderr.strip()}\nSiden viser det forrige bygget.")
    else:
        tell(f"Bygd på {seconds} sekunder. Last siden på nytt.")
