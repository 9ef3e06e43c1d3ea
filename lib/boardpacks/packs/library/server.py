"""Serves a library to this very computer, for a look: one folder, nothing hidden, nothing outside of it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from boardpacks.packs.files.pack_record import PAGE
from boardpacks.project.errors import BoardpacksError

HOST = "127.0.0.1"
"""The address of this computer for itself: nobody else can reach it."""

_TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".zip": "application/zip",
    ".ics": "text/calendar; charset=utf-8",
    ".eml": "message/rfc822",
    ".woff2": "font/woff2",
    ".xml": "application/atom+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    "": "text/plain; charset=utf-8",
}
"""Content types by the ending of a file's name, the same on every computer."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Windows would let two servers have one port
    allow_reuse_address = os.name != "nt"


class _Handler(SimpleHTTPRequestHandler):
    """Answers with files of one folder; all that is hidden or lies elsewhere is not there."""

    server_version = "boardpacks"
    sys_version = ""

    def send_head(self) -> Any:
        """Answer a request, or say that there is no such thing."""
        if not is_for_this_computer(self.headers.get("Host")):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "This library answers to this computer only")
            return None
        if not self._is_inside(Path(self.translate_path(self.path))):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path: str | os.PathLike[str]) -> Any:
        """Show no folder's contents."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Return the content type of a file."""
        return _TYPES.get(Path(path).suffix.lower(), "application/octet-stream")

    def end_headers(self) -> None:
        """Add what keeps a browser from guessing types, from keeping pages, and from telling others of them."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""

    def _is_inside(self, path: Path) -> bool:
        root = Path(self.directory).resolve()
        try:
            wanted = path.relative_to(self.directory)
            real = path.resolve(strict=True)
        except (OSError, ValueError):
            return False
        hidden = any(part.startswith(".") for part in (*wanted.parts, *real.parts[len(root.parts) :]))
        return real.is_relative_to(root) and not hidden


def open_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of a library, ready to be run; it answers to this computer only.

    Parameters
    ----------
    folder
        Folder of the published packs.
    port
        Where it listens; 0 for any that is free.

    Raises
    ------
    BoardpacksError
        When there is no library in the folder, or the port is not to be had.
    """
    if not (folder / PAGE).is_file():
        raise BoardpacksError(
            f"There is no library in {folder.name}/ yet. Build packs first: boardpacks build"
        )
    return listen(partial(_Handler, directory=str(folder.resolve())), port, "boardpacks serve")


def listen(handler: Callable[..., BaseHTTPRequestHandler], port: int, command: str) -> ThreadingHTTPServer:
    """Return a server that answers to this computer only, ready to be run.

    Parameters
    ----------
    port
        Where it listens; 0 for any that is free.
    command
        The command that opens it, for the error.

    Raises
    ------
    BoardpacksError
        When the port is not to be had.
    """
    try:
        return _Server((HOST, port), handler)
    except OSError as error:
        reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be had ({error.strerror})"
        raise BoardpacksError(
            f"Port {port} {reason}. Choose another one: {command} --port {_other(port)}"
        ) from None


def is_for_this_computer(host: str | None) -> bool:
    """Whether a browser meant this address: a page from elsewhere may have led its own name here.

    Parameters
    ----------
    host
        What the request says under ``Host``.
    """
    host = host or HOST
    return (host.rpartition(":")[0] or host) in (HOST, "localhost")


def _other(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8766
