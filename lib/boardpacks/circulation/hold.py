"""One sending at a time: two at once would send everything twice."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import ClassVar

from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder_lock import hold_file

LOCK = ".sending.lock"


class AlreadySending(BoardpacksError):  # noqa: N818 - somebody else was first
    """The same circulation is being sent by somebody else."""

    exit_status: ClassVar[int] = 75


def hold_circulation(folder: Path) -> AbstractContextManager[bool]:
    """Hold a circulation's lock while the body runs; the operating system gives it back however that ends.

    Raises
    ------
    AlreadySending
        When another process holds it.
    """
    busy = f"{folder} is being sent by somebody else. Nothing was sent; try again later."
    return hold_file(folder / LOCK, lambda: AlreadySending(busy))
