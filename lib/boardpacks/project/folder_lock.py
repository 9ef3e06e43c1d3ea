"""One build at a time in a folder: a lock whose owner can be read, and that outlives no build."""

from __future__ import annotations

import datetime as dt
import errno
import getpass
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError

from boardpacks.project.errors import BoardpacksError
from boardpacks.project.write_errors import explained

LOCK = ".build.lock"
"""The file that the operating system locks. It stays when the build is over: deleting it would let two in."""

OWNER = ".build-owner.json"
"""Who holds the lock. It is gone when the build is over."""

BEAT = 10.0
"""Seconds between two signs of life: the owner file's time of change is renewed."""

STALE = 600.0
"""Seconds without a sign of life after which a build on another machine may be over."""

WATCH = 25.0
"""Seconds that such a lock is watched for a sign of life before it is taken over."""

_NO_LOCKS_HERE = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP}

Tell = Callable[[str], None]


class FolderBusy(BoardpacksError):  # noqa: N818 - not an error, somebody else was first
    """Another build is at work in the folder."""

    exit_status: ClassVar[int] = 75


class LockLost(BoardpacksError):  # noqa: N818 - says what happened
    """The lock was taken over, or deleted, while the build was running."""

    exit_status: ClassVar[int] = 75


class Owner(BaseModel):
    """Who holds a lock: the contents of the owner file. ``token`` tells two builds of one process apart."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    user: str
    machine: str
    process: int
    since: str
    builds: str
    token: str

    def __str__(self) -> str:
        return (
            f"  who     {self.user} on {self.machine}, process {self.process}\n"
            f"  since   {self.since}\n"
            f"  builds  {self.builds}"
        )


@dataclass(frozen=True)
class Pace:
    """How often a lock shows a sign of life, and how long one waits for it; in seconds."""

    beat: float = BEAT
    stale: float = STALE
    watch: float = WATCH


@dataclass(frozen=True)
class FolderLock:
    """A held lock.

    Parameters
    ----------
    folder
        The folder that is locked.
    owner
        What the owner file says.
    """

    folder: Path
    owner: Owner
    _over: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        """Raise LockLost unless the folder is still ours: a machine that slept may have been given up."""
        found = read_owner(self.folder)
        if found is None:
            raise LockLost(
                f"The lock in {self.folder} has vanished: the folder was deleted, moved or emptied while the "
                "build was running. Nothing more is published. Run the build again."
            )
        if found.token != self.owner.token:
            raise LockLost(
                f"The lock in {self.folder} was taken over by another build, because this one gave no sign of "
                f"life:\n{found}\nNothing more is published. Wait for it to end, then run the build again."
            )

    def _beat(self, every: float) -> None:
        while not self._over.wait(every):
            with suppress(OSError):  # a full disk or a lost drive shows where the build itself writes
                os.utime(self.folder / OWNER)

    def _end(self) -> None:
        self._over.set()
        if read_owner(self.folder) == self.owner:
            with suppress(OSError):
                (self.folder / OWNER).unlink()


@contextmanager
def hold_folder(
    folder: Path, builds: str, *, way_out: str = "", tell: Tell, pace: Pace | None = None
) -> Iterator[FolderLock]:
    """Hold a folder's lock; nobody else can while the body runs.

    On one machine the operating system decides: its lock ends with the process, however that ends, and no
    clock is asked. A lock of another machine, whose operating system may not tell ours, is respected as long
    as it shows signs of life. Times are compared as the folder's own file system stamps them; where they make
    no sense, because a clock has jumped, the lock is watched instead.

    Parameters
    ----------
    folder
        Made when missing.
    builds
        What is being built, in words.
    way_out
        What the user can do beside waiting.
    tell
        Told when a lock was left by a build that is over.
    pace
        Other times than the usual ones, for tests.

    Raises
    ------
    FolderBusy
        At once, when another build is at work there.
    CannotWrite
        When the folder cannot be written to.
    """
    pace = pace or Pace()
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with hold_file(folder / LOCK, lambda: _busy(folder, read_owner(folder), way_out)) as sure:
        with explained(folder):
            earlier = read_owner(folder)
            if earlier is not None:
                _judge(earlier, folder, way_out, tell, pace, sure=sure)
            lock = FolderLock(folder, _ourselves(builds))
            _write_owner(lock)
        threading.Thread(target=lock._beat, args=(pace.beat,), daemon=True, name="lock").start()
        try:
            yield lock
        finally:
            lock._end()


@contextmanager
def hold_file(path: Path, busy: Callable[[], BoardpacksError]) -> Iterator[bool]:
    """Hold the operating system's lock on a file; it ends with the process that holds it, however that ends.

    The file is left where it is: deleting it would let two in, one on the old file and one on the new.

    Parameters
    ----------
    busy
        Makes the error that is raised, at once, when another process holds the lock, or this one already does.

    Yields
    ------
    bool
        Whether it is held: some file systems know no locks.

    Raises
    ------
    CannotWrite
        When the file cannot be written, or is a link, which could lead anywhere.
    """
    lock = FileLock(path, thread_local=False, fallback_to_soft=False, preserve_lock_file=True)
    try:
        with explained(path.parent):
            lock.acquire(blocking=False)
    except Timeout:
        raise busy() from None
    except OSError as error:
        if error.errno not in _NO_LOCKS_HERE:
            raise
    try:
        yield lock.is_locked
    finally:
        with suppress(OSError):  # a network drive that is gone; its lock is gone too
            lock.release()


def read_owner(folder: Path) -> Owner | None:
    """Return who holds the folder's lock, or None when nobody does or the file is damaged."""
    try:
        return Owner.model_validate_json((folder / OWNER).read_bytes())
    except (OSError, ValidationError):
        return None


def _judge(earlier: Owner, folder: Path, way_out: str, tell: Tell, pace: Pace, *, sure: bool) -> None:
    """Raise FolderBusy when the earlier owner may be at work; else say that its lock is taken over."""
    if not (sure and earlier.machine == _machine()) and _shows_life(earlier, folder, tell, pace):
        raise _busy(folder, earlier, way_out)
    tell(
        f"An earlier build in {folder} ended in the middle, and is put right now:\n{earlier}\n"
        "Packs that it had published are whole."
    )


def _shows_life(earlier: Owner, folder: Path, tell: Tell, pace: Pace) -> bool:
    if 0 <= _stamp_now(folder) - _stamp(folder) < pace.stale:
        return True
    tell(
        f"Watching for {pace.watch:g} s whether the build on {earlier.machine} in {folder} is still running."
    )
    before = _stamp(folder)
    time.sleep(pace.watch)
    return _stamp(folder) != before


def _stamp(folder: Path) -> float:
    return (folder / OWNER).stat().st_mtime


def _stamp_now(folder: Path) -> float:
    """Return what time the folder's file system says it is: a server's clock, not this machine's."""
    probe = folder / f"{OWNER}.probe"
    probe.write_bytes(b"")
    try:
        return probe.stat().st_mtime
    finally:
        probe.unlink(missing_ok=True)


def _busy(folder: Path, owner: Owner | None, way_out: str) -> FolderBusy:
    who = str(owner) if owner else "  who     it has only just begun"
    return FolderBusy(
        f"Another build is running in {folder}:\n{who}\n"
        f"Wait for it to end{way_out and ', or '}{way_out}. Nothing was started."
    )


def _ourselves(builds: str) -> Owner:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # no such user in this container
        user = "somebody"
    return Owner(
        user=user,
        machine=_machine(),
        process=os.getpid(),
        since=dt.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"),
        builds=builds,
        token=secrets.token_hex(8),
    )


def _machine() -> str:
    return socket.gethostname()


def _write_owner(lock: FolderLock) -> None:
    """Write the owner file whole: a reader never finds half of it, whenever this process is killed."""
    draft = lock.folder / f"{OWNER}.new"
    draft.write_text(lock.owner.model_dump_json(indent=2) + "\n", encoding="utf-8")
    draft.replace(lock.folder / OWNER)
