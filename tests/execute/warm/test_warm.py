"""Chapters in warm kernels see what they would see in ordinary ones, and nothing of each other."""

from __future__ import annotations

import os
import re
import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ipykernel
import nbformat
import pytest

from boardpacks.execute import kernel
from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.execute.kernel import Kernels
from boardpacks.execute.output_limit import TOO_LARGE
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.execute.warm import SWITCH, TESTED, forks
from boardpacks.execute.workers import build_packs
from boardpacks.plan.events import Event, Noticed, PackResult
from tests.execute.conftest import chapter_run, pack_plan, write_notebook
from tests.execute.light import LIGHT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="warm kernels are forked on Linux only")


def printed(kernels, folder, *cells, name="one"):
    """Execute cells and return what they print."""
    run = chapter_run(folder, write_notebook(folder / "notebooks" / f"{name}.ipynb", *cells))
    execute_chapter(run, kernels, cell_timeout=60)
    notebook = nbformat.read(run.out, as_version=4)
    return "".join(o.text for cell in notebook.cells for o in cell.get("outputs", []) if "text" in o)


@pytest.fixture(scope="module")
def kernels():
    with Kernels() as kernels:
        yield kernels


SPOIL = """
import builtins, decimal, gc, locale, os, random, signal, socket, sys, time, types, warnings
import matplotlib as mpl, numpy as np, pandas as pd, seaborn as sns
import boardpacks.chapter.chapter as chapter, boardpacks.stats.comparison as comparison
from boardpacks.chapter.chapter import Chapter
pd.options.display.max_rows = 3
pd.DataFrame.left = 1
mpl.rcParams['axes.labelsize'] = 33
sns.set_theme(context='poster')
locale.setlocale(locale.LC_ALL, 'C')
os.chdir('/')
np.random.seed(1); random.seed(1)
os.environ['LEFT'] = '1'; os.environ.pop('HOME', None); os.environ['TZ'] = 'Asia/Tokyo'; time.tzset()
comparison.__doc__ = 'spoilt'
Chapter.show = lambda *_: print('spoilt')
chapter.read_inputs.__wrapped__ = 'spoilt'
builtins.left = 1
sys.path.insert(0, '/left'); sys.modules['left'] = types.ModuleType('left'); sys.setrecursionlimit(1999)
warnings.simplefilter('error')
decimal.getcontext().prec = 3
signal.signal(signal.SIGUSR1, lambda *_: None)
socket.setdefaulttimeout(1)
gc.disable()
os.umask(0o77)
"""
WITNESS = """
import builtins, decimal, gc, locale, os, random, signal, socket, sys, threading, time, warnings
modules = sorted(name for name in sys.modules if name == 'left')
import matplotlib as mpl, numpy as np, pandas as pd, seaborn as sns
import boardpacks.chapter.chapter as chapter, boardpacks.stats.comparison as comparison
from boardpacks.chapter.chapter import Chapter
names = [n for n in dir(pd.options.display) if n not in ('html', 'latex')]
print({n: getattr(pd.options.display, n) for n in names}, hasattr(pd.DataFrame, 'left'))
print({k: v for k, v in mpl.rcParams.items() if k != 'backend_fallback'}, sns.plotting_context())
print(locale.setlocale(locale.LC_ALL), locale.getlocale(), sys.getfilesystemencoding(), sys.stdout.encoding)
print(os.getcwd(), sys.path, modules, hasattr(builtins, 'left'), sys.argv[0].rpartition('/')[2].partition('.')[0])
own = ('IPYTHONDIR', 'JPY_PARENT_PID', 'BOARDPACKS_WARM', 'MPLCONFIGDIR', 'PYTEST_CURRENT_TEST')
print(sorted((k, v) for k, v in os.environ.items() if k not in own), time.tzname, hash('a'))
print(comparison.__doc__, Chapter.show.__name__, hasattr(chapter.read_inputs, '__wrapped__'))
print(sorted(str(f[:3]) for f in warnings.filters), decimal.getcontext().prec)
print(signal.getsignal(signal.SIGUSR1), signal.getsignal(signal.SIGCHLD), signal.getsignal(signal.SIGTERM))
print(signal.pthread_sigmask(signal.SIG_BLOCK, ()), socket.getdefaulttimeout(), sys.getrecursionlimit(), gc.isenabled())
print(os.umask(0o22), os.getpgid(0) == os.getpid() == os.getsid(0), sys.stdin is not None, os.read(0, 1))
print(os.path.basename(os.environ['IPYTHONDIR']), sys.flags, __name__, get_ipython().__class__.__name__)
shell = get_ipython()
print(_dh, shell.starting_dir, sorted(name for name in globals() if name not in ('_', '__', '___')))
inside = os.environ['IPYTHONDIR'] + '/profile_default'
print(shell.ipython_dir == os.environ['IPYTHONDIR'], shell.profile_dir.location == inside, os.listdir(inside))
print(shell.kernel.profile_dir.location == inside, shell.db.root == type(shell.db.root)(inside) / 'db')
random.seed(3); np.random.seed(3); print(random.random(), np.random.rand())
"""


def test_a_chapter_sees_what_it_would_see_in_an_ordinary_kernel_whatever_another_did(
    kernels, tmp_path, monkeypatch
):
    before = printed(kernels, tmp_path, WITNESS)
    printed(kernels, tmp_path, SPOIL, name="spoiler")
    after = printed(kernels, tmp_path, WITNESS)
    assert before.splitlines() == after.splitlines()
    monkeypatch.setenv(SWITCH, "0")
    with Kernels() as ordinary:
        assert printed(ordinary, tmp_path, WITNESS).splitlines() == before.splitlines()


def test_kernels_are_forked_from_one_process_each_with_a_process_of_its_own(kernels, tmp_path):
    ids = [printed(kernels, tmp_path, "import os; print(os.getppid(), os.getpid())").split() for _ in "ab"]
    assert {parent for parent, _ in ids} == {str(kernels.warm(tmp_path).pid)}
    assert len({own for _, own in ids}) == 2


def test_random_numbers_differ_from_chapter_to_chapter(kernels, tmp_path):
    cell = (
        "import random, secrets, tempfile, uuid, numpy as np\n"
        "print(random.random(), np.random.rand(), np.random.default_rng().random(), uuid.uuid4(), "
        "secrets.token_hex(8), tempfile.mktemp())"
    )
    first, second = (printed(kernels, tmp_path, cell).split() for _ in "ab")
    assert all(one != other for one, other in zip(first, second, strict=True))


def test_variables_set_after_the_start_reach_a_chapter(kernels, tmp_path, monkeypatch):
    kernels.warm(tmp_path)
    monkeypatch.setenv("PACK_NOTE", "new")
    monkeypatch.delenv("HOME", raising=False)
    cell = "import os; print(os.environ['PACK_NOTE'], 'HOME' in os.environ)"
    assert printed(kernels, tmp_path, cell) == "new False\n"


def test_charts_of_the_inline_backend_and_its_magics_work(kernels, tmp_path):
    cells = (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); None",
        "%config InlineBackend.figure_formats = ['svg']\nplt.plot([1, 2]); None",
        "%matplotlib inline\nplt.plot([1]); plt.show()",
    )
    run = chapter_run(tmp_path, write_notebook(tmp_path / "notebooks" / "charts.ipynb", *cells))
    execute_chapter(run, kernels)
    outputs = [c.outputs for c in nbformat.read(run.out, as_version=4).cells[3:]]
    assert [[sorted(o.data)[0] for o in found] for found in outputs] == [
        ["image/png"],
        ["image/svg+xml"],
        ["image/svg+xml"],
    ]


def test_threads_processes_and_arrow_work_in_a_fork(kernels, tmp_path):
    pytest.importorskip("pyarrow")
    cell = (
        "import multiprocessing, pandas as pd, pyarrow as pa, numpy as np\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool: print(pool.map(abs, [-1, -2]))\n"
        "with ThreadPoolExecutor(4) as pool: print(sum(pool.map(lambda i: np.eye(50)[i, i], range(8))))\n"
        "pd.DataFrame({'a': range(9)}).to_parquet('a.parquet'); print(pd.read_parquet('a.parquet').a.sum())"
    )
    assert printed(kernels, tmp_path, cell).split("\n")[:3] == ["[1, 2]", "8.0", "36"]


@pytest.mark.usefixtures("light")
def test_many_threads_ask_at_once_and_nothing_is_left_open(tmp_path):
    def pid(number):
        return printed(kernels, tmp_path, "import os; print(os.getpid())", name=f"n{number}")

    with Kernels() as kernels, ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(pid, range(6)))) == 6
        before = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
        assert len(set(pool.map(pid, range(18)))) == 18
        after = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    assert after[0] <= before[0] + 2
    assert after[1] <= before[1]


PROGRAMS = {
    "a library that cannot be imported": "raise ImportError('no seaborn')",
    "a library that starts a thread": (
        "import threading, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start();"
        + LIGHT
    ),
}


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("a library that cannot be imported", "ImportError: no seaborn"),
        ("a library that starts a thread", "2 threads after the imports, so that a fork is not safe"),
    ],
)
def test_where_no_fork_is_safe_ordinary_kernels_run_and_the_log_says_why(
    tmp_path, monkeypatch, caplog, why, said
):
    monkeypatch.setattr(forks, "PROGRAM", PROGRAMS[why])
    with Kernels() as kernels:
        assert printed(kernels, tmp_path, "import os; print(os.getppid())") == f"{os.getpid()}\n"
        assert kernels.warm(tmp_path) is None
    assert [record.getMessage() for record in caplog.records if record.name == kernel.__name__] == [
        f"Chapters start in ordinary kernels, which takes longer: {said}"
    ]


@pytest.mark.parametrize(("platform", "switch"), [("darwin", None), ("win32", None), ("linux", "0")])
def test_where_warm_kernels_are_not_to_be_had_there_is_no_warm_process(
    tmp_path, monkeypatch, platform, switch
):
    monkeypatch.setattr(sys, "platform", platform)
    if switch:
        monkeypatch.setenv(SWITCH, switch)
    with Kernels() as kernels:
        assert kernels.warm(tmp_path) is None


@pytest.fixture
def foreign(kernels, tmp_path, monkeypatch):
    """Another version of ipykernel, whose own parts have other names; `kernels` are still of the tested one."""
    assert kernels.warm(tmp_path)
    folder = tmp_path / "foreign"
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(ipykernel.__file__).parent, folder / "ipykernel", ignore=without)
    for path in (folder / "ipykernel").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\b(IOPubThread|_abort_queues|_flush)\b", r"\1_2", text), encoding="utf-8")
    told = folder / "ipykernel-99.1.dist-info" / "METADATA"
    told.parent.mkdir()
    told.write_text("Metadata-Version: 2.1\nName: ipykernel\nVersion: 99.1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)


def test_with_another_ipykernel_a_build_says_so_once_and_makes_the_same(kernels, foreign, tmp_path):
    cells = (
        "import ipykernel.iostream as found\nprint(hasattr(found, 'IOPubThread_2'))",
        "1 + 1",
        "print('x')",
    )
    notebook = write_notebook(tmp_path / "notebooks" / "one.ipynb", *cells)
    plans = [pack_plan(place, [chapter_run(tmp_path, notebook, place)]) for place in ("havering", "newham")]
    events: list[Event] = []
    results = build_packs(
        plans, lambda plan: PackResult(plan, tmp_path, (), 1), workers=2, on_event=events.append
    )
    assert [result.failures for result in results] == [(), ()]
    assert [event.words for event in events if isinstance(event, Noticed)] == [
        "Chapters start in ordinary kernels, which takes longer: ipykernel is 99.1, and forks are made with "
        f"{' or '.join(TESTED)} only"
    ]
    (run,) = plans[0].chapters
    ordinary = run.out.read_text(encoding="utf-8")
    assert "True" in ordinary
    execute_chapter(run, kernels)  # in a fork of the tested version
    assert run.out.read_text(encoding="utf-8") == ordinary.replace("True", "False")


def test_with_another_ipykernel_a_flood_is_told_of_as_with_the_tested_one(foreign, tmp_path):
    cell = "for _ in range(30): print('x' * 10**6)"
    with Kernels(lambda words: None) as ordinary, pytest.raises(ChapterFailed) as caught:
        printed(ordinary, tmp_path, cell, "import time; time.sleep(60)")
    assert caught.value.reason == f"OutputTooLarge: {TOO_LARGE}"
