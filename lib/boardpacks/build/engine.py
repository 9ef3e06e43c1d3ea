"""Papermill's engine for chapters: private kernels, and a dead or late one reported as what it is."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from boardpacks.build.kernel import (
    ChapterKernelManager,
    KernelProcess,
    Kernels,
    hold_to_memory,
    kernel_environment,
)
from boardpacks.build.limits import Deadline, Limits
from boardpacks.build.output_limit import FLOODED, TOO_LARGE, Meter, OutputTooLarge
from boardpacks.build.warm import ForkedKernel, WarmProcessLost

ENGINE = "boardpacks"
IOPUB_TIMEOUT = 60  # nbclient's 4 s is too short for a large chart on a busy machine


@dataclass
class Job:
    """What one execution needs to know beside the notebook, and the notebook as far as it got."""

    kernels: Kernels
    folder: Path
    cwd: Path
    warm: bool
    limits: Limits
    notebook: nbformat.NotebookNode | None = None

    @property
    def log(self) -> Path:
        """File that gets what the kernel itself prints, outside any cell."""
        return self.folder / "kernel.log"


class ChapterClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs the cells of one notebook in a private kernel.

    A kernel that dies or runs out of time counts as an error in its cell. Papermill by itself would mark
    every cell as completed, the ones that never ran too.
    """

    def __init__(self, nb_man: Any, job: Job, **options: Any):
        self.manager = ChapterKernelManager(job.folder, job.kernels.warm(job.cwd) if job.warm else None)
        self.job = job
        self.process: KernelProcess | None = None
        self.meter = Meter()
        self.deadline = Deadline.of(job.limits)
        super().__init__(nb_man, km=self.manager, timeout_func=self._seconds_left, **options)

    @property
    def lost(self) -> bool:
        """Whether the kernel ended only because the warm process did."""
        return isinstance(self.process, ForkedKernel) and self.process.lost

    def execute(self, **kwargs: Any) -> None:
        """Run every cell up to the first that fails."""
        self.reset_execution_trackers()
        with self.job.log.open("wb") as log:
            try:
                environment = kernel_environment(self.job.folder, os.environ)
                with self.setup_kernel(
                    cwd=str(self.job.cwd), env=environment, stdout=log, stderr=log, cleanup_kc=True
                ):
                    self.papermill_execute_cells()
            except RuntimeError:
                if self.lost:
                    raise WarmProcessLost from None
                raise
            finally:
                if self.process is not None:
                    self.job.kernels.remove(self.process)

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Start the kernel, and make it known so that it can be stopped from outside."""
        super().start_new_kernel(**kwargs)
        self.process = self.manager.process
        if self.process is not None:
            self.job.kernels.add(self.process)
            hold_to_memory(self.process, self.job.limits.memory)

    def _seconds_left(self, cell: Any) -> float:
        return min(float(self.timeout), self.deadline.left)

    def process_message(self, msg: Any, *args: Any, **kwargs: Any) -> Any:
        """Take an output; end the kernel when it hands over too much."""
        self.meter.add(msg["content"])
        if not self.meter.full:
            return super().process_message(msg, *args, **kwargs)
        if self.process is not None:
            self.job.kernels.end(self.process)
        return None

    async def async_execute_cell(self, cell: Any, cell_index: int, *args: Any, **kwargs: Any) -> Any:
        """Run one cell; turn the kernel's death or a timeout into an ordinary error of that cell."""
        try:
            return await super().async_execute_cell(cell, cell_index, *args, **kwargs)
        except (DeadKernelError, CellTimeoutError) as error:
            if self.lost:
                raise WarmProcessLost from None
            if self.meter.full or (self.process and self.process.poll() == FLOODED):
                name, said = OutputTooLarge.__name__, TOO_LARGE
            elif isinstance(error, CellTimeoutError) and self.deadline.passed:
                name, said = "ChapterTimeoutError", f"the chapter ran for more than {self.deadline.seconds} s"
            elif isinstance(error, CellTimeoutError):
                name, said = "CellTimeoutError", f"the cell ran for more than {self.timeout} s"
            else:
                name, said = "DeadKernelError", f"the notebook's Python process {self.manager.exit_cause()}"
            line = f"{name}: {said}"
            cell.outputs.append(nbformat.v4.new_output("error", ename=name, evalue=said, traceback=[line]))
            raise CellExecutionError(line, name, said) from error

    execute_cell = run_sync(async_execute_cell)


class ChapterEngine(NBClientEngine):  # type: ignore[misc]
    """The engine that chapters are executed with; each call brings its own :class:`Job`."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *args: Any, job: Job | None = None, **options: Any
    ) -> None:
        """Execute the notebook that Papermill has put the parameters into."""
        assert job is not None
        job.notebook = nb_man.nb
        ChapterClient(
            nb_man,
            job,
            timeout=options["execution_timeout"],
            startup_timeout=options["start_timeout"],
            iopub_timeout=IOPUB_TIMEOUT,
            shutdown_kernel="immediate",
            record_timing=False,
            log=logging.getLogger("papermill"),
        ).execute()


def register() -> None:
    """Make the engine known to Papermill in this process, and keep Papermill's log off the screen.

    Registered by a call, not by an entry point: the engine needs its job and is of no use on Papermill's own
    command line, and an entry point goes stale in an editable installation.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    papermill_engines.register(ENGINE, ChapterEngine)
