"""The operating system's own lock on a file: it ends with the process that holds it, however that ends."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_NO_LOCKS_HERE = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP}


class Held(Exception):  # noqa: N818 - not an error, somebody else was first
    """Somebody else holds the lock."""


class NoLocksHere(Exception):  # noqa: N818 - a property of a file system
    """The file system knows no locks."""


class SystemLock:
    """A lock on a file, held from the moment this is made until :meth:`release`.

    The file is left where it is: deleting it would let two in, one on the old file and one on the new.

    Raises
    ------
    Held
        At once, when another process holds it, or this one already does.
    NoLocksHere
        When the file system knows no locks.
    OSError
        When the file cannot be written.
    """

    def __init__(self, path: Path):
        # a link there could lead anywhere
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            _lock(self._handle)
        except OSError as error:
            os.close(self._handle)
            if error.errno in _HELD:
                raise Held from None
            if error.errno in _NO_LOCKS_HERE:
                raise NoLocksHere from None
            raise

    def release(self) -> None:
        """Let the next one in."""
        with suppress(OSError):  # a network drive that is gone; its lock is gone too
            os.close(self._handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
