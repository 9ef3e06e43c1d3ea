"""Turns what the operating system says about a folder into words and a way out."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from boardpacks.project.errors import BoardpacksError

_ELSEWHERE = "publish into another folder with --out DIR"
_FULL = f"Free some space, or {_ELSEWHERE} on another disk."
_RIGHTS = f"Ask for the right to write there, or {_ELSEWHERE}."
_IN_THE_WAY = "Move it out of the way."
_DRIVE = "Check the disk or the network drive."
_BUSY = "Close other programs, or build with --workers 1."

_KNOWN = {
    "ENOSPC": ("the disk is full", _FULL),
    "EDQUOT": ("your share of the disk is used up", _FULL),
    "EFBIG": ("a file grew larger than is allowed here", _FULL),
    "EROFS": ("the folder is read-only", f"Make it writable, or {_ELSEWHERE}."),
    "EACCES": ("permission is denied, or another program has the file open", _RIGHTS),
    "EPERM": ("the operation is not permitted", _RIGHTS),
    "ENAMETOOLONG": (
        "the path is too long",
        "Use a folder with a shorter path, or fewer --priority options.",
    ),
    "EEXIST": ("something else is in the way", _IN_THE_WAY),
    "ENOTDIR": ("a file or a broken link is where a folder should be", _IN_THE_WAY),
    "EISDIR": ("a folder is where a file should be", _IN_THE_WAY),
    "ENOTEMPTY": ("a folder that should be empty holds something", _IN_THE_WAY),
    "ELOOP": ("a link is where a file should be, or links go in a circle", _IN_THE_WAY),
    "ENOENT": ("a file or folder has vanished while the build was running", "Put it back if it was yours."),
    "ESTALE": ("the network drive has lost the file", _DRIVE),
    "EIO": ("the disk reports an error", _DRIVE),
    "ENODEV": ("the disk is gone", _DRIVE),
    "ENXIO": ("the disk is gone", _DRIVE),
    "ETIMEDOUT": ("the network drive does not answer", _DRIVE),
    "EMFILE": ("this program has too many files open", _BUSY),
    "ENFILE": ("the machine has too many files open", _BUSY),
    "ENOMEM": ("there is no memory left", _BUSY),
    "EAGAIN": ("the machine can start no further process", _BUSY),
}


class CannotWrite(BoardpacksError):  # noqa: N818 - says what happened
    """The disk or a folder did not take what the build wants to write, or gave it back no more."""

    exit_status: ClassVar[int] = 74


def explain(error: OSError, folder: Path) -> CannotWrite | None:
    """Return what the user can do about an error in `folder`, or None when it is not about files.

    Parameters
    ----------
    folder
        Where the build was at work. The error itself does not always name a file.
    """
    name = errno.errorcode.get(error.errno or 0, "")
    if name not in _KNOWN:
        return None
    what, remedy = _KNOWN[name]
    lines = [f"Cannot go on in {folder}: {what}."]
    for path in dict.fromkeys(filter(None, (error.filename, error.filename2))):
        lines.append(f"  file    {path}")
    lines += [
        f"  remedy  {remedy} Then run the build again.",
        "  state   The packs that were published before are untouched.",
    ]
    return CannotWrite("\n".join(lines))


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Raise an error of the operating system as CannotWrite, with a remedy, where one is known."""
    try:
        yield
    except OSError as error:
        told = explain(error, folder)
        if told is None:
            raise
        raise told from error
