"""A publisher's service on this machine: it answers with what a test gives it, over an encrypted connection."""

from __future__ import annotations

import ssl
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme


@dataclass(frozen=True)
class Reply:
    """One answer. Of a ``half`` one more is announced than comes; a ``silent`` one never comes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    half: bool = False
    silent: bool = False


class Publisher:
    """Answers each path with its replies, one after the other; the last of them is given again and again."""

    def __init__(self, certificate: trustme.LeafCert):
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self._given: dict[str, int] = defaultdict(int)
        self._closing = threading.Event()
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
                pass

        self._server = ThreadingHTTPServer(("localhost", 0), Handler)
        self._server.daemon_threads = True
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
        # The handshake belongs to the thread of its connection: a client that refuses it holds up nobody.
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def root(self) -> str:
        return f"https://localhost:{self._server.server_port}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        self.asked.append((path, dict(handler.headers)))
        replies = self.replies.get(path, [Reply(status=404)])
        reply = replies[min(self._given[path], len(replies) - 1)]
        self._given[path] += 1
        if reply.silent:
            self._closing.wait(10)
            return
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if reply.status != 304:
            handler.send_header("Content-Length", str(len(reply.body) * (2 if reply.half else 1)))
        handler.end_headers()
        handler.wfile.write(reply.body)

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
