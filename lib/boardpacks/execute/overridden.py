"""Finds a cell that gives a parameter another value than the build has: the chapter would be of another place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import nbformat

from boardpacks.project.notebook import parse_code, tags

PARAMETERS = "parameters"


@dataclass(frozen=True)
class Overridden:
    """A parameter that a cell sets again: the cell's number, the line and its code, and both values."""

    cell: int
    line: int
    code: str
    name: str
    found: object
    given: object

    def __str__(self) -> str:
        return (
            f"sets {self.name} to {self.found!r}, but the pack is made for {self.name} {self.given!r}. Delete that "
            "line: a build sets the parameters, and in JupyterLab the cell tagged parameters does"
        )


def find_overridden(
    cells: Sequence[nbformat.NotebookNode], parameters: Mapping[str, object]
) -> Overridden | None:
    """Return the first cell, after that of the parameters, that sets one of them to another plain value."""
    for number, cell in enumerate(cells, start=1):
        if cell.cell_type != "code" or PARAMETERS in tags(cell):
            continue
        tree = parse_code(cell.source)
        for name, value, line in _settings(tree) if tree else ():
            if name in parameters and value != parameters[name]:
                code = cell.source.splitlines()[line - 1].strip()
                return Overridden(number, line, code, name, value, parameters[name])
    return None


def _settings(tree: ast.Module) -> Iterator[tuple[str, object, int]]:
    """Yield each name that is given a plain value, with the value and the line."""
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        match node:
            case ast.Assign():
                targets = node.targets
            case ast.AnnAssign() | ast.NamedExpr():
                targets = [node.target]
            case _:
                continue
        for target in targets:
            for name, value in _pairs(target, node.value):
                if isinstance(value, ast.Constant):
                    yield name, value.value, node.lineno


def _pairs(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        for one, its in zip(target.elts, value.elts, strict=False):
            yield from _pairs(one, its)
