"""The warm process: imports what chapters need once, then forks for each chapter.

It runs as a program of its own, started by :mod:`boardpacks.execute.warm.forks`, and stays single-threaded, since
only then is a fork safe. One request is a message on its standard input, a socket. It ends, and its forks
with it, when the other end of that socket is closed, however the process there ended.
"""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import gc
import importlib
import io
import json
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from boardpacks.execute.warm.run_cells import CellsApp

LARGEST_REQUEST = 65536
THREADS = Path("/proc/self/task")

# What an ordinary kernel imports by the end of a chapter. Never matplotlib_inline: imported before there is a
# kernel, it does not hook into it, and charts vanish.
PRELOADED = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel.zmqshell",
    "ipykernel.displayhook",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "tornado.platform.asyncio",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "pyarrow.parquet",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.dates",
    "pandera.pandas",
    "scipy.stats",
    "seaborn",
    "boardpacks.execute.warm.run_cells",
    "boardpacks.execute.warm.guard_output",
    "boardpacks.chapter.chapter",
)


@dataclass(frozen=True)
class Request:
    """What one fork is started with; `variables` are those that differ from the warm process's own.

    ``said`` is the pipe that tells how it fares, ``end`` the socket for cells and outputs, ``log`` the file for
    what is printed outside any cell.
    """

    cwd: str
    variables: Mapping[str, str | None]
    said: int
    end: int
    log: int


def main() -> NoReturn:
    """Import, tell that the process is ready, and fork until the other end is closed."""
    control = socket.socket(fileno=os.dup(0))
    _read_nothing()
    _preload()
    from boardpacks.execute.warm.run_cells import prepare  # noqa: PLC0415 - it takes long, like everything preloaded

    app = prepare()
    _freeze()
    threads = len(list(THREADS.iterdir()))
    control.send(json.dumps({"threads": threads}).encode())
    if threads != 1:
        sys.exit(f"{threads} threads after the imports, so that a fork is not safe")
    _run(_serve(control), app)


def _read_nothing() -> None:
    """Let standard input be empty, as a kernel's is."""
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)


def _preload() -> None:
    gc.disable()
    # Libraries may ask at import whether they are in a notebook, and how its output is encoded: pandas decides by
    # that how many columns it shows
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=None, config={"IPKernelApp": {}})
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="UTF-8")):
        for name in PRELOADED:
            importlib.import_module(name)
    del vars(builtins)["get_ipython"]
    _read_project()


def _freeze() -> None:
    gc.collect()
    gc.freeze()  # a collection in a fork would otherwise touch, and so copy, all of this
    gc.enable()


def _read_project() -> None:
    """Read params and snapshot ahead; what is wrong with them is for the chapters to say."""
    from boardpacks.chapter.read_once import read_inputs  # noqa: PLC0415
    from boardpacks.project.errors import BoardpacksError  # noqa: PLC0415
    from boardpacks.project.folder import find_project  # noqa: PLC0415

    with contextlib.suppress(BoardpacksError, OSError):
        _, snapshot = read_inputs(find_project())
        _ = snapshot.rows


def _serve(control: socket.socket) -> Request:
    """Fork for each request. Returns in the forks only."""
    woken, wake = socket.socketpair()
    wake.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    forks: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([control, woken], [], [])
        if woken in ready:
            woken.recv(4096)
            _bury(forks)
        if control in ready:
            message, descriptors, _, _ = socket.recv_fds(control, LARGEST_REQUEST, 3)
            if not message:
                _end(forks)
            said, end, log = descriptors
            request = Request(**json.loads(message), said=said, end=end, log=log)
            parent = os.getpid()
            pid = os.fork()
            if pid == 0:
                for own in (control, woken, wake):
                    own.close()
                for other in forks.values():
                    os.close(other)
                _die_with(parent)
                return request
            os.close(request.end)
            os.close(request.log)
            forks[pid] = request.said


def _bury(forks: dict[int, int]) -> None:
    """Tell of each fork that has ended how it did, and kill what it has left running."""
    while forks and (ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)):
        _kill(ended.si_pid)  # before its id can be given to another process
        _, status = os.waitpid(ended.si_pid, 0)
        said = forks.pop(ended.si_pid)
        with contextlib.suppress(OSError):  # nobody listens any more
            os.write(said, f"exit {os.waitstatus_to_exitcode(status)}\n".encode())
        os.close(said)


def _end(forks: Mapping[int, int]) -> NoReturn:
    for pid in forks:
        _kill(pid)
    os._exit(0)


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _die_with(parent: int) -> None:
    """Ask Linux to kill this process when its parent ends; lead a session, as an ordinary kernel does."""
    set_parent_death_signal = 1
    os.setsid()
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)  # it ended before that


def _run(request: Request, app: CellsApp) -> NoReturn:
    """Do in a fork what an ordinary kernel does in a new process, and end."""
    code = 1
    try:
        _look_new(request)
        from boardpacks.execute.warm.guard_output import guard  # noqa: PLC0415
        from boardpacks.execute.warm.run_cells import run_cells  # noqa: PLC0415

        guard()
        run_cells(app, socket.socket(fileno=request.end))
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException as error:  # shown as Python itself would
        sys.excepthook(type(error), error, error.__traceback__)
        sys.stderr.flush()
    finally:
        os._exit(code)  # at once: an ordinary kernel is killed when its chapter is done


def _look_new(request: Request) -> None:
    os.write(request.said, f"pid {os.getpid()}\n".encode())
    os.close(request.said)  # what the notebook starts must not keep it open
    os.set_inheritable(request.end, False)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for stream in (1, 2):
        os.dup2(request.log, stream)
    os.close(request.log)
    os.chdir(request.cwd)
    for name, value in request.variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    time.tzset()
    importlib.invalidate_caches()
    sys.argv = [str(Path(__file__).parents[1] / "chapter_kernel.py")]
    sys.modules["numpy"].random.seed()  # the one generator that is not seeded anew by itself after a fork
