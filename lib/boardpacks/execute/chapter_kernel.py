"""Starts an ordinary Jupyter kernel that refuses to print or show too much: the kernel of a chapter."""

from __future__ import annotations

import contextlib
import os
import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    if Path(sys.path[0]) == Path.cwd():  # a file of the notebook's folder must not stand in for a library
        del sys.path[0]

    from boardpacks.data.opened import watch

    with contextlib.suppress(
        ImportError, AttributeError
    ):  # another ipykernel: what arrives is counted anyway
        from boardpacks.execute.warm.guard_output import guard

        guard()
    watch(Path.cwd(), Path(os.environ.get("IPYTHONDIR", Path.cwd())).parent)
    runpy.run_module("ipykernel_launcher", run_name="__main__")
