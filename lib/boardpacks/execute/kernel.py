"""A process for each chapter, forked or a private Jupyter kernel, and the means to end them all at once."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, Self

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Type

from boardpacks.chapter.history import AS_OF
from boardpacks.chapter.own_place import VARIABLE as PLACE
from boardpacks.execute.leftovers import private_prefix
from boardpacks.execute.ready import ReadyClient
from boardpacks.execute.warm import WarmProcess, start_warm, warm_is_possible

IPC_PATH_LIMIT = 100
"""Longest path of a socket in bytes that every POSIX system takes, with some room."""

LOG = logging.getLogger(__name__)

NO_HISTORY = "--HistoryManager.enabled=False"
"""Nobody looks up later what was typed in a chapter's kernel: writing it down would take longer than most cells."""

INLINE_CHARTS = "module://matplotlib_inline.backend_inline"


class BuildStopped(Exception):  # noqa: N818 - not a fault: somebody asked for it
    """The build was told to stop before this chapter was done."""


class KernelProcess(Protocol):
    """The process of a chapter, started or forked."""

    @property
    def pid(self) -> int:
        """Its id."""

    def kill(self) -> None:
        """End it."""


class Kernels:
    """The kernels of one build, and the warm process that they are forked from. Safe to use from threads.

    Parameters
    ----------
    tell
        Told, from any thread, when there is to be no warm process although there could be: why, in one line.
    """

    MOST_STARTS = 3
    """How often a warm process is started, in case that something keeps killing it."""

    def __init__(self, tell: Callable[[str], None] = LOG.warning) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._running: set[KernelProcess] = set()
        self._stopped = False
        self._warm_lock = threading.Lock()
        self._warm: WarmProcess | None = None
        self._starts_left = self.MOST_STARTS if warm_is_possible() else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        with self._warm_lock:
            if self._warm is not None:
                self._warm.close()
            self._warm, self._starts_left = None, 0

    @property
    def stopped(self) -> bool:
        """Whether the build was told to stop."""
        return self._stopped

    def begin(self, cwd: Path) -> None:
        """Have the warm process start; meanwhile others can import what they need."""
        threading.Thread(target=self.warm, args=(cwd,), name="warm").start()

    def warm(self, cwd: Path) -> WarmProcess | None:
        """Return the warm process, started when first asked for; None where there can be none."""
        with self._warm_lock:
            if self._warm is not None and not self._warm.alive:
                self._warm.close()
                self._warm = None
            if self._warm is None and self._starts_left and not self._stopped:
                self._starts_left -= 1
                with private_folder() as folder:
                    self._warm = start_warm(cwd, kernel_environment(Path(folder), os.environ), self._tell)
                if self._warm is None:
                    self._starts_left = 0
            return self._warm

    def add(self, process: KernelProcess) -> None:
        """Take note of a kernel that has just started; it is ended at once when the build has stopped."""
        with self._lock:
            self._running.add(process)
            if self._stopped:
                _end(process)

    def remove(self, process: KernelProcess) -> None:
        """Forget a kernel that has ended, and end what it has left running."""
        with self._lock:
            self._running.discard(process)
            _end(process)

    def end(self, process: KernelProcess) -> None:
        """End one kernel and whatever it has started."""
        with self._lock:
            _end(process)

    def stop(self) -> None:
        """End every kernel, and every one that may still be starting."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _end(process)

    def resume(self) -> None:
        """Let kernels start again after `stop`."""
        with self._lock:
            self._stopped = False


class ChapterProvisioner(LocalProvisioner):
    """Starts a kernel as Jupyter does, and waits less for its end."""

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and wait for that: the manager would look only each tenth of a second."""
        await super().kill(restart)
        if self.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=5)


class ChapterKernelManager(AsyncKernelManager):
    """Runs this very interpreter as the kernel, with its sockets and files in a folder of its own.

    Nothing is looked up among the kernels that happen to be installed, and nothing is read from or written
    to the user's Jupyter and IPython folders.
    """

    client_factory = Type(klass="jupyter_client.asynchronous.AsyncKernelClient", default_value=ReadyClient)

    def __init__(self, folder: Path):
        super().__init__()
        self.folder = folder
        self.connection_file = str(folder / "kernel.json")
        if os.name == "posix" and len(str(folder).encode()) < IPC_PATH_LIMIT:
            # TCP ports are chosen before they are bound, so that two kernels can get the same one
            self.transport = "ipc"
            self.ip = str(folder / "k")
        self.provisioner = ChapterProvisioner(
            kernel_id=folder.name, kernel_spec=self.kernel_spec, parent=self
        )

    @property
    def kernel_spec(self) -> KernelSpec:
        """The kernel to start: the interpreter that this process runs on."""
        program = [sys.executable, "-m", "boardpacks.execute.chapter_kernel"]
        command = [*program, "-f", "{connection_file}", NO_HISTORY]
        return KernelSpec(argv=command, display_name="Python", language="python")

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The kernel's process, once it was started."""
        return getattr(self.provisioner, "process", None)


def hold_to_memory(process: KernelProcess, memory: int | None) -> None:
    """Let a kernel, and each process that it starts, hold no more than `memory` bytes; None for no limit.

    What is counted is memory of its own that it could write to, not what libraries reserve of addresses.
    """
    if memory is not None and sys.platform == "linux":
        import resource  # noqa: PLC0415 - Windows has none

        with contextlib.suppress(ProcessLookupError):  # it has ended already, which is told elsewhere
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (memory, memory))


def private_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a new folder, readable by this user only, for a kernel's sockets, profile and log."""
    return tempfile.TemporaryDirectory(prefix=private_prefix(), ignore_cleanup_errors=True)


def kernel_environment(
    folder: Path, inherited: Mapping[str, str], place: str = "", as_of: str = ""
) -> dict[str, str]:
    """Return the variables that a kernel is given.

    A display of the user's, start-up files in an IPython profile and a random order of sets would make one
    chapter differ from machine to machine; so would sums in an order that depends on the number of processors.
    A library that starts threads when it is imported would make a fork of the warm process unsafe. A chapter is
    told the place and the month of the meeting that it is made for.
    """
    return {
        **inherited,
        "MPLBACKEND": INLINE_CHARTS,
        "IPYTHONDIR": str(folder / "ipython"),
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        **({PLACE: place} if place else {}),
        **({AS_OF: as_of} if as_of else {}),
    }


def _end(process: KernelProcess) -> None:
    """Kill a kernel and whatever it has started: it leads a process group of its own."""
    try:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass
