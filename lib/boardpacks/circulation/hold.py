"""One sending at a time: two at once would send everything twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from boardpacks.project.errors import BoardpacksError
from boardpacks.project.system_lock import Held, NoLocksHere, SystemLock
from boardpacks.project.write_errors import explained

LOCK = ".sending.lock"


class AlreadySending(BoardpacksError):  # noqa: N818 - somebody else was first
    """The same circulation is being sent by somebody else."""

    exit_status: ClassVar[int] = 75


@contextmanager
def hold_circulation(folder: Path) -> Iterator[None]:
    """Hold a circulation's lock while the body runs; the operating system gives it back however that ends.

    Raises
    ------
    AlreadySending
        When another process holds it.
    """
    lock: SystemLock | None = None
    try:
        with explained(folder):
            lock = SystemLock(folder / LOCK)
    except Held:
        raise AlreadySending(
            f"{folder} is being sent by somebody else. Nothing was sent; try again later."
        ) from None
    except NoLocksHere:
        pass
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
