"""Papermill's engine for chapters: a private process for each, and a dead or late one reported as what it is."""

from __future__ import annotations

import logging
from typing import Any

from papermill.engines import NBClientEngine, papermill_engines

from boardpacks.execute.client import ChapterClient, Job
from boardpacks.execute.fork_client import ForkClient
from boardpacks.execute.kernel_client import KernelClient

ENGINE = "boardpacks"


class ChapterEngine(NBClientEngine):  # type: ignore[misc]
    """The engine that chapters are executed with; each call brings its own :class:`Job`."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *args: Any, job: Job | None = None, **options: Any
    ) -> None:
        """Execute the notebook that Papermill has put the parameters into."""
        assert job is not None
        job.notebook = nb_man.nb
        times = {"cell_timeout": options["execution_timeout"], "start_timeout": options["start_timeout"]}
        warm = job.kernels.warm(job.cwd) if job.warm else None
        client: ChapterClient = (
            KernelClient(nb_man, job, **times) if warm is None else ForkClient(nb_man, job, warm, **times)
        )
        client.execute()


def register() -> None:
    """Make the engine known to Papermill in this process, and keep Papermill's log off the screen.

    Registered by a call, not by an entry point: the engine needs its job and is of no use on Papermill's own
    command line, and an entry point goes stale in an editable installation.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    papermill_engines.register(ENGINE, ChapterEngine)
