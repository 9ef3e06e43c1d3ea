"""Runs a notebook's cells in a fork of the warm process."""

from __future__ import annotations

import os
import time
from typing import Any

from nbclient.exceptions import CellExecutionComplete, CellExecutionError

from boardpacks.execute.client import ChapterClient, Job
from boardpacks.execute.kernel import hold_to_memory, kernel_environment
from boardpacks.execute.warm import CellToRun, Fork, WarmProcess
from boardpacks.project.notebook import tags

MAY_FAIL = "raises-exception"


class ForkClient(ChapterClient):
    """Hands all cells of one notebook to a fork, and makes their outputs of its messages, as nbclient does."""

    def __init__(self, nb_man: Any, job: Job, warm: WarmProcess, **options: Any):
        super().__init__(nb_man, job, **options)
        self._warm = warm
        self._fork: Fork

    def execute(self, **kwargs: Any) -> None:
        """Run every cell up to the first that fails."""
        with self.job.log.open("wb") as log:
            environment = kernel_environment(self.job.folder, os.environ, self.job.place, self.job.as_of)
            self._fork = self._warm.fork(self.job.cwd, environment, log)
        self.job.kernels.add(self._fork)
        try:
            hold_to_memory(self._fork, self.job.limits.memory)
            cells = [
                CellToRun(cell.source, MAY_FAIL in tags(cell)) for cell in self.nb.cells if self._runs(cell)
            ]
            self._fork.run(cells, self.startup_timeout)
            self.papermill_execute_cells()
        finally:
            self.job.kernels.remove(self._fork)
            self._fork.close()

    def end(self) -> None:
        """End the fork."""
        self.job.kernels.end(self._fork)

    def execute_cell(self, cell: Any, cell_index: int, **kwargs: Any) -> Any:
        """Take in what a cell puts out, until its end."""
        if not self._runs(cell):
            return cell
        cell.outputs = []
        self.clear_before_next_output = False
        reply = self._take_outputs(cell, cell_index)
        self.code_cells_executed += 1
        if reply["status"] == "error" and MAY_FAIL not in tags(cell):
            raise CellExecutionError.from_cell_and_msg(cell, reply)
        return cell

    def _runs(self, cell: Any) -> bool:
        return cell.cell_type == "code" and cell.source.strip() and self.skip_cells_with_tag not in tags(cell)

    def _take_outputs(self, cell: Any, index: int) -> dict[str, Any]:
        """Return the reply that ends a cell."""
        end = time.monotonic() + self.seconds_left(cell)
        reply: dict[str, Any] = {}
        while (message := self._fork.message(self.code_cells_executed, end)) is not None:
            if message["msg_type"] == "execute_reply":
                reply = message["content"]
                continue
            try:
                self.process_message(message, cell, index)
            except CellExecutionComplete:
                return reply
        raise self.cut_short(cell, late=self._fork.returncode is None, code=self._fork.returncode)
