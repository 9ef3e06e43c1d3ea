"""The builder's end of the warm process: starts it, asks it for forks, and hears what they say and how they end."""

from __future__ import annotations

import contextlib
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
from typing import Any, BinaryIO, NamedTuple

from boardpacks.execute.warm import channel

START_TIMEOUT = 120
FORK_TIMEOUT = 30
PROGRAM = "import sys; del sys.path[0]; from boardpacks.execute.warm.warm_process import main; main()"


class WarmProcessLost(Exception):  # noqa: N818 - says what happened
    """The warm process ended although forks of it were wanted or running."""


class CellToRun(NamedTuple):
    """Code for a fork to run; after an error it goes on only where `may_fail` says so."""

    code: str
    may_fail: bool


class Fork:
    """A fork of the warm process that runs a chapter's cells: what it says, and how it ends."""

    def __init__(self, said: int, end: socket.socket):
        self.pid = 0
        self.returncode: int | None = None
        """How it ended, as in ``subprocess.Popen``; None while it runs."""
        self.lost = False
        """Whether it ended because the warm process did."""
        self._said = said
        self._end: socket.socket | None = end
        self._inbox = channel.Inbox(end)
        self._close = [lambda: os.close(said), end.close]

    def wait_for_pid(self, timeout: float) -> None:
        """Wait until it has begun or ended. When neither happens, give it up: it ends at its first word."""
        end = time.monotonic() + timeout
        while not self.pid and self.returncode is None and select.select([self._said], [], [], timeout)[0]:
            timeout = max(0, end - time.monotonic())
            self._listen()
        self.lost = not self.pid  # without an id it could not be ended

    def run(self, cells: Sequence[CellToRun], timeout: float) -> None:
        """Wait until it is ready, and hand it its cells. When it cannot take them, it has ended or will be late.

        Raises
        ------
        RuntimeError
            When it is not ready in time, or has ended before.
        WarmProcessLost
            When it has ended because the warm process did.
        """
        if self._receive(time.monotonic() + timeout) is None:
            raise RuntimeError(f"no answer within {timeout} seconds")
        if self._end is not None:
            with contextlib.suppress(OSError):
                channel.send(self._end, [json.dumps(cells).encode()])

    def message(self, cell: int, until: float) -> dict[str, Any] | None:
        """Return its next message from a cell; None when time is up, or it has ended and nothing is left to hear.

        Parameters
        ----------
        cell
            Number of the cell, from 0. Of others, what their threads still say is passed over.
        until
            Time of the monotonic clock.

        Raises
        ------
        WarmProcessLost
            When it has ended because the warm process did.
        """
        while (message := self._receive(until)) is not None:
            if message["parent_header"].get("msg_id") == str(cell):
                break
        return message

    def kill(self) -> None:
        """End it."""
        if self.returncode is None:
            os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Stop listening."""
        while self._close:
            self._close.pop()()

    def _receive(self, until: float) -> dict[str, Any] | None:
        while (left := until - time.monotonic()) > 0:
            running = self.returncode is None
            speakers = [self._end, self._said] if running else [self._end]
            ready, _, _ = select.select(
                [one for one in speakers if one is not None], [], [], left if running else 0
            )
            if not ready:
                break
            if self._end in ready:
                try:
                    parts = self._inbox.take()
                except EOFError:  # that says nothing: the notebook may have closed what it does not know
                    self._end = None
                    continue
                if parts is not None:
                    return _message(parts)
            else:
                self._listen()
        if self.lost:
            raise WarmProcessLost
        return None

    def _listen(self) -> None:
        """Take in what was said of it."""
        heard = os.read(self._said, 4096)
        if not heard:  # nobody is left to say how it ended: the warm process took it along
            self.lost, self.returncode = True, -signal.SIGKILL
        for line in heard.splitlines():  # written at once, so read at once
            word, _, number = line.partition(b" ")
            if word == b"pid":
                self.pid = int(number)
            else:
                self.returncode = int(number)


def _message(parts: list[bytes]) -> dict[str, Any]:
    """Return a kernel's message as Jupyter's clients know it."""
    header, parent, _, content = map(json.loads, parts[:4])
    return {
        "header": header,
        "msg_type": header["msg_type"],
        "parent_header": parent,
        "content": content,
        "buffers": parts[4:],
    }


class WarmProcess:
    """A process in which everything is imported, and of which forks are made. Safe to use from threads.

    Parameters
    ----------
    cwd
        Folder that it runs in: that of a notebook.
    environment
        Its variables: those of a fork, since libraries read some when they are imported.
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
        self._control, end = channel.pair()
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

    def fork(self, cwd: Path, environment: Mapping[str, str], log: BinaryIO) -> Fork:
        """Start a fork, and return when it has an id.

        Parameters
        ----------
        cwd, environment
            Its working folder and variables.
        log
            File for what it prints outside any cell.

        Raises
        ------
        WarmProcessLost
            When the warm process has ended, or does not answer.
        """
        told = {**environment, "JPY_PARENT_PID": str(os.getpid())}  # as Jupyter tells its kernels
        changed = {
            name: told.get(name)
            for name in self._environment.keys() | told.keys()
            if self._environment.get(name) != told.get(name)
        }
        request = json.dumps({"cwd": str(cwd), "variables": changed}).encode()
        said, say = os.pipe()
        end, far_end = channel.pair()
        end.settimeout(FORK_TIMEOUT)
        fork = Fork(said, end)
        try:
            with self._lock, far_end:
                socket.send_fds(self._control, [request], [say, far_end.fileno(), log.fileno()])
        except OSError:
            fork.lost = True
        finally:
            os.close(say)
        if not fork.lost:
            fork.wait_for_pid(FORK_TIMEOUT)
        if fork.lost:
            fork.close()
            raise WarmProcessLost
        return fork

    def close(self) -> None:
        """End the process and every fork of it."""
        with self._lock:
            self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
