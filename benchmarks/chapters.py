"""Times a build's chapters against Papermill's usual ways, on the same notebooks.

Run by hand: ``.venv/bin/python benchmarks/chapters.py --places 2 --rounds 5``. It prints the median seconds of each
way and its ratio to Papermill's API one after another. Ways take turns within a round, so that a noisy machine
disturbs all alike.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import papermill

from boardpacks.build.events import PackResult
from boardpacks.build.plan import PackPlan, plan_packs
from boardpacks.build.workers import build_packs
from boardpacks.params.load import load_params
from boardpacks.params.project import find_project


def main() -> None:
    """Run every way in turn and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--places", type=int, default=2, help="how many places' packs")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument(
        "--command", action="store_true", help="also time the papermill command, a process each"
    )
    chosen = options.parse_args()

    project = find_project(Path(__file__).parent)
    params = load_params(project.params)
    names = list(params.places)[: chosen.places]
    plans = plan_packs(params, project, places=names, today=dt.date.today())
    ways: dict[str, Callable[[], None]] = {
        "Papermill's API, one after another": lambda: _papermill(plans),
        f"boardpacks, {chosen.workers} workers": lambda: _boardpacks(plans, chosen.workers),
    }
    if chosen.command:
        ways["papermill command, one after another"] = lambda: _command(plans)
    seconds = _measure(ways, chosen.rounds)
    base = statistics.median(seconds["Papermill's API, one after another"])
    chapters = sum(len(plan.chapters) for plan in plans)
    print(f"{chapters} chapters, {chosen.rounds} rounds")
    for way, times in seconds.items():
        middle = statistics.median(times)
        print(f"{way:40} {middle:7.1f} s [{min(times):.1f} to {max(times):.1f}]  ratio {middle / base:.2f}")


def _measure(ways: dict[str, Callable[[], None]], rounds: int) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, run in ways.items():
            began = time.perf_counter()
            run()
            seconds[way].append(time.perf_counter() - began)
    return seconds


def _boardpacks(plans: Sequence[PackPlan], workers: int) -> None:
    results = build_packs(
        plans, lambda plan: PackResult(plan, None, (), None), workers=workers, on_event=lambda event: None
    )
    failures = [failure for result in results for failure in result.failures]
    if failures:
        raise failures[0]


def _papermill(plans: Sequence[PackPlan]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, run in enumerate(run for plan in plans for run in plan.chapters):
            papermill.execute_notebook(
                run.notebook,
                Path(folder) / f"{number}.ipynb",
                parameters=dict(run.parameters),
                cwd=run.notebook.parent,
                kernel_name="python3",
                progress_bar=False,
            )


def _command(plans: Sequence[PackPlan]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, run in enumerate(run for plan in plans for run in plan.chapters):
            given = [word for name, value in run.parameters.items() for word in ("-p", name, str(value))]
            command = [sys.executable, "-m", "papermill", "--no-progress-bar", "--log-level", "ERROR", *given]
            out = Path(folder) / f"{number}.ipynb"
            subprocess.run(
                [*command, run.notebook, out], cwd=run.notebook.parent, check=True, capture_output=True
            )


if __name__ == "__main__":
    main()
