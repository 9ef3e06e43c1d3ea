"""What is common to the ways of running a notebook's cells: the job, its limits, and how failures are worded."""

from __future__ import annotations

import logging
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionError
from papermill.clientwrap import PapermillNotebookClient

from boardpacks.execute.chapter_limits import ChapterLimits, Deadline
from boardpacks.execute.kernel import Kernels
from boardpacks.execute.output_limit import FLOODED, TOO_LARGE, Meter, OutputTooLarge

IOPUB_TIMEOUT = 60  # nbclient's 4 s is too short for a large chart on a busy machine


@dataclass
class Job:
    """What one execution needs to know beside the notebook, and the notebook as far as it got."""

    kernels: Kernels
    folder: Path
    cwd: Path
    place: str
    as_of: str
    warm: bool
    limits: ChapterLimits
    notebook: nbformat.NotebookNode | None = None

    @property
    def log(self) -> Path:
        """File that gets what the kernel itself prints, outside any cell."""
        return self.folder / "kernel.log"


class ChapterClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs the cells of one notebook in a process of its own.

    A process that dies or runs out of time counts as an error in its cell. Papermill by itself would mark
    every cell as completed, the ones that never ran too.
    """

    def __init__(self, nb_man: Any, job: Job, *, cell_timeout: int, start_timeout: int, **options: Any):
        self.job = job
        self.meter = Meter()
        self.deadline = Deadline.of(job.limits)
        super().__init__(
            nb_man,
            timeout=cell_timeout,
            timeout_func=self.seconds_left,
            startup_timeout=start_timeout,
            iopub_timeout=IOPUB_TIMEOUT,
            record_timing=False,
            log=logging.getLogger("papermill"),
            **options,
        )

    def seconds_left(self, cell: Any) -> float:
        """Return how long a cell that begins now may take."""
        return min(float(self.timeout), self.deadline.left)

    def process_message(self, msg: Any, *args: Any, **kwargs: Any) -> Any:
        """Take an output; end the process when it hands over too much."""
        self.meter.add(msg["content"])
        if not self.meter.full:
            return super().process_message(msg, *args, **kwargs)
        self.end()
        return None

    def end(self) -> None:
        """End the process."""
        raise NotImplementedError

    def cut_short(self, cell: Any, *, late: bool, code: int | None) -> CellExecutionError:
        """Put into a cell that it ran out of time, or how its process ended; return that as an error."""
        if self.meter.full or code == FLOODED:
            name, said = OutputTooLarge.__name__, TOO_LARGE
        elif late and self.deadline.passed:
            name, said = "ChapterTimeoutError", f"the chapter ran for more than {self.deadline.seconds} s"
        elif late:
            name, said = "CellTimeoutError", f"the cell ran for more than {self.timeout} s"
        else:
            name, said = "DeadKernelError", f"the notebook's Python process {exit_cause(code)}"
        line = f"{name}: {said}"
        cell.outputs.append(nbformat.v4.new_output("error", ename=name, evalue=said, traceback=[line]))
        return CellExecutionError(line, name, said)


def exit_cause(code: int | None) -> str:
    """Return how a process ended: ``was killed by SIGSEGV``, ``ended with exit code 3``."""
    if code is None:
        return "stopped answering"
    if code >= 0:
        return f"ended with exit code {code}"
    name = signal.Signals(-code).name
    return f"was killed by {name}" + (" (often for want of memory)" if name == "SIGKILL" else "")
