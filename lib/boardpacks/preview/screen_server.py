"""Serves a preview to this very computer: the page, and what there is to tell of it as server-sent events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Thread
from typing import Any

from boardpacks.packs.library.server import is_for_this_computer, listen
from boardpacks.packs.library.web_page import render_page
from boardpacks.preview.screen import Screen

HEARTBEAT = 10.0
"""Seconds after which an empty line is sent, so that a browser that has gone is noticed."""

_SCRIPT = Path(__file__).parent / "templates" / "live.js"


class _Handler(BaseHTTPRequestHandler):
    server_version = "boardpacks"
    sys_version = ""

    def __init__(self, screen: Screen, *args: Any, **options: Any) -> None:
        self._screen = screen
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        """Answer with the page, its script or the events."""
        path = self.path.partition("?")[0]
        if not is_for_this_computer(self.headers.get("Host")):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "This preview answers to this computer only")
        elif path == "/":
            self._send("text/html; charset=utf-8", live_page(self._screen))
        elif path == "/live.js":
            self._send("text/javascript; charset=utf-8", _SCRIPT.read_text(encoding="utf-8"))
        elif path == "/events":
            self._send_events()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""

    def end_headers(self) -> None:
        """Add what keeps a browser from guessing types and from keeping anything."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _send(self, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _send_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        number = -1
        try:
            while not self._screen.over:
                told = self._screen.wait(number, HEARTBEAT)
                number = told.number if told else number
                event = f"data: {json.dumps(asdict(told))}\n\n" if told else ":\n\n"
                self.wfile.write(event.encode())
                self.wfile.flush()
        except ConnectionError:
            return


def live_page(screen: Screen) -> str:
    """Return the page as it is sent: with the script that follows the preview, which no published page has."""
    page = screen.html or render_page("waiting.html", package="boardpacks.preview")
    script = f'<script src="/live.js" data-page="{screen.shown.page}"></script>'
    before, end, after = page.rpartition("</body>")
    return f"{before}{script}\n{end}{after}"


@contextmanager
def serve_screen(screen: Screen, port: int) -> Iterator[int]:
    """Serve a preview while the body runs.

    Parameters
    ----------
    port
        Where to listen; 0 for any port that is free.

    Yields
    ------
    int
        The port.

    Raises
    ------
    BoardpacksError
        When the port is not to be had.
    """
    with listen(partial(_Handler, screen), port, "boardpacks preview PLACE") as server:
        serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="preview")
        serving.start()
        try:
            yield server.server_port
        finally:
            screen.end()
            server.shutdown()
            serving.join()
