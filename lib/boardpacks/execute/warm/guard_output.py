"""Lets a kernel refuse to print or show too much, before it travels."""

from __future__ import annotations

import os
import threading
from typing import Any

from ipykernel.iostream import IOPubThread, OutStream

from boardpacks.execute.output_limit import FLOODED, MOST_OUTPUT, TOO_LARGE, Meter, OutputTooLarge


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
