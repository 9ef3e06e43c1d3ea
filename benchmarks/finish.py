"""Shows what finishing one pack costs, step by step, in a processor's seconds.

Run by hand, after ``boardpacks build --place havering``: ``.venv/bin/python benchmarks/finish.py --rounds 3``. The
chapters are there; everything after them is done anew and published in a folder that is thrown away. A step does not
contain the steps within it. What pandoc and Typst take is theirs alone, whatever runs at the same time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import importlib
import json
import os
import resource
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs.make import finish_pack
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import read_build_states
from boardpacks.packs.publish.workshop import Workshop
from boardpacks.packs.render import engine
from boardpacks.params.load import load_params
from boardpacks.plan.plan import plan_packs
from boardpacks.project.folder import find_project

STEPS: Mapping[str, Sequence[str]] = {
    "read the records": ("make:read_chapters",),
    "check artefacts and prose": ("make:check_artefacts", "make:check_prose"),
    "compose the annex": ("make:compose_pack",),
    "workbook for Excel": ("compose_pack:write_xlsx",),
    "workbook for LibreOffice": ("make_documents:write_ods",),
    "compose the edition": ("make_edition:compose_edition",),
    "render, in our process": ("render.bundled:BundledEngine.render",),
    "check the PDFs": ("check.check_documents:check_pdf", "make_edition:check_pdf"),
    "check what is attached": (
        "check.check_documents:check_attachments",
        "make_edition:check_attachments",
    ),
    "check the pages' feet": ("make_documents:half_empty",),
    "check the web pages": ("check.check_documents:check_html", "make_edition:check_html"),
    "check the Word copy": ("make_edition:check_docx",),
    "check what is private": ("make_documents:check_nothing_private",),
    "data file": ("make_documents:data_file",),
    "manifest": ("make_documents:describe_pack",),
    "working papers": ("make_documents:working_papers",),
    "check disclosure": ("make_documents:check_disclosure", "make_documents:guard"),
    "publish": ("make:publish_pack",),
}
"""Functions of the wing of packs by the step that they are, where they are called."""
REST = "all else"


class Clocks:
    """What each step has taken."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._own = threading.local()
        self._lock = threading.Lock()

    def clocked(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that is timed in its own thread."""

        @functools.wraps(function)
        def timed(*args: Any, **options: Any) -> Any:
            running = self._own.__dict__.setdefault("running", [])
            self._switch(running)
            running.append(step)
            try:
                return function(*args, **options)
            finally:
                self._switch(running)
                running.pop()

        return timed

    def _switch(self, running: Sequence[str]) -> None:
        now = time.thread_time()
        with self._lock:
            if running:
                self.spent[running[-1]] += now - self._own.since
            self._own.since = now

    def run(self, args: Sequence[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        """Do what `subprocess.run` does, and note what the program took."""
        given, timeout = options.pop("input"), options.pop("timeout", None)
        options.pop("capture_output"), options.pop("check")
        options |= dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        process = subprocess.Popen(args, **options)

        def reap(flags: int) -> tuple[int, int]:
            pid, status, used = os.wait4(process.pid, flags)
            if pid:
                with self._lock:
                    self.spent[_name(args, given, options)] += used.ru_utime + used.ru_stime
            return pid, status

        process._try_wait = reap  # type: ignore[attr-defined]
        out, err = process.communicate(given, timeout)
        return subprocess.CompletedProcess(args, process.returncode, out, err)


def _name(args: Sequence[str], given: bytes, options: Mapping[str, Any]) -> str:
    """Say which program was run, to which end."""
    if args[0].endswith("python") or "typst_process" in args[-1]:
        order = json.loads(given)
        what = "pictures" if "ppi" in order else "PDF"
        return f"Typst, {what} of the {_document(Path(order['root']))}"
    end = args[args.index("--to") + 1] if "--to" in args else ""
    return f"pandoc, the {_document(Path(options['cwd']))} to {end}"


def _document(folder: Path) -> str:
    return {"source": "annex"}.get(folder.name, folder.name)


@contextmanager
def _clocks() -> Iterator[Clocks]:
    clocks = Clocks()
    kept: list[tuple[Any, str, Any]] = []

    def put(owner: Any, name: str, value: Any) -> None:
        kept.append((owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    for step, names in STEPS.items():
        for name in names:
            module, _, path = name.partition(":")
            owner = importlib.import_module(f"boardpacks.packs.{module}")
            *classes, function = path.split(".")
            for one in classes:
                owner = getattr(owner, one)
            if hasattr(owner, function):
                put(owner, function, clocks.clocked(step, getattr(owner, function)))
    for module in ("pandoc", "typst_pdf"):
        owner = importlib.import_module(f"boardpacks.packs.render.{module}")
        put(owner, "subprocess", _WithRun(clocks))
    try:
        yield clocks
    finally:
        for owner, name, value in reversed(kept):
            setattr(owner, name, value)


class _WithRun:
    """The module `subprocess`, with another `run`."""

    def __init__(self, clocks: Clocks):
        self.run = clocks.run

    def __getattr__(self, name: str) -> Any:
        return getattr(subprocess, name)


def main() -> None:
    """Measure and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--place", default="havering")
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    project = find_project(Path(__file__).parent)
    params = load_params(project.params)
    ensure_fonts(project.fonts)
    (plan,) = plan_packs(params, project, places=[chosen.place], today=dt.date.today())
    rounds = []
    for _ in range(chosen.rounds):
        with tempfile.TemporaryDirectory() as out:
            states = read_build_states(BuildOrder(project, params, engine="bundled", out=Path(out)))
            workshop = Workshop(
                states.order, states.chapters, states.packs, engine("bundled"), None, lambda event: None
            )
            before = _used()
            with _clocks() as clocks:
                finish_pack(plan, workshop)
            rounds.append({**clocks.spent, REST: _used() - before - sum(clocks.spent.values())})
    steps = {
        step: median(one.get(step, 0) for one in rounds)
        for step in dict.fromkeys(s for r in rounds for s in r)
    }
    totals = [sum(one.values()) for one in rounds]
    print(f"{plan.place_name}, {chosen.rounds} rounds: processor seconds, median\n")
    for step, seconds in sorted(steps.items(), key=lambda item: -item[1]):
        print(f"{step:44} {seconds:6.2f}")
    print(f"{'whole':44} {median(totals):6.2f} [{min(totals):.2f} to {max(totals):.2f}]")


def _used() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


if __name__ == "__main__":
    main()
