"""Starts the warm process where that can be done, and otherwise tells why chapters run in ordinary kernels."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

from boardpacks.execute.warm.forks import WarmProcess, WarmProcessLost

SWITCH = "BOARDPACKS_WARM"
"""Variable that switches the warm process off when it is 0."""

TESTED = ("7.4.0",)
"""The versions of ipykernel whose own parts were tried out, by all tests of this room."""


def warm_is_possible() -> bool:
    """Whether chapters can run in forks here: on Linux, unless it was switched off."""
    return sys.platform == "linux" and os.environ.get(SWITCH) != "0"


def start_warm(cwd: Path, environment: Mapping[str, str], tell: Callable[[str], None]) -> WarmProcess | None:
    """Start a warm process; None where there can be none.

    Parameters
    ----------
    cwd, environment
        Its working folder and variables.
    tell
        Told in one line why there is none.
    """
    if why := _untested():
        tell(_ordinary(why))
        return None
    with tempfile.TemporaryFile() as log:
        try:
            return WarmProcess(cwd, environment, log)
        except (WarmProcessLost, OSError):
            log.seek(0)
            said = log.read().decode(errors="replace").strip().splitlines()
            tell(_ordinary(said[-1] if said else "no reason"))
            return None


def _untested() -> str:
    found = version("ipykernel")
    if found in TESTED:
        return ""
    return f"ipykernel is {found}, and forks are made with {' or '.join(TESTED)} only"


def _ordinary(why: str) -> str:
    return f"Chapters start in ordinary kernels, which takes longer: {why}"
