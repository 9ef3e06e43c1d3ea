"""The builder's end of the warm process: starts it, asks it for kernels, and hears how each of them ended."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

SWITCH = "BOARDPACKS_WARM"
"""Variable that switches the warm process off when it is 0."""

START_TIMEOUT = 120
FORK_TIMEOUT = 30
PROGRAM = "import sys; del sys.path[0]; from boardpacks.build.warm_process import main; main()"


class WarmProcessLost(Exception):  # noqa: N818 - says what happened
    """The warm process ended although kernels of it were wanted or running."""


def warm_is_possible() -> bool:
    """Whether kernels can be forked here: on Linux, unless it was switched off."""
    return sys.platform == "linux" and os.environ.get(SWITCH) != "0"


class ForkedKernel:
    """A kernel forked from the warm process, with what kernel provisioners use of ``subprocess.Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, said: int):
        self.pid = 0
        self.returncode: int | None = None
        self.lost = False
        """Whether it ended because the warm process did."""
        self._said = said
        self._heard = b""
        self._bound = False

    def wait_until_bound(self, timeout: float) -> None:
        """Wait until its sockets are there, or it has ended: a client that is too early tries again late."""
        end = time.monotonic() + timeout
        while not self._bound and self.returncode is None and time.monotonic() < end:
            self._listen(end - time.monotonic())

    def give_up(self) -> None:
        """Stop listening: a kernel that starts all the same ends at its first word."""
        if self.returncode is None:
            self.lost, self.returncode = True, -signal.SIGKILL
            os.close(self._said)

    def poll(self) -> int | None:
        """Return how the kernel ended, as Popen does, or None while it runs."""
        while self.returncode is None and self._listen(0):
            pass
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end."""
        end = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            if not self._listen(None if end is None else max(0, end - time.monotonic())):
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel, unless it has ended."""
        if self.pid and self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)

    def _listen(self, timeout: float | None) -> bool:
        """Take in what was said of the kernel; False when nothing was."""
        if not select.select([self._said], [], [], timeout)[0]:
            return False
        heard = os.read(self._said, 4096)
        if not heard:  # nobody is left to say how it ended: the warm process took it along
            self.lost, self.returncode = True, -signal.SIGKILL
        *lines, self._heard = (self._heard + heard).split(b"\n")
        for line in lines:
            word, _, number = line.partition(b" ")
            match word:
                case b"pid":
                    self.pid = int(number)
                case b"bound":
                    self._bound = True
                case b"exit":
                    self.returncode = int(number)
        if self.returncode is not None:
            os.close(self._said)
        return True


class WarmProcess:
    """A process in which everything is imported, and of which kernels are forked. Safe to use from threads.

    Parameters
    ----------
    cwd
        Folder that it runs in: that of a notebook.
    environment
        Its variables: those of a kernel, since libraries read some when they are imported.
    log
        File for what it prints.

    Raises
    ------
    WarmProcessLost
        When it does not start, or a fork of it would not be safe.
    """

    def __init__(self, cwd: Path, environment: Mapping[str, str], log: BinaryIO):
        self._environment = dict(environment)
        self._lock = threading.Lock()
        self._control, end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with end:
            self._process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM],
                stdin=end.fileno(),
                stdout=log,
                stderr=log,
                cwd=cwd,
                env=self._environment,
                start_new_session=True,  # a Ctrl-C at the terminal is for the builder to act on
            )
        self._control.settimeout(START_TIMEOUT)
        try:
            ready = self._control.recv(4096)
        except OSError:
            ready = b""
        if not ready or json.loads(ready)["threads"] != 1:
            self.close()
            raise WarmProcessLost

    @property
    def pid(self) -> int:
        """Id of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def fork(
        self, arguments: Sequence[str], cwd: str, environment: Mapping[str, str], log: BinaryIO
    ) -> ForkedKernel:
        """Start a kernel, and return when its sockets are there.

        Parameters
        ----------
        arguments
            What ``ipykernel_launcher`` would be given.
        cwd, environment
            Working folder and variables of the kernel.
        log
            File for what it prints outside any cell.

        Raises
        ------
        WarmProcessLost
            When the warm process has ended.
        """
        changed = {
            name: environment.get(name)
            for name in self._environment.keys() | environment.keys()
            if self._environment.get(name) != environment.get(name)
        }
        request = {"arguments": list(arguments), "cwd": cwd, "variables": changed}
        said, say = os.pipe()
        kernel = ForkedKernel(said)
        try:
            with self._lock:
                socket.send_fds(self._control, [json.dumps(request).encode()], [say, log.fileno()])
        except OSError:
            os.close(said)
            raise WarmProcessLost from None
        finally:
            os.close(say)
        kernel.wait_until_bound(FORK_TIMEOUT)
        if not kernel.pid:
            kernel.give_up()  # without an id it could not be ended
        if kernel.lost:
            raise WarmProcessLost
        return kernel

    def close(self) -> None:
        """End the process and every kernel of it."""
        with self._lock:
            self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
