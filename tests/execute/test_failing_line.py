"""The line of a cell that failed is found in its traceback."""

from __future__ import annotations

import nbformat
import pytest

from boardpacks.execute.failing_line import failing_line

SOURCE = "def f():\n    return 1 / 0\n\nx = 1\nf()"


def failed(*traceback: str) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(SOURCE)
    output = nbformat.v4.new_output("error", ename="E", evalue="e", traceback=list(traceback))
    made: nbformat.NotebookNode = nbformat.from_dict({**cell, "outputs": [output]})
    return made


@pytest.mark.parametrize(
    ("traceback", "line"),
    [
        (["Cell In[5], line 4"], 4),
        (["\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[5]\x1b[39m\x1b[32m, line 4\x1b[39m"], 4),
        (["Cell In[5], line 5", "Cell In[5], line 2, in f()"], 2),
        (["Cell In[5], line 5", "Cell In[3], line 9, in g()", "File ~/x.py:7, in h()"], 5),
        (["Cell In[5], line 99"], None),
        (["DeadKernelError: killed"], None),
        ([], None),
    ],
)
def test_the_last_line_of_the_cell_itself(traceback: list[str], line: int | None):
    assert failing_line(failed(*traceback)) == line


def test_a_cell_that_did_not_fail():
    assert failing_line(nbformat.v4.new_code_cell(SOURCE)) is None
