"""Starts an ordinary Jupyter kernel that refuses to print or show too much: the kernel of a chapter."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    if Path(sys.path[0]) == Path.cwd():  # a file of the notebook's folder must not stand in for a library
        del sys.path[0]

    from ipykernel.kernelapp import launch_new_instance

    from boardpacks.data.opened import watch
    from boardpacks.execute.output_limit import guard

    guard()
    watch(Path.cwd(), Path(os.environ.get("IPYTHONDIR", Path.cwd())).parent)
    launch_new_instance()
