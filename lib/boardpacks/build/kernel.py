"""One private Jupyter kernel for each chapter, and the means to end them all at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from boardpacks.build.leftovers import private_prefix

IPC_PATH_LIMIT = 100
"""Longest path of a socket in bytes that every POSIX system takes, with some room."""

INLINE_CHARTS = "module://matplotlib_inline.backend_inline"


class BuildStopped(Exception):  # noqa: N818 - not a fault: somebody asked for it
    """The build was told to stop before this chapter was done."""


class Kernels:
    """The running kernels of one build. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    @property
    def stopped(self) -> bool:
        """Whether the build was told to stop."""
        return self._stopped

    def add(self, process: subprocess.Popen[bytes]) -> None:
        """Take note of a kernel that has just started; it is ended at once when the build has stopped."""
        with self._lock:
            self._running.add(process)
            if self._stopped:
                _end(process)

    def remove(self, process: subprocess.Popen[bytes]) -> None:
        """Forget a kernel that has ended, and end what it has left running."""
        with self._lock:
            self._running.discard(process)
            _end(process)

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """End one kernel and whatever it has started."""
        with self._lock:
            _end(process)

    def stop(self) -> None:
        """End every kernel, and every one that may still be starting."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _end(process)


class ChapterKernelManager(AsyncKernelManager):
    """Runs this very interpreter as the kernel, with its sockets and files in a folder of its own.

    Nothing is looked up among the kernels that happen to be installed, and nothing is read from or written
    to the user's Jupyter and IPython folders.
    """

    def __init__(self, folder: Path):
        super().__init__()
        self.folder = folder
        self.connection_file = str(folder / "kernel.json")
        if os.name == "posix" and len(str(folder).encode()) < IPC_PATH_LIMIT:
            # TCP ports are chosen before they are bound, so that two kernels can get the same one
            self.transport = "ipc"
            self.ip = str(folder / "k")

    @property
    def kernel_spec(self) -> KernelSpec:
        """The kernel to start: the interpreter that this process runs on."""
        command = [sys.executable, "-m", "boardpacks.build.chapter_kernel", "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="Python", language="python")

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The kernel's process, once it was started."""
        return getattr(self.provisioner, "process", None)

    def exit_cause(self) -> str:
        """Return how the kernel's process ended: ``was killed by SIGSEGV``, ``ended with exit code 3``."""
        code = self.process.poll() if self.process is not None else None
        if code is None:
            return "stopped answering"
        if code >= 0:
            return f"ended with exit code {code}"
        name = signal.Signals(-code).name
        return f"was killed by {name}" + (" (often for want of memory)" if name == "SIGKILL" else "")


def private_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a new folder, readable by this user only, for a kernel's sockets, profile and log."""
    return tempfile.TemporaryDirectory(prefix=private_prefix(), ignore_cleanup_errors=True)


def kernel_environment(folder: Path, inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that a kernel is given.

    A display of the user's, start-up files in an IPython profile and a random order of sets would make one
    chapter differ from machine to machine.
    """
    return {
        **inherited,
        "MPLBACKEND": INLINE_CHARTS,
        "IPYTHONDIR": str(folder / "ipython"),
        "PYTHONHASHSEED": "0",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a kernel and whatever it has started: it leads a process group of its own."""
    try:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass
