"""What several processes that run the tests share: things made once a run, and which files to begin with."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock

Once = Callable[[str, Callable[[Path], Any]], Any]

HEAVY = (
    "end_to_end/test_cluster.py",  # the first process makes the packs for it, while the second does the next one
    "packs/test_incremental.py",
    "end_to_end/test_warm.py",
    "end_to_end/test_secretary.py",
    "end_to_end/",
    "browser/",
    "chapter/",
    "crash/",
    "execute/",
    "test_cli.py",
    "packs/",
)
"""Files and folders of tests, those that take longest first: the last one in the queue would run alone."""


def once_a_run(folder: Path, name: str, make: Callable[[Path], Any]) -> Any:
    """Return what `make` returns: the first process makes it, in a folder of its own, and the others read it."""
    kept = folder / f"{name}.pickle"
    with FileLock(folder / f"{name}.lock"):
        if not kept.exists():
            own = folder / f"{name}-once"
            own.mkdir()
            kept.write_bytes(pickle.dumps(make(own)))
    return pickle.loads(kept.read_bytes())


def by_weight(name: str) -> int:
    """Return a test's place in the order of weight."""
    return next((at for at, heavy in enumerate(HEAVY) if name.startswith(f"tests/{heavy}")), len(HEAVY))
