"""Chapters on a Dask cluster of this machine, whose workers share no folder with the build."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

dask = pytest.importorskip("dask")
pytest.importorskip("distributed")

from distributed import LocalCluster  # noqa: E402 - they may be missing

import boardpacks  # noqa: E402
from boardpacks.execute.chapter_failed import ChapterFailed  # noqa: E402
from boardpacks.execute.chapter_limits import NO_OTHER_LIMITS, ChapterLimits  # noqa: E402
from boardpacks.execute.cluster import address, remote  # noqa: E402
from boardpacks.execute.cluster.address import Cluster, ClusterSpec  # noqa: E402
from boardpacks.execute.cluster.distribute import (  # noqa: E402
    ClusterLost,
    ClusterTeam,
    WorkersDied,
    WorkerUnfit,
)
from boardpacks.execute.cluster.hire import hire  # noqa: E402
from boardpacks.execute.cluster.order import place_order  # noqa: E402
from boardpacks.execute.kernel import BuildStopped, Kernels  # noqa: E402
from boardpacks.execute.run_chapter import execute_chapter  # noqa: E402
from tests.execute.conftest import STEADY, chapter_run, write_notebook  # noqa: E402
from tests.execute.light import ON_WORKERS  # noqa: E402
from tests.execute.warm.test_warm_crashes import alive, until  # noqa: E402

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them"),
    pytest.mark.usefixtures("light"),
]

LOCAL = {"threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": 50}
PROCESSES = {**LOCAL, "preload": [ON_WORKERS]}
KILL_THE_WORKER = """
import os, pathlib, signal
def parent(pid):
    return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
worker = parent(os.getppid())
os.kill(worker, signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def cluster():
    """Two workers, each a process of its own, that no test kills."""
    with LocalCluster(n_workers=2, **PROCESSES) as started:
        yield named(started)


@pytest.fixture(scope="module")
def mortal():
    """Two workers that tests may kill, and that start anew; a chapter may cost the life of one, not of two."""
    few = dask.config.set({"distributed.scheduler.allowed-failures": 1})
    with few, LocalCluster(n_workers=2, **PROCESSES) as started:
        yield named(started)


def named(started):
    return Cluster("the cluster", address=started.scheduler_address)


@pytest.fixture
def team(cluster, project):
    """Opens a team for the project as it is then."""
    with contextlib.ExitStack() as stack:

        def opened(limits=NO_OTHER_LIMITS, cluster=cluster, packages=None):
            return stack.enter_context(hire(cluster, project, "one", packages or {})(limits))

        yield opened


def chapter(project, *cells, place="havering"):
    return chapter_run(project.work, write_notebook(project.notebooks / "one.ipynb", *cells), place)


def test_a_chapter_is_the_same_as_here_and_its_reads_come_home(team, project):
    note = "from boardpacks.data.reads import note\nnote('abc', 'area', 'E1')"
    run = chapter(project, *STEADY[:-1], note)
    reads = team().execute(run)
    assert reads == {"abc": (("area", "E1"),)}
    made_there = run.out.read_bytes()
    with Kernels() as kernels:
        assert execute_chapter(run, kernels) == reads
    assert run.out.read_bytes() == made_there


def test_nothing_of_the_project_is_read_on_a_worker_but_what_was_sent(team, project):
    (project.notebooks / "beside.py").write_text("VALUE = 42")
    run = chapter(
        project, f"import os, beside\nprint(beside.VALUE, os.getcwd().startswith({str(project.root)!r}))"
    )
    team().execute(run)
    assert "42 False" in run.out.read_text()


def test_a_worker_is_sent_only_what_it_lacks(cluster, project):
    chapter(project)
    with cluster.connect() as client:
        order, archives = place_order(project, "one", {}, ChapterLimits())
        ClusterTeam(cluster, client, order, archives).prepare()
        assert {found.lacks for found in client.run(remote.look, order).values()} == {()}
        chapter(project, "edited = True")
        edited, _ = place_order(project, "one", {}, ChapterLimits())
        assert {found.lacks for found in client.run(remote.look, edited).values()} == {(edited.parts["."],)}


def test_kernels_of_a_build_are_forked_from_one_warm_process_of_the_worker_and_end_with_it(cluster, project):
    runs = [chapter(project, "import os\nprint('warm', os.getppid())", place=f"p{n}") for n in range(4)]
    with hire(cluster, project, "one", {})(ChapterLimits()) as team:
        for run in runs:
            team.execute(run)
        pids = {int(run.out.read_text().partition("warm ")[2].partition("\\n")[0]) for run in runs}
        assert 1 <= len(pids) <= 2
        assert all(map(alive, pids))
    assert until(lambda: not any(map(alive, pids)), 120)


def test_the_warm_process_of_a_build_that_has_gone_silent_ends_and_a_later_chapter_starts_another(
    project, monkeypatch
):
    monkeypatch.setattr(remote, "IDLE_SECONDS", 0.5)
    run = chapter(project, "import os\nprint('warm', os.getppid())")
    started = LocalCluster(
        n_workers=1, processes=False, **LOCAL
    )  # a thread of this process, so with this time
    with started, hire(named(started), project, "one", {})(ChapterLimits()) as team:
        pids = []
        for _ in range(2):
            team.execute(run)
            pids.append(int(run.out.read_text().partition("warm ")[2].partition("\\n")[0]))
            assert until(lambda: not alive(pids[-1]), 120)
    assert pids[0] != pids[1]


@pytest.mark.parametrize(
    ("cell", "limits", "reason"),
    [
        ("1 / 0", ChapterLimits(), "ZeroDivisionError: division by zero"),
        (
            "import time; time.sleep(60)",
            ChapterLimits(seconds=3),
            "ChapterTimeoutError: the chapter ran for more than 3 s",
        ),
        (
            "x = bytearray(2**31)",
            ChapterLimits(memory=2**30),
            "MemoryError (the chapter needed more than 1 GB of memory)",
        ),
        (
            "import os; os._exit(3)",
            ChapterLimits(),
            "DeadKernelError: the notebook's Python process ended with exit code 3",
        ),
    ],
    ids=["raises", "takes too long", "needs too much", "dies"],
)
def test_a_failing_chapter_fails_as_it_would_here_and_is_not_tried_again(
    team, project, tmp_path, cell, limits, reason
):
    tries = tmp_path / "tries"
    run = chapter(project, f"open({str(tries)!r}, 'a').write('x')", cell)
    with pytest.raises(ChapterFailed) as caught:
        team(limits).execute(run)
    assert (caught.value.place, caught.value.notebook, caught.value.cell) == ("havering", "one.ipynb", 4)
    assert caught.value.reason == reason
    assert caught.value.kept == run.out.with_suffix(".failed.ipynb")
    assert caught.value.kept is not None
    assert cell in json.loads(caught.value.kept.read_text())["cells"][-1]["source"]
    assert not run.out.exists()
    assert tries.read_text() == "x"


def test_a_chapter_whose_worker_is_killed_runs_again_elsewhere(mortal, team, project, tmp_path):
    mark = str(tmp_path / "tried")
    first = f"import os\nfirst = not os.path.exists({mark!r})\nopen({mark!r}, 'w').close()"
    run = chapter(project, first, f"if first:\n    exec({KILL_THE_WORKER!r})\nprint('survived')")
    team(cluster=mortal).execute(run)
    assert "survived" in run.out.read_text()


def test_a_chapter_whose_workers_die_again_and_again_is_given_up_and_named(mortal, team, project):
    run = chapter(project, KILL_THE_WORKER)
    with pytest.raises(WorkersDied) as caught:
        team(cluster=mortal).execute(run)
    assert str(caught.value).startswith("havering: one.ipynb was given up\n  2 workers")
    assert not run.out.exists()


def test_a_full_disk_of_a_worker_is_told_with_the_workers_name(project, monkeypatch):
    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    started = LocalCluster(
        n_workers=1, processes=False, **LOCAL
    )  # a thread of this process, so with this disk
    with started, hire(named(started), project, "one", {})(ChapterLimits()) as team:
        monkeypatch.setattr("boardpacks.execute.cluster.remote.shutil.copytree", full)
        with pytest.raises(
            ChapterFailed, match=r"OSError on \S+ \(\S+\): \[Errno 28\] No space left on device"
        ):
            team.execute(chapter(project))


def test_a_worker_with_other_packages_is_named_with_the_difference(cluster, project):
    with (
        pytest.raises(WorkerUnfit) as caught,
        hire(cluster, project, "one", {"numpy": "0.1"})(ChapterLimits()),
    ):
        pass
    lines = str(caught.value).splitlines()
    assert len(lines) == 4
    assert all("tcp://127.0.0.1:" in line and "numpy " in line for line in lines[1:-1])
    assert lines[1].endswith(", here 0.1")


@pytest.fixture(scope="module")
def empty():
    """A scheduler without workers."""
    with LocalCluster(n_workers=0, **LOCAL) as started:
        yield started


@contextlib.contextmanager
def foreign_worker(started, lib, *options):
    """Start a worker whose boardpacks is the one in `lib`."""
    dask_worker = "distributed.cli.dask_worker"
    command = [sys.executable, "-m", dask_worker, started.scheduler_address, "--no-dashboard", *options]
    environment = {**os.environ, "PYTHONPATH": str(lib)}
    silent = subprocess.DEVNULL
    worker = subprocess.Popen(
        [*command, "--nthreads", "1", "--no-nanny"], cwd=lib, env=environment, stdout=silent, stderr=silent
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


@contextlib.contextmanager
def stopped_in_the_end(team):
    """Let no thread wait for ever when a test fails."""
    try:
        yield
    finally:
        team.stop()


def library_with(folder, change):
    lib = folder / "lib"
    source = Path(boardpacks.__file__).parent
    half_written = shutil.ignore_patterns("*.pyc.*")
    shutil.copytree(source, lib / "boardpacks", ignore=half_written)
    change(lib / "boardpacks")
    return lib


CHANGES = {
    "boardpacks 0.1.0 with other code in charts": lambda lib: (lib / "charts" / "new.py").touch(),
    "No module named 'boardpacks.execute'": lambda lib: shutil.rmtree(lib / "execute"),
}


@pytest.mark.parametrize("difference", CHANGES)
def test_a_worker_with_another_library_is_refused(empty, project, tmp_path, difference):
    lib = library_with(tmp_path, CHANGES[difference])
    with foreign_worker(empty, lib):
        assert until(lambda: empty.scheduler.workers, 120)
        with pytest.raises(WorkerUnfit) as caught, hire(named(empty), project, "one", {})(ChapterLimits()):
            pass
    assert difference in str(caught.value)
    assert until(lambda: not empty.scheduler.workers, 120)


def test_a_worker_that_joins_later_is_looked_at_and_sent_what_it_lacks(empty, team, project, tmp_path):
    run = chapter(project, "print('made')")
    late = team(cluster=named(empty))
    assert late.at_once() == 1
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(late.execute, run)
        lib = Path(boardpacks.__file__).parents[1]
        with stopped_in_the_end(late), foreign_worker(empty, lib, "--preload", ON_WORKERS):
            done.result(60)
            assert "made" in run.out.read_text()
        assert until(lambda: not empty.scheduler.workers, 120)


def test_a_worker_that_joins_later_is_refused_like_any_other(empty, team, project, tmp_path):
    lib = library_with(tmp_path, lambda lib: (lib / "__init__.py").write_text('__version__ = "9.9.9"\n'))
    with ThreadPoolExecutor(1) as pool:
        late = team(cluster=named(empty))
        refused = pool.submit(late.execute, chapter(project))
        with foreign_worker(empty, lib), pytest.raises(WorkerUnfit) as caught, stopped_in_the_end(late):
            refused.result(60)
    assert "boardpacks 9.9.9, here 0.1.0" in str(caught.value)
    assert until(lambda: not empty.scheduler.workers, 120)


def test_a_cluster_that_gets_no_worker_is_given_up_after_a_while(empty, project):
    waiting = Cluster(
        "x", address=empty.scheduler_address, spec=ClusterSpec.model_validate({"class": "a.B", "wait": 1})
    )
    with named(empty).connect() as client:
        order, archives = place_order(project, "one", {}, ChapterLimits())
        hired = ClusterTeam(waiting, client, order, archives)
        assert hired.at_once() == 1
        time.sleep(1.1)
        with pytest.raises(ClusterLost, match="has had no worker for 1 s"):
            hired.at_once()


def test_as_many_at_once_as_there_are_threads(team):
    assert team().at_once() == 2


SLEEPER = (
    "import os, pathlib, time\n"
    "pathlib.Path({pids!r} + '.new').write_text(f'{{os.getppid()}} {{os.getpid()}}')\n"
    "os.rename({pids!r} + '.new', {pids!r})\n"
    "time.sleep(600)"
)


def test_a_stopped_build_ends_its_kernels_on_the_workers(cluster, project, tmp_path):
    pids = tmp_path / "pids"
    run = chapter(project, SLEEPER.format(pids=str(pids)))
    with ThreadPoolExecutor(1) as pool, hire(cluster, project, "one", {})(ChapterLimits()) as team:
        done = pool.submit(team.execute, run)
        assert until(pids.exists, 120)
        team.stop()
        with pytest.raises(BuildStopped):
            done.result(30)
        with pytest.raises(BuildStopped):
            team.execute(run)
    left = [int(pid) for pid in pids.read_text().split()]
    assert until(lambda: not any(map(alive, left)), 120)


def test_a_scheduler_that_is_lost_in_mid_chapter_is_told(project, tmp_path, monkeypatch):
    monkeypatch.setattr(address, "ANSWER_SECONDS", 3)
    pids = tmp_path / "pids"
    run = chapter(project, SLEEPER.format(pids=str(pids)))
    started = LocalCluster(n_workers=1, **PROCESSES)
    with (
        started,
        hire(named(started), project, "one", {})(ChapterLimits()) as team,
        ThreadPoolExecutor(1) as pool,
    ):
        done = pool.submit(team.execute, run)
        assert until(pids.exists, 120)
        threading.Thread(target=started.close).start()
        with pytest.raises(ClusterLost, match=r"the cluster was lost while one\.ipynb"):
            done.result(30)
    left = [int(pid) for pid in pids.read_text().split()]
    assert until(lambda: not any(map(alive, left)), 120)
