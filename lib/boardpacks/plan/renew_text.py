"""Puts the new text of a notebook into its executed copy: code that has not changed need not run again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from boardpacks.plan.fingerprints import Inputs

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TEXT = "markdown"


def differ_in_text_only(old: Inputs, new: Inputs) -> bool:
    """Whether two chapters have all but the Markdown of their notebooks in common."""
    return _without_text(old) == _without_text(new)


def renew_text(executed: Path, notebook: Path) -> bytes:
    """Return what executing `notebook` would give, as bytes of an executed notebook.

    Parameters
    ----------
    executed
        The executed copy of an earlier state of the notebook, which has the same code.
    notebook
        The notebook as it is now.

    Raises
    ------
    InputError
        When `notebook` cannot be read.
    """
    import nbformat  # noqa: PLC0415 - a build that has nothing to do is over sooner without it

    from boardpacks.project.notebook import INJECTED, notebook_text, read_notebook, tags  # noqa: PLC0415

    result = nbformat.read(executed, as_version=4)
    told = [cell for cell in result.cells if cell.cell_type != _TEXT]
    cells: list[NotebookNode] = []

    def take_injected() -> None:
        while told and INJECTED in tags(told[0]):
            cells.append(told.pop(0))

    take_injected()
    for cell in read_notebook(notebook).cells:
        cell.metadata.setdefault("tags", [])
        cells.append(cell)
        if cell.cell_type == "code":
            before = told.pop(0)
            cell.outputs, cell.execution_count = before.outputs, before.execution_count
            take_injected()
        elif cell.cell_type != _TEXT:
            told.pop(0)
    result.cells = cells
    return notebook_text(result).encode()


def _without_text(inputs: Inputs) -> Inputs:
    code = [list(cell) for cell in inputs.cells if cell[0] != _TEXT]
    return replace(inputs, cells=code, fingerprint="")
