"""Tells a fault of boardpacks itself: in one line for the user, with its trace in a file."""

from __future__ import annotations

import traceback
from contextlib import suppress
from pathlib import Path

from boardpacks.params.errors import BoardpacksError
from boardpacks.params.write_errors import explain

LOG = "fault.log"


class UnexpectedFault(BoardpacksError):  # noqa: N818 - a fault of ours, told apart from errors of users
    """A fault of the program itself; the trace is in a file."""


def as_failure(error: BaseException, folder: Path, who: str, doing: str) -> BoardpacksError:
    """Return what to tell the user of an error; the trace of a fault of the program goes to a file.

    Parameters
    ----------
    folder
        Where the work was done, and the trace goes.
    who
        What it was done for, such as a place.
    doing
        What was being done: ``making the pack``.
    """
    if isinstance(error, BoardpacksError):
        return error
    if isinstance(error, OSError) and (told := explain(error, folder)):
        return told
    log = folder / LOG
    _add_to(log, f"{who}, {doing}\n{''.join(traceback.format_exception(error))}\n")
    said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return UnexpectedFault(f"{who}: a fault in boardpacks itself while {doing}\n  {said}\n  trace {log}")


def _add_to(log: Path, text: str) -> None:
    with suppress(OSError):  # the fault itself is told all the same
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
