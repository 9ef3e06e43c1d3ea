"""Notebooks that crash, hang, flood and fork, in real kernels."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from boardpacks.execute.kernel import Kernels
from boardpacks.execute.output_limit import MOST_OUTPUT, TOO_LARGE, Meter
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.execute.workers import run_packs
from boardpacks.plan.events import PackResult
from tests.execute.conftest import chapter_run, pack_plan, write_notebook

resource = pytest.importorskip("resource", reason="memory is measured as on POSIX")

CELLS = {
    "kernel ends with os._exit": ("import os; os._exit(7)", "ended with exit code 7"),
    "kernel crashes": ("import ctypes; ctypes.string_at(0)", "was killed by SIGSEGV"),
    "kernel killed for want of memory": (
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "was killed by SIGKILL (often for want of memory)",
    ),
    "kernel at its memory limit": (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2 * 10**9,) * 2)\n"
        "kept = [bytearray(10**8) for _ in range(100)]",
        "MemoryError",
    ),
    "kernel sleeps for ever": ("import time\nwhile True: time.sleep(1)", "ran for more than 3 s"),
    "kernel stops itself": (
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        "ran for more than 3 s",
    ),
    "kernel prints a gigabyte at once": ("print('x' * 10**9)", TOO_LARGE),
    "kernel prints without end": ("while True: print('x' * 1000)", TOO_LARGE),
    "kernel writes to the file handle without end": (
        "import os\nwhile True: os.write(1, b'x' * 4096)",
        TOO_LARGE,
    ),
    "kernel shows pictures without end": (
        "from IPython.display import HTML\nwhile True: display(HTML('x' * 10**6))",
        TOO_LARGE,
    ),
    "kernel shows one huge value": ("'x' * 10**8", TOO_LARGE),
    "kernel closes stdout": ("import sys; sys.stdout.close(); print('x')", "I/O operation on closed file"),
    "params damaged in mid-build": (
        "from pathlib import Path\n"
        "from boardpacks.params.load import load_params\n"
        "load_params(Path('..', 'params'))",
        "InputError",
    ),
    "snapshot damaged in mid-build": (
        "from pathlib import Path\n"
        "from boardpacks.data.snapshot import load_snapshot\n"
        "load_snapshot(Path('..', 'snapshot'))",
        "InputError",
    ),
    "kernel forks children": (
        "import os, subprocess, time\n"
        "child = subprocess.Popen(['sleep', '300'])\n"
        "forked = os.fork()\n"
        "if not forked: time.sleep(300)\n"
        "open(f'../children', 'w').write(f'{child.pid} {forked}')",
        "",
    ),
}
SHORT = {"kernel sleeps for ever", "kernel stops itself"}
MOST_GROWTH = 400_000_000 if os.name == "posix" else 0


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """The results of a build of all of them, two at once, by name; the folder; and the growth of memory."""
    folder = tmp_path_factory.mktemp("kernels")
    (folder / "params").mkdir()
    (folder / "params" / "system.yml").write_bytes(b"name: \xff")
    (folder / "snapshot").mkdir()
    (folder / "snapshot" / "manifest.json").write_text("{")
    plans = {}
    for number, (name, (cell, _)) in enumerate(CELLS.items()):
        notebook = write_notebook(folder / "notebooks" / f"n{number}.ipynb", "print('before')", cell)
        plans[name] = pack_plan(f"n{number}", [chapter_run(folder, notebook, f"n{number}")])
    short = {plans[name].place for name in SHORT}
    kernels = Kernels()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PYTEST_CURRENT_TEST")  # ipykernel would not look after the file handles
        results = run_packs(
            list(plans.values()),
            lambda run: execute_chapter(run, kernels, cell_timeout=3 if run.place in short else 60),
            lambda plan: PackResult(plan, folder, (), 1),
            stop=kernels.stop,
            workers=lambda: 2,
            on_event=lambda event: None,
        )
    growth = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    return dict(zip(plans, results, strict=True)), folder, growth


@pytest.mark.parametrize("name", [name for name, (_, reason) in CELLS.items() if reason])
def test_the_chapter_fails_clearly(outcome, name):
    results, _, _ = outcome
    assert results[name].published is None
    (failure,) = results[name].failures
    said = str(failure)
    assert CELLS[name][1] in said
    assert re.search(r"n\d+\.ipynb, cell 4(, line \d+)?: ", said)
    assert len(said.splitlines()) == 3
    assert failure.kept.stat().st_size < 3 * MOST_OUTPUT


def test_the_builders_memory_stays_bounded(outcome):
    assert outcome[2] < MOST_GROWTH


def test_children_end_with_the_chapter(outcome):
    results, folder, _ = outcome
    assert results["kernel forks children"].published
    children = [int(number) for number in (folder / "children").read_text().split()]
    end = time.monotonic() + 5
    while any(map(alive, children)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(alive, children))


def alive(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return not (stat.exists() and ") Z " in stat.read_text())


def test_meter_counts_texts_wherever_they_are():
    meter = Meter(10)
    meter.add({"data": {"text/plain": "12345", "image/png": ["123"]}, "count": 7, "more": None, "t": ("12",)})
    assert not meter.full
    meter.add("1")
    assert meter.full
