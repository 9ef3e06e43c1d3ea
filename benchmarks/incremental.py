"""Times what a build does again: everything, one notebook, nothing.

Run by hand: ``.venv/bin/python benchmarks/incremental.py --rounds 5``. It works on a copy of the project and runs the
command as a user does, a process each time, imports and all. Ways take turns within a round, so that a noisy machine
disturbs all alike; each ratio is the median of the rounds' ratios to the cold build of the same round.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from boardpacks.project.folder import Project, find_project
from boardpacks.verify.rebuild import copy_sources, take_fonts

COMMAND = [sys.executable, "-c", "from boardpacks.cli import main; main()", "build"]
NOTEBOOK = "health_inequalities"


def main() -> None:
    """Run every way in turn and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--place", default="havering", help="the place that is built")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--all", action="store_true", help="also build all packs, once, and then nothing")
    chosen = options.parse_args()

    seconds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="incremental-") as folder:
        original, project = find_project(Path(__file__).parent), Project(Path(folder) / "project")
        copy_sources(original, project.root)
        take_fonts(original, project.root)
        one = ["--place", chosen.place, "--engine", "bundled", "--workers", str(chosen.workers)]
        every = ["--engine", "bundled", "--workers", str(chosen.workers)]
        for number in range(chosen.rounds):
            for left in (project.work, project.published):
                shutil.rmtree(left, ignore_errors=True)
            _note(seconds, "cold build of the place", _timed(project, one))
            _edit(project, "code", number)
            _note(seconds, "one notebook's code edited", _timed(project, one))
            _edit(project, "markdown", number)
            _note(seconds, "one notebook's text edited", _timed(project, one))
            _note(seconds, "nothing changed", _timed(project, one))
        if chosen.all:
            _note(seconds, "all packs, cold but for this place", _timed(project, every))
            for _ in range(chosen.rounds):
                _note(seconds, "all packs, nothing changed", _timed(project, every))
    _print(seconds)


def _edit(project: Project, kind: str, number: int) -> None:
    """Add a line to the last cell of a kind that changes nothing that the chapter says."""
    path = project.notebooks / f"{NOTEBOOK}.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in reversed(content["cells"]) if cell["cell_type"] == kind)
    line = f"# {number}" if kind == "code" else f"<!-- {number} -->"
    cell["source"] = "".join(cell["source"]) + f"\n\n{line}"
    path.write_text(json.dumps(content), encoding="utf-8")


def _timed(project: Project, options: list[str]) -> float:
    environment = {key: value for key, value in os.environ.items() if key != "BOARDPACKS_CACHE"}
    started = time.perf_counter()
    subprocess.run(
        [*COMMAND, *options], cwd=project.root, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - started


def _note(seconds: dict[str, list[float]], way: str, taken: float) -> None:
    seconds.setdefault(way, []).append(taken)
    print(f"{way}: {taken:.2f} s", file=sys.stderr)


def _print(seconds: dict[str, list[float]]) -> None:
    cold = seconds["cold build of the place"]
    for way, times in seconds.items():
        line = f"{way:36} {statistics.median(times):7.2f} s [{min(times):.2f} to {max(times):.2f}]"
        if len(times) == len(cold) and not way.startswith("all"):
            ratio = statistics.median(taken / base for taken, base in zip(times, cold, strict=True))
            line += f"  1/{1 / ratio:.1f} of the cold build"
        print(line)


if __name__ == "__main__":
    main()
