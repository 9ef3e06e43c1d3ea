"""Reads a notebook file strictly, and numbers its cells as an analyst counts them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat

from boardpacks.project.errors import InputError, Problem

INJECTED = "injected-parameters"
"""Tag of the cell in which Papermill hands over the parameters."""

_MAGIC = re.compile(r"^\s*[%!]")


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """Return the notebook, every cell with an id that is the same at each reading.

    Raises
    ------
    InputError
        When the file is missing, is not JSON, is not a notebook of format 4, or is an executed copy.
    """
    content = _read_json(path)
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise _not_a_notebook(path, "JSON that is not a notebook")
    if content.get("nbformat") != 4:
        raise _not_a_notebook(path, f"notebook format {content.get('nbformat')}")
    _name_cells(content)
    notebook: nbformat.NotebookNode = nbformat.v4.to_notebook(content)
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        raise _not_a_notebook(path, str(error).splitlines()[0]) from None
    if any(INJECTED in tags(cell) for cell in notebook.cells):
        raise InputError(
            [
                Problem(
                    where=f"notebooks/{path.name}",
                    key="",
                    found=f"a cell tagged {INJECTED}: this is the executed copy of a notebook",
                    allowed="a notebook as it was written",
                    hint="delete that cell",
                )
            ]
        )
    return notebook


def notebook_text(notebook: nbformat.NotebookNode) -> str:
    """Return an executed notebook as it is written to its file, on one line.

    Nobody reads it as text, and Python takes seven times as long to write JSON with indents.
    """
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def tags(cell: nbformat.NotebookNode) -> list[str]:
    """Return the tags of a cell."""
    return list(cell.metadata.get("tags", []))


def cell_number(cells: Sequence[nbformat.NotebookNode], index: int) -> int:
    """Return the number, from 1, that an executed notebook's cell at `index` has in its source."""
    return sum(INJECTED not in tags(cell) for cell in cells[: index + 1])


def parse_code(code: str) -> ast.Module | None:
    """Return the syntax tree of a cell's code, its magic commands as empty lines; None when it is not Python."""
    try:
        return ast.parse("\n".join("" if _MAGIC.match(line) else line for line in code.splitlines()))
    except SyntaxError:
        return None


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _not_a_notebook(path, "no such file") from None
    except UnicodeDecodeError:
        raise _not_a_notebook(path, "a file that is not UTF-8 text") from None
    except OSError as error:
        raise _not_a_notebook(path, error.strerror or str(error)) from None
    except json.JSONDecodeError as error:
        raise _not_a_notebook(path, f"broken JSON in line {error.lineno}: {error.msg}") from None


def _name_cells(content: dict[str, Any]) -> None:
    """Give cells without an id one by their position: nbformat would draw a random one at each reading."""
    content["nbformat_minor"] = max(5, int(content.get("nbformat_minor", 0)))
    taken = {cell.get("id") for cell in content["cells"] if isinstance(cell, dict)}
    for number, cell in enumerate(content["cells"], start=1):
        if isinstance(cell, dict) and "id" not in cell:
            name = f"cell-{number}"
            cell["id"] = name if name not in taken else f"{name}-unnamed"


def _not_a_notebook(path: Path, found: str) -> InputError:
    allowed = "a Jupyter notebook of format 4, as JupyterLab saves it"
    return InputError([Problem(where=f"notebooks/{path.name}", key="", found=found, allowed=allowed)])
