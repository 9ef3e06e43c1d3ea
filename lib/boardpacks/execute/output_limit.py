"""Limits what a chapter may hand over, so that a notebook that prints without end harms nobody.

The limit is kept twice. The kernel refuses to print too much, or to show one huge thing, before it travels; the
builder counts what arrives, and ends the kernel when it is too much.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from typing import Any

from ipykernel.iostream import IOPubThread, OutStream

MOST_OUTPUT = 20_000_000
"""Characters that all outputs of one chapter may have together, pictures included."""

TOO_LARGE = f"the notebook's outputs are larger than {MOST_OUTPUT // 1_000_000} MB together"


FLOODED = 98
"""Exit status of a kernel that ends itself because too much is printed."""


class OutputTooLarge(Exception):  # noqa: N818 - the notebook's author reads the name
    """Raised in the cell that prints or shows too much."""


class Meter:
    """Adds up the size of a chapter's outputs."""

    def __init__(self, most: int = MOST_OUTPUT) -> None:
        self._left = most

    @property
    def full(self) -> bool:
        """Whether it was too much."""
        return self._left < 0

    def add(self, content: Any) -> None:
        """Count every text in the content of a message."""
        if isinstance(content, str):
            self._left -= len(content)
        elif isinstance(content, Mapping):
            for part in content.values():
                self.add(part)
        elif isinstance(content, (list, tuple)):
            for part in content:
                self.add(part)


def guard() -> None:
    """Let this process refuse to print or show too much. Call it before a kernel is started in it."""
    write: Any = OutStream.write
    send: Any = IOPubThread.send_multipart
    printed = Meter()

    def limited_write(stream: OutStream, text: str) -> Any:
        printed.add(text)
        if printed.full:
            if threading.current_thread() is not threading.main_thread():
                # the file handle's own thread, or the notebook's: nothing that is raised here ends the cell
                os._exit(FLOODED)
            raise OutputTooLarge(TOO_LARGE)
        return write(stream, text)

    def limited_send(thread: IOPubThread, frames: list[bytes], *args: Any, **options: Any) -> None:
        shows = threading.current_thread() is threading.main_thread()
        if shows and sum(map(len, frames)) > MOST_OUTPUT:
            raise OutputTooLarge(TOO_LARGE)
        send(thread, frames, *args, **options)

    for kind, name, limited in (
        (OutStream, "write", limited_write),
        (IOPubThread, "send_multipart", limited_send),
    ):
        setattr(kind, name, limited)
