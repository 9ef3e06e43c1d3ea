"""The parts of ipykernel that are nobody's business but its own, and that the warm runner leans on, are as they were.

When one of these tests fails after an update, the room `execute/warm/` has to be looked at; until then the new version
is not in its `TESTED`, so that chapters run in ordinary kernels.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
import textwrap
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import ipykernel
import pytest
from ipykernel.iostream import BackgroundSocket, IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session

from boardpacks.execute import warm
from boardpacks.execute.output_limit import OutputTooLarge
from boardpacks.execute.warm import TESTED, channel, guard_output

if sys.platform == "linux":
    from boardpacks.execute.warm import run_cells

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the warm process is on Linux only")

ROOM = Path(warm.__file__).parent
FOUND = f"ipykernel {version('ipykernel')}"

METHODS = {
    BackgroundSocket: {"__init__": "self, io_thread", "send_multipart": "self, *args, **kwargs"},
    IOPubThread: {
        "schedule": "self, f",
        "send_multipart": "self, *args, **kwargs",
        "_really_send": "self, msg, *args, **kwargs",
    },
    OutStream: {
        "write": "self, string",
        "_flush": "self",
        "_watch_pipe_fd": "self",
        "_is_master_process": "self",
    },
    IPythonKernel: {
        "dispatch_shell": "self, msg, /, subshell_id, concurrent",
        "_abort_queues": "self, subshell_id",
        "_publish_status": "self, status, channel, parent",
    },
    IPKernelApp: {
        **dict.fromkeys(
            [
                *("init_poller", "init_sockets", "init_heartbeat", "init_connection_file", "init_io"),
                *("log_connection_info", "init_signal", "init_kernel", "init_gui_pylab", "init_extensions"),
                *("init_code", "init_profile_dir", "configure_tornado_logger"),
            ],
            "self",
        ),
        "initialize": "self, argv",
        "parse_command_line": "self, argv",
        "write_connection_file": "self, **kwargs",
    },
}
"""Methods that the room calls, replaces or extends, with their parameters."""

ATTRIBUTES = {
    IOPubThread: ("background_socket", "io_loop", "socket", "thread"),
    OutStream: ("_fid", "_should_watch"),
    IPythonKernel: (
        *("_execute_sleep", "_supports_kernel_subshells", "execution_count", "io_loop", "iopub_socket"),
        *("iopub_thread", "profile_dir", "shell_channel_thread", "shell_stream", "user_ns"),
    ),
    IPKernelApp: (
        *("displayhook", "ipython_dir", "iopub_socket", "iopub_thread", "kernel", "kernel_class"),
        *("outstream_class", "profile_dir", "session", "shell", "user_ns"),
    ),
}
"""What else of an object it reads or sets."""

OWN = {"_exit", "_taking"}
"""Private names in the room that are not ipykernel's."""


STARS: dict[object, str] = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}


def parameters(method: Callable[..., object]) -> str:
    """The parameters of a method by name, without what they may be and are by default."""
    shown, before = [], None
    for one in inspect.signature(method).parameters.values():
        if before == one.POSITIONAL_ONLY != one.kind:
            shown.append("/")
        shown.append(STARS.get(one.kind, "") + one.name)
        before = one.kind
    return ", ".join(shown)


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in METHODS for name in METHODS[kind]])
def test_a_method_takes_what_it_took(kind, name):
    method = getattr(kind, name, None)
    assert method is not None, f"{FOUND} has no {kind.__name__}.{name}, which execute/warm leans on"
    assert parameters(method) == METHODS[kind][name], (
        f"{FOUND}: {kind.__name__}.{name} takes other things, and execute/warm leans on it"
    )


@pytest.mark.parametrize("kind", ATTRIBUTES)
def test_an_attribute_is_there(kind):
    there = {name for base in kind.__mro__ for name in [*vars(base), *_set_in(base)]}
    lost = set(ATTRIBUTES[kind]) - there
    assert lost == set(), f"{FOUND}: {kind.__name__} has no {lost} any more, which execute/warm leans on"


def _set_in(kind: type) -> set[str]:
    """What a class's own methods set of its objects."""
    if kind.__module__.partition(".")[0] not in ("ipykernel", "IPython", "traitlets"):
        return set()
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }


@pytest.fixture(scope="module")
def called():
    """Every name that ipykernel, and what its classes are made of, reads of an object."""
    modules = {
        sys.modules[base.__module__] for kind in METHODS for base in kind.__mro__ if base is not object
    }
    files = {Path(found) for module in modules if (found := getattr(module, "__file__", None))}
    return {
        node.attr
        for path in files | set(Path(ipykernel.__file__).parent.glob("*.py"))
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }


def test_ipykernel_still_calls_what_the_room_replaces(called):
    """A method that nobody calls any more would be there, and what replaces it would do nothing."""
    named = {name for names in METHODS.values() for name in names if not name.startswith("__")} | {
        "call_later"
    }
    assert named - called == set(), (
        f"{FOUND} does not use these any more, which execute/warm replaces or calls"
    )


def test_no_part_that_the_room_leans_on_is_missing_above():
    """So that a hook that is added is watched too: private names it reads, and what its classes replace."""
    trees = [
        ast.parse((ROOM / f"{name}.py").read_text(encoding="utf-8")) for name in ("run_cells", "guard_output")
    ]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    own = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)} | OWN
    read = {node.attr for node in nodes if isinstance(node, ast.Attribute) and re.match("_[a-z]", node.attr)}
    watched = {name for names in (*METHODS.values(), *ATTRIBUTES.values()) for name in names}
    assert read - own - watched == set()

    for written in (node for node in nodes if isinstance(node, ast.ClassDef)):
        kind = getattr(run_cells, written.name)
        for base, methods in METHODS.items():
            if issubclass(kind, base):
                replaced = {name for name in _defined(written) if hasattr(base, name) and name[:2] != "__"}
                assert replaced - set(methods) - set(ATTRIBUTES.get(base, ())) == set(), written.name


def _defined(kind: ast.ClassDef) -> set[str]:
    """The names that a class gives methods or values to."""
    targets = [target for node in kind.body if isinstance(node, ast.Assign) for target in node.targets]
    return {node.name for node in kind.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)} | {
        target.id for target in targets if isinstance(target, ast.Name)
    }


@pytest.fixture
def stream(monkeypatch):
    """A stream as a chapter prints to, and the far end that its messages arrive at."""
    near, far = channel.pair()
    far.settimeout(10)
    home = run_cells.Home()
    home.socket = near
    with near, far:
        yield run_cells.Stream(Session(key=b""), home, "stdout", watchfd=False), channel.Inbox(far)


def test_what_is_printed_arrives_at_once_as_a_message_in_four_parts(stream):
    printed, inbox = stream
    printed.set_parent({"header": {"msg_id": "7"}})
    printed.write("one\n")
    printed.flush()
    header, parent, _, content = map(json.loads, inbox.message())
    assert (header["msg_type"], parent["msg_id"]) == ("stream", "7"), FOUND
    assert content == {"name": "stdout", "text": "one\n"}


def test_what_is_printed_and_not_flushed_arrives_too(stream):
    printed, inbox = stream
    printed.write("two")
    assert json.loads(inbox.message()[3]) == {"name": "stdout", "text": "two"}


def test_too_much_is_refused_where_it_is_printed_and_where_it_is_sent(stream, monkeypatch):
    printed, _ = stream
    for kind, name in ((OutStream, "write"), (IOPubThread, "send_multipart")):
        monkeypatch.setattr(kind, name, getattr(kind, name))  # put back after the test
    monkeypatch.setattr(guard_output, "MOST_OUTPUT", 500)
    guard_output.guard()
    with pytest.raises(OutputTooLarge):
        run_cells.Home.send_multipart(printed.pub_thread, [b"x" * 501])
    with pytest.raises(OutputTooLarge):
        printed.write("x" * 20_000_001)


def test_the_installed_version_is_one_that_forks_are_made_with():
    assert version("ipykernel") in TESTED, (
        f"{FOUND} is installed, and chapters run in ordinary kernels. When the tests of this folder pass with it, "
        "put it into TESTED of execute/warm/start_process.py."
    )
