"""Executes many chapters at once, pack by pack, and finishes each pack as soon as its chapters are done."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from boardpacks.data.reads import Reads
from boardpacks.execute.chapter_limits import NO_OTHER_LIMITS, ChapterLimits
from boardpacks.execute.kernel import Kernels
from boardpacks.plan.events import (
    ChapterDone,
    ChapterLost,
    ChapterStarted,
    Noticed,
    OnEvent,
    PackLost,
    PackReady,
    PackResult,
    PackStarted,
)
from boardpacks.plan.plan import ChapterRun, PackPlan
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.own_faults import as_failure


class Team(Protocol):
    """Whoever executes chapters, here or elsewhere. Safe to use from threads."""

    def execute(self, run: ChapterRun) -> Reads:
        """Do what :func:`boardpacks.execute.run_chapter.execute_chapter` does."""

    def at_once(self) -> int:
        """Return how many chapters can be executed at once, now."""

    def stop(self) -> None:
        """End everything that runs, so that every call of `execute` soon returns or raises."""


Hire = Callable[[ChapterLimits], AbstractContextManager[Team]]
Execute = Callable[[ChapterRun], object]
Executed = Callable[[ChapterRun, Reads], None]
Finish = Callable[[PackPlan], PackResult]

WAKE_UP = 0.5  # seconds; on Windows a Ctrl-C is only noticed between two waits


def usable_cpus() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def build_packs(
    plans: Sequence[PackPlan],
    finish: Finish,
    *,
    there: Collection[Path] = (),
    executed: Executed = lambda run, reads: None,
    workers: int | Hire | None = None,
    limits: ChapterLimits = NO_OTHER_LIMITS,
    on_event: OnEvent,
) -> tuple[PackResult, ...]:
    """Execute every chapter of every pack, several at once, and finish each pack.

    Parameters
    ----------
    there
        Executed notebooks that are up to date, so that their chapters are not executed.
    executed
        Called with each chapter that was executed and the figures that it read, in a worker thread. The chapter
        fails when it raises.
    finish
        Makes a pack of its executed chapters: called once for each pack whose chapters are all done, in a
        worker thread, while chapters of other packs are executed. A pack fails when it raises.
    workers
        How many things are done at once; by default the number of usable processors. Or what opens a team
        elsewhere, which executes the chapters: it is only called when there are any. Packs are finished here.
    limits
        What a chapter may take.
    on_event
        Called in the calling thread, in order.

    Returns
    -------
    tuple of PackResult
        One for each plan, in the same order. A failing chapter or pack stops no other pack.

    Raises
    ------
    KeyboardInterrupt
        After every kernel has been ended.
    """
    waiting = [run for plan in plans for run in plan.chapters if run.out not in there]
    hire = workers if callable(workers) and waiting else None
    here = workers if isinstance(workers, int) else usable_cpus()
    with hire(limits) if hire else _team_here(here, limits, waiting, on_event) as team:

        def execute(run: ChapterRun) -> None:
            executed(run, team.execute(run))

        return run_packs(
            plans,
            execute,
            finish,
            there=there,
            stop=team.stop,
            workers=team.at_once,
            finishers=usable_cpus() if hire else None,
            on_event=on_event,
        )


@dataclass(frozen=True)
class LocalTeam:
    """So many workers on this machine, whose chapters run in kernels of one warm process."""

    workers: int
    kernels: Kernels
    limits: ChapterLimits

    def execute(self, run: ChapterRun) -> Reads:
        """Execute a chapter."""
        from boardpacks.execute.run_chapter import execute_chapter  # noqa: PLC0415 - while the warm process starts

        return execute_chapter(run, self.kernels, limits=self.limits)

    def at_once(self) -> int:
        """Return the number of workers."""
        return self.workers

    def stop(self) -> None:
        """End every kernel."""
        self.kernels.stop()


@contextmanager
def _team_here(
    workers: int, limits: ChapterLimits, waiting: Sequence[ChapterRun], on_event: OnEvent
) -> Iterator[LocalTeam]:
    told: list[str] = []
    with Kernels(told.append) as kernels:
        if waiting:
            kernels.begin(waiting[0].notebook.parent)
        yield LocalTeam(workers, kernels, limits)
    for words in told:  # in this thread, as all events are
        on_event(Noticed(words))


@dataclass
class _Pack:
    """How far a pack has got."""

    plan: PackPlan
    waiting: deque[ChapterRun]
    running: int = 0
    failures: list[BoardpacksError] = field(default_factory=list)
    result: PackResult | None = None

    @property
    def can_finish(self) -> bool:
        return not (self.waiting or self.running or self.failures or self.result)


@dataclass(frozen=True)
class _Task:
    """One thing that a worker does: a chapter, or a pack's finish when `run` is None."""

    pack: _Pack
    run: ChapterRun | None
    began: float


def run_packs(  # noqa: PLR0913 - everything that differs between ways of executing, by name
    plans: Sequence[PackPlan],
    execute: Execute,
    finish: Finish,
    *,
    there: Collection[Path] = (),
    stop: Callable[[], None],
    workers: Callable[[], int],
    finishers: int | None = None,
    on_event: OnEvent,
) -> tuple[PackResult, ...]:
    """Do what :func:`build_packs` does with any way of executing a chapter.

    All decisions are made in the calling thread; workers only execute and finish.

    Parameters
    ----------
    workers
        Says how many things are done at once, now.
    finishers
        How many packs are finished at once beside that; None when it is the workers who finish them.
    """
    packs = [_Pack(plan, deque(run for run in plan.chapters if run.out not in there)) for plan in plans]
    tasks: dict[Future[PackResult | None], _Task] = {}
    most = len(packs) + sum(len(pack.waiting) for pack in packs)
    pool = ThreadPoolExecutor(max_workers=max(1, most), thread_name_prefix="chapter")
    try:
        while True:
            at_once = workers()
            while task := _next_task(packs, _free(tasks.values(), at_once, finishers), on_event):
                tasks[pool.submit(_work, task, execute, finish)] = task
            if not tasks:
                break
            done, _ = wait(tasks, timeout=WAKE_UP, return_when=FIRST_COMPLETED)
            for future in done:
                _settle(tasks.pop(future), future, on_event)
    except BaseException:
        stop()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return tuple(pack.result for pack in packs if pack.result is not None)


@dataclass(frozen=True)
class _Free:
    """For what somebody is free."""

    to_execute: bool
    to_finish: bool


def _free(tasks: Collection[_Task], workers: int, finishers: int | None) -> _Free:
    if finishers is None:
        return _Free(len(tasks) < workers, len(tasks) < workers)
    executing = sum(task.run is not None for task in tasks)
    return _Free(executing < workers, len(tasks) - executing < finishers)


def _next_task(packs: Sequence[_Pack], free: _Free, on_event: OnEvent) -> _Task | None:
    """Choose what to do next: a pack that can be finished, else the first chapter that waits."""
    for pack in packs:
        if pack.can_finish and free.to_finish:
            pack.running += 1
            on_event(PackStarted(pack.plan))
            return _Task(pack, None, time.monotonic())
    for pack in packs:
        if pack.waiting and free.to_execute:
            run = pack.waiting.popleft()
            pack.running += 1
            on_event(ChapterStarted(pack.plan, run))
            return _Task(pack, run, time.monotonic())
    return None


def _work(task: _Task, execute: Execute, finish: Finish) -> PackResult | None:
    if task.run is None:
        return finish(task.pack.plan)
    execute(task.run)
    return None


def _settle(task: _Task, future: Future[PackResult | None], on_event: OnEvent) -> None:
    """Take note of a finished task and report it."""
    pack, seconds = task.pack, time.monotonic() - task.began
    pack.running -= 1
    failure = _failure(task, future.exception())
    if failure is None and task.run is not None:
        on_event(ChapterDone(pack.plan, task.run, seconds))
    elif failure is None:
        pack.result = future.result()
        assert pack.result is not None
        on_event(PackReady(pack.result, seconds))
    else:
        pack.failures.append(failure)
        pack.waiting.clear()
        if task.run is not None:
            on_event(ChapterLost(pack.plan, task.run, failure))
    if pack.failures and not pack.running:
        pack.result = PackResult(pack.plan, None, tuple(pack.failures), None)
        on_event(PackLost(pack.result))


def _failure(task: _Task, error: BaseException | None) -> BoardpacksError | None:
    """Return what to tell the user; the trace of a fault of the program goes to a file."""
    if error is None:
        return None
    plan = task.pack.plan
    doing = f"executing {task.run.label}" if task.run else "making the pack"
    return as_failure(error, plan.folder, f"{plan.place}: a fault in boardpacks itself while {doing}")
