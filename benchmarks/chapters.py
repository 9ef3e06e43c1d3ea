"""Times a build's chapters against Papermill's usual ways and against a floor, on the same notebooks.

Run by hand: ``.venv/bin/python benchmarks/chapters.py --places 2 --rounds 5``. Ways take turns within a round, so
that a noisy machine disturbs all alike, and a ratio is the median of the rounds' ratios. Beside the time on the clock
stands the processors' time, this process and all that it started together: other programs disturb that least. The
floor is the cells alone, run in forks of a process that has imported and read everything, with no kernel and nothing
written down.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import papermill

from boardpacks.execute.kernel import kernel_environment
from boardpacks.execute.warm import SWITCH
from boardpacks.execute.workers import build_packs
from boardpacks.params.load import load_params
from boardpacks.plan.events import PackResult
from boardpacks.plan.plan import ChapterRun, PackPlan, plan_packs
from boardpacks.project.folder import find_project
from boardpacks.project.notebook import read_notebook

WAYS = {
    "loop": "Papermill's API, one by one",
    "pool": "Papermill's API, process pool",
    "command": "papermill command, one by one",
    "ordinary": "boardpacks, ordinary kernels",
    "warm": "boardpacks, warm process",
    "floor": "floor: the cells in forks, no kernel",
}


def main() -> None:
    """Run every way in turn and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--places", type=int, default=2, help="how many places' packs")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--ways", nargs="+", choices=WAYS, default=[way for way in WAYS if way != "command"])
    chosen = options.parse_args()

    project = find_project(Path(__file__).parent)
    params = load_params(project.params)
    names = list(params.places)[: chosen.places]
    plans = plan_packs(params, project, places=names, today=dt.date.today())
    runs = [run for plan in plans for run in plan.chapters]
    ways: dict[str, Callable[[], None]] = {
        "loop": lambda: _papermill(runs, 1),
        "pool": lambda: _papermill(runs, chosen.workers),
        "command": lambda: _command(runs),
        "ordinary": lambda: _boardpacks(plans, chosen.workers, warm=False),
        "warm": lambda: _boardpacks(plans, chosen.workers, warm=True),
        "floor": lambda: _floor(runs, chosen.workers),
    }
    ways = {way: ways[way] for way in WAYS if way in {*chosen.ways, "warm"}}
    took = _measure(ways, chosen.rounds)
    print(
        f"{len(runs)} chapters, {chosen.workers} workers, {chosen.rounds} rounds: median [smallest to largest]"
    )
    for what in ("wall", "cpu"):
        print(f"\n{'':38} {f'{what} seconds':>22} {'warm / this':>22}")
        for way, times in took.items():
            seconds = [getattr(each, what) for each in times]
            warm = [getattr(each, what) for each in took["warm"]]
            ratios = [one / other for one, other in zip(warm, seconds, strict=True)]
            print(f"{WAYS[way]:38} {_spread(seconds, 1):>22} {_spread(ratios, 2):>22}")


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, and seconds that processors worked."""

    wall: float
    cpu: float


def _measure(ways: dict[str, Callable[[], None]], rounds: int) -> dict[str, list[Took]]:
    took: dict[str, list[Took]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, run in ways.items():
            began, worked = time.perf_counter(), _worked()
            run()
            took[way].append(Took(time.perf_counter() - began, _worked() - worked))
    return took


def _worked() -> float:
    """Return the seconds that processors have worked for this process and all of its that have ended."""
    both = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def _spread(values: Sequence[float], digits: int) -> str:
    middle, least, most = statistics.median(values), min(values), max(values)
    return f"{middle:.{digits}f} [{least:.{digits}f} to {most:.{digits}f}]"


def _boardpacks(plans: Sequence[PackPlan], workers: int, *, warm: bool) -> None:
    os.environ[SWITCH] = "1" if warm else "0"
    results = build_packs(
        plans, lambda plan: PackResult(plan, None, (), None), workers=workers, on_event=lambda event: None
    )
    failures = [failure for result in results for failure in result.failures]
    if failures:
        raise failures[0]


def _papermill(runs: Sequence[ChapterRun], workers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        execute = partial(_papermill_one, folder)
        jobs = range(len(runs)), [run.notebook for run in runs], [dict(run.parameters) for run in runs]
        if workers == 1:
            list(map(execute, *jobs))
        else:
            with ProcessPoolExecutor(workers) as pool:
                list(pool.map(execute, *jobs))


def _papermill_one(folder: str, number: int, notebook: Path, parameters: dict[str, object]) -> None:
    papermill.execute_notebook(
        notebook,
        Path(folder) / f"{number}.ipynb",
        parameters=parameters,
        cwd=notebook.parent,
        kernel_name="python3",
        progress_bar=False,
    )


def _command(runs: Sequence[ChapterRun]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, run in enumerate(runs):
            command_papermill(run, Path(folder) / f"{number}.ipynb")


def command_papermill(run: ChapterRun, out: Path) -> None:
    """Execute a chapter as the field does, with the papermill command."""
    # -p would make a number of a text of digits, such as a year.
    given = [
        word
        for name, value in run.parameters.items()
        for word in ("-r" if isinstance(value, str) else "-p", name, str(value))
    ]
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "--log-level", "ERROR", *given]
    subprocess.run([*command, run.notebook, out], cwd=run.notebook.parent, check=True, capture_output=True)


FORKS = """
import json, os, sys
from boardpacks.execute.warm.warm_process import _freeze, _preload
from IPython.core.interactiveshell import InteractiveShell

jobs, workers = json.load(sys.stdin)
_preload()
_freeze()
running = 0
for cells in [*jobs, *[None] * workers]:
    if running == workers or (cells is None and running):
        if os.wait()[1]:
            sys.exit("a cell failed")
        running -= 1
    if cells is not None:
        running += 1
        if os.fork() == 0:
            sys.stdout = open(os.devnull, "w")
            shell = InteractiveShell.instance()
            done = all(shell.run_cell(cell).success for cell in cells)
            os._exit(0 if done else 1)
"""


def _floor(runs: Sequence[ChapterRun], workers: int) -> None:
    jobs = [cells_of(run) for run in runs]
    with plain_charts() as environment:
        subprocess.run(
            [sys.executable, "-c", FORKS],
            input=json.dumps([jobs, workers]),
            text=True,
            cwd=runs[0].notebook.parent,
            env=environment,
            check=True,
        )


@contextmanager
def plain_charts() -> Iterator[dict[str, str]]:
    """Yield the variables of a kernel whose charts are drawn by their own code only, not by Jupyter's backend."""
    with tempfile.TemporaryDirectory() as folder:
        yield {**kernel_environment(Path(folder), os.environ), "MPLBACKEND": "agg"}


def cells_of(run: ChapterRun) -> list[str]:
    """Return a chapter's code, its parameters put after the cell that declares them."""
    cells = [cell for cell in read_notebook(run.notebook).cells if cell.cell_type == "code"]
    given = "\n".join(f"{name} = {value!r}" for name, value in run.parameters.items())
    return [
        f"{cell.source}\n{given}" if "parameters" in cell.metadata.get("tags", []) else cell.source
        for cell in cells
    ]


if __name__ == "__main__":
    main()
