"""What becomes of chapters, kernels and the build when processes die."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.execute.kernel import Kernels
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.execute.warm import WarmProcess, channel, forks
from tests.execute.conftest import chapter_run, write_notebook

from .test_warm import printed

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="warm kernels are forked on Linux only"),
    pytest.mark.usefixtures("light"),
]


@pytest.fixture(scope="module")
def kernels():
    with Kernels() as kernels:
        yield kernels


def alive(pid):
    status = Path(f"/proc/{pid}/stat")
    try:
        return not re.search(r"\) Z ", status.read_text())
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


DEATHS = {
    "import os; os._exit(7)": "DeadKernelError: the notebook's Python process ended with exit code 7",
    "import ctypes; ctypes.string_at(0)": "DeadKernelError: the notebook's Python process was killed by SIGSEGV",
    "import os; os.abort()": "DeadKernelError: the notebook's Python process was killed by SIGABRT",
    "import os; os.kill(os.getpid(), 9)": (
        "DeadKernelError: the notebook's Python process was killed by SIGKILL (often for want of memory)"
    ),
    "import time; time.sleep(600)": "CellTimeoutError: the cell ran for more than 3 s",
    "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31)); bytearray(2**33)": "MemoryError",
}


@pytest.mark.parametrize("cell", DEATHS)
def test_a_dying_kernel_is_told_by_its_cause_and_takes_its_children_along(kernels, tmp_path, cell):
    children = (
        "import os, pathlib, subprocess, time\n"
        "pathlib.Path('child').write_text(str(subprocess.Popen(['sleep', '600']).pid))\n"
        "if not (forked := os.fork()):\n    time.sleep(600)\n"
        "pathlib.Path('forked').write_text(str(forked))"
    )
    run = chapter_run(tmp_path, write_notebook(tmp_path / "notebooks" / "one.ipynb", children, cell))
    with pytest.raises(ChapterFailed) as caught:
        execute_chapter(run, kernels, cell_timeout=3)
    assert (caught.value.cell, caught.value.reason) == (4, DEATHS[cell])
    left = [int((run.notebook.parent / name).read_text()) for name in ("child", "forked")]
    assert until(lambda: not any(map(alive, left)), 120)


PARENT = "import os, pathlib, time\nprint(os.getppid())"
WAIT = "pathlib.Path('begun').touch()\nwhile not pathlib.Path('killed').exists(): time.sleep(0.02)"


def test_when_the_warm_process_is_killed_its_chapters_run_again_and_later_ones_are_warm(kernels, tmp_path):
    killed = kernels.warm(tmp_path)
    said = []
    chapter = threading.Thread(target=lambda: said.append(printed(kernels, tmp_path, PARENT, WAIT)))
    chapter.start()
    assert until((tmp_path / "notebooks" / "begun").exists, 120)
    os.kill(killed.pid, signal.SIGKILL)
    (tmp_path / "notebooks" / "killed").touch()
    chapter.join(30)
    assert said == [f"{os.getpid()}\n"]
    later = started(kernels, tmp_path)
    assert later.pid != killed.pid
    assert printed(kernels, tmp_path, PARENT) == f"{later.pid}\n"


def started(kernels: Kernels, folder: Path) -> WarmProcess:
    found = kernels.warm(folder)
    assert found is not None
    return found


def test_when_the_warm_process_is_killed_while_a_fork_starts_the_chapter_runs_in_an_ordinary_kernel(
    tmp_path, monkeypatch
):
    send = channel.send
    with Kernels() as kernels:
        warm_process = started(kernels, tmp_path)

        def send_to_the_late(end, parts):
            (fork,) = kernels._running
            os.kill(warm_process.pid, signal.SIGKILL)
            assert until(lambda: not alive(fork.pid), 120)
            send(end, parts)

        monkeypatch.setattr(channel, "send", send_to_the_late)
        assert printed(kernels, tmp_path, PARENT) == f"{os.getpid()}\n"


def test_when_a_fork_does_not_start_the_chapter_fails_and_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(
        forks,
        "PROGRAM",
        "from boardpacks.execute.warm import run_cells; run_cells.CellsApp.settle = None;" + forks.PROGRAM,
    )
    run = chapter_run(tmp_path, write_notebook(tmp_path / "notebooks" / "one.ipynb"))
    with Kernels() as kernels, pytest.raises(ChapterFailed) as caught:
        execute_chapter(run, kernels)
    assert caught.value.reason == "the kernel did not start: TypeError: 'NoneType' object is not callable"


def test_when_ipython_does_not_start_in_the_warm_process_chapters_run_in_ordinary_kernels(
    tmp_path, monkeypatch, caplog
):
    broken = "from boardpacks.execute.warm import run_cells; run_cells.CellsApp.initialize = None;"
    monkeypatch.setattr(forks, "PROGRAM", broken + forks.PROGRAM)
    with Kernels() as kernels:
        assert printed(kernels, tmp_path, PARENT) == f"{os.getpid()}\n"
    assert "TypeError: 'NoneType' object is not callable" in caplog.text


def test_when_the_warm_process_does_not_answer_the_chapter_runs_in_an_ordinary_kernel(tmp_path, monkeypatch):
    monkeypatch.setattr(forks, "FORK_TIMEOUT", 0.3)
    with Kernels() as kernels:
        stuck = started(kernels, tmp_path).pid
        os.kill(stuck, signal.SIGSTOP)
        assert printed(kernels, tmp_path, PARENT) == f"{os.getpid()}\n"
        os.kill(stuck, signal.SIGCONT)
        late = Path(f"/proc/{stuck}/task/{stuck}/children")
        assert until(lambda: not late.read_text().split(), 120)


def test_when_the_warm_process_is_killed_between_chapters_it_is_started_again(tmp_path):
    with Kernels() as kernels:
        first = started(kernels, tmp_path)
        os.kill(first.pid, signal.SIGKILL)
        assert until(lambda: not alive(first.pid), 120)
        second = started(kernels, tmp_path)
        assert printed(kernels, tmp_path, PARENT) == f"{second.pid}\n" != f"{first.pid}\n"


def test_something_that_keeps_killing_the_warm_process_makes_chapters_ordinary(tmp_path):
    with Kernels() as kernels:
        for _ in range(Kernels.MOST_STARTS):
            pid = started(kernels, tmp_path).pid
            os.kill(pid, signal.SIGKILL)
            assert until(lambda pid=pid: not alive(pid), 120)
        assert kernels.warm(tmp_path) is None


def test_the_end_of_a_build_ends_its_processes(tmp_path):
    with Kernels() as kernels:
        pid = started(kernels, tmp_path).pid
        assert alive(pid)
    assert not alive(pid)


BUILDER = """
import sys
from pathlib import Path
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.execute.kernel import Kernels
from boardpacks.execute.warm import forks
from tests.execute.conftest import chapter_run
from tests.execute.light import LIGHT

forks.PROGRAM = LIGHT
folder = Path(sys.argv[1])
with Kernels() as kernels:
    execute_chapter(chapter_run(folder, folder / "notebooks" / "one.ipynb"), kernels)
"""
SLEEPER = (
    "import os, pathlib, subprocess, time\n"
    "pids = os.getppid(), os.getpid(), subprocess.Popen(['sleep', '600']).pid\n"
    "pathlib.Path('new').write_text(' '.join(map(str, pids)))\n"
    "os.rename('new', 'pids')\n"
    "time.sleep(600)"
)


def start_builder(folder):
    root = Path(__file__).parents[3]
    paths = os.pathsep.join([str(root), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(folder)], env={**os.environ, "PYTHONPATH": paths}
    )


def test_no_process_outlives_a_killed_builder(tmp_path):
    write_notebook(tmp_path / "notebooks" / "one.ipynb", SLEEPER)
    pids = tmp_path / "notebooks" / "pids"
    with start_builder(tmp_path) as builder:
        assert until(pids.exists, 120)
        builder.kill()
    left = [int(pid) for pid in pids.read_text().split()]
    assert len(left) == 3
    assert until(lambda: not any(map(alive, left)), 120)


def test_no_process_outlives_a_builder_killed_while_the_warm_process_starts(tmp_path):
    write_notebook(tmp_path / "notebooks" / "one.ipynb", SLEEPER)
    with start_builder(tmp_path) as builder:
        children = Path(f"/proc/{builder.pid}/task/{builder.pid}/children")
        assert until(lambda: children.read_text().split(), 120)
        left = [int(pid) for pid in children.read_text().split()]
        builder.kill()
    assert until(lambda: not any(map(alive, left)), 120)
