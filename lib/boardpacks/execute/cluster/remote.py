"""What runs on a worker of a cluster: tells what the worker has, takes in what it lacks, executes a chapter.

A worker shares no folder with the home machine. The project comes as bytes, and the executed notebook goes home
as bytes. All functions here are called by Dask, in a worker's process.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from distributed import Worker, get_worker

from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.execute.cluster.bundles import Archive, unpack
from boardpacks.execute.cluster.order import ClusterOrder, Executed, Failed, UnfitWorker, library_digests
from boardpacks.execute.kernel import Kernels
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.plan.fingerprints import chosen_packages, installed_packages
from boardpacks.plan.plan import ChapterRun

IDLE_SECONDS = 600
"""How long a worker keeps the warm process of a build that has gone silent: its home may have died."""


async def look(order: ClusterOrder, dask_worker: Worker) -> UnfitWorker:
    """Say what this worker lacks, or has otherwise than home."""
    return await asyncio.to_thread(lambda: _desk(order, dask_worker).look())


async def receive(archive: Archive, dask_worker: Worker) -> None:
    """Take in an archive."""
    await asyncio.to_thread(unpack, archive, _store(dask_worker) / archive.digest)


async def end(build: str, dask_worker: Worker) -> None:
    """End a build's kernels and its warm process on this worker."""
    desk = _desks.pop((build, dask_worker.address), None)
    if desk is not None:
        await asyncio.to_thread(desk.stop)


def run_chapter(order: ClusterOrder, run: ChapterRun) -> Executed | Failed | UnfitWorker:
    """Execute a chapter here, with the notebook and the figures that came from home."""
    desk = _desk(order, get_worker())
    found = desk.look()
    if not found.is_fit:
        return found
    try:
        with desk.busy(), tempfile.TemporaryDirectory(dir=desk.project, prefix=".chapter-") as folder:
            notebook = desk.project / "notebooks" / run.notebook.name
            return _execute(replace(run, notebook=notebook, out=Path(folder) / run.out.name), desk)
    except OSError as error:  # a full disk there is not one of home
        return Failed(None, "", f"{type(error).__name__} on {found.worker} ({found.host}): {error}", None)


def _execute(run: ChapterRun, desk: _Desk) -> Executed | Failed:
    try:
        reads = execute_chapter(run, desk.kernels, limits=desk.order.limits)
    except ChapterFailed as failure:
        kept = failure.kept.read_bytes() if failure.kept else None
        return Failed(failure.cell, failure.code, failure.reason, kept, failure.line)
    return Executed(run.out.read_bytes(), reads)


class _Desk:
    """Where a worker works for one build: its kernels, its warm process, its copy of the project."""

    def __init__(self, order: ClusterOrder, worker: Worker):
        self.order = order
        self.worker = worker.address
        self.store = _store(worker)
        self.kernels = Kernels()
        self._folder: Path | None = None
        self._lock = threading.Lock()
        self._chapters = 0
        self._timer: threading.Timer | None = None

    @cached_property
    def differences(self) -> tuple[str, ...]:
        """What is not the same here as at home, in words."""
        packages = chosen_packages(self.order.packages, installed_packages())
        return _differences(self.order, library_digests(), packages)

    def look(self) -> UnfitWorker:
        """Say what is lacking, or otherwise than at home."""
        lacking = tuple(digest for digest in self.order.parts.values() if not (self.store / digest).is_dir())
        return UnfitWorker(self.worker, socket.gethostname(), self.differences, lacking)

    @property
    def project(self) -> Path:
        """The project's folder here, laid out from the archives."""
        with self._lock:
            if self._folder is None:
                folder = Path(tempfile.mkdtemp(dir=self.store, prefix="build-"))
                try:
                    for place, digest in self.order.parts.items():
                        shutil.copytree(self.store / digest, folder / place, dirs_exist_ok=True)
                except OSError:
                    shutil.rmtree(folder, ignore_errors=True)
                    raise
                self._folder = folder
            return self._folder

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Say that a chapter is executed. After the last one, look after a while whether another one came."""
        with self._lock:
            self._chapters += 1
            self._forget_timer()
        try:
            yield
        finally:
            with self._lock:
                self._chapters -= 1
                if not self._chapters:
                    self._timer = threading.Timer(IDLE_SECONDS, self._rest)
                    self._timer.daemon = True
                    self._timer.start()

    def stop(self) -> None:
        """End everything that runs, and leave nothing but the archives."""
        self.kernels.stop()
        with self._lock:
            self._forget_timer()
            self._clear()

    def _rest(self) -> None:
        """End the warm process, unless a chapter has come; one that comes later starts another."""
        with self._lock:
            if not self._chapters:
                self._clear()
                self.kernels = Kernels()

    def _clear(self) -> None:
        with self.kernels:
            pass  # ends its warm process
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


# By build and worker. For the whole process, on purpose: Dask calls plain functions, and a warm process has to
# outlast each call.
_desks: dict[tuple[str, str], _Desk] = {}


def _desk(order: ClusterOrder, worker: Worker) -> _Desk:
    key = order.build, worker.address
    return _desks.get(key) or _desks.setdefault(key, _Desk(order, worker))


def _store(worker: Worker) -> Path:
    folder = Path(worker.local_directory) / "boardpacks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _differences(
    order: ClusterOrder, library: Mapping[str, str], packages: Mapping[str, str]
) -> tuple[str, ...]:
    """Word what a worker has otherwise than home."""
    wanted = order.library["boardpacks"], library["boardpacks"]
    rooms = [name for name, digest in order.library.items() if library.get(name) != digest]
    found = []
    if wanted[0] != wanted[1]:
        found.append(f"boardpacks {wanted[1]}, here {wanted[0]}")
    elif rooms:
        found.append(f"boardpacks {wanted[1]} with other code in {', '.join(rooms)}")
    found += [
        f"{name} {packages.get(name, 'not installed')}, here {version}"
        for name, version in order.packages.items()
        if packages.get(name) != version
    ]
    return tuple(found)
