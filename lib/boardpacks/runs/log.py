"""Writes the log of a build: one line of JSON for each event."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from boardpacks.project.errors import BoardpacksError
from boardpacks.runs.secrets import Clean

STDERR = "-"
KEYS = ("time", "event", "place", "meeting", "chapter", "seconds", "outcome", "message")
"""The keys of every line, in this order; null where they do not apply."""

Write = Callable[..., None]
"""Writes an event's line: its name, then any of the other keys by name."""


@contextmanager
def open_log(target: str | None, clean: Clean, warn: Callable[[str], None]) -> Iterator[Write]:
    """Open the log of a build.

    Parameters
    ----------
    target
        A file, which is added to, ``-`` for the standard error stream, or None for no log.
    clean
        Takes secrets out of what is written.
    warn
        Told once when the log cannot be written to any more; the build goes on.

    Raises
    ------
    BoardpacksError
        When the file cannot be opened.
    """
    if target is None:
        yield lambda *_, **__: None
    elif target == STDERR:
        yield _writer(sys.stderr, clean, warn)
    else:
        file = _open(Path(target))
        try:
            yield _writer(file, clean, warn)
        finally:
            _close(file)


def _open(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a", encoding="utf-8", newline="\n")
    except OSError as error:
        raise BoardpacksError(
            f"The log {path} cannot be opened: {error.strerror or error}. Name another file with --log."
        ) from None


def _close(file: TextIO) -> None:
    try:
        file.close()
    except OSError:  # what could not be written was told of when it was tried
        return


def _writer(file: TextIO, clean: Clean, warn: Callable[[str], None]) -> Write:
    broken = False

    def write(event: str, **values: object) -> None:
        nonlocal broken
        if broken:
            return
        told = {**values, "time": dt.datetime.now(dt.UTC).isoformat().replace("+00:00", "Z"), "event": event}
        line = {key: clean(value) if isinstance(value := told.get(key), str) else value for key in KEYS}
        try:
            file.write(f"{json.dumps(line, default=str)}\n")
            file.flush()
        except (OSError, ValueError) as error:
            broken = True
            warn(f"The log cannot be written to any more: {error}. The build goes on.")

    return write
