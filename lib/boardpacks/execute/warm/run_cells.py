"""Runs a chapter's cells in this very process, by ipykernel's own code but without its sockets.

What a cell puts out goes home as the messages that an ordinary kernel would send, so that the same is made of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import zmq
from ipykernel.iostream import BackgroundSocket, IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.paths import get_ipython_dir
from jupyter_client.session import DELIM
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets.config import Config

from boardpacks.data.opened import watch
from boardpacks.execute.output_limit import FLOODED, OutputTooLarge
from boardpacks.execute.warm import channel

SETTINGS = {"HistoryManager": {"enabled": False}}
"""What an ordinary kernel of a chapter is told on its command line."""


class Home(IOPubThread):
    """Stands in for ipykernel's thread that sends: sends at once, in the thread that has something to send."""

    thread: Any
    io_loop: Any
    socket: socket.socket

    def __init__(self) -> None:
        self.thread = None
        self.io_loop = self
        self.background_socket = BackgroundSocket(self)

    def schedule(self, call: Callable[[], object]) -> None:
        """Call at once."""
        call()

    def call_later(self, seconds: float, call: Callable[[], object]) -> None:
        """Call after a while: how text travels home from a cell that takes long."""
        timer = threading.Timer(seconds, call)
        timer.daemon = True
        timer.start()

    def _really_send(self, msg: Sequence[bytes], *args: Any, **options: Any) -> None:
        channel.send(self.socket, msg[msg.index(DELIM) + 2 :])


class Stream(OutStream):
    """Standard output or error. Keeps what is printed, and written to the file handle past Python, in order."""

    _fid: int

    def __init__(self, *args: Any, **options: Any):
        self._taking = threading.RLock()
        super().__init__(*args, **options)

    def write(self, string: str) -> Any:
        """Write text, after what was written to the file handle before."""
        if self._is_master_process():
            self._take()
        return super().write(string)

    def _flush(self) -> None:
        if not self._is_master_process():  # a fork, which may have copied the lock while it was held
            super()._flush()
            return
        with self._taking:
            self._take()
            super()._flush()

    def _watch_pipe_fd(self) -> None:
        """Take what is written, so that whoever writes much need not wait for the end of the cell."""
        with contextlib.suppress(OSError, ValueError):  # the notebook has closed the file handle
            while self._should_watch:
                select.select([self._fid], [], [])
                self._take()

    def _take(self) -> None:
        with self._taking:
            while self._should_watch and select.select([self._fid], [], [], 0)[0]:
                text = os.read(self._fid, 65536).decode(errors="replace")
                try:
                    super().write(text)
                except OutputTooLarge:
                    os._exit(FLOODED)  # raised here, it need not end the cell


class CellsKernel(IPythonKernel):
    """An ordinary kernel that takes note when a cell has failed."""

    shell_stream = AnyTrait()
    _supports_kernel_subshells = False
    failed = False

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        self.failed = True


class CellsApp(IPKernelApp):
    """Starts everything that ``python -m ipykernel`` does, but for sockets and the threads that serve them.

    It starts in two parts: once, in the warm process, what no chapter can tell apart; in each fork the rest.
    """

    home: Home

    def parse_command_line(self, argv: object = None) -> None:
        """There is none."""

    def _nothing(self, **options: Any) -> None:
        """Do nothing, where an ordinary kernel starts what clients connect to."""

    init_poller = init_heartbeat = _nothing
    init_connection_file = write_connection_file = log_connection_info = _nothing
    init_io = init_signal = init_gui_pylab = init_extensions = init_code = _nothing

    def init_sockets(self) -> None:
        """Have messages sent home, unsigned."""
        self.session.key = b""
        self.configure_tornado_logger()
        self.home = self.iopub_thread = Home()
        self.iopub_socket = self.home.background_socket

    def init_kernel(self) -> None:
        """Create the kernel."""
        self.kernel = CellsKernel.instance(
            parent=self,
            session=self.session,
            shell_stream=self.home,
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            # asked which thread runs the cells
            shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
            _execute_sleep=0,
        )

    def settle(self, end: socket.socket) -> None:
        """Start, in a fork, what forks must not share or a chapter's folder and variables decide."""
        self.home.socket = end
        self.session.pid = os.getpid()
        shell: Any = self.shell
        self.ipython_dir, self.profile_dir = get_ipython_dir(), None
        self.init_profile_dir()
        self.kernel.profile_dir = shell.profile_dir = self.profile_dir
        shell.ipython_dir, shell.starting_dir = self.ipython_dir, str(Path.cwd())
        shell.history_manager.dir_hist[:] = [Path.cwd()]
        shell.init_environment()
        self.kernel.io_loop = IOLoop.current()
        super().init_io()
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count
        super().init_signal()
        super().init_gui_pylab()
        super().init_extensions()
        super().init_code()
        self.kernel._publish_status("starting", "shell")

    async def run(self, cells: Sequence[tuple[str, bool]]) -> None:
        """Run cells, each with whether it may fail, up to the first that fails and may not."""
        for number, (code, may_fail) in enumerate(cells):
            asked = self.session.msg(
                "execute_request",
                {
                    "code": code,
                    "silent": False,
                    "store_history": True,
                    "user_expressions": {},
                    "allow_stdin": False,
                    "stop_on_error": not may_fail,
                },
            )
            asked["header"]["msg_id"] = str(number)
            await self.kernel.dispatch_shell([zmq.Frame(part) for part in self.session.serialize(asked)])
            if self.kernel.failed:
                return
            await asyncio.sleep(0)  # a turn for what a cell has left in the background


def prepare() -> CellsApp:
    """Start a kernel as far as that can be done before a fork, without threads."""
    app: Any = CellsApp.instance(
        config=Config(SETTINGS), kernel_class=CellsKernel, outstream_class=f"{__name__}.{Stream.__name__}"
    )
    app.initialize()
    return cast("CellsApp", app)


def run_cells(app: CellsApp, end: socket.socket) -> None:
    """Start the rest of the kernel in a fork, say so, and run the cells that are then sent.

    Parameters
    ----------
    app
        What was prepared before the fork.
    end
        Where cells come from and messages go to.
    """
    app.settle(end)
    (cells,) = channel.Inbox(end).message()
    watch(Path.cwd(), Path(app.ipython_dir).parent)
    loop = asyncio.get_event_loop()
    running = loop.create_task(app.run(json.loads(cells)))
    running.add_done_callback(lambda _: loop.stop())
    loop.run_forever()  # `quit` in a cell has it stop too
    if running.done():
        running.result()
