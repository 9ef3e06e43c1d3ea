"""Has chapters executed on a Dask cluster: sends out what the workers lack, and brings home what they make."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import Any

from distributed import Client, Future, KilledWorker

from boardpacks.data.reads import Reads
from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.execute.cluster.address import ANSWER_SECONDS, Cluster, ClusterFailed, first_line
from boardpacks.execute.cluster.bundles import Archive
from boardpacks.execute.cluster.order import ClusterOrder, Executed, Failed, UnfitWorker
from boardpacks.execute.cluster.remote import end, look, receive, run_chapter
from boardpacks.execute.kernel import BuildStopped
from boardpacks.plan.plan import ChapterRun
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.sealed import write_whole

Answer = Executed | Failed | UnfitWorker

SEND_SECONDS = 120
"""How long workers may take to take something in, or to answer a question."""

COUNT_SECONDS = 2
"""How often the cluster's workers are counted."""

MOST_SENDS = 10
"""How often a chapter is submitted that comes to a worker which lacks something."""

MOST_SHOWN = 5


class WorkerUnfit(ClusterFailed):
    """A worker has another library or other packages than home, so that its results would not be the same."""


class WorkersDied(BoardpacksError):  # noqa: N818 - says what happened
    """Each worker that a chapter was given to has died, so that the chapter may be the cause."""

    def __init__(self, run: ChapterRun, times: int):
        super().__init__(
            f"{run.place}: {run.label} was given up\n"
            f"  {times} workers of the cluster died one after the other while they executed it"
        )


class ClusterLost(ClusterFailed):
    """The cluster does not answer any more, or has no workers left."""


@contextmanager
def open_team(cluster: Cluster, order: ClusterOrder, archives: Iterable[Archive]) -> Iterator[ClusterTeam]:
    """Connect to a cluster, see that its workers are fit, and give them what they lack.

    Raises
    ------
    ClusterFailed
        When the cluster cannot be reached, or a worker is unfit.
    """
    with cluster.connect() as client:
        team = ClusterTeam(cluster, client, order, archives)
        try:
            team.prepare()
            yield team
        finally:
            team.end()


class ClusterTeam:
    """The workers of a cluster, for one build. Safe to use from threads."""

    def __init__(self, cluster: Cluster, client: Client, order: ClusterOrder, archives: Iterable[Archive]):
        self._cluster = cluster
        self._client = client
        self._order = order
        self._archives = {archive.digest: archive for archive in archives}
        self._lock = threading.Lock()
        self._waiting: set[threading.Event] = set()
        self._stopped = False
        self._threads = 0
        self._counted = self._seen = time.monotonic()

    def prepare(self) -> None:
        """Look at every worker that is there, and send what it lacks.

        Raises
        ------
        WorkerUnfit
            Naming every worker that has other versions than home.
        """
        found = self._on_workers(look, self._order)
        unfit = {worker: reason for worker, looked in found.items() if (reason := _reason(looked))}
        if unfit:
            raise self._unfit(unfit)
        for archive in self._archives.values():
            lacking = [worker for worker, looked in found.items() if _lacks(looked, archive)]
            if lacking:
                self._on_workers(receive, archive, workers=lacking)
        self._count()

    def at_once(self) -> int:
        """Return how many chapters can be executed at once: as many as the workers have threads.

        Raises
        ------
        ClusterLost
            When the scheduler does not answer, or there has been no worker for too long.
        """
        now = time.monotonic()
        if now - self._counted >= COUNT_SECONDS:
            self._count()
        if self._threads:
            self._seen = now
        elif now - self._seen > self._cluster.wait:
            raise ClusterLost(f"{self._name} has had no worker for {self._cluster.wait} s.")
        return max(1, self._threads, self._cluster.most_workers)

    def execute(self, run: ChapterRun) -> Reads:
        """Have a chapter executed, and write its notebook here as `execute_chapter` does.

        Raises
        ------
        ChapterFailed
            When it fails as it would here.
        WorkersDied
            When each worker that it was given to has died.
        WorkerUnfit
            When it was given to a worker that joined later and has other versions.
        ClusterLost
            When the connection was lost meanwhile.
        BuildStopped
            When the build was stopped meanwhile.
        """
        failed = run.out.with_suffix(".failed.ipynb")
        run.out.unlink(missing_ok=True)
        failed.unlink(missing_ok=True)
        outcome = self._outcome(run)
        if isinstance(outcome, Executed):
            write_whole(run.out, outcome.notebook)
            return outcome.reads
        kept = None
        if outcome.notebook is not None:
            write_whole(failed, outcome.notebook)
            kept = failed
        name, place = run.label, run.place
        raise ChapterFailed(name, place, outcome.cell, outcome.code, outcome.reason, kept, outcome.line)

    def stop(self) -> None:
        """Give up every chapter. What runs on the workers is ended by `end`."""
        with self._lock:
            self._stopped = True
            for over in self._waiting:
                over.set()

    def end(self) -> None:
        """End this build's kernels and warm processes on the workers."""
        with suppress(Exception):  # a cluster that is gone has nothing to end; the build is over either way
            self._client.run(end, self._order.build, on_error="ignore", callback_timeout=ANSWER_SECONDS)

    @property
    def _name(self) -> str:
        return f"The Dask cluster {self._cluster.name}"

    def _outcome(self, run: ChapterRun) -> Executed | Failed:
        """Submit a chapter, again after a worker that joined later was sent what it lacks."""
        answer = self._answer(run)
        for _ in range(MOST_SENDS):
            if not isinstance(answer, UnfitWorker):
                return answer
            if answer.differences:
                raise self._unfit({answer.worker: _reason(answer)})
            for digest in answer.lacks:
                sent = self._on_workers(receive, self._archives[digest], workers=[answer.worker])
            answer = self._answer(run)
        said = next(iter(sent.values()), None)
        raise self._unfit({f"{run.place}, {run.label}": f"what they need does not arrive there: {said}"})

    def _answer(self, run: ChapterRun) -> Answer:
        key = f"{run.place}-{run.notebook.stem}-{uuid.uuid4().hex}"
        with self._submitted(
            self._client.submit(run_chapter, self._order, run, key=key, pure=False)
        ) as future:
            try:
                answer: Answer = future.result()
            except KilledWorker as error:
                raise WorkersDied(run, error.allowed_failures + 1) from None
            except CancelledError:
                raise ClusterLost(
                    f"{self._name} was lost while {run.label} was executed for {run.place}."
                ) from None
            return answer

    @contextmanager
    def _submitted(self, future: Future[Answer]) -> Iterator[Future[Answer]]:
        """Wait until a future is over or the build is stopped, and let go of it in the end."""
        over = threading.Event()
        with self._lock:
            self._waiting.add(over)
            if self._stopped:
                over.set()
        try:
            future.add_done_callback(lambda _: over.set())
            over.wait()
            if self._stopped:
                raise BuildStopped
            yield future
        finally:
            with self._lock:
                self._waiting.discard(over)
            future.release()

    def _on_workers(
        self, function: Callable[..., Any], *arguments: object, workers: list[str] | None = None
    ) -> dict[str, Any]:
        """Call a function on workers; of one that fails, the exception is returned."""
        try:
            answers: dict[str, Any] = self._client.run(
                function, *arguments, workers=workers, on_error="return", callback_timeout=SEND_SECONDS
            )
        except OSError as error:  # a time-out is one
            raise ClusterLost(f"{self._name} does not answer: {first_line(error)}") from None
        return answers

    def _count(self) -> None:
        """Count the threads of all workers."""
        self._counted = time.monotonic()
        if self._client.status not in {"running", "connecting"}:
            raise ClusterLost(f"{self._name} was lost.")
        with suppress(OSError):  # while it reconnects; the client's status tells when it has given up
            ask = self._client.scheduler.identity  # type: ignore[union-attr]  # there is one from the start
            found = self._client.sync(ask, n_workers=0, callback_timeout=ANSWER_SECONDS)
            self._threads = found["total_threads"]

    def _unfit(self, reasons: Mapping[str, str]) -> WorkerUnfit:
        lines = [f"{self._name} has workers that would give other results than this machine:"]
        lines += [f"  {worker}: {reason}" for worker, reason in list(reasons.items())[:MOST_SHOWN]]
        if len(reasons) > MOST_SHOWN:
            lines.append(f"  ... and {len(reasons) - MOST_SHOWN} more")
        return WorkerUnfit(
            "\n".join([*lines, "  Install there what is installed here: see constraints.txt."])
        )


def _reason(looked: object) -> str:
    """Say why a worker is not to be used, or return an empty string."""
    if isinstance(looked, UnfitWorker):
        return f"({looked.host}) {'; '.join(looked.differences)}" if looked.differences else ""
    # a worker that has just died is nobody's fault; one that joins is looked at with its first chapter
    return "" if isinstance(looked, OSError) else f"boardpacks cannot be loaded there: {looked}"


def _lacks(looked: object, archive: Archive) -> bool:
    return isinstance(looked, UnfitWorker) and archive.digest in looked.lacks
