"""Whatever a cell does, its outputs are the same in a fork of the warm process as in an ordinary kernel."""

from __future__ import annotations

import re
import sys
import time
from itertools import accumulate, chain, pairwise

import nbformat
import pytest

from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.execute.kernel import Kernels
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.execute.warm import SWITCH
from tests.execute.conftest import chapter_run, write_notebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the warm process is on Linux only")

CELLS = {
    "text and a value": ["print('a'); print('b'); 1 + 1", "_ + 1, _3, Out, In[3]"],
    "both streams": ["import sys\nprint('out'); print('err', file=sys.stderr); print('out')"],
    "text between displays": ["print(1); display('two'); print(3); display('four'); print(5)"],
    "magics": [
        "!echo shell",
        "x = !echo kept\nx",
        "%%capture\nprint('hidden')\ndisplay(1)",
        "%pwd",
        "%who_ls",
    ],
    "magics that show": [
        "%%html\n<b>b</b>",
        "%%bash\necho bash; echo no >&2",
        "%%writefile note.txt\nhello",
        "%cat note.txt",
        "%lsmagic",
    ],
    "matplotlib": [
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "figure, axes = plt.subplots(); axes.set_title('t'); print('made')",
        "figure",
    ],
    "pages": ["len?", "%quickref", "%page _i"],
    "display ids": [
        "from IPython.display import display, update_display, clear_output\n"
        "shown = display('first', display_id='one'); display('second', display_id='one')",
        "shown.update('third'); print('after')",
        "display('fourth', display_id='one')\nclear_output()\nprint('left')",
        "print('gone'); clear_output(wait=True); print('stays')",
        "update_display('fifth', display_id='one')",
        "display('kept', display_id=True).update('renewed')",
        "print('last'); clear_output(wait=True)",
        "print('fresh')",
    ],
    "kinds of data": [
        "from IPython.display import HTML, JSON, Image, Javascript, Latex, Markdown, SVG",
        "import pandas as pd\nframe = pd.DataFrame({'a': [1.5, None], 'é': ['ü', '\\u2028']}); frame",
        "display(HTML('<i>'), JSON({'a': [1]}), Markdown('*m*'), Latex('$x$'), Javascript('1'))",
        "display(Image(data=b'\\x89PNG\\r\\n\\x1a\\n' + bytes(99)), SVG('<svg/>'))",
        "display({'text/plain': 'p', 'application/x+json': {'n': 1}}, raw=True,"
        " metadata={'application/x+json': {'m': 2}})",
        "class Odd:\n    def _repr_html_(self): return '<odd>'\n    def __repr__(self): return 'odd'\nOdd()",
    ],
    "await": [
        "import asyncio\nasync def later(n):\n    await asyncio.sleep(0.01)\n    return n\nawait later(1)",
        "task = asyncio.create_task(later(2)); print(asyncio.get_running_loop().is_running())",
        "await task",
        "import decimal, contextvars\ndecimal.getcontext().prec = 5\n"
        "kept = contextvars.ContextVar('kept'); kept.set(3)",
        "decimal.Decimal(1) / 3, kept.get()",
        "await asyncio.gather(*map(later, range(3)))",
        "[n async for n in (later for later in ())] if False else 'never'",
    ],
    "threads": [
        "import threading\nthread = threading.Thread(target=lambda: (print('thread'), display('shown')))",
        "thread.start(); thread.join()",
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(2) as pool: list(pool.map(print, 'a'))",
    ],
    "forks": [
        "import multiprocessing as mp, os\nprint('before')\n"
        "with mp.get_context('fork').Pool(1) as pool: pool.map(print, ['in a fork'])",
        "print('parent', flush=True)\nif not os.fork():\n    print('child', flush=True)\n"
        "    os._exit(0)\nos.wait(); None",
    ],
    "warnings": [
        "import warnings, pandas\nwarnings.warn('careful')",
        "def old():\n    warnings.warn('old', DeprecationWarning, stacklevel=2)\nold()",
        "import logging\nlogging.warning('logged'); logging.getLogger('tornado').warning('tornado')",
    ],
    "who it is": [
        "import sys\nget_ipython().__class__.__name__, get_ipython().kernel.__class__.__mro__[-3].__name__",
        "sys.stdout.isatty(), sys.stdout.encoding, sys.stdout.name, sys.stdout.fileno() > 2, sys.stdin.read()",
        "from IPython import get_ipython\nget_ipython().execution_count, __name__, '__file__' in globals()",
        "import io\nfrom contextlib import redirect_stdout\nwith redirect_stdout(io.StringIO()) as kept: print('kept')",
        "kept.getvalue()",
        "from tqdm.auto import tqdm\nfor _ in tqdm(range(2), bar_format='{n}', mininterval=9): pass",
    ],
    "nothing to run": ["", "# only a comment", "1;", "None", "pass"],
    "quits": ["print('before')", "quit"],
    "history": ["1 + 1", "%history -n", "%recall 1", "%notebook x.ipynb"],
    "hooks": [
        "shell = get_ipython()\nshell.events.register('post_run_cell', lambda result: print('post', result.success))",
        "print('now')",
    ],
    "asks": ["try:\n    input('name?')\nexcept Exception as error: print(type(error).__name__, error)"],
    "signals": [
        "import os, signal\ntry:\n    os.kill(os.getpid(), signal.SIGINT); print('never')\n"
        "except KeyboardInterrupt: print('interrupted')"
    ],
}
PAST_PYTHON = {
    "import os; os.write(1, b'one\\n'); print('two'); display(3); os.write(1, b'four\\n'); display(5)": (
        ["one\ntwo\n", "3", "four\n", "5"]
    ),
    "import subprocess; subprocess.run(['sh', '-c', 'echo out; echo err >&2']); None": ["out\n", "err\n"],
    "import os; os.system('echo os'); None": ["os\n"],
    "import ctypes; c = ctypes.CDLL(None); c.puts(b'from C'); c.fflush(None); None": ["from C\n"],
    "import subprocess; subprocess.run(['seq', '40000']); print('end')": (
        ["".join(f"{n}\n" for n in range(1, 40001)) + "end\n"]
    ),
    "import os\nfor n in range(3):\n    os.write(2, b'a'); print(n); os.write(1, b'b')": [
        "0\nb1\nb2\nb",
        "aaa",
    ],
}
FAILURES = {
    "raises": "def f(): return {}['key']\n\nf()",
    "raises with notes": "error = ValueError('é\\n' * 3); error.add_note('note'); raise error from KeyError('k')",
    "is no Python": "if True print('x')",
    "raises in a module": "import json\njson.loads('{')",
    "asks and gives up": "input('name?')",
    "leaves": "import sys; sys.exit()",
    "leaves with a number": "raise SystemExit(3)",
    "unknown magic": "%nothing",
    "a failing command": "%%bash\nexit 3",
    "interrupts itself": "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nimport time; time.sleep(9)",
    "raises after await": "import asyncio\nawait asyncio.sleep(0)\n1 / 0",
    "group": "raise ExceptionGroup('g', [ValueError(1), KeyError(2)])",
    "base": "class Base(BaseException): pass\nraise Base('b')",
    "cannot be shown": "class Bad:\n    def __repr__(self): raise ValueError('no')\nBad()",
}


ALONE = (
    *("who it is", "quits", "history", "hooks", "signals"),
    *("raises", "is no Python", "leaves", "leaves with a number", "interrupts itself"),
)
"""Cells that would disturb the next ones, and failures of every way that a chapter ends by one."""


def chapters():
    """What is executed: all that disturbs nothing in one notebook, all that may raise in another, the rest alone."""
    together = {name: cells for name, cells in CELLS.items() if name not in ALONE}
    raising = {name: [cell] for name, cell in FAILURES.items() if name not in ALONE}
    yield together, ()
    yield raising, ("raises-exception",)
    for name in ALONE:
        yield {name: CELLS.get(name) or ["print('before')", FAILURES[name], "print('after')"]}, ()


def result(run, kernels):
    """Return what is told of a failure, and the notebook's cells."""
    try:
        execute_chapter(run, kernels, cell_timeout=60)
        said, kept = "", run.out
    except ChapterFailed as failure:
        said, kept = failure.reason, failure.kept or run.out
    return said, nbformat.read(kept, as_version=4).cells[3:]


def executed_so(folder, named, tags, kernels):
    """Return by name what is told of a failure, and the cells."""
    path = write_notebook(folder / "notebooks" / "one.ipynb", *chain(*named.values()))
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells[2:]:
        cell.metadata.tags = list(tags)
    nbformat.write(notebook, path)
    said, cells = result(chapter_run(folder, path), kernels)
    ends = list(accumulate(map(len, named.values()), initial=0))
    return {name: (said, cells[begin:end]) for name, (begin, end) in zip(named, pairwise(ends), strict=True)}


def ways():
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)  # ipykernel would not look after the file handles
        for switch in ("1", "0"):
            patch.setenv(SWITCH, switch)
            with Kernels() as kernels:
                yield kernels


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """What became of each of the cells, by name: in forks and in ordinary kernels."""
    found: list[dict[str, tuple[str, list[nbformat.NotebookNode]]]] = []
    for kernels in ways():
        folder = tmp_path_factory.mktemp("cells")
        found.append({})
        for named, tags in chapters():
            found[-1] |= executed_so(folder, named, tags, kernels)
    return found


def plain(value):
    """Take out what differs from one execution to the next."""
    text = re.sub(
        r"ipykernel_\d+|cells\d|0x[0-9a-f]+|'id': '[-0-9a-z]+'|\d{4}-\d\d-\d\dT[^']+|'duration': [\d.]+",
        "",
        str(value),
    )
    return re.sub(r"/tmp/.\d+\.py|In \[\d+\]", "", text)


@pytest.mark.parametrize("name", [*CELLS, *FAILURES])
def test_outputs_are_equal(executed, name):
    (said, forked), (said_too, ordinary) = (results[name] for results in executed)
    assert said == said_too
    assert bool(said) == (name in FAILURES)
    assert forked
    assert [plain(cell) for cell in joined(forked)] == [plain(cell) for cell in joined(ordinary)]


def joined(cells):
    """Join text that came in pieces: an ordinary kernel sends what there is after 0.2 s."""
    for cell in cells:
        outputs: list[nbformat.NotebookNode] = []
        for output in cell.get("outputs", []):
            if outputs and "text" in output and outputs[-1].get("name") == output.name:
                outputs[-1].text += output.text
            else:
                outputs.append(output)
        cell.outputs = outputs
    return cells


@pytest.mark.usefixtures("light")
def test_text_written_past_python_stands_where_it_was_written(tmp_path, monkeypatch):
    """An ordinary kernel may put it a little later, or into the next cell."""
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    with Kernels() as kernels:
        said, cells = result(
            chapter_run(tmp_path, write_notebook(tmp_path / "notebooks" / "n.ipynb", *PAST_PYTHON)), kernels
        )
    assert not said
    shown = [
        [o.text if "text" in o else o.data["text/plain"] for o in cell.outputs] for cell in joined(cells)
    ]
    assert shown == list(PAST_PYTHON.values())


@pytest.mark.usefixtures("light")
@pytest.mark.parametrize(
    "cell", ["import os; os.closerange(3, 99)", "import os; os.closerange(3, 99); os._exit(5)"]
)
def test_a_cell_that_closes_what_it_does_not_know_ends_its_chapter(tmp_path, cell):
    with Kernels() as kernels:
        run = chapter_run(tmp_path, write_notebook(tmp_path / "notebooks" / "n.ipynb", "1", cell))
        said, _ = result(run, kernels)
    assert said.startswith("DeadKernelError: the notebook's Python process ended with exit code ")


@pytest.mark.usefixtures("light")
@pytest.mark.parametrize("rest", ["import time; time.sleep(60)", "while True: display(); clear_output()"])
def test_a_late_cell_is_ended_and_what_it_has_printed_is_kept(tmp_path, rest):
    cell = f"from IPython.display import clear_output\nprint('printed')\n{rest}"
    with Kernels() as kernels:
        run = chapter_run(tmp_path, write_notebook(tmp_path / "notebooks" / "n.ipynb", cell))
        with pytest.raises(ChapterFailed) as caught:
            execute_chapter(run, kernels, cell_timeout=1)
    *texts, error = nbformat.read(caught.value.kept, as_version=4).cells[-1].outputs
    assert error.ename == "CellTimeoutError"
    assert "clear" in rest or texts[0].text == "printed\n"


@pytest.mark.usefixtures("light")
def test_a_long_word_does_not_hold_up_the_build(tmp_path):
    with Kernels() as kernels:
        run = chapter_run(tmp_path, write_notebook(tmp_path / "notebooks" / "n.ipynb", "print('x' * 10**6)"))
        kernels.warm(tmp_path)
        began = time.process_time()
        assert result(run, kernels)[0] == ""
    assert time.process_time() - began < 10
