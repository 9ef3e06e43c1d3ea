from __future__ import annotations

import sys
import time

import pytest

from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.execute.chapter_limits import ChapterLimits, Deadline, read_limits
from boardpacks.execute.kernel import Kernels
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.execute.warm import SWITCH
from boardpacks.project.errors import InputError

from .conftest import DECLARATION, chapter_run, write_notebook

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are held to their memory on Linux only")


@pytest.fixture(scope="module", params=["warm", "ordinary"])
def kernels(request):
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "ordinary":
            patch.setenv(SWITCH, "0")
        with Kernels() as kernels:
            yield kernels


def failure(kernels, folder, limits, *cells):
    run = chapter_run(folder, write_notebook(folder / "notebooks" / "one.ipynb", *cells))
    with pytest.raises(ChapterFailed) as caught:
        execute_chapter(run, kernels, limits=limits)
    return caught.value


def test_a_chapter_that_takes_too_long_fails_in_the_cell_that_runs_then(kernels, tmp_path):
    naps = ["import time", "time.sleep(600)", "'never'"]
    failed = failure(kernels, tmp_path, ChapterLimits(seconds=4), *naps)
    assert failed.reason == "ChapterTimeoutError: the chapter ran for more than 4 s"
    assert failed.code == (DECLARATION, *naps)[failed.cell - 2]  # the nap, unless the machine is very busy
    assert failed.kept.is_file()


@linux
@pytest.mark.parametrize(
    "cell",
    [
        "held = bytearray(2 * 1024**3)",
        "import numpy; held = numpy.ones(2**28)",
        "import pyarrow; held = pyarrow.allocate_buffer(2 * 1024**3)",
        "held = []\nwhile True:\n    held.append(bytearray(2**24))",
    ],
    ids=["Python", "NumPy", "Arrow", "bit by bit"],
)
def test_a_chapter_that_needs_too_much_memory_fails_with_the_limit_named(kernels, tmp_path, cell):
    failed = failure(kernels, tmp_path, ChapterLimits(memory=1024**3), cell)
    assert "MemoryError" in failed.reason
    assert failed.reason.endswith("(the chapter needed more than 1 GB of memory)")
    assert failed.cell == 3


@linux
def test_a_chapter_within_its_memory_is_not_disturbed(kernels, tmp_path):
    run = chapter_run(tmp_path, write_notebook(tmp_path / "notebooks" / "one.ipynb", "x = bytearray(2**27)"))
    execute_chapter(run, kernels, limits=ChapterLimits(memory=1024**3))
    assert run.out.is_file()


@linux
def test_a_library_that_gives_up_for_want_of_memory_is_told_as_such(kernels, tmp_path):
    failed = failure(kernels, tmp_path, ChapterLimits(memory=1024**3), "import os; os.abort()")
    assert failed.reason.endswith("killed by SIGABRT (perhaps it needed more than 1 GB of memory)")


@linux
@pytest.mark.parametrize(
    ("text", "size", "words"),
    [("2GB", 2 * 1024**3, "2 GB"), ("1.5 gb", 3 * 2**29, "1.5 GB"), ("700MB", 700 * 2**20, "700 MB")],
)
def test_sizes_of_memory(text, size, words):
    assert read_limits(None, text).memory == size
    assert ChapterLimits(memory=size).memory_words == words


@pytest.mark.parametrize("text", ["", "2", "2TB", "-1GB", "much", "100MB"])
def test_what_is_no_size_of_memory_is_refused(text):
    with pytest.raises(InputError) as caught:
        read_limits(None, text)
    (problem,) = caught.value.problems
    assert (problem.key, problem.found) == ("--chapter-memory", text)
    assert "2GB" in problem.allowed


def test_a_deadline_that_has_passed_leaves_a_moment_so_that_it_still_counts():
    past = Deadline(1, time.monotonic() - 2)
    assert past.passed
    assert 0 < past.left < 0.1
    assert not Deadline.of(ChapterLimits(seconds=60)).passed
