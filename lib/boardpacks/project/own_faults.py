"""Tells a fault of boardpacks itself: in one line for the user, with its trace in a file."""

from __future__ import annotations

import traceback
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from boardpacks.project.errors import BoardpacksError
from boardpacks.project.write_errors import explain

LOG = "fault.log"


class UnexpectedFault(BoardpacksError):  # noqa: N818 - a fault of ours, told apart from errors of users
    """A fault of the program itself; the trace is in a file."""

    exit_status: ClassVar[int] = 1


def as_failure(error: BaseException, folder: Path, told: str) -> BoardpacksError:
    """Return what to tell the user of an error; the trace of a fault of the program goes to a file.

    Parameters
    ----------
    folder
        Where the work was done, and the trace goes.
    told
        The first line that the user sees of a fault: ``havering: a fault in boardpacks itself while ...``.
    """
    if isinstance(error, BoardpacksError):
        return error
    if isinstance(error, OSError) and (known := explain(error, folder)):
        return known
    log = folder / LOG
    _add_to(log, f"{told}\n{''.join(traceback.format_exception(error))}\n")
    said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return UnexpectedFault(f"{told}\n  {said}\n  trace {log}")


def _add_to(log: Path, text: str) -> None:
    with suppress(OSError):  # the fault itself is told all the same
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
