"""A warm process that imports only what a fork itself needs: starting it takes a fifth of the time.

What the forks of the whole one see is for ``warm/test_warm.py``, and for the tests that build packs.
"""

from __future__ import annotations

from boardpacks.execute.warm import forks

PRELOADED = (
    *("ipykernel.kernelapp", "ipykernel.zmqshell", "ipykernel.displayhook", "IPython.core.completerlib"),
    *("tornado.platform.asyncio", "numpy", "boardpacks.data.reads"),
    *("boardpacks.execute.warm.run_cells", "boardpacks.execute.warm.guard_output"),
)
LIGHT = (
    "from boardpacks.execute.warm import warm_process as light; light._read_project = lambda: None;"
    f"light.PRELOADED = {PRELOADED!r};" + forks.PROGRAM
)
"""The program of a warm process, made light."""

ON_WORKERS = f"from boardpacks.execute.warm import forks\nforks.PROGRAM = {LIGHT!r}\n"
"""What a worker of a cluster executes when it starts, so that its warm processes are light."""
