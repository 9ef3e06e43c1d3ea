"""Executes one chapter: the notebook in, the executed notebook out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from boardpacks.data.reads import MIME, Reads, parse_reads
from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.execute.chapter_limits import NO_OTHER_LIMITS, ChapterLimits
from boardpacks.execute.client import Job
from boardpacks.execute.failing_line import failing_line
from boardpacks.execute.kernel import BuildStopped, Kernels, private_folder
from boardpacks.execute.overridden import find_overridden
from boardpacks.execute.papermill_engine import ENGINE, register
from boardpacks.execute.warm import WarmProcessLost
from boardpacks.plan.plan import ChapterRun
from boardpacks.project.notebook import INJECTED, cell_number, notebook_text, read_notebook, tags
from boardpacks.project.sealed import write_whole

CELL_TIMEOUT = 600
"""Seconds that one cell may take."""

START_TIMEOUT = 120
"""Seconds that a kernel may take to start."""

LONGEST_REASON = 300
LONGEST_CODE = 60
LAST = "boardpacks-reads"
"""Id and tag of the cell that the build adds at the end and takes out again."""

UNSTEADY = ("duration", "start_time", "end_time", "input_path", "output_path")
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")
# Looked for from the beginning of a word only: from everywhere in it, a long one would take for ever
CELL_FILE = re.compile(r"(?<![^\s\"'])[^\s\"']*[\\/]ipykernel_\d+[\\/]\d+\.py")

register()


@dataclass(frozen=True)
class _Failure:
    """The cell that failed, by its place in the executed notebook, and the exception."""

    index: int
    kind: str
    message: str


def execute_chapter(
    run: ChapterRun,
    kernels: Kernels,
    *,
    cell_timeout: int = CELL_TIMEOUT,
    limits: ChapterLimits = NO_OTHER_LIMITS,
) -> Reads:
    """Execute a chapter's notebook, write it to ``run.out`` and return which published figures it read.

    The same notebook, parameters and data give the same bytes. Of a chapter that fails, the notebook as far
    as it got is kept beside ``run.out`` with the ending ``.failed.ipynb``, and ``run.out`` is gone.

    Parameters
    ----------
    kernels
        The build's kernels, through which it can be stopped.
    cell_timeout
        Seconds that one cell may take.
    limits
        What the chapter as a whole may take.

    Raises
    ------
    ChapterFailed
        When a cell raises, takes too long, needs too much memory, leaves Python, or the kernel dies.
    BuildStopped
        When `kernels` was stopped meanwhile.
    """
    failed = run.out.with_suffix(".failed.ipynb")
    run.out.unlink(missing_ok=True)
    failed.unlink(missing_ok=True)
    if kernels.stopped:
        raise BuildStopped
    try:
        return _attempt(run, kernels, failed, cell_timeout, limits, warm=True)
    except WarmProcessLost:
        # not this chapter's fault, or not alone: an ordinary kernel depends on no other process
        return _attempt(run, kernels, failed, cell_timeout, limits, warm=False)


def _attempt(
    run: ChapterRun, kernels: Kernels, failed: Path, cell_timeout: int, limits: ChapterLimits, *, warm: bool
) -> Reads:
    with private_folder() as folder:
        job = Job(kernels, Path(folder), run.notebook.parent, run.place, run.as_of, warm, limits)
        try:
            notebook = _execute(run, job, cell_timeout)
            failure = _quiet_exit(notebook)
        except PapermillExecutionError as error:
            failure = _Failure(error.cell_index, error.ename, error.evalue)
        except (RuntimeError, WarmProcessLost) as error:
            if kernels.stopped:
                raise BuildStopped from None
            if isinstance(error, WarmProcessLost):
                raise
            raise _not_started(run, job, error) from None
    if kernels.stopped:
        raise BuildStopped
    if failure is None:
        reads = _take_reads(notebook)
        _keep(_steady(notebook), run.out)
        return reads
    raise _failed(run, job, failed, failure)


def _execute(run: ChapterRun, job: Job, cell_timeout: int) -> nbformat.NotebookNode:
    # The steps of papermill.execute_notebook, less what it does for paths: it changes the working folder of the
    # whole process, takes braces in a path for its own, and formats the notebook once more for no file.
    asked = read_notebook(run.notebook)
    _refuse_overridden(asked, run)
    asked.cells.append(_last_cell())
    notebook = parameterize_notebook(
        load_notebook_node(asked), dict(run.parameters), kernel_name="python3", language="python"
    )
    executed: nbformat.NotebookNode = papermill_engines.execute_notebook_with_engine(
        ENGINE,
        notebook,
        "python3",
        output_path=None,
        progress_bar=False,
        start_timeout=START_TIMEOUT,
        execution_timeout=cell_timeout,
        job=job,
    )
    raise_for_execution_errors(executed, None)
    return executed


def _refuse_overridden(asked: nbformat.NotebookNode, run: ChapterRun) -> None:
    if found := find_overridden(asked.cells, run.parameters):
        raise ChapterFailed(
            run.label, run.place, found.cell, _short(found.code, LONGEST_CODE), str(found), None, found.line
        )


def _last_cell() -> nbformat.NotebookNode:
    """Return the cell that has a notebook hand over what it has read, whatever kind of kernel it runs in."""
    cell: nbformat.NotebookNode = nbformat.v4.new_code_cell(
        "from boardpacks.data.reads import hand_over\n\nhand_over()", id=LAST, metadata={"tags": [LAST]}
    )
    return cell


def _take_reads(notebook: nbformat.NotebookNode) -> Reads:
    outputs = notebook.cells.pop().outputs
    return parse_reads(next(output.data[MIME] for output in outputs if MIME in output.get("data", {})))


def _quiet_exit(notebook: nbformat.NotebookNode) -> _Failure | None:
    """Find the cell that left by ``sys.exit()``: Papermill takes that for success and drops the rest."""
    for index, cell in enumerate(notebook.cells):
        if cell.metadata.papermill.get("exception"):
            said = "the cell leaves Python, so the rest of the notebook did not run"
            return _Failure(index, "SystemExit", said)
    return None


def _failed(run: ChapterRun, job: Job, kept: Path, failure: _Failure) -> ChapterFailed:
    notebook = job.notebook
    assert notebook is not None
    # Papermill has put two cells of its own before the failing one, to point to it
    originals = [cell for cell in notebook.cells if not {"papermill-error-cell-tag"} & set(tags(cell))]
    lines = [line.strip() for line in originals[failure.index].source.splitlines()]
    number = failing_line(originals[failure.index])
    first = next((line for line in lines if line and not line.startswith("#")), "")
    code = lines[number - 1] if number else first
    notebook.metadata.papermill.pop("input_path", None)
    notebook.cells = [cell for cell in notebook.cells if LAST not in tags(cell)]
    _keep(notebook, kept)
    reason = " ".join(f"{failure.kind}: {failure.message}".split()).removesuffix(":")
    return ChapterFailed(
        notebook=run.label,
        place=run.place,
        cell=cell_number(originals, failure.index),
        code=_short(code, LONGEST_CODE),
        reason=_short(reason, LONGEST_REASON) + _memory_words(failure, job.limits),
        kept=kept,
        line=number,
    )


def _memory_words(failure: _Failure, limits: ChapterLimits) -> str:
    """Return what to add to a failure that a limit of memory has caused, or may have."""
    if limits.memory is None:
        return ""
    if failure.kind.endswith("MemoryError"):
        return f" (the chapter needed more than {limits.memory_words} of memory)"
    if failure.kind == "DeadKernelError":
        return f" (perhaps it needed more than {limits.memory_words} of memory)"
    return ""


def _not_started(run: ChapterRun, job: Job, error: Exception) -> ChapterFailed:
    said = job.log.read_text(errors="replace").strip().splitlines() if job.log.is_file() else []
    reason = f"the kernel did not start: {said[-1] if said else error}"
    return ChapterFailed(run.label, run.place, None, "", _short(reason, LONGEST_REASON), None)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _steady(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take out what differs from run to run: times, paths, random ids, addresses."""
    for key in UNSTEADY:
        notebook.metadata.papermill.pop(key, None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if INJECTED in tags(cell):
            cell.id = INJECTED
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                output.text = _steady_text(output.text)
            elif "text/plain" in output.get("data", {}):
                output.data["text/plain"] = _steady_text(output.data["text/plain"])
    return notebook


def _steady_text(text: str) -> str:
    """Take the process's number out of the file names in warnings, and addresses out of objects' names."""
    return ADDRESS.sub("at 0x0", CELL_FILE.sub("cell", text))


def _keep(notebook: nbformat.NotebookNode, path: Path) -> None:
    write_whole(path, notebook_text(notebook).encode())
