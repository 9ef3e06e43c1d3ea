"""Runs a notebook's cells in an ordinary Jupyter kernel."""

from __future__ import annotations

import os
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import run_sync

from boardpacks.execute.client import ChapterClient, Job
from boardpacks.execute.kernel import ChapterKernelManager, hold_to_memory, kernel_environment


class KernelClient(ChapterClient):
    """Runs the cells of one notebook in a private kernel."""

    def __init__(self, nb_man: Any, job: Job, **options: Any):
        self.manager = ChapterKernelManager(job.folder)
        super().__init__(nb_man, job, km=self.manager, shutdown_kernel="immediate", **options)

    def execute(self, **kwargs: Any) -> None:
        """Run every cell up to the first that fails."""
        self.reset_execution_trackers()
        with self.job.log.open("wb") as log:
            try:
                environment = kernel_environment(self.job.folder, os.environ, self.job.place, self.job.as_of)
                with self.setup_kernel(
                    cwd=str(self.job.cwd), env=environment, stdout=log, stderr=log, cleanup_kc=True
                ):
                    self.papermill_execute_cells()
            finally:
                if self.manager.process is not None:
                    self.job.kernels.remove(self.manager.process)

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Start the kernel, and make it known so that it can be stopped from outside."""
        super().start_new_kernel(**kwargs)
        if self.manager.process is not None:
            self.job.kernels.add(self.manager.process)
            hold_to_memory(self.manager.process, self.job.limits.memory)

    def end(self) -> None:
        """End the kernel."""
        if self.manager.process is not None:
            self.job.kernels.end(self.manager.process)

    async def async_execute_cell(self, cell: Any, cell_index: int, *args: Any, **kwargs: Any) -> Any:
        """Run one cell; turn the kernel's death or a timeout into an ordinary error of that cell."""
        try:
            return await super().async_execute_cell(cell, cell_index, *args, **kwargs)
        except (DeadKernelError, CellTimeoutError) as error:
            process = self.manager.process
            code = process.poll() if process is not None else None
            raise self.cut_short(cell, late=isinstance(error, CellTimeoutError), code=code) from error

    execute_cell = run_sync(async_execute_cell)
