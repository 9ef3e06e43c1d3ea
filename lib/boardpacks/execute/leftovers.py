"""Clears away what killed builds left behind: half-written files, and kernels' private folders."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

_PID_NAMESPACE = Path("/proc/self/ns/pid")
_PRIVATE = re.compile(r"bp-(?P<namespace>\d+)-(?P<process>\d+)-")


def private_prefix() -> str:
    """Return how the names of this process's temporary folders begin: they say whose they are."""
    return f"bp-{_namespace()}-{os.getpid()}-"


def clear_leftovers(work: Path, fonts: Path) -> None:
    """Delete what no running build can be using. Call it while the work folder's lock is held.

    Parameters
    ----------
    work
        The project's work folder: half-written notebooks go.
    fonts
        Folder of the fonts: half-made ones beside it go.
    """
    for draft in work.glob("*/*/executed/.*.ipynb-*"):
        draft.unlink(missing_ok=True)
    for folder in fonts.parent.glob(".fonts-*"):
        shutil.rmtree(folder, ignore_errors=True)
    if os.name == "posix":
        _clear_private_folders()


def _clear_private_folders() -> None:
    for folder in Path(tempfile.gettempdir()).glob("bp-*"):
        named = _PRIVATE.match(folder.name)
        # a number of a process means something in its own namespace only: containers may share a folder
        if named and int(named["namespace"]) == _namespace() and not _exists(int(named["process"])):
            shutil.rmtree(folder, ignore_errors=True)


def _namespace() -> int:
    return _PID_NAMESPACE.stat().st_ino if _PID_NAMESPACE.exists() else 0


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's process
        return True
    return True
