"""Finds the line of a cell that failed, in the traceback that its output holds."""

from __future__ import annotations

import re

import nbformat

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_FRAME = re.compile(r"\bCell In\[(?P<run>\d+)\], line (?P<line>\d+)")


def failing_line(cell: nbformat.NotebookNode) -> int | None:
    """Return the number of the line at which a cell failed; None where no traceback tells.

    Of a function that the cell defines and calls, it is the line in that function.
    """
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            told = _COLOURS.sub("", "\n".join(output.traceback))
            frames = [(found["run"], int(found["line"])) for found in _FRAME.finditer(told)]
            own = [line for run, line in frames if run == frames[0][0]]
            return own[-1] if own and own[-1] <= len(cell.source.splitlines()) else None
    return None
