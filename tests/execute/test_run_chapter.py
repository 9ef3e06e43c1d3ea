from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec

from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.execute.kernel import BuildStopped, ChapterKernelManager, Kernels
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.execute.warm import SWITCH

from .conftest import Batch, chapter_run, write_notebook


def _failure(batch: Batch, place: str) -> ChapterFailed:
    (failure,) = batch.results[place].failures
    assert isinstance(failure, ChapterFailed)
    return failure


def _printed(path: Path) -> list[str]:
    notebook = nbformat.read(path, as_version=4)
    return [output.text for cell in notebook.cells for output in cell.get("outputs", []) if "text" in output]


def test_the_place_reaches_the_notebook_and_no_other_notebook(batch):
    assert _printed(batch.out("havering", "mine")) == ["havering havering False\n"]
    assert _printed(batch.out("newham", "mine")) == ["newham newham False\n"]


def test_kernel_is_this_interpreter_in_the_notebooks_folder(batch):
    folder, interpreter, backend = _printed(batch.out("havering", "steady"))[-1].splitlines()
    assert Path(folder) == batch.folder / "notebooks"
    assert interpreter == sys.executable
    assert "inline" in backend


def test_same_inputs_give_the_same_bytes(batch):
    first, second = (batch.out(place, "steady").read_bytes() for place in ("havering", "again"))
    assert first.replace(b"havering", b"again") == second


def test_executed_notebook_says_nothing_about_the_machine(batch):
    text = batch.out("newham", "mine").read_text()
    assert str(batch.folder) not in text
    assert "start_time" not in text
    assert "ipykernel_" not in batch.out("havering", "steady").read_text()


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("raises", "ZeroDivisionError: division by zero"),
        ("exits", "DeadKernelError: the notebook's Python process ended with exit code 7"),
        ("crashes", "DeadKernelError: the notebook's Python process was killed by SIGSEGV"),
        ("leaves", "SystemExit: the cell leaves Python, so the rest of the notebook did not run"),
        ("hangs", "CellTimeoutError: the cell ran for more than 5 s"),
    ],
)
def test_failure_names_notebook_place_cell_and_reason(batch, place, reason):
    failure = _failure(batch, place)
    assert (failure.notebook, failure.place, failure.cell) == (f"{place}.ipynb", place, 4)
    assert failure.reason == reason
    line = ", line 2" if place == "raises" else ""
    assert str(failure).startswith(f"{place}: {place}.ipynb, cell 4{line}: ")


@pytest.mark.parametrize("place", ["raises", "exits", "crashes", "leaves", "hangs"])
def test_failed_notebook_is_kept_as_far_as_it_got(batch, place):
    kept = _failure(batch, place).kept
    assert kept is not None
    assert kept.name == f"{place}.failed.ipynb"
    assert _printed(kept)[0] == "before\n"
    assert "never\n" not in _printed(kept)
    statuses = [
        cell.metadata.papermill.status
        for cell in nbformat.read(kept, as_version=4).cells
        if cell.cell_type == "code"
    ]
    assert statuses[-2:] == ["failed", "pending"]
    assert not batch.out(place, place).exists()


def test_the_comment_above_the_code_is_not_shown_as_the_code(batch):
    assert _failure(batch, "raises").code == "1 / 0"


def test_nothing_but_results_is_left_in_the_folders(batch):
    left = {path.name for path in batch.folder.glob("*/executed/*")}
    failed = {f"{place}.failed.ipynb" for place in ("raises", "exits", "crashes", "leaves", "hangs")}
    assert left == {"steady.ipynb", "mine.ipynb"} | failed


def test_an_earlier_result_is_gone_when_the_kernel_does_not_start(tmp_path, monkeypatch):
    run = chapter_run(tmp_path, write_notebook(tmp_path / "notebooks" / "one.ipynb"))
    run.out.parent.mkdir(parents=True)
    run.out.write_text("earlier")
    broken = [sys.executable, "-c", "raise ImportError('no ipykernel here')"]
    spec = KernelSpec(argv=broken, display_name="Broken", language="python")
    monkeypatch.setattr(ChapterKernelManager, "kernel_spec", spec)
    monkeypatch.setenv(SWITCH, "0")
    with pytest.raises(ChapterFailed) as caught:
        execute_chapter(run, Kernels())
    assert caught.value.cell is None
    assert caught.value.reason == "the kernel did not start: ImportError: no ipykernel here"
    assert not run.out.exists()


def test_long_reasons_are_cut_to_one_line(tmp_path):
    failure = ChapterFailed("a.ipynb", "havering", 3, "code", "reason", tmp_path)
    assert str(failure).splitlines() == ["havering: a.ipynb, cell 3: code", "  reason", f"  kept  {tmp_path}"]


def test_nothing_starts_after_a_stop(tmp_path):
    run = chapter_run(tmp_path, write_notebook(tmp_path / "notebooks" / "one.ipynb"))
    kernels = Kernels()
    kernels.stop()
    with pytest.raises(BuildStopped):
        execute_chapter(run, kernels)
    assert not run.out.exists()


def test_a_kernel_that_starts_during_a_stop_is_ended():
    kernels = Kernels()
    kernels.stop()
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    kernels.add(process)
    assert process.wait(timeout=10) != 0


def test_sockets_fall_back_to_tcp_when_the_path_is_too_long(tmp_path):
    assert ChapterKernelManager(Path("/short")).transport == "ipc"
    assert ChapterKernelManager(tmp_path / ("long" * 40)).transport == "tcp"
