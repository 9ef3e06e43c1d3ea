"""Shows where the time of chapters goes, step by step, in a processor's seconds.

Run by hand: ``.venv/bin/python benchmarks/steps.py --places 2 --rounds 5``. The cells are run in forks of a process
that has imported everything, with a clock at each step; then the same chapters as a build runs them, one after another.
What these take more is the price of outputs that reach the builder. A step does not contain the steps within it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from chapters import cells_of, plain_charts

from boardpacks.execute.kernel import Kernels
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.params.load import load_params
from boardpacks.plan.plan import ChapterRun, plan_packs
from boardpacks.project.folder import find_project

CLOCKED = """
import functools, importlib, json, os, sys, time
from collections import Counter

steps = {
    "open the chapter": ["chapter.chapter:open_chapter"],
    "read and compare figures": ["chapter.chapter:measure"],
    "draw trends": ["chapter.figures:draw_trend"],
    "draw spreads": ["chapter.figures:draw_spread"],
    "draw charts of places": ["chapter.figures:draw_places"],
    "draw deprivation": ["chapter.profile:draw_deciles"],
    "write SVG": ["chapter.figures:to_svg", "chapter.profile:to_svg"],
    "list facts": [
        f"chapter.{module}:{function}"
        for module in ("figures", "tables", "chapter")
        for function in ("facts_of", "standing_facts")
    ],
    "hand over outputs": ["chapter.artefacts:_show"],
}
spent, running = Counter(), ["words and tables"]
since = time.process_time()

def switch():
    global since
    now = time.process_time()
    spent[running[-1]] += now - since
    since = now

def clocked(step, function):
    @functools.wraps(function)
    def timed(*args, **options):
        switch()
        running.append(step)
        try:
            return function(*args, **options)
        finally:
            switch()
            running.pop()
    return timed

from boardpacks.execute.warm.warm_process import _freeze, _preload
from IPython.core.interactiveshell import InteractiveShell

jobs = json.load(sys.stdin)
_preload()
_freeze()
for step, names in steps.items():
    for name in names:
        module, _, function = name.partition(":")
        module = importlib.import_module(f"boardpacks.{module}")
        if hasattr(module, function):
            setattr(module, function, clocked(step, getattr(module, function)))
reports = os.pipe()
for cells in jobs:
    if os.fork() == 0:
        since = time.process_time()
        sys.stdout = open(os.devnull, "w")
        running[0] = "start IPython"
        shell = InteractiveShell.instance()
        switch()
        running[0] = "words and tables"
        done = all(shell.run_cell(cell).success for cell in cells)
        switch()
        os.write(reports[1], json.dumps(spent).encode() + b"\\n")
        os._exit(0 if done else 1)
    if os.wait()[1]:
        sys.exit("a cell failed")
os.close(reports[1])
print(open(reports[0]).read())
"""


def main() -> None:
    """Measure and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--places", type=int, default=2, help="how many places' packs, the system's beside them"
    )
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    project = find_project(Path(__file__).parent)
    params = load_params(project.params)
    names = [*list(params.places)[: chosen.places], "system"]
    plans = plan_packs(params, project, places=names, today=dt.date.today())
    runs = [run for plan in plans for run in plan.chapters]
    rounds = [_round(runs) for _ in range(chosen.rounds)]
    steps = {step: median(one[step] for one in rounds) for one in rounds for step in one}
    whole = sum(steps.values())
    print(f"{len(runs)} chapters, {chosen.rounds} rounds: median of a processor's time for one chapter\n")
    for step, seconds in sorted(steps.items(), key=lambda item: -item[1]):
        print(f"{step:36} {1000 * seconds / len(runs):7.0f} ms {100 * seconds / whole:6.0f}%")
    print(f"{'together':36} {1000 * whole / len(runs):7.0f} ms")


def _round(runs: Sequence[ChapterRun]) -> Counter[str]:
    spent: Counter[str] = Counter()
    with plain_charts() as environment:
        told = subprocess.run(
            [sys.executable, "-c", CLOCKED],
            input=json.dumps([cells_of(run) for run in runs]),
            text=True,
            cwd=runs[0].notebook.parent,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
    for line in told.splitlines():
        spent.update(json.loads(line or "{}"))
    start, _ = _warm([], runs[0].notebook.parent)
    forks, builder = _warm(runs, runs[0].notebook.parent)
    spent["start of a fork, outputs"] = forks - start - sum(spent.values())
    spent["build: Papermill, outputs, writing"] = builder
    return spent


def _warm(runs: Sequence[ChapterRun], folder: Path) -> tuple[float, float]:
    """Return the seconds that the warm process with its forks, and this process, have worked for chapters."""
    children, own = _of_children(), time.process_time()
    with Kernels() as kernels:
        kernels.warm(folder)
        for run in runs:
            execute_chapter(run, kernels)
    return _of_children() - children, time.process_time() - own


def _of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
