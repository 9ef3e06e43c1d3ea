"""Lets commands print whatever they have to say, wherever it goes: no command ends by what it prints."""

from __future__ import annotations

import io
import sys
from typing import Any, TextIO


class _Forgiving(io.RawIOBase):
    """A stream that goes on when nobody reads it any more, or its disk is full."""

    def __init__(self, raw: io.RawIOBase):
        super().__init__()
        self._raw = raw

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._raw.isatty()

    def fileno(self) -> int:
        return self._raw.fileno()

    def write(self, content: Any, /) -> int:
        view = memoryview(content)
        try:
            return self._raw.write(view) or 0
        except OSError:
            return view.nbytes


def print_anything() -> None:
    """Make the standard streams take every sign, and outlive whoever reads them.

    A sign that the code page of a Windows console or a log lacks is written as ``\\u0142``.
    """
    sys.stdout, sys.stderr = _forgiving(sys.stdout), _forgiving(sys.stderr)


def _forgiving(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    raw = getattr(stream.buffer, "raw", stream.buffer)  # with PYTHONUNBUFFERED there is nothing between
    if not isinstance(raw, io.RawIOBase):
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Forgiving(raw)),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=True,
        write_through=stream.write_through,
    )
